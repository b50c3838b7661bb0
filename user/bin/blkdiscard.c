/* blkdiscard - forget the content of a disk, or a part of it.  The calls: ioctl(BLKDISCARD, BLKSECDISCARD, BLKZEROOUT). */
#include <stdint.h>
#include <sys/ioctl.h>
#include <linux/fs.h>
#include "command.h"

static const char help[] =
	"usage: blkdiscard [-s | -z] [-o OFFSET] [-l LENGTH] DISK\n"
	"Tells a disk that bytes are no longer needed: all of them, or LENGTH from OFFSET on.\n"
	"  -s  so that nobody can get at them   -z  so that they read as zeros\n";

int main(int argc, char **argv)
{
	uint64_t range[2] = { 0, UINT64_MAX }, size;
	unsigned long request = BLKDISCARD;
	int c, fd, failed;

	while ((c = next_option(argc, argv, "szo:l:", help)) != -1) {
		if (c == 'o' || c == 'l')
			range[c == 'l'] = strtoull(optarg, NULL, 0);
		else
			request = c == 's' ? BLKSECDISCARD : BLKZEROOUT;
	}
	if (optind != argc - 1)
		wrong_usage(help);
	fd = open(argv[optind], O_WRONLY | O_EXCL);
	failed = fd < 0 || ioctl(fd, BLKGETSIZE64, &size);
	if (!failed && range[1] == UINT64_MAX)
		range[1] = size - range[0];
	failed = failed || ioctl(fd, request, range);
	if (failed)
		failed_on(argv[optind]);
	return failed;
}
