/*
 * <linux/spinlock.h> - locks for what is held a short time and never slept under.
 *
 *   spin_lock            process context against process context
 *   spin_lock_bh         … and against timers and bottom halves
 *   spin_lock_irqsave    … and against an interrupt handler of the same data
 *
 * A lock is one word taken by an atomic exchange; who finds it taken spins on
 * a plain read with PAUSE until it looks free.  That holds between CPUs.  On
 * the same CPU the holder cannot be switched away (preempt_count), and cannot
 * be interrupted by a handler that wants the lock if the _irqsave form is
 * used.  Not kept: fairness.
 *
 * Context: any.  Holding one makes the context atomic: no sleeping.
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/lockdep.h>
#include <linux/irqflags.h>
#include <asm/processor.h>
#include <asm/cmpxchg.h>

typedef struct spinlock {
	unsigned int locked;		/* 0 free, 1 held */
	struct lockdep_map dep_map;
} spinlock_t;

typedef spinlock_t raw_spinlock_t;

#define __SPIN_LOCK_UNLOCKED(name)	{ .locked = 0, DEP_MAP_INIT(name) }
#define DEFINE_SPINLOCK(name)		spinlock_t name = __SPIN_LOCK_UNLOCKED(name)
#define spin_lock_init(lock) \
	do { (lock)->locked = 0; lockdep_init_site(&(lock)->dep_map, #lock); } while (0)

/* One round of waiting.  DEBUG=1: a wait that does not end is told, and ends the kernel. */
#define SPIN_ROUNDS	(1u << 22)
extern void spin_lockup(const void *lock);

static inline void spin_relax(const void *lock, unsigned int *rounds)
{
	cpu_relax();
	if (DEBUG_BUILD && ++*rounds == SPIN_ROUNDS)
		spin_lockup(lock);
}

static inline int spin_is_locked(spinlock_t *lock)
{
	return READ_ONCE(lock->locked) != 0;
}

/* The lock itself. With preempt_count, but unseen by the lock checker: for locks inside locks. */
static inline void __spin_wait(spinlock_t *lock)
{
	unsigned int rounds = 0;

	while (unlikely(xchg(&lock->locked, 1)))
		while (READ_ONCE(lock->locked))
			spin_relax(lock, &rounds);
}

static inline void __spin_lock(spinlock_t *lock) __acquires(lock)
{
	__preempt_count_add(PREEMPT_OFFSET);
	__spin_wait(lock);
	__acquire(lock);
}

static inline int __spin_trylock(spinlock_t *lock)
{
	__preempt_count_add(PREEMPT_OFFSET);
	if (!xchg(&lock->locked, 1))
		return 1;
	__preempt_count_sub(PREEMPT_OFFSET);
	return 0;
}

/* x86 keeps stores in order: a plain store after a compiler barrier releases. */
static inline void __spin_unlock(spinlock_t *lock) __releases(lock)
{
	__release(lock);
	barrier();
	WRITE_ONCE(lock->locked, 0);
	__preempt_count_sub(PREEMPT_OFFSET);
}

#if DEBUG_BUILD
extern void spin_lock(spinlock_t *lock) __acquires(lock);
extern void spin_lock_nested(spinlock_t *lock, int subclass) __acquires(lock);
extern int spin_trylock(spinlock_t *lock);
extern void spin_unlock(spinlock_t *lock) __releases(lock);
#else
static inline void spin_lock(spinlock_t *lock) __acquires(lock) { __spin_lock(lock); }
static inline int spin_trylock(spinlock_t *lock) { return __spin_trylock(lock); }
static inline void spin_unlock(spinlock_t *lock) __releases(lock) { __spin_unlock(lock); }
#define spin_lock_nested(lock, subclass)	spin_lock(lock)
#endif

/* The function's own name, and for sparse: where it is true the lock is held. */
#define spin_trylock(lock)	__cond_lock(lock, spin_trylock(lock))

/* Macros, so that the lock checker tells the line that used them. */
#define spin_lock_irq(lock)	do { local_irq_disable(); spin_lock(lock); } while (0)
#define spin_unlock_irq(lock)	do { spin_unlock(lock); local_irq_enable(); } while (0)
#define spin_lock_irqsave_nested(lock, flags, subclass)	\
	do {						\
		local_irq_save(flags);			\
		spin_lock_nested(lock, subclass);	\
	} while (0)
#define spin_lock_irqsave(lock, flags)	do { local_irq_save(flags); spin_lock(lock); } while (0)
#define spin_unlock_irqrestore(lock, flags) \
	do { spin_unlock(lock); local_irq_restore(flags); } while (0)

#define spin_trylock_irqsave(lock, flags)		\
({							\
	local_irq_save(flags);				\
	spin_trylock(lock) ? 1 : ({			\
		local_irq_restore(flags);		\
		0;					\
	});						\
})

/* Timers and bottom halves run at the end of an interrupt, and not while these bits are set. */
extern void local_bh_disable(void);
extern void local_bh_enable(void);

#define spin_lock_bh(lock)	do { local_bh_disable(); spin_lock(lock); } while (0)
#define spin_unlock_bh(lock)	do { spin_unlock(lock); local_bh_enable(); } while (0)

#define assert_spin_locked(lock)	lockdep_assert_held(lock)

#define raw_spin_lock			spin_lock
#define raw_spin_unlock			spin_unlock
#define raw_spin_lock_init		spin_lock_init
#define raw_spin_lock_irqsave		spin_lock_irqsave
#define raw_spin_unlock_irqrestore	spin_unlock_irqrestore
#define DEFINE_RAW_SPINLOCK		DEFINE_SPINLOCK

#endif
