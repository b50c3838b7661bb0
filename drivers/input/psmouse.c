/*
 * psmouse.c - the PS/2 mouse as an input device: packets of three bytes, or four with a wheel.
 *
 *   first byte: buttons, signs and overflows, and a 1 by which the start of a packet is known;
 *   then x, then y upwards, then the wheel.
 *
 * Contexts: receive() in interrupt, and only there: its state needs no lock.
 * IBM PS/2 Mouse Technical Reference; the wheel by Microsoft's knock: three sample rates.
 */
#include <linux/init.h>
#include <linux/input.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include "i8042.h"

#define PACKET_START	0x08
#define X_NEGATIVE	0x10
#define Y_NEGATIVE	0x20
#define OVERFLOW	0xc0
#define WHEEL_ID	3		/* what it says of itself after the knock */
#define DEFAULT_RATE	100
#define PACKET_TIME	(HZ / 2)	/* a longer pause within a packet: it was cut short */

static struct input_dev *psmouse;
static u8 packet[4];
static unsigned int packet_size, got;
static unsigned long last;		/* jiffies of the last byte */

static void report_packet(void)
{
	int x = packet[1] - (packet[0] & X_NEGATIVE ? 0x100 : 0);
	int y = packet[2] - (packet[0] & Y_NEGATIVE ? 0x100 : 0);

	input_report_key(psmouse, BTN_LEFT, packet[0] & 1);
	input_report_key(psmouse, BTN_RIGHT, packet[0] & 2);
	input_report_key(psmouse, BTN_MIDDLE, packet[0] & 4);
	if (!(packet[0] & OVERFLOW)) {
		input_report_rel(psmouse, REL_X, x);
		input_report_rel(psmouse, REL_Y, -y);		/* the screen counts downwards */
	}
	if (packet_size == 4)
		input_report_rel(psmouse, REL_WHEEL, -(s8)packet[3]);
	input_sync(psmouse);
}

static void psmouse_receive(u8 byte)
{
	if (got && time_after(jiffies, last + PACKET_TIME))
		got = 0;
	last = jiffies;
	if (!got && !(byte & PACKET_START))
		return;				/* out of step: wait for what may be a start */
	packet[got++] = byte;
	if (got < packet_size)
		return;
	got = 0;
	report_packet();
}

static int set_rate(u8 rate)
{
	return i8042_command(I8042_AUX, PS2_SET_RATE, NULL, 0) ?: i8042_command(I8042_AUX, rate, NULL, 0);
}

/* Its defaults, and its wheel if it has one.  -EIO: nobody answers. */
static int identify(void)
{
	u8 id = 0;
	int err = i8042_command(I8042_AUX, PS2_SET_DEFAULTS, NULL, 0);

	if (err)
		return err;
	err = set_rate(200) ?: set_rate(100) ?: set_rate(80);
	err = err ?: i8042_command(I8042_AUX, PS2_GET_ID, &id, 1);
	packet_size = id == WHEEL_ID ? 4 : 3;
	return err ?: set_rate(DEFAULT_RATE);
}

/* It reports only while somebody listens. */
static int psmouse_open(struct input_dev *dev)
{
	return i8042_command(I8042_AUX, PS2_ENABLE, NULL, 0);
}

static void psmouse_close(struct input_dev *dev)
{
	i8042_command(I8042_AUX, PS2_DISABLE, NULL, 0);
}

/* A controller without a mouse: -ENODEV. */
static int __init psmouse_init(void)
{
	static const unsigned short buttons[] = { BTN_LEFT, BTN_RIGHT, BTN_MIDDLE };
	int err;

	psmouse = input_allocate_device();
	if (!psmouse)
		return -ENOMEM;
	packet_size = 3;
	err = i8042_attach(I8042_AUX, psmouse_receive);
	if (err)
		goto out_free;
	err = -ENODEV;
	if (identify())
		goto out_detach;
	psmouse->name = packet_size == 4 ? "ImPS/2 Generic Wheel Mouse" : "PS/2 Generic Mouse";
	psmouse->phys = "isa0060/serio1/input0";
	psmouse->id = (struct input_id) { BUS_I8042, 0x0002, packet_size == 4 ? 5 : 1, 0 };
	psmouse->open = psmouse_open;
	psmouse->close = psmouse_close;
	psmouse->dev.parent = &i8042_device->dev;
	__set_bit(INPUT_PROP_POINTER, psmouse->propbit);
	for (int i = 0; i < ARRAY_SIZE(buttons); i++)
		input_set_capability(psmouse, EV_KEY, buttons[i]);
	input_set_capability(psmouse, EV_REL, REL_X);
	input_set_capability(psmouse, EV_REL, REL_Y);
	if (packet_size == 4)
		input_set_capability(psmouse, EV_REL, REL_WHEEL);
	err = input_register_device(psmouse);
	if (!err)
		return 0;
out_detach:
	i8042_detach(I8042_AUX);
out_free:
	input_free_device(psmouse);
	return err;
}

/* What is under way from the mouse may still be reported until its line is ours no more. */
static void __exit psmouse_exit(void)
{
	input_get_device(psmouse);
	input_unregister_device(psmouse);
	i8042_detach(I8042_AUX);
	input_put_device(psmouse);
}

module_init(psmouse_init);
module_exit(psmouse_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("PS/2 mice");
