/* signals.h - kill's arguments, for the command and for the shell's builtin. */
#ifndef _USER_BIN_SIGNALS_H
#define _USER_BIN_SIGNALS_H

#include <sys/types.h>

/*
 * Reads -s SIGNAL, -SIGNAL or -l, which it obeys itself.  Returns where the processes
 * begin, 0 when all is done (-l), -1 when an argument was wrong.
 */
int kill_options(int argc, char **argv, int *sig);

/* A process id, negative for a group; -1 with errno when it is none. */
int process_number(const char *text, pid_t *pid);

#endif
