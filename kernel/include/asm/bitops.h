/*
 * Bits of arrays of unsigned long. set_bit() and its family are atomic;
 * __set_bit() and its family are not and need a lock around them. The
 * test_and_ forms are full barriers, set_bit and clear_bit order nothing.
 */
#ifndef ASM_BITOPS_H
#define ASM_BITOPS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/barrier.h>

#define __BITOP_WORD(nr, addr)	((volatile unsigned long *)(addr) + ((unsigned long)(nr) >> 5))
#define __BITOP_MASK(nr)	(1UL << ((nr) & 31))

static __always_inline void set_bit(long nr, volatile unsigned long *addr)
{
	instrument_atomic(__BITOP_WORD(nr, addr));
	if (__builtin_constant_p(nr))
		asm volatile("lock; orl %1, %0" : "+m"(*__BITOP_WORD(nr, addr))
			     : "ir"(__BITOP_MASK(nr)) : "memory", "cc");
	else
		asm volatile("lock; btsl %1, %0" : "+m"(*addr) : "r"(nr) : "memory", "cc");
}

static __always_inline void clear_bit(long nr, volatile unsigned long *addr)
{
	instrument_atomic(__BITOP_WORD(nr, addr));
	if (__builtin_constant_p(nr))
		asm volatile("lock; andl %1, %0" : "+m"(*__BITOP_WORD(nr, addr))
			     : "ir"(~__BITOP_MASK(nr)) : "memory", "cc");
	else
		asm volatile("lock; btrl %1, %0" : "+m"(*addr) : "r"(nr) : "memory", "cc");
}

static inline void change_bit(long nr, volatile unsigned long *addr)
{
	instrument_atomic(__BITOP_WORD(nr, addr));
	asm volatile("lock; btcl %1, %0" : "+m"(*addr) : "Ir"(nr) : "memory", "cc");
}

static inline bool test_and_set_bit(long nr, volatile unsigned long *addr)
{
	bool old;

	instrument_atomic(__BITOP_WORD(nr, addr));
	asm volatile("lock; btsl %2, %0; setc %1"
		     : "+m"(*addr), "=qm"(old) : "Ir"(nr) : "memory", "cc");
	return old;
}

static inline bool test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	bool old;

	instrument_atomic(__BITOP_WORD(nr, addr));
	asm volatile("lock; btrl %2, %0; setc %1"
		     : "+m"(*addr), "=qm"(old) : "Ir"(nr) : "memory", "cc");
	return old;
}

static inline bool test_and_change_bit(long nr, volatile unsigned long *addr)
{
	bool old;

	instrument_atomic(__BITOP_WORD(nr, addr));
	asm volatile("lock; btcl %2, %0; setc %1"
		     : "+m"(*addr), "=qm"(old) : "Ir"(nr) : "memory", "cc");
	return old;
}

/* The lock forms: taking is an acquire, letting go a release. */
#define test_and_set_bit_lock(nr, addr)	test_and_set_bit(nr, addr)

static inline void clear_bit_unlock(long nr, volatile unsigned long *addr)
{
	barrier();
	clear_bit(nr, addr);
}

static inline void __set_bit(long nr, volatile unsigned long *addr)
{
	*__BITOP_WORD(nr, addr) |= __BITOP_MASK(nr);
}

static inline void __clear_bit(long nr, volatile unsigned long *addr)
{
	*__BITOP_WORD(nr, addr) &= ~__BITOP_MASK(nr);
}

static inline void __change_bit(long nr, volatile unsigned long *addr)
{
	*__BITOP_WORD(nr, addr) ^= __BITOP_MASK(nr);
}

static inline bool __test_and_set_bit(long nr, volatile unsigned long *addr)
{
	bool old = *__BITOP_WORD(nr, addr) & __BITOP_MASK(nr);

	__set_bit(nr, addr);
	return old;
}

static inline bool __test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	bool old = *__BITOP_WORD(nr, addr) & __BITOP_MASK(nr);

	__clear_bit(nr, addr);
	return old;
}

static inline bool test_bit(long nr, const volatile unsigned long *addr)
{
	return addr[(unsigned long)nr >> 5] & __BITOP_MASK(nr);
}

/* Number of the lowest or highest set bit; undefined for 0. */
static inline unsigned long __ffs(unsigned long word)
{
	return (unsigned long)__builtin_ctzl(word);
}

static inline unsigned long __fls(unsigned long word)
{
	return 31UL - (unsigned long)__builtin_clzl(word);
}

static inline unsigned long ffz(unsigned long word)
{
	return __ffs(~word);
}

/* The same counted from 1, with 0 for no bit at all. */
static inline int ffs(int x)
{
	return x ? __builtin_ctz((unsigned int)x) + 1 : 0;
}

static inline int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

static inline int fls64(u64 x)
{
	u32 high = (u32)(x >> 32);

	return high ? fls(high) + 32 : fls((u32)x);
}

#endif
