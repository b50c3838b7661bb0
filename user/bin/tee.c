/* tee - standard input to standard output and to files.  The calls: read(2), write(2). */
#include <signal.h>
#include "command.h"

static const char help[] =
	"usage: tee [-ai] [FILE...]\n"
	"  -a  append to the files   -i  an interrupt does not end it\n";

int main(int argc, char **argv)
{
	int *fds, i, c, nfds = 1, append = 0, failed = 0;
	static char buf[65536];
	ssize_t n;

	while ((c = next_option(argc, argv, "ai", help)) != -1) {
		if (c == 'i')
			signal(SIGINT, SIG_IGN);
		else
			append = 1;
	}
	fds = calloc(argc - optind + 1, sizeof(*fds));
	if (!fds)
		err(EXIT_FAILURE, "tee");
	fds[0] = STDOUT_FILENO;
	argv += optind - 1;		/* argv[i] is the file of fds[i] */
	for (; argv[nfds]; nfds++) {
		fds[nfds] = open(argv[nfds], O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0666);
		if (fds[nfds] < 0)
			failed = failed_on(argv[nfds]);
	}
	while ((n = read(STDIN_FILENO, buf, sizeof(buf))) > 0) {
		for (i = 0; i < nfds; i++) {
			if (fds[i] < 0 || !write_all(fds[i], buf, n))
				continue;
			failed = failed_on(i ? argv[i] : "standard output");
			fds[i] = -1;		/* the others go on */
		}
	}
	return n < 0 ? failed_on("standard input") : failed;
}
