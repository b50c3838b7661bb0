/* <linux/kd.h>: keyboard, bell and mode of a console */
#ifndef _UAPI_LINUX_KD_H
#define _UAPI_LINUX_KD_H

#include <linux/types.h>

#define KIOCSOUND 0x4B2F	/* PIT clocks a period, 0 is off */
#define KDMKTONE 0x4B30
#define KDGETLED 0x4B31
#define KDSETLED 0x4B32
#define KDGKBTYPE 0x4B33
#define KDADDIO 0x4B34
#define KDDELIO 0x4B35
#define KDENABIO 0x4B36
#define KDDISABIO 0x4B37
#define KDSETMODE 0x4B3A
#define KDGETMODE 0x4B3B
#define KDGKBMODE 0x4B44
#define KDSKBMODE 0x4B45
#define KDGKBENT 0x4B46
#define KDSKBENT 0x4B47
#define KDGKBLED 0x4B64
#define KDSKBLED 0x4B65

#define LED_SCR 0x01
#define LED_NUM 0x02
#define LED_CAP 0x04

#define KB_84 0x01
#define KB_101 0x02
#define KB_OTHER 0x03

#define KD_TEXT 0x00
#define KD_GRAPHICS 0x01
#define KD_TEXT0 0x02
#define KD_TEXT1 0x03

#define K_RAW 0x00
#define K_XLATE 0x01
#define K_MEDIUMRAW 0x02
#define K_UNICODE 0x03
#define K_OFF 0x04

struct kbentry {
	unsigned char kb_table;
	unsigned char kb_index;
	unsigned short kb_value;
};

#endif
