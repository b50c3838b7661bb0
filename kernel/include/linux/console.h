/*
 * Consoles that printk() writes to.
 */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

#include <linux/types.h>

struct tty_driver;

#define CON_PRINTBUFFER	(1)		/* show it what was said before */
#define CON_CONSDEV	(2)		/* the last console= : /dev/console is its tty */
#define CON_ENABLED	(4)
#define CON_BOOT	(8)		/* goes away when a real one comes */
#define CON_ANYTIME	(16)

struct console {
	char name[16];			/* [I] "ttyS", "tty" */
	/* Any context, console lock held, interrupts off: polls, never sleeps. */
	void (*write)(struct console *con, const char *s, unsigned int count);
	struct tty_driver *(*device)(struct console *con, int *index);
	int (*setup)(struct console *con, char *options);
	short flags;			/* [c] console lock */
	short index;			/* [c] -1: setup() or the command line decides */
	void *data;			/* [I] the driver's */
	struct console *next;		/* [c] */
};

/*
 * register_console - start to write to a console, if console= names it or no
 * console= is given. What was logged so far goes to it with CON_PRINTBUFFER.
 * Context: process.
 */
void register_console(struct console *con);
/* Nobody writes to it any more when this returns; /dev/console is the next one's from here on.  0. */
int unregister_console(struct console *con);
extern struct console *console_drivers;
/* The console that /dev/console stands for (CON_CONSDEV), else NULL. */
struct console *console_default(void);
#define for_each_console(con) for (con = console_drivers; con; con = con->next)

/* Against printk's output: while held, records are only stored. Context: any. */
void console_lock(void);
int console_trylock(void);
void console_unlock(void);			/* writes what came meanwhile */
#define is_console_locked() 1

#endif
