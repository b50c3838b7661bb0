/*
 * i8042.h - the keyboard controller: its ports, commands and bits.
 * Intel 8042 as in the IBM AT, Technical Reference, section "Keyboard Controller".
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
#define I8042_CMD_DISABLE_KBD	0xad
#define I8042_CMD_ENABLE_KBD	0xae

#define I8042_CTR_KBDINT	0x01
#define I8042_CTR_AUXINT	0x02
#define I8042_CTR_KBDDIS	0x10
#define I8042_CTR_XLATE		0x40	/* scan codes are translated to set 1 */

#define I8042_KBD_IRQ		1

extern int i8042_init_controller(void);

#endif
