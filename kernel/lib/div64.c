/*
 * 64-bit division. Compilers call __udivdi3 and its kin for `/` and `%` of
 * 64-bit operands, with the argument passing that the rest of the kernel has;
 * there is no libgcc to bring them.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>

u64 __udivdi3(u64 n, u64 d);
u64 __umoddi3(u64 n, u64 d);
s64 __divdi3(s64 n, s64 d);
s64 __moddi3(s64 n, s64 d);
u64 __udivmoddi4(u64 n, u64 d, u64 *rest);
s64 __divmoddi4(s64 n, s64 d, s64 *rest);

/*
 * A divisor of more than 32 bits: scale both down until it has 32, divide
 * once, and correct. The estimate is exact or one too large, because what the
 * shift dropped from the divisor can only make the quotient larger.
 */
u64 div64_u64_rem(u64 n, u64 d, u64 *remainder)
{
	u32 high = d >> 32, rest32;
	unsigned int shift;
	u64 q;

	if (!high) {
		q = div_u64_rem(n, d, &rest32);
		*remainder = rest32;
		return q;
	}
	shift = 32 - __builtin_clz(high);
	q = div_u64(n >> shift, d >> shift);
	if (q && n < q * d)
		q--;
	*remainder = n - q * d;
	return q;
}
EXPORT_SYMBOL(div64_u64_rem);

u64 __udivmoddi4(u64 n, u64 d, u64 *rest)
{
	u64 r, q = div64_u64_rem(n, d, &r);

	if (rest)
		*rest = r;
	return q;
}

u64 __udivdi3(u64 n, u64 d)
{
	u64 rest;

	return div64_u64_rem(n, d, &rest);
}
EXPORT_SYMBOL(__udivdi3);

u64 __umoddi3(u64 n, u64 d)
{
	u64 rest;

	div64_u64_rem(n, d, &rest);
	return rest;
}
EXPORT_SYMBOL(__umoddi3);

/* The quotient rounds towards zero, the rest has the sign of n. */
s64 __divmoddi4(s64 n, s64 d, s64 *rest)
{
	u64 r, q = div64_u64_rem(n < 0 ? -(u64)n : n, d < 0 ? -(u64)d : d, &r);

	*rest = n < 0 ? -r : r;
	return (n < 0) != (d < 0) ? -q : q;
}

s64 __divdi3(s64 n, s64 d)
{
	s64 rest;

	return __divmoddi4(n, d, &rest);
}
EXPORT_SYMBOL(__divdi3);

s64 __moddi3(s64 n, s64 d)
{
	s64 rest;

	__divmoddi4(n, d, &rest);
	return rest;
}
EXPORT_SYMBOL(__moddi3);
