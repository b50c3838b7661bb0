/*
 * <linux/umh.h> - the kernel starts a program.
 */
#ifndef _LINUX_UMH_H
#define _LINUX_UMH_H

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/stddef.h>

#define UMH_NO_WAIT	0	/* nobody wants to know */
#define UMH_WAIT_EXEC	1	/* until the program runs, or cannot */
#define UMH_WAIT_PROC	2	/* until it has ended */
#define UMH_KILLABLE	4	/* and no longer than the caller lives */

/*
 * Runs @path as root, a child of nobody, in /, with these arguments and environment; both end with NULL.
 * What cannot be executed: a negative errno; with UMH_WAIT_PROC else the status as wait4() has it, or 0.
 * Context: process, may sleep; the strings are used until it returns, with UMH_NO_WAIT for ever.
 */
int call_usermodehelper(const char *path, char **argv, char **envp, int wait);

#endif
