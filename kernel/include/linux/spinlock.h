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
} spinlock_t;

typedef spinlock_t raw_spinlock_t;

#define __SPIN_LOCK_UNLOCKED(name)	{ 0 }
#define DEFINE_SPINLOCK(name)		spinlock_t name = __SPIN_LOCK_UNLOCKED(name)
#define spin_lock_init(lock)		((void)((lock)->locked = 0))

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

static inline void spin_lock(spinlock_t *lock) __acquires(lock)
{
	unsigned int rounds = 0;

	preempt_disable();
	while (unlikely(xchg(&lock->locked, 1)))
		while (READ_ONCE(lock->locked))
			spin_relax(lock, &rounds);
	__acquire(lock);
}

static inline int spin_trylock(spinlock_t *lock)
{
	preempt_disable();
	if (!xchg(&lock->locked, 1))
		return 1;
	preempt_enable();
	return 0;
}

/* The function's own name, and for sparse: where it is true the lock is held. */
#define spin_trylock(lock)	__cond_lock(lock, spin_trylock(lock))

/* x86 keeps stores in order: a plain store after a compiler barrier releases. */
static inline void spin_unlock(spinlock_t *lock) __releases(lock)
{
	__release(lock);
	barrier();
	WRITE_ONCE(lock->locked, 0);
	preempt_enable();
}

static inline void spin_lock_irq(spinlock_t *lock) __acquires(lock)
{
	local_irq_disable();
	spin_lock(lock);
}

static inline void spin_unlock_irq(spinlock_t *lock) __releases(lock)
{
	spin_unlock(lock);
	local_irq_enable();
}

#define spin_lock_irqsave(lock, flags)			\
	do {						\
		local_irq_save(flags);			\
		spin_lock(lock);			\
	} while (0)

#define spin_trylock_irqsave(lock, flags)		\
({							\
	local_irq_save(flags);				\
	spin_trylock(lock) ? 1 : ({			\
		local_irq_restore(flags);		\
		0;					\
	});						\
})

static inline void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
	__releases(lock)
{
	spin_unlock(lock);
	local_irq_restore(flags);
}

/* Timers and bottom halves run at the end of an interrupt, and not while these bits are set. */
extern void local_bh_disable(void);
extern void local_bh_enable(void);

static inline void spin_lock_bh(spinlock_t *lock) __acquires(lock)
{
	local_bh_disable();
	spin_lock(lock);
}

static inline void spin_unlock_bh(spinlock_t *lock) __releases(lock)
{
	spin_unlock(lock);
	local_bh_enable();
}

#define assert_spin_locked(lock)	lockdep_assert_held(lock)

#define raw_spin_lock			spin_lock
#define raw_spin_unlock			spin_unlock
#define raw_spin_lock_init		spin_lock_init
#define raw_spin_lock_irqsave		spin_lock_irqsave
#define raw_spin_unlock_irqrestore	spin_unlock_irqrestore
#define DEFINE_RAW_SPINLOCK		DEFINE_SPINLOCK

#endif
