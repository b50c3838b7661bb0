/*
 * Files of /sys. The first read() calls show() once, into a page of the
 * opening, and what follows reads that; a read from the start again calls it
 * again. A write() is one value, handed to store() with a NUL behind it.
 *
 * Locks: an opening's mutex, may sleep, held across show() and store().
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "sysfs.h"

/* file->private_data */
struct opening {
	struct mutex lock;		/* this is o */
	char *page;			/* [o] what show() said */
	ssize_t count;			/* [o] how much; below 0: not asked yet */
	int event;			/* [o] sd->event at that time */
};

static DECLARE_WAIT_QUEUE_HEAD(notify_wait);	/* who polls any attribute */

static const struct sysfs_ops *ops_of(const struct sysfs_dirent *sd)
{
	return sd->kobj->ktype ? sd->kobj->ktype->sysfs_ops : NULL;
}

static bool can_read(const struct sysfs_dirent *sd)
{
	return sd->bin ? sd->bin->read != NULL : ops_of(sd) && ops_of(sd)->show;
}

static bool can_write(const struct sysfs_dirent *sd)
{
	return sd->bin ? sd->bin->write != NULL : ops_of(sd) && ops_of(sd)->store;
}

/* What no method serves is refused to root, too. */
static int sysfs_open(struct inode *inode, struct file *file)
{
	struct sysfs_dirent *sd = inode_sd(inode);
	struct opening *opening;
	int err = 0;

	if (!sysfs_get_active(sd))
		return -ENODEV;
	if (file->f_mode & FMODE_READ && !(inode->i_mode & S_IRUGO && can_read(sd)))
		err = -EACCES;
	if (file->f_mode & FMODE_WRITE && !(inode->i_mode & S_IWUGO && can_write(sd)))
		err = -EACCES;
	sysfs_put_active(sd);
	if (err)
		return err;
	opening = kzalloc(sizeof(*opening), GFP_KERNEL);
	if (!opening)
		return -ENOMEM;
	mutex_init(&opening->lock);
	opening->count = -1;
	opening->event = atomic_read(&sd->event);
	file->private_data = opening;
	return 0;
}

static int sysfs_release(struct inode *inode, struct file *file)
{
	struct opening *opening = file->private_data;

	free_page((unsigned long)opening->page);
	kfree(opening);
	return 0;
}

/* [o] held. */
static int get_page_of(struct opening *opening)
{
	if (!opening->page)
		opening->page = (char *)get_zeroed_page(GFP_KERNEL);
	return opening->page ? 0 : -ENOMEM;
}

/* [o] held. */
static int fill(struct sysfs_dirent *sd, struct opening *opening)
{
	int err = get_page_of(opening);

	if (err)
		return err;
	if (!sysfs_get_active(sd))
		return -ENODEV;
	opening->event = atomic_read(&sd->event);
	memset(opening->page, 0, PAGE_SIZE);
	opening->count = ops_of(sd)->show(sd->kobj, (struct attribute *)sd->attr, opening->page);
	sysfs_put_active(sd);
	if (opening->count < 0)
		return opening->count;
	if (WARN(opening->count >= PAGE_SIZE, "%s: show() filled more than a page\n", sd->name))
		opening->count = PAGE_SIZE - 1;
	return 0;
}

static ssize_t sysfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct sysfs_dirent *sd = inode_sd(file_inode(file));
	struct opening *opening = file->private_data;
	ssize_t ret = 0;

	mutex_lock(&opening->lock);
	if (opening->count < 0 || !*pos)
		ret = fill(sd, opening);
	if (!ret)
		ret = simple_read_from_buffer(buf, count, pos, opening->page, opening->count);
	mutex_unlock(&opening->lock);
	return ret;
}

static ssize_t sysfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct sysfs_dirent *sd = inode_sd(file_inode(file));
	struct opening *opening = file->private_data;
	ssize_t ret;

	count = min_t(size_t, count, PAGE_SIZE - 1);
	mutex_lock(&opening->lock);
	ret = get_page_of(opening);
	opening->count = -1;			/* what was read is overwritten */
	if (!ret && copy_from_user(opening->page, buf, count))
		ret = -EFAULT;
	if (!ret && !sysfs_get_active(sd))
		ret = -ENODEV;
	if (!ret) {
		opening->page[count] = '\0';
		ret = ops_of(sd)->store(sd->kobj, (struct attribute *)sd->attr, opening->page, count);
		sysfs_put_active(sd);
	}
	mutex_unlock(&opening->lock);
	if (ret > 0)
		*pos += ret;
	return ret;
}

static __poll_t sysfs_poll(struct file *file, poll_table *table)
{
	struct sysfs_dirent *sd = inode_sd(file_inode(file));
	struct opening *opening = file->private_data;

	poll_wait(file, &notify_wait, table);
	if (READ_ONCE(opening->event) != atomic_read(&sd->event) || READ_ONCE(sd->dead))
		return DEFAULT_POLLMASK | EPOLLERR | EPOLLPRI;
	return DEFAULT_POLLMASK;
}

const struct file_operations sysfs_file_operations = {
	.llseek = generic_file_llseek,
	.read = sysfs_read,
	.write = sysfs_write,
	.poll = sysfs_poll,
	.open = sysfs_open,
	.release = sysfs_release,
};

/* ------------------------------------------------------------------ binary files */

/* How much of @count lies inside a file of known size, page by page; below 0: none may. */
static ssize_t bin_part(const struct bin_attribute *bin, loff_t pos, size_t count)
{
	if (bin->size) {
		if (pos >= bin->size)
			return 0;
		count = min_t(loff_t, count, bin->size - pos);
	}
	return min_t(size_t, count, PAGE_SIZE);
}

static ssize_t sysfs_bin_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct sysfs_dirent *sd = inode_sd(file_inode(file));
	struct opening *opening = file->private_data;
	ssize_t ret = bin_part(sd->bin, *pos, count);

	if (ret <= 0)
		return ret;
	count = ret;
	mutex_lock(&opening->lock);
	ret = get_page_of(opening);
	if (!ret && !sysfs_get_active(sd))
		ret = -ENODEV;
	if (!ret) {
		ret = sd->bin->read(file, sd->kobj, (struct bin_attribute *)sd->bin, opening->page,
				    *pos, count);
		sysfs_put_active(sd);
	}
	if (ret > 0 && copy_to_user(buf, opening->page, ret))
		ret = -EFAULT;
	mutex_unlock(&opening->lock);
	if (ret > 0)
		*pos += ret;
	return ret;
}

static ssize_t sysfs_bin_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct sysfs_dirent *sd = inode_sd(file_inode(file));
	struct opening *opening = file->private_data;
	ssize_t ret = bin_part(sd->bin, *pos, count);

	if (ret <= 0)
		return count ? -EFBIG : 0;
	count = ret;
	mutex_lock(&opening->lock);
	ret = get_page_of(opening);
	if (!ret && copy_from_user(opening->page, buf, count))
		ret = -EFAULT;
	if (!ret && !sysfs_get_active(sd))
		ret = -ENODEV;
	if (!ret) {
		ret = sd->bin->write(file, sd->kobj, (struct bin_attribute *)sd->bin, opening->page,
				     *pos, count);
		sysfs_put_active(sd);
	}
	mutex_unlock(&opening->lock);
	if (ret > 0)
		*pos += ret;
	return ret;
}

const struct file_operations sysfs_bin_operations = {
	.llseek = generic_file_llseek,
	.read = sysfs_bin_read,
	.write = sysfs_bin_write,
	.open = sysfs_open,
	.release = sysfs_release,
};

/* ------------------------------------------------------------------ making and removing */

static int add_file(struct sysfs_dirent *dir, struct kobject *kobj, const struct attribute *attr,
		    const struct bin_attribute *bin, umode_t mode)
{
	struct sysfs_dirent *sd = sysfs_new_dirent(attr->name, S_IFREG | (mode & S_IALLUGO & ~SYSFS_PREALLOC),
						   kobj);

	if (!sd)
		return -ENOMEM;
	sd->attr = attr;
	sd->bin = bin;
	return sysfs_add_dirent(sd, dir);
}

int sysfs_create_file(struct kobject *kobj, const struct attribute *attr)
{
	if (WARN_ON(!kobj || !kobj->sd || !attr))
		return -EINVAL;
	return add_file(kobj->sd, kobj, attr, NULL, attr->mode);
}
EXPORT_SYMBOL_GPL(sysfs_create_file);

int sysfs_create_files(struct kobject *kobj, const struct attribute *const *attrs)
{
	int err = 0;

	for (int i = 0; attrs[i] && !err; i++) {
		err = sysfs_create_file(kobj, attrs[i]);
		while (err && --i >= 0)
			sysfs_remove_file(kobj, attrs[i]);
	}
	return err;
}
EXPORT_SYMBOL_GPL(sysfs_create_files);

void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr)
{
	sysfs_remove_name(kobj->sd, attr->name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_file);

void sysfs_remove_files(struct kobject *kobj, const struct attribute *const *attrs)
{
	for (; *attrs; attrs++)
		sysfs_remove_file(kobj, *attrs);
}
EXPORT_SYMBOL_GPL(sysfs_remove_files);

int sysfs_chmod_file(struct kobject *kobj, const struct attribute *attr, umode_t mode)
{
	struct sysfs_dirent *sd;

	mutex_lock(&sysfs_mutex);
	sd = sysfs_find(kobj->sd, attr->name, strlen(attr->name));
	if (sd)
		sd->mode = (sd->mode & S_IFMT) | (mode & S_IALLUGO);
	mutex_unlock(&sysfs_mutex);
	return sd ? 0 : -ENOENT;
}
EXPORT_SYMBOL_GPL(sysfs_chmod_file);

int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *bin)
{
	if (WARN_ON(!kobj || !kobj->sd || !bin))
		return -EINVAL;
	return add_file(kobj->sd, kobj, &bin->attr, bin, bin->attr.mode);
}
EXPORT_SYMBOL_GPL(sysfs_create_bin_file);

void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *bin)
{
	sysfs_remove_name(kobj->sd, bin->attr.name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_bin_file);

/* ------------------------------------------------------------------ groups */

/* All files of @group into @dir; those of an update may be there. */
static int fill_group(struct sysfs_dirent *dir, struct kobject *kobj,
		      const struct attribute_group *group, bool update)
{
	struct bin_attribute *const *bin = group->bin_attrs;
	struct attribute *const *attr = group->attrs;
	int err = 0;

	for (int i = 0; attr && attr[i] && !err; i++) {
		umode_t mode = group->is_visible ? group->is_visible(kobj, attr[i], i) : attr[i]->mode;

		if (update)
			sysfs_remove_name(dir, attr[i]->name);
		if (mode)
			err = add_file(dir, kobj, attr[i], NULL, mode);
	}
	for (int i = 0; bin && bin[i] && !err; i++) {
		umode_t mode = group->is_bin_visible ? group->is_bin_visible(kobj, bin[i], i)
						     : bin[i]->attr.mode;

		if (update)
			sysfs_remove_name(dir, bin[i]->attr.name);
		if (mode)
			err = add_file(dir, kobj, &bin[i]->attr, bin[i], mode);
	}
	return err;
}

static int make_group(struct kobject *kobj, const struct attribute_group *group, bool update)
{
	struct sysfs_dirent *dir = kobj->sd;
	int err = 0;

	if (WARN_ON(!dir))
		return -EINVAL;
	if (group->name) {
		mutex_lock(&sysfs_mutex);
		dir = update ? sysfs_find(kobj->sd, group->name, strlen(group->name)) : NULL;
		mutex_unlock(&sysfs_mutex);
		if (update && !dir)
			return -ENOENT;
		if (!dir) {
			dir = sysfs_new_dirent(group->name, S_IFDIR | 0755, kobj);
			if (!dir)
				return -ENOMEM;
			err = sysfs_add_dirent(dir, kobj->sd);
			if (err)
				return err;
		}
	}
	err = fill_group(dir, kobj, group, update);
	if (err)
		sysfs_remove_group(kobj, group);
	return err;
}

int sysfs_create_group(struct kobject *kobj, const struct attribute_group *group)
{
	return make_group(kobj, group, false);
}
EXPORT_SYMBOL_GPL(sysfs_create_group);

int sysfs_update_group(struct kobject *kobj, const struct attribute_group *group)
{
	return make_group(kobj, group, true);
}
EXPORT_SYMBOL_GPL(sysfs_update_group);

int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	int err = 0;

	for (int i = 0; groups && groups[i] && !err; i++) {
		err = sysfs_create_group(kobj, groups[i]);
		while (err && --i >= 0)
			sysfs_remove_group(kobj, groups[i]);
	}
	return err;
}
EXPORT_SYMBOL_GPL(sysfs_create_groups);

void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *group)
{
	if (group->name) {
		sysfs_remove_name(kobj->sd, group->name);
		return;
	}
	for (int i = 0; group->attrs && group->attrs[i]; i++)
		sysfs_remove_name(kobj->sd, group->attrs[i]->name);
	for (int i = 0; group->bin_attrs && group->bin_attrs[i]; i++)
		sysfs_remove_name(kobj->sd, group->bin_attrs[i]->attr.name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_group);

void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	for (; groups && *groups; groups++)
		sysfs_remove_group(kobj, *groups);
}
EXPORT_SYMBOL_GPL(sysfs_remove_groups);

/* ------------------------------------------------------------------ helpers of methods */

void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr)
{
	struct sysfs_dirent *sd = kobj->sd;

	mutex_lock(&sysfs_mutex);
	if (sd && dir)
		sd = sysfs_find(sd, dir, strlen(dir));
	if (sd && attr)
		sd = sysfs_find(sd, attr, strlen(attr));
	if (sd)
		atomic_inc(&sd->event);
	mutex_unlock(&sysfs_mutex);
	wake_up_interruptible_all(&notify_wait);
}
EXPORT_SYMBOL_GPL(sysfs_notify);

int sysfs_emit(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	if (WARN(offset_in_page(buf), "sysfs_emit: not the start of show()'s page\n"))
		return 0;
	va_start(args, fmt);
	len = vscnprintf(buf, PAGE_SIZE, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL_GPL(sysfs_emit);

int sysfs_emit_at(char *buf, int at, const char *fmt, ...)
{
	va_list args;
	int len;

	if (WARN(offset_in_page(buf) || at < 0 || at >= PAGE_SIZE, "sysfs_emit_at: outside of show()'s page\n"))
		return 0;
	va_start(args, fmt);
	len = vscnprintf(buf + at, PAGE_SIZE - at, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL_GPL(sysfs_emit_at);
