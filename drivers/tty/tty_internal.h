/*
 * tty_internal.h - what the files of the terminal layer share among themselves.
 */
#ifndef _DRIVERS_TTY_TTY_INTERNAL_H
#define _DRIVERS_TTY_TTY_INTERNAL_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/tty.h>
#include <uapi/linux/major.h>

#define TTY_DEV		MKDEV(TTYAUX_MAJOR, 0)	/* /dev/tty */
#define CONSOLE_DEV	MKDEV(TTYAUX_MAJOR, 1)	/* /dev/console */

extern struct class *tty_class;
extern struct mutex tty_mutex;
extern const struct file_operations tty_fops;

/* [o] held, no file open: the terminal lets go of a line that is gone. */
extern void tty_leave_port(struct tty_struct *tty);

/* [o] held.  Is the terminal still what its line's number opens? */
static inline bool tty_line_gone(const struct tty_struct *tty)
{
	return READ_ONCE(tty->driver->ttys[tty->index]) != tty;
}

extern int tty_release(struct inode *inode, struct file *file);

/* tty_hangup.c: of tty->hangup_work */
extern void tty_hangup_work(struct work_struct *work);

/* tty_line.c: -ENOIOCTLCMD when cmd is not about the line. */
extern long tty_line_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg);

#endif
