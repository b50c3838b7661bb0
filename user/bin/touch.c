/* touch - set a file's times to now, and make it if it is not there.  The calls: utimensat(2), open(2). */
#include <utime.h>
#include "command.h"

static const char help[] =
	"usage: touch [-c] FILE...\n"
	"  -c  do not make what is not there\n";

int main(int argc, char **argv)
{
	int fd, no_create = 0, failed = 0;

	while (next_option(argc, argv, "c", help) != -1)
		no_create = 1;
	if (optind == argc)
		wrong_usage(help);
	for (; optind < argc; optind++) {
		if (!utime(argv[optind], NULL) || (errno == ENOENT && no_create))
			continue;
		fd = open(argv[optind], O_WRONLY | O_CREAT, 0666);
		if (fd < 0) {
			warn("%s", argv[optind]);
			failed = 1;
		}
		close(fd);
	}
	return failed;
}
