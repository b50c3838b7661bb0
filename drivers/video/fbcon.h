/*
 * fbcon.h - the terminal on a frame buffer.
 */
#ifndef _DRIVERS_VIDEO_FBCON_H
#define _DRIVERS_VIDEO_FBCON_H

struct fb_info;

/* Show the terminal there, in the mode that is set: it was, or just became so. info->lock held. */
void fbcon_take(struct fb_info *info);
/* Never again: the frame buffer goes. */
void fbcon_leave(struct fb_info *info);
/* video=WIDTHxHEIGHT: whether the console shall be there from the start. */
bool fbcon_wanted(unsigned int *width, unsigned int *height);

#endif
