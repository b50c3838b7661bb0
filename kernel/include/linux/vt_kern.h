/*
 * <linux/vt_kern.h> - what the console's screen asks of its keyboard.
 */
#ifndef _LINUX_VT_KERN_H
#define _LINUX_VT_KERN_H

#include <linux/console_struct.h>
#include <uapi/linux/kd.h>

/* Context of all: any.  For so many ticks, 0: until another; hz 0: silence. */
void kd_mksound(unsigned int hz, unsigned int ticks);
/* LED_SCR, LED_NUM, LED_CAP; any other bit: what the keys say again. */
unsigned char kbd_get_leds(void);
void kbd_set_leds(unsigned char leds);

#endif
