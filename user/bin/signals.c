/* signals.c: what signals.h promises. */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "signals.h"

#define FIRST_REAL_TIME 32

/* -l: all names; or of each signal named its number, of each number or exit status the name. */
static int list(char **words)
{
	char name[SIG2STR_MAX];
	int sig;

	for (sig = 1; !*words && sig < FIRST_REAL_TIME; sig++) {
		sig2str(sig, name);
		printf("%s%c", name, sig % 8 && sig + 1 < FIRST_REAL_TIME ? ' ' : '\n');
	}
	for (; *words; words++) {
		if (isdigit((unsigned char)**words)) {
			sig = atoi(*words);
			if (sig2str(sig > 128 ? sig - 128 : sig, name) || sig == 0)
				return -1;
			puts(name);
		} else {
			if (str2sig(*words, &sig))
				return -1;
			printf("%d\n", sig);
		}
	}
	return 0;
}

int kill_options(int argc, char **argv, int *sig)
{
	const char *name = NULL;
	int i = 1;

	*sig = SIGTERM;
	if (argc > 1 && argv[1][0] == '-' && strcmp(argv[1], "--")) {
		name = argv[1] + 1;
		i = 2;
		if (!strcmp(name, "l"))
			return list(argv + 2 + (argc > 2 && !strcmp(argv[2], "--")));
		if (*name == 's') {		/* -s NAME, -sNAME; but -stop is -STOP */
			if (!name[1])
				name = argc > 2 ? argv[i++] : "";
			else if (str2sig(name, sig))
				name++;
		}
	}
	if (name && (str2sig(name, sig) || (*sig == 0 && *name != '0')))
		return -1;
	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	return i < argc ? i : -1;
}

int process_number(const char *text, pid_t *pid)
{
	char *end;

	errno = 0;
	*pid = strtol(text, &end, 10);
	if (end == text || *end)
		errno = EINVAL;
	return errno ? -1 : 0;
}
