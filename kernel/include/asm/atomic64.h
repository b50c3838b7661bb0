/* 64-bit atomics on a 32-bit CPU: everything goes through CMPXCHG8B. */
#ifndef ASM_ATOMIC64_H
#define ASM_ATOMIC64_H

#include <linux/types.h>
#include <asm/cmpxchg.h>

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
