#ifndef _LINUX_SCHED_LOADAVG_H
#define _LINUX_SCHED_LOADAVG_H

#include <linux/sched/signal.h>

/* Averages over 1, 5 and 15 minutes, as fixed-point numbers. */
#define FSHIFT		11
#define FIXED_1		(1 << FSHIFT)
#define LOAD_FREQ	(5 * HZ + 1)
#define LOAD_INT(x)	((x) >> FSHIFT)
#define LOAD_FRAC(x)	LOAD_INT(((x) & (FIXED_1 - 1)) * 100)

extern unsigned long avenrun[3];
extern unsigned int nr_running(void);
extern unsigned long long nr_context_switches(void);

/* ns each CPU spent in user mode, in the kernel and idle. */
struct kernel_cpustat {
	u64 user, nice, system, idle;	/* [own CPU] */
};

extern struct kernel_cpustat kcpustat;
/* The tick found the CPU in user mode or in the kernel.  Context: timer interrupt. */
extern void account_process_tick(struct task_struct *task, int user_tick);

#endif
