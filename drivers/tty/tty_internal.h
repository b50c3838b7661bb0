/*
 * tty_internal.h - what the files of the terminal layer share among themselves.
 */
#ifndef _DRIVERS_TTY_TTY_INTERNAL_H
#define _DRIVERS_TTY_TTY_INTERNAL_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/tty.h>

extern struct mutex tty_mutex;
extern const struct file_operations tty_fops;

extern struct tty_struct *tty_get(dev_t dev);
extern void tty_free(struct tty_struct *tty);

#endif
