/*
 * tty_io.c - terminals as files: open, read, write, poll, ioctl, close.
 *
 * A file's private_data says which terminal it is.  /dev/ttyS0 and its like
 * name one; /dev/tty is the opener's controlling terminal, /dev/console the
 * one that kernel messages go to.
 *
 * Context: process, may sleep, but for flow control and tty_wakeup().
 * Locks: tty->lock over open, close and hang-up; atomic_write_lock over a write.
 */
#include <linux/cdev.h>
#include <linux/console.h>
#include <linux/device.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/tty.h>
#include <linux/uaccess.h>
#include "tty_internal.h"

void tty_lock(struct tty_struct *tty)
{
	mutex_lock(&tty->lock);
}
EXPORT_SYMBOL(tty_lock);

void tty_unlock(struct tty_struct *tty)
{
	mutex_unlock(&tty->lock);
}
EXPORT_SYMBOL(tty_unlock);

/* ------------------------------------------------------------------ open and close */

/* The driver, its module held, and line that kernel messages go to; NULL: they go to none. */
static struct tty_driver *get_console_device(int *index)
{
	struct tty_driver *driver = NULL;
	struct console *con;

	console_lock();			/* it does not go meanwhile */
	con = console_default();
	if (con && con->device)
		driver = con->device(con, index);
	if (driver && !try_module_get(driver->owner))
		driver = NULL;
	console_unlock();
	return driver;
}

/*
 * A file of the line's own number holds the driver's module by its cdev. One of
 * /dev/tty or /dev/console does so by itself, from tty_lookup() to tty_release().
 */
static bool by_other_name(const struct inode *inode)
{
	return inode->i_rdev == TTY_DEV || inode->i_rdev == CONSOLE_DEV;
}

static struct tty_struct *lookup_own(void)
{
	struct tty_struct *tty;

	spin_lock_irq(&current->sighand->siglock);
	tty = current->signal->tty;
	if (!tty || !try_module_get(tty->driver->owner))
		tty = ERR_PTR(-ENXIO);
	else
		tty_kref_get(tty);
	spin_unlock_irq(&current->sighand->siglock);
	return tty;
}

/* Which terminal an open of that device number means. */
static struct tty_struct *tty_lookup(dev_t dev)
{
	struct tty_driver *driver;
	struct tty_struct *tty;
	int index;

	if (dev == TTY_DEV)
		return lookup_own();
	if (dev != CONSOLE_DEV)
		return tty_get(dev);
	driver = get_console_device(&index);
	if (!driver)
		return ERR_PTR(-ENODEV);
	tty = tty_get(MKDEV(driver->major, driver->minor_start + index));
	if (IS_ERR(tty))
		module_put(driver->owner);
	return tty;
}

/* [o] held. */
static int open_line(struct tty_struct *tty, struct file *file)
{
	int err = 0;

	if (test_bit(TTY_EXCLUSIVE, &tty->flags) && !capable(CAP_SYS_ADMIN))
		return -EBUSY;
	if (tty_line_gone(tty))
		return -ENODEV;
	tty->count++;
	if (tty->ops->open)
		err = tty->ops->open(tty, file);
	if (err)
		tty->count--;
	else
		clear_bit(TTY_HUPPED, &tty->flags);
	return err;
}

static int tty_open(struct inode *inode, struct file *file)
{
	struct tty_file_private *priv;
	struct tty_struct *tty;
	int err;

	nonseekable_open(inode, file);
	tty = tty_lookup(inode->i_rdev);
	if (IS_ERR(tty))
		return PTR_ERR(tty);
	err = -ENOMEM;
	priv = kmalloc(sizeof(*priv), GFP_KERNEL);
	if (!priv)
		goto out_put;
	priv->tty = tty;
	priv->file = file;

	tty_lock(tty);
	err = open_line(tty, file);
	if (!err) {
		file->private_data = priv;
		list_add(&priv->list, &tty->tty_files);
	}
	tty_unlock(tty);
	if (err)
		goto out_free;
	if (!(file->f_flags & O_NOCTTY) && !by_other_name(inode))
		tty_open_proc_set_tty(file, tty);
	return 0;

out_free:
	kfree(priv);
out_put:
	if (by_other_name(inode))
		module_put(tty->driver->owner);
	tty_kref_put(tty);
	return err;
}

static int tty_fasync(int fd, struct file *file, int on)
{
	struct tty_struct *tty = file_tty(file);
	struct pid *pgrp;
	int err;

	err = fasync_helper(fd, file, on, &tty->fasync);
	if (err <= 0 || !on || file->f_owner.pid)
		return err < 0 ? err : 0;
	spin_lock_irq(&tty->ctrl_lock);
	pgrp = get_pid(tty->pgrp);
	spin_unlock_irq(&tty->ctrl_lock);
	if (pgrp) {
		f_setown(file, -pid_nr(pgrp), 0);	/* who did not say gets the foreground group */
		put_pid(pgrp);
	}
	return 0;
}

int tty_release(struct inode *inode, struct file *file)
{
	struct tty_file_private *priv = file->private_data;
	struct tty_struct *tty = priv->tty;

	fasync_helper(-1, file, 0, &tty->fasync);
	if (!tty_hung_up_p(file) && READ_ONCE(tty->count) == 1)
		tty_wait_until_sent(tty, 30 * HZ);
	tty_lock(tty);
	list_del(&priv->list);
	if (tty->ops->close)
		tty->ops->close(tty, file);
	if (--tty->count == 0) {
		clear_bit(TTY_EXCLUSIVE, &tty->flags);
		if (tty->driver->flags & TTY_DRIVER_RESET_TERMIOS)
			tty_set_termios(tty, &tty->driver->init_termios);
		if (tty_line_gone(tty))
			tty_leave_port(tty);
	}
	tty_unlock(tty);
	kfree(priv);
	if (by_other_name(inode))
		module_put(tty->driver->owner);
	tty_kref_put(tty);
	return 0;
}

/* ------------------------------------------------------------------ read, write, poll */

static ssize_t tty_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct tty_struct *tty = file_tty(file);

	return tty->ldisc->read(tty, file, buf, count);
}

/*
 * The bytes pass through write_buf, a page at a time: the line discipline and
 * the driver see kernel memory only.  One writer at a time, so that the lines
 * of two programs do not mix.
 */
static ssize_t tty_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct tty_struct *tty = file_tty(file);
	ssize_t done = 0, n = 0;
	size_t size;

	if (file->f_flags & O_NONBLOCK) {
		if (!mutex_trylock(&tty->atomic_write_lock))
			return -EAGAIN;
	} else if (mutex_lock_interruptible(&tty->atomic_write_lock)) {
		return -ERESTARTSYS;
	}
	while (done < count) {
		size = min_t(size_t, count - done, PAGE_SIZE);
		n = -EFAULT;
		if (copy_from_user(tty->write_buf, buf + done, size))
			break;
		n = tty->ldisc->write(tty, file, tty->write_buf, size);
		if (n <= 0)
			break;
		done += n;
		if (n < size)
			break;
		n = -ERESTARTSYS;
		if (signal_pending(current) && done < count)
			break;
	}
	mutex_unlock(&tty->atomic_write_lock);
	return done ? done : n;
}

static __poll_t tty_poll(struct file *file, struct poll_table_struct *wait)
{
	struct tty_struct *tty = file_tty(file);

	return tty->ldisc->poll(tty, file, wait);
}

/* Context: any.  The driver calls it when it has room again. */
void tty_wakeup(struct tty_struct *tty)
{
	if (tty->ldisc->write_wakeup)
		tty->ldisc->write_wakeup(tty);
	wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT | EPOLLWRNORM);
}
EXPORT_SYMBOL_GPL(tty_wakeup);

int tty_put_char(struct tty_struct *tty, unsigned char c)
{
	if (tty->ops->put_char)
		return tty->ops->put_char(tty, c);
	return tty->ops->write(tty, &c, 1);
}
EXPORT_SYMBOL(tty_put_char);

unsigned int tty_write_room(struct tty_struct *tty)
{
	return tty->ops->write_room ? tty->ops->write_room(tty) : 2048;
}

unsigned int tty_chars_in_buffer(struct tty_struct *tty)
{
	return tty->ops->chars_in_buffer ? tty->ops->chars_in_buffer(tty) : 0;
}

/* timeout: in ticks, for the whole.  Context: process, may sleep; a signal ends the wait. */
void tty_wait_until_sent(struct tty_struct *tty, long timeout)
{
	timeout = wait_event_interruptible_timeout(tty->write_wait, !tty_chars_in_buffer(tty),
						   timeout);
	if (timeout > 0 && tty->ops->wait_until_sent)
		tty->ops->wait_until_sent(tty, timeout);
}
EXPORT_SYMBOL(tty_wait_until_sent);

/* ------------------------------------------------------------------ flow control */

/* Context: any. */
void stop_tty(struct tty_struct *tty)
{
	unsigned long irq;

	spin_lock_irqsave(&tty->ctrl_lock, irq);
	if (!tty->flow_stopped) {
		tty->flow_stopped = true;
		if (tty->ops->stop)
			tty->ops->stop(tty);
	}
	spin_unlock_irqrestore(&tty->ctrl_lock, irq);
}
EXPORT_SYMBOL(stop_tty);

/* Context: any. */
void start_tty(struct tty_struct *tty)
{
	unsigned long irq;
	bool was;

	spin_lock_irqsave(&tty->ctrl_lock, irq);
	was = tty->flow_stopped;
	tty->flow_stopped = false;
	if (was && tty->ops->start)
		tty->ops->start(tty);
	spin_unlock_irqrestore(&tty->ctrl_lock, irq);
	if (was)
		tty_wakeup(tty);
}
EXPORT_SYMBOL(start_tty);

/* ------------------------------------------------------------------ ioctl */

/* A background process may not change the line it shares. */
static bool changes_line(unsigned int cmd)
{
	return cmd == TIOCSETD || cmd == TIOCSBRK || cmd == TIOCCBRK || cmd == TCSBRK ||
	       cmd == TCSBRKP;
}

/* From the general to the particular: line, job control, modes, discipline, driver. */
static long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct tty_struct *tty = file_tty(file);
	long ret;

	if (changes_line(cmd)) {
		ret = tty_check_change(tty);
		if (ret)
			return ret;
	}
	ret = tty_line_ioctl(tty, cmd, arg);
	if (ret == -ENOIOCTLCMD)
		ret = tty_jobctrl_ioctl(tty, file, cmd, arg);
	if (ret == -ENOIOCTLCMD)
		ret = tty_mode_ioctl(tty, file, cmd, arg);
	if (ret == -ENOIOCTLCMD)
		ret = tty->ldisc->ioctl(tty, file, cmd, arg);
	if (ret == -ENOIOCTLCMD && tty->ops->ioctl)
		ret = tty->ops->ioctl(tty, cmd, arg);
	return ret == -ENOIOCTLCMD ? -ENOTTY : ret;
}

const struct file_operations tty_fops = {
	.llseek		= no_llseek,
	.read		= tty_read,
	.write		= tty_write,
	.poll		= tty_poll,
	.unlocked_ioctl	= tty_ioctl,
	.open		= tty_open,
	.release	= tty_release,
	.fasync		= tty_fasync,
};

static struct cdev tty_cdev;
struct class *tty_class;

/* A terminal is its group's to write to; /dev/tty everybody's. */
static char *tty_devnode(struct device *dev, umode_t *mode)
{
	if (mode)
		*mode = dev->devt == TTY_DEV ? 0666 : dev->devt == CONSOLE_DEV ? 0600 : 0620;
	return NULL;
}

static int __init tty_class_init(void)
{
	tty_class = class_create(THIS_MODULE, "tty");
	if (IS_ERR(tty_class))
		return PTR_ERR(tty_class);
	tty_class->devnode = tty_devnode;
	return 0;
}
subsys_initcall(tty_class_init);

/* /dev/tty and /dev/console: two names for whichever terminal is meant. */
static int __init tty_init(void)
{
	int err;

	cdev_init(&tty_cdev, &tty_fops);
	err = register_chrdev_region(TTY_DEV, 2, "/dev/tty");
	if (err)
		return err;
	err = cdev_add(&tty_cdev, TTY_DEV, 2);
	if (err) {
		unregister_chrdev_region(TTY_DEV, 2);
		return err;
	}
	device_create(tty_class, NULL, TTY_DEV, NULL, "tty");
	device_create(tty_class, NULL, CONSOLE_DEV, NULL, "console");
	return 0;
}
fs_initcall(tty_init);
