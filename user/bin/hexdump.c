/* hexdump - bytes as numbers and characters.  The calls: read(2), and lseek(2) for -s. */
#include <ctype.h>
#include "command.h"

#define WIDTH 16

static const char help[] =
	"usage: hexdump [-C] [-n BYTES] [-s OFFSET] [FILE]\n"
	"Sixteen bytes a line; a line like the one before is told by a star.\n";

static void show_line(unsigned long long at, const unsigned char *p, size_t n)
{
	size_t i;

	printf("%08llx ", at);
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
	printf("|\n");
}

int main(int argc, char **argv)
{
	unsigned char line[WIDTH], before[WIDTH];
	unsigned long long at = 0;
	long left = -1, skip = 0;
	int c, same = 0;
	FILE *in = stdin;
	size_t n, want;

	while ((c = next_option(argc, argv, "Cn:s:", help)) != -1) {
		if (c == 'n')
			left = number_or_die(optarg);
		else if (c == 's')
			skip = number_or_die(optarg);
	}
	if (optind < argc && !(in = fopen(argv[optind], "r")))
		err(EXIT_FAILURE, "%s", argv[optind]);
	if (skip && fseek(in, skip, SEEK_SET))
		for (n = skip; n-- && getc(in) != EOF;)
			;
	for (at = skip; left; at += n) {
		want = left >= 0 && left < WIDTH ? left : WIDTH;
		n = fread(line, 1, want, in);
		if (n == 0)
			break;
		if (left > 0)
			left -= n;
		if (n == WIDTH && at != (unsigned long long)skip && !memcmp(line, before, WIDTH)) {
			if (!same)
				puts("*");
			same = 1;
			continue;
		}
		same = 0;
		memcpy(before, line, n);
		show_line(at, line, n);
	}
	if (ferror(in))
		err(EXIT_FAILURE, "read");
	printf("%08llx\n", at);
	return 0;
}
