/* head - the first lines of files.  The calls: open(2), read(2); lseek(2) back to behind what was shown. */
#include "command.h"

static const char help[] =
	"usage: head [-n LINES | -c BYTES] [FILE...]\n"
	"Writes the first 10 lines, or as many as asked for (also -LINES).\n";

static long count = 10;
static int bytes;

static void copy_head(FILE *in)
{
	long left = count;
	int c;

	while (left > 0 && (c = getc(in)) != EOF) {
		putchar(c);
		if (bytes || c == '\n')
			left--;
	}
}

int main(int argc, char **argv)
{
	static char *standard_input[] = { "-" };
	const char *number = old_count(argc, argv, "-");
	int c, i, failed = 0, several, shown = 0;
	FILE *in;

	if (number)
		count = number_or_die(number);
	while ((c = next_option(argc, argv, "n:c:", help)) != -1) {
		count = number_or_die(optarg);
		if (count < 0)
			errx(EXIT_FAILURE, "%s: a number of lines or bytes is not negative", optarg);
		bytes = c == 'c';
	}
	argv = optind == argc ? standard_input : argv + optind;
	argc = optind == argc ? 1 : argc - optind;
	several = argc > 1;
	for (i = 0; i < argc; i++) {
		in = open_input(argv[i]);
		if (!in) {
			failed = 1;
			continue;
		}
		if (several)
			printf("%s==> %s <==\n", shown++ ? "\n" : "", in == stdin ? "standard input" : argv[i]);
		copy_head(in);
		failed |= close_input(in, argv[i]);
	}
	return failed;
}
