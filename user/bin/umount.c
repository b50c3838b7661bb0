/* umount - take a file system out of its place.  The call: umount2(2); EBUSY while something is open in it. */
#include <sys/mount.h>
#include "command.h"

static const char help[] =
	"usage: umount [-l] DIRECTORY...\n"
	"  -l  out of the tree now, gone when nothing in it is used any more\n";

int main(int argc, char **argv)
{
	int flags = 0, failed = 0;

	while (next_option(argc, argv, "l", help) != -1)
		flags = MNT_DETACH;
	if (optind == argc)
		wrong_usage(help);
	for (; optind < argc; optind++) {
		if (umount2(argv[optind], flags)) {
			warn("%s", argv[optind]);
			failed = 1;
		}
	}
	return failed;
}
