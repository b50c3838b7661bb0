/* strtol.c: digits into numbers. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

static int digit_of(int c)
{
	if (isdigit(c))
		return c - '0';
	return isalpha(c) ? (c | 0x20) - 'a' + 10 : INT_MAX;
}

/*
 * Everything is converted as a magnitude of 64 bits and a sign; `max` is the
 * largest magnitude that the caller's type takes.  Past it errno is ERANGE and
 * the result max.
 */
static unsigned long long convert(const char *s, char **end, int base, unsigned long long max, int *negative)
{
	const char *p = s, *start;
	unsigned long long value = 0;
	int overflow = 0, digit;

	while (isspace(*p))
		p++;
	*negative = *p == '-';
	if (*p == '-' || *p == '+')
		p++;
	if ((base == 0 || base == 16) && p[0] == '0' && (p[1] | 0x20) == 'x' && isxdigit(p[2])) {
		p += 2;
		base = 16;
	}
	if (base == 0)
		base = *p == '0' ? 8 : 10;
	for (start = p; (digit = digit_of(*p)) < base; p++) {
		if (value > (max - digit) / base)
			overflow = 1;
		value = value * base + digit;
	}
	if (end)
		*end = (char *)(p > start ? p : s);
	if (overflow) {
		errno = ERANGE;
		return max;
	}
	return value;
}

/* the magnitude of a signed type's smallest number is one more than its largest's */
static long long signed_result(const char *s, char **end, int base, unsigned long long max)
{
	int negative;
	unsigned long long value;

	value = convert(s, end, base, max + 1, &negative);
	if (negative)
		return -value;
	if (value > max) {
		errno = ERANGE;
		return max;
	}
	return value;
}

long strtol(const char *s, char **end, int base)
{
	return signed_result(s, end, base, LONG_MAX);
}

long long strtoll(const char *s, char **end, int base)
{
	return signed_result(s, end, base, LLONG_MAX);
}

unsigned long strtoul(const char *s, char **end, int base)
{
	int negative;
	unsigned long value = convert(s, end, base, ULONG_MAX, &negative);

	return negative ? -value : value;
}

unsigned long long strtoull(const char *s, char **end, int base)
{
	int negative;
	unsigned long long value = convert(s, end, base, ULLONG_MAX, &negative);

	return negative ? -value : value;
}

intmax_t strtoimax(const char *s, char **end, int base)
{
	return strtoll(s, end, base);
}

uintmax_t strtoumax(const char *s, char **end, int base)
{
	return strtoull(s, end, base);
}

int atoi(const char *s)
{
	return strtol(s, NULL, 10);
}

long atol(const char *s)
{
	return strtol(s, NULL, 10);
}

long long atoll(const char *s)
{
	return strtoll(s, NULL, 10);
}
