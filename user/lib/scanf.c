/*
 * scanf.c: formats, the other way round.  One engine takes characters from a
 * function with one character of going back; a string and a stream bring theirs.
 *
 *   %[*][width][length]conversion      conversions d i u o x c s [set] n %
 */
#include <ctype.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "stdio_impl.h"

struct source {
	int (*get)(struct source *src);
	const char *string;
	FILE *file;
	int held;		/* a character seen and given back; EOF: none */
	int taken;		/* characters taken for good */
};

static int next(struct source *src)
{
	int c = src->held;

	if (c != EOF)
		src->held = EOF;
	else
		c = src->get(src);
	if (c != EOF)
		src->taken++;
	return c;
}

static void back(struct source *src, int c)
{
	if (c == EOF)
		return;
	src->held = c;
	src->taken--;
}

static void skip_space(struct source *src)
{
	int c;

	while (isspace(c = next(src)))
		;
	back(src, c);
}

struct field {
	int store;		/* 0: a * stood there */
	int width;
	int length;		/* bytes of the variable */
	char conversion;
	char set[256];		/* of %[ */
};

/* [abc], [^abc], [a-z]; a ] that comes first is a member. */
static const char *parse_set(const char *p, struct field *field)
{
	int wanted = 1, c;

	if (*p == '^') {
		wanted = 0;
		p++;
	}
	memset(field->set, !wanted, sizeof(field->set));
	do {
		field->set[(unsigned char)*p] = wanted;
		if (p[1] == '-' && p[2] && p[2] != ']') {
			for (c = (unsigned char)p[0]; c <= (unsigned char)p[2]; c++)
				field->set[c] = wanted;
			p += 2;
		}
		p++;
	} while (*p && *p != ']');
	return *p ? p + 1 : p;
}

static const char *parse_field(const char *p, struct field *field)
{
	*field = (struct field){ .store = 1, .length = sizeof(int) };
	if (*p == '*') {
		field->store = 0;
		p++;
	}
	while (isdigit(*p))
		field->width = field->width * 10 + *p++ - '0';
	for (;; p++) {
		if (*p == 'h')
			field->length /= 2;
		else if (*p == 'l')
			field->length = p[1] == 'l' || p[-1] == 'l' ? 8 : sizeof(long);
		else if (*p == 'j')
			field->length = 8;
		else if (*p != 'z' && *p != 't')
			break;
	}
	field->conversion = *p;
	if (*p == '[')
		return parse_set(p + 1, field);
	return *p ? p + 1 : p;
}

static void store_number(void *to, int length, uint64_t value)
{
	memcpy(to, &value, length);	/* little endian: the low bytes come first */
}

static int is_digit_of(int c, int base)
{
	return isxdigit(c) && (isdigit(c) ? c - '0' : (c | 32) - 'a' + 10) < base;
}

/* Collects what looks like a number and lets strtoull() judge. */
static int scan_number(struct source *src, struct field *field, void *to)
{
	static const struct { char conversion; int base; } bases[] = {
		{ 'd', 10 }, { 'u', 10 }, { 'i', 0 }, { 'o', 8 }, { 'x', 16 }, { 'X', 16 }, { 'p', 16 },
	};
	int max = field->width && field->width < 66 ? field->width : 66, n = 0, base = 0, i, c;
	char buf[68];

	for (i = 0; i < sizeof(bases) / sizeof(*bases); i++)
		if (bases[i].conversion == field->conversion)
			base = bases[i].base;
	skip_space(src);
	for (; (c = next(src)) != EOF && n < max; buf[n++] = c) {
		int first = n == 0 || (n == 1 && !isdigit(buf[0]));
		int hex = (base == 16 || base == 0) && (c | 32) == 'x' && n > 0 && buf[n - 1] == '0';

		if (n == 0 && (c == '-' || c == '+'))
			continue;
		if (hex)
			base = 16;
		else if (!is_digit_of(c, base ? base : 10))
			break;
		else if (base == 0 && first)
			base = c == '0' ? 0 : 10;
	}
	back(src, c);
	buf[n] = '\0';
	if (n == 0 || (n == 1 && !isdigit(buf[0]) && !isxdigit(buf[0])))
		return n == 0 && c == EOF ? EOF : 0;
	if (field->store)
		store_number(to, field->length, strtoull(buf, NULL, base));
	return 1;
}

static int scan_text(struct source *src, struct field *field, char *to)
{
	int chars = field->conversion == 'c', n = 0, c = 0;
	int max = field->width ? field->width : chars ? 1 : INT_MAX;

	if (field->conversion == 's')
		skip_space(src);
	while (n < max && (c = next(src)) != EOF) {
		int member = chars || (field->conversion == 's' ? !isspace(c) : field->set[c]);

		if (!member) {
			back(src, c);
			break;
		}
		if (field->store)
			to[n] = c;
		n++;
	}
	if (field->store && !chars && n)
		to[n] = '\0';
	return n ? 1 : c == EOF ? EOF : 0;
}

/* One field. Returns 1 for a match, 0 for none, EOF at the end of the input. */
static int scan_field(struct source *src, struct field *field, void *to)
{
	int c;

	switch (field->conversion) {
	case 'c':
	case 's':
	case '[':
		return scan_text(src, field, to);
	case '%':
		skip_space(src);
		c = next(src);
		if (c == '%')
			return 1;
		back(src, c);
		return c == EOF ? EOF : 0;
	case 'n':
		store_number(to, field->length, src->taken);
		return 1;
	}
	return scan_number(src, field, to);
}

static int scan(struct source *src, const char *format, va_list args)
{
	struct field field;
	int matched = 0, result = 1, c;
	va_list ap;

	va_copy(ap, args);
	while (*format) {
		if (isspace(*format)) {
			skip_space(src);
			format++;
			continue;
		}
		if (*format != '%') {
			c = next(src);
			if (c != (unsigned char)*format++) {
				back(src, c);
				result = c == EOF ? EOF : 0;
				break;
			}
			continue;
		}
		format = parse_field(format + 1, &field);
		result = scan_field(src, &field, field.store && field.conversion != '%' ? va_arg(ap, void *) : NULL);
		if (result <= 0)
			break;
		matched += field.store && field.conversion != '%' && field.conversion != 'n';
	}
	va_end(ap);
	return matched == 0 && result == EOF ? EOF : matched;
}

static int get_from_string(struct source *src)
{
	return *src->string ? (unsigned char)*src->string++ : EOF;
}

static int get_from_file(struct source *src)
{
	return fgetc(src->file);
}

int vsscanf(const char *s, const char *format, va_list ap)
{
	struct source src = { .get = get_from_string, .string = s, .held = EOF };

	return scan(&src, format, ap);
}

int vfscanf(FILE *f, const char *format, va_list ap)
{
	struct source src = { .get = get_from_file, .file = f, .held = EOF };
	int n = scan(&src, format, ap);

	ungetc(src.held, f);
	return n;
}

int sscanf(const char *s, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsscanf(s, format, ap);
	va_end(ap);
	return n;
}

int fscanf(FILE *f, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vfscanf(f, format, ap);
	va_end(ap);
	return n;
}

int scanf(const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vfscanf(stdin, format, ap);
	va_end(ap);
	return n;
}
