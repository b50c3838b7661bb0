/*
 * kobjects and ksets: see <linux/kobject.h>.
 *
 *	kobject_init()  the count is 1, owned by who made it
 *	kobject_add()   in its kset, with a directory in /sys
 *	kobject_del()   out of both
 *	kobject_put()   the last one: the ktype's release frees what holds it
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <linux/string.h>

struct kobject *kernel_kobj, *firmware_kobj, *fs_kobj, *power_kobj;
EXPORT_SYMBOL_GPL(kernel_kobj);
EXPORT_SYMBOL_GPL(firmware_kobj);
EXPORT_SYMBOL_GPL(fs_kobj);
EXPORT_SYMBOL_GPL(power_kobj);

/* ------------------------------------------------------------------ names */

/* Without a format it keeps the name it has, to which others may point. */
int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list args)
{
	char *name, *slash;

	if (!fmt && kobj->name)
		return 0;
	name = kvasprintf(GFP_KERNEL, fmt, args);
	if (!name)
		return -ENOMEM;
	/* "cciss/c0d0" is a node's path; here a name is one part of one. */
	while ((slash = strchr(name, '/')) != NULL)
		*slash = '!';
	kfree(kobj->name);
	kobj->name = name;
	return 0;
}

int kobject_set_name(struct kobject *kobj, const char *fmt, ...)
{
	va_list args;
	int err;

	va_start(args, fmt);
	err = kobject_set_name_vargs(kobj, fmt, args);
	va_end(args);
	return err;
}
EXPORT_SYMBOL(kobject_set_name);

int kobject_rename(struct kobject *kobj, const char *new_name)
{
	char *name = kstrdup(new_name, GFP_KERNEL);
	int err;

	if (!name)
		return -ENOMEM;
	err = kobj->sd ? sysfs_rename_dir(kobj, name) : 0;
	if (!err)
		swap(name, *(char **)&kobj->name);
	kfree(name);
	return err;
}
EXPORT_SYMBOL_GPL(kobject_rename);

char *kobject_get_path(struct kobject *kobj, gfp_t gfp)
{
	size_t len = 1;
	char *path;

	for (struct kobject *up = kobj; up; up = up->parent)
		len += strlen(kobject_name(up)) + 1;
	path = kzalloc(len, gfp);
	if (!path)
		return NULL;
	for (len--; kobj; kobj = kobj->parent) {
		size_t part = strlen(kobject_name(kobj));

		len -= part;
		memcpy(path + len, kobject_name(kobj), part);
		path[--len] = '/';
	}
	return path;
}
EXPORT_SYMBOL_GPL(kobject_get_path);

/* ------------------------------------------------------------------ references */

void kobject_init(struct kobject *kobj, struct kobj_type *ktype)
{
	WARN(kobj->state_initialized, "kobject %p is initialised twice\n", kobj);
	kref_init(&kobj->kref);
	INIT_LIST_HEAD(&kobj->entry);
	kobj->ktype = ktype;
	kobj->state_in_sysfs = 0;
	kobj->state_initialized = 1;
}
EXPORT_SYMBOL(kobject_init);

struct kobject *kobject_get(struct kobject *kobj)
{
	if (kobj) {
		WARN(!kobj->state_initialized, "kobject %p is used before kobject_init()\n", kobj);
		kref_get(&kobj->kref);
	}
	return kobj;
}
EXPORT_SYMBOL(kobject_get);

struct kobject *kobject_get_unless_zero(struct kobject *kobj)
{
	return kobj && kref_get_unless_zero(&kobj->kref) ? kobj : NULL;
}
EXPORT_SYMBOL(kobject_get_unless_zero);

static void kobject_release(struct kref *kref)
{
	struct kobject *kobj = container_of(kref, struct kobject, kref);
	struct kobject *parent = kobj->parent;
	const char *name = kobj->name;

	if (kobj->state_in_sysfs) {
		kobject_del(kobj);
		parent = NULL;		/* let go of there */
	}
	if (kobj->ktype && kobj->ktype->release)
		kobj->ktype->release(kobj);
	else
		pr_warn("kobject: '%s' has no release(): who holds it is never freed\n", name ?: "?");
	kfree(name);
	kobject_put(parent);
}

void kobject_put(struct kobject *kobj)
{
	if (!kobj)
		return;
	WARN(!kobj->state_initialized, "kobject %p is put before kobject_init()\n", kobj);
	kref_put(&kobj->kref, kobject_release);
}
EXPORT_SYMBOL(kobject_put);

/* ------------------------------------------------------------------ adding and removing */

static void leave_kset(struct kobject *kobj)
{
	struct kset *kset = kobj->kset;

	if (!kset)
		return;
	spin_lock(&kset->list_lock);
	list_del_init(&kobj->entry);
	spin_unlock(&kset->list_lock);
	kobj->kset = NULL;
	kset_put(kset);
}

static void join_kset(struct kobject *kobj)
{
	if (!kobj->kset)
		return;
	kset_get(kobj->kset);
	spin_lock(&kobj->kset->list_lock);
	list_add_tail(&kobj->entry, &kobj->kset->list);
	spin_unlock(&kobj->kset->list_lock);
}

static int make_files(struct kobject *kobj)
{
	const struct kobj_type *ktype = kobj->ktype;
	int err = 0;

	if (ktype && ktype->default_attrs)
		err = sysfs_create_files(kobj, (const struct attribute *const *)ktype->default_attrs);
	if (!err && ktype && ktype->default_groups)
		err = sysfs_create_groups(kobj, ktype->default_groups);
	return err;
}

static int add_internal(struct kobject *kobj)
{
	struct kobject *parent = kobject_get(kobj->parent);
	int err;

	if (!kobj->name || !kobj->name[0]) {
		WARN(1, "kobject %p is added without a name\n", kobj);
		kobject_put(parent);
		return -EINVAL;
	}
	join_kset(kobj);
	if (!parent && kobj->kset)
		parent = kobject_get(&kobj->kset->kobj);
	kobj->parent = parent;
	err = sysfs_create_dir(kobj);
	if (!err) {
		err = make_files(kobj);
		if (err)
			sysfs_remove_dir(kobj);
	}
	if (err) {
		leave_kset(kobj);
		kobj->parent = NULL;
		kobject_put(parent);
		return err;
	}
	kobj->state_in_sysfs = 1;
	return 0;
}

static int add_varg(struct kobject *kobj, struct kobject *parent, const char *fmt, va_list args)
{
	int err = kobject_set_name_vargs(kobj, fmt, args);

	if (err)
		return err;
	kobj->parent = parent;
	return add_internal(kobj);
}

int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
{
	va_list args;
	int err;

	if (WARN(!kobj->state_initialized, "kobject %p is added before kobject_init()\n", kobj))
		return -EINVAL;
	va_start(args, fmt);
	err = add_varg(kobj, parent, fmt, args);
	va_end(args);
	return err;
}
EXPORT_SYMBOL(kobject_add);

int kobject_init_and_add(struct kobject *kobj, struct kobj_type *ktype, struct kobject *parent,
			 const char *fmt, ...)
{
	va_list args;
	int err;

	kobject_init(kobj, ktype);
	va_start(args, fmt);
	err = add_varg(kobj, parent, fmt, args);
	va_end(args);
	return err;
}
EXPORT_SYMBOL_GPL(kobject_init_and_add);

void kobject_del(struct kobject *kobj)
{
	struct kobject *parent;

	if (!kobj || !kobj->state_in_sysfs)
		return;
	parent = kobj->parent;
	sysfs_remove_dir(kobj);
	kobj->state_in_sysfs = 0;
	leave_kset(kobj);
	kobj->parent = NULL;
	kobject_put(parent);
}
EXPORT_SYMBOL(kobject_del);

/* ------------------------------------------------------------------ kobjects that are only a directory */

static ssize_t kobj_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	return kattr->show ? kattr->show(kobj, kattr, buf) : -EIO;
}

static ssize_t kobj_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			       size_t count)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	return kattr->store ? kattr->store(kobj, kattr, buf, count) : -EIO;
}

const struct sysfs_ops kobj_sysfs_ops = { .show = kobj_attr_show, .store = kobj_attr_store };
EXPORT_SYMBOL_GPL(kobj_sysfs_ops);

static void dynamic_kobj_release(struct kobject *kobj)
{
	kfree(kobj);
}

static struct kobj_type dynamic_kobj_ktype = {
	.release = dynamic_kobj_release,
	.sysfs_ops = &kobj_sysfs_ops,
};

struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)
{
	struct kobject *kobj = kzalloc(sizeof(*kobj), GFP_KERNEL);
	int err;

	if (!kobj)
		return NULL;
	err = kobject_init_and_add(kobj, &dynamic_kobj_ktype, parent, "%s", name);
	if (!err)
		return kobj;
	pr_warn("kobject: %s cannot be added (%pe)\n", name, ERR_PTR(err));
	kobject_put(kobj);
	return NULL;
}
EXPORT_SYMBOL_GPL(kobject_create_and_add);

/* ------------------------------------------------------------------ ksets */

void kset_init(struct kset *kset)
{
	kobject_init(&kset->kobj, kset->kobj.ktype);
	INIT_LIST_HEAD(&kset->list);
	spin_lock_init(&kset->list_lock);
}
EXPORT_SYMBOL_GPL(kset_init);

int kset_register(struct kset *kset)
{
	int err;

	kset_init(kset);
	err = add_internal(&kset->kobj);
	if (!err)
		kobject_uevent(&kset->kobj, KOBJ_ADD);
	return err;
}
EXPORT_SYMBOL(kset_register);

void kset_unregister(struct kset *kset)
{
	if (!kset)
		return;
	kobject_del(&kset->kobj);
	kobject_put(&kset->kobj);
}
EXPORT_SYMBOL(kset_unregister);

static void kset_release(struct kobject *kobj)
{
	kfree(to_kset(kobj));
}

static struct kobj_type kset_ktype = {
	.release = kset_release,
	.sysfs_ops = &kobj_sysfs_ops,
};

struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *ops,
				 struct kobject *parent)
{
	struct kset *kset = kzalloc(sizeof(*kset), GFP_KERNEL);

	if (!kset)
		return NULL;
	kset->uevent_ops = ops;
	kset->kobj.parent = parent;
	kset->kobj.ktype = &kset_ktype;
	if (kobject_set_name(&kset->kobj, "%s", name)) {
		kfree(kset);
		return NULL;
	}
	if (!kset_register(kset))
		return kset;
	kobject_put(&kset->kobj);
	return NULL;
}
EXPORT_SYMBOL_GPL(kset_create_and_add);

struct kobject *kset_find_obj(struct kset *kset, const char *name)
{
	struct kobject *kobj, *found = NULL;

	spin_lock(&kset->list_lock);
	list_for_each_entry(kobj, &kset->list, entry)
		if (!strcmp(kobject_name(kobj), name)) {
			found = kobject_get_unless_zero(kobj);
			break;
		}
	spin_unlock(&kset->list_lock);
	return found;
}
EXPORT_SYMBOL_GPL(kset_find_obj);

static int __init kobject_dirs_init(void)
{
	kernel_kobj = kobject_create_and_add("kernel", NULL);
	firmware_kobj = kobject_create_and_add("firmware", NULL);
	fs_kobj = kobject_create_and_add("fs", NULL);
	power_kobj = kobject_create_and_add("power", NULL);
	return kernel_kobj && firmware_kobj && fs_kobj && power_kobj ? 0 : -ENOMEM;
}
core_initcall(kobject_dirs_init);
