/*
 * <linux/fb.h> - frame buffers: memory whose content is a picture, /dev/fb0 and on.
 *
 * A driver fills a struct fb_info and registers it; the core (drivers/video/fbmem.c)
 * then reads, writes and maps screen_base, and asks the operations for modes.
 *
 * Differences from Linux: no accelerated drawing, no colour maps, no mode lists.
 */
#ifndef _LINUX_FB_H
#define _LINUX_FB_H

#include <linux/device.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <uapi/linux/fb.h>

#define FB_MAX	8

struct fb_info;
struct vm_area_struct;

/* All called with info->lock held, fb_mmap with mm_lock; all may sleep and may be missing. */
struct fb_ops {
	struct module *owner;
	int (*fb_open)(struct fb_info *info, int user);
	int (*fb_release)(struct fb_info *info, int user);
	ssize_t (*fb_read)(struct fb_info *info, char __user *buf, size_t count, loff_t *ppos);
	ssize_t (*fb_write)(struct fb_info *info, const char __user *buf, size_t count, loff_t *ppos);
	/* Rounds @var to what is possible, or -EINVAL. */
	int (*fb_check_var)(struct fb_var_screeninfo *var, struct fb_info *info);
	/* Makes info->var the mode. */
	int (*fb_set_par)(struct fb_info *info);
	int (*fb_blank)(int blank, struct fb_info *info);
	int (*fb_pan_display)(struct fb_var_screeninfo *var, struct fb_info *info);
	int (*fb_ioctl)(struct fb_info *info, unsigned int cmd, unsigned long arg);
	int (*fb_mmap)(struct fb_info *info, struct vm_area_struct *vma);
};

/* [l] lock, may sleep  [m] mm_lock, inside mmap_lock, may sleep; else constant once registered */
struct fb_info {
	refcount_t count;
	int node;				/* minor */
	struct mutex lock;			/* this is l */
	struct mutex mm_lock;			/* this is m */
	struct fb_var_screeninfo var;		/* [l] the mode */
	struct fb_fix_screeninfo fix;		/* [l] line_length changes with it */
	const struct fb_ops *fbops;
	struct device *device;			/* the hardware's */
	struct device *dev;			/* [l, m] fbN of class graphics; NULL: gone */
	char __iomem *screen_base;		/* [l] kernel address of smem_start; NULL: not mapped yet */
	unsigned long screen_size;		/* [l] bytes mapped there; 0: smem_len */
	void *par;				/* the driver's, behind this */
};

/* With @size bytes for info->par, zeroed, or NULL. Given back by framebuffer_release(). */
struct fb_info *framebuffer_alloc(size_t size, struct device *dev);
void framebuffer_release(struct fb_info *info);
/* 0 or negative errno. From here on it can be opened. Context: process. */
int register_framebuffer(struct fb_info *info);
/* Files that are open still answer ENODEV from now on. Context: process. */
void unregister_framebuffer(struct fb_info *info);
/* A mode: checked, and set unless var->activate says FB_ACTIVATE_TEST. info->lock held. */
int fb_set_var(struct fb_info *info, struct fb_var_screeninfo *var);
int fb_pan_display(struct fb_info *info, struct fb_var_screeninfo *var);
int fb_blank(struct fb_info *info, int blank);

#endif
