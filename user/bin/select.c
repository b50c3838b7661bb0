/*
 * select - sleeps until a file has something to read, and prints it, again and again.
 * The calls: select(2), read(2).
 */
#include <sys/select.h>
#include "command.h"

#define PIECE	100

static const char help[] = "usage: select FILE [TIMES]\n"
	"waits without a limit until FILE can be read, and prints what is read; until its end, or TIMES times\n";

/* 1: go on, 0: FILE has ended, -1: an error that was told. */
static int wait_and_print(int fd, const char *name)
{
	char piece[PIECE];
	fd_set readable;
	ssize_t got;

	FD_ZERO(&readable);			/* select() leaves in it who is ready: set anew each time */
	FD_SET(fd, &readable);
	if (select(fd + 1, &readable, NULL, NULL, NULL) < 0) {
		warn("select");
		return -1;
	}
	if (!FD_ISSET(fd, &readable))
		return 1;
	got = read(fd, piece, PIECE);
	if (got < 0) {
		failed_on(name);
		return -1;
	}
	printf("%.*s", (int)got, piece);
	fflush(stdout);
	return got > 0;
}

int main(int argc, char **argv)
{
	int fd, times = -1, more = 1;

	no_options(argc, argv, help);
	if (argc - optind < 1 || argc - optind > 2)
		wrong_usage(help);
	if (argc - optind == 2)
		times = atoi(argv[optind + 1]);
	fd = open(argv[optind], O_RDONLY);
	if (fd < 0)
		return failed_on(argv[optind]);
	while (more > 0 && times--)
		more = wait_and_print(fd, argv[optind]);
	close(fd);
	return more < 0;
}
