/*
 * Text in memory of its own, and numbers from user memory.
 * Context: process; may sleep by gfp, and for user memory.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

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
