/* <sched.h> */
#ifndef _SCHED_H
#define _SCHED_H

#include <linux/sched.h>
#include <sys/types.h>

int clone(int (*fn)(void *), void *stack, int flags, void *arg, ...);
int sched_getaffinity(pid_t pid, size_t size, void *mask);
int sched_getparam(pid_t pid, struct sched_param *param);
int sched_get_priority_max(int policy);
int sched_get_priority_min(int policy);
int sched_getscheduler(pid_t pid);
int sched_setaffinity(pid_t pid, size_t size, const void *mask);
int sched_setparam(pid_t pid, const struct sched_param *param);
int sched_setscheduler(pid_t pid, int policy, const struct sched_param *param);
int sched_yield(void);

#endif
