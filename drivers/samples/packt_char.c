/*
 * /dev/packt_char: a queue of bytes that all openings share, to wait for with select(),
 * poll() and epoll.
 *
 * Three wait queues, one an event: a write makes readers ready, a read makes writers
 * ready, and the exceptional state has a queue of its own.  Each is woken after the state
 * has changed, never before: else a reader looks, sees nothing, and sleeps for ever.
 *
 *	readable	something is in it
 *	writable	there is room
 *	POLLPRI		PACKT_CHAR_URGENT, until it is taken back
 *	POLLHUP		PACKT_CHAR_UNPLUG: reads end, writes are ENODEV
 *	POLLERR		PACKT_CHAR_ERROR, until the next read or write has told EIO
 *
 * Context: process; sleeps.  The mutex guards all; poll looks without it.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include "packt_char.h"

static DECLARE_WAIT_QUEUE_HEAD(read_queue);
static DECLARE_WAIT_QUEUE_HEAD(write_queue);
/* LAB 07.1 { queues */
static DECLARE_WAIT_QUEUE_HEAD(urgent_queue);
/* } LAB */

static DEFINE_MUTEX(lock);
static char data[PACKT_CHAR_SIZE];		/* lock */
static unsigned int len;			/* lock; poll looks without, as at these: */
static bool urgent, unplugged, failed;

static struct cdev packt_cdev;
static struct class *packt_class;
static dev_t packt_devt;

/* Was something wrong?  The error is told once. */
static bool take_error(void)
{
	bool was = failed;

	WRITE_ONCE(failed, false);
	return was;
}

/* Sleeps, without the mutex, until ready; it is held again unless an error comes back. */
#define sleep_until(file, queue, ready)						\
({										\
	int __err = 0;								\
	mutex_unlock(&lock);							\
	if ((file)->f_flags & O_NONBLOCK)					\
		__err = -EAGAIN;						\
	else if (wait_event_interruptible(queue, ready) ||			\
		 mutex_lock_interruptible(&lock))				\
		__err = -ERESTARTSYS;						\
	__err;									\
})

static ssize_t packt_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	ssize_t ret;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	while (!len && !unplugged && !failed) {
		ret = sleep_until(file, read_queue,
				  READ_ONCE(len) || READ_ONCE(unplugged) || READ_ONCE(failed));
		if (ret)
			return ret;
	}
	ret = -EIO;
	if (take_error())
		goto out;
	ret = min_t(size_t, count, len);
	if (copy_to_user(buf, data, ret)) {
		ret = -EFAULT;
		goto out;
	}
	WRITE_ONCE(len, len - ret);
	memmove(data, data + ret, len);
	/* LAB 07.1 { wake_writers */
	if (ret)
		wake_up_interruptible(&write_queue);
	/* } LAB */
out:
	mutex_unlock(&lock);
	return ret;
}

static ssize_t packt_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	ssize_t ret;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	while (count && len == sizeof(data) && !unplugged && !failed) {
		ret = sleep_until(file, write_queue, READ_ONCE(len) < sizeof(data) ||
				  READ_ONCE(unplugged) || READ_ONCE(failed));
		if (ret)
			return ret;
	}
	ret = unplugged ? -ENODEV : -EIO;
	if (unplugged || take_error())
		goto out;
	ret = min_t(size_t, count, sizeof(data) - len);
	if (copy_from_user(data + len, buf, ret)) {
		ret = -EFAULT;
		goto out;
	}
	WRITE_ONCE(len, len + ret);
	/* LAB 07.1 { wake_readers */
	if (ret)
		wake_up_interruptible(&read_queue);
	/* } LAB */
out:
	mutex_unlock(&lock);
	return ret;
}

static __poll_t packt_poll(struct file *file, poll_table *wait)
{
	/* LAB 07.1 { poll */
	__poll_t mask = 0;

	poll_wait(file, &read_queue, wait);
	poll_wait(file, &write_queue, wait);
	poll_wait(file, &urgent_queue, wait);
	if (READ_ONCE(len))
		mask |= EPOLLIN | EPOLLRDNORM;
	if (READ_ONCE(len) < sizeof(data) && !READ_ONCE(unplugged))
		mask |= EPOLLOUT | EPOLLWRNORM;
	if (READ_ONCE(urgent))
		mask |= EPOLLPRI;
	if (READ_ONCE(unplugged))
		mask |= EPOLLHUP;
	if (READ_ONCE(failed))
		mask |= EPOLLERR;
	return mask;
	/* } LAB */
}

static long packt_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	bool *state;

	switch (cmd) {
	case PACKT_CHAR_URGENT:
		state = &urgent;
		break;
	case PACKT_CHAR_UNPLUG:
		state = &unplugged;
		break;
	case PACKT_CHAR_ERROR:
		state = &failed;
		break;
	default:
		return -ENOTTY;
	}
	mutex_lock(&lock);
	WRITE_ONCE(*state, arg);
	mutex_unlock(&lock);
	/* LAB 07.1 { wake_all */
	wake_up_interruptible(&urgent_queue);
	if (state != &urgent) {
		wake_up_interruptible(&read_queue);
		wake_up_interruptible(&write_queue);
	}
	/* } LAB */
	return 0;
}

static const struct file_operations packt_fops = {
	.owner = THIS_MODULE,
	.read = packt_read,
	.write = packt_write,
	.poll = packt_poll,
	.unlocked_ioctl = packt_ioctl,
	.llseek = no_llseek,
};

static int __init packt_init(void)
{
	struct device *device;
	int err = alloc_chrdev_region(&packt_devt, 0, 1, "packt_char");

	if (err)
		return err;
	packt_class = class_create(THIS_MODULE, "packt");
	err = PTR_ERR_OR_ZERO(packt_class);
	if (err)
		goto out_region;
	cdev_init(&packt_cdev, &packt_fops);
	packt_cdev.owner = THIS_MODULE;
	err = cdev_add(&packt_cdev, packt_devt, 1);
	if (err)
		goto out_class;
	device = device_create(packt_class, NULL, packt_devt, NULL, "packt_char");
	err = PTR_ERR_OR_ZERO(device);
	if (!err)
		return 0;
	cdev_del(&packt_cdev);
out_class:
	class_destroy(packt_class);
out_region:
	unregister_chrdev_region(packt_devt, 1);
	return err;
}
module_init(packt_init);

static void __exit packt_exit(void)
{
	device_destroy(packt_class, packt_devt);
	cdev_del(&packt_cdev);
	class_destroy(packt_class);
	unregister_chrdev_region(packt_devt, 1);
}
module_exit(packt_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a queue of bytes to wait for");
