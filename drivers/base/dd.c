/*
 * Which driver serves which device: matching, probe() and remove().
 *
 *	device_add()      ─> device_attach()  each driver of the bus ┐
 *	driver_register() ─> driver_attach()  each device of the bus ┴> bus->match(), really_probe()
 *
 * A device's mutex is held across probe() and remove(): one at a time.
 */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include "base.h"

/* A driver's probe() and remove() add and remove devices below its own: parents' locks before children's. */
static void lock_device(struct device *dev)
{
	unsigned int depth = 0;

	for (const struct device *up = dev->parent; up && depth < MAX_LOCKDEP_SUBCLASSES - 1; up = up->parent)
		depth++;
	mutex_lock_nested(&dev->mutex, depth);
}

static int call_probe(struct device *dev, struct device_driver *driver)
{
	if (dev->bus->probe)
		return dev->bus->probe(dev);
	return driver->probe ? driver->probe(dev) : 0;
}

static void call_remove(struct device *dev, struct device_driver *driver)
{
	if (dev->bus->remove)
		dev->bus->remove(dev);
	else if (driver->remove)
		driver->remove(dev);
}

static void link_driver(struct device *dev, struct device_driver *driver)
{
	mutex_lock(&dev->bus->p->mutex);
	list_add_tail(&dev->driver_node, &driver->devices);
	mutex_unlock(&dev->bus->p->mutex);
	/* Names that are taken already are the directory's own business. */
	if (!sysfs_create_link(&driver->kobj, &dev->kobj, dev_name(dev)) &&
	    sysfs_create_link(&dev->kobj, &driver->kobj, "driver"))
		pr_warn("%s: no link to its driver\n", dev_name(dev));
}

static void unlink_driver(struct device *dev, struct device_driver *driver)
{
	sysfs_remove_link(&driver->kobj, dev_name(dev));
	sysfs_remove_link(&dev->kobj, "driver");
	mutex_lock(&dev->bus->p->mutex);
	list_del_init(&dev->driver_node);
	mutex_unlock(&dev->bus->p->mutex);
}

/*
 * The driver's dev_groups, and dev->groups where probe() itself set it, which
 * textbooks show: both are honoured after probe().
 */
static int add_driver_groups(struct device *dev, struct device_driver *driver,
			     const struct attribute_group **before)
{
	int err = device_add_groups(dev, driver->dev_groups);

	if (err || dev->groups == before || !dev->groups)
		return err;
	err = device_add_groups(dev, dev->groups);
	if (!err)
		dev->probe_groups = dev->groups;
	return err;
}

static void remove_driver_groups(struct device *dev, struct device_driver *driver)
{
	device_remove_groups(dev, driver->dev_groups);
	if (dev->probe_groups) {
		device_remove_groups(dev, dev->probe_groups);
		dev->groups = NULL;
		dev->probe_groups = NULL;
	}
}

/* dev->mutex held. 1: served, 0: this driver does not want it. */
static int really_probe(struct device *dev, struct device_driver *driver)
{
	const struct attribute_group **before = dev->groups;
	int err;

	dev->driver = driver;
	err = call_probe(dev, driver);
	if (!err) {
		err = add_driver_groups(dev, driver, before);
		if (err)
			call_remove(dev, driver);
	}
	if (!err) {
		link_driver(dev, driver);
		kobject_uevent(&dev->kobj, KOBJ_BIND);
		return 1;
	}
	devres_release_all(dev);
	dev->driver = NULL;
	dev_set_drvdata(dev, NULL);
	if (err == -ENODEV || err == -ENXIO)
		pr_debug("%s: probe of %s rejects match %d\n", driver->name, dev_name(dev), err);
	else
		pr_warn("%s: probe of %s failed with error %d\n", driver->name, dev_name(dev), err);
	return 0;
}

static int try_driver(struct device *dev, struct device_driver *driver)
{
	if (dev->driver || (dev->bus->match && dev->bus->match(dev, driver) <= 0))
		return 0;
	if (!try_module_get(driver->owner))
		return 0;
	lock_device(dev);
	if (!dev->driver)
		really_probe(dev, driver);
	device_unlock(dev);
	module_put(driver->owner);
	return dev->driver != NULL;
}

static int attach_driver(struct device_driver *driver, void *dev)
{
	return try_driver(dev, driver);
}

int device_attach(struct device *dev)
{
	if (dev->driver)
		return 1;
	return bus_for_each_drv(dev->bus, NULL, dev, attach_driver);
}
EXPORT_SYMBOL_GPL(device_attach);

static int attach_device(struct device *dev, void *driver)
{
	try_driver(dev, driver);
	return 0;
}

int driver_attach(struct device_driver *driver)
{
	return bus_for_each_dev(driver->bus, NULL, driver, attach_device);
}
EXPORT_SYMBOL_GPL(driver_attach);

int device_bind_driver(struct device *dev)
{
	link_driver(dev, dev->driver);
	return 0;
}
EXPORT_SYMBOL_GPL(device_bind_driver);

void device_release_driver(struct device *dev)
{
	struct device_driver *driver;

	lock_device(dev);
	driver = dev->driver;
	if (driver) {
		unlink_driver(dev, driver);
		remove_driver_groups(dev, driver);
		call_remove(dev, driver);
		devres_release_all(dev);
		dma_debug_device_gone(dev);
		dev->driver = NULL;
		dev_set_drvdata(dev, NULL);
		kobject_uevent(&dev->kobj, KOBJ_UNBIND);
	}
	device_unlock(dev);
}
EXPORT_SYMBOL_GPL(device_release_driver);

void driver_detach(struct device_driver *driver)
{
	struct subsys_private *p = driver->bus->p;
	struct device *dev;

	for (;;) {
		mutex_lock(&p->mutex);
		dev = list_first_entry_or_null(&driver->devices, struct device, driver_node);
		get_device(dev);
		mutex_unlock(&p->mutex);
		if (!dev)
			return;
		device_release_driver(dev);
		put_device(dev);
	}
}

/* ------------------------------------------------------------------ drivers */

int driver_register(struct device_driver *driver)
{
	struct device_driver *other;

	if (!driver->bus || !driver->bus->p) {
		pr_err("driver %s: its bus is not registered\n", driver->name);
		return -EINVAL;
	}
	other = driver_find(driver->name, driver->bus);
	if (other) {
		pr_err("driver %s is registered already\n", driver->name);
		return -EBUSY;
	}
	return bus_add_driver(driver);
}
EXPORT_SYMBOL_GPL(driver_register);

void driver_unregister(struct device_driver *driver)
{
	if (WARN(!driver || !driver->kobj.state_in_sysfs, "driver_unregister: it is not registered\n"))
		return;
	sysfs_remove_groups(&driver->kobj, driver->groups);
	bus_remove_driver(driver);
}
EXPORT_SYMBOL_GPL(driver_unregister);

struct device_driver *driver_find(const char *name, struct bus_type *bus)
{
	struct kobject *kobj = kset_find_obj(bus->p->drivers_kset, name);

	/* Who asks keeps the driver itself registered. */
	kobject_put(kobj);
	return kobj ? container_of(kobj, struct device_driver, kobj) : NULL;
}
EXPORT_SYMBOL_GPL(driver_find);

struct driver_walk {
	struct device_driver *driver;
	const void *data;
	int (*fn)(struct device *dev, void *data);
	int (*match)(struct device *dev, const void *data);
};

static int call_if_served(struct device *dev, void *arg)
{
	struct driver_walk *walk = arg;

	return dev->driver == walk->driver ? walk->fn(dev, (void *)walk->data) : 0;
}

int driver_for_each_device(struct device_driver *driver, struct device *start, void *data,
			   int (*fn)(struct device *dev, void *data))
{
	struct driver_walk walk = { .driver = driver, .data = data, .fn = fn };

	return bus_for_each_dev(driver->bus, start, &walk, call_if_served);
}
EXPORT_SYMBOL_GPL(driver_for_each_device);

static int match_if_served(struct device *dev, const void *arg)
{
	const struct driver_walk *walk = arg;

	return dev->driver == walk->driver && walk->match(dev, walk->data);
}

struct device *driver_find_device(struct device_driver *driver, struct device *start,
				  const void *data, int (*match)(struct device *dev, const void *data))
{
	struct driver_walk walk = { .driver = driver, .data = data, .match = match };

	return bus_find_device(driver->bus, start, &walk, match_if_served);
}
EXPORT_SYMBOL_GPL(driver_find_device);

int driver_create_file(struct device_driver *driver, const struct driver_attribute *attr)
{
	return sysfs_create_file(&driver->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(driver_create_file);

void driver_remove_file(struct device_driver *driver, const struct driver_attribute *attr)
{
	sysfs_remove_file(&driver->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(driver_remove_file);
