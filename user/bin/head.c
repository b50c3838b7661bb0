/* head - the first lines of files.  The calls: open(2), read(2). */
#include "command.h"

static const char help[] =
	"usage: head [-n LINES | -c BYTES] [FILE...]\n"
	"Writes the first 10 lines, or as many as asked for.\n";

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
	int c, failed = 0, several;
	FILE *in;

	if (argc > 1 && argv[1][0] == '-' && argv[1][1] >= '0' && argv[1][1] <= '9') {
		count = number_or_die(argv[1] + 1);
		optind = 2;
	}
	while ((c = next_option(argc, argv, "n:c:", help)) != -1) {
		count = number_or_die(optarg);
		bytes = c == 'c';
	}
	if (optind == argc) {
		copy_head(stdin);
		return 0;
	}
	several = argc - optind > 1;
	for (; optind < argc; optind++) {
		in = fopen(argv[optind], "r");
		if (!in) {
			warn("%s", argv[optind]);
			failed = 1;
			continue;
		}
		if (several)
			printf("==> %s <==\n", argv[optind]);
		copy_head(in);
		fclose(in);
	}
	return failed;
}
