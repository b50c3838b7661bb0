/*
 * i8042.h - the keyboard controller: its ports, commands and bits, and what the drivers of its two
 * devices use of it.
 * Intel 8042 as in the IBM PS/2, Hardware Interface Technical Reference, "Keyboard and Auxiliary Device Controller".
 */
#ifndef _DRIVERS_INPUT_I8042_H
#define _DRIVERS_INPUT_I8042_H

#include <linux/types.h>

#define I8042_DATA		0x60
#define I8042_STATUS		0x64	/* in */
#define I8042_COMMAND		0x64	/* out */

#define I8042_STR_OBF		0x01	/* a byte for us lies in DATA */
#define I8042_STR_IBF		0x02	/* it has not yet taken our last byte */
#define I8042_STR_AUXDATA	0x20	/* the byte is the mouse's */

#define I8042_CMD_READ_CTR	0x20
#define I8042_CMD_WRITE_CTR	0x60
#define I8042_CMD_DISABLE_AUX	0xa7
#define I8042_CMD_ENABLE_AUX	0xa8
#define I8042_CMD_DISABLE_KBD	0xad
#define I8042_CMD_ENABLE_KBD	0xae
#define I8042_CMD_TO_AUX	0xd4	/* the next byte goes to the mouse */

#define I8042_CTR_KBDINT	0x01
#define I8042_CTR_AUXINT	0x02
#define I8042_CTR_KBDDIS	0x10
#define I8042_CTR_AUXDIS	0x20
#define I8042_CTR_XLATE		0x40	/* scan codes are translated to set 1 */

#define I8042_KBD_IRQ		1
#define I8042_AUX_IRQ		12

/* To either device; it answers PS2_ACK, and perhaps more. */
#define PS2_SET_LEDS		0xed	/* a byte follows */
#define PS2_GET_ID		0xf2
#define PS2_SET_RATE		0xf3	/* a byte follows: reports a second */
#define PS2_ENABLE		0xf4
#define PS2_DISABLE		0xf5
#define PS2_SET_DEFAULTS	0xf6
#define PS2_ACK			0xfa
#define PS2_NAK			0xfe

enum i8042_which { I8042_KBD, I8042_AUX };

/*
 * From now on receive() gets what the device says of itself, in its interrupt.  0, -ENODEV: there is no
 * controller, -EBUSY: its line is taken.  Context: process.
 */
int i8042_attach(enum i8042_which which, void (*receive)(u8 byte));
void i8042_detach(enum i8042_which which);
/* Sends a byte and waits for the ACK and count bytes more.  0 or -EIO: no answer in time.  Context: process, may sleep. */
int i8042_command(enum i8042_which which, u8 byte, u8 *reply, int count);

extern struct platform_device *i8042_device;

#endif
