/*
 * sscanf: %[*][width][hh h l ll z]{d i u x o c s n %} and %[set].
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

struct scan_spec {
	bool skip;
	int width;			/* 0: no limit */
	char length;			/* H hh, h, l, L ll */
};

/* Stores through the next pointer argument in the width asked for. */
static void store(void *to, u64 value, char length)
{
	switch (length) {
	case 'H': *(u8 *)to = value; break;
	case 'h': *(u16 *)to = value; break;
	case 'L': *(u64 *)to = value; break;
	default: *(u32 *)to = value; break;
	}
}

/* A number of at most width characters at s; NULL when there is none. */
static const char *scan_number(const char *s, const struct scan_spec *spec, char conv, u64 *value)
{
	char buf[72], *end;
	unsigned int base = conv == 'd' || conv == 'u' ? 10 : conv == 'o' ? 8 :
			    conv == 'i' ? 0 : 16;
	bool negative;

	s = skip_spaces(s);
	strscpy(buf, s, min_t(size_t, sizeof(buf), spec->width ? spec->width + 1 : sizeof(buf)));
	negative = *buf == '-' && (conv == 'd' || conv == 'i');
	if (!isxdigit(buf[negative]))
		return NULL;
	*value = simple_strtoull(buf + negative, &end, base);
	if (end == buf + negative)
		return NULL;
	if (negative)
		*value = -*value;
	return s + (end - buf);
}

/* Marks the characters of a set "[^]a-z]" in bits; returns the place after it. */
static const char *parse_set(const char *fmt, u32 set[8])
{
	bool invert = *fmt == '^';
	const char *start = fmt += invert;

	memset(set, 0, 32);
	for (; *fmt && (*fmt != ']' || fmt == start); fmt++) {
		u8 from = *fmt, to = from;

		if (fmt[1] == '-' && fmt[2] && fmt[2] != ']') {
			to = fmt[2];
			fmt += 2;
		}
		for (unsigned int c = from; c <= to; c++)
			set[c / 32] |= 1u << c % 32;
	}
	for (int i = 0; i < 8 && invert; i++)
		set[i] = ~set[i];
	set[0] &= ~1u;
	return *fmt ? fmt + 1 : fmt;
}

/* Copies characters while they are in set; NULL when none is. */
static const char *scan_set(const char *s, const u32 set[8], int width, char *to)
{
	const char *start = s;

	for (; width-- && set[(u8)*s / 32] & 1u << (u8)*s % 32; s++)
		if (to)
			*to++ = *s;
	if (to)
		*to = '\0';
	return s == start ? NULL : s;
}

static const char *parse_spec(const char *fmt, struct scan_spec *spec)
{
	*spec = (struct scan_spec){ 0 };
	if (*fmt == '*') {
		spec->skip = true;
		fmt++;
	}
	while (isdigit(*fmt))
		spec->width = spec->width * 10 + *fmt++ - '0';
	if (*fmt == 'h' || *fmt == 'l' || *fmt == 'z' || *fmt == 'L') {
		spec->length = *fmt++;
		if (*fmt == spec->length) {
			spec->length = *fmt == 'h' ? 'H' : 'L';
			fmt++;
		}
	}
	return fmt;
}

int vsscanf(const char *buf, const char *fmt, va_list args)
{
	static const u32 graph[8] = { ~(1u | 0x3e00), ~1u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u };
	const char *s = buf;
	int found = 0;

	while (*fmt) {
		struct scan_spec spec;
		u32 set[8];
		char conv;
		u64 value;

		if (isspace(*fmt)) {
			fmt = skip_spaces(fmt);
			s = skip_spaces(s);
			continue;
		}
		if (*fmt != '%' || fmt[1] == '%') {
			fmt += *fmt == '%';
			if (*s++ != *fmt++)
				break;
			continue;
		}
		fmt = parse_spec(fmt + 1, &spec);
		conv = *fmt++;
		if (conv == 'n') {
			*va_arg(args, int *) = s - buf;
			continue;
		}
		if (!*s)
			break;
		if (conv == 'c') {
			char *to = spec.skip ? NULL : va_arg(args, char *);

			for (int n = max(spec.width, 1); n && *s; n--, s++)
				if (to)
					*to++ = *s;
		} else if (conv == 's' || conv == '[') {
			if (conv == '[')
				fmt = parse_set(fmt, set);
			else
				s = skip_spaces(s);
			s = scan_set(s, conv == 's' ? graph : set, spec.width ? spec.width : -1,
				     spec.skip ? NULL : va_arg(args, char *));
		} else {
			s = scan_number(s, &spec, conv, &value);
			if (s && !spec.skip)
				store(va_arg(args, void *), value, spec.length);
		}
		if (!s)
			break;
		found += !spec.skip;
	}
	return found;
}
EXPORT_SYMBOL(vsscanf);

int sscanf(const char *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsscanf(buf, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(sscanf);
