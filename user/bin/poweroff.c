/* poweroff - end the machine.  The calls: sync(2), then reboot(2) with the magic numbers that guard it. */
#include <sys/reboot.h>
#include "command.h"

static const char help[] =
	"usage: poweroff [-fn]\n"
	"Writes everything to the disks (not with -n) and switches the machine off.\n"
	"  -f  at once, which is the rule here\n";

int main(int argc, char **argv)
{
	int c, no_sync = 0;

	while ((c = next_option(argc, argv, "fn", help)) != -1)
		no_sync |= c == 'n';
	if (!no_sync)
		sync();
	reboot(RB_POWER_OFF);
	err(EXIT_FAILURE, "poweroff");
}
