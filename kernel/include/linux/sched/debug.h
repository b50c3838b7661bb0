/*
 * <linux/sched/debug.h> - tasks told in the log: what each does, and where it sleeps.
 */
#ifndef _LINUX_SCHED_DEBUG_H
#define _LINUX_SCHED_DEBUG_H

#include <linux/sched.h>

/* One task with its stack. Context: any; the task does not go meanwhile. */
extern void sched_show_task(struct task_struct *task);
/* All tasks one of whose state's bits is in @state_filter; 0: all. Context: any. */
extern void show_state_filter(unsigned long state_filter);

static inline void show_state(void)
{
	show_state_filter(0);
}

/*
 * A return address in the function in which @task waits: the innermost one that
 * is not the scheduler's. 0: it does not sleep, or its stack cannot be read.
 */
extern unsigned long get_wchan(struct task_struct *task);

#endif
