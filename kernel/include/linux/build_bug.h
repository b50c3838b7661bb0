/*
 * Assertions that the compiler decides.
 */
#ifndef _LINUX_BUILD_BUG_H
#define _LINUX_BUILD_BUG_H

/* An int of value 0, or a compile error where e is true. */
#ifdef __CHECKER__
#define BUILD_BUG_ON_ZERO(e)	(0)
#else
#define BUILD_BUG_ON_ZERO(e)	((int)sizeof(struct { int : (-!!(e)); }))
#endif
#define BUILD_BUG_ON_INVALID(e)	((void)sizeof((long)(e)))
#define BUILD_BUG_ON_MSG(c, msg) _Static_assert(!(c), msg)
#define BUILD_BUG_ON(c)		BUILD_BUG_ON_MSG(c, "BUILD_BUG_ON: " #c)
#define BUILD_BUG_ON_NOT_POWER_OF_2(n) BUILD_BUG_ON((n) == 0 || ((n) & ((n) - 1)) != 0)
#ifndef static_assert
#define static_assert(e, ...)	__static_assert(e, ##__VA_ARGS__, #e)
#define __static_assert(e, msg, ...) _Static_assert(e, msg)
#endif

#endif
