/*
 * <linux/tty.h> - a terminal line: what lies between a program and a serial
 * port or a screen.
 *
 *   program  ⇄  tty_io.c (file operations)  ⇄  line discipline (n_tty)  ⇄  driver
 *
 * Output goes down in the writer's context.  Input comes up from an interrupt:
 * the driver puts bytes into its port's flip buffer, a work item carries them
 * to the line discipline, which edits, echoes and wakes the reader.
 *
 * Names are Linux 5.10's.  A tty_struct, once opened, stays until its driver
 * is unregistered, so its termios outlive a close.
 */
#ifndef _LINUX_TTY_H
#define _LINUX_TTY_H

#include <linux/types.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/tty_driver.h>
#include <linux/tty_ldisc.h>
#include <uapi/asm/termios.h>
#include <uapi/linux/tty.h>

struct pid;
struct task_struct;

/* What came with a received byte. */
#define TTY_NORMAL	0
#define TTY_BREAK	1
#define TTY_FRAME	2
#define TTY_PARITY	3
#define TTY_OVERRUN	4

#define TTY_FLIP_SIZE	4096		/* a power of two */

/*
 * The driver's end of a line: bytes on their way from an interrupt to the
 * line discipline.  [l] lock, irq-safe   [k] the work item only
 */
struct tty_port {
	struct tty_struct *tty;			/* set by the first open, until the line goes */
	spinlock_t lock;			/* this is l */
	unsigned char *flip_chars, *flip_flags;	/* [l] two rings side by side */
	unsigned int flip_head, flip_tail;	/* [l] free-running */
	unsigned int overruns;			/* [l] bytes that found no room */
	struct work_struct flip_work;		/* [k] */
};

/*
 * One lives while its line does (driver->ttys) and while a file has it open: kref.
 *
 * [o] lock (tty_lock(): open, close, hang-up)   [t] termios_rwsem
 * [c] ctrl_lock   [w] winsize_mutex   [a] atomic_write_lock
 */
struct tty_struct {
	struct kref kref;
	struct tty_driver *driver;		/* constant */
	const struct tty_operations *ops;	/* constant: the driver's */
	const struct tty_ldisc_ops *ldisc;	/* [o] */
	int index;				/* constant */
	char name[16];				/* constant: "ttyS0" */
	struct tty_port *port;			/* constant while open; [o] NULL once the line is gone */

	struct mutex lock;			/* this is o */
	int count;				/* [o] open files */
	struct list_head tty_files;		/* [o] struct tty_file_private */
	unsigned long flags;			/* TTY_* below; atomic bits */

	struct rw_semaphore termios_rwsem;	/* this is t */
	struct ktermios termios;		/* [t] */
	struct mutex winsize_mutex;		/* this is w */
	struct winsize winsize;			/* [w] */

	spinlock_t ctrl_lock;			/* this is c; irq-safe */
	struct pid *pgrp;			/* [c] foreground process group */
	struct pid *session;			/* [c] whose controlling terminal it is */
	bool flow_stopped;			/* [c] by ^S or TCOOFF */

	struct mutex atomic_write_lock;		/* this is a: one writer at a time */
	unsigned char *write_buf;		/* [a] one page, made at open */

	wait_queue_head_t read_wait;
	wait_queue_head_t write_wait;
	struct fasync_struct *fasync;		/* fasync_helper()'s own lock */
	struct work_struct hangup_work, free_work;
	void *disc_data;			/* [o] the line discipline's */
	void *driver_data;			/* [o] the driver's */
};

#define TTY_THROTTLED		0
#define TTY_IO_ERROR		1
#define TTY_OTHER_CLOSED	2
#define TTY_EXCLUSIVE		3
#define TTY_HUPPED		18

/* file->private_data of an open terminal */
struct tty_file_private {
	struct tty_struct *tty;
	struct file *file;
	struct list_head list;			/* tty->lock */
};

static inline struct tty_struct *tty_kref_get(struct tty_struct *tty)
{
	if (tty)
		kref_get(&tty->kref);
	return tty;
}

static inline struct tty_struct *file_tty(struct file *file)
{
	return ((struct tty_file_private *)file->private_data)->tty;
}

/* Termios as short questions; t held, or a torn answer does no harm. */
#define I_FLAG(tty, f)	((tty)->termios.c_iflag & (f))
#define O_FLAG(tty, f)	((tty)->termios.c_oflag & (f))
#define C_FLAG(tty, f)	((tty)->termios.c_cflag & (f))
#define L_FLAG(tty, f)	((tty)->termios.c_lflag & (f))
#define I_IGNBRK(tty)	I_FLAG(tty, IGNBRK)
#define I_BRKINT(tty)	I_FLAG(tty, BRKINT)
#define I_IGNPAR(tty)	I_FLAG(tty, IGNPAR)
#define I_PARMRK(tty)	I_FLAG(tty, PARMRK)
#define I_INPCK(tty)	I_FLAG(tty, INPCK)
#define I_IXON(tty)	I_FLAG(tty, IXON)
#define I_IXOFF(tty)	I_FLAG(tty, IXOFF)
#define O_OPOST(tty)	O_FLAG(tty, OPOST)
#define C_BAUD(tty)	C_FLAG(tty, CBAUD)
#define C_CSIZE(tty)	C_FLAG(tty, CSIZE)
#define C_CREAD(tty)	C_FLAG(tty, CREAD)
#define C_HUPCL(tty)	C_FLAG(tty, HUPCL)
#define C_CLOCAL(tty)	C_FLAG(tty, CLOCAL)
#define C_CRTSCTS(tty)	C_FLAG(tty, CRTSCTS)
#define L_ICANON(tty)	L_FLAG(tty, ICANON)
#define L_ECHO(tty)	L_FLAG(tty, ECHO)
#define L_ISIG(tty)	L_FLAG(tty, ISIG)
#define L_IEXTEN(tty)	L_FLAG(tty, IEXTEN)
#define L_TOSTOP(tty)	L_FLAG(tty, TOSTOP)
#define CC(tty, which)	((tty)->termios.c_cc[which])
#define START_CHAR(tty)	CC(tty, VSTART)
#define STOP_CHAR(tty)	CC(tty, VSTOP)

extern struct ktermios tty_std_termios;

extern void tty_lock(struct tty_struct *tty);
extern void tty_unlock(struct tty_struct *tty);
extern int tty_hung_up_p(struct file *file);
extern void tty_hangup(struct tty_struct *tty);
extern struct tty_struct *tty_get(dev_t dev);
extern void tty_kref_put(struct tty_struct *tty);
extern void tty_vhangup(struct tty_struct *tty);
extern void tty_wakeup(struct tty_struct *tty);
extern void stop_tty(struct tty_struct *tty);
extern void start_tty(struct tty_struct *tty);
extern int tty_put_char(struct tty_struct *tty, unsigned char c);
extern unsigned int tty_write_room(struct tty_struct *tty);
extern unsigned int tty_chars_in_buffer(struct tty_struct *tty);
extern void tty_wait_until_sent(struct tty_struct *tty, long timeout);
extern int tty_mode_ioctl(struct tty_struct *tty, struct file *file, unsigned int cmd,
			  unsigned long arg);
extern int tty_set_termios(struct tty_struct *tty, const struct ktermios *termios);
extern speed_t tty_termios_baud_rate(const struct ktermios *termios);
extern speed_t tty_get_baud_rate(struct tty_struct *tty);
extern void tty_encode_baud_rate(struct tty_struct *tty, speed_t ibaud, speed_t obaud);

extern void tty_port_init(struct tty_port *port);
extern void tty_port_destroy(struct tty_port *port);

/* jobctrl: who may read and write, who gets the signals */
extern int tty_check_change(struct tty_struct *tty);
extern int __tty_check_change(struct tty_struct *tty, int sig);
extern void tty_open_proc_set_tty(struct file *file, struct tty_struct *tty);
extern long tty_jobctrl_ioctl(struct tty_struct *tty, struct file *file, unsigned int cmd,
			      unsigned long arg);
extern void tty_signal_session_leader(struct tty_struct *tty);
extern struct tty_struct *get_current_tty(void);
extern void disassociate_ctty(int on_exit);
extern void tty_leave_session(struct tty_struct *tty);
extern void proc_clear_tty(struct task_struct *task);
extern void no_tty(void);
extern dev_t tty_devnum(struct tty_struct *tty);

extern const struct tty_ldisc_ops n_tty_ops;
extern void n_tty_restart(struct tty_struct *tty);

#endif
