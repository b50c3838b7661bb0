/*
 * <linux/completion.h> - "it is done", said once, heard once.
 *
 * Unlike a wait queue it remembers: complete() before wait_for_completion()
 * is not lost.  complete() touches the completion for the last time under its
 * lock, so the waiter may have it on his stack.
 */
#ifndef _LINUX_COMPLETION_H
#define _LINUX_COMPLETION_H

#include <linux/wait_types.h>
#include <linux/compiler.h>

#define kthread_complete_and_exit(done, code) complete_and_exit(done, code)

struct completion {
	unsigned int done;		/* [wait.lock] how many may pass; UINT_MAX: all */
	struct wait_queue_head wait;
};

#define COMPLETION_INITIALIZER(work) \
	{ 0, { __SPIN_LOCK_UNLOCKED(work), LIST_HEAD_INIT((work).wait.head) } }
#define DECLARE_COMPLETION(work)	struct completion work = COMPLETION_INITIALIZER(work)
#define DECLARE_COMPLETION_ONSTACK(work) \
	struct completion work; init_completion(&work)

#define init_completion(x) \
	do { (x)->done = 0; __init_waitqueue_head(&(x)->wait, #x); } while (0)

static inline void reinit_completion(struct completion *x)
{
	x->done = 0;
}

extern void wait_for_completion(struct completion *x);
extern void wait_for_completion_io(struct completion *x);
extern int __must_check wait_for_completion_interruptible(struct completion *x);
extern int __must_check wait_for_completion_killable(struct completion *x);
/* jiffies left, at least 1; 0: time is up. */
extern unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout);
extern long __must_check wait_for_completion_interruptible_timeout(struct completion *x,
								   unsigned long timeout);
extern long __must_check wait_for_completion_killable_timeout(struct completion *x,
							      unsigned long timeout);
extern bool try_wait_for_completion(struct completion *x);
extern bool completion_done(struct completion *x);

/* Context: any. */
extern void complete(struct completion *x);
extern void complete_all(struct completion *x);

#endif
