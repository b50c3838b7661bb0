/*
 * Numbers from text. kstrto*() want the whole string to be a number (a closing
 * newline is let pass) and tell overflow; simple_strto*() stop where the
 * number ends. Base 0 takes 0x and 0 prefixes for what they mean.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/string.h>

static const char *skip_prefix(const char *s, unsigned int *base)
{
	bool hex = s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2]);

	if (!*base)
		*base = hex ? 16 : s[0] == '0' ? 8 : 10;
	return hex && *base == 16 ? s + 2 : s;
}

static unsigned int digit_value(char c)
{
	if (isdigit(c))
		return c - '0';
	return isalpha(c) ? tolower(c) - 'a' + 10 : 255;
}

/* Digits of `base`; returns where they end. *overflow when 64 bits are too few. */
static const char *parse_digits(const char *s, unsigned int base, u64 *res, bool *overflow)
{
	u64 value = 0;

	*overflow = false;
	for (; digit_value(*s) < base; s++) {
		unsigned int digit = digit_value(*s);

		if (value >> 59 && value > div_u64(ULLONG_MAX - digit, base))
			*overflow = true;
		value = value * base + digit;
	}
	*res = value;
	return s;
}

int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	const char *start, *end;
	bool overflow;
	u64 value;

	if (*s == '+')
		s++;
	start = skip_prefix(s, &base);
	end = parse_digits(start, base, &value, &overflow);
	if (end == start)
		return -EINVAL;
	if (overflow)
		return -ERANGE;
	if (*end == '\n')
		end++;
	if (*end)
		return -EINVAL;
	*res = value;
	return 0;
}
EXPORT_SYMBOL(kstrtoull);

int kstrtoll(const char *s, unsigned int base, long long *res)
{
	bool negative = *s == '-';
	unsigned long long value;
	int err = kstrtoull(s + negative, base, &value);

	if (err)
		return err;
	if (negative ? value > 1ULL << 63 : (long long)value < 0)
		return -ERANGE;
	if (negative && s[1] == '+')
		return -EINVAL;
	*res = negative ? -value : value;
	return 0;
}
EXPORT_SYMBOL(kstrtoll);

/* The narrower ones: parse wide, refuse what does not survive the cast. */
#define KSTRTO(name, wide, wide_t, type)				\
int name(const char *s, unsigned int base, type *res)			\
{									\
	wide_t value;							\
	int err = wide(s, base, &value);				\
									\
	if (err)							\
		return err;						\
	if (value != (type)value)					\
		return -ERANGE;						\
	*res = value;							\
	return 0;							\
}									\
EXPORT_SYMBOL(name)

KSTRTO(kstrtoul, kstrtoull, unsigned long long, unsigned long);
KSTRTO(kstrtol, kstrtoll, long long, long);
KSTRTO(kstrtouint, kstrtoull, unsigned long long, unsigned int);
KSTRTO(kstrtoint, kstrtoll, long long, int);
KSTRTO(kstrtou16, kstrtoull, unsigned long long, u16);
KSTRTO(kstrtos16, kstrtoll, long long, s16);
KSTRTO(kstrtou8, kstrtoull, unsigned long long, u8);

/* y, Y, 1, on; n, N, 0, off. */
int kstrtobool(const char *s, bool *res)
{
	if (!s)
		return -EINVAL;
	switch (tolower(s[0])) {
	case 'y': case '1': case 't':
		*res = true;
		return 0;
	case 'n': case '0': case 'f':
		*res = false;
		return 0;
	case 'o':
		if (tolower(s[1]) != 'n' && tolower(s[1]) != 'f')
			return -EINVAL;
		*res = tolower(s[1]) == 'n';
		return 0;
	}
	return -EINVAL;
}
EXPORT_SYMBOL(kstrtobool);

unsigned long long simple_strtoull(const char *s, char **end, unsigned int base)
{
	bool overflow;
	u64 value;

	s = skip_prefix(s, &base);
	s = parse_digits(s, base, &value, &overflow);
	if (end)
		*end = (char *)s;
	return value;
}
EXPORT_SYMBOL(simple_strtoull);

long long simple_strtoll(const char *s, char **end, unsigned int base)
{
	return *s == '-' ? -simple_strtoull(s + 1, end, base) : simple_strtoull(s, end, base);
}
EXPORT_SYMBOL(simple_strtoll);

unsigned long simple_strtoul(const char *s, char **end, unsigned int base)
{
	return simple_strtoull(s, end, base);
}
EXPORT_SYMBOL(simple_strtoul);

long simple_strtol(const char *s, char **end, unsigned int base)
{
	return simple_strtoll(s, end, base);
}
EXPORT_SYMBOL(simple_strtol);

int hex_to_bin(char ch)
{
	return isxdigit(ch) ? (int)digit_value(ch) : -1;
}
EXPORT_SYMBOL(hex_to_bin);

int hex2bin(u8 *dst, const char *src, size_t count)
{
	for (; count--; src += 2) {
		int high = hex_to_bin(src[0]), low = high < 0 ? -1 : hex_to_bin(src[1]);

		if (low < 0)
			return -EINVAL;
		*dst++ = high << 4 | low;
	}
	return 0;
}
EXPORT_SYMBOL(hex2bin);

/* A number, then perhaps K, M, G, T, P or E: times 1024 each. */
unsigned long long memparse(const char *ptr, char **retptr)
{
	static const char suffix[] = "kmgtpe";
	char *end;
	unsigned long long value = simple_strtoull(ptr, &end, 0);
	const char *found = *end ? strchr(suffix, tolower(*end)) : NULL;

	if (found) {
		value <<= 10 * (found - suffix + 1);
		end++;
	}
	if (retptr)
		*retptr = end;
	return value;
}
EXPORT_SYMBOL(memparse);
