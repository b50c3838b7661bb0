/*
 * echo - write the arguments.  The call: write(2), once for the whole line,
 * so that lines of several processes do not mix.
 */
#include "command.h"

static const char help[] =
	"usage: echo [-n] [STRING...]\n"
	"Writes the strings with a blank between them and, without -n, a newline.\n";

int main(int argc, char **argv)
{
	int i = 1, newline = 1;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return 0;
	}
	if (argc > 1 && !strcmp(argv[1], "-n")) {
		newline = 0;
		i++;
	}
	for (; i < argc; i++) {
		fputs(argv[i], stdout);
		if (i + 1 < argc)
			putchar(' ');
	}
	if (newline)
		putchar('\n');
	return fflush(stdout) ? 1 : 0;
}
