/*
 * Reading the clocks: kernel/time/timekeeping.c. All may be called from any
 * context once time_init() has run; before it they stand at 0.
 */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H

#include <linux/ktime.h>

struct pt_regs;

ktime_t ktime_get(void);			/* CLOCK_MONOTONIC */
ktime_t ktime_get_real(void);			/* CLOCK_REALTIME */
void ktime_get_ts64(struct timespec64 *ts);
void ktime_get_real_ts64(struct timespec64 *ts);
void ktime_get_coarse_ts64(struct timespec64 *ts);	/* as of the last tick */
void ktime_get_coarse_real_ts64(struct timespec64 *ts);
time64_t ktime_get_real_seconds(void);
time64_t ktime_get_seconds(void);
int do_settimeofday64(const struct timespec64 *ts);

#define ktime_get_ns()		ktime_get()
#define ktime_get_raw()		ktime_get()
#define ktime_get_raw_ns()	ktime_get()
#define ktime_get_boottime()	ktime_get()
#define ktime_get_boottime_ns()	ktime_get()
#define ktime_get_real_ns()	ktime_get_real()
#define ktime_get_boottime_ts64(ts) ktime_get_ts64(ts)
#define ktime_get_raw_ts64(ts)	ktime_get_ts64(ts)
#define ktime_get_coarse()	ktime_get()
#define getnstimeofday64(ts)	ktime_get_real_ts64(ts)
#define do_gettimeofday64(ts)	ktime_get_real_ts64(ts)
static inline void getboottime64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get_real() - ktime_get());
}

/*
 * time_init - calibrate the clock and read the wall time
 *
 * Context: bring-up, with the tick's interrupt running; halts for some ticks.
 */
void time_init(void);

/* The tick: called by the timer interrupt of this CPU, interrupts off. */
void tick_handler(struct pt_regs *regs);
/* DEBUG=1: ticks come irregularly from here on; jiffies goes by the clock. Interrupts off. */
void ticks_from_clock(void);
/* The name and rate of what ktime_get() reads. */
const char *clocksource_name(void);
/* False where only ticks move the clock. */
bool clocksource_runs(void);
extern unsigned int tsc_khz;		/* 0 where the TSC is not trusted */

#include <linux/sched.h>

#endif
