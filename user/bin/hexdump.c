/* hexdump - bytes as numbers and characters.  The calls: read(2), and lseek(2) for -s. */
#include <ctype.h>
#include "command.h"

#define WIDTH 16

static const char help[] =
	"usage: hexdump [-bcCdovx] [-n BYTES] [-s OFFSET] [FILE...]\n"
	"Sixteen bytes a line, as hexadecimal numbers of two bytes (-x, wider), or\n"
	"  -b, -c  octal bytes, characters   -d, -o  decimal, octal numbers of two bytes\n"
	"  -C      hexadecimal bytes, and as characters\n"
	"A line like the one before is told by a star, but with -v.  -s leaves bytes out.\n"
	"BYTES and OFFSET: 10, 0x0a, 012, or with k or m for 1024 or 1024 k.\n";

static char **names;			/* the files that are left */
static FILE *in;
static int failed;

static long long size_or_die(const char *text)
{
	char *end;
	long long n = strtoll(text, &end, 0);

	if (*end == 'k' || *end == 'K' || *end == 'm' || *end == 'M')
		n <<= *end == 'k' || *end == 'K' ? 10 : 20, end++;
	if (*end || end == text || n < 0)
		errx(EXIT_FAILURE, "'%s' is not a number of bytes", text);
	return n;
}

/* The next byte of all files one after another. */
static int next_byte(void)
{
	int c;

	for (;;) {
		if (in && (c = getc(in)) != EOF)
			return c;
		if (in)
			failed |= close_input(in, names[-1]);
		in = NULL;
		if (!*names)
			return EOF;
		in = open_input(*names++);
		failed |= !in;
	}
}

static void show_character(unsigned char c)
{
	static const char from[] = "\a\b\f\n\r\t\v", to[] = "abfnrtv";
	const char *p = c ? strchr(from, c) : NULL;

	if (p)
		printf("  \\%c", to[p - from]);
	else
		printf(c ? isprint(c) ? "   %c" : " %03o" : "  \\0", c);
}

static void show_canonical(const unsigned char *p, size_t n)
{
	size_t i;

	putchar(' ');
	for (i = 0; i < WIDTH; i++) {
		if (i == WIDTH / 2)
			putchar(' ');
		if (i < n)
			printf(" %02x", p[i]);
		else
			printf("   ");
	}
	printf("  |");
	for (i = 0; i < n; i++)
		putchar(isprint(p[i]) ? p[i] : '.');
	putchar('|');
}

/* Numbers of one byte, or of two in this machine's order; what is missing at the end leaves blanks. */
static void show_numbers(int how, const unsigned char *p, size_t n)
{
	size_t i, step = how == 'b' || how == 'c' ? 1 : 2;
	int width = how == 0 ? 5 : how == 'b' || how == 'c' ? 4 : 8;

	for (i = 0; i < WIDTH; i += step) {
		unsigned int value = i < n ? p[i] | (step == 2 && i + 1 < n ? p[i + 1] << 8 : 0) : 0;

		if (i >= n)
			printf("%*s", width, "");
		else if (how == 'c')
			show_character(value);
		else if (how == 'b')
			printf(" %03o", value);
		else
			printf(how == 'd' ? "   %05u" : how == 'o' ? "  %06o" : how == 'x' ? "    %04x" : " %04x", value);
	}
}

static size_t read_line(unsigned char *line, long long *left)
{
	size_t n = 0;
	int c;

	while (n < WIDTH && *left && (c = next_byte()) != EOF) {
		line[n++] = c;
		if (*left > 0)
			--*left;
	}
	return n;
}

static void dump(int how, int all, long long at, long long left)
{
	unsigned char line[WIDTH], before[WIDTH];
	int starred = 0, first = 1;
	size_t n;

	for (; (n = read_line(line, &left)); at += n) {
		if (!all && !first && n == WIDTH && !memcmp(line, before, WIDTH)) {
			if (!starred)
				puts("*");
			starred = 1;
			continue;
		}
		starred = first = 0;
		memcpy(before, line, n);
		printf(how == 'C' ? "%08llx" : "%07llx", at);
		if (how == 'C')
			show_canonical(line, n);
		else
			show_numbers(how, line, n);
		putchar('\n');
	}
	if (!first)
		printf(how == 'C' ? "%08llx\n" : "%07llx\n", at);
}

int main(int argc, char **argv)
{
	static char *standard_input[] = { "-", NULL };
	long long left = -1, skip = 0, i;
	int c, how = 0, all = 0;

	while ((c = next_option(argc, argv, "bcCdovxn:s:", help)) != -1) {
		if (c == 'n')
			left = size_or_die(optarg);
		else if (c == 's')
			skip = size_or_die(optarg);
		else if (c == 'v')
			all = 1;
		else
			how = c;
	}
	names = optind < argc ? argv + optind : standard_input;
	if (names[1] == NULL && skip && (in = open_input(*names++)) && !fseeko(in, skip, SEEK_SET))
		i = skip;
	else
		for (i = 0; i < skip && next_byte() != EOF; i++)
			;
	dump(how, all, i, left);
	return failed;
}
