/*
 * seek - what lseek() does, in three lines of twenty bytes: from the start, ten further on, and
 * from byte 7.  The calls: read(2), lseek(2).
 */
#include "command.h"

#define PIECE	20

static const char help[] = "usage: seek FILE\n"
	"prints 20 bytes of FILE, 20 that begin 10 behind those, and 20 from its 7th\n";

/* A buffer of bytes is no string: the length goes along. */
static int print_piece(int fd, const char *name)
{
	char piece[PIECE];
	ssize_t got = read(fd, piece, PIECE);

	if (got < 0)
		return failed_on(name);
	if (got < PIECE) {
		warnx("%s: ends too early", name);
		return 1;
	}
	printf("%.*s\n", PIECE, piece);
	return 0;
}

static int seek_to(int fd, const char *name, off_t offset, int whence)
{
	return lseek(fd, offset, whence) < 0 ? failed_on(name) : 0;
}

int main(int argc, char **argv)
{
	const char *name;
	int fd;

	no_options(argc, argv, help);
	if (argc - optind != 1)
		wrong_usage(help);
	name = argv[optind];
	fd = open(name, O_RDONLY);
	if (fd < 0)
		return failed_on(name);
	return print_piece(fd, name) ||
	       seek_to(fd, name, 10, SEEK_CUR) || print_piece(fd, name) ||
	       seek_to(fd, name, 7, SEEK_SET) || print_piece(fd, name);
}
