/*
 * Between the parts of the device model: core.c devices, bus.c buses, dd.c who
 * serves what, class.c classes, devres.c what probe() took.
 */
#ifndef DRIVERS_BASE_BASE_H
#define DRIVERS_BASE_BASE_H

#include <linux/device.h>

/* The private part of a bus or a class: while it lives, so do its directories. */
struct subsys_private {
	struct kset subsys;			/* /sys/bus/NAME or /sys/class/NAME */
	struct kset *devices_kset;		/* a bus's */
	struct kset *drivers_kset;		/* a bus's */
	struct mutex mutex;			/* this is b; inside a device's mutex */
	struct list_head devices;		/* [b] by bus_node or class_node */
	struct list_head drivers;		/* [b] */
	struct class *class;			/* of a class */
	struct list_head created;		/* created_mutex: made by class_create() */
	struct kobject *virtual_dir;		/* [b] /sys/devices/virtual/CLASS */
};

extern struct kset *devices_kset;		/* /sys/devices */
extern struct kobj_type device_ktype;		/* what tells a device from other kobjects */
extern struct kobject *sysfs_dev_char_kobj, *sysfs_dev_block_kobj;

/* An ERR_PTR when there is no memory. @ktype: of its directory. */
struct subsys_private *subsys_alloc(const char *name, struct kset *parent, struct kobj_type *ktype);
void subsys_release(struct kobject *kobj);

int bus_add_device(struct device *dev);
void bus_probe_device(struct device *dev);
void bus_remove_device(struct device *dev);
int bus_add_driver(struct device_driver *driver);
void bus_remove_driver(struct device_driver *driver);
void driver_detach(struct device_driver *driver);

int class_add_device(struct device *dev);
void class_remove_device(struct device *dev);
/* The directory for a device of @class without a parent, or below @parent. */
struct kobject *class_parent_dir(struct class *class, struct device *parent);

#endif
