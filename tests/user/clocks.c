/*
 * Time: the clocks, in 32 and 64 bits, sleeping on them, and what CPU time is counted.
 * host: yes
 */
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>
#include "case.h"

struct wide_timespec {
	long long tv_sec, tv_nsec;
};

static long long ns(const struct timespec *t)
{
	return t->tv_sec * 1000000000LL + t->tv_nsec;
}

static void the_monotonic_clock_goes_on(void)
{
	struct timespec a, b;

	for (int i = 0; i < 1000; i++) {
		CHECK_EQ(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &a), 0);
		CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &b), 0);
		if (!CHECK(ns(&b) >= ns(&a)))
			break;
		if (!CHECK(a.tv_nsec >= 0 && a.tv_nsec < 1000000000))
			break;
	}
}

static void wall_clocks_agree(void)
{
	struct wide_timespec wide;
	struct timespec t;
	struct timeval tv;
	time_t now, stored = 0;

	now = time(&stored);
	CHECK_EQ(now, stored);
	CHECK_EQ(gettimeofday(&tv, NULL), 0);
	CHECK_EQ(clock_gettime(CLOCK_REALTIME, &t), 0);
	CHECK_EQ(syscall(SYS_clock_gettime64, CLOCK_REALTIME, &wide), 0);
	CHECK(tv.tv_sec - now <= 1 && t.tv_sec - tv.tv_sec <= 1 && wide.tv_sec - t.tv_sec <= 1);
	CHECK(now >= 1700000000 && wide.tv_sec >= t.tv_sec);
}

static void every_clock_answers(void)
{
	static const int clocks[] = {
		CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID,
		CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME,
	};
	struct wide_timespec wide;
	struct timespec t;

	for (unsigned int i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		CHECK_EQ(clock_gettime(clocks[i], &t), 0);
		CHECK_EQ(syscall(SYS_clock_getres, clocks[i], &t), 0);
		CHECK(t.tv_sec == 0 && t.tv_nsec > 0 && t.tv_nsec <= 10000000);
		CHECK_EQ(syscall(SYS_clock_getres_time64, clocks[i], &wide), 0);
		CHECK(wide.tv_sec == 0 && wide.tv_nsec == t.tv_nsec);
	}
	CHECK_EQ(clock_getres(CLOCK_MONOTONIC, NULL), 0);
	CHECK_FAILS(clock_gettime(77, &t), EINVAL);
	CHECK_FAILS(clock_getres(77, &t), EINVAL);
	CHECK_FAILS(syscall(SYS_clock_gettime, CLOCK_REALTIME, NOWHERE), EFAULT);
}

static void sleeps_last(void)
{
	struct wide_timespec wide = { 0, 20000000 };
	struct timespec t = { 0, 20000000 };
	long began = now_ms();

	CHECK_EQ(nanosleep(&t, NULL), 0);
	CHECK(now_ms() - began >= 19);
	began = now_ms();
	CHECK_EQ(syscall(SYS_clock_nanosleep, CLOCK_REALTIME, 0, &t, NULL), 0);
	CHECK(now_ms() - began >= 19);
	began = now_ms();
	CHECK_EQ(syscall(SYS_clock_nanosleep_time64, CLOCK_MONOTONIC, 0, &wide, NULL), 0);
	CHECK(now_ms() - began >= 19);
	t.tv_nsec = 1000000000;
	CHECK_FAILS(nanosleep(&t, NULL), EINVAL);
	t.tv_nsec = -1;
	CHECK_FAILS(nanosleep(&t, NULL), EINVAL);
	CHECK_FAILS(nanosleep(NOWHERE, NULL), EFAULT);
	CHECK_FAILS(syscall(SYS_clock_nanosleep, 77, 0, &wide, NULL), EINVAL);
}

static void sleeping_until(void)
{
	struct timespec t;
	long began = now_ms();

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += 30000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_nsec -= 1000000000;
		t.tv_sec++;
	}
	CHECK_EQ(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL), 0);
	CHECK(now_ms() - began >= 29);
	began = now_ms();
	CHECK_EQ(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL), 0);	/* it is past */
	CHECK(now_ms() - began < 2000);
}

static void burn(int ms)
{
	struct timespec t;

	do {
		for (volatile int i = 0; i < 20000; i++)
			;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	} while (ns(&t) < ms * 1000000LL);
}

static void work_and_compare(void)
{
	struct rusage self;
	struct timespec t;
	struct tms ticks;

	burn(60);
	CHECK_EQ(getrusage(RUSAGE_SELF, &self), 0);
	CHECK(self.ru_utime.tv_sec == 0 && self.ru_utime.tv_usec + self.ru_stime.tv_usec >= 40000);
	CHECK((long)times(&ticks) != -1);
	CHECK(ticks.tms_utime + ticks.tms_stime >= 4);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	CHECK(ns(&t) >= 60000000);
	nap(20);
	CHECK(clock() < 3 * CLOCKS_PER_SEC);
	CHECK_FAILS(getrusage(77, &self), EINVAL);
}

static void cpu_time_is_counted(void)
{
	struct rusage children;
	struct tms ticks;

	in_child(work_and_compare);
	CHECK_EQ(getrusage(RUSAGE_CHILDREN, &children), 0);
	CHECK(children.ru_utime.tv_usec + children.ru_stime.tv_usec >= 40000);
	times(&ticks);
	CHECK(ticks.tms_cutime + ticks.tms_cstime >= 4);
}

static void set_as_a_stranger(void)
{
	struct wide_timespec wide = { 1000000000, 0 };
	struct timespec t = { 1000000000, 0 };
	struct timeval tv = { 1000000000, 0 };
	long seconds = 1000000000;

	if (geteuid() == 0)
		setuid(1000);
	CHECK_FAILS(settimeofday(&tv, NULL), EPERM);
	CHECK_FAILS(syscall(SYS_clock_settime, CLOCK_REALTIME, &t), EPERM);
	CHECK_FAILS(syscall(SYS_clock_settime64, CLOCK_REALTIME, &wide), EPERM);
	CHECK_FAILS(syscall(SYS_stime, &seconds), EPERM);
	CHECK(time(NULL) > 1700000000);
}

static void strangers_set_no_clock(void)
{
	in_child(set_as_a_stranger);
}

static void monotonic_cannot_be_set(void)
{
	struct timespec t = { 1000000000, 0 };

	CHECK_FAILS(clock_settime(CLOCK_MONOTONIC, &t), EINVAL);
	t.tv_nsec = 1000000000;
	CHECK_FAILS(clock_settime(CLOCK_REALTIME, &t), EINVAL);
	CHECK_FAILS(clock_settime(CLOCK_REALTIME, NOWHERE), EFAULT);
}

int main(void)
{
	RUN(the_monotonic_clock_goes_on);
	RUN(wall_clocks_agree);
	RUN(every_clock_answers);
	RUN(sleeps_last);
	RUN(sleeping_until);
	RUN(cpu_time_is_counted);
	RUN(strangers_set_no_clock);
	RUN(monotonic_cannot_be_set);
	return tap_end();
}
