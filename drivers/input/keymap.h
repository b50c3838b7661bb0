/*
 * keymap.h - what the keys of a US keyboard say, by key code.
 */
#ifndef _DRIVERS_INPUT_KEYMAP_H
#define _DRIVERS_INPUT_KEYMAP_H

#include <uapi/linux/input-event-codes.h>

#define NR_KEYS 0x59

/* 0: says nothing of its own (a shift key, a key of the keypad, a function key). */
static const unsigned char keymap_plain[NR_KEYS] = {
	[0x01] = 033, [0x02] = '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '=', 0177,
	[0x0f] = '\t', 'q', 'w', 'e', 'r', 't', 'y', 'u', 'i', 'o', 'p', '[', ']', '\r',
	[0x1e] = 'a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', ';', '\'', '`',
	[0x2b] = '\\', 'z', 'x', 'c', 'v', 'b', 'n', 'm', ',', '.', '/',
	[0x37] = '*', [0x39] = ' ',
	[0x47] = '7', '8', '9', '-', '4', '5', '6', '+', '1', '2', '3', '0', '.',
	[0x56] = '<',
};

static const unsigned char keymap_shift[NR_KEYS] = {
	[0x01] = 033, [0x02] = '!', '@', '#', '$', '%', '^', '&', '*', '(', ')', '_', '+', 0177,
	[0x0f] = '\t', 'Q', 'W', 'E', 'R', 'T', 'Y', 'U', 'I', 'O', 'P', '{', '}', '\r',
	[0x1e] = 'A', 'S', 'D', 'F', 'G', 'H', 'J', 'K', 'L', ':', '"', '~',
	[0x2b] = '|', 'Z', 'X', 'C', 'V', 'B', 'N', 'M', '<', '>', '?',
	[0x37] = '*', [0x39] = ' ',
	[0x47] = '7', '8', '9', '-', '4', '5', '6', '+', '1', '2', '3', '0', '.',
	[0x56] = '>',
};

/* Keys that say more than a byte: the sequences of TERM=linux. */
struct key_string {
	unsigned int code;
	const char *says;
};

static const struct key_string key_strings[] = {
	{ KEY_KPENTER, "\r" }, { KEY_KPSLASH, "/" },
	{ KEY_HOME, "\033[1~" }, { KEY_UP, "\033[A" }, { KEY_PAGEUP, "\033[5~" },
	{ KEY_LEFT, "\033[D" }, { KEY_RIGHT, "\033[C" }, { KEY_END, "\033[4~" },
	{ KEY_DOWN, "\033[B" }, { KEY_PAGEDOWN, "\033[6~" }, { KEY_INSERT, "\033[2~" }, { KEY_DELETE, "\033[3~" },
	{ KEY_F1, "\033[[A" }, { KEY_F2, "\033[[B" }, { KEY_F3, "\033[[C" }, { KEY_F4, "\033[[D" },
	{ KEY_F5, "\033[[E" }, { KEY_F6, "\033[17~" }, { KEY_F7, "\033[18~" }, { KEY_F8, "\033[19~" },
	{ KEY_F9, "\033[20~" }, { KEY_F10, "\033[21~" }, { KEY_F11, "\033[23~" }, { KEY_F12, "\033[24~" },
};

#endif
