/*
 * div64.c: the compiler divides 64-bit numbers by calling these.  The x86
 * divides 64 bits by 32 in one instruction when the quotient fits 32; two of
 * them make a division of any 64 bits by 32, and the rest is done bit by bit.
 */
#include <stdint.h>
#include <stddef.h>

uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rest);
uint64_t __udivdi3(uint64_t n, uint64_t d);
uint64_t __umoddi3(uint64_t n, uint64_t d);
int64_t __divdi3(int64_t n, int64_t d);
int64_t __moddi3(int64_t n, int64_t d);
int64_t __divmoddi4(int64_t n, int64_t d, int64_t *rest);

static uint64_t divide_short(uint64_t n, uint32_t d, uint64_t *rest)
{
	uint32_t high = n >> 32, low = n, remainder = high % d;

	high /= d;
	__asm__("divl %2" : "+a"(low), "+d"(remainder) : "r"(d));
	if (rest)
		*rest = remainder;
	return (uint64_t)high << 32 | low;
}

uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rest)
{
	uint64_t quotient = 0;
	int shift;

	if (d >> 32 == 0)
		return divide_short(n, d, rest);
	if (n >= d) {
		/* d has a bit above 31, so the quotient has at most 32 */
		shift = __builtin_clz(d >> 32) - __builtin_clz(n >> 32);
		for (d <<= shift; shift >= 0; shift--, d >>= 1) {
			quotient <<= 1;
			if (n >= d) {
				n -= d;
				quotient |= 1;
			}
		}
	}
	if (rest)
		*rest = n;
	return quotient;
}

uint64_t __udivdi3(uint64_t n, uint64_t d)
{
	return __udivmoddi4(n, d, NULL);
}

uint64_t __umoddi3(uint64_t n, uint64_t d)
{
	uint64_t rest;

	__udivmoddi4(n, d, &rest);
	return rest;
}

int64_t __divmoddi4(int64_t n, int64_t d, int64_t *rest)
{
	uint64_t r, q = __udivmoddi4(n < 0 ? -n : n, d < 0 ? -d : d, &r);

	if (rest)
		*rest = n < 0 ? -r : r;
	return (n < 0) != (d < 0) ? -q : q;
}

int64_t __divdi3(int64_t n, int64_t d)
{
	return __divmoddi4(n, d, NULL);
}

int64_t __moddi3(int64_t n, int64_t d)
{
	int64_t rest;

	__divmoddi4(n, d, &rest);
	return rest;
}
