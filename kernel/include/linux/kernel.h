/*
 * The small tools everything uses. printf-family and number parsing live in
 * kernel/lib/vsprintf.c, format.c and kstrto.c.
 *
 * Differences from Linux: min() and friends are no constant expressions.
 * might_sleep() checks in DEBUG=1 builds.
 */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/kconfig.h>
#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/stdarg.h>
#include <linux/stddef.h>
#include <linux/stringify.h>
#include <linux/types.h>

/* To a power of two. */
#define __ALIGN_KERNEL(x, a)	__ALIGN_KERNEL_MASK(x, (typeof(x))(a) - 1)
#define __ALIGN_KERNEL_MASK(x, mask) (((x) + (mask)) & ~(mask))
#define ALIGN(x, a)		__ALIGN_KERNEL((x), (a))
#define ALIGN_DOWN(x, a)	((x) & ~((typeof(x))(a) - 1))
#define PTR_ALIGN(p, a)		((typeof(p))ALIGN((unsigned long)(p), (a)))
#define IS_ALIGNED(x, a)	(((x) & ((typeof(x))(a) - 1)) == 0)

#define STACK_MAGIC	0xdeadbeef

#define READ		0
#define WRITE		1

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]) + __must_be_array(a))
#define typeof_member(T, m) typeof(((T *)0)->m)
#define u64_to_user_ptr(x) ((void __user *)(uintptr_t)(x))

#define __round_mask(x, y) ((typeof(x))((y) - 1))
#define round_up(x, y)	((((x) - 1) | __round_mask(x, y)) + 1)
#define round_down(x, y) ((x) & ~__round_mask(x, y))
#define roundup(x, y)	({ const typeof(y) __y = (y); (((x) + (__y - 1)) / __y) * __y; })
#define rounddown(x, y)	({ typeof(x) __x = (x); __x - (__x % (y)); })
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define DIV_ROUND_DOWN_ULL(n, d) div_u64((u64)(n), (d))
#define DIV_ROUND_UP_ULL(n, d) DIV_ROUND_DOWN_ULL((u64)(n) + (d) - 1, (d))
#define DIV_ROUND_CLOSEST(x, d) ({					\
	typeof(x) __x = (x); typeof(d) __d = (d);			\
	(((typeof(x))-1) > 0 || ((typeof(d))-1) > 0 || ((__x) > 0) == ((__d) > 0)) ? \
		((__x + __d / 2) / __d) : ((__x - __d / 2) / __d); })
#define abs(x) ({ typeof(x) __abs = (x); __abs < 0 ? -__abs : __abs; })

#define upper_32_bits(n) ((u32)(((n) >> 16) >> 16))
#define lower_32_bits(n) ((u32)(n))

#define _RET_IP_	((unsigned long)__builtin_return_address(0))
#define _THIS_IP_	({ __label__ __here; __here: (unsigned long)&&__here; })

enum system_states {
	SYSTEM_BOOTING,
	SYSTEM_SCHEDULING,
	SYSTEM_RUNNING,
	SYSTEM_HALT,
	SYSTEM_POWER_OFF,
	SYSTEM_RESTART,
};
extern enum system_states system_state;

#if DEBUG_BUILD
void __might_sleep(const char *file, int line, int preempt_offset);
void __might_fault(const char *file, int line);
#define might_sleep()	__might_sleep(__FILE__, __LINE__, 0)
/* User memory is touched: a page may have to be read, under the lock of the mappings. */
#define might_fault()	__might_fault(__FILE__, __LINE__)
#else
#define might_sleep()	do { } while (0)
#define might_fault()	do { } while (0)
#endif
#define might_sleep_if(c) do { if (c) might_sleep(); } while (0)

int __must_check kstrtoull(const char *s, unsigned int base, unsigned long long *res);
int __must_check kstrtoll(const char *s, unsigned int base, long long *res);
int __must_check kstrtoul(const char *s, unsigned int base, unsigned long *res);
int __must_check kstrtol(const char *s, unsigned int base, long *res);
int __must_check kstrtouint(const char *s, unsigned int base, unsigned int *res);
int __must_check kstrtoint(const char *s, unsigned int base, int *res);
int __must_check kstrtou16(const char *s, unsigned int base, u16 *res);
int __must_check kstrtos16(const char *s, unsigned int base, s16 *res);
int __must_check kstrtou8(const char *s, unsigned int base, u8 *res);
int __must_check kstrtobool(const char *s, bool *res);
#define kstrtou64(s, b, r) kstrtoull(s, b, r)
#define kstrtos64(s, b, r) kstrtoll(s, b, r)
#define kstrtou32(s, b, r) kstrtouint(s, b, r)
#define kstrtos32(s, b, r) kstrtoint(s, b, r)
int __must_check kstrtoull_from_user(const char __user *s, size_t n, unsigned int base,
				     unsigned long long *res);
int __must_check kstrtoul_from_user(const char __user *s, size_t n, unsigned int base,
				    unsigned long *res);
int __must_check kstrtol_from_user(const char __user *s, size_t n, unsigned int base, long *res);
int __must_check kstrtouint_from_user(const char __user *s, size_t n, unsigned int base,
				      unsigned int *res);
int __must_check kstrtoint_from_user(const char __user *s, size_t n, unsigned int base, int *res);
int __must_check kstrtobool_from_user(const char __user *s, size_t n, bool *res);

unsigned long simple_strtoul(const char *s, char **end, unsigned int base);
long simple_strtol(const char *s, char **end, unsigned int base);
unsigned long long simple_strtoull(const char *s, char **end, unsigned int base);
long long simple_strtoll(const char *s, char **end, unsigned int base);

__printf(2, 3) int sprintf(char *buf, const char *fmt, ...);
__printf(2, 0) int vsprintf(char *buf, const char *fmt, va_list args);
__printf(3, 4) int snprintf(char *buf, size_t size, const char *fmt, ...);
__printf(3, 0) int vsnprintf(char *buf, size_t size, const char *fmt, va_list args);
__printf(3, 4) int scnprintf(char *buf, size_t size, const char *fmt, ...);
__printf(3, 0) int vscnprintf(char *buf, size_t size, const char *fmt, va_list args);
__printf(2, 3) __malloc char *kasprintf(gfp_t gfp, const char *fmt, ...);
__printf(2, 0) __malloc char *kvasprintf(gfp_t gfp, const char *fmt, va_list args);
__scanf(2, 3) int sscanf(const char *buf, const char *fmt, ...);
__scanf(2, 0) int vsscanf(const char *buf, const char *fmt, va_list args);

const char *errname(int err);

unsigned long long memparse(const char *ptr, char **retptr);

int hex_to_bin(char ch);
int __must_check hex2bin(u8 *dst, const char *src, size_t count);
extern const char hex_asc[];
extern const char hex_asc_upper[];
#define hex_asc_lo(x)	hex_asc[(x) & 0x0f]
#define hex_asc_hi(x)	hex_asc[((x) & 0xf0) >> 4]
static inline char *hex_byte_pack(char *buf, u8 byte)
{
	*buf++ = hex_asc_hi(byte);
	*buf++ = hex_asc_lo(byte);
	return buf;
}

#endif
