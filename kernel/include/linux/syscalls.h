/*
 * <linux/syscalls.h> - the handlers of all system calls.
 *
 * Their prototypes are generated from kernel/sys/syscalls.tbl.
 */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

#include <linux/types.h>
#include <linux/syscalls_generated.h>

#endif
