/* kill - send a signal.  The call: kill(2), to a process, or by -N to a process group. */
#include <signal.h>
#include <strings.h>
#include "command.h"

static const char help[] =
	"usage: kill [-s SIGNAL | -SIGNAL] PID...\n"
	"       kill -l [STATUS]\n"
	"Sends SIGNAL (TERM), by name or number; a negative PID is a process group.\n";

static const char *const names[] = {
	"0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
	"USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
	"URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
};

#define NR_NAMES (int)(sizeof(names) / sizeof(names[0]))

static int signal_number(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);
	int i;

	if (*text && !*end && n >= 0 && n < NSIG)
		return n;
	if (!strncasecmp(text, "SIG", 3))
		text += 3;
	for (i = 1; i < NR_NAMES; i++)
		if (!strcasecmp(text, names[i]))
			return i;
	errx(EXIT_FAILURE, "there is no signal '%s'", text);
}

static int list(void)
{
	int i;

	for (i = 1; i < NR_NAMES; i++)
		printf("%2d %-7s%c", i, names[i], i % 8 && i + 1 < NR_NAMES ? ' ' : '\n');
	return 0;
}

int main(int argc, char **argv)
{
	int i = 1, sig = SIGTERM, failed = 0;

	if (argc > 1 && !strcmp(argv[1], "--help"))
		no_options(argc, argv, help);
	if (argc == 3 && !strcmp(argv[1], "-l")) {	/* of which signal is that the exit status? */
		i = number_or_die(argv[2]) & 127;
		if (i <= 0 || i >= NR_NAMES)
			errx(EXIT_FAILURE, "'%s' is not of a signal", argv[2]);
		return puts(names[i]) == EOF;
	}
	if (argc > 1 && !strcmp(argv[1], "-l"))
		return list();
	if (argc > 2 && !strcmp(argv[1], "-s")) {
		sig = signal_number(argv[2]);
		i = 3;
	} else if (argc > 1 && argv[1][0] == '-' && strcmp(argv[1], "--")) {
		sig = signal_number(argv[1] + 1);
		i = 2;
	}
	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	if (i >= argc)
		wrong_usage(help);
	for (; i < argc; i++) {
		if (kill(number_or_die(argv[i]), sig)) {
			warn("%s", argv[i]);
			failed = 1;
		}
	}
	return failed;
}
