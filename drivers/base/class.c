/*
 * Classes: what devices are good for, /sys/class/NAME with a link to each.
 *
 * A device of a class that has no parent lies in /sys/devices/virtual/CLASS;
 * with one, in its parent's directory.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/genhd.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "base.h"

static struct kset *class_kset;			/* /sys/class */
static struct kobject *virtual_kobj;		/* /sys/devices/virtual */
static DEFINE_MUTEX(created_mutex);
static LIST_HEAD(created);			/* created_mutex: classes of class_create() */

static struct subsys_private *to_private(struct kobject *kobj)
{
	return container_of(to_kset(kobj), struct subsys_private, subsys);
}

static ssize_t class_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct class_attribute *class_attr = container_of(attr, struct class_attribute, attr);

	return class_attr->show ? class_attr->show(to_private(kobj)->class, class_attr, buf) : -EIO;
}

static ssize_t class_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
				size_t count)
{
	struct class_attribute *class_attr = container_of(attr, struct class_attribute, attr);

	return class_attr->store ? class_attr->store(to_private(kobj)->class, class_attr, buf, count) : -EIO;
}

static void class_release(struct kobject *kobj)
{
	struct class *class = to_private(kobj)->class;

	if (class && class->class_release)	/* NULL: the name was taken, it never was one */
		class->class_release(class);
	subsys_release(kobj);
}

static const struct sysfs_ops class_sysfs_ops = { .show = class_attr_show, .store = class_attr_store };
static struct kobj_type class_ktype = { .release = class_release, .sysfs_ops = &class_sysfs_ops };

int __class_register(struct class *class)
{
	struct subsys_private *p = subsys_alloc(class->name, class_kset, &class_ktype);
	int err;

	if (IS_ERR(p))
		return PTR_ERR(p);
	p->class = class;
	class->p = p;
	err = sysfs_create_groups(&p->subsys.kobj, class->class_groups);
	if (err) {
		class->class_release = NULL;		/* the caller still has it */
		class_unregister(class);
	}
	return err;
}
EXPORT_SYMBOL_GPL(__class_register);

void class_unregister(struct class *class)
{
	struct subsys_private *p = class->p;

	class->p = NULL;
	mutex_lock(&created_mutex);
	list_del_init(&p->created);
	mutex_unlock(&created_mutex);
	kobject_del(p->virtual_dir);
	kobject_put(p->virtual_dir);
	kset_unregister(&p->subsys);
}
EXPORT_SYMBOL_GPL(class_unregister);

static void class_create_release(struct class *class)
{
	kfree(class);
}

struct class *__class_create(struct module *owner, const char *name)
{
	struct class *class = kzalloc(sizeof(*class), GFP_KERNEL);
	int err;

	if (!class)
		return ERR_PTR(-ENOMEM);
	class->name = name;
	class->owner = owner;
	class->class_release = class_create_release;
	err = __class_register(class);
	if (err) {
		kfree(class);
		return ERR_PTR(err);
	}
	mutex_lock(&created_mutex);
	list_add(&class->p->created, &created);
	mutex_unlock(&created_mutex);
	return class;
}
EXPORT_SYMBOL_GPL(__class_create);

/* Drivers in textbooks unregister a class and destroy it after: its memory is gone then. */
void class_destroy(struct class *class)
{
	struct subsys_private *p;
	bool alive = false;

	if (IS_ERR_OR_NULL(class))
		return;
	mutex_lock(&created_mutex);
	list_for_each_entry(p, &created, created)
		alive |= p->class == class;
	mutex_unlock(&created_mutex);
	if (alive)
		class_unregister(class);
}
EXPORT_SYMBOL_GPL(class_destroy);

int class_create_file(struct class *class, const struct class_attribute *attr)
{
	return sysfs_create_file(&class->p->subsys.kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(class_create_file);

void class_remove_file(struct class *class, const struct class_attribute *attr)
{
	sysfs_remove_file(&class->p->subsys.kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(class_remove_file);

/* ------------------------------------------------------------------ devices of a class */

struct kobject *class_parent_dir(struct class *class, struct device *parent)
{
	struct subsys_private *p = class->p;

	if (parent)
		return &parent->kobj;
	if (!p)
		return NULL;
	mutex_lock(&p->mutex);
	if (!p->virtual_dir)
		p->virtual_dir = kobject_create_and_add(class->name, virtual_kobj);
	mutex_unlock(&p->mutex);
	return p->virtual_dir;
}

/* A partition has no device behind it but the disk, whose directory it is in. */
static bool has_device_link(const struct device *dev)
{
	return dev->parent && dev->type != &part_type;
}

int class_add_device(struct device *dev)
{
	struct subsys_private *p = dev->class ? dev->class->p : NULL;
	int err;

	if (!p)
		return dev->class ? -EINVAL : 0;
	err = sysfs_create_link(&p->subsys.kobj, &dev->kobj, dev_name(dev));
	if (err)
		return err;
	err = sysfs_create_link(&dev->kobj, &p->subsys.kobj, "subsystem");
	if (err) {
		sysfs_remove_link(&p->subsys.kobj, dev_name(dev));
		return err;
	}
	if (has_device_link(dev) &&
	    sysfs_create_link(&dev->kobj, &dev->parent->kobj, "device"))
		pr_warn("%s: no link to its device\n", dev_name(dev));
	kobject_get(&p->subsys.kobj);
	mutex_lock(&p->mutex);
	list_add_tail(&dev->class_node, &p->devices);
	mutex_unlock(&p->mutex);
	return 0;
}

/* The class may have been unregistered before its last device: the link went with it. */
void class_remove_device(struct device *dev)
{
	struct subsys_private *p = dev->class ? dev->class->p : NULL;

	if (!p)
		return;
	mutex_lock(&p->mutex);
	list_del_init(&dev->class_node);
	mutex_unlock(&p->mutex);
	if (has_device_link(dev))
		sysfs_remove_link(&dev->kobj, "device");
	sysfs_remove_link(&dev->kobj, "subsystem");
	sysfs_remove_link(&p->subsys.kobj, dev_name(dev));
	kobject_put(&p->subsys.kobj);
}

/* The one behind @after, with a reference; @after's goes. */
static struct device *next_device(struct subsys_private *p, struct device *after)
{
	struct device *next = NULL;
	struct list_head *at;

	mutex_lock(&p->mutex);
	at = after ? after->class_node.next : p->devices.next;
	if (at != &p->devices && !(after && at == &after->class_node))
		next = get_device(list_entry(at, struct device, class_node));
	mutex_unlock(&p->mutex);
	put_device(after);
	return next;
}

int class_for_each_device(struct class *class, struct device *start, void *data,
			  int (*fn)(struct device *dev, void *data))
{
	struct device *dev = get_device(start);
	int ret = 0;

	if (!class || !class->p)
		return -EINVAL;
	while (!ret && (dev = next_device(class->p, dev)) != NULL)
		ret = fn(dev, data);
	if (ret)
		put_device(dev);
	return ret;
}
EXPORT_SYMBOL_GPL(class_for_each_device);

struct device *class_find_device(struct class *class, struct device *start, const void *data,
				 int (*match)(struct device *dev, const void *data))
{
	struct device *dev = get_device(start);

	if (!class || !class->p)
		return NULL;
	while ((dev = next_device(class->p, dev)) != NULL)
		if (match(dev, data))
			return dev;
	return NULL;
}
EXPORT_SYMBOL_GPL(class_find_device);

static int match_name(struct device *dev, const void *name)
{
	return sysfs_streq(dev_name(dev), name);
}

struct device *class_find_device_by_name(struct class *class, const char *name)
{
	return class_find_device(class, NULL, name, match_name);
}
EXPORT_SYMBOL_GPL(class_find_device_by_name);

static int __init classes_init(void)
{
	class_kset = kset_create_and_add("class", NULL, NULL);
	virtual_kobj = kobject_create_and_add("virtual", &devices_kset->kobj);
	return class_kset && virtual_kobj ? 0 : -ENOMEM;
}
postcore_initcall(classes_init);
