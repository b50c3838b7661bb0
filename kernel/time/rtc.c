/*
 * The wall time at boot, from the battery-backed clock.
 * (Motorola MC146818A data sheet, "time, calendar and alarm locations".)
 */
#include <linux/init.h>
#include <linux/io.h>
#include <linux/irqflags.h>
#include <linux/time.h>
#include "clock.h"

#define CMOS_INDEX	0x70
#define CMOS_DATA	0x71

#define RTC_SECONDS	0x00
#define RTC_MINUTES	0x02
#define RTC_HOURS	0x04
#define RTC_DAY		0x07
#define RTC_MONTH	0x08
#define RTC_YEAR	0x09
#define RTC_REG_A	0x0a
#define RTC_REG_B	0x0b
#define RTC_CENTURY	0x32		/* of PC firmware, not of the chip */

#define RTC_UIP		0x80		/* A: the registers are about to change */
#define RTC_DM_BINARY	0x04		/* B */
#define RTC_24H		0x02		/* B */
#define RTC_PM		0x80		/* in the hours, with 12 hours */

#define UIP_TRIES	10000		/* an update takes 2 ms */
#define READ_TRIES	4

struct date {
	unsigned char sec, min, hour, day, month, year, century;
};

static unsigned char cmos_read(unsigned char reg)
{
	unsigned long flags;
	unsigned char value;

	local_irq_save(flags);
	outb(reg, CMOS_INDEX);
	value = inb(CMOS_DATA);
	local_irq_restore(flags);
	return value;
}

static void __init read_date(struct date *d)
{
	for (int i = 0; i < UIP_TRIES && cmos_read(RTC_REG_A) & RTC_UIP; i++)
		;
	d->sec = cmos_read(RTC_SECONDS);
	d->min = cmos_read(RTC_MINUTES);
	d->hour = cmos_read(RTC_HOURS);
	d->day = cmos_read(RTC_DAY);
	d->month = cmos_read(RTC_MONTH);
	d->year = cmos_read(RTC_YEAR);
	d->century = cmos_read(RTC_CENTURY);
}

static unsigned int __init decimal(unsigned char value, bool binary)
{
	return binary ? value : (value >> 4) * 10 + (value & 15);
}

time64_t __init rtc_read(void)
{
	struct date d, again;
	unsigned char mode = cmos_read(RTC_REG_B);
	bool binary = mode & RTC_DM_BINARY, pm;
	unsigned int hour, year, century, month, day;

	/* Read twice alike: no update came between. */
	read_date(&again);
	for (int i = 0; i < READ_TRIES; i++) {
		d = again;
		read_date(&again);
		if (d.sec == again.sec && d.min == again.min && d.hour == again.hour)
			break;
	}
	pm = !(mode & RTC_24H) && again.hour & RTC_PM;
	hour = decimal(mode & RTC_24H ? again.hour : again.hour & ~RTC_PM, binary);
	if (!(mode & RTC_24H))
		hour = hour % 12 + (pm ? 12 : 0);
	month = decimal(again.month, binary);
	day = decimal(again.day, binary);
	year = decimal(again.year, binary);
	century = decimal(again.century, binary);
	if (century >= 19 && century <= 21)
		year += century * 100;
	else
		year += year < 70 ? 2000 : 1900;
	if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23)
		return 0;
	return mktime64(year, month, day, hour, decimal(again.min, binary),
			decimal(again.sec, binary));
}
