/*
 * <linux/rwlock.h> - many readers or one writer, never sleeping.
 *
 * One word: the number of readers, or RW_WRITER while a writer holds it.  A
 * stream of readers can starve a writer: use it where writes are rare.
 */
#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H

#include <linux/spinlock.h>

typedef struct rwlock {
	unsigned int count;		/* readers, or RW_WRITER */
} rwlock_t;

#define RW_WRITER		0x80000000u
#define DEFINE_RWLOCK(name)	rwlock_t name = { 0 }
#define rwlock_init(lock)	((void)((lock)->count = 0))

static inline int read_trylock(rwlock_t *lock)
{
	unsigned int seen = READ_ONCE(lock->count);

	preempt_disable();
	if (!(seen & RW_WRITER) && cmpxchg(&lock->count, seen, seen + 1) == seen)
		return 1;
	preempt_enable();
	return 0;
}

#define read_trylock(lock)	__cond_lock(lock, read_trylock(lock))

static inline void read_lock(rwlock_t *lock) __acquires(lock)
{
	unsigned int rounds = 0;

	while (!read_trylock(lock))
		spin_relax(lock, &rounds);
}

static inline void read_unlock(rwlock_t *lock) __releases(lock)
{
	unsigned int seen;

	__release(lock);
	do {
		seen = READ_ONCE(lock->count);
	} while (cmpxchg(&lock->count, seen, seen - 1) != seen);
	preempt_enable();
}

static inline int write_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (cmpxchg(&lock->count, 0u, RW_WRITER) == 0)
		return 1;
	preempt_enable();
	return 0;
}

#define write_trylock(lock)	__cond_lock(lock, write_trylock(lock))

static inline void write_lock(rwlock_t *lock) __acquires(lock)
{
	unsigned int rounds = 0;

	while (!write_trylock(lock))
		spin_relax(lock, &rounds);
}

static inline void write_unlock(rwlock_t *lock) __releases(lock)
{
	__release(lock);
	barrier();
	WRITE_ONCE(lock->count, 0);
	preempt_enable();
}

#define read_lock_irqsave(lock, flags) \
	do { local_irq_save(flags); read_lock(lock); } while (0)
#define read_unlock_irqrestore(lock, flags) \
	do { read_unlock(lock); local_irq_restore(flags); } while (0)
#define write_lock_irqsave(lock, flags) \
	do { local_irq_save(flags); write_lock(lock); } while (0)
#define write_unlock_irqrestore(lock, flags) \
	do { write_unlock(lock); local_irq_restore(flags); } while (0)

static inline void write_lock_irq(rwlock_t *lock) __acquires(lock)
{
	local_irq_disable();
	write_lock(lock);
}

static inline void write_unlock_irq(rwlock_t *lock) __releases(lock)
{
	write_unlock(lock);
	local_irq_enable();
}

#endif
