/* reboot - start the machine again.  The calls: sync(2), reboot(2). */
#include <sys/reboot.h>
#include "command.h"

static const char help[] =
	"usage: reboot [-fnp]\n"
	"Writes everything to the disks (not with -n) and restarts the machine, or with -p\n"
	"switches it off.  -f  at once, which is the rule here\n";

int main(int argc, char **argv)
{
	int c, how = RB_AUTOBOOT, no_sync = 0;

	while ((c = next_option(argc, argv, "fnp", help)) != -1) {
		no_sync |= c == 'n';
		if (c == 'p')
			how = RB_POWER_OFF;
	}
	if (!no_sync)
		sync();
	reboot(how);
	err(EXIT_FAILURE, "reboot");
}
