/*
 * epoll: waiting for many descriptors without naming them at each call.
 *
 * epoll_ctl() makes an item of a (file, descriptor) pair: once and for all the
 * file's poll method puts it on the queues where changes are announced.  A
 * wake-up there puts the item on the ready list; epoll_wait() asks the poll
 * methods of the ready items only.  So descriptors at rest cost nothing.
 *
 *	driver: wake_up() -> ep_callback()	ready list, wake epoll_wait()
 *	epoll_wait() -> ep_deliver()		is it still so? tell the program
 *
 * Level-triggered items go back on the ready list after they were told, and
 * leave it when their poll method says no; edge-triggered ones (EPOLLET) leave
 * at once and come back with the next wake-up.
 *
 * An epoll file can be watched by another one: a change below passes upwards
 * through ep->poll_wait.  Circles and high towers are ELOOP.
 *
 * Locks, outermost first: ep_mutex (which items there are, anywhere), ep->mtx
 * (one epoll's items; an outer epoll's before an inner's), the driver's queue,
 * ep->lock.  Context: process, but ep_callback() in any.
 */
#include <linux/hrtimer.h>
#include <linux/sched/signal.h>
#include "eventpoll.h"

#define EP_MAX_EVENTS	(INT_MAX / sizeof(struct epoll_event))

/* ------------------------------------------------------------------ waking */

/* Somebody watches this epoll file: tell them.  item: what has become ready. */
static void wake_watchers(struct eventpoll *ep, struct epitem *item)
{
	struct eventpoll *inner = is_epoll(item->file) ? item->file->private_data : NULL;
	int nests = inner ? READ_ONCE(inner->nests) + 1 : 0;
	unsigned long flags;

	spin_lock_irqsave_nested(&ep->poll_wait.lock, flags, nests);
	ep->nests = nests;
	wake_up_locked_poll(&ep->poll_wait, EPOLLIN);
	ep->nests = 0;
	spin_unlock_irqrestore(&ep->poll_wait.lock, flags);
}

/*
 * Puts item on the ready list and wakes one sleeper.  Was there one?  ep->lock is held.
 *
 *	ep_wait(), without the lock		here
 *	on ep->wq				on the ready list
 *	ready list empty?			wq_has_sleeper()?
 *
 * Both look after they have written, with a barrier between: one of them sees the other.
 */
static bool make_ready(struct eventpoll *ep, struct epitem *item)
{
	bool sleeper;

	lockdep_assert_held(&ep->lock);
	if (list_empty(&item->ready))
		list_add_tail(&item->ready, &ep->ready);
	sleeper = wq_has_sleeper(&ep->wq);
	if (sleeper)
		wake_up(&ep->wq);
	return sleeper;
}

/* The wake function of an item: any context, the queue's lock is held. */
int ep_callback(struct wait_queue_entry *wait, unsigned int mode, int sync, void *key)
{
	struct epitem *item = container_of(wait, struct ep_queue, wait)->item;
	struct eventpoll *ep = item->ep;
	__poll_t happened = key_to_poll(key);
	bool wanted, woken = false, exclusive;
	unsigned long flags;

	spin_lock_irqsave(&ep->lock, flags);
	wanted = item->event.events & ~EP_PRIVATE_BITS &&
		 (!happened || happened & item->event.events);
	exclusive = item->event.events & EPOLLEXCLUSIVE;
	if (wanted)
		woken = make_ready(ep, item);
	spin_unlock_irqrestore(&ep->lock, flags);
	if (wanted && waitqueue_active(&ep->poll_wait))
		wake_watchers(ep, item);
	/* an exclusive wake-up is used up only by an epoll in which somebody sleeps */
	return woken || !exclusive;
}

/* found: what the poll method of a new or changed item said. */
void ep_note_found(struct eventpoll *ep, struct epitem *item, __poll_t found)
{
	if (!found)
		return;
	spin_lock_irq(&ep->lock);
	make_ready(ep, item);
	spin_unlock_irq(&ep->lock);
	if (waitqueue_active(&ep->poll_wait))
		wake_watchers(ep, item);
}

/* ------------------------------------------------------------------ asking */

static bool any_ready(struct eventpoll *ep, int depth);

/* What is so now, of what was asked for.  depth: epolls above, whose mtx are held. */
__poll_t ep_item_poll(struct epitem *item, poll_table *wait, int depth)
{
	__poll_t wanted = item->event.events;
	struct eventpoll *inner;

	wait->_key = wanted;
	if (likely(!is_epoll(item->file)))
		return vfs_poll(item->file, wait) & wanted;
	inner = item->file->private_data;
	poll_wait(item->file, &inner->poll_wait, wait);
	return any_ready(inner, depth) ? wanted & (EPOLLIN | EPOLLRDNORM) : 0;
}

/* The next item of list, off it; NULL. */
static struct epitem *take_first(struct eventpoll *ep, struct list_head *list)
{
	struct epitem *item;

	spin_lock_irq(&ep->lock);
	item = list_first_entry_or_null(list, struct epitem, ready);
	if (item)
		list_del_init(&item->ready);
	spin_unlock_irq(&ep->lock);
	return item;
}

/* Back at the end of the ready list (front: at its beginning), if no wake-up has put it there. */
static void put_back(struct eventpoll *ep, struct epitem *item, bool front)
{
	spin_lock_irq(&ep->lock);
	if (list_empty(&item->ready))
		list_add(&item->ready, front ? &ep->ready : ep->ready.prev);
	spin_unlock_irq(&ep->lock);
}

/* Has an item something to tell?  Those that have not any more leave the list. */
static bool any_ready(struct eventpoll *ep, int depth)
{
	poll_table no_wait = { ._qproc = NULL };
	struct epitem *item;

	mutex_lock_nested(&ep->mtx, depth);
	while ((item = take_first(ep, &ep->ready))) {
		if (ep_item_poll(item, &no_wait, depth + 1)) {
			put_back(ep, item, true);
			break;
		}
	}
	mutex_unlock(&ep->mtx);
	return item;
}

__poll_t ep_poll(struct file *file, poll_table *wait)
{
	struct eventpoll *ep = file->private_data;

	poll_wait(file, &ep->poll_wait, wait);
	return any_ready(ep, 0) ? EPOLLIN | EPOLLRDNORM : 0;
}

/* Tells of one item; 1: told, 0: it has nothing to tell, or -EFAULT. */
static int deliver_item(struct eventpoll *ep, struct epitem *item,
			struct epoll_event __user *to)
{
	poll_table no_wait = { ._qproc = NULL };
	__poll_t found = ep_item_poll(item, &no_wait, 1);

	if (!found)
		return 0;
	if (__put_user((__force __u32)found, (__u32 __user *)&to->events) ||
	    __put_user(item->event.data, &to->data)) {
		put_back(ep, item, true);
		return -EFAULT;
	}
	/* LAB 07.3 { told */
	if (item->event.events & EPOLLONESHOT) {
		spin_lock_irq(&ep->lock);
		item->event.events &= EP_PRIVATE_BITS;
		spin_unlock_irq(&ep->lock);
	} else if (!(item->event.events & EPOLLET)) {
		put_back(ep, item, false);
	}
	/* } LAB */
	return 1;
}

/*
 * Tells of up to max items.  The batch is what is ready now: an item that goes
 * back is not told twice.  One on the batch is on a list, so that a wake-up
 * leaves it there: it will be asked anyway.
 */
static int ep_deliver(struct eventpoll *ep, struct epoll_event __user *events, int max)
{
	struct epitem *item;
	LIST_HEAD(batch);
	int told = 0, ret;

	mutex_lock(&ep->mtx);
	spin_lock_irq(&ep->lock);
	list_splice_init(&ep->ready, &batch);
	spin_unlock_irq(&ep->lock);
	while (told < max && (item = take_first(ep, &batch))) {
		ret = deliver_item(ep, item, events + told);
		if (ret < 0) {
			told = told ?: ret;
			break;
		}
		told += ret;
	}
	spin_lock_irq(&ep->lock);
	list_splice(&batch, &ep->ready);
	if (!list_empty(&ep->ready) && wq_has_sleeper(&ep->wq))
		wake_up(&ep->wq);	/* there is something for the next sleeper, too */
	spin_unlock_irq(&ep->lock);
	mutex_unlock(&ep->mtx);
	return told;
}

/* How many were told; 0: the time is up; -EINTR, -EFAULT.  expires NULL: never. */
static int ep_wait(struct eventpoll *ep, struct epoll_event __user *events, int max,
		   ktime_t *expires, bool no_wait)
{
	DEFINE_WAIT(wait);
	int told;

	for (;;) {
		/* Locked: another may have taken the list off just now, and will put back what stays ready. */
		if (!list_empty_careful(&ep->ready) || (no_wait && mutex_is_locked(&ep->mtx))) {
			told = ep_deliver(ep, events, max);
			if (told)
				return told;
		}
		if (no_wait)
			return 0;
		if (signal_pending(current))
			return -EINTR;
		/* exclusive: one event wakes one of many */
		prepare_to_wait_exclusive(&ep->wq, &wait, TASK_INTERRUPTIBLE);
		if (list_empty_careful(&ep->ready) && !signal_pending(current) &&
		    !schedule_hrtimeout_range(expires, 0, HRTIMER_MODE_ABS))
			no_wait = true;		/* time is up: one last look */
		finish_wait(&ep->wq, &wait);
	}
}

int do_epoll_wait(int epfd, struct epoll_event __user *events, int max, ktime_t *expires,
		  bool no_wait)
{
	struct fd f;
	int ret = -EINVAL;

	if (max <= 0 || max > EP_MAX_EVENTS)
		return -EINVAL;
	if (!access_ok(events, max * sizeof(*events)))
		return -EFAULT;
	f = fdget(epfd);
	if (!f.file)
		return -EBADF;
	if (is_epoll(f.file))
		ret = ep_wait(f.file->private_data, events, max, expires, no_wait);
	fdput(f);
	return ret;
}
