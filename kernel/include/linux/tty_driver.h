/*
 * <linux/tty_driver.h> - what a terminal driver gives to the terminal layer.
 * Supported of Linux 5.10's: everything below; lines are allocated by
 * tty_alloc_driver() and appear in /dev as they are registered.
 */
#ifndef _LINUX_TTY_DRIVER_H
#define _LINUX_TTY_DRIVER_H

#include <linux/types.h>
#include <linux/cdev.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/export.h>
#include <uapi/asm/termios.h>

struct attribute_group;
struct device;
struct file;
struct serial_icounter_struct;
struct tty_driver;
struct tty_port;
struct tty_struct;

/*
 * Context: open, close, ioctl, set_termios, hangup, wait_until_sent may sleep.
 * write, put_char, write_room, chars_in_buffer, stop, start must not: they are
 * called with the line discipline's locks, some of them from interrupts.
 */
struct tty_operations {
	int (*open)(struct tty_struct *tty, struct file *file);
	void (*close)(struct tty_struct *tty, struct file *file);
	int (*write)(struct tty_struct *tty, const unsigned char *buf, int count);
	int (*put_char)(struct tty_struct *tty, unsigned char c);
	void (*flush_chars)(struct tty_struct *tty);
	int (*write_room)(struct tty_struct *tty);
	int (*chars_in_buffer)(struct tty_struct *tty);
	int (*ioctl)(struct tty_struct *tty, unsigned int cmd, unsigned long arg);
	void (*set_termios)(struct tty_struct *tty, struct ktermios *old);
	void (*throttle)(struct tty_struct *tty);
	void (*unthrottle)(struct tty_struct *tty);
	void (*stop)(struct tty_struct *tty);
	void (*start)(struct tty_struct *tty);
	void (*hangup)(struct tty_struct *tty);
	int (*break_ctl)(struct tty_struct *tty, int state);
	void (*flush_buffer)(struct tty_struct *tty);
	void (*wait_until_sent)(struct tty_struct *tty, int timeout);
	void (*send_xchar)(struct tty_struct *tty, char c);
	int (*tiocmget)(struct tty_struct *tty);
	int (*tiocmset)(struct tty_struct *tty, unsigned int set, unsigned int clear);
	int (*get_icount)(struct tty_struct *tty, struct serial_icounter_struct *icount);
};

/* [m] tty_mutex   else constant once registered */
struct tty_driver {
	struct kref kref;			/* whoever allocated it, and each terminal */
	struct module *owner;
	const char *driver_name, *name;		/* "serial", "ttyS" */
	int name_base;				/* number of the first line's name */
	int major, minor_start;
	unsigned int num;			/* lines */
	short type, subtype;			/* TTY_DRIVER_TYPE_*, what /proc/tty/drivers says */
	unsigned long flags;			/* TTY_DRIVER_* */
	struct ktermios init_termios;
	const struct tty_operations *ops;
	struct tty_struct **ttys;		/* [m] by line, from the first open until the line goes */
	struct tty_port **ports;		/* [m] by line, set before it is registered */
	struct cdev cdev;
	struct list_head tty_drivers;		/* [m] all of them */
	void *driver_state;
};

/* flags */
#define TTY_DRIVER_INSTALLED		0x0001
#define TTY_DRIVER_RESET_TERMIOS	0x0002	/* the last close puts termios back */
#define TTY_DRIVER_REAL_RAW		0x0004	/* the driver looks after breaks and parity itself */
#define TTY_DRIVER_DYNAMIC_DEV		0x0008	/* lines come by tty_register_device() */
#define TTY_DRIVER_UNNUMBERED_NODE	0x0080	/* the only line's name has no number */

#define TTY_DRIVER_TYPE_SYSTEM		0x0001
#define TTY_DRIVER_TYPE_CONSOLE		0x0002
#define TTY_DRIVER_TYPE_SERIAL		0x0003
#define TTY_DRIVER_TYPE_PTY		0x0004
#define SERIAL_TYPE_NORMAL		1

extern struct tty_driver *tty_alloc_driver(unsigned int lines, unsigned long flags);
extern struct tty_driver *alloc_tty_driver(unsigned int lines);
extern void put_tty_driver(struct tty_driver *driver);
extern void tty_set_operations(struct tty_driver *driver, const struct tty_operations *ops);
extern void tty_port_link_device(struct tty_port *port, struct tty_driver *driver, unsigned index);
extern int tty_register_driver(struct tty_driver *driver);
extern void tty_unregister_driver(struct tty_driver *driver);
extern struct device *tty_register_device(struct tty_driver *driver, unsigned index,
					  struct device *parent);
extern struct device *tty_register_device_attr(struct tty_driver *driver, unsigned index,
					       struct device *parent, void *drvdata,
					       const struct attribute_group **groups);
extern void tty_unregister_device(struct tty_driver *driver, unsigned index);
extern int tty_proc_drivers(int (*show)(struct tty_driver *driver, void *arg), void *arg);

#endif
