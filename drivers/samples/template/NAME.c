/*
 * /dev/NAME: what was last written to it can be read back.
 *
 * Context: process. The text is under a mutex; each open file has a state of its own.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "NAME.h"

#define NAME_SIZE	64

static char text[NAME_SIZE];		/* [l] */
static size_t used;			/* [l] */
static DEFINE_MUTEX(lock);		/* this is l */

static int NAME_open(struct inode *inode, struct file *file)
{
	/* A place for the state of one open file; here, a count of its reads. */
	file->private_data = kzalloc(sizeof(unsigned int), GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static int NAME_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static ssize_t NAME_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	ssize_t n;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	++*(unsigned int *)file->private_data;
	n = simple_read_from_buffer(buf, count, pos, text, used);
	mutex_unlock(&lock);
	return n;
}

static ssize_t NAME_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	ssize_t n = count;

	if (count > NAME_SIZE)
		return -ENOSPC;
	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	if (copy_from_user(text, buf, count))
		n = -EFAULT;
	else
		used = count;
	mutex_unlock(&lock);
	return n;
}

static long NAME_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	if (cmd != NAME_GET_SIZE)
		return -ENOTTY;
	return put_user((__u32)READ_ONCE(used), (__u32 __user *)arg);
}

static const struct file_operations NAME_fops = {
	.owner = THIS_MODULE,		/* no rmmod while a file is open */
	.open = NAME_open,
	.release = NAME_release,
	.read = NAME_read,
	.write = NAME_write,
	.unlocked_ioctl = NAME_ioctl,
};

static struct miscdevice NAME_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "NAME",
	.fops = &NAME_fops,
};

static int __init NAME_init(void)
{
	int err = misc_register(&NAME_misc);	/* from here on it can be opened */

	if (!err)
		pr_info("NAME: ready\n");
	return err;
}

static void __exit NAME_exit(void)
{
	misc_deregister(&NAME_misc);
}

module_init(NAME_init);
module_exit(NAME_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a first driver");
