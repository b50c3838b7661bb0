/* signame.c: signals by name and names by signal, without SIG. */
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const names[] = {
	[0] = "EXIT", [SIGHUP] = "HUP", [SIGINT] = "INT", [SIGQUIT] = "QUIT", [SIGILL] = "ILL",
	[SIGTRAP] = "TRAP", [SIGABRT] = "ABRT", [SIGBUS] = "BUS", [SIGFPE] = "FPE", [SIGKILL] = "KILL",
	[SIGUSR1] = "USR1", [SIGSEGV] = "SEGV", [SIGUSR2] = "USR2", [SIGPIPE] = "PIPE", [SIGALRM] = "ALRM",
	[SIGTERM] = "TERM", [SIGSTKFLT] = "STKFLT", [SIGCHLD] = "CHLD", [SIGCONT] = "CONT",
	[SIGSTOP] = "STOP", [SIGTSTP] = "TSTP", [SIGTTIN] = "TTIN", [SIGTTOU] = "TTOU", [SIGURG] = "URG",
	[SIGXCPU] = "XCPU", [SIGXFSZ] = "XFSZ", [SIGVTALRM] = "VTALRM", [SIGPROF] = "PROF",
	[SIGWINCH] = "WINCH", [SIGIO] = "IO", [SIGPWR] = "PWR", [SIGSYS] = "SYS",
};

#define COUNT (int)(sizeof(names) / sizeof(*names))

/* A number is a name, too, and SIG before a name does no harm.  -1: there is no such signal. */
int str2sig(const char *name, int *sig)
{
	char *end;
	int i;

	if (isdigit((unsigned char)*name)) {
		*sig = strtol(name, &end, 10);
		return *end || *sig >= NSIG ? -1 : 0;
	}
	if (strncasecmp(name, "SIG", 3) == 0)
		name += 3;
	for (i = 0; i < COUNT; i++) {
		if (strcasecmp(names[i], name) == 0) {
			*sig = i;
			return 0;
		}
	}
	return -1;
}

/* Real-time signals have numbers for names.  name has room for SIG2STR_MAX. */
int sig2str(int sig, char *name)
{
	if (sig < 0 || sig >= NSIG)
		return -1;
	if (sig < COUNT)
		strcpy(name, names[sig]);
	else
		sprintf(name, "%d", sig);
	return 0;
}
