/* false - end without success. */
#include "command.h"

static const char help[] =
	"usage: false [ARG...]\n"
	"Ends with 1, whatever its arguments.\n";

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--help"))
		fputs(help, stdout);	/* and without success, too */
	return 1;
}
