/*
 * keyboard.c - from scan codes to the bytes a terminal reads.
 *
 * The interrupt handler keeps the shift keys' state, turns each key pressed into
 * a byte or an escape sequence and puts it into the screen's flip buffer.
 * Only the handler touches the state, and one line's handler never runs twice
 * at a time, so it needs no lock.
 * Scan codes: set 1, as the controller translates to it; bit 7 = key released.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/string.h>
#include <linux/sysrq.h>
#include <linux/tty_flip.h>
#include "../video/vt.h"
#include "i8042.h"
#include "keymap.h"

#define RELEASED	0x80
#define EXTENDED	0xe0
#define PAUSE		0xe1		/* two bytes follow, pressed and released alike */

#define KEY_LCTRL	0x1d
#define KEY_LSHIFT	0x2a
#define KEY_RSHIFT	0x36
#define KEY_ALT		0x38
#define KEY_CAPSLOCK	0x3a
#define KEY_SYSRQ	0x54		/* Print Screen while Alt is held */

static struct {
	bool shift, ctrl, alt, caps;
	bool sysrq;			/* from SysRq to the release of Alt: keys are for the kernel */
	bool extended;			/* E0h came before */
	int skip;			/* bytes of PAUSE yet to come */
} kbd;

static void say(const char *s, int len)
{
	if (kbd.alt)
		tty_insert_flip_char(&vt0.port, 033, TTY_NORMAL);
	tty_insert_flip_string(&vt0.port, (const unsigned char *)s, len);
	tty_flip_buffer_push(&vt0.port);
}

static bool say_string(const struct key_string *keys, int n, unsigned char code)
{
	for (; n--; keys++) {
		if (keys->scancode == code) {
			say(keys->says, strlen(keys->says));
			return true;
		}
	}
	return false;
}

static bool modifier(unsigned char code, bool pressed)
{
	switch (code) {
	case KEY_LSHIFT:
	case KEY_RSHIFT:
		if (!kbd.extended)	/* E0 2A is a shift that the keyboard makes up */
			kbd.shift = pressed;
		return true;
	case KEY_LCTRL:
		kbd.ctrl = pressed;
		return true;
	case KEY_ALT:
		kbd.alt = pressed;
		kbd.sysrq &= pressed;
		return true;
	case KEY_SYSRQ:
		kbd.sysrq |= pressed && kbd.alt;
		return true;
	case KEY_CAPSLOCK:
		kbd.caps ^= pressed;
		return true;
	}
	return false;
}

static void key_pressed(unsigned char code)
{
	bool shift = kbd.shift;
	unsigned char c;
	char byte;

	if (kbd.sysrq) {
		handle_sysrq(code < NR_KEYS ? keymap_plain[code] : 0);
		return;
	}
	if (kbd.extended) {
		say_string(extended_keys, ARRAY_SIZE(extended_keys), code);
		return;
	}
	if (say_string(function_keys, ARRAY_SIZE(function_keys), code) || code >= NR_KEYS)
		return;
	c = keymap_plain[code];
	if (c >= 'a' && c <= 'z')
		shift ^= kbd.caps;
	if (shift)
		c = keymap_shift[code];
	if (!c)
		return;
	if (kbd.ctrl) {
		if (c == ' ')
			c = 0;
		else if (c >= '@' && c < 0177)
			c &= 0x1f;
	}
	byte = c;
	say(&byte, 1);
}

static irqreturn_t keyboard_interrupt(int irq, void *dev)
{
	unsigned char code;

	if (!(inb(I8042_STATUS) & I8042_STR_OBF))
		return IRQ_NONE;
	code = inb(I8042_DATA);
	if (kbd.skip) {
		kbd.skip--;
	} else if (code == PAUSE) {
		kbd.skip = 2;
	} else if (code == EXTENDED) {
		kbd.extended = true;
		return IRQ_HANDLED;
	} else if (!modifier(code & ~RELEASED, !(code & RELEASED)) && !(code & RELEASED)) {
		key_pressed(code);
	}
	kbd.extended = false;
	return IRQ_HANDLED;
}

/* After vt.c: the keys need a terminal to go to. */
static int __init keyboard_init(void)
{
	int err;

	if (!vt0.present)
		return -ENODEV;
	err = i8042_init_controller();
	if (err)
		return err;
	return request_irq(I8042_KBD_IRQ, keyboard_interrupt, 0, "i8042", &kbd);
}
late_initcall(keyboard_init);
