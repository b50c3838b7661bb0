/* <sys/time.h> */
#ifndef _SYS_TIME_H
#define _SYS_TIME_H

#include <linux/time.h>
#include <sys/types.h>
#include <sys/select.h>

int getitimer(int which, struct itimerval *value);
int gettimeofday(struct timeval *tv, struct timezone *tz);
int setitimer(int which, const struct itimerval *value, struct itimerval *old);
int settimeofday(const struct timeval *tv, const struct timezone *tz);
int utimes(const char *path, const struct timeval times[2]);

#define timeradd(a, b, r) \
	do { \
		(r)->tv_sec = (a)->tv_sec + (b)->tv_sec; \
		(r)->tv_usec = (a)->tv_usec + (b)->tv_usec; \
		if ((r)->tv_usec >= 1000000) { \
			(r)->tv_sec++; \
			(r)->tv_usec -= 1000000; \
		} \
	} while (0)
#define timersub(a, b, r) \
	do { \
		(r)->tv_sec = (a)->tv_sec - (b)->tv_sec; \
		(r)->tv_usec = (a)->tv_usec - (b)->tv_usec; \
		if ((r)->tv_usec < 0) { \
			(r)->tv_sec--; \
			(r)->tv_usec += 1000000; \
		} \
	} while (0)

#endif
