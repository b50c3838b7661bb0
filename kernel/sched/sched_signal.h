#ifndef KERNEL_SCHED_SIGNAL_H
#define KERNEL_SCHED_SIGNAL_H

#include <linux/sched/signal.h>

/* sigqueue.c; siglock held */
extern int sigqueue_add(struct task_struct *task, struct sigpending *pending, int sig,
			struct siginfo *info);

#endif
