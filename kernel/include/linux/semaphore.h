/*
 * <linux/semaphore.h> - a count of things to be had; who finds none sleeps.
 *
 * up() may be called from any context and by any task.  It hands the unit to
 * the first sleeper, so that nobody who comes later can take it.
 */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/compiler.h>

struct semaphore {
	spinlock_t lock;		/* this is l, irq-safe */
	unsigned int count;		/* [l] */
	struct list_head wait_list;	/* [l] struct semaphore_waiter */
};

#define __SEMAPHORE_INITIALIZER(name, n) \
	{ __SPIN_LOCK_UNLOCKED((name).lock), (n), LIST_HEAD_INIT((name).wait_list) }
#define DEFINE_SEMAPHORE(name)	struct semaphore name = __SEMAPHORE_INITIALIZER(name, 1)

static inline void sema_init(struct semaphore *sem, int val)
{
	*sem = (struct semaphore)__SEMAPHORE_INITIALIZER(*sem, val);
	lockdep_init_site(&sem->lock.dep_map, "&sem->lock");
}

extern void down(struct semaphore *sem);
extern int __must_check down_interruptible(struct semaphore *sem);
extern int __must_check down_killable(struct semaphore *sem);
/* 0 when it got one, 1 when not: the other way round than the mutex's. */
extern int __must_check down_trylock(struct semaphore *sem);
/* 0, or -ETIME after @jiffies. */
extern int __must_check down_timeout(struct semaphore *sem, long jiffies);
extern void up(struct semaphore *sem);

#endif
