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
#include "vt.h"

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

static void vgacon_show(const u16 *cells, unsigned int first, unsigned int count)
{
	memcpy(screen + first, cells + first, count * sizeof(u16));
}

static void vgacon_cursor(unsigned int x, unsigned int y, bool visible)
{
	unsigned int at = y * VGA_COLS + x;

	crtc_write(CRTC_CURSOR_START, visible ? CRTC_CURSOR_SCAN : CRTC_CURSOR_OFF);
	crtc_write(CRTC_CURSOR_HIGH, at >> 8);
	crtc_write(CRTC_CURSOR_LOW, at & 0xff);
}

const struct vt_display vgacon = {
	.show	= vgacon_show,
	.cursor	= vgacon_cursor,
};
