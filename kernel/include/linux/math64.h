/*
 * 64-bit division. A plain `/` of u64 works too (kernel/lib/div64.c serves the
 * compiler); these are faster where the divisor has 32 bits.
 */
#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H

#include <linux/types.h>
#include <asm/div64.h>

/* Two div instructions: the high half first, its rest goes on into the low. */
static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	u32 high = dividend >> 32, low = dividend, qhigh = 0, rest = high;

	if (high >= divisor) {
		qhigh = high / divisor;
		rest = high % divisor;
	}
	asm("divl %2" : "+a" (low), "+d" (rest) : "rm" (divisor) : "cc");
	*remainder = rest;
	return (u64)qhigh << 32 | low;
}

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	u32 rest;

	return div_u64_rem(dividend, divisor, &rest);
}

static inline s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder)
{
	u32 rest;
	u64 q = div_u64_rem(dividend < 0 ? -(u64)dividend : dividend,
			    divisor < 0 ? -(u32)divisor : divisor, &rest);

	*remainder = dividend < 0 ? -rest : rest;
	return (dividend < 0) != (divisor < 0) ? -q : q;
}

static inline s64 div_s64(s64 dividend, s32 divisor)
{
	s32 rest;

	return div_s64_rem(dividend, divisor, &rest);
}

u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder);

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	u64 rest;

	return div64_u64_rem(dividend, divisor, &rest);
}

static inline s64 div64_s64(s64 dividend, s64 divisor)
{
	u64 q = div64_u64(dividend < 0 ? -(u64)dividend : dividend,
			  divisor < 0 ? -(u64)divisor : divisor);

	return (dividend < 0) != (divisor < 0) ? -q : q;
}

#define div64_ul(x, y)	div_u64(x, y)
#define div64_long(x, y) div_s64(x, y)

static inline u64 mul_u32_u32(u32 a, u32 b)
{
	return (u64)a * b;
}

/* (a * mul) >> shift with 96 bits between; shift is at most 32. */
static inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	u32 high = a >> 32;
	u64 ret = ((u64)(u32)a * mul) >> shift;

	if (high)
		ret += ((u64)high * mul) << (32 - shift);
	return ret;
}

static inline u64 mul_u64_u32_div(u64 a, u32 mul, u32 divisor)
{
	u64 low = (u64)(u32)a * mul, high = (a >> 32) * mul + (low >> 32);
	u32 rest;
	u64 q = div_u64_rem(high, divisor, &rest);

	return (q << 32) + div_u64((u64)rest << 32 | (u32)low, divisor);
}

#endif
