/*
 * mknod - make a device node or FIFO.  The call: mknod(2).  A node is only a
 * name for two numbers: the driver is found by them when it is opened.
 */
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include "command.h"
#include "mode.h"

static const char help[] =
	"usage: mknod [-m MODE] NAME b|c|u MAJOR MINOR\n"
	"       mknod [-m MODE] NAME p\n"
	"Makes a block device, a character device (c or u) or (p) a FIFO.  MAJOR and MINOR may\n"
	"be hexadecimal, 0x1f, or octal, 017.\n";

static unsigned int number(const char *text)
{
	char *end;
	unsigned long n = strtoul(text, &end, 0);

	if (end == text || *end || *text == '-')
		errx(EXIT_FAILURE, "%s: that is no number of a device", text);
	return n;
}

int main(int argc, char **argv)
{
	mode_t mode = 0666, type;
	dev_t dev = 0;

	while (next_option(argc, argv, "m:", help) != -1) {
		mode = new_mode(optarg, 0666);
		umask(0);
	}
	argv += optind;
	argc -= optind;
	if (argc == 2 && !strcmp(argv[1], "p")) {
		type = S_IFIFO;
	} else if (argc == 4 && strlen(argv[1]) == 1 && strchr("bcu", *argv[1])) {
		type = argv[1][0] == 'b' ? S_IFBLK : S_IFCHR;
		dev = makedev(number(argv[2]), number(argv[3]));
	} else {
		wrong_usage(help);
	}
	if (mknod(argv[0], type | mode, dev))
		err(EXIT_FAILURE, "%s", argv[0]);
	return 0;
}
