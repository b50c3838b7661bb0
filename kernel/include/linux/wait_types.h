#ifndef _LINUX_WAIT_TYPES_H
#define _LINUX_WAIT_TYPES_H

#include <linux/list.h>
#include <linux/spinlock.h>

/* A place to sleep: see <linux/wait.h>. */
struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;		/* [lock] struct wait_queue_entry */
};

typedef struct wait_queue_head wait_queue_head_t;

#endif
