/*
 * The printf family: the format language, strings and numbers.
 *
 * %[-+ #0][width][.precision][hh h l ll L z t j]{d i u o x X c s p %}, with `*`
 * for width and precision. No floating point; %n is refused. pointer.c has the
 * letters after %p. Context: any; nothing here allocates or locks.
 */
#include <linux/bug.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/string.h>
#include "format.h"

void format_pad(struct format_out *out, char c, int n)
{
	while (n-- > 0)
		format_char(out, c);
}

void format_bytes(struct format_out *out, const char *s, int n, const struct format_spec *spec)
{
	int pad = spec->width - n;

	if (!(spec->flags & FORMAT_LEFT))
		format_pad(out, ' ', pad);
	for (int i = 0; i < n; i++)
		format_char(out, s[i]);
	if (spec->flags & FORMAT_LEFT)
		format_pad(out, ' ', pad);
}

/* NULL and addresses that carry an errno are shown as what they are. */
void format_string(struct format_out *out, const char *s, const struct format_spec *spec)
{
	if (!s)
		s = "(null)";
	else if ((unsigned long)s < 4096 || (unsigned long)s >= -4095ul)
		s = "(efault)";
	format_bytes(out, s, strnlen(s, spec->precision < 0 ? INT_MAX : spec->precision), spec);
}

/* Writes the digits backwards from `end`; returns where they begin. */
static char *digits(char *end, u64 num, unsigned int base, bool upper)
{
	const char *set = upper ? hex_asc_upper : hex_asc;
	unsigned int shift = base == 16 ? 4 : 3;
	u32 low;

	if (base != 10) {
		for (; num; num >>= shift)
			*--end = set[num & (base - 1)];
		return end;
	}
	while (num >> 32) {
		u32 rest;

		num = div_u64_rem(num, 1000000000, &rest);
		for (int i = 0; i < 9; i++, rest /= 10)
			*--end = '0' + rest % 10;
	}
	for (low = num; low; low /= 10)
		*--end = '0' + low % 10;
	return end;
}

void format_number(struct format_out *out, u64 num, const struct format_spec *spec)
{
	char buf[24], *end = buf + sizeof(buf), *s;
	char sign = 0;
	int len, zeros, pad, prefix = 0;

	if (spec->flags & FORMAT_SIGNED) {
		if ((s64)num < 0) {
			sign = '-';
			num = -num;
		} else if (spec->flags & FORMAT_PLUS) {
			sign = '+';
		} else if (spec->flags & FORMAT_SPACE) {
			sign = ' ';
		}
	}
	s = digits(end, num, spec->base, spec->flags & FORMAT_UPPER);
	len = end - s;
	zeros = max(spec->precision < 0 ? 1 - len : spec->precision - len, 0);
	if (spec->flags & FORMAT_ALT) {
		if (spec->base == 16)
			prefix = 2;
		else if (spec->base == 8 && !zeros)
			zeros = 1;
	}
	pad = spec->width - len - zeros - prefix - (sign != 0);
	if ((spec->flags & (FORMAT_ZERO | FORMAT_LEFT)) == FORMAT_ZERO && spec->precision < 0) {
		zeros += max(pad, 0);
		pad = 0;
	}

	if (!(spec->flags & FORMAT_LEFT))
		format_pad(out, ' ', pad);
	if (sign)
		format_char(out, sign);
	if (prefix) {
		format_char(out, '0');
		format_char(out, spec->flags & FORMAT_UPPER ? 'X' : 'x');
	}
	format_pad(out, '0', zeros);
	while (s < end)
		format_char(out, *s++);
	if (spec->flags & FORMAT_LEFT)
		format_pad(out, ' ', pad);
}

static const char *parse_flags(const char *fmt, struct format_spec *spec)
{
	for (;; fmt++) {
		switch (*fmt) {
		case '-': spec->flags |= FORMAT_LEFT; break;
		case '+': spec->flags |= FORMAT_PLUS; break;
		case ' ': spec->flags |= FORMAT_SPACE; break;
		case '#': spec->flags |= FORMAT_ALT; break;
		case '0': spec->flags |= FORMAT_ZERO; break;
		default: return fmt;
		}
	}
}

static int parse_digits(const char **fmt)
{
	int n = 0;

	while (isdigit(**fmt))
		n = n * 10 + *(*fmt)++ - '0';
	return n;
}

/* The length modifier as one letter: H hh, h, l, L ll; z, t and l are words alike. */
static const char *parse_length(const char *fmt, char *length)
{
	*length = 0;
	switch (*fmt) {
	case 'h':
		*length = fmt[1] == 'h' ? 'H' : 'h';
		return fmt + (*length == 'H' ? 2 : 1);
	case 'l':
		*length = fmt[1] == 'l' ? 'L' : 'l';
		return fmt + (*length == 'L' ? 2 : 1);
	case 'L': case 'j':
		*length = 'L';
		return fmt + 1;
	case 'z': case 't': case 'Z':
		*length = 'l';
		return fmt + 1;
	}
	return fmt;
}

/* An integer argument was fetched as 64 or 32 bits; cut it to what was meant. */
static u64 narrow(u64 num, char length, bool is_signed)
{
	if (length == 'L')
		return num;
	if (length == 'H')
		return is_signed ? (u64)(s8)num : (u8)num;
	if (length == 'h')
		return is_signed ? (u64)(s16)num : (u16)num;
	return is_signed ? (u64)(s32)num : (u32)num;
}

/* A va_list that can be handed down by address, however the ABI defines it. */
struct format_args {
	va_list args;
};

/* Flags, width and precision. */
static const char *parse_spec(const char *fmt, struct format_spec *spec, struct format_args *from)
{
	fmt = parse_flags(fmt, spec);
	if (*fmt == '*') {
		fmt++;
		spec->width = va_arg(from->args, int);
		if (spec->width < 0) {
			spec->width = -spec->width;
			spec->flags |= FORMAT_LEFT;
		}
	} else {
		spec->width = parse_digits(&fmt);
	}
	if (*fmt == '.') {
		fmt++;
		if (*fmt == '*') {
			fmt++;
			spec->precision = max(va_arg(from->args, int), -1);
		} else {
			spec->precision = parse_digits(&fmt);
		}
	}
	return fmt;
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct format_out out = { buf, buf + size };
	struct format_args from;

	if (WARN_ON_ONCE(size > INT_MAX))
		return 0;
	va_copy(from.args, args);
	for (; *fmt; fmt++) {
		struct format_spec spec = { .base = 10, .precision = -1 };
		char length, c;

		if (*fmt != '%') {
			format_char(&out, *fmt);
			continue;
		}
		fmt = parse_spec(fmt + 1, &spec, &from);
		fmt = parse_length(fmt, &length);

		switch (*fmt) {
		case '%':
			format_char(&out, '%');
			continue;
		case 'c':
			c = va_arg(from.args, int);
			format_bytes(&out, &c, 1, &spec);
			continue;
		case 's':
			format_string(&out, va_arg(from.args, const char *), &spec);
			continue;
		case 'p':
			fmt += format_pointer(&out, va_arg(from.args, const void *), fmt + 1, &spec);
			continue;
		case 'd': case 'i':
			spec.flags |= FORMAT_SIGNED;
			fallthrough;
		case 'u':
			break;
		case 'o':
			spec.base = 8;
			break;
		case 'X':
			spec.flags |= FORMAT_UPPER;
			fallthrough;
		case 'x':
			spec.base = 16;
			break;
		default:
			WARN_ONCE(1, "vsnprintf: no such conversion: %%%c\n", *fmt);
			goto out;
		}
		format_number(&out, narrow(length == 'L' ? va_arg(from.args, u64) : va_arg(from.args, u32),
					   length, spec.flags & FORMAT_SIGNED), &spec);
	}
out:
	va_end(from.args);
	if (size)
		*(out.pos < out.end ? out.pos : out.end - 1) = '\0';
	return out.pos - buf;
}
EXPORT_SYMBOL(vsnprintf);

/* As vsnprintf(), but returns what was stored. */
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int n = vsnprintf(buf, size, fmt, args);

	return n < (int)size ? n : max((int)size - 1, 0);
}
EXPORT_SYMBOL(vscnprintf);

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(snprintf);

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(scnprintf);

int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, min((unsigned long)INT_MAX, -1 - (unsigned long)buf), fmt, args);
}
EXPORT_SYMBOL(vsprintf);

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsprintf(buf, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(sprintf);
