/* rmdir - remove empty directories.  The call: rmdir(2); ENOTEMPTY if one is not. */
#include "command.h"

static const char help[] =
	"usage: rmdir [-p] DIRECTORY...\n"
	"  -p  the ones above it too, as far as they are empty\n";

static int remove_upwards(char *path)
{
	char *slash;

	while ((slash = strrchr(path, '/')) && slash != path) {
		*slash = '\0';
		if (rmdir(path)) {
			warn("%s", path);
			return 1;
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	int parents = 0, failed = 0;

	while (next_option(argc, argv, "p", help) != -1)
		parents = 1;
	if (optind == argc)
		wrong_usage(help);
	for (; optind < argc; optind++) {
		if (rmdir(argv[optind])) {
			warn("%s", argv[optind]);
			failed = 1;
		} else if (parents) {
			failed |= remove_upwards(argv[optind]);
		}
	}
	return failed;
}
