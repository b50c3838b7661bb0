#ifndef _LINUX_SCHED_CPUTIME_H
#define _LINUX_SCHED_CPUTIME_H

#include <linux/sched/signal.h>

/* ns each CPU spent in user mode, in the kernel and idle. */
struct kernel_cpustat {
	u64 user, nice, system, idle;	/* [own CPU] */
};

extern struct kernel_cpustat kcpustat;
/* The tick found the CPU in user mode or in the kernel.  Context: timer interrupt. */
extern void account_process_tick(struct task_struct *task, int user_tick);

#endif
