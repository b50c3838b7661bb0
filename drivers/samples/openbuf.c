/*
 * /dev/openbuf: each opening has a buffer of its own.
 *
 * What is written comes back, first in, first out, to readers of the same opening (a
 * dup() or a fork() shares it).  An empty buffer makes readers sleep; a full one does not
 * make writers sleep but fails with ENOSPC, as does a write of nothing at all.
 *
 *	open	struct openbuf, kept in file->private_data until the last reference goes
 *	write	user memory -> buffer; wakes readers, signals who asked for SIGIO
 *	read	buffer -> user memory; the rest moves to the front
 *
 * Context: process; sleeps.  The mutex guards the bytes; poll looks without it, so that
 * it never waits for one who is about to wake it.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

static unsigned int size = 4096;
module_param(size, uint, 0444);
MODULE_PARM_DESC(size, "bytes that one opening holds");

struct openbuf {
	struct mutex lock;			/* this is m */
	wait_queue_head_t readers;
	struct fasync_struct *fasync;		/* who wants SIGIO */
	size_t len;				/* [m] bytes waiting; poll looks without */
	char data[];				/* [m] size of them */
};

static int openbuf_open(struct inode *inode, struct file *file)
{
	struct openbuf *ob = kzalloc(sizeof(*ob) + size, GFP_KERNEL | __GFP_NOWARN);

	if (!ob)
		return -ENOMEM;
	mutex_init(&ob->lock);
	init_waitqueue_head(&ob->readers);
	file->private_data = ob;
	pr_info("openbuf: Device opened by pid %d\n", current->pid);
	return nonseekable_open(inode, file);
}

static int openbuf_fasync(int fd, struct file *file, int on)
{
	struct openbuf *ob = file->private_data;

	return fasync_helper(fd, file, on, &ob->fasync);
}

static int openbuf_release(struct inode *inode, struct file *file)
{
	openbuf_fasync(-1, file, 0);		/* no signal to one who has closed */
	pr_info("openbuf: Device closed by pid %d\n", current->pid);
	kfree(file->private_data);
	return 0;
}

static ssize_t openbuf_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct openbuf *ob = file->private_data;
	ssize_t ret;

	if (mutex_lock_interruptible(&ob->lock))
		return -ERESTARTSYS;
	while (!ob->len) {
		mutex_unlock(&ob->lock);
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(ob->readers, READ_ONCE(ob->len)))
			return -ERESTARTSYS;
		if (mutex_lock_interruptible(&ob->lock))
			return -ERESTARTSYS;
	}	/* a loop: another reader may have won the bytes */
	ret = min(count, ob->len);
	if (copy_to_user(buf, ob->data, ret)) {
		ret = -EFAULT;
		goto out;
	}
	WRITE_ONCE(ob->len, ob->len - ret);
	memmove(ob->data, ob->data + ret, ob->len);
out:
	mutex_unlock(&ob->lock);
	return ret;
}

static ssize_t openbuf_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct openbuf *ob = file->private_data;
	ssize_t ret;

	if (mutex_lock_interruptible(&ob->lock))
		return -ERESTARTSYS;
	ret = min(count, size - ob->len);
	if (!ret) {
		ret = -ENOSPC;
		goto out;
	}
	if (copy_from_user(ob->data + ob->len, buf, ret)) {
		ret = -EFAULT;
		goto out;
	}
	WRITE_ONCE(ob->len, ob->len + ret);	/* first the state, then the news */
	wake_up_interruptible(&ob->readers);
	kill_fasync(&ob->fasync, SIGIO, POLL_IN);
out:
	mutex_unlock(&ob->lock);
	return ret;
}

static __poll_t openbuf_poll(struct file *file, struct poll_table_struct *wait)
{
	struct openbuf *ob = file->private_data;
	size_t len;
	__poll_t mask = 0;

	poll_wait(file, &ob->readers, wait);
	len = READ_ONCE(ob->len);
	if (len)
		mask |= EPOLLIN | EPOLLRDNORM;
	if (len < size)
		mask |= EPOLLOUT | EPOLLWRNORM;
	return mask;
}

static const struct file_operations openbuf_fops = {
	.owner = THIS_MODULE,
	.open = openbuf_open,
	.release = openbuf_release,
	.read = openbuf_read,
	.write = openbuf_write,
	.poll = openbuf_poll,
	.fasync = openbuf_fasync,
	.llseek = no_llseek,
};

static struct miscdevice openbuf_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "openbuf",
	.fops = &openbuf_fops,
	.mode = 0666,
};
module_misc_device(openbuf_misc);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a buffer for each opening");
