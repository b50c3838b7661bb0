/*
 * tty_line.c - requests about the line itself: its window, its modem lines, a
 * break, exclusive use, and bytes put in as if they had been typed.
 *
 * Context: process, may sleep.
 */
#include <linux/sched/signal.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include <linux/uaccess.h>
#include <uapi/linux/serial.h>
#include "tty_internal.h"

static long tty_break(struct tty_struct *tty, unsigned long ms)
{
	int err;

	if (!tty->ops->break_ctl)
		return 0;
	err = tty->ops->break_ctl(tty, -1);
	if (err)
		return err;
	schedule_timeout_interruptible(msecs_to_jiffies(ms));
	return tty->ops->break_ctl(tty, 0);
}

static long tty_modem_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	unsigned int value;
	int lines;

	if (!tty->ops->tiocmget || !tty->ops->tiocmset)
		return -ENOTTY;
	if (cmd == TIOCMGET) {
		lines = tty->ops->tiocmget(tty);
		return lines < 0 ? lines : put_user(lines, (int __user *)arg);
	}
	if (get_user(value, (unsigned int __user *)arg))
		return -EFAULT;
	if (cmd == TIOCMBIS)
		return tty->ops->tiocmset(tty, value, 0);
	if (cmd == TIOCMBIC)
		return tty->ops->tiocmset(tty, 0, value);
	return tty->ops->tiocmset(tty, value, ~value);
}

static long tty_winsize_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	struct winsize size;
	struct pid *pgrp;
	bool changed;

	if (cmd == TIOCGWINSZ) {
		mutex_lock(&tty->winsize_mutex);
		size = tty->winsize;
		mutex_unlock(&tty->winsize_mutex);
		return copy_to_user((void __user *)arg, &size, sizeof(size)) ? -EFAULT : 0;
	}
	if (copy_from_user(&size, (void __user *)arg, sizeof(size)))
		return -EFAULT;
	mutex_lock(&tty->winsize_mutex);
	changed = memcmp(&size, &tty->winsize, sizeof(size));
	tty->winsize = size;
	mutex_unlock(&tty->winsize_mutex);
	if (!changed)
		return 0;
	spin_lock_irq(&tty->ctrl_lock);
	pgrp = get_pid(tty->pgrp);
	spin_unlock_irq(&tty->ctrl_lock);
	if (pgrp) {
		kill_pgrp(pgrp, SIGWINCH, 1);
		put_pid(pgrp);
	}
	return 0;
}

/* TIOCSTI: as if c had been typed. */
static long tty_fake_input(struct tty_struct *tty, unsigned long arg)
{
	char c;

	if (get_user(c, (char __user *)arg))
		return -EFAULT;
	if (current->signal->tty != tty && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	tty_insert_flip_char(tty->port, c, TTY_NORMAL);
	tty_flip_buffer_push(tty->port);
	return 0;
}

static long tty_icount_ioctl(struct tty_struct *tty, unsigned long arg)
{
	struct serial_icounter_struct icount = { 0 };
	int err;

	if (!tty->ops->get_icount)
		return -ENOTTY;
	err = tty->ops->get_icount(tty, &icount);
	if (err)
		return err;
	return copy_to_user((void __user *)arg, &icount, sizeof(icount)) ? -EFAULT : 0;
}

/* Requests about the line itself; -ENOIOCTLCMD for all others. */
long tty_line_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	int disc;

	switch (cmd) {
	case TIOCSTI:
		return tty_fake_input(tty, arg);
	case TIOCGWINSZ:
	case TIOCSWINSZ:
		return tty_winsize_ioctl(tty, cmd, arg);
	case TIOCEXCL:
		set_bit(TTY_EXCLUSIVE, &tty->flags);
		return 0;
	case TIOCNXCL:
		clear_bit(TTY_EXCLUSIVE, &tty->flags);
		return 0;
	case TIOCGETD:
		return put_user(tty->ldisc->num, (int __user *)arg);
	case TIOCSETD:
		if (get_user(disc, (int __user *)arg))
			return -EFAULT;
		return disc == tty->ldisc->num ? 0 : -EINVAL;
	case TIOCVHANGUP:
		if (!capable(CAP_SYS_ADMIN))
			return -EPERM;
		tty_vhangup(tty);
		return 0;
	case TIOCSBRK:
		return tty->ops->break_ctl ? tty->ops->break_ctl(tty, -1) : 0;
	case TIOCCBRK:
		return tty->ops->break_ctl ? tty->ops->break_ctl(tty, 0) : 0;
	case TCSBRK:
	case TCSBRKP:
		tty_wait_until_sent(tty, MAX_SCHEDULE_TIMEOUT);
		if (signal_pending(current))
			return -EINTR;
		if (cmd == TCSBRK && arg)
			return 0;		/* tcdrain() */
		return tty_break(tty, cmd == TCSBRKP && arg ? arg * 100 : 250);
	case TIOCMGET:
	case TIOCMSET:
	case TIOCMBIS:
	case TIOCMBIC:
		return tty_modem_ioctl(tty, cmd, arg);
	case TIOCGICOUNT:
		return tty_icount_ioctl(tty, arg);
	}
	return -ENOIOCTLCMD;
}
