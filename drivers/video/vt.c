/*
 * vt.c - the screen as a terminal: characters and control characters.
 *
 * A byte goes through a small state machine: text is put where the cursor is,
 * control characters move it, ESC begins a sequence (vt_csi.c).  The sequences
 * are those of ECMA-48 and the VT102 that TERM=linux expects.
 * Context: any, vt->lock held.
 */
#include <linux/bitmap.h>
#include <linux/vt_kern.h>
#include <asm/param.h>
#include "vt.h"

#define DEFAULT_FG	7
#define TAB_STOP	8
#define BELL_HZ		750
#define BELL_TICKS	(HZ / 8)
#define UNDERLINE_FG	3		/* colour cards cannot underline: cyan stands for it */

/* ANSI colour numbers to the VGA's, whose red and blue are the other way round. */
static const u8 vga_color[8] = { 0, 4, 2, 6, 1, 5, 3, 7 };

static u8 attribute(const struct vt_place *p)
{
	u8 fg = vga_color[p->underline ? UNDERLINE_FG : p->fg] | (p->bold ? 8 : 0);
	u8 bg = vga_color[p->bg];

	return p->reverse ? (fg & 7) << 4 | bg | (p->bold ? 8 : 0) : bg << 4 | fg;
}

u16 vt_blank(const struct vt *vt)
{
	return VGA_BLANK(vga_color[vt->now.bg] << 4 | vga_color[vt->now.fg]);
}

/* ------------------------------------------------------------------ the cells */

static void show(struct vt *vt, unsigned int first, unsigned int count)
{
	if (vt->display)
		vt->display->show(vt->screen, first, count);
}

void vt_fill(struct vt *vt, unsigned int x, unsigned int y, unsigned int cells, u16 cell)
{
	unsigned int first = y * VGA_COLS + x, i;

	for (i = first; i < first + cells; i++)
		vt->screen[i] = cell;
	show(vt, first, cells);
}

static void move(struct vt *vt, unsigned int to, unsigned int from, unsigned int count)
{
	memmove(vt->screen + to, vt->screen + from, count * sizeof(*vt->screen));
	show(vt, to, count);
}

static void vt_move_rows(struct vt *vt, unsigned int to, unsigned int from, unsigned int rows)
{
	move(vt, to * VGA_COLS, from * VGA_COLS, rows * VGA_COLS);
}

void vt_move_cells(struct vt *vt, unsigned int y, unsigned int to, unsigned int from, unsigned int cells)
{
	move(vt, y * VGA_COLS + to, y * VGA_COLS + from, cells);
}

/* ------------------------------------------------------------------ characters */

void vt_reset(struct vt *vt)
{
	unsigned int x;

	memset(&vt->now, 0, sizeof(vt->now));
	vt->now.fg = DEFAULT_FG;
	vt->saved = vt->now;
	vt->top = 0;
	vt->bottom = VGA_ROWS;
	vt->wrap_next = vt->insert = vt->app_keys = false;
	vt->auto_wrap = vt->cursor_on = true;
	vt->state = VT_TEXT;
	bitmap_zero(vt->tabs, VGA_COLS);
	for (x = TAB_STOP; x < VGA_COLS; x += TAB_STOP)
		set_bit(x, vt->tabs);
	vt_fill(vt, 0, 0, VGA_COLS * VGA_ROWS, vt_blank(vt));
}

/* Moves rows top … bottom-1 up by lines, or down when that is negative; blank rows come in. */
void vt_scroll(struct vt *vt, unsigned int top, unsigned int bottom, int lines)
{
	unsigned int rows = bottom - top, n = min_t(unsigned int, abs(lines), rows);

	if (lines > 0) {
		vt_move_rows(vt, top, top + n, rows - n);
		vt_fill(vt, 0, bottom - n, n * VGA_COLS, vt_blank(vt));
	} else {
		vt_move_rows(vt, top + n, top, rows - n);
		vt_fill(vt, 0, top, n * VGA_COLS, vt_blank(vt));
	}
}

void vt_goto(struct vt *vt, int x, int y)
{
	vt->now.x = clamp(x, 0, VGA_COLS - 1);
	vt->now.y = clamp(y, 0, VGA_ROWS - 1);
	vt->wrap_next = false;
}

void vt_line_feed(struct vt *vt)
{
	if (vt->now.y + 1 == vt->bottom)
		vt_scroll(vt, vt->top, vt->bottom, 1);
	else if (vt->now.y + 1 < VGA_ROWS)
		vt->now.y++;
	vt->wrap_next = false;
}

void vt_reverse_line_feed(struct vt *vt)
{
	if (vt->now.y == vt->top)
		vt_scroll(vt, vt->top, vt->bottom, -1);
	else if (vt->now.y)
		vt->now.y--;
	vt->wrap_next = false;
}

static void put_text(struct vt *vt, unsigned char c)
{
	struct vt_place *now = &vt->now;

	if (vt->wrap_next) {
		now->x = 0;
		vt_line_feed(vt);
	}
	if (vt->insert)
		vt_move_cells(vt, now->y, now->x + 1, now->x, VGA_COLS - 1 - now->x);
	vt_fill(vt, now->x, now->y, 1, attribute(now) << 8 | c);
	if (now->x + 1 < VGA_COLS)
		now->x++;
	else
		vt->wrap_next = vt->auto_wrap;
}

static void next_tab(struct vt *vt)
{
	do {
		vt->now.x++;
	} while (vt->now.x < VGA_COLS - 1 && !test_bit(vt->now.x, vt->tabs));
	vt_goto(vt, vt->now.x, vt->now.y);
}

/* Control characters act in the midst of a sequence too.  True: c was one. */
static bool control(struct vt *vt, unsigned char c)
{
	switch (c) {
	case '\a':
		kd_mksound(BELL_HZ, BELL_TICKS);
		return true;
	case '\b':
		vt_goto(vt, (int)vt->now.x - 1, vt->now.y);
		return true;
	case '\t':
		next_tab(vt);
		return true;
	case '\n':
	case '\v':
	case '\f':
		vt_line_feed(vt);
		return true;
	case '\r':
		vt_goto(vt, 0, vt->now.y);
		return true;
	case 0x18:	/* CAN */
	case 0x1a:	/* SUB */
		vt->state = VT_TEXT;
		return true;
	case 0x1b:	/* ESC */
		vt->state = VT_ESC;
		return true;
	}
	return c < 0x20 || c == 0x7f;		/* the rest: nothing to see */
}

/* The byte after ESC. */
static void escape(struct vt *vt, unsigned char c)
{
	vt->state = VT_TEXT;
	switch (c) {
	case '[':
		vt->state = VT_CSI;
		vt->question = false;
		vt->nparams = 0;
		memset(vt->params, 0, sizeof(vt->params));
		break;
	case ']':
		vt->state = VT_OSC;
		break;
	case '(':
	case ')':
	case '#':
		vt->state = VT_SKIP_ONE;	/* character sets: there is one */
		break;
	case '7':
		vt->saved = vt->now;
		break;
	case '8':
		vt->now = vt->saved;
		vt->wrap_next = false;
		break;
	case 'D':
		vt_line_feed(vt);
		break;
	case 'E':
		vt->now.x = 0;
		vt_line_feed(vt);
		break;
	case 'H':
		set_bit(vt->now.x, vt->tabs);
		break;
	case 'M':
		vt_reverse_line_feed(vt);
		break;
	case 'c':
		vt_reset(vt);
		break;
	}
}

static void csi_byte(struct vt *vt, unsigned char c)
{
	unsigned int *param = &vt->params[min_t(unsigned int, vt->nparams, VT_PARAMS - 1)];

	if (c >= '0' && c <= '9') {
		*param = min(*param * 10 + c - '0', 9999u);
	} else if (c == ';') {
		vt->nparams++;
	} else if (c == '?') {
		vt->question = true;
	} else if (c >= 0x40) {
		vt->nparams = min_t(unsigned int, vt->nparams + 1, VT_PARAMS);
		vt->state = VT_TEXT;
		vt_csi(vt, c);
	}
}

void vt_emit(struct vt *vt, unsigned char c)
{
	if (vt->state == VT_OSC) {		/* a window's title: up to BEL or ESC */
		if (c == '\a' || c == 0x1b)
			vt->state = c == 0x1b ? VT_SKIP_ONE : VT_TEXT;
		return;
	}
	if (control(vt, c))
		return;
	switch (vt->state) {
	case VT_ESC:
		escape(vt, c);
		break;
	case VT_CSI:
		csi_byte(vt, c);
		break;
	case VT_SKIP_ONE:
		vt->state = VT_TEXT;
		break;
	default:
		put_text(vt, c);
	}
}
