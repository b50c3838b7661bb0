/*
 * Busy waits by the calibrated clock, and sleeps (kernel/sched/timeout.c). udelay() is for waits of
 * microseconds that hardware asks for; everything longer sleeps.
 */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/types.h>

extern unsigned long loops_per_jiffy;

/* Context: any. At most 20 ms. */
void udelay(unsigned long usecs);
void ndelay(unsigned long nsecs);
void mdelay(unsigned long msecs);

/* Context: process, may sleep. They last at least as long as asked. */
void msleep(unsigned int msecs);
unsigned long msleep_interruptible(unsigned int msecs);
void usleep_range(unsigned long min, unsigned long max);
static inline void ssleep(unsigned int seconds)
{
	msleep(seconds * 1000);
}
static inline void fsleep(unsigned long usecs)
{
	if (usecs <= 10)
		udelay(usecs);
	else
		usleep_range(usecs, 2 * usecs);
}

#endif
