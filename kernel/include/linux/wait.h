/*
 * <linux/wait.h> - sleeping until something is so.
 *
 * The sleeper goes on the queue and declares itself asleep BEFORE it tests;
 * the waker makes the condition true BEFORE it looks at the queue:
 *
 *      sleeper                                 waker
 *      prepare_to_wait(): on the queue,
 *              state = TASK_INTERRUPTIBLE
 *      condition? no                           condition = true
 *      schedule()                              wake_up(): finds the sleeper
 *
 * Whatever the interleaving, either the test sees the condition or the waker
 * sees the sleeper and sets its state back to TASK_RUNNING; schedule() then
 * returns at once.  The other order (test, then sleep) loses wake-ups:
 *
 *      condition? no
 *                                              condition = true
 *                                              wake_up(): the queue is empty
 *      schedule()      sleeps for ever
 *
 * Exclusive sleepers stand at the tail; wake_up() wakes all others and one of
 * them.  wait_event…() keep both rules and test in a loop.
 *
 * Context: sleeping is for process context; waking is for any.
 * Not here: the freezable forms.
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/wait_types.h>
#include <linux/sched.h>
#include <linux/errno.h>
#include <uapi/linux/wait.h>

#define WQ_FLAG_EXCLUSIVE	0x01
#define WQ_FLAG_WOKEN		0x02		/* for wait_woken() */
#define WQ_FLAG_BOOKMARK	0x04

extern int default_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags,
				 void *key);
extern int autoremove_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags,
				    void *key);
extern int woken_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags,
			       void *key);

#define __WAITQUEUE_INITIALIZER(name, tsk) \
	{ .private = (tsk), .func = default_wake_function, .entry = { NULL, NULL } }
#define DECLARE_WAITQUEUE(name, tsk) \
	struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, tsk)

#define __WAIT_QUEUE_HEAD_INITIALIZER(name) \
	{ .lock = __SPIN_LOCK_UNLOCKED(name), .head = LIST_HEAD_INIT((name).head) }
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name) \
	struct wait_queue_head name; init_waitqueue_head(&name)

/* An entry that takes itself off the queue when it is woken. */
#define DEFINE_WAIT_FUNC(name, function)			\
	struct wait_queue_entry name = {			\
		.private = current,				\
		.func = (function),				\
		.entry = LIST_HEAD_INIT((name).entry),		\
	}
#define DEFINE_WAIT(name)	DEFINE_WAIT_FUNC(name, autoremove_wake_function)

#define init_waitqueue_head(wq)	__init_waitqueue_head(wq, #wq)

static inline void init_waitqueue_entry(struct wait_queue_entry *entry, struct task_struct *task)
{
	entry->flags = 0;
	entry->private = task;
	entry->func = default_wake_function;
}

static inline void init_waitqueue_func_entry(struct wait_queue_entry *entry, wait_queue_func_t func)
{
	entry->flags = 0;
	entry->private = NULL;
	entry->func = func;
}

extern void init_wait_entry(struct wait_queue_entry *entry, int flags);

/*
 * Is anybody there?  Without the lock only a hint, unless a full barrier stands
 * between making the condition true and this: wq_has_sleeper() has it.
 */
static inline int waitqueue_active(struct wait_queue_head *wq)
{
	return !list_empty(&wq->head);
}

static inline bool wq_has_sleeper(struct wait_queue_head *wq)
{
	smp_mb();
	return waitqueue_active(wq);
}

extern void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry);
extern void add_wait_queue_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *entry);
extern void remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry);

static inline void __add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	list_add(&entry->entry, &wq->head);
}

static inline void __add_wait_queue_entry_tail(struct wait_queue_head *wq,
					       struct wait_queue_entry *entry)
{
	list_add_tail(&entry->entry, &wq->head);
}

static inline void __add_wait_queue_exclusive(struct wait_queue_head *wq,
					      struct wait_queue_entry *entry)
{
	entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue(wq, entry);
}

static inline void __remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	list_del(&entry->entry);
}

extern void prepare_to_wait(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state);
extern void prepare_to_wait_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *entry,
				      int state);
extern long prepare_to_wait_event(struct wait_queue_head *wq, struct wait_queue_entry *entry,
				  int state);
extern void finish_wait(struct wait_queue_head *wq, struct wait_queue_entry *entry);
extern long wait_woken(struct wait_queue_entry *entry, unsigned int mode, long timeout);

/*
 * __wake_up - wake who sleeps on @wq in one of the states @mode: everybody who
 * is not exclusive and @nr exclusive ones (0: all); @key goes to their functions.
 */
extern void __wake_up(struct wait_queue_head *wq, unsigned int mode, int nr, void *key);
extern void __wake_up_locked(struct wait_queue_head *wq, unsigned int mode, int nr);
extern void __wake_up_locked_key(struct wait_queue_head *wq, unsigned int mode, void *key);
extern void __wake_up_sync_key(struct wait_queue_head *wq, unsigned int mode, void *key);

#define wake_up(x)			__wake_up(x, TASK_NORMAL, 1, NULL)
#define wake_up_nr(x, nr)		__wake_up(x, TASK_NORMAL, nr, NULL)
#define wake_up_all(x)			__wake_up(x, TASK_NORMAL, 0, NULL)
#define wake_up_locked(x)		__wake_up_locked(x, TASK_NORMAL, 1)
#define wake_up_all_locked(x)		__wake_up_locked(x, TASK_NORMAL, 0)
#define wake_up_interruptible(x)	__wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_nr(x, nr)	__wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
#define wake_up_interruptible_all(x)	__wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
#define wake_up_sync(x)			__wake_up_sync_key(x, TASK_NORMAL, NULL)
#define wake_up_interruptible_sync(x)	__wake_up_sync_key(x, TASK_INTERRUPTIBLE, NULL)

/* For pollers: @m is the set of EPOLL* bits that became true. */
#define poll_to_key(m)			((void *)(uintptr_t)(__force unsigned)(m))
#define key_to_poll(m)			((__force __poll_t)(uintptr_t)(void *)(m))
#define wake_up_poll(x, m)		__wake_up(x, TASK_NORMAL, 1, poll_to_key(m))
#define wake_up_locked_poll(x, m)	__wake_up_locked_key(x, TASK_NORMAL, poll_to_key(m))
#define wake_up_interruptible_poll(x, m) __wake_up(x, TASK_INTERRUPTIBLE, 1, poll_to_key(m))
#define wake_up_interruptible_sync_poll(x, m) \
	__wake_up_sync_key(x, TASK_INTERRUPTIBLE, poll_to_key(m))

/*
 * The loop below all wait_event…(): sleep in @state until @condition, with @cmd
 * as the way to sleep.  Its value is @ret, or what prepare_to_wait_event() said
 * of a signal.
 */
#define ___wait_event(wq, condition, state, exclusive, ret, cmd)		\
({										\
	struct wait_queue_entry __entry;					\
	long __ret = (ret);							\
										\
	init_wait_entry(&__entry, (exclusive) ? WQ_FLAG_EXCLUSIVE : 0);		\
	for (;;) {								\
		long __signal = prepare_to_wait_event(&(wq), &__entry, state);	\
										\
		if (condition)							\
			break;							\
		if (__signal) {							\
			__ret = __signal;	/* off the queue already */	\
			break;							\
		}								\
		cmd;								\
	}									\
	finish_wait(&(wq), &__entry);						\
	__ret;									\
})

/* With a time left over as value; a condition that came true in time leaves at least 1. */
#define ___wait_cond_timeout(condition)						\
({										\
	bool __cond = (condition);						\
	if (__cond && !__ret)							\
		__ret = 1;							\
	__cond || !__ret;							\
})

#define wait_event(wq, condition)						\
do {										\
	might_sleep();								\
	if (condition)								\
		break;								\
	(void)___wait_event(wq, condition, TASK_UNINTERRUPTIBLE, 0, 0, schedule()); \
} while (0)

#define io_wait_event(wq, condition)						\
do {										\
	might_sleep();								\
	if (condition)								\
		break;								\
	(void)___wait_event(wq, condition, TASK_UNINTERRUPTIBLE, 0, 0, io_schedule()); \
} while (0)

#define __wait_event_state(wq, condition, state, exclusive)			\
({										\
	long __result = 0;							\
	might_sleep();								\
	if (!(condition))							\
		__result = ___wait_event(wq, condition, state, exclusive, 0, schedule()); \
	(int)__result;								\
})

/* 0, or -ERESTARTSYS after a signal (a fatal one, for killable). */
#define wait_event_interruptible(wq, condition) \
	__wait_event_state(wq, condition, TASK_INTERRUPTIBLE, 0)
#define wait_event_interruptible_exclusive(wq, condition) \
	__wait_event_state(wq, condition, TASK_INTERRUPTIBLE, 1)
#define wait_event_killable(wq, condition) \
	__wait_event_state(wq, condition, TASK_KILLABLE, 0)
#define wait_event_killable_exclusive(wq, condition) \
	__wait_event_state(wq, condition, TASK_KILLABLE, 1)

#define __wait_event_timeout_state(wq, condition, state, exclusive, timeout)	\
({										\
	long __ret = (timeout);							\
	might_sleep();								\
	if (!___wait_cond_timeout(condition))					\
		__ret = ___wait_event(wq, ___wait_cond_timeout(condition), state, \
				      exclusive, timeout, __ret = schedule_timeout(__ret)); \
	__ret;									\
})

/* jiffies left (at least 1), 0 after @timeout without @condition; -ERESTARTSYS as above. */
#define wait_event_timeout(wq, condition, timeout) \
	__wait_event_timeout_state(wq, condition, TASK_UNINTERRUPTIBLE, 0, timeout)
#define wait_event_interruptible_timeout(wq, condition, timeout) \
	__wait_event_timeout_state(wq, condition, TASK_INTERRUPTIBLE, 0, timeout)
#define wait_event_interruptible_exclusive_timeout(wq, condition, timeout) \
	__wait_event_timeout_state(wq, condition, TASK_INTERRUPTIBLE, 1, timeout)
#define wait_event_killable_timeout(wq, condition, timeout) \
	__wait_event_timeout_state(wq, condition, TASK_KILLABLE, 0, timeout)

/* For servers that wait for work: they do not count as load, and take no signals. */
#define wait_event_idle(wq, condition) \
	((void)__wait_event_state(wq, condition, TASK_IDLE, 0))
#define wait_event_idle_exclusive(wq, condition) \
	((void)__wait_event_state(wq, condition, TASK_IDLE, 1))
#define wait_event_idle_timeout(wq, condition, timeout) \
	__wait_event_timeout_state(wq, condition, TASK_IDLE, 0, timeout)
#define wait_event_idle_exclusive_timeout(wq, condition, timeout) \
	__wait_event_timeout_state(wq, condition, TASK_IDLE, 1, timeout)

/* @cmd1 before each sleep, @cmd2 after it: to let go of something meanwhile. */
#define __wait_event_cmd(wq, condition, state, exclusive, cmd1, cmd2)		\
({										\
	long __result = 0;							\
	if (!(condition))							\
		__result = ___wait_event(wq, condition, state, exclusive, 0,	\
					 cmd1; schedule(); cmd2);		\
	(int)__result;								\
})

#define wait_event_cmd(wq, condition, cmd1, cmd2) \
	((void)__wait_event_cmd(wq, condition, TASK_UNINTERRUPTIBLE, 0, cmd1, cmd2))
#define wait_event_exclusive_cmd(wq, condition, cmd1, cmd2) \
	((void)__wait_event_cmd(wq, condition, TASK_UNINTERRUPTIBLE, 1, cmd1, cmd2))

/* The condition is read and changed under @lock, which the caller holds and sleeps without. */
#define wait_event_lock_irq(wq, condition, lock) \
	wait_event_lock_irq_cmd(wq, condition, lock, )
#define wait_event_lock_irq_cmd(wq, condition, lock, cmd) \
	wait_event_cmd(wq, condition, spin_unlock_irq(&(lock)); cmd, spin_lock_irq(&(lock)))
#define wait_event_interruptible_lock_irq(wq, condition, lock) \
	wait_event_interruptible_lock_irq_cmd(wq, condition, lock, )
#define wait_event_interruptible_lock_irq_cmd(wq, condition, lock, cmd) \
	__wait_event_cmd(wq, condition, TASK_INTERRUPTIBLE, 0, \
			 spin_unlock_irq(&(lock)); cmd, spin_lock_irq(&(lock)))

#define __wait_event_lock_irq_timeout(wq, condition, lock, timeout, state)	\
({										\
	long __ret = (timeout);							\
	if (!___wait_cond_timeout(condition))					\
		__ret = ___wait_event(wq, ___wait_cond_timeout(condition), state, 0, timeout, \
				      spin_unlock_irq(&(lock));			\
				      __ret = schedule_timeout(__ret);		\
				      spin_lock_irq(&(lock)));			\
	__ret;									\
})
#define wait_event_lock_irq_timeout(wq, condition, lock, timeout) \
	__wait_event_lock_irq_timeout(wq, condition, lock, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_lock_irq_timeout(wq, condition, lock, timeout) \
	__wait_event_lock_irq_timeout(wq, condition, lock, timeout, TASK_INTERRUPTIBLE)

/* @timeout in ns: 0, or -ETIME without @condition, or -ERESTARTSYS. */
#define __wait_event_hrtimeout(wq, condition, timeout, state)			\
({										\
	long __result = 0;							\
	might_sleep();								\
	if (!(condition)) {							\
		s64 __until = wait_until_ns(timeout);				\
		__result = ___wait_event(wq, condition, state, 0, 0,		\
			if (wait_sleep_until(&__until)) {			\
				__ret = (condition) ? 0 : -ETIME;		\
				break;						\
			});							\
	}									\
	(int)__result;								\
})
#define wait_event_hrtimeout(wq, condition, timeout) \
	__wait_event_hrtimeout(wq, condition, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_hrtimeout(wq, condition, timeout) \
	__wait_event_hrtimeout(wq, condition, timeout, TASK_INTERRUPTIBLE)

/* When that is by CLOCK_MONOTONIC; sleeps until then.  Is it then? */
extern s64 wait_until_ns(s64 timeout);
extern bool wait_sleep_until(s64 *until);

/*
 * For a caller that holds wq.lock (as spin_lock(), or _irq), who sleeps without it; wakers
 * use wake_up_locked().
 */
#define __wait_event_interruptible_locked(wq, condition, exclusive, unlock, relock) \
({										\
	DEFINE_WAIT(__wait);							\
	int __result = 0;							\
	while (!(condition)) {							\
		if (list_empty(&__wait.entry))					\
			list_add_tail(&__wait.entry, &(wq).head);		\
		if (exclusive)							\
			__wait.flags |= WQ_FLAG_EXCLUSIVE;			\
		set_current_state(TASK_INTERRUPTIBLE);				\
		if (signal_pending_state(TASK_INTERRUPTIBLE, current)) {	\
			__result = -ERESTARTSYS;				\
			break;							\
		}								\
		unlock(&(wq).lock);						\
		schedule();							\
		relock(&(wq).lock);						\
	}									\
	list_del_init(&__wait.entry);						\
	__set_current_state(TASK_RUNNING);					\
	__result;								\
})
#define wait_event_interruptible_locked(wq, condition) \
	__wait_event_interruptible_locked(wq, condition, 0, spin_unlock, spin_lock)
#define wait_event_interruptible_locked_irq(wq, condition) \
	__wait_event_interruptible_locked(wq, condition, 0, spin_unlock_irq, spin_lock_irq)
#define wait_event_interruptible_exclusive_locked(wq, condition) \
	__wait_event_interruptible_locked(wq, condition, 1, spin_unlock, spin_lock)
#define wait_event_interruptible_exclusive_locked_irq(wq, condition) \
	__wait_event_interruptible_locked(wq, condition, 1, spin_unlock_irq, spin_lock_irq)

#include <linux/wait_bit.h>

#endif
