/*
 * tty_hangup.c - a line that is lost to those who have it open.
 *
 * Every open file of the line gets other operations, under which reads meet the
 * end of the file and writes fail with EIO, and the session's leader a SIGHUP.
 * Files opened as /dev/console are spared, so that init can go on.
 *
 *	reader asleep				tty_vhangup()
 *	on read_wait; nothing, not hung up	f_op = hung_up_tty_fops
 *	schedule()				wakes read_wait
 *	hung up: reads nothing
 */
#include <linux/poll.h>
#include <linux/tty.h>
#include <asm/ioctls.h>
#include "tty_internal.h"

static ssize_t hung_up_tty_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return 0;
}

static ssize_t hung_up_tty_write(struct file *file, const char __user *buf, size_t count,
				 loff_t *pos)
{
	return -EIO;
}

static __poll_t hung_up_tty_poll(struct file *file, struct poll_table_struct *wait)
{
	return EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLRDNORM | EPOLLWRNORM;
}

static long hung_up_tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return cmd == TIOCSPGRP ? -ENOTTY : -EIO;
}

static const struct file_operations hung_up_tty_fops = {
	.llseek		= no_llseek,
	.read		= hung_up_tty_read,
	.write		= hung_up_tty_write,
	.poll		= hung_up_tty_poll,
	.unlocked_ioctl	= hung_up_tty_ioctl,
	.release	= tty_release,
};

int tty_hung_up_p(struct file *file)
{
	return file && READ_ONCE(file->f_op) == &hung_up_tty_fops;
}
EXPORT_SYMBOL(tty_hung_up_p);

/*
 * The line is gone, or its session is: nobody who has it open gets through any
 * more, sleepers wake and find out.  Context: process, may sleep.
 */
void tty_vhangup(struct tty_struct *tty)
{
	struct tty_file_private *priv;

	tty_lock(tty);
	list_for_each_entry(priv, &tty->tty_files, list)
		if (file_inode(priv->file)->i_rdev != CONSOLE_DEV)
			WRITE_ONCE(priv->file->f_op, &hung_up_tty_fops);
	set_bit(TTY_HUPPED, &tty->flags);
	if (tty->ldisc->flush_buffer)
		tty->ldisc->flush_buffer(tty);
	if (tty->port && tty->ops->hangup)
		tty->ops->hangup(tty);
	down_write(&tty->termios_rwsem);
	tty->termios = tty->driver->init_termios;
	if (tty->port && tty->ops->set_termios)
		tty->ops->set_termios(tty, &tty->termios);
	up_write(&tty->termios_rwsem);
	tty_unlock(tty);

	tty_signal_session_leader(tty);
	wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT);
	wake_up_interruptible_poll(&tty->read_wait, EPOLLIN);
}
EXPORT_SYMBOL(tty_vhangup);

void tty_hangup_work(struct work_struct *work)
{
	struct tty_struct *tty = container_of(work, struct tty_struct, hangup_work);

	tty_vhangup(tty);
	tty_kref_put(tty);
}

/* The same soon, asked for by a driver whose line lost its carrier.  Context: any. */
void tty_hangup(struct tty_struct *tty)
{
	tty_kref_get(tty);
	if (!schedule_work(&tty->hangup_work))
		tty_kref_put(tty);
}
EXPORT_SYMBOL(tty_hangup);
