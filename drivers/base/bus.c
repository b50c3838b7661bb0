/*
 * Buses: who is on them, which drivers they have. See <linux/device.h>.
 *
 * Lists are walked by reference: the lock is let go of before a callback, which
 * may register or remove others.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include "base.h"

static struct kset *bus_kset;		/* /sys/bus */

/* ------------------------------------------------------------------ what a bus and a class have */

struct subsys_private *subsys_alloc(const char *name, struct kset *parent, struct kobj_type *ktype)
{
	struct subsys_private *p = kzalloc(sizeof(*p), GFP_KERNEL);
	int err;

	if (!p)
		return ERR_PTR(-ENOMEM);
	mutex_init(&p->mutex);
	INIT_LIST_HEAD(&p->devices);
	INIT_LIST_HEAD(&p->drivers);
	INIT_LIST_HEAD(&p->created);
	p->subsys.kobj.kset = parent;
	p->subsys.kobj.ktype = ktype;
	err = kobject_set_name(&p->subsys.kobj, "%s", name);
	if (err) {
		kfree(p);
		return ERR_PTR(err);
	}
	err = kset_register(&p->subsys);
	if (err) {
		kobject_put(&p->subsys.kobj);
		return ERR_PTR(err);
	}
	return p;
}

void subsys_release(struct kobject *kobj)
{
	kfree(container_of(to_kset(kobj), struct subsys_private, subsys));
}

/* ------------------------------------------------------------------ registering */

static struct bus_type *kobj_to_bus(struct kobject *kobj);

static ssize_t bus_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct bus_attribute *bus_attr = container_of(attr, struct bus_attribute, attr);

	return bus_attr->show ? bus_attr->show(kobj_to_bus(kobj), buf) : -EIO;
}

static ssize_t bus_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct bus_attribute *bus_attr = container_of(attr, struct bus_attribute, attr);

	return bus_attr->store ? bus_attr->store(kobj_to_bus(kobj), buf, count) : -EIO;
}

static const struct sysfs_ops bus_sysfs_ops = { .show = bus_attr_show, .store = bus_attr_store };
static struct kobj_type bus_ktype = { .release = subsys_release, .sysfs_ops = &bus_sysfs_ops };

/* /sys/bus/NAME carries its bus in the kset's list head's owner. */
struct bus_dir {
	struct list_head list;		/* buses_mutex */
	struct bus_type *bus;
	struct kobject *kobj;
};

static DEFINE_MUTEX(buses_mutex);
static LIST_HEAD(buses);		/* buses_mutex: struct bus_dir */

static struct bus_type *kobj_to_bus(struct kobject *kobj)
{
	struct bus_type *bus = NULL;
	struct bus_dir *dir;

	mutex_lock(&buses_mutex);
	list_for_each_entry(dir, &buses, list)
		if (dir->kobj == kobj)
			bus = dir->bus;
	mutex_unlock(&buses_mutex);
	return bus;
}

static void forget_bus(struct bus_type *bus)
{
	struct bus_dir *dir, *next;

	mutex_lock(&buses_mutex);
	list_for_each_entry_safe(dir, next, &buses, list)
		if (dir->bus == bus) {
			list_del(&dir->list);
			kfree(dir);
		}
	mutex_unlock(&buses_mutex);
}

int bus_register(struct bus_type *bus)
{
	struct bus_dir *dir = kzalloc(sizeof(*dir), GFP_KERNEL);
	struct subsys_private *p;
	int err = -ENOMEM;

	if (!dir)
		return -ENOMEM;
	p = subsys_alloc(bus->name, bus_kset, &bus_ktype);
	if (IS_ERR(p)) {
		kfree(dir);
		return PTR_ERR(p);
	}
	bus->p = p;
	*dir = (struct bus_dir){ .bus = bus, .kobj = &p->subsys.kobj };
	mutex_lock(&buses_mutex);
	list_add(&dir->list, &buses);
	mutex_unlock(&buses_mutex);
	p->devices_kset = kset_create_and_add("devices", NULL, &p->subsys.kobj);
	p->drivers_kset = kset_create_and_add("drivers", NULL, &p->subsys.kobj);
	if (p->devices_kset && p->drivers_kset)
		err = sysfs_create_groups(&p->subsys.kobj, bus->bus_groups);
	if (err)
		bus_unregister(bus);
	return err;
}
EXPORT_SYMBOL_GPL(bus_register);

void bus_unregister(struct bus_type *bus)
{
	struct subsys_private *p = bus->p;

	bus->p = NULL;
	kset_unregister(p->drivers_kset);
	kset_unregister(p->devices_kset);
	forget_bus(bus);
	kset_unregister(&p->subsys);
}
EXPORT_SYMBOL_GPL(bus_unregister);

int bus_create_file(struct bus_type *bus, struct bus_attribute *attr)
{
	return sysfs_create_file(&bus->p->subsys.kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(bus_create_file);

void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr)
{
	sysfs_remove_file(&bus->p->subsys.kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(bus_remove_file);

/* ------------------------------------------------------------------ walking */

/* The one behind @after (NULL: the first), with a reference; @after's goes. */
static struct device *next_device(struct subsys_private *p, struct device *after)
{
	struct device *next = NULL;
	struct list_head *at;

	mutex_lock(&p->mutex);
	at = after ? after->bus_node.next : p->devices.next;
	/* One that was taken off meanwhile points to itself: the walk ends. */
	if (at != &p->devices && !(after && at == &after->bus_node))
		next = get_device(list_entry(at, struct device, bus_node));
	mutex_unlock(&p->mutex);
	put_device(after);
	return next;
}

int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data))
{
	struct device *dev = get_device(start);
	int ret = 0;

	if (!bus || !bus->p)
		return -EINVAL;
	while (!ret && (dev = next_device(bus->p, dev)) != NULL)
		ret = fn(dev, data);
	if (ret)
		put_device(dev);
	return ret;
}
EXPORT_SYMBOL_GPL(bus_for_each_dev);

struct device *bus_find_device(struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data))
{
	struct device *dev = get_device(start);

	if (!bus || !bus->p)
		return NULL;
	while ((dev = next_device(bus->p, dev)) != NULL)
		if (match(dev, data))
			return dev;
	return NULL;
}
EXPORT_SYMBOL_GPL(bus_find_device);

static int match_name(struct device *dev, const void *name)
{
	return sysfs_streq(dev_name(dev), name);
}

struct device *bus_find_device_by_name(struct bus_type *bus, struct device *start, const char *name)
{
	return bus_find_device(bus, start, name, match_name);
}
EXPORT_SYMBOL_GPL(bus_find_device_by_name);

int bus_for_each_drv(struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *driver, void *data))
{
	struct device_driver *driver = start, *next;
	struct subsys_private *p = bus->p;
	int ret = 0;

	for (;;) {
		mutex_lock(&p->mutex);
		next = driver ? list_next_entry(driver, bus_node) :
				list_first_entry(&p->drivers, struct device_driver, bus_node);
		if (&next->bus_node == &p->drivers)
			next = NULL;
		else
			kobject_get(&next->kobj);
		mutex_unlock(&p->mutex);
		if (driver != start)
			kobject_put(&driver->kobj);
		if (!next)
			return ret;
		driver = next;
		ret = fn(driver, data);
		if (ret) {
			kobject_put(&driver->kobj);
			return ret;
		}
	}
}
EXPORT_SYMBOL_GPL(bus_for_each_drv);

/* ------------------------------------------------------------------ devices of a bus */

int bus_add_device(struct device *dev)
{
	struct subsys_private *p = dev->bus ? dev->bus->p : NULL;
	int err;

	if (!p)
		return 0;
	err = device_add_groups(dev, dev->bus->dev_groups);
	if (err)
		return err;
	err = sysfs_create_link(&p->devices_kset->kobj, &dev->kobj, dev_name(dev));
	if (!err)
		err = sysfs_create_link(&dev->kobj, &p->subsys.kobj, "subsystem");
	if (err) {
		sysfs_remove_link(&p->devices_kset->kobj, dev_name(dev));
		return err;
	}
	kobject_get(&p->subsys.kobj);
	mutex_lock(&p->mutex);
	list_add_tail(&dev->bus_node, &p->devices);
	mutex_unlock(&p->mutex);
	return 0;
}

void bus_probe_device(struct device *dev)
{
	if (dev->bus && dev->bus->p)
		WARN_ON(device_attach(dev) < 0);
}

void bus_remove_device(struct device *dev)
{
	struct subsys_private *p = dev->bus ? dev->bus->p : NULL;

	if (!p)
		return;
	mutex_lock(&p->mutex);
	list_del_init(&dev->bus_node);
	mutex_unlock(&p->mutex);
	device_release_driver(dev);
	sysfs_remove_link(&dev->kobj, "subsystem");
	sysfs_remove_link(&p->devices_kset->kobj, dev_name(dev));
	kobject_put(&p->subsys.kobj);
}

static int rescan_one(struct device *dev, void *unused)
{
	int ret = dev->driver ? 0 : device_attach(dev);

	return ret < 0 ? ret : 0;
}

int bus_rescan_devices(struct bus_type *bus)
{
	return bus_for_each_dev(bus, NULL, NULL, rescan_one);
}
EXPORT_SYMBOL_GPL(bus_rescan_devices);

/* ------------------------------------------------------------------ drivers of a bus */

static struct device_driver *kobj_to_driver(struct kobject *kobj)
{
	return container_of(kobj, struct device_driver, kobj);
}

static ssize_t drv_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct driver_attribute *drv_attr = container_of(attr, struct driver_attribute, attr);

	return drv_attr->show ? drv_attr->show(kobj_to_driver(kobj), buf) : -EIO;
}

static ssize_t drv_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct driver_attribute *drv_attr = container_of(attr, struct driver_attribute, attr);

	return drv_attr->store ? drv_attr->store(kobj_to_driver(kobj), buf, count) : -EIO;
}

static const struct sysfs_ops driver_sysfs_ops = { .show = drv_attr_show, .store = drv_attr_store };

/* The driver is its module's data; bus_remove_driver() waits for nothing but the directory. */
static void driver_release(struct kobject *kobj)
{
}

static struct kobj_type driver_ktype = { .release = driver_release, .sysfs_ops = &driver_sysfs_ops };

/* echo DEVICE >bind, >unbind: by hand what matching does. */
static ssize_t bind_store(struct device_driver *driver, const char *buf, size_t count)
{
	struct device *dev = bus_find_device_by_name(driver->bus, NULL, buf);
	ssize_t ret = -ENODEV;

	if (dev && !dev->driver && (!driver->bus->match || driver->bus->match(dev, driver))) {
		ret = device_attach(dev);
		ret = ret < 0 ? ret : ret ? count : -ENODEV;
	}
	put_device(dev);
	return ret;
}

static ssize_t unbind_store(struct device_driver *driver, const char *buf, size_t count)
{
	struct device *dev = bus_find_device_by_name(driver->bus, NULL, buf);
	ssize_t ret = -ENODEV;

	if (dev && dev->driver == driver) {
		device_release_driver(dev);
		ret = count;
	}
	put_device(dev);
	return ret;
}

static DRIVER_ATTR_WO(bind);
static DRIVER_ATTR_WO(unbind);

int bus_add_driver(struct device_driver *driver)
{
	struct subsys_private *p = driver->bus->p;
	int err;

	INIT_LIST_HEAD(&driver->devices);
	memset(&driver->kobj, 0, sizeof(driver->kobj));
	driver->kobj.kset = p->drivers_kset;
	err = kobject_init_and_add(&driver->kobj, &driver_ktype, NULL, "%s", driver->name);
	if (err)
		goto out_put;
	err = sysfs_create_groups(&driver->kobj, driver->bus->drv_groups);
	if (!err)
		err = sysfs_create_groups(&driver->kobj, driver->groups);
	if (!err && !driver->suppress_bind_attrs) {
		err = driver_create_file(driver, &driver_attr_bind);
		if (!err)
			err = driver_create_file(driver, &driver_attr_unbind);
	}
	if (!err && driver->owner)
		err = sysfs_create_link(&driver->kobj, driver->owner->kobj, "module");
	if (err)
		goto out_del;
	mutex_lock(&p->mutex);
	list_add_tail(&driver->bus_node, &p->drivers);
	mutex_unlock(&p->mutex);
	err = driver_attach(driver);
	if (!err)
		return 0;
	mutex_lock(&p->mutex);
	list_del(&driver->bus_node);
	mutex_unlock(&p->mutex);
out_del:
	kobject_del(&driver->kobj);
out_put:
	kobject_put(&driver->kobj);
	return err;
}

void bus_remove_driver(struct device_driver *driver)
{
	struct subsys_private *p = driver->bus->p;

	mutex_lock(&p->mutex);
	list_del(&driver->bus_node);
	mutex_unlock(&p->mutex);
	driver_detach(driver);
	kobject_del(&driver->kobj);
	kobject_put(&driver->kobj);
}

static int __init buses_init(void)
{
	bus_kset = kset_create_and_add("bus", NULL, NULL);
	return bus_kset ? 0 : -ENOMEM;
}
core_initcall(buses_init);
