/* sync - what is only in memory, to the disks.  The calls: sync(2); fsync(2) for files named. */
#include "command.h"

static const char help[] =
	"usage: sync [FILE...]\n"
	"Writes all cached data to the disks, or only what belongs to the FILEs.\n";

int main(int argc, char **argv)
{
	int fd, failed = 0;

	no_options(argc, argv, help);
	if (optind == argc)
		sync();
	for (; optind < argc; optind++) {
		fd = open(argv[optind], O_RDONLY | O_NONBLOCK);
		if (fd < 0 || fsync(fd)) {
			warn("%s", argv[optind]);
			failed = 1;
		}
		close(fd);
	}
	return failed;
}
