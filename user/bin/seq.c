/* seq - count.  A cheap source of many lines for pipes. */
#include "command.h"

static const char help[] =
	"usage: seq [FIRST [STEP]] LAST\n"
	"Writes the numbers from FIRST (1) to LAST, STEP (1) apart, one a line.\n";

int main(int argc, char **argv)
{
	long first = 1, step = 1, last, n;

	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return 0;
	}
	if (argc < 2 || argc > 4)		/* no getopt: -5 is a number here */
		wrong_usage(help);
	if (argc > 2)
		first = number_or_die(argv[1]);
	if (argc > 3)
		step = number_or_die(argv[2]);
	last = number_or_die(argv[argc - 1]);
	if (!step)
		errx(EXIT_FAILURE, "a step of 0 never ends");
	for (n = first; step > 0 ? n <= last : n >= last; n += step)
		if (printf("%ld\n", n) < 0)
			return EXIT_FAILURE;
	return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
