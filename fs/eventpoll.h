/*
 * epoll's structures, which its two files share: eventpoll.c wakes and tells,
 * eventpoll_ctl.c makes epolls and their items.
 */
#ifndef FS_EVENTPOLL_H
#define FS_EVENTPOLL_H

#include <linux/rbtree.h>
#include "internal.h"

/* How to tell, as against what. */
#define EP_PRIVATE_BITS	(EPOLLWAKEUP | EPOLLONESHOT | EPOLLET | EPOLLEXCLUSIVE)

/* [m] mtx   [l] lock   [e] ep_mutex */
struct eventpoll {
	struct mutex mtx;		/* this is m */
	spinlock_t lock;		/* this is l, irq-safe */
	struct rb_root items;		/* [m] by file and descriptor */
	struct list_head ready;		/* [l] items that may have something to tell */
	wait_queue_head_t wq;		/* epoll_wait() sleeps here */
	wait_queue_head_t poll_wait;	/* select(), poll() and other epolls stand here */
	struct file *file;		/* constant */
	int nests;			/* poll_wait.lock: depth of the wake-up that passes, for the lock checker */
	unsigned long walk;		/* [e] the walk that saw it last, */
	int levels;			/* [e] and what it found */
};

/* An item's place on one queue. */
struct ep_queue {
	struct wait_queue_entry wait;
	wait_queue_head_t *head;	/* NULL: not on one */
	struct epitem *item;
	struct ep_queue *next;
};

/* One descriptor that is watched. */
struct epitem {
	struct rb_node node;		/* [m] in ep->items */
	struct list_head ready;		/* [l] on ep->ready, or on ep_deliver()'s batch */
	struct list_head file_link;	/* [e] on file->f_ep_links */
	struct eventpoll *ep;		/* constant */
	struct file *file;		/* constant; not a reference: its last fput() comes here */
	int fd;				/* constant */
	struct epoll_event event;	/* [l] */
	struct ep_queue queue;		/* constant once added; most poll methods name one queue */
};

extern const struct file_operations eventpoll_fops;

static inline bool is_epoll(const struct file *file)
{
	return file->f_op == &eventpoll_fops;
}

/* eventpoll.c */
int ep_callback(struct wait_queue_entry *wait, unsigned int mode, int sync, void *key);
__poll_t ep_item_poll(struct epitem *item, poll_table *wait, int depth);
void ep_note_found(struct eventpoll *ep, struct epitem *item, __poll_t found);
__poll_t ep_poll(struct file *file, poll_table *wait);

#endif
