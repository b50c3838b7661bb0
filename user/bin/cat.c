/*
 * cat - files one after another to standard output.
 * The calls: open(2), read(2) until it returns 0, write(2), close(2).
 */
#include "command.h"

static const char help[] =
	"usage: cat [-u] [FILE...]\n"
	"Writes each FILE to standard output; '-' or none is standard input.\n"
	"  -u  each byte as it comes, which is the rule here\n";

static char buf[65536];

static int copy(int fd, const char *name)
{
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		if (write_all(STDOUT_FILENO, buf, n))
			err(EXIT_FAILURE, "standard output");
	}
	return n < 0 ? failed_on(name) : 0;
}

int main(int argc, char **argv)
{
	int fd, failed = 0;

	while (next_option(argc, argv, "u", help) != -1)
		;
	if (optind == argc)
		return copy(STDIN_FILENO, "standard input");
	for (; optind < argc; optind++) {
		if (!strcmp(argv[optind], "-")) {
			failed |= copy(STDIN_FILENO, "standard input");
			continue;
		}
		fd = open(argv[optind], O_RDONLY);
		if (fd < 0) {
			failed = failed_on(argv[optind]);
			continue;
		}
		failed |= copy(fd, argv[optind]);
		close(fd);
	}
	return failed;
}
