/*
 * <linux/device.h> - the device model: devices on buses, drivers that serve
 * them, classes that say what they are good for; each a directory of /sys.
 *
 *	bus_register()		/sys/bus/NAME/{devices,drivers}
 *	driver_register()	/sys/bus/NAME/drivers/DRIVER: probe() of each device that matches
 *	device_register()	/sys/devices/…/DEVICE, and a node in /dev if it has a devt
 *	class_create()		/sys/class/NAME
 *	device_create()		a device of a class, made and registered in one step
 *
 * Differences from Linux: no power management, no firmware nodes, no NUMA, no
 * asynchronous probing. class_create() takes (owner, name) or (name).
 *
 * Context: process, may sleep, but get_device(), dev_name() and drvdata: any.
 */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/ioport.h>
#include <linux/kdev_t.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct bus_type;
struct class;
struct device;
struct device_driver;
struct device_node;
struct module;
struct subsys_private;

/* ------------------------------------------------------------------ attributes */

struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count);
};

struct driver_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device_driver *driver, char *buf);
	ssize_t (*store)(struct device_driver *driver, const char *buf, size_t count);
};

struct bus_attribute {
	struct attribute attr;
	ssize_t (*show)(struct bus_type *bus, char *buf);
	ssize_t (*store)(struct bus_type *bus, const char *buf, size_t count);
};

struct class_attribute {
	struct attribute attr;
	ssize_t (*show)(struct class *class, struct class_attribute *attr, char *buf);
	ssize_t (*store)(struct class *class, struct class_attribute *attr, const char *buf,
			 size_t count);
};

#define DEVICE_ATTR(_name, _mode, _show, _store) \
	struct device_attribute dev_attr_##_name = __ATTR(_name, _mode, _show, _store)
#define DEVICE_ATTR_RO(_name)	struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
#define DEVICE_ATTR_RW(_name)	struct device_attribute dev_attr_##_name = __ATTR_RW(_name)
#define DEVICE_ATTR_WO(_name)	struct device_attribute dev_attr_##_name = __ATTR_WO(_name)
#define DRIVER_ATTR_RO(_name)	struct driver_attribute driver_attr_##_name = __ATTR_RO(_name)
#define DRIVER_ATTR_RW(_name)	struct driver_attribute driver_attr_##_name = __ATTR_RW(_name)
#define DRIVER_ATTR_WO(_name)	struct driver_attribute driver_attr_##_name = __ATTR_WO(_name)
#define BUS_ATTR_RO(_name)	struct bus_attribute bus_attr_##_name = __ATTR_RO(_name)
#define BUS_ATTR_RW(_name)	struct bus_attribute bus_attr_##_name = __ATTR_RW(_name)
#define BUS_ATTR_WO(_name)	struct bus_attribute bus_attr_##_name = __ATTR_WO(_name)
#define CLASS_ATTR_RO(_name)	struct class_attribute class_attr_##_name = __ATTR_RO(_name)
#define CLASS_ATTR_RW(_name)	struct class_attribute class_attr_##_name = __ATTR_RW(_name)
#define CLASS_ATTR_WO(_name)	struct class_attribute class_attr_##_name = __ATTR_WO(_name)

/* ------------------------------------------------------------------ devices */

struct device_type {
	const char *name;
	const struct attribute_group **groups;
	int (*uevent)(struct device *dev, struct kobj_uevent_env *env);
	char *(*devnode)(struct device *dev, umode_t *mode, kuid_t *uid, kgid_t *gid);
	void (*release)(struct device *dev);
};

/* Where DMA of a device may reach; kept for the DMA API. */
struct device_dma_parameters {
	unsigned int max_segment_size;
};

/* [I] set before device_add(), then constant  [m] mutex  [b] its bus's mutex  [d] devres_lock */
struct device {
	struct device *parent;			/* [I] */
	struct kobject kobj;
	const char *init_name;			/* [I] a name without dev_set_name() */
	const struct device_type *type;		/* [I] */
	struct mutex mutex;			/* held across probe() and remove() */
	struct bus_type *bus;			/* [I] */
	struct device_driver *driver;		/* [m] who serves it, or NULL */
	void *platform_data;			/* [I] for the driver */
	void *driver_data;			/* the driver's */
	struct device_node *of_node;		/* NULL: there is no device tree */
	u64 *dma_mask;				/* [I] highest address + 1 - 1; NULL: no DMA */
	u64 coherent_dma_mask;			/* [I] */
	struct device_dma_parameters *dma_parms;
	dev_t devt;				/* [I] its node; 0: none */
	u32 id;					/* [I] */
	struct class *class;			/* [I] */
	const struct attribute_group **groups;	/* [I], or set by probe() */
	void (*release)(struct device *dev);	/* [I] frees it, last reference gone */
	spinlock_t devres_lock;			/* this is d */
	struct list_head devres_head;		/* [d] given back when the driver leaves */
	struct list_head bus_node;		/* [b] */
	struct list_head driver_node;		/* [b] on the driver's list */
	struct list_head class_node;		/* the class's mutex */
	const struct attribute_group **probe_groups; /* [m] those that probe() set */
};

static inline struct device *kobj_to_dev(struct kobject *kobj)
{
	return container_of(kobj, struct device, kobj);
}

static inline const char *dev_name(const struct device *dev)
{
	return dev->init_name ?: kobject_name(&dev->kobj);
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

static inline void *dev_get_platdata(const struct device *dev)
{
	return dev->platform_data;
}

static inline void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}

static inline void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}

static inline int device_is_registered(struct device *dev)
{
	return dev->kobj.state_in_sysfs;
}

__printf(2, 3) int dev_set_name(struct device *dev, const char *fmt, ...);
/* From here on put_device() is the way to let go of it. */
void device_initialize(struct device *dev);
/* 0 or -errno; the name is taken: -EEXIST. Drivers that match are tried before it returns. */
int __must_check device_add(struct device *dev);
void device_del(struct device *dev);
int __must_check device_register(struct device *dev);
void device_unregister(struct device *dev);
struct device *get_device(struct device *dev);
void put_device(struct device *dev);
int device_rename(struct device *dev, const char *new_name);

/* An ERR_PTR if it cannot be made. device_destroy() finds it by its number. */
__printf(5, 6) struct device *device_create(struct class *class, struct device *parent, dev_t devt,
					    void *drvdata, const char *fmt, ...);
__printf(6, 7) struct device *device_create_with_groups(struct class *class, struct device *parent,
							dev_t devt, void *drvdata,
							const struct attribute_group **groups,
							const char *fmt, ...);
void device_destroy(struct class *class, dev_t devt);
/* A directory below /sys/devices for what has no bus. */
struct device *__root_device_register(const char *name, struct module *owner);
#define root_device_register(name) __root_device_register(name, THIS_MODULE)
void root_device_unregister(struct device *dev);

int device_create_file(struct device *dev, const struct device_attribute *attr);
void device_remove_file(struct device *dev, const struct device_attribute *attr);
int __must_check device_create_bin_file(struct device *dev, const struct bin_attribute *attr);
void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr);
int __must_check device_add_groups(struct device *dev, const struct attribute_group **groups);
void device_remove_groups(struct device *dev, const struct attribute_group **groups);
static inline int __must_check device_add_group(struct device *dev, const struct attribute_group *grp)
{
	const struct attribute_group *groups[] = { grp, NULL };

	return device_add_groups(dev, groups);
}

/* fn() of each until it returns nonzero, which is returned. */
int device_for_each_child(struct device *dev, void *data, int (*fn)(struct device *dev, void *data));
/* With a reference, or NULL. */
struct device *device_find_child(struct device *dev, void *data,
				 int (*match)(struct device *dev, void *data));

/* ------------------------------------------------------------------ buses and drivers */

/* [I] as for devices  [b] mutex of the private part */
struct bus_type {
	const char *name;				/* [I] */
	const char *dev_name;
	struct device *dev_root;
	const struct attribute_group **bus_groups, **dev_groups, **drv_groups;	/* [I] */
	int (*match)(struct device *dev, struct device_driver *driver);	/* nonzero: fits */
	int (*uevent)(struct device *dev, struct kobj_uevent_env *env);
	int (*probe)(struct device *dev);
	int (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	struct subsys_private *p;
};

enum probe_type { PROBE_DEFAULT_STRATEGY, PROBE_PREFER_ASYNCHRONOUS, PROBE_FORCE_SYNCHRONOUS };

struct of_device_id {
	char name[32];
	char type[32];
	char compatible[128];
	const void *data;
};

/* Kept by their names, never called: the machine does not sleep. */
struct dev_pm_ops {
	int (*prepare)(struct device *dev);
	void (*complete)(struct device *dev);
	int (*suspend)(struct device *dev);
	int (*resume)(struct device *dev);
	int (*freeze)(struct device *dev);
	int (*thaw)(struct device *dev);
	int (*poweroff)(struct device *dev);
	int (*restore)(struct device *dev);
	int (*suspend_late)(struct device *dev);
	int (*resume_early)(struct device *dev);
	int (*suspend_noirq)(struct device *dev);
	int (*resume_noirq)(struct device *dev);
	int (*runtime_suspend)(struct device *dev);
	int (*runtime_resume)(struct device *dev);
	int (*runtime_idle)(struct device *dev);
};

typedef struct pm_message { int event; } pm_message_t;

#define SET_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)
#define SET_RUNTIME_PM_OPS(suspend_fn, resume_fn, idle_fn)
#define SIMPLE_DEV_PM_OPS(name, suspend_fn, resume_fn) const struct dev_pm_ops __maybe_unused name = { }

struct device_driver {
	const char *name;			/* [I] */
	struct bus_type *bus;			/* [I] */
	struct module *owner;			/* [I] */
	const char *mod_name;
	bool suppress_bind_attrs;
	enum probe_type probe_type;
	const struct of_device_id *of_match_table;
	int (*probe)(struct device *dev);
	int (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	const struct attribute_group **groups, **dev_groups;	/* [I] */
	const struct dev_pm_ops *pm;		/* not called: there is no power management */
	struct kobject kobj;
	struct list_head devices;		/* [b] those it serves */
	struct list_head bus_node;		/* [b] */
	struct module_kobject *mkobj;
};

int __must_check bus_register(struct bus_type *bus);
void bus_unregister(struct bus_type *bus);
int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data));
struct device *bus_find_device(struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data));
struct device *bus_find_device_by_name(struct bus_type *bus, struct device *start, const char *name);
int bus_for_each_drv(struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *driver, void *data));
int bus_rescan_devices(struct bus_type *bus);
int __must_check bus_create_file(struct bus_type *bus, struct bus_attribute *attr);
void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr);

int __must_check driver_register(struct device_driver *driver);
void driver_unregister(struct device_driver *driver);
struct device_driver *driver_find(const char *name, struct bus_type *bus);
int __must_check driver_for_each_device(struct device_driver *driver, struct device *start,
					void *data, int (*fn)(struct device *dev, void *data));
struct device *driver_find_device(struct device_driver *driver, struct device *start,
				  const void *data, int (*match)(struct device *dev, const void *data));
int __must_check driver_create_file(struct device_driver *driver, const struct driver_attribute *attr);
void driver_remove_file(struct device_driver *driver, const struct driver_attribute *attr);
/* 1: a driver serves it now, 0: none fits, or -errno. */
int __must_check device_attach(struct device *dev);
int __must_check driver_attach(struct device_driver *driver);
int __must_check device_bind_driver(struct device *dev);
void device_release_driver(struct device *dev);

/* ------------------------------------------------------------------ classes */

struct class {
	const char *name;			/* [I] */
	struct module *owner;			/* [I] */
	const struct attribute_group **class_groups, **dev_groups;	/* [I] */
	struct kobject *dev_kobj;
	int (*dev_uevent)(struct device *dev, struct kobj_uevent_env *env);
	/* NULL or memory for kfree(): the node's name; *mode its mode. */
	char *(*devnode)(struct device *dev, umode_t *mode);
	void (*class_release)(struct class *class);
	void (*dev_release)(struct device *dev);
	struct subsys_private *p;
};

int __must_check __class_register(struct class *class);
#define class_register(class)	__class_register(class)
void class_unregister(struct class *class);
struct class *__must_check __class_create(struct module *owner, const char *name);
/* Harmless for one that class_unregister() has taken already. */
void class_destroy(struct class *class);
/* One argument since Linux 6.4, two before: (owner, name). */
#define __class_create_1(name)		__class_create(THIS_MODULE, name)
#define __class_create_2(owner, name)	__class_create(owner, name)
#define __class_create_pick(a, b, macro, ...) macro
#define class_create(...) \
	__class_create_pick(__VA_ARGS__, __class_create_2, __class_create_1)(__VA_ARGS__)

int __must_check class_create_file(struct class *class, const struct class_attribute *attr);
void class_remove_file(struct class *class, const struct class_attribute *attr);
int class_for_each_device(struct class *class, struct device *start, void *data,
			  int (*fn)(struct device *dev, void *data));
struct device *class_find_device(struct class *class, struct device *start, const void *data,
				 int (*match)(struct device *dev, const void *data));
struct device *class_find_device_by_name(struct class *class, const char *name);

/* ------------------------------------------------------------------ device-managed resources */

typedef void (*dr_release_t)(struct device *dev, void *res);
typedef int (*dr_match_t)(struct device *dev, void *res, void *match_data);

/*
 * What a driver's probe() takes with devm_… is given back, last first, when
 * probe() fails or the driver leaves the device.
 */
void *__malloc devres_alloc(dr_release_t release, size_t size, gfp_t gfp);
void devres_free(void *res);
void devres_add(struct device *dev, void *res);
void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_release_all(struct device *dev);

int devm_add_action(struct device *dev, void (*action)(void *), void *data);
int devm_add_action_or_reset(struct device *dev, void (*action)(void *), void *data);
void devm_remove_action(struct device *dev, void (*action)(void *), void *data);
void *__malloc devm_kmalloc(struct device *dev, size_t size, gfp_t gfp);
void devm_kfree(struct device *dev, const void *p);
char *__malloc devm_kstrdup(struct device *dev, const char *s, gfp_t gfp);
__printf(3, 4) char *__malloc devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...);
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp);

static inline void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return devm_kmalloc(dev, size, gfp | __GFP_ZERO);
}

static inline void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t flags)
{
	return size && n > SIZE_MAX / size ? NULL : devm_kmalloc(dev, n * size, flags);
}

static inline void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t flags)
{
	return devm_kmalloc_array(dev, n, size, flags | __GFP_ZERO);
}

void __iomem *devm_ioremap(struct device *dev, resource_size_t start, resource_size_t size);
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res);
void devm_iounmap(struct device *dev, void __iomem *addr);

/* ------------------------------------------------------------------ messages */

/* "DRIVER DEVICE: " before the text. */
__printf(3, 4) void dev_printk(const char *level, const struct device *dev, const char *fmt, ...);
#define dev_emerg(dev, fmt, ...)  dev_printk(KERN_EMERG, dev, fmt, ##__VA_ARGS__)
#define dev_alert(dev, fmt, ...)  dev_printk(KERN_ALERT, dev, fmt, ##__VA_ARGS__)
#define dev_crit(dev, fmt, ...)	  dev_printk(KERN_CRIT, dev, fmt, ##__VA_ARGS__)
__printf(3, 4) int dev_err_probe(const struct device *dev, int err, const char *fmt, ...);
#define dev_err(dev, fmt, ...)	  dev_printk(KERN_ERR, dev, fmt, ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...)	  dev_printk(KERN_WARNING, dev, fmt, ##__VA_ARGS__)
#define dev_notice(dev, fmt, ...) dev_printk(KERN_NOTICE, dev, fmt, ##__VA_ARGS__)
#define dev_info(dev, fmt, ...)	  dev_printk(KERN_INFO, dev, fmt, ##__VA_ARGS__)
#ifdef DEBUG
#define dev_dbg(dev, fmt, ...)	  dev_printk(KERN_DEBUG, dev, fmt, ##__VA_ARGS__)
#else
#define dev_dbg(dev, fmt, ...)	  ({ if (0) dev_printk(KERN_DEBUG, dev, fmt, ##__VA_ARGS__); })
#endif
#define dev_err_once(dev, fmt, ...)	printk_once_dev(dev_err, dev, fmt, ##__VA_ARGS__)
#define dev_warn_once(dev, fmt, ...)	printk_once_dev(dev_warn, dev, fmt, ##__VA_ARGS__)
#define dev_info_once(dev, fmt, ...)	printk_once_dev(dev_info, dev, fmt, ##__VA_ARGS__)
#define printk_once_dev(say, dev, fmt, ...) ({				\
	static bool __said;						\
	if (!__said) {							\
		__said = true;						\
		say(dev, fmt, ##__VA_ARGS__);				\
	} })

/* module_init() and module_exit() that only register and unregister. */
#define module_driver(__driver, __register, __unregister, ...)		\
	static int __init __driver##_init(void)				\
	{								\
		return __register(&(__driver), ##__VA_ARGS__);		\
	}								\
	module_init(__driver##_init);					\
	static void __exit __driver##_exit(void)			\
	{								\
		__unregister(&(__driver), ##__VA_ARGS__);		\
	}								\
	module_exit(__driver##_exit)
#define builtin_driver(__driver, __register, ...)			\
	static int __init __driver##_init(void)				\
	{								\
		return __register(&(__driver), ##__VA_ARGS__);		\
	}								\
	device_initcall(__driver##_init)

#endif
