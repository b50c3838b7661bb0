/*
 * fbcon.c - the terminal's 80 × 25 cells on a frame buffer, in its middle.
 *
 * It takes over when the first frame buffer, fb0, is first used, or at boot: with
 * video=WIDTHxHEIGHT, or where there is no VGA in text mode. The cells stay vt.c's;
 * what is on the screen is remembered, so that only cells that changed are
 * drawn: reading a frame buffer is slow, and scrolling changes few.
 *
 * Context: fbcon_show() and fbcon_cursor() any, under vt->lock; the rest process,
 * info->lock held, with nobody showing meanwhile.
 */
#include <linux/fb.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include "fbcon.h"
#include "vt.h"

#define CELL_W		8
#define CELL_H		16
#define CURSOR_H	2
#define NOT_SHOWN	0		/* no cell is: character 0 on black */
#define FIRST_GLYPH	' '
#define LAST_GLYPH	'~'

/*
 * Printable ASCII, 5 × 8 dots, drawn for this: a byte a row from the top, the last
 * for what hangs below the line; its lowest 5 bits are the dots, the left one highest.
 */
static const u64 glyphs[] = {
	0x0000000000000000ull, 0x0404040404000400ull, 0x0a0a0a0000000000ull, 0x0a0a1f0a1f0a0a00ull,	/* ! " # */
	0x040f140e051e0400ull, 0x1819020408130300ull, 0x0c12140815120d00ull, 0x0404080000000000ull,	/* $ % & ' */
	0x0204080808040200ull, 0x0804020202040800ull, 0x0004150e15040000ull, 0x0004041f04040000ull,	/* ( ) * + */
	0x0000000000040408ull, 0x0000001f00000000ull, 0x00000000000c0c00ull, 0x0001020408100000ull,	/* , - . / */
	0x0e11131519110e00ull, 0x040c040404040e00ull, 0x0e11010204081f00ull, 0x1f02040201110e00ull,	/* 0 1 2 3 */
	0x02060a121f020200ull, 0x1f101e0101110e00ull, 0x0608101e11110e00ull, 0x1f01020408080800ull,	/* 4 5 6 7 */
	0x0e11110e11110e00ull, 0x0e11110f01020c00ull, 0x000c0c000c0c0000ull, 0x000c0c000c040800ull,	/* 8 9 : ; */
	0x0204081008040200ull, 0x00001f001f000000ull, 0x0804020102040800ull, 0x0e11010204000400ull,	/* < = > ? */
	0x0e11171517100e00ull, 0x0e11111f11111100ull, 0x1e11111e11111e00ull, 0x0e11101010110e00ull,	/* @ A B C */
	0x1c12111111121c00ull, 0x1f10101e10101f00ull, 0x1f10101e10101000ull, 0x0e11101711110f00ull,	/* D E F G */
	0x1111111f11111100ull, 0x0e04040404040e00ull, 0x0702020202120c00ull, 0x1112141814121100ull,	/* H I J K */
	0x1010101010101f00ull, 0x111b151511111100ull, 0x1111191513111100ull, 0x0e11111111110e00ull,	/* L M N O */
	0x1e11111e10101000ull, 0x0e11111115120d00ull, 0x1e11111e14121100ull, 0x0f10100e01011e00ull,	/* P Q R S */
	0x1f04040404040400ull, 0x1111111111110e00ull, 0x11111111110a0400ull, 0x1111111515150a00ull,	/* T U V W */
	0x11110a040a111100ull, 0x1111110a04040400ull, 0x1f01020408101f00ull, 0x0e08080808080e00ull,	/* X Y Z [ */
	0x0010080402010000ull, 0x0e02020202020e00ull, 0x040a110000000000ull, 0x000000000000001full,	/* backslash ] ^ _ */
	0x0804020000000000ull, 0x00000e010f110f00ull, 0x1010161911111e00ull, 0x00000e1010110e00ull,	/* ` a b c */
	0x01010d1311110f00ull, 0x00000e111f100e00ull, 0x0609081c08080800ull, 0x00000f11110f010eull,	/* d e f g */
	0x1010161911111100ull, 0x04000c0404040e00ull, 0x020006020202120cull, 0x1010121418141200ull,	/* h i j k */
	0x0c04040404040e00ull, 0x00001a1515111100ull, 0x0000161911111100ull, 0x00000e1111110e00ull,	/* l m n o */
	0x00001e11111e1010ull, 0x00000f11110f0101ull, 0x0000161910101000ull, 0x00000e100e011e00ull,	/* p q r s */
	0x08081c0808090600ull, 0x0000111111130d00ull, 0x00001111110a0400ull, 0x0000111115150a00ull,	/* t u v w */
	0x0000110a040a1100ull, 0x00001111110f010eull, 0x00001f0204081f00ull, 0x0204040804040200ull,	/* x y z { */
	0x0404040404040404ull, 0x0804040204040800ull, 0x0000081502000000ull,	/* | } ~ */
};
#define UNKNOWN_GLYPH	0x1f1111111111111full	/* an empty box */

/* The VGA's sixteen, red in the highest byte. */
static const u32 colors[16] = {
	0x000000, 0x0000aa, 0x00aa00, 0x00aaaa, 0xaa0000, 0xaa00aa, 0xaa5500, 0xaaaaaa,
	0x555555, 0x5555ff, 0x55ff55, 0x55ffff, 0xff5555, 0xff55ff, 0xffff55, 0xffffff,
};

/* Written while nobody shows, then constant; what is on the screen: vt->lock */
static struct {
	struct fb_info *info;		/* NULL: none */
	char __iomem *origin;		/* of the top left cell */
	unsigned int line, bytes;	/* of a row of dots, of a dot */
	u32 pixel[16];
	u16 shown[VGA_COLS * VGA_ROWS];
	unsigned int cursor;		/* cell it is drawn in, or -1 */
} con;

/* ------------------------------------------------------------------ drawing */

static void dot(char __iomem *at, u32 pixel)
{
	if (con.bytes == 4)
		writel(pixel, at);
	else
		writew(pixel, at);
}

/* The dots of row @y of a cell, bit 7 the leftmost; the first row is blank, then two to one of the glyph. */
static unsigned int dots_of(u64 glyph, unsigned int y)
{
	unsigned int row = (y + 1) / 2;

	return row ? (unsigned int)(glyph >> (64 - 8 * row)) << 2 & 0x7c : 0;
}

static void draw(unsigned int cell, u16 what, bool cursor)
{
	char __iomem *at = con.origin + cell / VGA_COLS * CELL_H * con.line +
			   cell % VGA_COLS * CELL_W * con.bytes;
	u32 fg = con.pixel[what >> 8 & 15], bg = con.pixel[what >> 12 & 7];
	unsigned int c = what & 0xff, x, y, dots;
	u64 glyph = c >= FIRST_GLYPH && c <= LAST_GLYPH ? glyphs[c - FIRST_GLYPH] : UNKNOWN_GLYPH;

	for (y = 0; y < CELL_H; y++, at += con.line) {
		dots = dots_of(glyph, y);
		if (cursor && y >= CELL_H - CURSOR_H)
			dots = 0xff;
		for (x = 0; x < CELL_W; x++)
			dot(at + x * con.bytes, dots << x & 0x80 ? fg : bg);
	}
}

static void fbcon_show(const u16 *screen, unsigned int first, unsigned int count)
{
	for (; count--; first++) {
		if (con.shown[first] == screen[first])
			continue;
		con.shown[first] = screen[first];
		draw(first, screen[first], first == con.cursor);
	}
}

static void fbcon_cursor(unsigned int x, unsigned int y, bool visible)
{
	unsigned int at = visible ? y * VGA_COLS + x : -1u;

	if (at == con.cursor)
		return;
	if (con.cursor != -1u)
		draw(con.cursor, con.shown[con.cursor], false);
	con.cursor = at;
	if (visible)
		draw(at, con.shown[at], true);
}

static const struct vt_display fbcon = {
	.show	= fbcon_show,
	.cursor	= fbcon_cursor,
};

/* ------------------------------------------------------------------ taking and leaving */

static u32 pixel_of(const struct fb_var_screeninfo *var, u32 color)
{
	return (color >> 16 & 0xff) >> (8 - var->red.length) << var->red.offset |
	       (color >> 8 & 0xff) >> (8 - var->green.length) << var->green.offset |
	       (color & 0xff) >> (8 - var->blue.length) << var->blue.offset;
}

static bool fits(const struct fb_info *info)
{
	const struct fb_var_screeninfo *var = &info->var;

	return info->screen_base && (var->bits_per_pixel == 16 || var->bits_per_pixel == 32) &&
	       var->xres >= VGA_COLS * CELL_W && var->yres >= VGA_ROWS * CELL_H;
}

void fbcon_take(struct fb_info *info)
{
	const struct fb_var_screeninfo *var = &info->var;

	if (con.info || info->node)
		return;
	/* What shows the terminal now is gone, also where nothing can take its place. */
	vt_show_by(NULL);
	if (!fits(info))
		return;
	con.info = info;
	con.bytes = var->bits_per_pixel / 8;
	con.line = info->fix.line_length;
	con.origin = info->screen_base + (var->yres / CELL_H - VGA_ROWS) / 2 * CELL_H * con.line +
		     (var->xres / CELL_W - VGA_COLS) / 2 * CELL_W * con.bytes;
	for (int i = 0; i < ARRAY_SIZE(colors); i++)
		con.pixel[i] = pixel_of(var, colors[i]);
	for (int i = 0; i < ARRAY_SIZE(con.shown); i++)
		con.shown[i] = NOT_SHOWN;
	con.cursor = -1;
	vt_show_by(&fbcon);
}

void fbcon_leave(struct fb_info *info)
{
	if (con.info != info)
		return;
	vt_show_by(NULL);
	con.info = NULL;
}


static unsigned int wanted_width, wanted_height;	/* [I] */

/* WIDTHxHEIGHT of the frame buffer. */
static int __init video_setup(char *str)
{
	return sscanf(str, "%ux%u", &wanted_width, &wanted_height) == 2;
}
__setup("video=", video_setup);

bool fbcon_wanted(unsigned int *width, unsigned int *height)
{
	if (wanted_width && wanted_height) {
		*width = wanted_width;
		*height = wanted_height;
		return true;
	}
	return !vt0.present && !vgacon_probe();
}
