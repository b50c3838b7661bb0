/* Locked exchange and compare-exchange on 1, 2, 4 and (cmpxchg64) 8 bytes. */
#ifndef ASM_CMPXCHG_H
#define ASM_CMPXCHG_H

#include <linux/compiler.h>
#include <linux/types.h>

/* Not defined anywhere: reached only with an operand of a size x86 has no instruction for. */
void __cmpxchg_wrong_size(void);

#define xchg(ptr, v)							\
({									\
	typeof(*(ptr)) __x = (v);					\
	instrument_atomic(ptr);						\
	switch (sizeof(*(ptr))) {					\
	case 1:								\
		asm volatile("xchgb %b0, %1" : "+q"(__x), "+m"(*(ptr)) :: "memory"); \
		break;							\
	case 2:								\
		asm volatile("xchgw %w0, %1" : "+r"(__x), "+m"(*(ptr)) :: "memory"); \
		break;							\
	case 4:								\
		asm volatile("xchgl %0, %1" : "+r"(__x), "+m"(*(ptr)) :: "memory"); \
		break;							\
	default:							\
		__cmpxchg_wrong_size();					\
	}								\
	__x;								\
})

#define __cmpxchg(ptr, old, new, lock)					\
({									\
	typeof(*(ptr)) __seen;						\
	typeof(*(ptr)) __old = (old);					\
	typeof(*(ptr)) __new = (new);					\
	instrument_atomic(ptr);						\
	switch (sizeof(*(ptr))) {					\
	case 1:								\
		asm volatile(lock "cmpxchgb %b2, %1"			\
			     : "=a"(__seen), "+m"(*(ptr))		\
			     : "q"(__new), "0"(__old) : "memory", "cc"); \
		break;							\
	case 2:								\
		asm volatile(lock "cmpxchgw %w2, %1"			\
			     : "=a"(__seen), "+m"(*(ptr))		\
			     : "r"(__new), "0"(__old) : "memory", "cc"); \
		break;							\
	case 4:								\
		asm volatile(lock "cmpxchgl %2, %1"			\
			     : "=a"(__seen), "+m"(*(ptr))		\
			     : "r"(__new), "0"(__old) : "memory", "cc"); \
		break;							\
	default:							\
		__cmpxchg_wrong_size();					\
	}								\
	__seen;								\
})

/* Returns what was there; the store happened if that equals @old. */
#define cmpxchg(ptr, old, new)		__cmpxchg(ptr, old, new, "lock; ")
/* The same against this CPU only (an interrupt, not another CPU). */
#define cmpxchg_local(ptr, old, new)	__cmpxchg(ptr, old, new, "")

/* Returns whether the store happened; on failure *@pold becomes what was there. */
#define try_cmpxchg(ptr, pold, new)					\
({									\
	typeof(*(ptr)) __expected = *(pold);				\
	typeof(*(ptr)) __found = cmpxchg(ptr, __expected, new);		\
	bool __done = __found == __expected;				\
	if (!__done)							\
		*(pold) = __found;					\
	__done;								\
})

static inline u64 cmpxchg64(volatile u64 *ptr, u64 old, u64 new)
{
	asm volatile("lock; cmpxchg8b %1"
		     : "+A"(old), "+m"(*ptr)
		     : "b"((u32)new), "c"((u32)(new >> 32)) : "memory", "cc");
	return old;
}

#endif
