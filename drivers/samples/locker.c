/*
 * /dev/locker0 … 3: places to keep a few bytes, one user each at a time.
 *
 *	open	the minor says which; ENODEV beyond the last, EBUSY while another has it open
 *	write	user memory -> the locker, from the file's position; ENOSPC behind its end
 *	read	the locker -> user memory, as far as it was written
 *	ioctl	LOCKER_CLEAR forgets its end, and says how much was in it
 *	release	the next may open it
 *
 * What is in a locker stays from one opening to the next.
 *
 * Context: process; sleeps.  An open locker is one user's, but its file may be shared by fork():
 * the mutex makes each call one step.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "locker.h"

static char *name = "locker";
module_param(name, charp, 0444);
MODULE_PARM_DESC(name, "what the nodes in /dev are called, before their number");

struct locker {
	struct mutex lock;		/* this is m */
	bool taken;			/* [m] somebody has it open */
	size_t used;			/* [m] bytes that were written, from the first */
	char bytes[LOCKER_BYTES];	/* [m] */
};

static struct locker lockers[LOCKER_COUNT];
static struct class *locker_class;
static int major;

static int locker_open(struct inode *inode, struct file *file)
{
	/* LAB 03.1 { open */
	unsigned int minor = iminor(inode);
	struct locker *locker;
	int err = 0;

	if (minor >= LOCKER_COUNT)
		return -ENODEV;
	locker = &lockers[minor];
	if (mutex_lock_interruptible(&locker->lock))
		return -ERESTARTSYS;
	if (locker->taken)
		err = -EBUSY;
	else
		locker->taken = true;
	mutex_unlock(&locker->lock);
	file->private_data = locker;
	return err;
	/* } LAB */
}

static int locker_release(struct inode *inode, struct file *file)
{
	/* LAB 03.1 { release */
	struct locker *locker = file->private_data;

	mutex_lock(&locker->lock);
	locker->taken = false;
	mutex_unlock(&locker->lock);
	return 0;
	/* } LAB */
}

static ssize_t locker_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	/* LAB 03.2 { write */
	struct locker *locker = file->private_data;
	size_t wanted = min_t(loff_t, count, LOCKER_BYTES - *pos), left;

	if (*pos >= LOCKER_BYTES)
		return -ENOSPC;
	if (mutex_lock_interruptible(&locker->lock))
		return -ERESTARTSYS;
	if (*pos > locker->used)	/* what lseek() passed over reads as zeroes */
		memset(locker->bytes + locker->used, 0, *pos - locker->used);
	left = copy_from_user(locker->bytes + *pos, buf, wanted);
	*pos += wanted - left;
	locker->used = max_t(size_t, locker->used, *pos);
	mutex_unlock(&locker->lock);
	return left && left == wanted ? -EFAULT : wanted - left;
	/* } LAB */
}

static ssize_t locker_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	/* LAB 03.2 { read */
	struct locker *locker = file->private_data;
	size_t wanted, left;

	if (mutex_lock_interruptible(&locker->lock))
		return -ERESTARTSYS;
	wanted = *pos < locker->used ? min_t(size_t, count, locker->used - *pos) : 0;
	left = copy_to_user(buf, locker->bytes + *pos, wanted);
	*pos += wanted - left;
	mutex_unlock(&locker->lock);
	return left && left == wanted ? -EFAULT : wanted - left;
	/* } LAB */
}

static long locker_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	/* LAB 03.3 { ioctl */
	struct locker *locker = file->private_data;
	struct locker_clear __user *user = (void __user *)arg;
	struct locker_clear clear;
	long err = 0;

	if (cmd != LOCKER_CLEAR)
		return -ENOTTY;
	if (copy_from_user(&clear, user, sizeof(clear)))
		return -EFAULT;
	if (mutex_lock_interruptible(&locker->lock))
		return -ERESTARTSYS;
	clear.used = locker->used;
	if (clear.keep > locker->used)
		err = -EINVAL;
	else if (copy_to_user(user, &clear, sizeof(clear)))
		err = -EFAULT;
	else
		locker->used = clear.keep;
	mutex_unlock(&locker->lock);
	return err;
	/* } LAB */
}

static const struct file_operations locker_fops = {
	.owner = THIS_MODULE,		/* no rmmod while one is open */
	/* LAB 03.1 { table */
	.open = locker_open,
	.release = locker_release,
	.write = locker_write,
	.read = locker_read,
	.unlocked_ioctl = locker_ioctl,
	/* } LAB */
};

static int __init locker_init(void)
{
	for (int i = 0; i < LOCKER_COUNT; i++)
		mutex_init(&lockers[i].lock);
	/* LAB 03.1 { init */
	major = register_chrdev(0, name, &locker_fops);		/* 0: any that is free */
	if (major < 0)
		return major;
	locker_class = class_create(THIS_MODULE, name);
	if (IS_ERR(locker_class)) {
		unregister_chrdev(major, name);
		return PTR_ERR(locker_class);
	}
	for (int i = 0; i < LOCKER_COUNT; i++)			/* makes the nodes in /dev */
		device_create(locker_class, NULL, MKDEV(major, i), NULL, "%s%d", name, i);
	return 0;
	/* } LAB */
}

static void __exit locker_exit(void)
{
	/* LAB 03.1 { exit */
	for (int i = 0; i < LOCKER_COUNT; i++)
		device_destroy(locker_class, MKDEV(major, i));
	class_destroy(locker_class);
	unregister_chrdev(major, name);
	/* } LAB */
}

module_init(locker_init);
module_exit(locker_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("places to keep a few bytes, one user each");
