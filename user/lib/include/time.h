/* <time.h>: UTC only */
#ifndef _TIME_H
#define _TIME_H

#include <linux/time.h>
#include <sys/types.h>

#define CLOCKS_PER_SEC 1000000L

struct tm {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	int tm_year;
	int tm_wday;
	int tm_yday;
	int tm_isdst;
};

char *asctime(const struct tm *tm);
char *asctime_r(const struct tm *tm, char *buf);
clock_t clock(void);
int clock_getres(clockid_t clock, struct timespec *ts);
int clock_gettime(clockid_t clock, struct timespec *ts);
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *want, struct timespec *left);
int clock_settime(clockid_t clock, const struct timespec *ts);
char *ctime(const time_t *t);
char *ctime_r(const time_t *t, char *buf);
struct tm *gmtime(const time_t *t);
struct tm *gmtime_r(const time_t *t, struct tm *tm);
struct tm *localtime(const time_t *t);
struct tm *localtime_r(const time_t *t, struct tm *tm);
time_t mktime(struct tm *tm);
int nanosleep(const struct timespec *want, struct timespec *left);
size_t strftime(char *s, size_t size, const char *format, const struct tm *tm);
time_t time(time_t *t);
time_t timegm(struct tm *tm);

#endif
