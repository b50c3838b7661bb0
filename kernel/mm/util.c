/*
 * util.c - copies of strings and of user memory in kmalloc()ed memory, text
 * made in memory of its own, numbers read from user memory, and memory that
 * may come from either allocator.
 *
 * Context: process; may sleep where gfp or user memory is involved.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

void *kmemdup(const void *from, size_t len, gfp_t gfp)
{
	void *to = __kmalloc(len, gfp);

	return to ? memcpy(to, from, len) : NULL;
}
EXPORT_SYMBOL(kmemdup);

/* Exactly @len bytes and a 0. */
char *kmemdup_nul(const char *from, size_t len, gfp_t gfp)
{
	char *to = __kmalloc(len + 1, gfp);

	if (!to)
		return NULL;
	memcpy(to, from, len);
	to[len] = '\0';
	return to;
}
EXPORT_SYMBOL(kmemdup_nul);

char *kstrdup(const char *from, gfp_t gfp)
{
	return from ? kmemdup(from, strlen(from) + 1, gfp) : NULL;
}
EXPORT_SYMBOL(kstrdup);

char *kstrndup(const char *from, size_t max, gfp_t gfp)
{
	return from ? kmemdup_nul(from, strnlen(from, max), gfp) : NULL;
}
EXPORT_SYMBOL(kstrndup);

/* A copy of @len bytes of user memory, or an ERR_PTR. */
void *memdup_user(const void __user *from, size_t len)
{
	void *to = __kmalloc(len, GFP_USER | __GFP_NOWARN);

	if (!to)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(to, from, len)) {
		kfree(to);
		return ERR_PTR(-EFAULT);
	}
	return to;
}
EXPORT_SYMBOL(memdup_user);

/* The same, with a 0 behind. */
void *memdup_user_nul(const void __user *from, size_t len)
{
	char *to = __kmalloc(len + 1, GFP_USER | __GFP_NOWARN);

	if (!to)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(to, from, len)) {
		kfree(to);
		return ERR_PTR(-EFAULT);
	}
	to[len] = '\0';
	return to;
}
EXPORT_SYMBOL(memdup_user_nul);

/* A user string of fewer than @max bytes with its 0, or ERR_PTR: -EFAULT, -EINVAL, -ENOMEM. */
char *strndup_user(const char __user *from, long max)
{
	long len = strnlen_user(from, max);
	char *to;

	if (!len)
		return ERR_PTR(-EFAULT);
	if (len > max)
		return ERR_PTR(-EINVAL);
	to = memdup_user(from, len);
	if (!IS_ERR(to))
		to[len - 1] = '\0';	/* another thread may have changed it meanwhile */
	return to;
}
EXPORT_SYMBOL(strndup_user);

void *kvmalloc(size_t size, gfp_t gfp)
{
	void *addr;

	if (size <= KMALLOC_MAX_CACHE_SIZE)
		return __kmalloc(size, gfp);
	addr = __kmalloc(size, gfp | __GFP_NOWARN | __GFP_NORETRY);
	return addr ?: __vmalloc(size, gfp);
}
EXPORT_SYMBOL(kvmalloc);

void *kvmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	return check_mul_overflow(n, size, &bytes) ? NULL : kvmalloc(bytes, gfp);
}
EXPORT_SYMBOL(kvmalloc_array);

void kvfree(const void *addr)
{
	if (is_vmalloc_addr(addr))
		vfree(addr);
	else
		kfree(addr);
}
EXPORT_SYMBOL(kvfree);

char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)
{
	va_list again;
	char *buf;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	buf = kmalloc(len + 1, gfp);
	if (buf)
		vsnprintf(buf, len + 1, fmt, args);
	return buf;
}
EXPORT_SYMBOL(kvasprintf);

char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	va_list args;
	char *buf;

	va_start(args, fmt);
	buf = kvasprintf(gfp, fmt, args);
	va_end(args);
	return buf;
}
EXPORT_SYMBOL(kasprintf);

/* A sign, 64 binary digits, a newline, NUL. */
#define NUMBER_MAX	(1 + 64 + 1 + 1)

static int copy_number(char *buf, const char __user *s, size_t n)
{
	n = min_t(size_t, n, NUMBER_MAX - 1);
	if (copy_from_user(buf, s, n))
		return -EFAULT;
	buf[n] = '\0';
	return 0;
}

#define FROM_USER(name, type)							\
int name##_from_user(const char __user *s, size_t n, unsigned int base, type *res) \
{										\
	char buf[NUMBER_MAX];							\
										\
	return copy_number(buf, s, n) ?: name(buf, base, res);			\
}										\
EXPORT_SYMBOL(name##_from_user)

FROM_USER(kstrtoull, unsigned long long);
FROM_USER(kstrtoul, unsigned long);
FROM_USER(kstrtol, long);
FROM_USER(kstrtouint, unsigned int);
FROM_USER(kstrtoint, int);

int kstrtobool_from_user(const char __user *s, size_t n, bool *res)
{
	char buf[NUMBER_MAX];

	return copy_number(buf, s, n) ?: kstrtobool(buf, res);
}
EXPORT_SYMBOL(kstrtobool_from_user);
