/*
 * Files with one number in them: DEFINE_SIMPLE_ATTRIBUTE() of <linux/fs.h>.
 */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

/* file->private_data */
struct simple_attr {
	int (*get)(void *data, u64 *value);
	int (*set)(void *data, u64 value);
	void *data;			/* the inode's */
	const char *fmt;
	struct mutex mutex;		/* this is m */
	char text[24];			/* [m] */
	size_t len;			/* [m] of text; 0: not read yet */
};

int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *),
		     int (*set)(void *, u64), const char *fmt)
{
	struct simple_attr *attr = kzalloc(sizeof(*attr), GFP_KERNEL);

	if (!attr)
		return -ENOMEM;
	*attr = (struct simple_attr){ .get = get, .set = set, .data = inode->i_private, .fmt = fmt };
	mutex_init(&attr->mutex);
	file->private_data = attr;
	return 0;
}
EXPORT_SYMBOL_GPL(simple_attr_open);

int simple_attr_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}
EXPORT_SYMBOL_GPL(simple_attr_release);

ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	struct simple_attr *attr = file->private_data;
	ssize_t ret = 0;
	u64 value;

	if (!attr->get)
		return -EACCES;
	mutex_lock(&attr->mutex);
	if (!*pos || !attr->len) {
		ret = attr->get(attr->data, &value);
		if (!ret)
			attr->len = scnprintf(attr->text, sizeof(attr->text), attr->fmt, value);
	}
	if (!ret)
		ret = simple_read_from_buffer(buf, len, pos, attr->text, attr->len);
	mutex_unlock(&attr->mutex);
	return ret;
}
EXPORT_SYMBOL_GPL(simple_attr_read);

ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct simple_attr *attr = file->private_data;
	unsigned long long value;
	char text[24];
	int err;

	if (!attr->set)
		return -EACCES;
	if (len >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, len))
		return -EFAULT;
	text[len] = '\0';
	err = kstrtoull(strim(text), 0, &value);
	if (err)
		return err;
	mutex_lock(&attr->mutex);
	err = attr->set(attr->data, value);
	attr->len = 0;
	mutex_unlock(&attr->mutex);
	return err ?: len;
}
EXPORT_SYMBOL_GPL(simple_attr_write);
