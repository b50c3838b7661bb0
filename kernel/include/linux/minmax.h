/*
 * Evaluate their arguments once and refuse to compare unlike types; int and long, which are the
 * same here, are not unlike.
 */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#define __like(x) typeof(_Generic((x), long: 0, unsigned long: 0U, default: (x)))
#define __cmp_once(x, y, op) ({						\
	typeof(x) __x1 = (x);						\
	typeof(y) __y1 = (y);						\
	(void)((__like(__x1) *)1 == (__like(__y1) *)1);			\
	__x1 op __y1 ? __x1 : __y1; })

#define min(x, y)	__cmp_once(x, y, <)
#define max(x, y)	__cmp_once(x, y, >)
#define min3(x, y, z)	min((typeof(x))min(x, y), z)
#define max3(x, y, z)	max((typeof(x))max(x, y), z)
#define min_t(t, x, y)	({ t __x2 = (x); t __y2 = (y); __x2 < __y2 ? __x2 : __y2; })
#define max_t(t, x, y)	({ t __x2 = (x); t __y2 = (y); __x2 > __y2 ? __x2 : __y2; })
#define min_not_zero(x, y) ({ typeof(x) __x3 = (x); typeof(y) __y3 = (y); \
	__x3 == 0 ? __y3 : (__y3 == 0 ? __x3 : min(__x3, __y3)); })
#define clamp(v, lo, hi) min((typeof(v))max(v, lo), hi)
#define clamp_t(t, v, lo, hi) min_t(t, max_t(t, v, lo), hi)
#define clamp_val(v, lo, hi) clamp_t(typeof(v), v, lo, hi)
#define swap(a, b) \
	do { typeof(a) __tmp = (a); (a) = (b); (b) = __tmp; } while (0)

#endif
