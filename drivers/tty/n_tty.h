/*
 * n_tty.h - what the two halves of the editing line discipline share.
 */
#ifndef _DRIVERS_TTY_N_TTY_H
#define _DRIVERS_TTY_N_TTY_H

#include <linux/bitmap.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/tty.h>

#define N_TTY_BUF_SIZE	4096		/* a power of two */
#define N_TTY_MASK	(N_TTY_BUF_SIZE - 1)
#define ECHO_SIZE	1024		/* a power of two */
#define ECHO_MASK	(ECHO_SIZE - 1)

#define EOF_MARK	'\0'		/* stands in the ring where ^D was typed, with a line mark */

/*
 * [l] lock   [k] the receiving work item only   [O] output_lock, may sleep
 * [R] read_mutex, may sleep
 *
 * read_buf is a ring of free-running indices:
 *
 *     read_tail ≤ canon_head ≤ read_head
 *
 * Up to canon_head lines are whole and only a reader may take them; from there
 * to read_head stands the line being typed, which only the work item edits.
 * Without ICANON, canon_head is not looked at and all of it is readable.
 */
struct n_tty_data {
	spinlock_t lock;			/* this is l */
	unsigned int read_head, canon_head, read_tail; /* [l] */
	unsigned char read_buf[N_TTY_BUF_SIZE];	/* [l] */
	DECLARE_BITMAP(line_ends, N_TTY_BUF_SIZE); /* [l] last byte of each whole line */

	bool lnext;				/* [k] ^V: the next byte is itself */
	struct mutex read_mutex;		/* this is R: one reader at a time */
	struct mutex output_lock;		/* this is O */
	unsigned int column;			/* [O] of the cursor */
	unsigned int canon_column;		/* [O] where the line being typed began */
	unsigned char echo_buf[ECHO_SIZE];	/* [O] ring: echoes not yet out */
	unsigned int echo_head, echo_tail;	/* [O] free-running */
};

static inline struct n_tty_data *n_tty(struct tty_struct *tty)
{
	return tty->disc_data;
}

/* n_tty_out.c; [O] held but for the write */
extern ssize_t n_tty_write(struct tty_struct *tty, struct file *file, const unsigned char *buf,
			   size_t count);
extern void n_tty_echo_raw(struct n_tty_data *ld, unsigned char c);
extern void n_tty_echo_char(struct tty_struct *tty, unsigned char c);
extern void n_tty_flush_echoes(struct tty_struct *tty);

/* n_tty_in.c */
extern unsigned int n_tty_receive_room(struct tty_struct *tty);
extern void n_tty_receive_buf(struct tty_struct *tty, const unsigned char *chars,
			      const unsigned char *flags, int count);

#endif
