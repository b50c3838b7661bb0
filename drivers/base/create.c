/*
 * Devices that are made in one step, and walking the children of one.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/stdarg.h>
#include "base.h"

/* ------------------------------------------------------------------ children */

/*
 * Devices of /sys/devices are one list: its children are those that name it as
 * parent. fn() runs without a lock, on references; it may take away the one it is called for.
 */
static struct device *next_child(struct device *parent, struct device *after)
{
	struct kobject *kobj;
	struct device *found = NULL;
	bool past = !after;

	spin_lock(&devices_kset->list_lock);
	list_for_each_entry(kobj, &devices_kset->list, entry) {
		if (kobj->ktype == &device_ktype && past && kobj_to_dev(kobj)->parent == parent &&
		    kobject_get_unless_zero(kobj)) {
			found = kobj_to_dev(kobj);
			break;
		}
		past |= after && kobj == &after->kobj;
	}
	spin_unlock(&devices_kset->list_lock);
	put_device(after);
	return found;
}

int device_for_each_child(struct device *parent, void *data,
			  int (*fn)(struct device *dev, void *data))
{
	struct device *dev, *next = next_child(parent, NULL);
	int ret = 0;

	while (!ret && (dev = next) != NULL) {
		next = next_child(parent, get_device(dev));	/* dev may be off the list after this */
		ret = fn(dev, data);
		put_device(dev);
	}
	if (ret)
		put_device(next);
	return ret;
}
EXPORT_SYMBOL_GPL(device_for_each_child);

struct device *device_find_child(struct device *parent, void *data,
				 int (*match)(struct device *dev, void *data))
{
	struct device *dev = NULL;

	while ((dev = next_child(parent, dev)) != NULL)
		if (match(dev, data))
			return dev;
	return NULL;
}
EXPORT_SYMBOL_GPL(device_find_child);

/* ------------------------------------------------------------------ devices made in one step */

static void created_release(struct device *dev)
{
	kfree(dev);
}

static struct device *create(struct class *class, struct device *parent, dev_t devt, void *drvdata,
			     const struct attribute_group **groups, const char *name, va_list args)
{
	struct device *dev;
	int err;

	if (IS_ERR_OR_NULL(class))
		return ERR_PTR(-ENODEV);
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return ERR_PTR(-ENOMEM);
	device_initialize(dev);
	dev->devt = devt;
	dev->class = class;
	dev->parent = parent;
	dev->groups = groups;
	dev->release = created_release;
	dev_set_drvdata(dev, drvdata);
	err = kobject_set_name_vargs(&dev->kobj, name, args);
	if (!err)
		err = device_add(dev);
	if (!err)
		return dev;
	put_device(dev);
	return ERR_PTR(err);
}

struct device *device_create(struct class *class, struct device *parent, dev_t devt, void *drvdata,
			     const char *fmt, ...)
{
	struct device *dev;
	va_list args;

	va_start(args, fmt);
	dev = create(class, parent, devt, drvdata, NULL, fmt, args);
	va_end(args);
	return dev;
}
EXPORT_SYMBOL_GPL(device_create);

struct device *device_create_with_groups(struct class *class, struct device *parent, dev_t devt,
					 void *drvdata, const struct attribute_group **groups,
					 const char *fmt, ...)
{
	struct device *dev;
	va_list args;

	va_start(args, fmt);
	dev = create(class, parent, devt, drvdata, groups, fmt, args);
	va_end(args);
	return dev;
}
EXPORT_SYMBOL_GPL(device_create_with_groups);

static int match_devt(struct device *dev, const void *devt)
{
	return dev->devt == *(const dev_t *)devt;
}

void device_destroy(struct class *class, dev_t devt)
{
	struct device *dev = class_find_device(class, NULL, &devt, match_devt);

	if (!dev)
		return;
	put_device(dev);
	device_unregister(dev);
}
EXPORT_SYMBOL_GPL(device_destroy);

int cdev_device_add(struct cdev *cdev, struct device *dev)
{
	int err = 0;

	if (dev->devt) {
		cdev_set_parent(cdev, &dev->kobj);
		err = cdev_add(cdev, dev->devt, 1);
	}
	if (err)
		return err;
	err = device_add(dev);
	if (err && dev->devt)
		cdev_del(cdev);
	return err;
}
EXPORT_SYMBOL(cdev_device_add);

/* Who has it open keeps cdev, and with it dev's memory, until the close. */
void cdev_device_del(struct cdev *cdev, struct device *dev)
{
	device_del(dev);
	if (dev->devt)
		cdev_del(cdev);
}
EXPORT_SYMBOL(cdev_device_del);

struct device *__root_device_register(const char *name, struct module *owner)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int err;

	if (!dev)
		return ERR_PTR(-ENOMEM);
	device_initialize(dev);
	dev->release = created_release;
	err = dev_set_name(dev, "%s", name);
	if (!err)
		err = device_add(dev);
	if (!err)
		return dev;
	put_device(dev);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_GPL(__root_device_register);

void root_device_unregister(struct device *dev)
{
	device_unregister(dev);
}
EXPORT_SYMBOL_GPL(root_device_unregister);
