#ifndef _LINUX_SCHED_JOBCTL_H
#define _LINUX_SCHED_JOBCTL_H

/* task->jobctl, under siglock: what a stop of the group asks of this thread. */
#define JOBCTL_STOP_DEQUEUED	(1UL << 16)	/* took a stop signal, and no SIGCONT came since */
#define JOBCTL_STOP_PENDING	(1UL << 17)	/* shall stop */
#define JOBCTL_STOP_CONSUME	(1UL << 18)	/* counts in group_stop_count */

#endif
