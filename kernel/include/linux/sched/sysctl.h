/*
 * <linux/sched/sysctl.h> - what /proc/sys/kernel sets: names of core dumps; and what watches over tasks and CPUs in a DEBUG=1 kernel: its times,
 * in seconds. Each is read at every check, so it may be set at any time; 0: no checks.
 */
#ifndef _LINUX_SCHED_SYSCTL_H
#define _LINUX_SCHED_SYSCTL_H

#define CORE_PATTERN_SIZE	128

extern char core_pattern[CORE_PATTERN_SIZE];	/* of the names of core dumps; written by root, whenever */

#if DEBUG_BUILD
extern int sysctl_hung_task_timeout_secs;
extern int watchdog_thresh;
#endif

#endif
