/* text.c: echo, printf, read. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../bin/escape.h"
#include "sh.h"

int builtin_echo(int argc, char **argv)
{
	put_echo(argv + 1);
	return 0;
}

struct printer {
	char **args;		/* those not used yet */
	int failed, used, stop;
};

static const char *next_argument(struct printer *p)
{
	if (!*p->args)
		return NULL;
	p->used = 1;
	return *p->args++;
}

/* 'c is the code of c; otherwise C's notation. */
static long long number_argument(struct printer *p)
{
	const char *s = next_argument(p);
	long long n;
	char *end;

	if (!s)
		return 0;
	if (*s == '\'' || *s == '"')
		return (unsigned char)s[1];
	errno = 0;
	n = *s == '-' ? strtoll(s, &end, 0) : (long long)strtoull(s, &end, 0);
	if (end == s || *end) {
		fflush(stdout);
		complain("printf: %s: %s", s, end == s ? "expected numeric value" : "not completely converted");
		p->failed = 1;
	}
	return n;
}

/* Copies %-5.3 with every * replaced; returns the conversion's place. */
static const char *copy_spec(struct printer *p, const char *s, struct buf *spec)
{
	char digits[12];

	buf_char(spec, '%');
	while (*s && strchr("-+ #0123456789.*", *s)) {
		if (*s == '*') {
			snprintf(digits, sizeof(digits), "%d", (int)number_argument(p));
			buf_string(spec, digits);
		} else {
			buf_char(spec, *s);
		}
		s++;
	}
	return s;
}

/* printf() itself does the conversion, of the specification with the right length. */
__attribute__((format(printf, 1, 0)))
static void put_number(const char *spec, long long n)
{
	printf(spec, n);
}

__attribute__((format(printf, 1, 0)))
static void put_text(const char *spec, const char *s)
{
	printf(spec, s);
}

static const char *convert(struct printer *p, const char *s)
{
	struct buf spec = { 0 };
	const char *text;
	char one[2] = "";

	s = copy_spec(p, s, &spec);
	switch (*s) {
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		buf_string(&spec, "ll");
		buf_char(&spec, *s);
		put_number(buf_end(&spec), number_argument(p));
		break;
	case 'c':
		text = next_argument(p);
		one[0] = text ? *text : '\0';
		buf_char(&spec, 's');
		put_text(buf_end(&spec), one);
		break;
	case 's':
		text = next_argument(p);
		buf_char(&spec, 's');
		put_text(buf_end(&spec), text ? text : "");
		break;
	case 'b':
		text = next_argument(p);
		p->stop = put_escaped(text ? text : "");
		break;
	case '%':
		putchar('%');
		break;
	default:
		complain("printf: %%%c: invalid directive", *s);
		p->failed = p->stop = 1;
		return s;
	}
	return s + 1;
}

/* The format is used again as long as it eats arguments. */
int builtin_printf(int argc, char **argv)
{
	struct printer p = { 0 };
	const char *s;
	int c, first = 1;

	if (argc > 1 && strcmp(argv[1], "--") == 0)
		first++;
	if (first >= argc) {
		complain("usage: printf format [arg ...]");
		return 2;
	}
	p.args = argv + first + 1;
	do {
		p.used = 0;
		for (s = argv[first]; *s && !p.stop; ) {
			if (*s == '%') {
				s = convert(&p, s + 1);
			} else if (*s == '\\') {
				s = unescape(s + 1, 0, &c);
				putchar(c);
			} else {
				putchar(*s++);
			}
		}
	} while (*p.args && p.used && !p.stop);
	return p.failed;
}

/* One line, byte by byte: what follows it belongs to the next reader. 0 at the end of the input. */
static int read_line(struct expansion *x, int raw)
{
	char c;
	ssize_t n;

	for (;;) {
		n = read(0, &c, 1);
		if (n < 0 && errno == EINTR && !trap_pending() && !interrupted)
			continue;
		if (n <= 0)
			return 0;
		if (c == '\n')
			return 1;
		x->in_quotes = 0;
		if (c == '\\' && !raw) {
			if (read(0, &c, 1) <= 0)
				return 0;
			if (c == '\n')
				continue;
			x->in_quotes = 1;
		}
		if (c)
			expand_put(x, &c, 1);
	}
}

static int is_split(const struct expansion *x, size_t i, const char *set)
{
	return x->attributes.text[i] == A_SPLIT && strchr(set, x->text.text[i]);
}

/* The blanks of IFS, which alone make no empty field. */
static char *blanks_of(const char *ifs)
{
	struct buf b = { 0 };

	for (; *ifs; ifs++)
		if (isspace((unsigned char)*ifs))
			buf_char(&b, *ifs);
	return buf_end(&b);
}

/* Each name but the last gets one field, the last one all that remains. */
static void assign_fields(struct expansion *x, char **names)
{
	const char *ifs = var_get("IFS") ? var_get("IFS") : " \t\n", *blanks = blanks_of(ifs);
	size_t i = 0, end = x->text.len, start;

	while (i < end && is_split(x, i, blanks))
		i++;
	for (; names[1]; names++) {
		for (start = i; i < end && !is_split(x, i, ifs); i++)
			;
		var_set(*names, copy_bytes(x->text.text + start, i - start));
		while (i < end && is_split(x, i, blanks))
			i++;
		if (i < end && is_split(x, i, ifs))
			i++;
		while (i < end && is_split(x, i, blanks))
			i++;
	}
	while (end > i && is_split(x, end - 1, blanks))
		end--;
	/* a single delimiter that ends the line goes too */
	for (start = i; start < end && !is_split(x, start, ifs); start++)
		;
	if (start + 1 == end)
		end--;
	var_set(*names, copy_bytes(x->text.text + i, end - i));
}

/* read [-r] [-p prompt] name ... */
int builtin_read(int argc, char **argv)
{
	char *reply[] = { "REPLY", NULL }, **names;
	struct expansion x = { 0 };
	int raw = 0, i = 1, result;
	const char *p;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		for (p = argv[i] + 1; *p == 'r'; p++)
			raw = 1;
		if (*p == 'p' && (p[1] || i + 1 < argc)) {
			fputs(p[1] ? p + 1 : argv[++i], stderr);
		} else if (*p) {
			complain("read: Illegal option -%c", *p);
			return 2;
		}
	}
	for (names = argv + i; *names; names++) {
		if (!is_name(*names, strlen(*names))) {
			complain("read: %s: bad variable name", *names);
			return 2;
		}
	}
	buf_end(&x.text);
	buf_end(&x.attributes);
	result = read_line(&x, raw);
	assign_fields(&x, i < argc ? argv + i : reply);
	return !result;
}
