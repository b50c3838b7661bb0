/*
 * <linux/mutex.h> - one holder at a time, and who waits sleeps.
 *
 * owner is the holding task, with MUTEX_WAITERS in its lowest bit once somebody
 * sleeps for it.  An unlock that finds the bit hands the mutex to the first
 * sleeper instead of freeing it: first come, first served.
 *
 * Only the task that locked it may unlock it; not recursive; not from interrupts.
 */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/compiler.h>

struct mutex {
	unsigned long owner;		/* [atomic] task | MUTEX_WAITERS; 0: free */
	spinlock_t wait_lock;		/* this is l */
	struct list_head wait_list;	/* [l] struct mutex_waiter, first come first */
};

#define MUTEX_WAITERS	1ul

#define __MUTEX_INITIALIZER(name) \
	{ 0, __SPIN_LOCK_UNLOCKED((name).wait_lock), LIST_HEAD_INIT((name).wait_list) }
#define DEFINE_MUTEX(name)	struct mutex name = __MUTEX_INITIALIZER(name)

static inline void mutex_init(struct mutex *lock)
{
	lock->owner = 0;
	spin_lock_init(&lock->wait_lock);
	INIT_LIST_HEAD(&lock->wait_list);
}

extern void mutex_destroy(struct mutex *lock);
extern void mutex_lock(struct mutex *lock);
extern int __must_check mutex_lock_interruptible(struct mutex *lock);
extern int __must_check mutex_lock_killable(struct mutex *lock);
extern int mutex_trylock(struct mutex *lock);
extern void mutex_unlock(struct mutex *lock);

static inline bool mutex_is_locked(struct mutex *lock)
{
	return READ_ONCE(lock->owner) != 0;
}

#define mutex_lock_nested(lock, subclass)		mutex_lock(lock)
#define mutex_lock_interruptible_nested(lock, subclass)	mutex_lock_interruptible(lock)

#endif
