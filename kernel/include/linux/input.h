/*
 * <linux/input.h> - devices that people press, push and turn, and those that listen to them.
 *
 *   driver → input_event() → struct input_dev → handles → handlers (evdev, the console's keyboard)
 *
 * A driver says with bitmaps what its device can report, registers it, and reports values; a
 * packet ends with input_sync().  What did not change, or was never announced, goes no further.
 * The other way LEDs, sounds and the repeat rate go from a handler to the driver's event().
 *
 * Of Linux 5.10's are left out: force feedback, multi-touch slots, key maps set from outside,
 * polled devices, filters.
 */
#ifndef _LINUX_INPUT_H
#define _LINUX_INPUT_H

#include <linux/fs.h>
#include <linux/bitops.h>
#include <linux/device.h>
#include <linux/list.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <uapi/linux/input.h>

struct input_handle;
struct input_handler;

struct input_value {
	__u16 type;
	__u16 code;
	__s32 value;
};

/* [I] set before it is registered, then constant  [e] event_lock, irq-safe  [m] mutex */
struct input_dev {
	const char *name, *phys, *uniq;			/* [I] for people */
	struct input_id id;				/* [I] */
	unsigned long propbit[BITS_TO_LONGS(INPUT_PROP_CNT)];	/* [I] what it can report, by type */
	unsigned long evbit[BITS_TO_LONGS(EV_CNT)];
	unsigned long keybit[BITS_TO_LONGS(KEY_CNT)];
	unsigned long relbit[BITS_TO_LONGS(REL_CNT)];
	unsigned long absbit[BITS_TO_LONGS(ABS_CNT)];
	unsigned long mscbit[BITS_TO_LONGS(MSC_CNT)];
	unsigned long ledbit[BITS_TO_LONGS(LED_CNT)];
	unsigned long sndbit[BITS_TO_LONGS(SND_CNT)];
	unsigned long ffbit[BITS_TO_LONGS(FF_CNT)];
	unsigned long swbit[BITS_TO_LONGS(SW_CNT)];

	unsigned int keycodemax, keycodesize;		/* [I] the driver's own table */
	void *keycode;

	unsigned int repeat_key;			/* [e] held down */
	struct timer_list timer;			/* of the repeat */
	int rep[REP_CNT];				/* [e] delay, period in ms */
	struct input_absinfo *absinfo;			/* [e] by axis, or NULL */
	unsigned long key[BITS_TO_LONGS(KEY_CNT)];	/* [e] what is on now */
	unsigned long led[BITS_TO_LONGS(LED_CNT)];
	unsigned long snd[BITS_TO_LONGS(SND_CNT)];
	unsigned long sw[BITS_TO_LONGS(SW_CNT)];
	bool packet_open;				/* [e] something since the last SYN_REPORT */

	int (*open)(struct input_dev *dev);		/* [I] the first listener; may sleep */
	void (*close)(struct input_dev *dev);		/* [I] the last one left; may sleep */
	int (*flush)(struct input_dev *dev, struct file *file);
	/* [I] LED, sound or repeat rate, under event_lock: must not sleep */
	int (*event)(struct input_dev *dev, unsigned int type, unsigned int code, int value);

	struct input_handle *grab;			/* [e] the one who gets all */
	spinlock_t event_lock;				/* this is e */
	struct mutex mutex;				/* this is m */
	unsigned int users;				/* [m] */
	bool going_away;				/* [m] */
	struct device dev;
	struct list_head h_list;			/* [e] handles */
	struct list_head node;				/* input_mutex */
	bool devres_managed;
};
#define to_input_dev(d) container_of(d, struct input_dev, dev)

struct input_device_id {
	unsigned long flags;
	__u16 bustype, vendor, product, version;
	unsigned long evbit[BITS_TO_LONGS(EV_CNT)];	/* all of these, if flags say so */
	unsigned long keybit[BITS_TO_LONGS(KEY_CNT)];
	unsigned long driver_info;
};

#define INPUT_DEVICE_ID_MATCH_BUS	1
#define INPUT_DEVICE_ID_MATCH_VENDOR	2
#define INPUT_DEVICE_ID_MATCH_PRODUCT	4
#define INPUT_DEVICE_ID_MATCH_VERSION	8
#define INPUT_DEVICE_ID_MATCH_EVBIT	0x0010
#define INPUT_DEVICE_ID_MATCH_KEYBIT	0x0020

/* event: under event_lock, must not sleep.  connect and disconnect may. */
struct input_handler {
	void *private;
	void (*event)(struct input_handle *handle, unsigned int type, unsigned int code, int value);
	bool (*match)(struct input_handler *handler, struct input_dev *dev);
	int (*connect)(struct input_handler *handler, struct input_dev *dev,
		       const struct input_device_id *id);
	void (*disconnect)(struct input_handle *handle);
	void (*start)(struct input_handle *handle);
	bool legacy_minors;
	int minor;
	const char *name;
	const struct input_device_id *id_table;
	struct list_head h_list;			/* input_mutex */
	struct list_head node;				/* input_mutex */
};

/* One handler's hold on one device. */
struct input_handle {
	void *private;
	int open;					/* dev->mutex */
	const char *name;
	struct input_dev *dev;
	struct input_handler *handler;
	struct list_head d_node;			/* dev->event_lock */
	struct list_head h_node;			/* input_mutex */
};

struct input_dev *__must_check input_allocate_device(void);
struct input_dev *__must_check devm_input_allocate_device(struct device *dev);
/* For one that was never registered; a registered one goes with input_unregister_device(). */
void input_free_device(struct input_dev *dev);
int __must_check input_register_device(struct input_dev *dev);
void input_unregister_device(struct input_dev *dev);

static inline struct input_dev *input_get_device(struct input_dev *dev)
{
	return dev ? to_input_dev(get_device(&dev->dev)) : NULL;
}

static inline void input_put_device(struct input_dev *dev)
{
	if (dev)
		put_device(&dev->dev);
}

static inline void *input_get_drvdata(struct input_dev *dev)
{
	return dev_get_drvdata(&dev->dev);
}

static inline void input_set_drvdata(struct input_dev *dev, void *data)
{
	dev_set_drvdata(&dev->dev, data);
}

int __must_check input_register_handler(struct input_handler *handler);
void input_unregister_handler(struct input_handler *handler);
int input_register_handle(struct input_handle *handle);
void input_unregister_handle(struct input_handle *handle);
int input_open_device(struct input_handle *handle);
void input_close_device(struct input_handle *handle);
/* -EBUSY: somebody else has it. */
int input_grab_device(struct input_handle *handle);
void input_release_device(struct input_handle *handle);

/* Context of these: any.  inject: from a handler, as if the device had said it. */
void input_event(struct input_dev *dev, unsigned int type, unsigned int code, int value);
void input_inject_event(struct input_handle *handle, unsigned int type, unsigned int code, int value);

static inline void input_report_key(struct input_dev *dev, unsigned int code, int value)
{
	input_event(dev, EV_KEY, code, !!value);
}

static inline void input_report_rel(struct input_dev *dev, unsigned int code, int value)
{
	input_event(dev, EV_REL, code, value);
}

static inline void input_report_abs(struct input_dev *dev, unsigned int code, int value)
{
	input_event(dev, EV_ABS, code, value);
}

static inline void input_report_switch(struct input_dev *dev, unsigned int code, int value)
{
	input_event(dev, EV_SW, code, !!value);
}

static inline void input_sync(struct input_dev *dev)
{
	input_event(dev, EV_SYN, SYN_REPORT, 0);
}

static inline void input_mt_sync(struct input_dev *dev)
{
	input_event(dev, EV_SYN, SYN_MT_REPORT, 0);
}

void input_set_capability(struct input_dev *dev, unsigned int type, unsigned int code);
void input_alloc_absinfo(struct input_dev *dev);
void input_set_abs_params(struct input_dev *dev, unsigned int axis, int min, int max, int fuzz,
			  int flat);
/* A held key repeats after delay and then every period, in ms. */
void input_enable_softrepeat(struct input_dev *dev, int delay, int period);

static inline int input_abs_get_val(struct input_dev *dev, unsigned int axis)
{
	return dev->absinfo ? dev->absinfo[axis].value : 0;
}

/* The bitmap of an event type and how many codes it has; NULL: it has none. */
unsigned long *input_bits(struct input_dev *dev, unsigned int type, unsigned int *count);

extern struct class input_class;

#endif
