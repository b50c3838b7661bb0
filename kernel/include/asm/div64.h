/* do_div: divide a 64-bit number in place by a 32-bit one, return the remainder. */
#ifndef ASM_DIV64_H
#define ASM_DIV64_H

#include <linux/types.h>

/* Two DIVs, high half first, so that neither quotient overflows 32 bits. */
#define do_div(n, base)							\
({									\
	u32 __base = (base), __high = (u32)((u64)(n) >> 32);		\
	u32 __low = (u32)(n), __rem = __high % __base;			\
	__high /= __base;						\
	asm("divl %2" : "+a"(__low), "+d"(__rem) : "rm"(__base) : "cc");	\
	(n) = (u64)__high << 32 | __low;				\
	__rem;								\
})

#endif
