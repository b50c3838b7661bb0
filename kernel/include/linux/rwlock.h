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
	struct lockdep_map dep_map;
} rwlock_t;

#define RW_WRITER		0x80000000u
#define DEFINE_RWLOCK(name)	rwlock_t name = { .count = 0, DEP_MAP_INIT(name) }
#define rwlock_init(lock) \
	do { (lock)->count = 0; lockdep_init_site(&(lock)->dep_map, #lock); } while (0)

/* The lock itself, without preempt_count. */
static inline int __read_trylock(rwlock_t *lock)
{
	unsigned int seen = READ_ONCE(lock->count);

	return !(seen & RW_WRITER) && cmpxchg(&lock->count, seen, seen + 1) == seen;
}

static inline void __read_unlock(rwlock_t *lock)
{
	unsigned int seen;

	do {
		seen = READ_ONCE(lock->count);
	} while (cmpxchg(&lock->count, seen, seen - 1) != seen);
}

static inline int __write_trylock(rwlock_t *lock)
{
	return cmpxchg(&lock->count, 0u, RW_WRITER) == 0;
}

static inline void __write_unlock(rwlock_t *lock)
{
	barrier();
	WRITE_ONCE(lock->count, 0);
}

#if DEBUG_BUILD
extern void read_lock(rwlock_t *lock) __acquires(lock);
extern int read_trylock(rwlock_t *lock);
extern void read_unlock(rwlock_t *lock) __releases(lock);
extern void write_lock(rwlock_t *lock) __acquires(lock);
extern int write_trylock(rwlock_t *lock);
extern void write_unlock(rwlock_t *lock) __releases(lock);
#else
static inline int read_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (__read_trylock(lock))
		return 1;
	preempt_enable();
	return 0;
}

static inline void read_lock(rwlock_t *lock) __acquires(lock)
{
	while (!read_trylock(lock))
		cpu_relax();
	__acquire(lock);
}

static inline void read_unlock(rwlock_t *lock) __releases(lock)
{
	__release(lock);
	__read_unlock(lock);
	preempt_enable();
}

static inline int write_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (__write_trylock(lock))
		return 1;
	preempt_enable();
	return 0;
}

static inline void write_lock(rwlock_t *lock) __acquires(lock)
{
	while (!write_trylock(lock))
		cpu_relax();
	__acquire(lock);
}

static inline void write_unlock(rwlock_t *lock) __releases(lock)
{
	__release(lock);
	__write_unlock(lock);
	preempt_enable();
}
#endif

/* The functions' own names, and for sparse: where it is true the lock is held. */
#define read_trylock(lock)	__cond_lock(lock, read_trylock(lock))
#define write_trylock(lock)	__cond_lock(lock, write_trylock(lock))

#define read_lock_irqsave(lock, flags)	do { local_irq_save(flags); read_lock(lock); } while (0)
#define read_unlock_irqrestore(lock, flags) \
	do { read_unlock(lock); local_irq_restore(flags); } while (0)
#define write_lock_irqsave(lock, flags)	do { local_irq_save(flags); write_lock(lock); } while (0)
#define write_unlock_irqrestore(lock, flags) \
	do { write_unlock(lock); local_irq_restore(flags); } while (0)
#define write_lock_irq(lock)	do { local_irq_disable(); write_lock(lock); } while (0)
#define write_unlock_irq(lock)	do { write_unlock(lock); local_irq_enable(); } while (0)

#endif
