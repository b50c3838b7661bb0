/*
 * <linux/syscalls.h> - the handlers of all system calls.
 *
 * Their prototypes are generated from kernel/sys/syscalls.tbl.
 */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

#include <linux/types.h>
#include <linux/syscalls_generated.h>

struct restart_block;

/* Calls by number since boot, counted by entry.asm: /proc/syscalls. None: a lost count is lost. */
extern unsigned int sys_call_count[NR_syscalls];

/* What restart_block.fn is when nothing waits to be restarted: -EINTR. */
extern long do_no_restart_syscall(struct restart_block *block);

#endif
