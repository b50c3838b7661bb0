/* reboot - start the machine again.  The calls: sync(2), reboot(2). */
#include <sys/reboot.h>
#include "command.h"

static const char help[] =
	"usage: reboot\n"
	"Writes everything to the disks and restarts the machine.\n";

int main(int argc, char **argv)
{
	no_options(argc, argv, help);
	sync();
	reboot(RB_AUTOBOOT);
	err(EXIT_FAILURE, "reboot");
}
