/*
 * vgacon.h - the text screen: VGA mode 3, a character and an attribute a cell.
 */
#ifndef _DRIVERS_VIDEO_VGACON_H
#define _DRIVERS_VIDEO_VGACON_H

#include <linux/types.h>

#define VGA_COLS	80
#define VGA_ROWS	25
#define VGA_BLANK(attr)	((u16)((attr) << 8 | ' '))

extern bool vgacon_probe(void);
extern void vgacon_put(unsigned int x, unsigned int y, u16 cell);
extern void vgacon_fill(unsigned int x, unsigned int y, unsigned int cells, u16 cell);
extern void vgacon_move_rows(unsigned int to, unsigned int from, unsigned int rows);
extern void vgacon_move_cells(unsigned int y, unsigned int to, unsigned int from, unsigned int cells);
extern void vgacon_cursor(unsigned int x, unsigned int y, bool visible);

#endif
