#ifndef _LINUX_OVERFLOW_H
#define _LINUX_OVERFLOW_H

#include <linux/limits.h>

#define check_add_overflow(a, b, d) __builtin_add_overflow(a, b, d)
#define check_sub_overflow(a, b, d) __builtin_sub_overflow(a, b, d)
#define check_mul_overflow(a, b, d) __builtin_mul_overflow(a, b, d)

/* Sizes that saturate: an allocation of SIZE_MAX fails, a wrapped one does not. */
static inline size_t array_size(size_t a, size_t b)
{
	size_t bytes;

	return check_mul_overflow(a, b, &bytes) ? SIZE_MAX : bytes;
}

static inline size_t __ab_c_size(size_t a, size_t b, size_t c)
{
	size_t bytes;

	return check_mul_overflow(a, b, &bytes) || check_add_overflow(bytes, c, &bytes) ?
	       SIZE_MAX : bytes;
}

#define struct_size(p, member, n) __ab_c_size(n, sizeof(*(p)->member), sizeof(*(p)))

#endif
