/* poweroff - end the machine.  The calls: sync(2), then reboot(2) with the magic numbers that guard it. */
#include <sys/reboot.h>
#include "command.h"

static const char help[] =
	"usage: poweroff\n"
	"Writes everything to the disks and switches the machine off.\n";

int main(int argc, char **argv)
{
	no_options(argc, argv, help);
	sync();
	reboot(RB_POWER_OFF);
	err(EXIT_FAILURE, "poweroff");
}
