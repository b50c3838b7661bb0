/*
 * Times that cross the border to user space, and the calendar.
 */
#ifndef _LINUX_TIME_H
#define _LINUX_TIME_H

#include <linux/math64.h>
#include <linux/time64.h>
#include <uapi/linux/time.h>

extern struct timezone sys_tz;

/* All four return 0 or -EFAULT. */
int get_timespec64(struct timespec64 *ts, const struct __kernel_timespec __user *uts);
int put_timespec64(const struct timespec64 *ts, struct __kernel_timespec __user *uts);
int get_old_timespec32(struct timespec64 *ts, const void __user *uts);
int put_old_timespec32(const struct timespec64 *ts, void __user *uts);
int get_itimerspec64(struct itimerspec64 *it, const struct __kernel_itimerspec __user *uit);
int put_itimerspec64(const struct itimerspec64 *it, struct __kernel_itimerspec __user *uit);
int get_old_itimerspec32(struct itimerspec64 *it, const struct old_itimerspec32 __user *uit);
int put_old_itimerspec32(const struct itimerspec64 *it, struct old_itimerspec32 __user *uit);

struct __kernel_old_timeval ns_to_kernel_old_timeval(s64 nsec);

/* Seconds since 1970 of a date in UTC; month 1 to 12. */
time64_t mktime64(unsigned int year, unsigned int mon, unsigned int day,
		  unsigned int hour, unsigned int min, unsigned int sec);

struct tm {
	int tm_sec, tm_min, tm_hour, tm_mday, tm_mon;
	long tm_year;
	int tm_wday, tm_yday;
};
void time64_to_tm(time64_t secs, int offset, struct tm *result);

#endif
