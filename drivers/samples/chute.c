/*
 * /dev/chute: bytes fall in at one end and come out at the other, in order; who comes
 * too early waits.
 *
 *	read	sleeps while it is empty, then takes what is there
 *	write	sleeps while it is full, then fills what is free
 *	timer	a byte that falls in by itself, as from an interrupt: CHUTE_LATER
 *
 * The sleepers stand in lines of this file's own, so that all of sleeping and waking can
 * be read here; a driver takes a wait_queue_head_t, whose rules are the same:
 *
 *	sleeper				waker
 *	into the line, state set	the state of things changes
 *	looks				looks for sleepers, makes them runnable
 *	sleeps if it is not so yet
 *
 * Whichever way these interleave, the sleeper looks after it stands in the line, so it sees the change
 * or the waker sees it.  chute_wait_lossy() looks first, and shows what that loses.
 *
 * Locks: a line's lock guards the line; chute_lock the bytes; reading lets one reader at a
 * time copy.  The timer runs in a softirq: the spinlocks keep softirqs away.
 */
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include "chute.h"

static char *name = "chute";
module_param(name, charp, 0444);
MODULE_PARM_DESC(name, "what the node in /dev is called");

#define PIECE	16u			/* bytes that are copied at a time */

struct line {
	spinlock_t lock;		/* this is l */
	struct list_head sleepers;	/* [l] struct sleeper */
};

/* One who sleeps: it lies on its own stack, so it must have left the line before its function returns. */
struct sleeper {
	struct list_head link;		/* [l] in the line, or empty */
	struct task_struct *task;
};

#define LINE(name)	{ __SPIN_LOCK_UNLOCKED(name.lock), LIST_HEAD_INIT(name.sleepers) }
#define SLEEPER(name)	struct sleeper name = { LIST_HEAD_INIT(name.link), current }

static struct line readers = LINE(readers), writers = LINE(writers);
static DEFINE_MUTEX(reading);
static DEFINE_SPINLOCK(chute_lock);
static char bytes[CHUTE_BYTES];			/* chute_lock */
static unsigned int first, used;		/* chute_lock; a look at one of them needs none */
static unsigned int gap;			/* milliseconds: CHUTE_GAP */
static char later;				/* the byte of the timer */

static bool something(void)
{
	return READ_ONCE(used) > 0;
}

static bool room(void)
{
	return READ_ONCE(used) < CHUTE_BYTES;
}

/* ------------------------------------------------------------------ a line of sleepers */

/* Into the line (once), and the state set, in one step for who wakes. */
static void line_enter(struct line *line, struct sleeper *me)
{
	/* LAB 05.1 { enter */
	spin_lock_bh(&line->lock);
	if (list_empty(&me->link))
		list_add_tail(&me->link, &line->sleepers);
	set_current_state(TASK_INTERRUPTIBLE);
	spin_unlock_bh(&line->lock);
	/* } LAB */
}

/* Out of the line, if a waker has not taken it out, and running. */
static void line_leave(struct line *line, struct sleeper *me)
{
	/* LAB 05.1 { leave */
	spin_lock_bh(&line->lock);
	list_del_init(&me->link);
	spin_unlock_bh(&line->lock);
	__set_current_state(TASK_RUNNING);
	/* } LAB */
}

/* All are made runnable; each then looks for itself. */
static void line_wake(struct line *line)
{
	/* LAB 05.1 { wake */
	struct sleeper *sleeper;

	spin_lock_bh(&line->lock);
	list_for_each_entry(sleeper, &line->sleepers, link)
		wake_up_process(sleeper->task);
	spin_unlock_bh(&line->lock);
	/* } LAB */
}

/* What a slow machine, or an interrupt at the wrong moment, does between a look and a sleep. */
static void mind_the_gap(void)
{
	mdelay(READ_ONCE(gap));
}

/* Waits until something is in it; wrongly: it looks, and only then stands in the line. */
static int chute_wait_lossy(void)
{
	/* LAB 05.1 { lossy */
	SLEEPER(me);

	if (!something()) {
		mind_the_gap();
		line_enter(&readers, &me);
		schedule();
		line_leave(&readers, &me);
	}
	return signal_pending(current) ? -ERESTARTSYS : 0;
	/* } LAB */
}

/* Waits in @line until @ready() is true. -EAGAIN instead of sleeping if @nonblock, -ERESTARTSYS by a signal. */
static int chute_wait(struct line *line, bool (*ready)(void), bool nonblock)
{
	/* LAB 05.2 { wait */
	SLEEPER(me);
	int err = 0;

	if (ready())
		return 0;
	if (nonblock)
		return -EAGAIN;
	for (;;) {
		line_enter(line, &me);
		if (ready())
			break;
		err = signal_pending(current) ? -ERESTARTSYS : 0;
		if (err)
			break;
		mind_the_gap();
		schedule();
	}
	line_leave(line, &me);
	return err;
	/* } LAB */
}

/* ------------------------------------------------------------------ bytes */

/* @count bytes, or as many as there is room for, from the kernel's memory. How many. */
static unsigned int put(const char *from, unsigned int count)
{
	unsigned int n;

	spin_lock_bh(&chute_lock);
	count = min_t(unsigned int, count, CHUTE_BYTES - used);
	for (n = 0; n < count; n++)
		bytes[(first + used++) % CHUTE_BYTES] = from[n];
	spin_unlock_bh(&chute_lock);
	return n;
}

/* Copies the oldest bytes and leaves them there. How many. */
static unsigned int peek(char *to, unsigned int count)
{
	unsigned int n;

	spin_lock_bh(&chute_lock);
	count = min(count, used);
	for (n = 0; n < count; n++)
		to[n] = bytes[(first + n) % CHUTE_BYTES];
	spin_unlock_bh(&chute_lock);
	return n;
}

static void forget(unsigned int count)
{
	spin_lock_bh(&chute_lock);
	first = (first + count) % CHUTE_BYTES;
	used -= count;
	spin_unlock_bh(&chute_lock);
}

static void timer_fires(struct timer_list *timer)
{
	/* LAB 05.1 { timer */
	if (put(&later, 1))
		line_wake(&readers);
	/* } LAB */
}
static DEFINE_TIMER(timer, timer_fires);

static ssize_t chute_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	/* LAB 05.2 { read */
	char piece[PIECE];
	unsigned int n;
	int err;

	do {
		err = chute_wait(&readers, something, file->f_flags & O_NONBLOCK);
		if (err)
			return err;
		if (mutex_lock_interruptible(&reading))
			return -ERESTARTSYS;
		n = peek(piece, min_t(size_t, count, PIECE));
		if (n && copy_to_user(buf, piece, n))
			err = -EFAULT;
		else
			forget(n);
		mutex_unlock(&reading);
	} while (!n && count);		/* another reader was faster */
	line_wake(&writers);
	return err ?: n;
	/* } LAB */
}

static ssize_t chute_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	/* LAB 05.3 { write */
	char piece[PIECE];
	size_t done = 0, n;
	int err = 0;

	while (done < count) {
		n = min_t(size_t, count - done, PIECE);
		if (copy_from_user(piece, buf + done, n)) {
			err = -EFAULT;
			break;
		}
		err = chute_wait(&writers, room, file->f_flags & O_NONBLOCK);
		if (err)
			break;
		done += put(piece, n);
		line_wake(&readers);
	}
	return done ?: err;
	/* } LAB */
}

static long chute_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case CHUTE_WAIT_LOSSY:
		return chute_wait_lossy();
	case CHUTE_LATER:
		later = arg;
		mod_timer(&timer, jiffies + msecs_to_jiffies(arg >> 8));
		return 0;
	case CHUTE_GAP:
		WRITE_ONCE(gap, min(arg, 1000ul));
		return 0;
	case CHUTE_USED:
		return READ_ONCE(used);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations chute_fops = {
	.owner = THIS_MODULE,
	.read = chute_read,
	.write = chute_write,
	.unlocked_ioctl = chute_ioctl,
};

static struct miscdevice chute_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.fops = &chute_fops,
};

static int __init chute_init(void)
{
	chute_misc.name = name;
	return misc_register(&chute_misc);
}

static void __exit chute_exit(void)
{
	misc_deregister(&chute_misc);
	del_timer_sync(&timer);
}

module_init(chute_init);
module_exit(chute_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("bytes in, bytes out, and sleep between them");
