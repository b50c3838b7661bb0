/*
 * n_tty_in.c - the editing line discipline, upwards: from received bytes to
 * whole lines, with the signals, the erasing and the echo that they ask for.
 *
 * Runs in the port's work item, one at a time: the line being typed is edited
 * by nobody else.  A reader is woken when a line is whole (or, without ICANON,
 * when enough bytes are there).
 *
 * What each special character does is POSIX.1-2017, XBD chapter 11.
 */
#include <linux/ctype.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/tty.h>
#include "n_tty.h"

#define TAB_WIDTH	8

/* Is c the special character named which?  One set to _POSIX_VDISABLE (0) never is. */
static bool is_cc(struct tty_struct *tty, unsigned char c, int which)
{
	return c != 0 && c == CC(tty, which);
}

/*
 * How many bytes may come.  A canonical ring that is full without a whole line
 * still takes bytes, which are dropped with a bell, or nothing could end the line.
 */
unsigned int n_tty_receive_room(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned long irq;
	unsigned int room;

	spin_lock_irqsave(&ld->lock, irq);
	room = N_TTY_BUF_SIZE - 1 - (ld->read_head - ld->read_tail);
	if (!room && L_ICANON(tty) && ld->canon_head == ld->read_tail)
		room = 1;
	spin_unlock_irqrestore(&ld->lock, irq);
	return room;
}

static bool store(struct n_tty_data *ld, unsigned char c, bool ends_line)
{
	unsigned int limit = N_TTY_BUF_SIZE - (ends_line ? 0 : 1);	/* keep room for the end */
	unsigned long irq;
	bool taken = false;

	spin_lock_irqsave(&ld->lock, irq);
	if (ld->read_head - ld->read_tail < limit) {
		ld->read_buf[ld->read_head & N_TTY_MASK] = c;
		if (ends_line)
			set_bit(ld->read_head & N_TTY_MASK, ld->line_ends);
		else
			clear_bit(ld->read_head & N_TTY_MASK, ld->line_ends);
		ld->read_head++;
		if (ends_line)
			ld->canon_head = ld->read_head;
		taken = true;
	}
	spin_unlock_irqrestore(&ld->lock, irq);
	return taken;
}

static void wake_readers(struct tty_struct *tty)
{
	kill_fasync(&tty->fasync, SIGIO, POLL_IN);
	wake_up_interruptible_poll(&tty->read_wait, EPOLLIN | EPOLLRDNORM);
}

/* Throws the input away: both the lines and what is being typed. */
static void flush_input(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned long irq;

	spin_lock_irqsave(&ld->lock, irq);
	ld->read_tail = ld->canon_head = ld->read_head;
	spin_unlock_irqrestore(&ld->lock, irq);
}

/* ------------------------------------------------------------------ echo */

/* [O] held.  The cursor's column after showing c at column col. */
static unsigned int column_after(struct tty_struct *tty, unsigned char c, unsigned int col)
{
	if (c == '\t')
		return col + TAB_WIDTH - col % TAB_WIDTH;
	if (iscntrl(c))
		return col + (L_FLAG(tty, ECHOCTL) ? 2 : 0);
	if (I_FLAG(tty, IUTF8) && (c & 0xc0) == 0x80)
		return col;
	return col + 1;
}

/* [O] held.  How many columns the byte at pos of the line being typed takes. */
static unsigned int columns_of(struct tty_struct *tty, unsigned int pos)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned int at, col = ld->canon_column;

	for (at = ld->canon_head; at != pos; at++)
		col = column_after(tty, ld->read_buf[at & N_TTY_MASK], col);
	return column_after(tty, ld->read_buf[pos & N_TTY_MASK], col) - col;
}

/* [O] held.  The first byte of a line remembers where on the screen the line began. */
static void note_line_start(struct n_tty_data *ld)
{
	if (ld->canon_head == ld->read_head && ld->echo_head == ld->echo_tail)
		ld->canon_column = ld->column;
}

static void echo(struct tty_struct *tty, unsigned char c)
{
	struct n_tty_data *ld = n_tty(tty);

	if (!L_ECHO(tty) && !(c == '\n' && L_FLAG(tty, ECHONL) && L_ICANON(tty)))
		return;
	mutex_lock(&ld->output_lock);
	note_line_start(ld);
	n_tty_echo_char(tty, c);
	mutex_unlock(&ld->output_lock);
}

/* ------------------------------------------------------------------ editing */

/* Takes the last byte of the line being typed away, from the ring and the screen. */
static void erase_one(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned int columns, i;
	unsigned long irq;

	mutex_lock(&ld->output_lock);
	columns = columns_of(tty, ld->read_head - 1);
	spin_lock_irqsave(&ld->lock, irq);
	ld->read_head--;
	spin_unlock_irqrestore(&ld->lock, irq);
	for (i = 0; L_ECHO(tty) && i < columns; i++) {
		n_tty_echo_raw(ld, '\b');
		if (L_FLAG(tty, ECHOE)) {
			n_tty_echo_raw(ld, ' ');
			n_tty_echo_raw(ld, '\b');
		}
	}
	mutex_unlock(&ld->output_lock);
}

static unsigned char last_byte(struct n_tty_data *ld)
{
	return ld->read_buf[(ld->read_head - 1) & N_TTY_MASK];
}

static bool line_empty(struct n_tty_data *ld)
{
	return ld->read_head == ld->canon_head;
}

/* A whole character: with IUTF8 its continuation bytes go with it. */
static void erase_char(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);

	while (I_FLAG(tty, IUTF8) && !line_empty(ld) && (last_byte(ld) & 0xc0) == 0x80)
		erase_one(tty);
	if (!line_empty(ld))
		erase_one(tty);
}

static bool in_word(unsigned char c)
{
	return isalnum(c) || c == '_' || c >= 0x80;
}

static void erase_word(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);

	while (!line_empty(ld) && !in_word(last_byte(ld)))
		erase_one(tty);
	while (!line_empty(ld) && in_word(last_byte(ld)))
		erase_one(tty);
}

static void erase_line(struct tty_struct *tty, unsigned char c)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned long irq;

	if (L_FLAG(tty, ECHOKE) && L_FLAG(tty, ECHOE)) {
		while (!line_empty(ld))
			erase_one(tty);
		return;
	}
	spin_lock_irqsave(&ld->lock, irq);
	ld->read_head = ld->canon_head;
	spin_unlock_irqrestore(&ld->lock, irq);
	echo(tty, c);
	if (L_FLAG(tty, ECHOK))
		echo(tty, '\n');
}

static void reprint_line(struct tty_struct *tty, unsigned char c)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned int at;

	echo(tty, c);
	echo(tty, '\n');
	for (at = ld->canon_head; at != ld->read_head; at++)
		echo(tty, ld->read_buf[at & N_TTY_MASK]);
}

/* ------------------------------------------------------------------ one byte */

static void send_signal_to_foreground(struct tty_struct *tty, int sig)
{
	struct pid *pgrp;
	unsigned long irq;

	spin_lock_irqsave(&tty->ctrl_lock, irq);
	pgrp = get_pid(tty->pgrp);
	spin_unlock_irqrestore(&tty->ctrl_lock, irq);
	if (pgrp) {
		kill_pgrp(pgrp, sig, 1);
		put_pid(pgrp);
	}
}

/* ^C and its like: the signal, and, without NOFLSH, the input thrown away. */
static bool receive_signal_char(struct tty_struct *tty, unsigned char c)
{
	int sig;

	if (is_cc(tty, c, VINTR))
		sig = SIGINT;
	else if (is_cc(tty, c, VQUIT))
		sig = SIGQUIT;
	else if (is_cc(tty, c, VSUSP))
		sig = SIGTSTP;
	else
		return false;
	if (!L_FLAG(tty, NOFLSH)) {
		flush_input(tty);
		if (tty->ops->flush_buffer && sig != SIGTSTP)
			tty->ops->flush_buffer(tty);
	}
	start_tty(tty);
	echo(tty, c);
	send_signal_to_foreground(tty, sig);
	return true;
}

/* ^S and ^Q */
static bool receive_flow_char(struct tty_struct *tty, unsigned char c)
{
	if (is_cc(tty, c, VSTART)) {
		start_tty(tty);
		return true;
	}
	if (is_cc(tty, c, VSTOP)) {
		stop_tty(tty);
		return true;
	}
	return false;
}

static bool receive_edit_char(struct tty_struct *tty, unsigned char c)
{
	if (is_cc(tty, c, VERASE))
		erase_char(tty);
	else if (is_cc(tty, c, VKILL))
		erase_line(tty, c);
	else if (L_IEXTEN(tty) && is_cc(tty, c, VWERASE))
		erase_word(tty);
	else if (L_IEXTEN(tty) && is_cc(tty, c, VREPRINT))
		reprint_line(tty, c);
	else
		return false;
	return true;
}

static bool ends_line(struct tty_struct *tty, unsigned char c)
{
	return c == '\n' || is_cc(tty, c, VEOL) || (L_IEXTEN(tty) && is_cc(tty, c, VEOL2));
}

static void bell(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);

	if (!I_FLAG(tty, IMAXBEL))
		return;
	mutex_lock(&ld->output_lock);
	n_tty_echo_raw(ld, '\a');
	mutex_unlock(&ld->output_lock);
}

static void receive_literal(struct tty_struct *tty, unsigned char c)
{
	if (store(n_tty(tty), c, false))
		echo(tty, c);
	else
		bell(tty);
}

/* With ICANON. */
static void receive_canonical(struct tty_struct *tty, unsigned char c)
{
	struct n_tty_data *ld = n_tty(tty);

	if (receive_edit_char(tty, c))
		return;
	if (L_IEXTEN(tty) && is_cc(tty, c, VLNEXT)) {
		ld->lnext = true;
		if (L_ECHO(tty) && L_FLAG(tty, ECHOCTL)) {
			mutex_lock(&ld->output_lock);
			n_tty_echo_raw(ld, '^');
			n_tty_echo_raw(ld, '\b');
			mutex_unlock(&ld->output_lock);
		}
		return;
	}
	if (is_cc(tty, c, VEOF)) {
		store(ld, EOF_MARK, true);
		wake_readers(tty);
		return;
	}
	if (!ends_line(tty, c)) {
		receive_literal(tty, c);
		return;
	}
	echo(tty, c);
	store(ld, c, true);
	wake_readers(tty);
}

/* 0: the byte is to be dropped. */
static int translate_input(struct tty_struct *tty, unsigned char *c)
{
	if (I_FLAG(tty, ISTRIP))
		*c &= 0x7f;
	if (I_FLAG(tty, IUCLC) && L_IEXTEN(tty))
		*c = tolower(*c);
	if (*c == '\r') {
		if (I_FLAG(tty, IGNCR))
			return 0;
		if (I_FLAG(tty, ICRNL))
			*c = '\n';
	} else if (*c == '\n' && I_FLAG(tty, INLCR)) {
		*c = '\r';
	}
	return 1;
}

static void receive_char(struct tty_struct *tty, unsigned char c)
{
	struct n_tty_data *ld = n_tty(tty);

	if (ld->lnext) {
		ld->lnext = false;
		receive_literal(tty, c);
		return;
	}
	if (!translate_input(tty, &c))
		return;
	if (I_IXON(tty) && receive_flow_char(tty, c))
		return;
	if (tty->flow_stopped && I_FLAG(tty, IXANY))
		start_tty(tty);
	if (L_ISIG(tty) && receive_signal_char(tty, c))
		return;
	if (L_ICANON(tty)) {
		receive_canonical(tty, c);
		return;
	}
	if (c == 0xff && I_FLAG(tty, PARMRK))
		store(ld, c, false);
	receive_literal(tty, c);
}

/* A break, or a byte that came damaged. */
static void receive_flagged(struct tty_struct *tty, unsigned char c, unsigned char flag)
{
	struct n_tty_data *ld = n_tty(tty);

	if (flag == TTY_OVERRUN) {
		pr_warn_ratelimited("%s: input overrun\n", tty->name);
		return;
	}
	if (flag == TTY_BREAK) {
		if (I_FLAG(tty, IGNBRK))
			return;
		if (I_FLAG(tty, BRKINT)) {
			flush_input(tty);
			send_signal_to_foreground(tty, SIGINT);
			return;
		}
		c = 0;
	} else if (!I_FLAG(tty, INPCK)) {
		receive_char(tty, c);
		return;
	} else if (I_FLAG(tty, IGNPAR)) {
		return;
	}
	if (I_FLAG(tty, PARMRK)) {
		store(ld, 0xff, false);
		store(ld, 0, false);
		store(ld, c, false);
	} else {
		store(ld, 0, false);
	}
}

void n_tty_receive_buf(struct tty_struct *tty, const unsigned char *chars,
		       const unsigned char *flags, int count)
{
	struct n_tty_data *ld = n_tty(tty);
	int i;

	down_read(&tty->termios_rwsem);
	for (i = 0; i < count; i++) {
		if (flags && flags[i] != TTY_NORMAL)
			receive_flagged(tty, chars[i], flags[i]);
		else
			receive_char(tty, chars[i]);
	}
	mutex_lock(&ld->output_lock);
	n_tty_flush_echoes(tty);
	mutex_unlock(&ld->output_lock);
	if (count && !L_ICANON(tty))
		wake_readers(tty);
	up_read(&tty->termios_rwsem);
}
