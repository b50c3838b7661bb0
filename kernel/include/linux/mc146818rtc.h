/*
 * <linux/mc146818rtc.h> - the PC's battery-backed clock, Motorola MC146818A.
 *
 * One index and one data port lead to all its bytes, so rtc_lock is held from one to the other;
 * it is taken with interrupts off.  Names are Linux 5.10's.
 */
#ifndef _LINUX_MC146818RTC_H
#define _LINUX_MC146818RTC_H

#include <linux/spinlock.h>
#include <linux/types.h>
#include <uapi/linux/rtc.h>

#define RTC_SECONDS		0x00
#define RTC_SECONDS_ALARM	0x01
#define RTC_MINUTES		0x02
#define RTC_MINUTES_ALARM	0x03
#define RTC_HOURS		0x04
#define RTC_HOURS_ALARM		0x05
#define RTC_DAY_OF_WEEK		0x06
#define RTC_DAY_OF_MONTH	0x07
#define RTC_MONTH		0x08
#define RTC_YEAR		0x09
#define RTC_CONTROL		0x0b	/* register B */
#define RTC_INTR_FLAGS		0x0c	/* register C: reading it clears it */
#define RTC_FREQ_SELECT		0x0a	/* register A */
#define RTC_CENTURY		0x32	/* of PC firmware, not of the chip */

#define RTC_UIP			0x80	/* A: the registers are about to change */
#define RTC_RATE_SELECT		0x0f	/* A: 65536 Hz >> this is the periodic interrupt's rate */
#define RTC_SET			0x80	/* B: no updates while the time is set */
#define RTC_PIE			0x40	/* B: periodic, alarm and update interrupts */
#define RTC_AIE			0x20
#define RTC_UIE			0x10
#define RTC_DM_BINARY		0x04	/* B */
#define RTC_24H			0x02	/* B */
#define RTC_IRQMASK		(RTC_PF | RTC_AF | RTC_UF)	/* C */

extern spinlock_t rtc_lock;

/* rtc_lock held. */
unsigned char rtc_cmos_read(unsigned char reg);
void rtc_cmos_write(unsigned char value, unsigned char reg);
#define CMOS_READ(reg)		rtc_cmos_read(reg)
#define CMOS_WRITE(value, reg)	rtc_cmos_write(value, reg)

/* A register's value as a number and back, as the chip counts (binary or BCD). */
unsigned int rtc_decimal(unsigned char value, unsigned char control);
unsigned char rtc_digits(unsigned int value, unsigned char control);
/* 0; -EIO: the chip never comes to rest, -EINVAL: it says what is no date.  Context: any. */
int mc146818_get_time(struct rtc_time *time);
int mc146818_set_time(const struct rtc_time *time);

#endif
