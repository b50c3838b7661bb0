/*
 * Counters and flags that several CPUs and interrupts change without a lock.
 *
 * Ordering, as in Linux: operations that return a value are full barriers;
 * atomic_add, _sub, _inc, _dec, _or, _and, atomic_read and atomic_set order nothing.
 */
#ifndef ASM_ATOMIC_H
#define ASM_ATOMIC_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/cmpxchg.h>
#include <asm/barrier.h>

#define ATOMIC_INIT(i)	{ (i) }

#define atomic_read(v)		READ_ONCE((v)->counter)
#define atomic_set(v, i)	WRITE_ONCE((v)->counter, (i))
#define atomic_read_acquire(v)	smp_load_acquire(&(v)->counter)
#define atomic_set_release(v, i) smp_store_release(&(v)->counter, (i))

static inline void atomic_add(int i, atomic_t *v)
{
	instrument_atomic(&v->counter);
	asm volatile("lock; addl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

static inline void atomic_sub(int i, atomic_t *v)
{
	instrument_atomic(&v->counter);
	asm volatile("lock; subl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

static inline void atomic_inc(atomic_t *v)
{
	instrument_atomic(&v->counter);
	asm volatile("lock; incl %0" : "+m"(v->counter) :: "memory", "cc");
}

static inline void atomic_dec(atomic_t *v)
{
	instrument_atomic(&v->counter);
	asm volatile("lock; decl %0" : "+m"(v->counter) :: "memory", "cc");
}

static inline void atomic_or(int i, atomic_t *v)
{
	instrument_atomic(&v->counter);
	asm volatile("lock; orl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

static inline void atomic_and(int i, atomic_t *v)
{
	instrument_atomic(&v->counter);
	asm volatile("lock; andl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

static inline void atomic_xor(int i, atomic_t *v)
{
	instrument_atomic(&v->counter);
	asm volatile("lock; xorl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

static inline void atomic_andnot(int i, atomic_t *v)
{
	atomic_and(~i, v);
}

static inline bool atomic_dec_and_test(atomic_t *v)
{
	bool zero;

	instrument_atomic(&v->counter);
	asm volatile("lock; decl %0; sete %1" : "+m"(v->counter), "=qm"(zero) :: "memory", "cc");
	return zero;
}

static inline bool atomic_inc_and_test(atomic_t *v)
{
	bool zero;

	instrument_atomic(&v->counter);
	asm volatile("lock; incl %0; sete %1" : "+m"(v->counter), "=qm"(zero) :: "memory", "cc");
	return zero;
}

static inline bool atomic_sub_and_test(int i, atomic_t *v)
{
	bool zero;

	instrument_atomic(&v->counter);
	asm volatile("lock; subl %2, %0; sete %1"
		     : "+m"(v->counter), "=qm"(zero) : "ir"(i) : "memory", "cc");
	return zero;
}

static inline bool atomic_add_negative(int i, atomic_t *v)
{
	bool negative;

	instrument_atomic(&v->counter);
	asm volatile("lock; addl %2, %0; sets %1"
		     : "+m"(v->counter), "=qm"(negative) : "ir"(i) : "memory", "cc");
	return negative;
}

/* The value before. */
static inline int atomic_fetch_add(int i, atomic_t *v)
{
	instrument_atomic(&v->counter);
	asm volatile("lock; xaddl %0, %1" : "+r"(i), "+m"(v->counter) :: "memory", "cc");
	return i;
}

/* The value after. */
static inline int atomic_add_return(int i, atomic_t *v)
{
	return atomic_fetch_add(i, v) + i;
}

static inline int atomic_xchg(atomic_t *v, int new)
{
	return xchg(&v->counter, new);
}

static inline int atomic_cmpxchg(atomic_t *v, int old, int new)
{
	return cmpxchg(&v->counter, old, new);
}

static inline bool atomic_try_cmpxchg(atomic_t *v, int *old, int new)
{
	return try_cmpxchg(&v->counter, old, new);
}

static inline int atomic_fetch_or(int i, atomic_t *v)
{
	int old = atomic_read(v);

	while (!atomic_try_cmpxchg(v, &old, old | i))
		;
	return old;
}

static inline int atomic_fetch_and(int i, atomic_t *v)
{
	int old = atomic_read(v);

	while (!atomic_try_cmpxchg(v, &old, old & i))
		;
	return old;
}

/* Adds @a unless the value is @u; returns the value before. */
static inline int atomic_fetch_add_unless(atomic_t *v, int a, int u)
{
	int old = atomic_read(v);

	do {
		if (old == u)
			break;
	} while (!atomic_try_cmpxchg(v, &old, old + a));
	return old;
}

#define atomic_sub_return(i, v)		atomic_add_return(-(i), v)
#define atomic_inc_return(v)		atomic_add_return(1, v)
#define atomic_dec_return(v)		atomic_add_return(-1, v)
#define atomic_fetch_sub(i, v)		atomic_fetch_add(-(i), v)
#define atomic_fetch_inc(v)		atomic_fetch_add(1, v)
#define atomic_fetch_dec(v)		atomic_fetch_add(-1, v)
#define atomic_add_unless(v, a, u)	(atomic_fetch_add_unless(v, a, u) != (u))
#define atomic_inc_not_zero(v)		atomic_add_unless(v, 1, 0)

/* A step away from zero, unless the value is on its other side; whether it was done. */
static inline bool atomic_inc_unless_negative(atomic_t *v)
{
	int old = atomic_read(v);

	do {
		if (old < 0)
			return false;
	} while (!atomic_try_cmpxchg(v, &old, old + 1));
	return true;
}

static inline bool atomic_dec_unless_positive(atomic_t *v)
{
	int old = atomic_read(v);

	do {
		if (old > 0)
			return false;
	} while (!atomic_try_cmpxchg(v, &old, old - 1));
	return true;
}

/* Subtracts one unless that would go below zero; returns the value it would have had. */
static inline int atomic_dec_if_positive(atomic_t *v)
{
	int old = atomic_read(v);

	do {
		if (old < 1)
			break;
	} while (!atomic_try_cmpxchg(v, &old, old - 1));
	return old - 1;
}

/* atomic_long_t is atomic_t here: a long has 32 bits. */
typedef atomic_t atomic_long_t;

#define atomic_long_read(v)		((long)atomic_read(v))
#define atomic_long_set(v, i)		atomic_set(v, i)
#define atomic_long_add(i, v)		atomic_add(i, v)
#define atomic_long_sub(i, v)		atomic_sub(i, v)
#define atomic_long_inc(v)		atomic_inc(v)
#define atomic_long_dec_and_test(v)	atomic_dec_and_test(v)

/* 64-bit atomics on a 32-bit CPU: everything goes through CMPXCHG8B. */
typedef struct {
	s64 counter __attribute__((aligned(8)));
} atomic64_t;

#define ATOMIC64_INIT(i)	{ (i) }

static inline s64 atomic64_cmpxchg(atomic64_t *v, s64 old, s64 new)
{
	return (s64)cmpxchg64((volatile u64 *)&v->counter, (u64)old, (u64)new);
}

/* A compare with whatever is there: swaps a value for itself, or reads it whole. */
static inline s64 atomic64_read(const atomic64_t *v)
{
	return atomic64_cmpxchg((atomic64_t *)v, 0, 0);
}

static inline s64 atomic64_xchg(atomic64_t *v, s64 new)
{
	s64 old = v->counter;
	s64 seen;

	while ((seen = atomic64_cmpxchg(v, old, new)) != old)
		old = seen;
	return old;
}

static inline void atomic64_set(atomic64_t *v, s64 i)
{
	(void)atomic64_xchg(v, i);
}

static inline s64 atomic64_fetch_add(s64 i, atomic64_t *v)
{
	s64 old = v->counter;
	s64 seen;

	while ((seen = atomic64_cmpxchg(v, old, old + i)) != old)
		old = seen;
	return old;
}

#define atomic64_add_return(i, v)	(atomic64_fetch_add(i, v) + (i))
#define atomic64_sub_return(i, v)	atomic64_add_return(-(s64)(i), v)
#define atomic64_add(i, v)		((void)atomic64_fetch_add(i, v))
#define atomic64_sub(i, v)		((void)atomic64_fetch_add(-(s64)(i), v))
#define atomic64_inc_return(v)		atomic64_add_return(1, v)
#define atomic64_dec_return(v)		atomic64_sub_return(1, v)

#endif
