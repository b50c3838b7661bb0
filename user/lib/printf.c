/*
 * printf.c: formats.  One engine, vformat(), gives its output piece by piece
 * to a function; a string, a stream and a descriptor each bring theirs.
 *
 *   %[flags][width][.precision][length]conversion
 *
 * flags -+ #0, widths and precisions as numbers or *, lengths hh h l ll j z t,
 * conversions d i u o x X c s p n %.  There is no floating point here.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "format.h"
#include "stdio_impl.h"

#define LEFT 1
#define PLUS 2
#define SPACE 4
#define ALTERNATE 8
#define ZERO 16
#define UPPER 32

struct spec {
	int flags;
	int width;
	int precision;		/* -1: none given */
	int length;		/* bytes of the argument */
};

static void emit(struct sink *sink, const char *s, size_t n)
{
	sink->total += n;
	sink->put(sink, s, n);
}

static void pad(struct sink *sink, char c, int n)
{
	char run[16];

	memset(run, c, sizeof(run));
	for (; n > 0; n -= sizeof(run))
		emit(sink, run, n < sizeof(run) ? n : sizeof(run));
}

/* Reads what stands between % and the conversion; returns the conversion's place. */
static const char *parse_spec(const char *p, struct spec *spec, va_list *ap)
{
	static const char flags[] = "-+ #0";
	const char *f;

	*spec = (struct spec){ .precision = -1, .length = sizeof(int) };
	for (; *p && (f = strchr(flags, *p)); p++)
		spec->flags |= 1 << (f - flags);
	if (*p == '*') {
		spec->width = va_arg(*ap, int);
		p++;
	} else {
		while (*p >= '0' && *p <= '9')
			spec->width = spec->width * 10 + *p++ - '0';
	}
	if (spec->width < 0) {
		spec->flags |= LEFT;
		spec->width = -spec->width;
	}
	if (*p == '.') {
		spec->precision = 0;
		if (*++p == '*') {
			spec->precision = va_arg(*ap, int);
			p++;
		}
		while (*p >= '0' && *p <= '9')
			spec->precision = spec->precision * 10 + *p++ - '0';
	}
	for (;; p++) {
		if (*p == 'h')
			spec->length /= 2;
		else if (*p == 'l')
			spec->length = p[1] == 'l' || p[-1] == 'l' ? 8 : sizeof(long);
		else if (*p == 'j')
			spec->length = 8;
		else if (*p != 'z' && *p != 't')
			return p;
	}
}

static uint64_t argument(va_list *ap, int length, int is_signed)
{
	uint64_t value = length == 8 ? va_arg(*ap, uint64_t) : va_arg(*ap, uint32_t);
	int unused = 64 - 8 * length;

	return is_signed ? (uint64_t)((int64_t)(value << unused) >> unused) : value << unused >> unused;
}

/* The field is: blanks, sign or 0x, zeros, digits, blanks. */
static void format_number(struct sink *sink, struct spec *spec, uint64_t value, int base, const char *prefix)
{
	const char *digits = spec->flags & UPPER ? "0123456789ABCDEF" : "0123456789abcdef";
	char buf[24], *p = buf + sizeof(buf);
	int count, zeros, blanks, prefix_len = strlen(prefix);

	for (; value; value /= base)
		*--p = digits[value % base];
	count = buf + sizeof(buf) - p;
	zeros = (spec->precision < 0 ? 1 : spec->precision) - count;
	if (base == 8 && spec->flags & ALTERNATE && zeros <= 0)
		zeros = 1;
	if (zeros < 0)
		zeros = 0;
	blanks = spec->width - prefix_len - zeros - count;
	if (spec->flags & ZERO && !(spec->flags & LEFT) && spec->precision < 0 && blanks > 0) {
		zeros += blanks;
		blanks = 0;
	}
	if (!(spec->flags & LEFT))
		pad(sink, ' ', blanks);
	emit(sink, prefix, prefix_len);
	pad(sink, '0', zeros);
	emit(sink, p, count);
	if (spec->flags & LEFT)
		pad(sink, ' ', blanks);
}

static void format_signed(struct sink *sink, struct spec *spec, int64_t value)
{
	const char *sign = value < 0 ? "-" : spec->flags & PLUS ? "+" : spec->flags & SPACE ? " " : "";

	format_number(sink, spec, value < 0 ? -value : value, 10, sign);
}

static void format_text(struct sink *sink, struct spec *spec, const char *s, size_t n)
{
	if (!(spec->flags & LEFT))
		pad(sink, ' ', spec->width - (int)n);
	emit(sink, s, n);
	if (spec->flags & LEFT)
		pad(sink, ' ', spec->width - (int)n);
}

/* One conversion. Returns -1 when it is none of ours. */
static int convert(struct sink *sink, struct spec *spec, char conversion, va_list *ap)
{
	const char *s;
	uint64_t value;
	char c;

	switch (conversion) {
	case 'd':
	case 'i':
		format_signed(sink, spec, argument(ap, spec->length, 1));
		return 0;
	case 'u':
		format_number(sink, spec, argument(ap, spec->length, 0), 10, "");
		return 0;
	case 'o':
		format_number(sink, spec, argument(ap, spec->length, 0), 8, "");
		return 0;
	case 'X':
		spec->flags |= UPPER;
		/* fall through */
	case 'x':
		value = argument(ap, spec->length, 0);
		s = !(spec->flags & ALTERNATE) || !value ? "" : conversion == 'X' ? "0X" : "0x";
		format_number(sink, spec, value, 16, s);
		return 0;
	case 'p':
		format_number(sink, spec, va_arg(*ap, uintptr_t), 16, "0x");
		return 0;
	case 'c':
		c = va_arg(*ap, int);
		format_text(sink, spec, &c, 1);
		return 0;
	case 's':
		s = va_arg(*ap, const char *);
		if (!s)
			s = "(null)";
		format_text(sink, spec, s, spec->precision < 0 ? strlen(s) : strnlen(s, spec->precision));
		return 0;
	case 'n':
		*va_arg(*ap, int *) = sink->total;
		return 0;
	case '%':
		emit(sink, "%", 1);
		return 0;
	}
	return -1;
}

int __vformat(struct sink *sink, const char *format, va_list args)
{
	struct spec spec;
	const char *p;
	va_list ap;

	va_copy(ap, args);
	while (*format) {
		p = strchrnul(format, '%');
		if (p > format)
			emit(sink, format, p - format);
		format = p;
		if (!*p)
			break;
		p = parse_spec(p + 1, &spec, &ap);
		if (convert(sink, &spec, *p, &ap) < 0) {
			va_end(ap);
			errno = EINVAL;
			return -1;
		}
		format = p + 1;
	}
	va_end(ap);
	return sink->total;
}

/* A string: what does not fit is counted and dropped. */
struct string_sink {
	struct sink sink;
	char *p, *end;		/* end is the place of the last zero */
};

static void put_string(struct sink *sink, const char *s, size_t n)
{
	struct string_sink *out = (struct string_sink *)sink;

	if (n > out->end - out->p)
		n = out->end - out->p;
	out->p = mempcpy(out->p, s, n);
}

int vsnprintf(char *s, size_t size, const char *format, va_list ap)
{
	char none[1];
	struct string_sink out = { .sink.put = put_string, .p = s, .end = s + size - 1 };
	int n;

	if (!size)
		out.p = out.end = none;
	else if ((uintptr_t)out.end < (uintptr_t)s)
		out.end = (char *)UINTPTR_MAX;		/* vsprintf(): no bound */
	n = __vformat(&out.sink, format, ap);
	*out.p = '\0';
	return n;
}

int vsprintf(char *s, const char *format, va_list ap)
{
	return vsnprintf(s, SIZE_MAX - (uintptr_t)s, format, ap);
}

int snprintf(char *s, size_t size, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(s, size, format, ap);
	va_end(ap);
	return n;
}

int sprintf(char *s, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsprintf(s, format, ap);
	va_end(ap);
	return n;
}

/* Twice through the format: the first time counts. */
int vasprintf(char **out, const char *format, va_list ap)
{
	int n = vsnprintf(NULL, 0, format, ap);

	if (n < 0)
		return -1;
	*out = malloc(n + 1);
	return *out ? vsnprintf(*out, n + 1, format, ap) : -1;
}

int asprintf(char **out, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vasprintf(out, format, ap);
	va_end(ap);
	return n;
}
