/*
 * <linux/rtc.h> - clocks that run on: see <uapi/linux/rtc.h>.
 */
#ifndef _LINUX_RTC_H
#define _LINUX_RTC_H

#include <uapi/linux/rtc.h>

#endif
