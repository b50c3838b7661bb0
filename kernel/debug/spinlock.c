/*
 * Spinlocks, read-write locks and preempt_count as DEBUG=1 has them: the same
 * as the inline ones of the headers, and the lock checker is told of each.
 *
 * Here and not inline, so that the return address is a line of the caller.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/report.h>
#include <linux/rwlock.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

static inline void count_add(int val, unsigned long ip)
{
	struct thread_info *ti = current_thread_info();

	if (!ti->preempt_count)
		ti->task->lockdep.preempt_disable_ip = ip;
	ti->preempt_count += val;
	barrier();
}

void preempt_count_add(int val)
{
	count_add(val, _RET_IP_);
}
EXPORT_SYMBOL(preempt_count_add);

static noinline void not_off(unsigned long ip)
{
	report_begin(ip, "context: preempt_enable() without preempt_disable()");
	report_stack_here("Call trace:");
	report_end();
}

void preempt_count_sub(int val)
{
	struct thread_info *ti = current_thread_info();

	barrier();
	if (unlikely((u8)ti->preempt_count < (u8)val) && !report_running())
		not_off(_RET_IP_);
	else
		ti->preempt_count -= val;
}
EXPORT_SYMBOL(preempt_count_sub);

/*
 * A lock that is never released: its waiter has gone round often enough. Nothing
 * can be saved, for the waiter may switch off whatever would run instead; so the
 * report is followed by the end.
 */
void spin_lockup(const void *lock)
{
	const struct lockdep_task *held = &current->lockdep;

	/* Who waits was noted before the wait. */
	report_begin(held->depth ? held->locks[held->depth - 1].ip : _RET_IP_, "spinlock lockup: %pS never becomes free", lock);
	report_stack_here("It is wanted here:");
	if (report_all_locks)
		report_all_locks();
	report_end();
	panic("spinlock lockup");
}

/* ------------------------------------------------------------------ spinlocks */

static inline void lock_it(spinlock_t *lock, unsigned int subclass, unsigned long ip)
	__acquires(lock)
{
	count_add(PREEMPT_OFFSET, ip);
	lock_acquire(&lock->dep_map, subclass, 0, ip);
	__spin_wait(lock);
	__acquire(lock);
}

void spin_lock(spinlock_t *lock) __acquires(lock)
{
	lock_it(lock, 0, _RET_IP_);
}
EXPORT_SYMBOL(spin_lock);

void spin_lock_nested(spinlock_t *lock, int subclass) __acquires(lock)
{
	lock_it(lock, subclass, _RET_IP_);
}
EXPORT_SYMBOL(spin_lock_nested);

static int tried(struct lockdep_map *map, int taken, unsigned int how, unsigned long ip)
{
	if (taken)
		lock_acquire(map, 0, how | LOCK_TRY, ip);
	else
		__preempt_count_sub(PREEMPT_OFFSET);
	return taken;
}

int (spin_trylock)(spinlock_t *lock)
{
	count_add(PREEMPT_OFFSET, _RET_IP_);
	return tried(&lock->dep_map, !xchg(&lock->locked, 1), 0, _RET_IP_);
}
EXPORT_SYMBOL(spin_trylock);

void spin_unlock(spinlock_t *lock) __releases(lock)
{
	lock_release(&lock->dep_map, _RET_IP_);
	__spin_unlock(lock);
}
EXPORT_SYMBOL(spin_unlock);

/* ------------------------------------------------------------------ read-write locks */

void read_lock(rwlock_t *lock) __acquires(lock)
{
	unsigned int rounds = 0;

	count_add(PREEMPT_OFFSET, _RET_IP_);
	lock_acquire(&lock->dep_map, 0, LOCK_READ | LOCK_RECURSIVE, _RET_IP_);
	while (!__read_trylock(lock))
		spin_relax(lock, &rounds);
	__acquire(lock);
}
EXPORT_SYMBOL(read_lock);

void write_lock(rwlock_t *lock) __acquires(lock)
{
	unsigned int rounds = 0;

	count_add(PREEMPT_OFFSET, _RET_IP_);
	lock_acquire(&lock->dep_map, 0, 0, _RET_IP_);
	while (!__write_trylock(lock))
		spin_relax(lock, &rounds);
	__acquire(lock);
}
EXPORT_SYMBOL(write_lock);

int (read_trylock)(rwlock_t *lock)
{
	count_add(PREEMPT_OFFSET, _RET_IP_);
	return tried(&lock->dep_map, __read_trylock(lock), LOCK_READ | LOCK_RECURSIVE, _RET_IP_);
}
EXPORT_SYMBOL(read_trylock);

int (write_trylock)(rwlock_t *lock)
{
	count_add(PREEMPT_OFFSET, _RET_IP_);
	return tried(&lock->dep_map, __write_trylock(lock), 0, _RET_IP_);
}
EXPORT_SYMBOL(write_trylock);

void read_unlock(rwlock_t *lock) __releases(lock)
{
	lock_release(&lock->dep_map, _RET_IP_);
	__release(lock);
	__read_unlock(lock);
	__preempt_count_sub(PREEMPT_OFFSET);
}
EXPORT_SYMBOL(read_unlock);

void write_unlock(rwlock_t *lock) __releases(lock)
{
	lock_release(&lock->dep_map, _RET_IP_);
	__release(lock);
	__write_unlock(lock);
	__preempt_count_sub(PREEMPT_OFFSET);
}
EXPORT_SYMBOL(write_unlock);
