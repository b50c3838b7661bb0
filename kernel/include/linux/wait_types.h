#ifndef _LINUX_WAIT_TYPES_H
#define _LINUX_WAIT_TYPES_H

#include <linux/list.h>
#include <linux/spinlock.h>

struct wait_queue_entry;
struct task_struct;

/* Called for each sleeper: > 0 it was woken, 0 it was not, < 0 look no further. */
typedef int (*wait_queue_func_t)(struct wait_queue_entry *entry, unsigned int mode, int flags,
				 void *key);

/* One who sleeps, usually on his own stack.  [lock] of the head it is on */
struct wait_queue_entry {
	unsigned int flags;		/* [lock] WQ_FLAG_* */
	void *private;			/* constant: usually the task */
	wait_queue_func_t func;		/* constant */
	struct list_head entry;		/* [lock] */
};

/* A place to sleep: see <linux/wait.h>. */
struct wait_queue_head {
	spinlock_t lock;		/* irq-safe */
	struct list_head head;		/* [lock] struct wait_queue_entry */
};

/* The locks of all queues that one line initialises are of one class, named @text. */
#define __init_waitqueue_head(wq, text)						\
	do {									\
		(wq)->lock.locked = 0;						\
		lockdep_init_site(&(wq)->lock.dep_map, text);			\
		INIT_LIST_HEAD(&(wq)->head);					\
	} while (0)

typedef struct wait_queue_entry wait_queue_entry_t;
typedef struct wait_queue_head wait_queue_head_t;

#endif
