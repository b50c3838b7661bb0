/*
 * Mutexes: see <linux/mutex.h>.
 *
 * The word owner tells everything.  Free and taken without sleepers, it changes
 * by one compare-and-exchange.  Who finds it taken sets MUTEX_WAITERS under
 * wait_lock; from then on the owner cannot give it up without that lock, and
 * hands it to the first sleeper:
 *
 *      owner                                   comer
 *                                              cmpxchg(0 → me): taken
 *                                              lock wait_lock
 *      unlock: cmpxchg(me → 0) succeeds        cmpxchg(owner → owner|WAITERS): fails, again:
 *                                              cmpxchg(0 → me) succeeds
 *   or
 *                                              cmpxchg(owner → owner|WAITERS): on the list
 *      unlock: cmpxchg(me → 0) fails
 *      lock wait_lock … waits                  state set, unlock wait_lock, schedule()
 *      owner = first sleeper; wake it          is the owner now
 */
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/lockdep.h>
#include <linux/export.h>
#include <linux/errno.h>

struct mutex_waiter {
	struct list_head list;		/* [l] */
	struct task_struct *task;	/* constant */
};

static inline bool mutex_trylock_fast(struct mutex *lock)
{
	return cmpxchg(&lock->owner, 0ul, (unsigned long)current) == 0;
}

/* [l] held.  True: taken.  False: somebody owns it and knows that we wait. */
static bool trylock_or_announce(struct mutex *lock)
{
	unsigned long owner;

	for (;;) {
		owner = READ_ONCE(lock->owner);
		if (!owner) {
			if (mutex_trylock_fast(lock))
				return true;
		} else if ((owner & MUTEX_WAITERS) ||
			   cmpxchg(&lock->owner, owner, owner | MUTEX_WAITERS) == owner) {
			return false;
		}
	}
}

static inline bool owned_by_me(struct mutex *lock)
{
	return (READ_ONCE(lock->owner) & ~MUTEX_WAITERS) == (unsigned long)current;
}

/* Until we own it: 0; or, where @state lets signals in, -EINTR.  Context: process; sleeps. */
static noinline int mutex_lock_slow(struct mutex *lock, int state)
{
	struct mutex_waiter waiter = { .task = current };
	int err = 0;

	WARN_ON(!DEBUG_BUILD && owned_by_me(lock));	/* DEBUG=1: told already */
	__spin_lock(&lock->wait_lock);
	if (trylock_or_announce(lock))
		goto out;
	list_add_tail(&waiter.list, &lock->wait_list);
	for (;;) {
		set_current_state(state);
		if (owned_by_me(lock))
			break;			/* handed over, and off the list */
		if (signal_pending_state(state, current)) {
			list_del(&waiter.list);
			/* The owner is another and stays so while we hold wait_lock. */
			if (list_empty(&lock->wait_list))
				clear_bit(0, &lock->owner);
			err = -EINTR;
			break;
		}
		__spin_unlock(&lock->wait_lock);
		schedule();
		__spin_lock(&lock->wait_lock);
	}
	__set_current_state(TASK_RUNNING);
out:
	__spin_unlock(&lock->wait_lock);
	return err;
}

/* Somebody waits, or did: the first sleeper owns the mutex before it wakes. */
static noinline void mutex_unlock_slow(struct mutex *lock)
{
	struct mutex_waiter *first;
	unsigned long next;

	WARN_ON(!DEBUG_BUILD && !owned_by_me(lock));
	__spin_lock(&lock->wait_lock);
	if (list_empty(&lock->wait_list)) {
		WRITE_ONCE(lock->owner, 0);	/* the sleeper gave up just now */
		__spin_unlock(&lock->wait_lock);
		return;
	}
	first = list_first_entry(&lock->wait_list, struct mutex_waiter, list);
	list_del(&first->list);
	next = (unsigned long)first->task;
	if (!list_empty(&lock->wait_list))
		next |= MUTEX_WAITERS;
	get_task_struct(first->task);		/* may end as soon as it owns the mutex */
	smp_store_release(&lock->owner, next);
	__spin_unlock(&lock->wait_lock);
	wake_up_process((struct task_struct *)(next & ~MUTEX_WAITERS));
	put_task_struct((struct task_struct *)(next & ~MUTEX_WAITERS));
}

static inline int lock_in_state(struct mutex *lock, unsigned int subclass, int state,
				unsigned long ip)
{
	int err;

	might_sleep();
	lock_acquire(&lock->dep_map, subclass, 0, ip);
	if (likely(mutex_trylock_fast(lock)))
		return 0;
	err = mutex_lock_slow(lock, state);
	if (err)
		lock_release(&lock->dep_map, ip);
	return err;
}

/* Context: process; sleeps. */
void mutex_lock(struct mutex *lock)
{
	lock_in_state(lock, 0, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock);

/* 0, or -EINTR when a signal came first. */
int mutex_lock_interruptible(struct mutex *lock)
{
	return lock_in_state(lock, 0, TASK_INTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_interruptible);

int mutex_lock_killable(struct mutex *lock)
{
	return lock_in_state(lock, 0, TASK_KILLABLE, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_killable);

#if DEBUG_BUILD
void mutex_lock_nested(struct mutex *lock, unsigned int subclass)
{
	lock_in_state(lock, subclass, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_nested);

int mutex_lock_interruptible_nested(struct mutex *lock, unsigned int subclass)
{
	return lock_in_state(lock, subclass, TASK_INTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_interruptible_nested);
#endif

/* 1: it is ours, 0: it was taken.  Never sleeps; still not for interrupts, which own nothing. */
int mutex_trylock(struct mutex *lock)
{
	if (!mutex_trylock_fast(lock))
		return 0;
	lock_acquire(&lock->dep_map, 0, LOCK_TRY, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL(mutex_trylock);

void mutex_unlock(struct mutex *lock)
{
	unsigned long me = (unsigned long)current;

	lock_release(&lock->dep_map, _RET_IP_);
	if (unlikely(cmpxchg(&lock->owner, me, 0ul) != me))
		mutex_unlock_slow(lock);
}
EXPORT_SYMBOL(mutex_unlock);

void mutex_destroy(struct mutex *lock)
{
	WARN_ON(mutex_is_locked(lock));
}
EXPORT_SYMBOL(mutex_destroy);
