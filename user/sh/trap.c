/*
 * trap.c: signals.  A handler only notes that its signal came; the trap's
 * commands run between two commands of the shell, where anything is allowed.
 */
#include <errno.h>
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

#define SIGNALS 65

volatile int interrupted;
static char *traps[SIGNALS];			/* "" ignores, null is the default */
static volatile sig_atomic_t pending[SIGNALS], any_pending;
static char ignored_at_start[SIGNALS];

int trap_is_set(int sig)
{
	return traps[sig] && *traps[sig];
}

static void on_signal(int sig)
{
	if (sig == SIGINT && !trap_is_set(sig))
		interrupted = 1;
	else
		pending[sig] = any_pending = 1;
}

/* No SA_RESTART: a wait that a signal ended lets the trap run. */
static void catch(int sig, void (*handler)(int))
{
	struct sigaction act = { .sa_handler = handler };

	sigaction(sig, &act, NULL);
}

/* What a signal does where no trap is set. */
static void set_default(int sig)
{
	if (interactive && !subshell && (sig == SIGINT || sig == SIGQUIT || sig == SIGTERM))
		catch(sig, sig == SIGINT ? on_signal : SIG_IGN);
	else if (job_control && !subshell && (sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU))
		catch(sig, SIG_IGN);
	else
		catch(sig, ignored_at_start[sig] ? SIG_IGN : SIG_DFL);
}

static void set_trap(int sig, const char *action)
{
	free(traps[sig]);
	traps[sig] = action ? must_strdup(action) : NULL;
	if (sig == 0 || sig == SIGKILL || sig == SIGSTOP)
		return;
	if (ignored_at_start[sig] && !interactive)
		return;
	if (!action)
		set_default(sig);
	else
		catch(sig, *action ? on_signal : SIG_IGN);
}

static void print_trap(int sig)
{
	char name[SIG2STR_MAX];

	sig2str(sig, name);
	printf("trap -- ");
	if (traps[sig])
		print_quoted(traps[sig]);
	else
		putchar('-');
	printf(" %s\n", name);
}

static int bad_trap(const char *name)
{
	complain("trap: %s: bad trap", name);
	return 1;
}

/* trap, trap -p: those that are set; trap -p signal ...: these */
static int print_traps(char **names)
{
	int sig, result = 0;

	for (sig = 0; !*names && sig < SIGNALS; sig++)
		if (traps[sig])
			print_trap(sig);
	for (; *names; names++) {
		if (str2sig(*names, &sig) < 0)
			result = bad_trap(*names);
		else
			print_trap(sig);
	}
	return result;
}

/* trap [action] signal ...; with - or a number first, the defaults come back */
int builtin_trap(int argc, char **argv)
{
	const char *action = NULL;
	int i = 1, sig, result = 0;

	if (argc > 1 && strcmp(argv[1], "-p") == 0)
		return print_traps(argv + 2);
	if (argc > 1 && strcmp(argv[1], "--") == 0)
		i++;
	if (i == argc)
		return print_traps(argv + i);
	if (!isdigit(*argv[i]) && i + 1 < argc) {
		if (strcmp(argv[i], "-") != 0)
			action = argv[i];
		i++;
	}
	for (; i < argc; i++) {
		if (str2sig(argv[i], &sig) < 0)
			result = bad_trap(argv[i]);
		else
			set_trap(sig, action);
	}
	return result;
}

int trap_pending(void)
{
	return any_pending;
}

void traps_run(void)
{
	int sig, saved = status;

	if (!any_pending)
		return;
	any_pending = 0;
	for (sig = 1; sig < SIGNALS; sig++) {
		if (!pending[sig])
			continue;
		pending[sig] = 0;
		if (trap_is_set(sig))
			run_string(traps[sig], 0);
	}
	if (!unwinding)
		status = saved;
}

/* A subshell forgets what its parent caught; what was ignored stays so. */
void traps_reset(void)
{
	int sig;

	for (sig = 0; sig < SIGNALS; sig++) {
		pending[sig] = 0;
		if (trap_is_set(sig))
			set_trap(sig, NULL);
		else if (sig && !traps[sig] && interactive && sig != SIGKILL && sig != SIGSTOP && sig < 32)
			set_default(sig);
	}
	any_pending = 0;
}

void shell_exit(int code)
{
	char *action = traps[0];

	if (action && *action) {
		traps[0] = NULL;
		status = code;
		unwinding = U_NONE;
		run_string(action, 0);
	}
	exit(code);
}

void signals_init(int is_interactive)
{
	struct sigaction act;
	int sig;

	for (sig = 1; sig < 32; sig++) {
		sigaction(sig, NULL, &act);
		ignored_at_start[sig] = act.sa_handler == SIG_IGN;
	}
	if (is_interactive) {
		set_default(SIGINT);
		set_default(SIGQUIT);
		set_default(SIGTERM);
	}
}
