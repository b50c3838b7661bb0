#ifndef _LINUX_SCHED_CLOCK_H
#define _LINUX_SCHED_CLOCK_H

#include <linux/types.h>

/* ns since boot, cheap and not corrected: for differences on one CPU.  Context: any. */
extern u64 sched_clock(void);
#define local_clock()	sched_clock()

#endif
