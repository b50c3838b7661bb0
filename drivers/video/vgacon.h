/*
 * vgacon.h - the text screen: VGA mode 3, a character and an attribute a cell.
 */
#ifndef _DRIVERS_VIDEO_VGACON_H
#define _DRIVERS_VIDEO_VGACON_H

#include <linux/types.h>

#define VGA_COLS	80
#define VGA_ROWS	25
#define VGA_BLANK(attr)	((u16)((attr) << 8 | ' '))

struct vt_display;

extern bool vgacon_probe(void);
extern const struct vt_display vgacon;

#endif
