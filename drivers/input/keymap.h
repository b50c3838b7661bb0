/*
 * keymap.h - what the keys of a US keyboard say, by scan code (set 1).
 */
#ifndef _DRIVERS_INPUT_KEYMAP_H
#define _DRIVERS_INPUT_KEYMAP_H

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

/* Keys that come after E0h, and function keys: the sequences of TERM=linux. */
struct key_string {
	unsigned char scancode;
	const char *says;
};

static const struct key_string extended_keys[] = {
	{ 0x1c, "\r" }, { 0x35, "/" },
	{ 0x47, "\033[1~" }, { 0x48, "\033[A" }, { 0x49, "\033[5~" },
	{ 0x4b, "\033[D" }, { 0x4d, "\033[C" }, { 0x4f, "\033[4~" },
	{ 0x50, "\033[B" }, { 0x51, "\033[6~" }, { 0x52, "\033[2~" }, { 0x53, "\033[3~" },
};

static const struct key_string function_keys[] = {
	{ 0x3b, "\033[[A" }, { 0x3c, "\033[[B" }, { 0x3d, "\033[[C" }, { 0x3e, "\033[[D" },
	{ 0x3f, "\033[[E" }, { 0x40, "\033[17~" }, { 0x41, "\033[18~" }, { 0x42, "\033[19~" },
	{ 0x43, "\033[20~" }, { 0x44, "\033[21~" }, { 0x57, "\033[23~" }, { 0x58, "\033[24~" },
};

#endif
