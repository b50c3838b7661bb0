/* true - end with success.  The call: exit_group(2), from the C library's exit(). */
#include "command.h"

static const char help[] =
	"usage: true [ARG...]\n"
	"Ends with 0, whatever its arguments.\n";

int main(int argc, char **argv)
{
	start(argc, argv, help);
	return 0;
}
