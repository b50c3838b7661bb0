/* <linux/fb.h>: frame buffers */
#ifndef _UAPI_LINUX_FB_H
#define _UAPI_LINUX_FB_H

#include <linux/types.h>

#define FBIOGET_VSCREENINFO 0x4600
#define FBIOPUT_VSCREENINFO 0x4601
#define FBIOGET_FSCREENINFO 0x4602
#define FBIOGETCMAP 0x4604
#define FBIOPUTCMAP 0x4605
#define FBIOPAN_DISPLAY 0x4606
#define FBIOBLANK 0x4611

#define FB_TYPE_PACKED_PIXELS 0
#define FB_VISUAL_TRUECOLOR 2
#define FB_VISUAL_PSEUDOCOLOR 3
#define FB_ACCEL_NONE 0

#define FB_ACTIVATE_NOW 0
#define FB_ACTIVATE_TEST 2
#define FB_ACTIVATE_MASK 15
#define FB_VMODE_NONINTERLACED 0

/* FBIOBLANK's argument */
#define FB_BLANK_UNBLANK 0
#define FB_BLANK_NORMAL 1
#define FB_BLANK_VSYNC_SUSPEND 2
#define FB_BLANK_HSYNC_SUSPEND 3
#define FB_BLANK_POWERDOWN 4

struct fb_fix_screeninfo {
	char id[16];
	unsigned long smem_start;	/* physical */
	__u32 smem_len;
	__u32 type;			/* FB_TYPE_* */
	__u32 type_aux;
	__u32 visual;			/* FB_VISUAL_* */
	__u16 xpanstep;			/* 0: no panning */
	__u16 ypanstep;
	__u16 ywrapstep;
	__u32 line_length;		/* bytes */
	unsigned long mmio_start;
	__u32 mmio_len;
	__u32 accel;
	__u16 capabilities;
	__u16 reserved[2];
};

/* Where a colour is in a pixel */
struct fb_bitfield {
	__u32 offset;			/* bits from the right */
	__u32 length;
	__u32 msb_right;
};

struct fb_var_screeninfo {
	__u32 xres;			/* visible */
	__u32 yres;
	__u32 xres_virtual;
	__u32 yres_virtual;
	__u32 xoffset;			/* of the visible in the virtual */
	__u32 yoffset;
	__u32 bits_per_pixel;
	__u32 grayscale;
	struct fb_bitfield red;
	struct fb_bitfield green;
	struct fb_bitfield blue;
	struct fb_bitfield transp;
	__u32 nonstd;
	__u32 activate;			/* FB_ACTIVATE_* */
	__u32 height;			/* mm */
	__u32 width;
	__u32 accel_flags;
	__u32 pixclock;
	__u32 left_margin;
	__u32 right_margin;
	__u32 upper_margin;
	__u32 lower_margin;
	__u32 hsync_len;
	__u32 vsync_len;
	__u32 sync;
	__u32 vmode;			/* FB_VMODE_* */
	__u32 rotate;
	__u32 colorspace;
	__u32 reserved[4];
};

#endif
