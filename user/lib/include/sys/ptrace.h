/* <sys/ptrace.h> */
#ifndef _SYS_PTRACE_H
#define _SYS_PTRACE_H

#include <linux/ptrace.h>
#include <sys/types.h>

long ptrace(long request, pid_t pid, void *addr, void *data);

#endif
