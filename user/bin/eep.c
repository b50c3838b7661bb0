/*
 * eep - an EEPROM bank by ioctl(): erases it, asks for the size, gives it a name and reads the name
 * back.  The call: ioctl(2), with the requests of <linux/eep_ioctl.h>, which the driver includes, too.
 */
#include <linux/eep_ioctl.h>
#include <sys/ioctl.h>
#include "command.h"

#define DEFAULT_DEVICE	"/dev/eep-mem1"
#define DEFAULT_NAME	"lorem_ipsum"

static const char help[] = "usage: eep [DEVICE [NAME]]\n"
	"erases the bank " DEFAULT_DEVICE " and calls it " DEFAULT_NAME "\n";

int main(int argc, char **argv)
{
	const char *device, *name;
	char got[MAX_PART_NAME];
	struct eep_foo foo;
	int fd, size = 0;

	no_options(argc, argv, help);
	if (argc - optind > 2)
		wrong_usage(help);
	device = argc - optind > 0 ? argv[optind] : DEFAULT_DEVICE;
	name = argc - optind > 1 ? argv[optind + 1] : DEFAULT_NAME;
	fd = open(device, O_RDWR);
	if (fd < 0 || ioctl(fd, EEP_ERASE) || ioctl(fd, EEP_GET_SIZE, &size) ||
	    ioctl(fd, EEP_RENAME_PART, name) || ioctl(fd, EEP_GET_NAME, got) || ioctl(fd, EEP_GET_FOO, &foo))
		return failed_on(device);
	printf("size %d\nname %s\nbank %d of %d bytes, open %d times\n", size, got, foo.bank, foo.bank_size, foo.users);
	return 0;
}
