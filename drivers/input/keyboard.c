/*
 * keyboard.c - the console's keyboard: from key codes to the bytes a terminal reads, lamps and bell.
 *
 * An input handler that listens to everything with keys: it keeps the shift keys' state, turns
 * each key pressed or repeated into a byte or an escape sequence and puts it into the screen's flip
 * buffer.  The other way it switches every keyboard's lamps and sounds every speaker, from
 * work items: who asks for them holds locks of its own.
 *
 * Contexts: keyboard_event() under the device's event_lock, interrupts off.  Locks: kbd_lock over the
 * state, kbd_mutex over the list of devices.
 */
#include <linux/init.h>
#include <linux/input.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysrq.h>
#include <linux/tty_flip.h>
#include <linux/vt_kern.h>
#include <linux/workqueue.h>
#include "../video/vt.h"
#include "keymap.h"

struct kbd_device {
	struct input_handle handle;
	struct list_head node;		/* kbd_mutex */
};

static DEFINE_MUTEX(kbd_mutex);
static LIST_HEAD(kbd_devices);		/* kbd_mutex */
static DEFINE_SPINLOCK(kbd_lock);

/* kbd_lock */
static struct {
	bool shift, ctrl, alt, caps;
	bool sysrq;			/* from SysRq to the release of Alt: keys are for the kernel */
	unsigned char leds;		/* LED_CAP and its like, as KDSETLED has them */
	unsigned int tone;		/* Hz of the sound wanted; 0: silence */
} kbd;

static void say(const char *s, int len)
{
	if (kbd.alt)
		tty_insert_flip_char(&vt0.vc.port, 033, TTY_NORMAL);
	tty_insert_flip_string(&vt0.vc.port, (const unsigned char *)s, len);
	tty_flip_buffer_push(&vt0.vc.port);
}

static bool say_string(const struct key_string *keys, int n, unsigned int code)
{
	for (; n--; keys++) {
		if (keys->code == code) {
			say(keys->says, strlen(keys->says));
			return true;
		}
	}
	return false;
}

/* ------------------------------------------------------------------ lamps and sounds */

static void each_device(unsigned int type, unsigned int code, int value)
{
	struct kbd_device *device;

	lockdep_assert_held(&kbd_mutex);
	list_for_each_entry(device, &kbd_devices, node)
		input_inject_event(&device->handle, type, code, value);
}

static void show_leds(struct work_struct *work)
{
	unsigned char leds = READ_ONCE(kbd.leds);

	mutex_lock(&kbd_mutex);
	each_device(EV_LED, LED_SCROLLL, !!(leds & LED_SCR));
	each_device(EV_LED, LED_NUML, !!(leds & LED_NUM));
	each_device(EV_LED, LED_CAPSL, !!(leds & LED_CAP));
	each_device(EV_SYN, SYN_REPORT, 0);
	mutex_unlock(&kbd_mutex);
}
static DECLARE_WORK(led_work, show_leds);

unsigned char kbd_get_leds(void)
{
	return READ_ONCE(kbd.leds);
}

void kbd_set_leds(unsigned char leds)
{
	if (leds & ~(LED_SCR | LED_NUM | LED_CAP))
		leds = READ_ONCE(kbd.caps) ? LED_CAP : 0;
	WRITE_ONCE(kbd.leds, leds);
	schedule_work(&led_work);
}

static void make_sound(struct work_struct *work)
{
	mutex_lock(&kbd_mutex);
	each_device(EV_SND, SND_TONE, READ_ONCE(kbd.tone));
	mutex_unlock(&kbd_mutex);
}
static DECLARE_WORK(sound_work, make_sound);

static void end_sound(struct timer_list *timer)
{
	WRITE_ONCE(kbd.tone, 0);
	schedule_work(&sound_work);
}
static DEFINE_TIMER(sound_timer, end_sound);

void kd_mksound(unsigned int hz, unsigned int ticks)
{
	del_timer(&sound_timer);
	WRITE_ONCE(kbd.tone, hz);
	schedule_work(&sound_work);
	if (hz && ticks)
		mod_timer(&sound_timer, jiffies + ticks);
}

/* ------------------------------------------------------------------ keys */

static bool modifier(unsigned int code, bool pressed)
{
	switch (code) {
	case KEY_LEFTSHIFT:
	case KEY_RIGHTSHIFT:
		kbd.shift = pressed;
		return true;
	case KEY_LEFTCTRL:
	case KEY_RIGHTCTRL:
		kbd.ctrl = pressed;
		return true;
	case KEY_LEFTALT:
	case KEY_RIGHTALT:
		kbd.alt = pressed;
		kbd.sysrq &= pressed;
		return true;
	case KEY_SYSRQ:
		kbd.sysrq |= pressed && kbd.alt;
		return true;
	}
	return false;
}

static void key_pressed(unsigned int code)
{
	bool shift = kbd.shift;
	unsigned char c;
	char byte;

	if (say_string(key_strings, ARRAY_SIZE(key_strings), code) || code >= NR_KEYS)
		return;
	c = keymap_plain[code];
	if (c >= 'a' && c <= 'z')
		shift ^= kbd.caps;
	if (shift)
		c = keymap_shift[code];
	if (!c)
		return;
	if (kbd.ctrl) {
		if (c == ' ')
			c = 0;
		else if (c >= '@' && c < 0177)
			c &= 0x1f;
	}
	byte = c;
	say(&byte, 1);
}

/* Its key for the kernel, or 0. */
static int take_key(unsigned int code, int value)
{
	int sysrq = 0;

	spin_lock(&kbd_lock);
	if (code == KEY_CAPSLOCK && value == 1) {
		kbd.caps ^= 1;
		kbd_set_leds((kbd.leds & ~LED_CAP) | (kbd.caps ? LED_CAP : 0));
	} else if (!modifier(code, value) && value) {
		if (!kbd.sysrq)
			key_pressed(code);
		else if (value == 1 && code < NR_KEYS)
			sysrq = keymap_plain[code];
	}
	spin_unlock(&kbd_lock);
	return sysrq;
}

static void keyboard_event(struct input_handle *handle, unsigned int type, unsigned int code, int value)
{
	int sysrq = type == EV_KEY ? take_key(code, value) : 0;

	if (sysrq)
		handle_sysrq(sysrq);
}

static int keyboard_connect(struct input_handler *handler, struct input_dev *dev,
			    const struct input_device_id *id)
{
	struct kbd_device *device = kzalloc(sizeof(*device), GFP_KERNEL);
	int err;

	if (!device)
		return -ENOMEM;
	device->handle = (struct input_handle) { .dev = dev, .name = "kbd", .handler = handler, .private = device };
	input_register_handle(&device->handle);
	err = input_open_device(&device->handle);
	if (err) {
		input_unregister_handle(&device->handle);
		kfree(device);
		return err;
	}
	mutex_lock(&kbd_mutex);
	list_add_tail(&device->node, &kbd_devices);
	mutex_unlock(&kbd_mutex);
	schedule_work(&led_work);
	return 0;
}

static void keyboard_disconnect(struct input_handle *handle)
{
	struct kbd_device *device = handle->private;

	mutex_lock(&kbd_mutex);
	list_del(&device->node);
	mutex_unlock(&kbd_mutex);
	input_close_device(handle);
	input_unregister_handle(handle);
	kfree(device);
}

/* A mouse has keys as well, but none that says anything. */
static bool keyboard_match(struct input_handler *handler, struct input_dev *dev)
{
	return test_bit(EV_SND, dev->evbit) ||
	       find_next_bit(dev->keybit, BTN_MISC, KEY_ESC) < BTN_MISC;
}

static const struct input_device_id keyboard_ids[] = {
	{ .flags = INPUT_DEVICE_ID_MATCH_EVBIT, .evbit = { BIT(EV_KEY) } },
	{ .flags = INPUT_DEVICE_ID_MATCH_EVBIT, .evbit = { BIT(EV_SND) } },
	{ },
};

static struct input_handler keyboard_handler = {
	.event		= keyboard_event,
	.match		= keyboard_match,
	.connect	= keyboard_connect,
	.disconnect	= keyboard_disconnect,
	.name		= "kbd",
	.id_table	= keyboard_ids,
};

/* After vt.c: the keys need a terminal to go to. */
static int __init keyboard_init(void)
{
	return vt0.present ? input_register_handler(&keyboard_handler) : -ENODEV;
}
late_initcall(keyboard_init);
