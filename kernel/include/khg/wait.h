/*
 * <khg/wait.h> - sleeping and waking as in 1996.
 *
 *	static struct wait_queue *foo_wait = NULL;
 *
 *	sleeper: interruptible_sleep_on(&foo_wait);	waker: wake_up_interruptible(&foo_wait);
 *
 * A queue is a pointer to any one of its sleepers, who form a ring; NULL: nobody.
 * wake_up() wakes all of them, and they contend: each must look again whether
 * there is something for it. Devices that may keep one waiting for ever are slept on
 * interruptibly.
 *
 * The mistake all make: sleep_on() tests nothing, so between the caller's own
 * test and the sleep a wake-up can come and be lost.
 *
 *	sleeper                                 interrupt
 *	if (!foo_ready)         it is not
 *	                                        foo_ready = 1;
 *	                                        wake_up(&foo_wait);   nobody is there
 *	        sleep_on(&foo_wait);            sleeps, though it is ready
 *
 * In 1996 the way out was cli() before the test: sleep_on() is on the queue
 * before it lets interrupts in. wait_event() made that an old story.
 *
 *	save_flags(flags); cli();
 *	while (!foo_ready)
 *	        interruptible_sleep_on(&foo_wait);
 *	restore_flags(flags);
 */
#ifndef _KHG_WAIT_H
#define _KHG_WAIT_H

#include <khg/base.h>

struct wait_queue {
	struct task_struct *task;	/* [I] */
	struct wait_queue *next;	/* [w] the ring's lock, irq-safe */
};

#undef wake_up
#undef wake_up_interruptible
#define wake_up			khg_wake_up
#define wake_up_interruptible	khg_wake_up_interruptible
#define add_wait_queue		khg_add_wait_queue
#define remove_wait_queue	khg_remove_wait_queue
#define schedule		khg_schedule

/* task[0] is the idle task: the one that must never sleep. */
extern struct task_struct *const task[1];

/* Context: any. */
void add_wait_queue(struct wait_queue **q, struct wait_queue *wait);
void remove_wait_queue(struct wait_queue **q, struct wait_queue *wait);
void wake_up(struct wait_queue **q);
void wake_up_interruptible(struct wait_queue **q);

/* Context: process. What cli() keeps away may come while they sleep. */
void __sleep_on(struct wait_queue **q, int state);
void sleep_on(struct wait_queue **q);
void interruptible_sleep_on(struct wait_queue **q);
#define sleep_on_interruptible	interruptible_sleep_on
/* As schedule() was: it returns with interrupts on. */
void schedule(void);

#endif
