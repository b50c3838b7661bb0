/* env - show the environment, or run a command with another.  The call: execve(2), whose third argument it is. */
#include "command.h"

static const char help[] =
	"usage: env [-i] [NAME=VALUE...] [COMMAND [ARG...]]\n"
	"  -i  begin with an empty one\n";

int main(int argc, char **argv)
{
	static char *empty[1];
	char **e;

	while (next_option(argc, argv, "i", help) != -1)
		environ = empty;
	for (; optind < argc && strchr(argv[optind], '='); optind++) {
		char *value = strchr(argv[optind], '=');

		*value++ = '\0';
		setenv(argv[optind], value, 1);
	}
	if (optind < argc) {
		execvp(argv[optind], argv + optind);
		err(errno == ENOENT ? 127 : 126, "%s", argv[optind]);
	}
	for (e = environ; *e; e++)
		puts(*e);
	return 0;
}
