/*
 * vgacon.c - the VGA's text memory and cursor.
 *
 * 80 × 25 cells of 16 bits at B8000h; the CRT controller at 3D4h/3D5h places
 * the cursor.  Context: any; the caller (vt.c) holds its lock.
 * Registers: IBM VGA, CRT controller 0Ah, 0Eh, 0Fh; miscellaneous output 3CCh.
 */
#include <linux/io.h>
#include <linux/string.h>
#include <asm/page.h>
#include "vgacon.h"

#define VGA_TEXT_PHYS		0xb8000
#define VGA_CRT_INDEX		0x3d4
#define VGA_CRT_DATA		0x3d5
#define VGA_MISC_READ		0x3cc
#define VGA_MISC_COLOR		0x01	/* the CRT controller is at 3Dxh, as we need it */
#define CRTC_CURSOR_START	0x0a
#define CRTC_CURSOR_OFF		0x20	/* in CRTC_CURSOR_START */
#define CRTC_CURSOR_SCAN	0x0e	/* first scan line of the cursor's block */
#define CRTC_CURSOR_HIGH	0x0e
#define CRTC_CURSOR_LOW		0x0f

static u16 *const screen = (u16 *)(PAGE_OFFSET + VGA_TEXT_PHYS);

static void crtc_write(u8 reg, u8 value)
{
	outb(reg, VGA_CRT_INDEX);
	outb(value, VGA_CRT_DATA);
}

/* Is there a colour VGA whose text memory keeps what is stored?  Machines without one have neither. */
bool vgacon_probe(void)
{
	volatile u16 *cell = screen;
	u16 old = *cell;
	bool kept;

	if (inb(VGA_MISC_READ) == 0xff || !(inb(VGA_MISC_READ) & VGA_MISC_COLOR))
		return false;
	*cell = 0x55aa;
	kept = *cell == 0x55aa;
	*cell = old;
	return kept;
}

void vgacon_put(unsigned int x, unsigned int y, u16 cell)
{
	screen[y * VGA_COLS + x] = cell;
}

void vgacon_fill(unsigned int x, unsigned int y, unsigned int cells, u16 cell)
{
	u16 *p = screen + y * VGA_COLS + x;

	while (cells--)
		*p++ = cell;
}

void vgacon_move_rows(unsigned int to, unsigned int from, unsigned int rows)
{
	memmove(screen + to * VGA_COLS, screen + from * VGA_COLS, rows * VGA_COLS * sizeof(u16));
}

void vgacon_move_cells(unsigned int y, unsigned int to, unsigned int from, unsigned int cells)
{
	u16 *row = screen + y * VGA_COLS;

	memmove(row + to, row + from, cells * sizeof(u16));
}

void vgacon_cursor(unsigned int x, unsigned int y, bool visible)
{
	unsigned int at = y * VGA_COLS + x;

	crtc_write(CRTC_CURSOR_START, visible ? CRTC_CURSOR_SCAN : CRTC_CURSOR_OFF);
	crtc_write(CRTC_CURSOR_HIGH, at >> 8);
	crtc_write(CRTC_CURSOR_LOW, at & 0xff);
}
