/* sync - what is only in memory, to the disks.  The calls: sync(2); for what is named fsync(2), fdatasync(2), syncfs(2). */
#include "command.h"

static const char help[] =
	"usage: sync [-d | -f] [FILE...]\n"
	"Writes all cached data to the disks, or only what belongs to the FILEs.\n"
	"  -d  their data alone   -f  the whole file systems they are on\n";

int main(int argc, char **argv)
{
	int (*how)(int fd) = fsync;
	int c, fd, failed = 0;

	while ((c = next_option(argc, argv, "df", help)) != -1)
		how = c == 'd' ? fdatasync : syncfs;
	if (optind == argc)
		sync();
	for (; optind < argc; optind++) {
		fd = open(argv[optind], O_RDONLY | O_NONBLOCK);
		if (fd < 0 || how(fd))
			failed = failed_on(argv[optind]);
		close(fd);
	}
	return failed;
}
