/*
 * atkbd.c - the AT keyboard as an input device: scan codes to key codes, lamps.
 *
 * The controller translates to set 1, whose codes below 59h are the key codes themselves; bit 7
 * means released, E0h announces one of the keys that the PC/XT did not have.
 * Contexts: receive() in interrupt, and only there: its state needs no lock.  A lamp is switched in any
 * context, so a work item tells the keyboard.
 */
#include <linux/init.h>
#include <linux/input.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>
#include "i8042.h"

#define RELEASED	0x80
#define EXTENDED	0xe0
#define PAUSE		0xe1		/* two bytes follow, pressed and released alike */
#define PAUSE_BYTES	2
#define NR_CODES	0x80
#define ALT_SYSRQ	0x54		/* Print Screen while Alt is held */
#define LED_BITS	3

static struct input_dev *atkbd;
static bool extended;			/* E0h came before */
static int pause_bytes;			/* of PAUSE yet to come */

/* After E0h.  0: none; 2Ah and 36h are shifts that the keyboard makes up for old programs. */
static const unsigned short extended_codes[NR_CODES] = {
	[0x1c] = KEY_KPENTER, [0x1d] = KEY_RIGHTCTRL, [0x20] = KEY_MUTE, [0x2e] = KEY_VOLUMEDOWN,
	[0x30] = KEY_VOLUMEUP, [0x35] = KEY_KPSLASH, [0x37] = KEY_SYSRQ, [0x38] = KEY_RIGHTALT,
	[0x46] = KEY_PAUSE, [0x47] = KEY_HOME, [0x48] = KEY_UP, [0x49] = KEY_PAGEUP, [0x4b] = KEY_LEFT,
	[0x4d] = KEY_RIGHT, [0x4f] = KEY_END, [0x50] = KEY_DOWN, [0x51] = KEY_PAGEDOWN,
	[0x52] = KEY_INSERT, [0x53] = KEY_DELETE, [0x5b] = KEY_LEFTMETA, [0x5c] = KEY_RIGHTMETA,
	[0x5d] = KEY_COMPOSE, [0x5e] = KEY_POWER,
};

static unsigned int key_code(u8 scan, bool after_e0)
{
	if (after_e0)
		return extended_codes[scan];
	return scan == ALT_SYSRQ ? KEY_SYSRQ : scan <= KEY_F12 ? scan : KEY_RESERVED;
}

static void report(unsigned int code, bool pressed, unsigned int scan)
{
	if (code == KEY_RESERVED || (pressed && test_bit(code, atkbd->key)))
		return;				/* the keyboard's own repetition: the core repeats */
	input_event(atkbd, EV_MSC, MSC_SCAN, scan);
	input_report_key(atkbd, code, pressed);
	input_sync(atkbd);
}

static void atkbd_receive(u8 byte)
{
	if (pause_bytes) {
		if (!--pause_bytes)
			report(KEY_PAUSE, !(byte & RELEASED), PAUSE);
	} else if (byte == PAUSE) {
		pause_bytes = PAUSE_BYTES;
	} else if (byte == EXTENDED) {
		extended = true;
		return;
	} else {
		report(key_code(byte & ~RELEASED, extended), !(byte & RELEASED),
		       (extended ? EXTENDED << 8 : 0) | (byte & ~RELEASED));
	}
	extended = false;
}

/* The keyboard's bits: scroll, num, caps. */
static void show_leds(struct work_struct *work)
{
	u8 leds = (test_bit(LED_SCROLLL, atkbd->led) ? 1 : 0) | (test_bit(LED_NUML, atkbd->led) ? 2 : 0) |
		  (test_bit(LED_CAPSL, atkbd->led) ? 4 : 0);

	if (!i8042_command(I8042_KBD, PS2_SET_LEDS, NULL, 0))
		i8042_command(I8042_KBD, leds, NULL, 0);
}
static DECLARE_WORK(led_work, show_leds);

static int atkbd_event(struct input_dev *dev, unsigned int type, unsigned int code, int value)
{
	if (type == EV_LED)
		schedule_work(&led_work);
	return 0;
}

static void set_capabilities(struct input_dev *dev)
{
	for (unsigned int scan = 1; scan < NR_CODES; scan++) {
		if (key_code(scan, false))
			input_set_capability(dev, EV_KEY, key_code(scan, false));
		if (key_code(scan, true))
			input_set_capability(dev, EV_KEY, key_code(scan, true));
	}
	input_set_capability(dev, EV_MSC, MSC_SCAN);
	for (unsigned int led = LED_NUML; led < LED_NUML + LED_BITS; led++)
		input_set_capability(dev, EV_LED, led);
	__set_bit(EV_REP, dev->evbit);
}

/* A controller without a keyboard: -ENODEV. */
static int __init atkbd_init(void)
{
	u8 id[2];
	int err;

	atkbd = input_allocate_device();
	if (!atkbd)
		return -ENOMEM;
	atkbd->name = "AT Translated Set 2 keyboard";
	atkbd->phys = "isa0060/serio0/input0";
	atkbd->id = (struct input_id) { BUS_I8042, 0x0001, 0x0001, 0xab41 };
	atkbd->event = atkbd_event;
	set_capabilities(atkbd);
	err = i8042_attach(I8042_KBD, atkbd_receive);
	if (err)
		goto out_free;
	err = -ENODEV;
	if (i8042_command(I8042_KBD, PS2_GET_ID, id, 2) || i8042_command(I8042_KBD, PS2_ENABLE, NULL, 0))
		goto out_detach;
	atkbd->dev.parent = &i8042_device->dev;
	err = input_register_device(atkbd);
	if (!err)
		return 0;
out_detach:
	i8042_detach(I8042_KBD);
out_free:
	input_free_device(atkbd);
	return err;
}

/* What is under way from the keyboard may still be reported until its line is ours no more; then no lamp, either. */
static void __exit atkbd_exit(void)
{
	input_get_device(atkbd);
	input_unregister_device(atkbd);
	cancel_work_sync(&led_work);
	i8042_detach(I8042_KBD);
	input_put_device(atkbd);
}

late_initcall(atkbd_init);
module_exit(atkbd_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("AT keyboards");
