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
	struct lockdep_map dep_map;
};

#define MUTEX_WAITERS	1ul

#define __MUTEX_INITIALIZER(name) \
	{ 0, __SPIN_LOCK_UNLOCKED((name).wait_lock), LIST_HEAD_INIT((name).wait_list), \
	  DEP_MAP_INIT(name) }
#define DEFINE_MUTEX(name)	struct mutex name = __MUTEX_INITIALIZER(name)

static inline void __mutex_init(struct mutex *lock)
{
	lock->owner = 0;
	lock->wait_lock.locked = 0;
	INIT_LIST_HEAD(&lock->wait_list);
}

#define mutex_init(lock) \
	do { __mutex_init(lock); lockdep_init_site(&(lock)->dep_map, #lock); } while (0)

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

/* Several of one class at once, in an order that the subclass stands for. */
#if DEBUG_BUILD
extern void mutex_lock_nested(struct mutex *lock, unsigned int subclass);
extern int __must_check mutex_lock_interruptible_nested(struct mutex *lock, unsigned int subclass);
#else
#define mutex_lock_nested(lock, subclass)		mutex_lock(lock)
#define mutex_lock_interruptible_nested(lock, subclass)	mutex_lock_interruptible(lock)
#endif

#endif
