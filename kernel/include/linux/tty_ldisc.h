/*
 * <linux/tty_ldisc.h> - a line discipline: what bytes mean between a program
 * and a line.  N_TTY, the editing one, is the only one here.
 */
#ifndef _LINUX_TTY_LDISC_H
#define _LINUX_TTY_LDISC_H

#include <linux/types.h>
#include <linux/poll.h>

struct file;
struct ktermios;
struct tty_struct;

struct tty_ldisc_ops {
	const char *name;
	int num;

	/* from above; process context, may sleep */
	int (*open)(struct tty_struct *tty);
	void (*close)(struct tty_struct *tty);
	void (*flush_buffer)(struct tty_struct *tty);
	ssize_t (*read)(struct tty_struct *tty, struct file *file, char __user *buf, size_t count);
	ssize_t (*write)(struct tty_struct *tty, struct file *file, const unsigned char *buf,
			 size_t count);
	int (*ioctl)(struct tty_struct *tty, struct file *file, unsigned int cmd,
		     unsigned long arg);
	void (*set_termios)(struct tty_struct *tty, struct ktermios *old);
	__poll_t (*poll)(struct tty_struct *tty, struct file *file, struct poll_table_struct *wait);

	/* from below; receive in a work item, write_wakeup in any context */
	unsigned int (*receive_room)(struct tty_struct *tty);
	void (*receive_buf)(struct tty_struct *tty, const unsigned char *chars,
			    const unsigned char *flags, int count);
	void (*write_wakeup)(struct tty_struct *tty);
};

#endif
