/* <linux/ptrace.h> - the registers at the entry.  Tracing other processes is not supported. */
#ifndef _LINUX_PTRACE_H
#define _LINUX_PTRACE_H

#include <linux/sched.h>
#include <asm/ptrace.h>

#define current_pt_regs()	task_pt_regs(current)

#endif
