/*
 * Times between their forms: seconds and nanoseconds, ticks, the calendar.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/time.h>
#include <linux/uaccess.h>

struct timezone sys_tz;

void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)
{
	s32 rest;

	if (nsec <= -NSEC_PER_SEC || nsec >= NSEC_PER_SEC) {
		sec += div_s64_rem(nsec, NSEC_PER_SEC, &rest);
		nsec = rest;
	}
	if (nsec < 0) {
		nsec += NSEC_PER_SEC;
		sec--;
	}
	ts->tv_sec = sec;
	ts->tv_nsec = nsec;
}
EXPORT_SYMBOL(set_normalized_timespec64);

struct timespec64 ns_to_timespec64(s64 nsec)
{
	struct timespec64 ts;

	set_normalized_timespec64(&ts, 0, nsec);
	return ts;
}
EXPORT_SYMBOL(ns_to_timespec64);

struct __kernel_old_timeval ns_to_kernel_old_timeval(s64 nsec)
{
	struct timespec64 ts = ns_to_timespec64(nsec);

	return (struct __kernel_old_timeval){ ts.tv_sec, ts.tv_nsec / NSEC_PER_USEC };
}

/* To a whole second, so that timers that need not be exact fall due together. */
unsigned long round_jiffies_relative(unsigned long j)
{
	return round_jiffies(jiffies + j) - jiffies;
}
EXPORT_SYMBOL(round_jiffies_relative);

unsigned long round_jiffies(unsigned long j)
{
	unsigned long rest = j % HZ, rounded = rest < HZ / 4 ? j - rest : j - rest + HZ;

	return time_after(rounded, jiffies) ? rounded : j;
}
EXPORT_SYMBOL(round_jiffies);

/*
 * A year that begins in March has its leap day at the end; then the days
 * before a month and the leap days of four centuries are plain divisions.
 */
time64_t mktime64(unsigned int year, unsigned int mon, unsigned int day,
		  unsigned int hour, unsigned int min, unsigned int sec)
{
	u32 days;

	if (mon <= 2) {
		mon += 12;
		year--;
	}
	days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * (mon - 3) + 2) / 5 + day -
	       719469;
	return (((time64_t)days * 24 + hour) * 60 + min) * 60 + sec;
}
EXPORT_SYMBOL(mktime64);

/* The way back; offset is added in seconds. */
void time64_to_tm(time64_t secs, int offset, struct tm *result)
{
	s32 rest;
	s64 days = div_s64_rem(secs, 86400, &rest);
	u32 day, era_day, year, month;

	rest += offset;
	while (rest < 0) {
		rest += 86400;
		days--;
	}
	while (rest >= 86400) {
		rest -= 86400;
		days++;
	}
	result->tm_hour = rest / 3600;
	result->tm_min = rest / 60 % 60;
	result->tm_sec = rest % 60;
	result->tm_wday = (s32)(days + 4) % 7;
	if (result->tm_wday < 0)
		result->tm_wday += 7;

	day = days + 719468;			/* since 1 March of year 0 */
	era_day = day % 146097;			/* in its 400 years */
	year = (era_day - era_day / 1460 + era_day / 36524 - era_day / 146096) / 365;
	era_day -= 365 * year + year / 4 - year / 100;
	month = (5 * era_day + 2) / 153;	/* from March */
	result->tm_mday = era_day - (153 * month + 2) / 5 + 1;
	result->tm_mon = month < 10 ? month + 2 : month - 10;
	result->tm_year = (long)(year + day / 146097 * 400 + (month >= 10)) - 1900;
	result->tm_yday = (s32)(days - div_s64(mktime64(result->tm_year + 1900, 1, 1, 0, 0, 0),
					       86400));
}
EXPORT_SYMBOL(time64_to_tm);

int get_timespec64(struct timespec64 *ts, const struct __kernel_timespec __user *uts)
{
	struct __kernel_timespec kts;

	if (copy_from_user(&kts, uts, sizeof(kts)))
		return -EFAULT;
	/* Callers with 32 bits leave rubbish in the upper half. */
	*ts = (struct timespec64){ kts.tv_sec, (long)kts.tv_nsec };
	return 0;
}

int put_timespec64(const struct timespec64 *ts, struct __kernel_timespec __user *uts)
{
	struct __kernel_timespec kts = { ts->tv_sec, ts->tv_nsec };

	return copy_to_user(uts, &kts, sizeof(kts)) ? -EFAULT : 0;
}

int get_old_timespec32(struct timespec64 *ts, const void __user *uts)
{
	struct old_timespec32 kts;

	if (copy_from_user(&kts, uts, sizeof(kts)))
		return -EFAULT;
	*ts = (struct timespec64){ kts.tv_sec, kts.tv_nsec };
	return 0;
}

int put_old_timespec32(const struct timespec64 *ts, void __user *uts)
{
	struct old_timespec32 __user *to = uts;

	return put_user((s32)ts->tv_sec, &to->tv_sec) ?: put_user((s32)ts->tv_nsec, &to->tv_nsec);
}

int get_itimerspec64(struct itimerspec64 *it, const struct __kernel_itimerspec __user *uit)
{
	return get_timespec64(&it->it_interval, &uit->it_interval) ?:
	       get_timespec64(&it->it_value, &uit->it_value);
}

int put_itimerspec64(const struct itimerspec64 *it, struct __kernel_itimerspec __user *uit)
{
	return put_timespec64(&it->it_interval, &uit->it_interval) ?:
	       put_timespec64(&it->it_value, &uit->it_value);
}

int get_old_itimerspec32(struct itimerspec64 *it, const struct old_itimerspec32 __user *uit)
{
	return get_old_timespec32(&it->it_interval, &uit->it_interval) ?:
	       get_old_timespec32(&it->it_value, &uit->it_value);
}

int put_old_itimerspec32(const struct itimerspec64 *it, struct old_itimerspec32 __user *uit)
{
	return put_old_timespec32(&it->it_interval, &uit->it_interval) ?:
	       put_old_timespec32(&it->it_value, &uit->it_value);
}
