/* tee - standard input to standard output and to files.  The calls: read(2), write(2). */
#include "command.h"

static const char help[] =
	"usage: tee [-a] [FILE...]\n"
	"  -a  append to the files\n";

int main(int argc, char **argv)
{
	int *fds, i, nfds = 1, append = 0, failed = 0;
	static char buf[65536];
	ssize_t n;

	while (next_option(argc, argv, "a", help) != -1)
		append = 1;
	fds = calloc(argc + 1, sizeof(*fds));
	if (!fds)
		err(EXIT_FAILURE, "tee");
	fds[0] = STDOUT_FILENO;
	for (; optind < argc; optind++) {
		fds[nfds] = open(argv[optind], O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0666);
		if (fds[nfds] >= 0) {
			nfds++;
			continue;
		}
		warn("%s", argv[optind]);
		failed = 1;
	}
	while ((n = read(STDIN_FILENO, buf, sizeof(buf))) > 0) {
		for (i = 0; i < nfds; i++)
			if (write_all(fds[i], buf, n))
				failed = 1;
	}
	return failed || n < 0;
}
