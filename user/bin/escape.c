/* escape.c: backslash sequences, for echo and the shell's echo and printf. */
#include <stdio.h>
#include <string.h>
#include "escape.h"

const char *unescape(const char *s, int zero, int *c)
{
	static const char from[] = "abfnrtv\\", to[] = "\a\b\f\n\r\t\v\\";
	const char *p = *s ? strchr(from, *s) : NULL;
	int digits = 3;

	if (p) {
		*c = to[p - from];
		return s + 1;
	}
	if (*s >= '0' && *s <= '7' && (!zero || *s == '0')) {
		s += zero;
		for (*c = 0; digits-- && *s >= '0' && *s <= '7'; s++)
			*c = *c * 8 + *s - '0';
		*c &= 0xff;
		return s;
	}
	*c = '\\';
	return s;
}

int put_escaped(const char *s)
{
	int c;

	while (*s) {
		if (*s != '\\') {
			putchar(*s++);
			continue;
		}
		if (s[1] == 'c')
			return 1;
		s = unescape(s + 1, 1, &c);
		putchar(c);
	}
	return 0;
}

void put_echo(char **words)
{
	int newline = !*words || strcmp(*words, "-n");

	words += !newline;
	for (; *words; words++) {
		if (put_escaped(*words))
			return;
		if (words[1])
			putchar(' ');
	}
	if (newline)
		putchar('\n');
}
