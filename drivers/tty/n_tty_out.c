/*
 * n_tty_out.c - the editing line discipline, downwards: output and echo.
 *
 * Both go through the same processing (newline to carriage return and newline,
 * tabs, the column), under output_lock.  An echo is first put into a ring of
 * its own, because the one who echoes, a work item, must not wait for a slow
 * line; the ring is emptied whenever the driver has room.
 */
#include <linux/ctype.h>
#include <linux/tty.h>
#include "n_tty.h"

#define TAB_WIDTH	8

/*
 * Sends one byte as c_oflag wants it.  0, or -1 when the driver lacks room for
 * all that it becomes; then nothing was sent.  Context: [O] held.
 */
static int output_char(struct tty_struct *tty, unsigned char c)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned int room = tty_write_room(tty), spaces;

	if (!room)
		return -1;
	switch (c) {
	case '\n':
		if (O_FLAG(tty, ONLRET))
			ld->column = 0;
		if (O_FLAG(tty, ONLCR)) {
			if (room < 2)
				return -1;
			ld->column = 0;
			tty_put_char(tty, '\r');
		}
		ld->canon_column = ld->column;
		break;
	case '\r':
		if (O_FLAG(tty, ONOCR) && ld->column == 0)
			return 0;
		if (O_FLAG(tty, OCRNL))
			c = '\n';
		if (c == '\r' || O_FLAG(tty, ONLRET))
			ld->canon_column = ld->column = 0;
		break;
	case '\t':
		spaces = TAB_WIDTH - ld->column % TAB_WIDTH;
		if (O_FLAG(tty, TABDLY) == XTABS) {
			if (room < spaces)
				return -1;
			ld->column += spaces;
			while (spaces--)
				tty_put_char(tty, ' ');
			return 0;
		}
		ld->column += spaces;
		break;
	case '\b':
		if (ld->column)
			ld->column--;
		break;
	default:
		if (iscntrl(c))
			break;
		if (O_FLAG(tty, OLCUC))
			c = toupper(c);
		if (!I_FLAG(tty, IUTF8) || (c & 0xc0) != 0x80)	/* not inside a UTF-8 character */
			ld->column++;
	}
	tty_put_char(tty, c);
	return 0;
}

/* How many bytes from buf on need no processing at all. */
static int plain_run(struct tty_struct *tty, const unsigned char *buf, int count)
{
	int n = 0;

	if (O_FLAG(tty, OLCUC))
		return 0;
	while (n < count && !iscntrl(buf[n]) && buf[n] < 0x80)
		n++;
	return n;
}

/* Sends what the driver has room for; the number of bytes of buf taken.  [O] held. */
static int output_block(struct tty_struct *tty, const unsigned char *buf, int count)
{
	int done = 0, run, sent;

	while (done < count) {
		run = plain_run(tty, buf + done, count - done);
		if (run) {
			sent = tty->ops->write(tty, buf + done, run);
			n_tty(tty)->column += sent;
			done += sent;
			if (sent < run)
				break;
		} else if (output_char(tty, buf[done])) {
			break;
		} else {
			done++;
		}
	}
	return done;
}

void n_tty_echo_raw(struct n_tty_data *ld, unsigned char c)
{
	lockdep_assert_held(&ld->output_lock);
	if (ld->echo_head - ld->echo_tail < ECHO_SIZE)
		ld->echo_buf[ld->echo_head++ & ECHO_MASK] = c;
}

/* A typed byte as it is shown: control characters as ^X with ECHOCTL.  [O] held. */
void n_tty_echo_char(struct tty_struct *tty, unsigned char c)
{
	struct n_tty_data *ld = n_tty(tty);

	if (L_FLAG(tty, ECHOCTL) && iscntrl(c) && c != '\t' && c != '\n') {
		n_tty_echo_raw(ld, '^');
		c ^= 0x40;
	}
	n_tty_echo_raw(ld, c);
}

/* [O] held. */
void n_tty_flush_echoes(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned char c;

	while (ld->echo_tail != ld->echo_head) {
		c = ld->echo_buf[ld->echo_tail & ECHO_MASK];
		if (O_OPOST(tty)) {
			if (output_char(tty, c))
				break;
		} else {
			if (!tty_write_room(tty))
				break;
			tty_put_char(tty, c);
		}
		ld->echo_tail++;
	}
	if (tty->ops->flush_chars)
		tty->ops->flush_chars(tty);
}

/* Hands the driver what it has room for now; the number of bytes taken. */
static int write_some(struct tty_struct *tty, const unsigned char *buf, size_t count)
{
	struct n_tty_data *ld = n_tty(tty);
	int n;

	mutex_lock(&ld->output_lock);
	n_tty_flush_echoes(tty);
	if (O_OPOST(tty))
		n = output_block(tty, buf, count);
	else
		n = tty->ops->write(tty, buf, count);
	if (tty->ops->flush_chars)
		tty->ops->flush_chars(tty);
	mutex_unlock(&ld->output_lock);
	return n;
}

/*
 * Writes count bytes from buf (kernel memory), sleeping while the line is full.
 * The number written, or -EAGAIN, -EIO, -ERESTARTSYS when that is none.
 */
ssize_t n_tty_write(struct tty_struct *tty, struct file *file, const unsigned char *buf,
		    size_t count)
{
	DEFINE_WAIT(wait);
	size_t done = 0;
	int err = 0;

	if (L_TOSTOP(tty)) {
		err = tty_check_change(tty);
		if (err)
			return err;
	}
	while (done < count) {
		prepare_to_wait(&tty->write_wait, &wait, TASK_INTERRUPTIBLE);
		if (signal_pending(current))
			err = -ERESTARTSYS;
		else if (tty_hung_up_p(file))
			err = -EIO;
		if (err)
			break;
		__set_current_state(TASK_RUNNING);	/* the output lock may sleep */
		done += write_some(tty, buf + done, count - done);
		if (done == count)
			break;
		if (file->f_flags & O_NONBLOCK) {
			err = -EAGAIN;
			break;
		}
		prepare_to_wait(&tty->write_wait, &wait, TASK_INTERRUPTIBLE);
		/* one byte may become a tab's worth; a fuller line still drains, so a wake-up comes */
		if (tty_write_room(tty) < TAB_WIDTH && !tty_hung_up_p(file))
			schedule();
	}
	finish_wait(&tty->write_wait, &wait);
	return done ? done : err;
}
