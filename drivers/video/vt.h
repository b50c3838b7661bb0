/*
 * vt.h - the one virtual terminal: what the escape sequences change.
 */
#ifndef _DRIVERS_VIDEO_VT_H
#define _DRIVERS_VIDEO_VT_H

#include <linux/console_struct.h>
#include <linux/spinlock.h>
#include <linux/tty.h>
#include "vgacon.h"

#define VT_PARAMS	16

enum vt_state { VT_TEXT, VT_ESC, VT_CSI, VT_SKIP_ONE, VT_OSC };

struct vt_place {
	unsigned int x, y;
	unsigned char fg, bg;
	bool bold, reverse, underline;
};

/* What shows the cells: the VGA's text memory or a frame buffer. Under vt->lock, any context. */
struct vt_display {
	void (*show)(const u16 *screen, unsigned int first, unsigned int count);
	void (*cursor)(unsigned int x, unsigned int y, bool visible);
};

/* [l] lock, irq-safe: kernel messages come from any context */
struct vt {
	spinlock_t lock;			/* this is l */
	bool present;				/* constant once probed */
	const struct vt_display *display;	/* [l] NULL: nobody shows it */
	u16 screen[VGA_COLS * VGA_ROWS];	/* [l] what is or would be shown, cells as the VGA has them */
	struct vt_place now, saved;		/* [l] */
	unsigned int top, bottom;		/* [l] scrolling region: first row, one past the last */
	bool wrap_next;				/* [l] the last column is full: wrap before the next */
	bool auto_wrap, insert, cursor_on, app_keys; /* [l] modes */
	DECLARE_BITMAP(tabs, VGA_COLS);		/* [l] */
	enum vt_state state;			/* [l] of the parser */
	bool question;				/* [l] CSI ? … */
	unsigned int params[VT_PARAMS], nparams; /* [l] */
	struct vc_data vc;			/* what others may know of it */
};

extern struct vt vt0;

/* vt.c: [l] held */
extern void vt_reset(struct vt *vt);
extern void vt_emit(struct vt *vt, unsigned char c);
extern void vt_scroll(struct vt *vt, unsigned int top, unsigned int bottom, int lines);
extern u16 vt_blank(const struct vt *vt);
extern void vt_line_feed(struct vt *vt);
extern void vt_reverse_line_feed(struct vt *vt);
extern void vt_fill(struct vt *vt, unsigned int x, unsigned int y, unsigned int cells, u16 cell);
extern void vt_move_cells(struct vt *vt, unsigned int y, unsigned int to, unsigned int from,
			  unsigned int cells);
extern void vt_goto(struct vt *vt, int x, int y);
/*
 * vt_tty.c: show the terminal by @display from now on, all of it at once (NULL: by nothing).
 * The first one makes it exist. 0 or negative errno. Context: process.
 */
extern int vt_show_by(const struct vt_display *display);
/* vt_csi.c: [l] held */
extern void vt_csi(struct vt *vt, unsigned char final);

#endif
