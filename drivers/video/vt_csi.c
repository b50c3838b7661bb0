/*
 * vt_csi.c - the sequences that begin with ESC [ : cursor, erasing, colours, modes.
 * ECMA-48, section 8.3, by their names there.  Context: any, vt->lock held.
 */
#include <linux/bitmap.h>
#include <linux/tty_flip.h>
#include "vt.h"

/* Parameter i, where a missing one and 0 both mean 1. */
static int count_of(const struct vt *vt, unsigned int i)
{
	return vt->params[i] ? vt->params[i] : 1;
}

/* ED: 0 from the cursor, 1 up to it, 2 all */
static void erase_display(struct vt *vt)
{
	unsigned int at = vt->now.y * VGA_COLS + vt->now.x, all = VGA_COLS * VGA_ROWS;

	if (vt->params[0] == 0)
		vt_fill(vt, vt->now.x, vt->now.y, all - at, vt_blank(vt));
	else if (vt->params[0] == 1)
		vt_fill(vt, 0, 0, at + 1, vt_blank(vt));
	else
		vt_fill(vt, 0, 0, all, vt_blank(vt));
}

/* EL: the same within the line */
static void erase_line(struct vt *vt)
{
	if (vt->params[0] == 0)
		vt_fill(vt, vt->now.x, vt->now.y, VGA_COLS - vt->now.x, vt_blank(vt));
	else if (vt->params[0] == 1)
		vt_fill(vt, 0, vt->now.y, vt->now.x + 1, vt_blank(vt));
	else
		vt_fill(vt, 0, vt->now.y, VGA_COLS, vt_blank(vt));
}

/* ICH (insert) and DCH: cells from the cursor on move right or left. */
static void shift_cells(struct vt *vt, bool insert)
{
	unsigned int x = vt->now.x, rest = VGA_COLS - x;
	unsigned int n = min_t(unsigned int, count_of(vt, 0), rest);

	if (insert) {
		vt_move_cells(vt, vt->now.y, x + n, x, rest - n);
		vt_fill(vt, x, vt->now.y, n, vt_blank(vt));
	} else {
		vt_move_cells(vt, vt->now.y, x, x + n, rest - n);
		vt_fill(vt, VGA_COLS - n, vt->now.y, n, vt_blank(vt));
	}
}

/* One parameter of SGR. */
static void rendition(struct vt_place *p, unsigned int n)
{
	switch (n) {
	case 0:
		p->bold = p->underline = p->reverse = false;
		p->fg = 7;
		p->bg = 0;
		break;
	case 1:
		p->bold = true;
		break;
	case 4:
		p->underline = true;
		break;
	case 7:
		p->reverse = true;
		break;
	case 21:
	case 22:
		p->bold = false;
		break;
	case 24:
		p->underline = false;
		break;
	case 27:
		p->reverse = false;
		break;
	case 30 ... 37:
		p->fg = n - 30;
		break;
	case 39:
		p->fg = 7;
		break;
	case 40 ... 47:
		p->bg = n - 40;
		break;
	case 49:
		p->bg = 0;
		break;
	case 90 ... 97:
		p->fg = n - 90;
		p->bold = true;
		break;
	}
}

/* SM and RM */
static void set_modes(struct vt *vt, bool on)
{
	unsigned int i;

	for (i = 0; i < vt->nparams; i++) {
		if (!vt->question && vt->params[i] == 4)
			vt->insert = on;
		else if (vt->question && vt->params[i] == 1)
			vt->app_keys = on;
		else if (vt->question && vt->params[i] == 7)
			vt->auto_wrap = on;
		else if (vt->question && vt->params[i] == 25)
			vt->cursor_on = on;
	}
}

/* DSR: the terminal answers as if it had been typed. */
static void report(struct vt *vt)
{
	char answer[24];
	int n;

	if (vt->params[0] == 6)
		n = scnprintf(answer, sizeof(answer), "\033[%u;%uR", vt->now.y + 1, vt->now.x + 1);
	else if (vt->params[0] == 5)
		n = scnprintf(answer, sizeof(answer), "\033[0n");
	else
		return;
	tty_insert_flip_string(&vt->vc.port, (unsigned char *)answer, n);
	tty_flip_buffer_push(&vt->vc.port);
}

/* DECSTBM */
static void set_region(struct vt *vt)
{
	unsigned int top = count_of(vt, 0) - 1;
	unsigned int bottom = vt->params[1] ? vt->params[1] : VGA_ROWS;

	if (bottom > VGA_ROWS || top + 1 >= bottom)
		return;
	vt->top = top;
	vt->bottom = bottom;
	vt_goto(vt, 0, 0);
}

/* IL (down) and DL: rows from the cursor's to the region's end. */
static void shift_rows(struct vt *vt, int sign)
{
	if (vt->now.y >= vt->top && vt->now.y < vt->bottom)
		vt_scroll(vt, vt->now.y, vt->bottom, sign * count_of(vt, 0));
}

static bool move_cursor(struct vt *vt, unsigned char final)
{
	int x = vt->now.x, y = vt->now.y, n = count_of(vt, 0);

	switch (final) {
	case 'A': vt_goto(vt, x, y - n); break;
	case 'B': case 'e': vt_goto(vt, x, y + n); break;
	case 'C': case 'a': vt_goto(vt, x + n, y); break;
	case 'D': vt_goto(vt, x - n, y); break;
	case 'E': vt_goto(vt, 0, y + n); break;
	case 'F': vt_goto(vt, 0, y - n); break;
	case 'G': case '`': vt_goto(vt, n - 1, y); break;
	case 'd': vt_goto(vt, x, n - 1); break;
	case 'H': case 'f': vt_goto(vt, count_of(vt, 1) - 1, n - 1); break;
	default: return false;
	}
	return true;
}

void vt_csi(struct vt *vt, unsigned char final)
{
	unsigned int i;

	if (move_cursor(vt, final))
		return;
	switch (final) {
	case 'J': erase_display(vt); break;
	case 'K': erase_line(vt); break;
	case 'L': shift_rows(vt, -1); break;
	case 'M': shift_rows(vt, 1); break;
	case 'P': shift_cells(vt, false); break;
	case '@': shift_cells(vt, true); break;
	case 'X':
		vt_fill(vt, vt->now.x, vt->now.y,
			    min_t(unsigned int, count_of(vt, 0), VGA_COLS - vt->now.x), vt_blank(vt));
		break;
	case 'S': vt_scroll(vt, vt->top, vt->bottom, count_of(vt, 0)); break;
	case 'T': vt_scroll(vt, vt->top, vt->bottom, -count_of(vt, 0)); break;
	case 'g':
		if (vt->params[0] == 3)
			bitmap_zero(vt->tabs, VGA_COLS);
		else
			clear_bit(vt->now.x, vt->tabs);
		break;
	case 'h': set_modes(vt, true); break;
	case 'l': set_modes(vt, false); break;
	case 'm':
		for (i = 0; i < vt->nparams; i++)
			rendition(&vt->now, vt->params[i]);
		break;
	case 'n': report(vt); break;
	case 'r': set_region(vt); break;
	case 's': vt->saved = vt->now; break;
	case 'u': vt->now = vt->saved; break;
	}
}
