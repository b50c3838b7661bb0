/*
 * The battery-backed clock: the wall time at boot, and for its driver.
 * (Motorola MC146818A data sheet, "time, calendar and alarm locations".)
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/mc146818rtc.h>
#include <linux/string.h>
#include <linux/time.h>
#include "clock.h"

#define CMOS_INDEX	0x70
#define CMOS_DATA	0x71
#define RTC_PM		0x80		/* in the hours, with 12 hours */

#define UIP_TRIES	10000		/* an update takes 2 ms */
#define READ_TRIES	4

DEFINE_SPINLOCK(rtc_lock);
EXPORT_SYMBOL(rtc_lock);

unsigned char rtc_cmos_read(unsigned char reg)
{
	outb(reg, CMOS_INDEX);
	return inb(CMOS_DATA);
}
EXPORT_SYMBOL(rtc_cmos_read);

void rtc_cmos_write(unsigned char value, unsigned char reg)
{
	outb(reg, CMOS_INDEX);
	outb(value, CMOS_DATA);
}
EXPORT_SYMBOL(rtc_cmos_write);

unsigned int rtc_decimal(unsigned char value, unsigned char control)
{
	return control & RTC_DM_BINARY ? value : (value >> 4) * 10 + (value & 15);
}
EXPORT_SYMBOL(rtc_decimal);

unsigned char rtc_digits(unsigned int value, unsigned char control)
{
	return control & RTC_DM_BINARY ? value : value / 10 << 4 | value % 10;
}
EXPORT_SYMBOL(rtc_digits);

static const unsigned char date_regs[] = {
	RTC_SECONDS, RTC_MINUTES, RTC_HOURS, RTC_DAY_OF_MONTH, RTC_MONTH, RTC_YEAR, RTC_CENTURY,
};
enum { SEC, MIN, HOUR, DAY, MONTH, YEAR, CENTURY, NR_DATE };

/* rtc_lock held.  -EIO: always about to change. */
static int read_date(unsigned char *date)
{
	int tries = UIP_TRIES;

	while (CMOS_READ(RTC_FREQ_SELECT) & RTC_UIP)
		if (!tries--)
			return -EIO;
	for (int i = 0; i < NR_DATE; i++)
		date[i] = CMOS_READ(date_regs[i]);
	return 0;
}

/* Read twice alike: no update came between. */
static int read_settled(unsigned char *date, unsigned char *control)
{
	unsigned char before[NR_DATE];
	unsigned long flags;
	int tries = READ_TRIES, err;

	spin_lock_irqsave(&rtc_lock, flags);
	*control = CMOS_READ(RTC_CONTROL);
	err = read_date(date);
	do {
		memcpy(before, date, NR_DATE);
		err = err ?: read_date(date);
	} while (!err && memcmp(before, date, NR_DATE) && tries--);
	spin_unlock_irqrestore(&rtc_lock, flags);
	return err;
}

int mc146818_get_time(struct rtc_time *time)
{
	unsigned char date[NR_DATE], control;
	unsigned int n[NR_DATE];
	int err = read_settled(date, &control);
	struct tm tm;

	if (err)
		return err;
	for (int i = 0; i < NR_DATE; i++)
		n[i] = rtc_decimal(i == HOUR && !(control & RTC_24H) ? date[i] & ~RTC_PM : date[i], control);
	if (!(control & RTC_24H))
		n[HOUR] = n[HOUR] % 12 + (date[HOUR] & RTC_PM ? 12 : 0);
	if (n[CENTURY] >= 19 && n[CENTURY] <= 21)
		n[YEAR] += n[CENTURY] * 100;
	else
		n[YEAR] += n[YEAR] < 70 ? 2000 : 1900;
	if (n[MONTH] < 1 || n[MONTH] > 12 || n[DAY] < 1 || n[DAY] > 31 || n[HOUR] > 23)
		return -EINVAL;
	time64_to_tm(mktime64(n[YEAR], n[MONTH], n[DAY], n[HOUR], n[MIN], n[SEC]), 0, &tm);
	*time = (struct rtc_time) {
		.tm_sec = tm.tm_sec, .tm_min = tm.tm_min, .tm_hour = tm.tm_hour, .tm_mday = tm.tm_mday,
		.tm_mon = tm.tm_mon, .tm_year = tm.tm_year, .tm_wday = tm.tm_wday, .tm_yday = tm.tm_yday,
	};
	return 0;
}
EXPORT_SYMBOL(mc146818_get_time);

/* The time is a valid one.  Updates stand still meanwhile, and the second begins when they go on. */
int mc146818_set_time(const struct rtc_time *time)
{
	unsigned int year = time->tm_year + 1900;
	unsigned int date[NR_DATE] = {
		time->tm_sec, time->tm_min, time->tm_hour, time->tm_mday, time->tm_mon + 1, year % 100, year / 100,
	};
	unsigned long flags;
	unsigned char control;

	spin_lock_irqsave(&rtc_lock, flags);
	control = CMOS_READ(RTC_CONTROL);
	if (!(control & RTC_24H) && date[HOUR] >= 12)
		date[HOUR] = rtc_digits(date[HOUR] % 12 ?: 12, control) | RTC_PM;
	else if (!(control & RTC_24H))
		date[HOUR] = rtc_digits(date[HOUR] ?: 12, control);
	else
		date[HOUR] = rtc_digits(date[HOUR], control);
	CMOS_WRITE(control | RTC_SET, RTC_CONTROL);
	for (int i = 0; i < NR_DATE; i++)
		CMOS_WRITE(i == HOUR ? date[i] : rtc_digits(date[i], control), date_regs[i]);
	CMOS_WRITE(control, RTC_CONTROL);
	spin_unlock_irqrestore(&rtc_lock, flags);
	return 0;
}
EXPORT_SYMBOL(mc146818_set_time);

time64_t __init rtc_read(void)
{
	struct rtc_time t;

	if (mc146818_get_time(&t))
		return 0;
	return mktime64(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}
