/*
 * n_tty.c - the editing line discipline: reading, polling, opening and closing.
 *
 * n_tty_in.c turns received bytes into lines, n_tty_out.c sends and echoes.
 * One reader at a time (read_mutex) takes bytes out of the ring, the work item
 * of n_tty_in.c puts them in.  The bytes a reader may take do not change under
 * it: editing touches only the line that is not whole.  So they are copied to
 * the user straight from the ring, without the spinlock, and given up after;
 * if a flush came in between, the tail has moved and there is nothing to give up.
 */
#include <linux/poll.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/ioctls.h>
#include "n_tty.h"

#define WAKEUP_CHARS	256		/* less than this unsent: writable */
#define TENTH_OF_SECOND	(HZ / 10)	/* VTIME's unit */

static unsigned int min_chars(struct tty_struct *tty)
{
	return L_ICANON(tty) ? 1 : CC(tty, VMIN);
}

/* Whole lines, or bytes where there are no lines: how many bytes a reader may take. */
static unsigned int available(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned long irq;
	unsigned int n;

	spin_lock_irqsave(&ld->lock, irq);
	n = (L_ICANON(tty) ? ld->canon_head : ld->read_head) - ld->read_tail;
	spin_unlock_irqrestore(&ld->lock, irq);
	return n;
}

/*
 * What lies ahead of a reader: *tail is where it starts, the result how many
 * bytes to take, at most max: in canonical mode up to the end of the line.
 */
static unsigned int look_ahead(struct tty_struct *tty, unsigned int max, unsigned int *tail,
			       bool *eof)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned int n = 0, have;
	unsigned long irq;

	*eof = false;
	spin_lock_irqsave(&ld->lock, irq);
	*tail = ld->read_tail;
	if (!L_ICANON(tty)) {
		n = min(max, ld->read_head - ld->read_tail);
	} else {
		have = ld->canon_head - ld->read_tail;
		while (n < have && !test_bit((*tail + n) & N_TTY_MASK, ld->line_ends))
			n++;
		if (n < have && ld->read_buf[(*tail + n) & N_TTY_MASK] == EOF_MARK && n <= max)
			*eof = true;	/* the mark is taken but not handed out */
		else if (n < have)
			n++;
		n = min(max, n);
	}
	spin_unlock_irqrestore(&ld->lock, irq);
	return n;
}

/* The reader is done with n bytes from tail on. */
static void take(struct n_tty_data *ld, unsigned int tail, unsigned int n)
{
	unsigned long irq;

	spin_lock_irqsave(&ld->lock, irq);
	if (ld->read_tail == tail)
		ld->read_tail = tail + n;
	spin_unlock_irqrestore(&ld->lock, irq);
}

/*
 * Copies up to count bytes, at most one line, to the user.  The number, or
 * -EFAULT.  *end: a line's end was reached, the call is over.  Context: [R] held.
 */
static ssize_t copy_some(struct tty_struct *tty, char __user *buf, size_t count, bool *end)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned int tail, n, first;
	bool eof;

	n = look_ahead(tty, count, &tail, &eof);
	first = min(n, N_TTY_BUF_SIZE - (tail & N_TTY_MASK));
	if (copy_to_user(buf, ld->read_buf + (tail & N_TTY_MASK), first) ||
	    copy_to_user(buf + first, ld->read_buf, n - first))
		return -EFAULT;
	take(ld, tail, n + eof);
	*end = L_ICANON(tty) && (n || eof);
	return n;
}

/*
 * Sleeps until there is something to read.  timeout: in ticks, by VTIME.
 * 0, or -EAGAIN, -ERESTARTSYS; 1: time is up or the line hung up, read nothing.
 */
static int wait_for_input(struct tty_struct *tty, struct file *file, long *timeout)
{
	DEFINE_WAIT(wait);
	int ret = 0;

	while (!available(tty)) {
		if (tty_hung_up_p(file) || !*timeout) {
			ret = 1;
			break;
		}
		if (file->f_flags & O_NONBLOCK) {
			ret = -EAGAIN;
			break;
		}
		prepare_to_wait(&tty->read_wait, &wait, TASK_INTERRUPTIBLE);
		if (signal_pending(current)) {
			ret = -ERESTARTSYS;
			break;
		}
		if (!available(tty) && !tty_hung_up_p(file)) {
			up_read(&tty->termios_rwsem);	/* who changes the mode must get through */
			*timeout = schedule_timeout(*timeout);
			down_read(&tty->termios_rwsem);
		}
		__set_current_state(TASK_RUNNING);
	}
	finish_wait(&tty->read_wait, &wait);
	return ret;
}

/* Reads with termios_rwsem and read_mutex held. */
static ssize_t read_locked(struct tty_struct *tty, struct file *file, char __user *buf,
			   size_t count)
{
	bool raw = !L_ICANON(tty), end = false;
	long between = raw && CC(tty, VTIME) ? CC(tty, VTIME) * TENTH_OF_SECOND : MAX_SCHEDULE_TIMEOUT;
	size_t minimum = min_t(size_t, min_chars(tty), count), done = 0;
	long timeout = raw && minimum ? MAX_SCHEDULE_TIMEOUT : between;
	ssize_t n = 0;

	if (raw && !minimum && !CC(tty, VTIME))
		timeout = 0;			/* MIN 0 TIME 0: what is there now */
	while (done < count && !end) {
		n = wait_for_input(tty, file, &timeout);
		if (n)
			break;
		n = copy_some(tty, buf + done, count - done, &end);
		if (n < 0)
			break;
		done += n;
		if (done >= minimum && !available(tty))
			break;
		if (done >= minimum && raw)
			timeout = 0;		/* enough: only what is there already */
		else
			timeout = between;
	}
	if (done)
		return done;
	return n < 0 ? n : 0;
}

static ssize_t n_tty_read(struct tty_struct *tty, struct file *file, char __user *buf, size_t count)
{
	struct n_tty_data *ld = n_tty(tty);
	ssize_t ret;

	ret = __tty_check_change(tty, SIGTTIN);
	if (ret)
		return ret;
	if (file->f_flags & O_NONBLOCK) {
		if (!mutex_trylock(&ld->read_mutex))
			return -EAGAIN;
	} else if (mutex_lock_interruptible(&ld->read_mutex)) {
		return -ERESTARTSYS;
	}
	down_read(&tty->termios_rwsem);
	ret = read_locked(tty, file, buf, count);
	up_read(&tty->termios_rwsem);
	mutex_unlock(&ld->read_mutex);
	tty_buffer_restart_work(tty->port);
	return ret;
}

static __poll_t n_tty_poll(struct tty_struct *tty, struct file *file, struct poll_table_struct *wait)
{
	unsigned int enough = L_ICANON(tty) || CC(tty, VTIME) ? 1 : max_t(unsigned, CC(tty, VMIN), 1);
	__poll_t mask = 0;

	poll_wait(file, &tty->read_wait, wait);
	poll_wait(file, &tty->write_wait, wait);
	if (available(tty) >= enough)
		mask |= EPOLLIN | EPOLLRDNORM;
	if (tty_hung_up_p(file))
		mask |= EPOLLHUP;
	if (tty_chars_in_buffer(tty) < WAKEUP_CHARS && tty_write_room(tty))
		mask |= EPOLLOUT | EPOLLWRNORM;
	return mask;
}

static int n_tty_ioctl(struct tty_struct *tty, struct file *file, unsigned int cmd,
		       unsigned long arg)
{
	switch (cmd) {
	case TIOCOUTQ:
		return put_user(tty_chars_in_buffer(tty), (int __user *)arg);
	case TIOCINQ:
		return put_user(available(tty), (int __user *)arg);
	}
	return -ENOIOCTLCMD;
}

static void n_tty_flush_buffer(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned long irq;

	spin_lock_irqsave(&ld->lock, irq);
	ld->read_tail = ld->canon_head = ld->read_head;
	spin_unlock_irqrestore(&ld->lock, irq);
}

/*
 * Leaving canonical mode makes the unfinished line readable; entering it makes
 * all that is there one line, which a reader gets without its end.
 * Context: termios_rwsem held for writing, so nobody reads or receives.
 */
static void n_tty_set_termios(struct tty_struct *tty, struct ktermios *old)
{
	struct n_tty_data *ld = n_tty(tty);
	unsigned long irq;

	if (!((old->c_lflag ^ tty->termios.c_lflag) & ICANON))
		return;
	spin_lock_irqsave(&ld->lock, irq);
	bitmap_zero(ld->line_ends, N_TTY_BUF_SIZE);
	ld->canon_head = ld->read_head;
	if (L_ICANON(tty) && ld->read_head != ld->read_tail)
		set_bit((ld->read_head - 1) & N_TTY_MASK, ld->line_ends);
	spin_unlock_irqrestore(&ld->lock, irq);
	ld->lnext = false;
	wake_up_interruptible(&tty->read_wait);
}

/* Context: any.  The driver has room: writers go on, and so do echoes left behind. */
static void n_tty_write_wakeup(struct tty_struct *tty)
{
	struct n_tty_data *ld = n_tty(tty);

	if (ld && READ_ONCE(ld->echo_head) != READ_ONCE(ld->echo_tail))
		tty_flip_buffer_push(tty->port);
	kill_fasync(&tty->fasync, SIGIO, POLL_OUT);
}

static int n_tty_open(struct tty_struct *tty)
{
	struct n_tty_data *ld = vzalloc(sizeof(*ld));

	if (!ld)
		return -ENOMEM;
	spin_lock_init(&ld->lock);
	mutex_init(&ld->read_mutex);
	mutex_init(&ld->output_lock);
	tty->disc_data = ld;
	return 0;
}

static void n_tty_close(struct tty_struct *tty)
{
	void *ld = tty->disc_data;

	tty->disc_data = NULL;
	vfree(ld);
}

const struct tty_ldisc_ops n_tty_ops = {
	.name		= "n_tty",
	.num		= N_TTY,
	.open		= n_tty_open,
	.close		= n_tty_close,
	.flush_buffer	= n_tty_flush_buffer,
	.read		= n_tty_read,
	.write		= n_tty_write,
	.ioctl		= n_tty_ioctl,
	.set_termios	= n_tty_set_termios,
	.poll		= n_tty_poll,
	.receive_room	= n_tty_receive_room,
	.receive_buf	= n_tty_receive_buf,
	.write_wakeup	= n_tty_write_wakeup,
};
