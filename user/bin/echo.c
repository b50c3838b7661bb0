/*
 * echo - write the arguments.  The call: write(2), once for the whole line,
 * so that lines of several processes do not mix.
 */
#include "command.h"
#include "escape.h"

static const char help[] =
	"usage: echo [-n] [STRING...]\n"
	"Writes the strings with a blank between them and, without -n, a newline.\n"
	"In them, as XSI has it: \\a \\b \\f \\n \\r \\t \\v \\\\, \\0 and an octal number, \\c for an end at once.\n";

int main(int argc, char **argv)
{
	start(argc, argv, help);
	put_echo(argv + 1);
	return 0;
}
