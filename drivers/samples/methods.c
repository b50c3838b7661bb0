/*
 * /dev/methods0 to 3: which call of a program ends in which method of a driver.
 *
 * Each method counts its calls, which METHODS_CALLS tells.
 *
 *	0	every method that a file of bytes can have; read and write
 *	1	read_iter and write_iter in their place, and splice with them
 *	2	no method at all: what the kernel does by itself
 *	3	as 0, but without a position to seek
 *
 * Minors 0, 1 and 3 share a memory of METHODS_SIZE bytes: writes stop at its end and fail
 * behind it (EINVAL), reads there give nothing.  One that METHODS_BREAK names does not open
 * (ENODEV), nor does any under a major that is not the module's own (also_major).
 *
 * Context: process.  The mutex guards the bytes.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/filelock.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include "methods.h"

static unsigned int also_major;
module_param(also_major, uint, 0444);
MODULE_PARM_DESC(also_major, "a second major that leads here, where nothing opens");

static atomic_t calls[METHODS];
static int broken = -1;				/* a minor; one store, one load */

static DEFINE_MUTEX(memory_lock);
static char memory[METHODS_SIZE];		/* memory_lock */
static struct fasync_struct *listeners;

static dev_t methods_devt;
static struct class *methods_class;
static struct cdev methods_cdev[METHODS_MINORS], other_cdev;

static void note(enum methods_method method)
{
	atomic_inc(&calls[method]);
}

/* ------------------------------------------------------------------ bytes */

static ssize_t methods_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	ssize_t ret;

	note(METHOD_READ);
	if (*ppos >= METHODS_SIZE)
		return 0;
	ret = min_t(size_t, count, METHODS_SIZE - *ppos);
	mutex_lock(&memory_lock);
	if (copy_to_user(buf, memory + *ppos, ret))
		ret = -EFAULT;
	mutex_unlock(&memory_lock);
	if (ret > 0)
		*ppos += ret;
	return ret;
}

static ssize_t methods_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	ssize_t ret;

	note(METHOD_WRITE);
	if (*ppos >= METHODS_SIZE)
		return -EINVAL;
	ret = min_t(size_t, count, METHODS_SIZE - *ppos);
	mutex_lock(&memory_lock);
	if (copy_from_user(memory + *ppos, buf, ret))
		ret = -EFAULT;
	mutex_unlock(&memory_lock);
	if (ret > 0)
		*ppos += ret;
	return ret;
}

static ssize_t methods_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	ssize_t ret;

	note(METHOD_READ_ITER);
	if (iocb->ki_pos >= METHODS_SIZE || !iov_iter_count(to))
		return 0;
	mutex_lock(&memory_lock);
	ret = copy_to_iter(memory + iocb->ki_pos, METHODS_SIZE - iocb->ki_pos, to);
	mutex_unlock(&memory_lock);
	iocb->ki_pos += ret;
	return ret ? ret : -EFAULT;
}

static ssize_t methods_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	ssize_t ret;

	note(METHOD_WRITE_ITER);
	if (iocb->ki_pos >= METHODS_SIZE)
		return -EINVAL;
	if (!iov_iter_count(from))
		return 0;
	mutex_lock(&memory_lock);
	ret = copy_from_iter(memory + iocb->ki_pos, METHODS_SIZE - iocb->ki_pos, from);
	mutex_unlock(&memory_lock);
	iocb->ki_pos += ret;
	return ret ? ret : -EFAULT;
}

static loff_t methods_llseek(struct file *file, loff_t offset, int whence)
{
	note(METHOD_LLSEEK);
	return fixed_size_llseek(file, offset, whence, METHODS_SIZE);
}

static ssize_t methods_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe,
				   size_t len, unsigned int flags)
{
	note(METHOD_SPLICE_READ);
	return generic_file_splice_read(in, ppos, pipe, len, flags);
}

static ssize_t methods_splice_write(struct pipe_inode_info *pipe, struct file *out, loff_t *ppos,
				    size_t len, unsigned int flags)
{
	note(METHOD_SPLICE_WRITE);
	return iter_file_splice_write(pipe, out, ppos, len, flags);
}

/* ------------------------------------------------------------------ the rest */

static int methods_open(struct inode *inode, struct file *file)
{
	note(METHOD_OPEN);
	if (imajor(inode) != MAJOR(methods_devt) || iminor(inode) == READ_ONCE(broken))
		return -ENODEV;
	return iminor(inode) == 3 ? nonseekable_open(inode, file) : 0;
}

static int methods_release(struct inode *inode, struct file *file)
{
	note(METHOD_RELEASE);
	return 0;
}

static int methods_flush(struct file *file, fl_owner_t id)
{
	note(METHOD_FLUSH);
	return 0;
}

static long methods_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	note(METHOD_IOCTL);
	switch (cmd) {
	case METHODS_CALLS:
		return arg < METHODS ? atomic_read(&calls[arg]) : -EINVAL;
	case METHODS_BREAK:
		WRITE_ONCE(broken, arg);
		return 0;
	case METHODS_MINOR:
		return iminor(file_inode(file));
	case METHODS_STRANGE:
		return -ENOIOCTLCMD;
	default:
		return -ENOTTY;
	}
}

static int methods_mmap(struct file *file, struct vm_area_struct *vma)
{
	note(METHOD_MMAP);
	return 0;		/* an area without pages: who touches it gets SIGBUS */
}

static __poll_t methods_poll(struct file *file, struct poll_table_struct *wait)
{
	note(METHOD_POLL);
	return EPOLLIN | EPOLLRDNORM;
}

static int methods_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	note(METHOD_FSYNC);
	return 0;
}

static int methods_fasync(int fd, struct file *file, int on)
{
	note(METHOD_FASYNC);
	return fasync_helper(fd, file, on, &listeners);
}

static int methods_lock(struct file *file, int cmd, struct file_lock *fl)
{
	note(METHOD_LOCK);
	if (cmd != F_GETLK)
		return locks_lock_file_wait(file, fl);
	posix_test_lock(file, fl);
	return 0;
}

static int methods_flock(struct file *file, int cmd, struct file_lock *fl)
{
	note(METHOD_FLOCK);
	return locks_lock_file_wait(file, fl);
}

static const struct file_operations methods_fops = {
	.owner = THIS_MODULE,
	.open = methods_open,
	.release = methods_release,
	.flush = methods_flush,
	.read = methods_read,
	.write = methods_write,
	.llseek = methods_llseek,
	.unlocked_ioctl = methods_ioctl,
	.compat_ioctl = methods_ioctl,
	.mmap = methods_mmap,
	.poll = methods_poll,
	.fsync = methods_fsync,
	.fasync = methods_fasync,
	.lock = methods_lock,
	.flock = methods_flock,
};

static const struct file_operations iter_fops = {
	.owner = THIS_MODULE,
	.open = methods_open,
	.read_iter = methods_read_iter,
	.write_iter = methods_write_iter,
	.splice_read = methods_splice_read,
	.splice_write = methods_splice_write,
};

static const struct file_operations bare_fops = {
	.owner = THIS_MODULE,
};

static const struct file_operations *const fops_of[METHODS_MINORS] = {
	&methods_fops, &iter_fops, &bare_fops, &methods_fops,
};

static int add_cdev(struct cdev *cdev, const struct file_operations *fops, dev_t dev)
{
	cdev_init(cdev, fops);
	cdev->owner = THIS_MODULE;
	return cdev_add(cdev, dev, 1);
}

/* Takes back the first count minors. */
static void remove_minors(int count)
{
	while (count--) {
		device_destroy(methods_class, methods_devt + count);
		cdev_del(&methods_cdev[count]);
	}
}

/* A cdev and a node for each minor; nothing is left of them after an error. */
static int make_minors(void)
{
	struct device *device;
	int i, err;

	for (i = 0; i < METHODS_MINORS; i++) {
		err = add_cdev(&methods_cdev[i], fops_of[i], methods_devt + i);
		if (err)
			goto out_remove;
		device = device_create(methods_class, NULL, methods_devt + i, NULL, "methods%d", i);
		err = PTR_ERR_OR_ZERO(device);
		if (err)
			goto out_cdev;
	}
	return 0;
out_cdev:
	cdev_del(&methods_cdev[i]);
out_remove:
	remove_minors(i);
	return err;
}

static int make_also(void)
{
	int err;

	if (!also_major)
		return 0;
	err = register_chrdev_region(MKDEV(also_major, 0), 1, "methods-also");
	if (err)
		return err;
	err = add_cdev(&other_cdev, &methods_fops, MKDEV(also_major, 0));
	if (err)
		unregister_chrdev_region(MKDEV(also_major, 0), 1);
	return err;
}

static int __init methods_init(void)
{
	int err = alloc_chrdev_region(&methods_devt, 0, METHODS_MINORS, "methods");

	if (err)
		return err;
	methods_class = class_create(THIS_MODULE, "methods");
	err = PTR_ERR_OR_ZERO(methods_class);
	if (err)
		goto out_region;
	err = make_minors();
	if (err)
		goto out_class;
	err = make_also();
	if (!err)
		return 0;
	remove_minors(METHODS_MINORS);
out_class:
	class_destroy(methods_class);
out_region:
	unregister_chrdev_region(methods_devt, METHODS_MINORS);
	return err;
}
module_init(methods_init);

static void __exit methods_exit(void)
{
	if (also_major) {
		cdev_del(&other_cdev);
		unregister_chrdev_region(MKDEV(also_major, 0), 1);
	}
	remove_minors(METHODS_MINORS);
	class_unregister(methods_class);
	class_destroy(methods_class);		/* nothing is left to do, and nothing goes twice */
	unregister_chrdev_region(methods_devt, METHODS_MINORS);
}
module_exit(methods_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("which call ends in which method");
