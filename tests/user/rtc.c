/*
 * The battery-backed clock, /dev/rtc0: its time, alarm, update and periodic interrupts.
 * host: no, because a host's clock is not ours to set
 */
#include <linux/rtc.h>
#include <poll.h>
#include <sys/ioctl.h>
#include "case.h"

#define RTC "/dev/rtc0"
#define ATTR "/sys/class/rtc/rtc0/"

static int fd;

static long attr(const char *name)
{
	char text[32] = "";
	int in = open(name, O_RDONLY);

	CHECK(read(in, text, sizeof(text) - 1) > 0);
	close(in);
	return atol(text);
}

/* Interrupts that /proc/interrupts has counted. */
static long interrupts(void)
{
	char line[200];
	FILE *f = fopen("/proc/interrupts", "r");
	long count = -1;

	while (f && fgets(line, sizeof(line), f))
		if (atoi(line) == 8 && strstr(line, "rtc0"))
			count = atol(strchr(line, ':') + 1);
	if (f)
		fclose(f);
	return count;
}

static unsigned long next_word(void)
{
	unsigned long word = 0;

	CHECK_EQ(read(fd, &word, sizeof(word)), sizeof(word));
	return word;
}

static void tells_the_time(void)
{
	struct rtc_time t;
	long now;

	CHECK(!ioctl(fd, RTC_RD_TIME, &t));
	now = attr(ATTR "since_epoch");
	CHECK_EQ(t.tm_year, 126);
	CHECK_EQ(attr(ATTR "date"), 2026);
	CHECK(labs(now - (long)time(NULL)) <= 2);
	CHECK_EQ(t.tm_wday, (now / 86400 + 4) % 7);
	CHECK_EQ(t.tm_yday, 0);
	CHECK_EQ(t.tm_hour * 60 + t.tm_min, now % 86400 / 60);
	CHECK_EQ(attr(ATTR "max_user_freq"), 64);
}

static void can_be_set(void)
{
	struct rtc_time was, now, odd;

	CHECK(!ioctl(fd, RTC_RD_TIME, &was));
	now = was;
	now.tm_year = 100;		/* a leap year */
	now.tm_mon = 1;
	now.tm_mday = 29;
	now.tm_hour = 23;
	CHECK(!ioctl(fd, RTC_SET_TIME, &now));
	CHECK(!ioctl(fd, RTC_RD_TIME, &now));
	CHECK(now.tm_year == 100 && now.tm_mon == 1 && now.tm_mday == 29 && now.tm_hour == 23);
	CHECK_EQ(now.tm_yday, 59);
	CHECK_EQ(now.tm_wday, 2);
	odd = now;
	odd.tm_year = 101;
	CHECK_FAILS(ioctl(fd, RTC_SET_TIME, &odd), EINVAL);
	odd = was;
	odd.tm_sec = 60;
	CHECK_FAILS(ioctl(fd, RTC_SET_TIME, &odd), EINVAL);
	CHECK(!ioctl(fd, RTC_SET_TIME, &was));
}

static void each_second_interrupts(void)
{
	long before;
	unsigned long word;

	CHECK(!ioctl(fd, RTC_UIE_ON, 0));
	next_word();
	before = now_ms();
	word = next_word();
	CHECK((word & 0xff) == (RTC_IRQF | RTC_UF) && word >> 8 == 1);
	CHECK(now_ms() - before > 900 && now_ms() - before < 2000);
	CHECK(!ioctl(fd, RTC_UIE_OFF, 0));
}

static void periods_interrupt(void)
{
	struct pollfd p = { fd, POLLIN, 0 };
	unsigned long hz = 0, count = 0;
	long before, took;

	CHECK(!ioctl(fd, RTC_IRQP_SET, 64));
	CHECK(!ioctl(fd, RTC_IRQP_READ, &hz) && hz == 64);
	CHECK_EQ(poll(&p, 1, 0), 0);
	before = interrupts();
	CHECK(!ioctl(fd, RTC_PIE_ON, 0));
	CHECK_EQ(poll(&p, 1, 1000), 1);
	took = now_ms();
	while (count < 16) {
		unsigned long word = next_word();

		CHECK((word & 0xff) == (RTC_IRQF | RTC_PF));
		count += word >> 8;
	}
	took = now_ms() - took;
	CHECK(took > 150 && took < 1500);
	CHECK(interrupts() - before >= 16);
	CHECK(!ioctl(fd, RTC_PIE_OFF, 0));
	fcntl(fd, F_SETFL, O_NONBLOCK);
	read(fd, &count, sizeof(count));
	before = interrupts();
	nap(100);
	CHECK_EQ(interrupts(), before);
	CHECK_FAILS(read(fd, &count, sizeof(count)), EAGAIN);
	fcntl(fd, F_SETFL, 0);
}

/* A slow reader learns how many it missed. */
static void periods_are_counted(void)
{
	unsigned long word;

	CHECK(!ioctl(fd, RTC_IRQP_SET, 1024) && !ioctl(fd, RTC_PIE_ON, 0));
	nap(250);
	word = next_word();
	CHECK(word >> 8 > 100 && word >> 8 < 2000);
	CHECK(!ioctl(fd, RTC_PIE_OFF, 0));
	CHECK_FAILS(ioctl(fd, RTC_IRQP_SET, 0), EINVAL);
	CHECK_FAILS(ioctl(fd, RTC_IRQP_SET, 1), EINVAL);
	CHECK_FAILS(ioctl(fd, RTC_IRQP_SET, 100), EINVAL);
	CHECK_FAILS(ioctl(fd, RTC_IRQP_SET, 16384), EINVAL);
}

static void as_nobody(void)
{
	struct rtc_time t;

	CHECK(!setuid(1000));
	CHECK_FAILS(ioctl(fd, RTC_IRQP_SET, 128), EACCES);
	CHECK(!ioctl(fd, RTC_IRQP_SET, 64));
	CHECK(!ioctl(fd, RTC_RD_TIME, &t));
	CHECK_FAILS(ioctl(fd, RTC_SET_TIME, &t), EACCES);
	CHECK_FAILS(open(RTC, O_RDONLY), EACCES);
}

static void users_may_do_less(void)
{
	in_child(as_nobody);
}

static void an_alarm_goes_off(void)
{
	struct rtc_time now;
	struct rtc_wkalrm alarm;
	unsigned long word;

	CHECK(!ioctl(fd, RTC_RD_TIME, &now));
	now.tm_sec += 2;
	if (now.tm_sec >= 60) {
		now.tm_sec -= 60;
		now.tm_min = (now.tm_min + 1) % 60;
	}
	CHECK(!ioctl(fd, RTC_ALM_SET, &now));
	CHECK(!ioctl(fd, RTC_WKALM_RD, &alarm));
	CHECK(!alarm.enabled && alarm.time.tm_sec == now.tm_sec && alarm.time.tm_year == 126);
	CHECK(!ioctl(fd, RTC_AIE_ON, 0));
	word = next_word();
	CHECK((word & 0xff) == (RTC_IRQF | RTC_AF) && word >> 8 == 1);
	CHECK(!ioctl(fd, RTC_AIE_OFF, 0));
	CHECK(!ioctl(fd, RTC_ALM_READ, &now) && now.tm_sec == alarm.time.tm_sec);
	now.tm_hour = 24;
	CHECK_FAILS(ioctl(fd, RTC_ALM_SET, &now), EINVAL);
	CHECK(!ioctl(fd, RTC_WKALM_RD, &alarm));
	CHECK_EQ(alarm.time.tm_mday, 2);		/* today's is over */
	alarm.enabled = 1;
	alarm.time.tm_mday = 5;
	CHECK_FAILS(ioctl(fd, RTC_WKALM_SET, &alarm), EINVAL);
	alarm.time.tm_year = 125;
	CHECK_FAILS(ioctl(fd, RTC_WKALM_SET, &alarm), ETIME);
}

static volatile sig_atomic_t signals;

static void on_signal(int signal)
{
	signals++;
}

static void tells_by_signal(void)
{
	int tries;

	signal(SIGIO, on_signal);
	CHECK(!fcntl(fd, F_SETOWN, getpid()) && !fcntl(fd, F_SETFL, FASYNC | O_NONBLOCK));
	CHECK(!ioctl(fd, RTC_IRQP_SET, 64) && !ioctl(fd, RTC_PIE_ON, 0));
	for (tries = 0; tries < 100 && !signals; tries++)
		nap(10);
	CHECK(signals > 0);
	CHECK(!ioctl(fd, RTC_PIE_OFF, 0) && !fcntl(fd, F_SETFL, 0));
	signal(SIGIO, SIG_DFL);
}

static void bad_arguments(void)
{
	static const unsigned int commands[] = {
		RTC_RD_TIME, RTC_SET_TIME, RTC_ALM_READ, RTC_ALM_SET, RTC_WKALM_RD, RTC_WKALM_SET, RTC_IRQP_READ,
	};
	unsigned int i;
	char small[2];

	for (i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		CHECK_FAILS(ioctl(fd, commands[i], UNMAPPED), EFAULT);
		CHECK_FAILS(ioctl(fd, commands[i], NOWHERE), EFAULT);
	}
	CHECK_FAILS(ioctl(fd, _IO('p', 0x77), 0), ENOTTY);
	CHECK_FAILS(read(fd, small, sizeof(small)), EINVAL);
	CHECK_FAILS(write(fd, small, sizeof(small)), EBADF);
	CHECK_FAILS(open(RTC, O_RDONLY), EBUSY);
	CHECK(!ioctl(fd, RTC_IRQP_SET, 64) && !ioctl(fd, RTC_PIE_ON, 0));
	CHECK_FAILS(read(fd, UNMAPPED, 4), EFAULT);
	close(fd);				/* no interrupts after that */
	i = interrupts();
	nap(60);
	CHECK_EQ(interrupts(), i);
}

int main(void)
{
	fd = open(RTC, O_RDONLY);
	if (fd < 0)
		printf("# %s: %s\n", RTC, strerror(errno));
	RUN(tells_the_time);
	RUN(can_be_set);
	RUN(each_second_interrupts);
	RUN(periods_interrupt);
	RUN(periods_are_counted);
	RUN(users_may_do_less);
	RUN(an_alarm_goes_off);
	RUN(tells_by_signal);
	RUN(bad_arguments);
	return tap_end();
}
