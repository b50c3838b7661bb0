/*
 * i8042.c - the keyboard controller brought into a known state.
 * Context: process, at boot, before its interrupt is requested.
 */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/delay.h>
#include "i8042.h"

#define WAIT_TRIES	5000		/* polls of 10 µs: it answers within 20 ms */

static int wait_status(u8 mask, u8 want)
{
	int tries = WAIT_TRIES;

	while ((inb(I8042_STATUS) & mask) != want) {
		if (!tries--)
			return -ETIMEDOUT;
		udelay(10);
	}
	return 0;
}

static int send(u8 port, u8 byte)
{
	int err = wait_status(I8042_STR_IBF, 0);

	if (!err)
		outb(byte, port);
	return err;
}

/* Throws away what was typed at the loader.  A port without a device reads as all ones for ever. */
static int drain(void)
{
	int limit = 32;

	while (inb(I8042_STATUS) & I8042_STR_OBF) {
		inb(I8042_DATA);
		if (!limit--)
			return -ENODEV;
		udelay(50);
	}
	return 0;
}

/* Keyboard on, with interrupt and translation; mouse off.  -ENODEV, -ETIMEDOUT: there is none. */
int i8042_init_controller(void)
{
	u8 ctr;

	if (drain())
		return -ENODEV;
	if (send(I8042_COMMAND, I8042_CMD_DISABLE_KBD) ||
	    send(I8042_COMMAND, I8042_CMD_DISABLE_AUX) || drain() ||
	    send(I8042_COMMAND, I8042_CMD_READ_CTR) ||
	    wait_status(I8042_STR_OBF, I8042_STR_OBF))
		return -ETIMEDOUT;
	ctr = inb(I8042_DATA);
	ctr = (ctr | I8042_CTR_KBDINT | I8042_CTR_XLATE) & ~(I8042_CTR_AUXINT | I8042_CTR_KBDDIS);
	if (send(I8042_COMMAND, I8042_CMD_WRITE_CTR) || send(I8042_DATA, ctr) ||
	    send(I8042_COMMAND, I8042_CMD_ENABLE_KBD))
		return -ETIMEDOUT;
	return 0;
}
