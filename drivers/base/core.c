/*
 * Devices: their directories, links, attributes and nodes. See <linux/device.h>.
 *
 *	device_add()	name -> directory -> attributes -> class links -> node in
 *			/dev -> on its bus -> drivers are tried
 *	device_del()	the same backwards
 */
#include <linux/cred.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/devtmpfs.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/stdarg.h>
#include <linux/string.h>
#include "base.h"

struct kset *devices_kset;
struct kobject *sysfs_dev_char_kobj, *sysfs_dev_block_kobj;

/* ------------------------------------------------------------------ the directory */

static ssize_t dev_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct device_attribute *dev_attr = container_of(attr, struct device_attribute, attr);

	return dev_attr->show ? dev_attr->show(kobj_to_dev(kobj), dev_attr, buf) : -EIO;
}

static ssize_t dev_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct device_attribute *dev_attr = container_of(attr, struct device_attribute, attr);

	return dev_attr->store ? dev_attr->store(kobj_to_dev(kobj), dev_attr, buf, count) : -EIO;
}

static const struct sysfs_ops dev_sysfs_ops = { .show = dev_attr_show, .store = dev_attr_store };

static void device_release(struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);

	devres_release_all(dev);
	if (dev->release)
		dev->release(dev);
	else if (dev->type && dev->type->release)
		dev->type->release(dev);
	else if (dev->class && dev->class->dev_release)
		dev->class->dev_release(dev);
	else
		WARN(1, "device '%s' has no release(): it cannot be freed\n", dev_name(dev));
}

struct kobj_type device_ktype = {
	.release = device_release,
	.sysfs_ops = &dev_sysfs_ops,
};

static bool is_block(const struct device *dev)
{
	return dev->class && !strcmp(dev->class->name, "block");
}

/* The node's name below /dev, its mode and group; *tmp is to be freed. */
static const char *node_of(struct device *dev, umode_t *mode, kgid_t *gid, char **tmp)
{
	kuid_t uid;

	*tmp = NULL;
	*gid = GLOBAL_ROOT_GID;
	if (dev->type && dev->type->devnode)
		*tmp = dev->type->devnode(dev, mode, &uid, gid);
	else if (dev->class && dev->class->devnode)
		*tmp = dev->class->devnode(dev, mode);
	if (*tmp)
		return *tmp;
	if (!strchr(dev_name(dev), '!'))
		return dev_name(dev);
	*tmp = kstrdup(dev_name(dev), GFP_KERNEL);
	return *tmp ? strreplace(*tmp, '!', '/'), *tmp : dev_name(dev);
}

static int device_uevent(struct kset *kset, struct kobject *kobj, struct kobj_uevent_env *env)
{
	struct device *dev = kobj_to_dev(kobj);
	umode_t mode = 0;
	kgid_t gid;
	int err = 0;
	char *tmp;

	if (dev->devt) {
		const char *name = node_of(dev, &mode, &gid, &tmp);

		add_uevent_var(env, "MAJOR=%u", MAJOR(dev->devt));
		add_uevent_var(env, "MINOR=%u", MINOR(dev->devt));
		add_uevent_var(env, "DEVNAME=%s", name);
		if (mode)
			add_uevent_var(env, "DEVMODE=%#o", mode & 0777);
		kfree(tmp);
	}
	if (dev->type && dev->type->name)
		add_uevent_var(env, "DEVTYPE=%s", dev->type->name);
	if (dev->driver)
		add_uevent_var(env, "DRIVER=%s", dev->driver->name);
	if (dev->bus && dev->bus->uevent)
		err = dev->bus->uevent(dev, env);
	if (!err && dev->class && dev->class->dev_uevent)
		err = dev->class->dev_uevent(dev, env);
	if (!err && dev->type && dev->type->uevent)
		err = dev->type->uevent(dev, env);
	return err;
}

/* Only devices speak, not the directories between them. */
static int device_uevent_filter(struct kset *kset, struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);

	return kobj->ktype == &device_ktype && (dev->bus || dev->class);
}

static const struct kset_uevent_ops device_uevent_ops = {
	.filter = device_uevent_filter,
	.uevent = device_uevent,
};

static ssize_t uevent_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return kobject_uevent_show(&dev->kobj, buf);
}

/* "add", "change", … say it again. */
static ssize_t uevent_store(struct device *dev, struct device_attribute *attr, const char *buf,
			    size_t count)
{
	kobject_uevent(&dev->kobj, sysfs_streq(buf, "remove") ? KOBJ_REMOVE : sysfs_streq(buf, "add") ?
		       KOBJ_ADD : KOBJ_CHANGE);
	return count;
}

static DEVICE_ATTR_RW(uevent);

static ssize_t dev_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u:%u\n", MAJOR(dev->devt), MINOR(dev->devt));
}

static DEVICE_ATTR_RO(dev);

int device_create_file(struct device *dev, const struct device_attribute *attr)
{
	return sysfs_create_file(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_create_file);

void device_remove_file(struct device *dev, const struct device_attribute *attr)
{
	sysfs_remove_file(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_remove_file);

int device_create_bin_file(struct device *dev, const struct bin_attribute *attr)
{
	return sysfs_create_bin_file(&dev->kobj, attr);
}
EXPORT_SYMBOL_GPL(device_create_bin_file);

void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr)
{
	sysfs_remove_bin_file(&dev->kobj, attr);
}
EXPORT_SYMBOL_GPL(device_remove_bin_file);

int device_add_groups(struct device *dev, const struct attribute_group **groups)
{
	return sysfs_create_groups(&dev->kobj, groups);
}
EXPORT_SYMBOL_GPL(device_add_groups);

void device_remove_groups(struct device *dev, const struct attribute_group **groups)
{
	sysfs_remove_groups(&dev->kobj, groups);
}
EXPORT_SYMBOL_GPL(device_remove_groups);

/* What goes with the directory goes when it is removed: an error undoes nothing here. */
static int add_attributes(struct device *dev)
{
	int err = device_create_file(dev, &dev_attr_uevent);

	if (!err && dev->class)
		err = device_add_groups(dev, dev->class->dev_groups);
	if (!err && dev->type)
		err = device_add_groups(dev, dev->type->groups);
	if (!err)
		err = device_add_groups(dev, dev->groups);
	if (!err && dev->devt)
		err = device_create_file(dev, &dev_attr_dev);
	return err;
}

/* ------------------------------------------------------------------ the node */

static struct kobject *dev_link_dir(struct device *dev)
{
	return is_block(dev) ? sysfs_dev_block_kobj : sysfs_dev_char_kobj;
}

static int add_node(struct device *dev)
{
	umode_t mode = 0;
	kgid_t gid;
	char number[24], *tmp;
	const char *name;
	int err;

	if (!dev->devt)
		return 0;
	snprintf(number, sizeof(number), "%u:%u", MAJOR(dev->devt), MINOR(dev->devt));
	err = sysfs_create_link(dev_link_dir(dev), &dev->kobj, number);
	if (err)
		return err;
	name = node_of(dev, &mode, &gid, &tmp);
	err = devtmpfs_create_node_of(dev->devt, mode, gid, name, is_block(dev) ? S_IFBLK : S_IFCHR);
	kfree(tmp);
	if (err)
		sysfs_remove_link(dev_link_dir(dev), number);
	return err;
}

static void remove_node(struct device *dev)
{
	umode_t mode = 0;
	kgid_t gid;
	char number[24], *tmp;

	if (!dev->devt)
		return;
	snprintf(number, sizeof(number), "%u:%u", MAJOR(dev->devt), MINOR(dev->devt));
	sysfs_remove_link(dev_link_dir(dev), number);
	devtmpfs_delete_node(node_of(dev, &mode, &gid, &tmp));
	kfree(tmp);
}

/* ------------------------------------------------------------------ coming and going */

int dev_set_name(struct device *dev, const char *fmt, ...)
{
	va_list args;
	int err;

	va_start(args, fmt);
	err = kobject_set_name_vargs(&dev->kobj, fmt, args);
	va_end(args);
	return err;
}
EXPORT_SYMBOL_GPL(dev_set_name);

void device_initialize(struct device *dev)
{
	dev->kobj.kset = devices_kset;
	kobject_init(&dev->kobj, &device_ktype);
	mutex_init(&dev->mutex);
	spin_lock_init(&dev->devres_lock);
	INIT_LIST_HEAD(&dev->devres_head);
	INIT_LIST_HEAD(&dev->bus_node);
	INIT_LIST_HEAD(&dev->driver_node);
	INIT_LIST_HEAD(&dev->class_node);
}
EXPORT_SYMBOL_GPL(device_initialize);

static struct kobject *parent_dir(struct device *dev)
{
	if (dev->class)
		return class_parent_dir(dev->class, dev->parent);
	return dev->parent ? &dev->parent->kobj : NULL;
}

#define LOCK_FLOORS	8

/* A device's driver adds and removes devices below it with the device locked: a class of locks a floor. */
static void set_lock_class(struct device *dev)
{
	static struct lock_class_key floors[LOCK_FLOORS];	/* of size 0 without DEBUG=1 */
	unsigned int floor = 0;

	for (struct device *up = dev->parent; up && floor < LOCK_FLOORS - 1; up = up->parent)
		floor++;
	lockdep_set_class_and_name(&dev->mutex, &floors[floor], "dev->mutex");
}

int device_add(struct device *dev)
{
	int err = -EINVAL;

	if (!get_device(dev))
		return -EINVAL;
	if (dev->init_name) {
		err = dev_set_name(dev, "%s", dev->init_name);
		dev->init_name = NULL;
	} else if (!kobject_name(&dev->kobj) && dev->bus && dev->bus->dev_name) {
		err = dev_set_name(dev, "%s%u", dev->bus->dev_name, dev->id);
	}
	if (!kobject_name(&dev->kobj))
		goto out_put;
	get_device(dev->parent);
	set_lock_class(dev);
	err = kobject_add(&dev->kobj, parent_dir(dev), NULL);
	if (err)
		goto out_parent;
	err = add_attributes(dev);
	if (err)
		goto out_dir;
	err = class_add_device(dev);
	if (err)
		goto out_dir;
	err = add_node(dev);
	if (err)
		goto out_class;
	err = bus_add_device(dev);
	if (err)
		goto out_node;
	kobject_uevent(&dev->kobj, KOBJ_ADD);
	bus_probe_device(dev);
	put_device(dev);
	return 0;

out_node:
	remove_node(dev);
out_class:
	class_remove_device(dev);
out_dir:
	kobject_del(&dev->kobj);
out_parent:
	put_device(dev->parent);
out_put:
	put_device(dev);
	return err;
}
EXPORT_SYMBOL_GPL(device_add);

void device_del(struct device *dev)
{
	struct device *parent = dev->parent;

	bus_remove_device(dev);
	kobject_uevent(&dev->kobj, KOBJ_REMOVE);
	remove_node(dev);
	class_remove_device(dev);
	devres_release_all(dev);
	dma_debug_device_gone(dev);
	kobject_del(&dev->kobj);
	put_device(parent);
}
EXPORT_SYMBOL_GPL(device_del);

int device_register(struct device *dev)
{
	device_initialize(dev);
	return device_add(dev);
}
EXPORT_SYMBOL_GPL(device_register);

void device_unregister(struct device *dev)
{
	device_del(dev);
	put_device(dev);
}
EXPORT_SYMBOL_GPL(device_unregister);

struct device *get_device(struct device *dev)
{
	if (dev)
		kobject_get(&dev->kobj);
	return dev;
}
EXPORT_SYMBOL_GPL(get_device);

void put_device(struct device *dev)
{
	if (dev)
		kobject_put(&dev->kobj);
}
EXPORT_SYMBOL_GPL(put_device);

/* The links of its class keep the old name's target: they name the directory's node. */
int device_rename(struct device *dev, const char *new_name)
{
	int err = 0;

	if (dev->class && dev->class->p) {
		sysfs_remove_link(&dev->class->p->subsys.kobj, dev_name(dev));
		err = sysfs_create_link(&dev->class->p->subsys.kobj, &dev->kobj, new_name);
	}
	return err ?: kobject_rename(&dev->kobj, new_name);
}
EXPORT_SYMBOL_GPL(device_rename);

/* ------------------------------------------------------------------ messages, bring-up */

void dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	const char *who = "";
	va_list args;

	if (dev)
		who = dev->driver ? dev->driver->name : dev->bus ? dev->bus->name :
		      dev->class ? dev->class->name : "";
	va_start(args, fmt);
	vaf.va = &args;
	printk("%s%s%s%s: %pV", level, who, *who ? " " : "", dev ? dev_name(dev) : "(no device)", &vaf);
	va_end(args);
}
EXPORT_SYMBOL(dev_printk);

/* Why probe() failed, and @err back; a device that only waits for another is not worth an error. */
int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	if (err != -EPROBE_DEFER)
		dev_err(dev, "error %pe: %pV", ERR_PTR(err), &vaf);
	else
		dev_dbg(dev, "deferred: %pV", &vaf);
	va_end(args);
	return err;
}
EXPORT_SYMBOL(dev_err_probe);

static int __init devices_init(void)
{
	struct kobject *dev_kobj;

	devices_kset = kset_create_and_add("devices", &device_uevent_ops, NULL);
	dev_kobj = kobject_create_and_add("dev", NULL);
	if (!devices_kset || !dev_kobj)
		return -ENOMEM;
	sysfs_dev_block_kobj = kobject_create_and_add("block", dev_kobj);
	sysfs_dev_char_kobj = kobject_create_and_add("char", dev_kobj);
	return sysfs_dev_block_kobj && sysfs_dev_char_kobj ? 0 : -ENOMEM;
}
core_initcall(devices_init);
