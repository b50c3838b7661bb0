/*
 * Memory barriers. x86 keeps loads in order and stores in order and only
 * lets a load pass an earlier store, so the light ones hold back nothing but
 * the compiler.
 */
#ifndef ASM_BARRIER_H
#define ASM_BARRIER_H

#include <linux/compiler.h>

#ifndef barrier
#define barrier()	asm volatile("" ::: "memory")
#endif

/* A locked operation on the stack: works on every i686, unlike MFENCE. */
#define mb()		asm volatile("lock; addl $0, -4(%%esp)" ::: "memory", "cc")
#define rmb()		mb()
#define wmb()		barrier()

#define dma_rmb()	barrier()
#define dma_wmb()	barrier()

#define smp_mb()	mb()
#define smp_rmb()	barrier()
#define smp_wmb()	barrier()
#define smp_mb__before_atomic()	barrier()
#define smp_mb__after_atomic()	barrier()
#define smp_store_mb(var, value) do { (void)xchg(&(var), value); } while (0)

#define smp_store_release(p, v)		\
do {					\
	barrier();			\
	WRITE_ONCE(*(p), v);		\
} while (0)

#define smp_load_acquire(p)		\
({					\
	typeof(*(p)) ___v = READ_ONCE(*(p)); \
	barrier();			\
	___v;				\
})

#endif
