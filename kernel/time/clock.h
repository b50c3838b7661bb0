/*
 * Between timekeeping.c and those who know the hardware clocks.
 */
#ifndef KERNEL_TIME_CLOCK_H
#define KERNEL_TIME_CLOCK_H

#include <linux/types.h>

/* A counter that only goes up, modulo mask + 1. All fields [I]. */
struct clock_source {
	const char *name;
	u64 (*read)(void);
	u64 mask;
	u64 hz;
};

/* The TSC when it runs evenly, else the PM timer, else NULL. Halts for some ticks. */
const struct clock_source *clock_choose(void);
/* Seconds since 1970 by the CMOS clock; 0 when it makes no sense. */
time64_t rtc_read(void);

#endif
