/* kill - send a signal.  The call: kill(2), to a process, or by -N to a process group. */
#include <signal.h>
#include "command.h"
#include "signals.h"

static const char help[] =
	"usage: kill [-s SIGNAL | -SIGNAL] [--] PID...\n"
	"       kill -l [STATUS | SIGNAL]...\n"
	"Sends SIGNAL (TERM), by name or number, 0 only asking whether that may be done; a\n"
	"negative PID is a process group, 0 the own one.  -l names all signals, or the one\n"
	"that makes an exit status.\n";

int main(int argc, char **argv)
{
	int sig, i, failed = 0;
	pid_t pid;

	start(argc, argv, help);
	i = kill_options(argc, argv, &sig);
	if (i < 0)
		wrong_usage(help);
	for (; i && i < argc; i++)
		if (process_number(argv[i], &pid) || kill(pid, sig))
			failed = failed_on(argv[i]);
	return failed;
}
