/*
 * <linux/rwsem.h> - many readers or one writer, and who waits sleeps.
 *
 * count is the number of readers, or -1 while a writer holds it.  Waiters
 * queue in order, so that a stream of readers cannot starve a writer.
 * Context: process; may sleep (the trylock and unlock forms do not).
 */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/list.h>
#include <linux/spinlock.h>

struct rw_semaphore {
	int count;			/* [l] readers, or -1: a writer */
	spinlock_t wait_lock;		/* this is l */
	struct list_head wait_list;	/* [l] struct rwsem_waiter, first come first served */
	struct lockdep_map dep_map;
};

#define __RWSEM_INITIALIZER(name) \
	{ 0, __SPIN_LOCK_UNLOCKED((name).wait_lock), LIST_HEAD_INIT((name).wait_list), \
	  DEP_MAP_INIT(name) }
#define DECLARE_RWSEM(name)	struct rw_semaphore name = __RWSEM_INITIALIZER(name)

extern void __init_rwsem(struct rw_semaphore *sem);
#define init_rwsem(sem) \
	do { __init_rwsem(sem); lockdep_init_site(&(sem)->dep_map, #sem); } while (0)
extern void down_read(struct rw_semaphore *sem);
extern int __must_check down_read_killable(struct rw_semaphore *sem);
extern int down_read_trylock(struct rw_semaphore *sem);
extern void up_read(struct rw_semaphore *sem);
extern void down_write(struct rw_semaphore *sem);
extern int __must_check down_write_killable(struct rw_semaphore *sem);
extern int down_write_trylock(struct rw_semaphore *sem);
extern void up_write(struct rw_semaphore *sem);
extern void downgrade_write(struct rw_semaphore *sem);

/* Several of one class at once, in an order that the subclass stands for. */
#if DEBUG_BUILD
extern void down_read_nested(struct rw_semaphore *sem, int subclass);
extern void down_write_nested(struct rw_semaphore *sem, int subclass);
#else
#define down_read_nested(sem, subclass)		down_read(sem)
#define down_write_nested(sem, subclass)	down_write(sem)
#endif

static inline int rwsem_is_locked(struct rw_semaphore *sem)
{
	return READ_ONCE(sem->count) != 0;
}

#endif
