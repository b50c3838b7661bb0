/*
 * fbmem.c - /dev/fb0 and on: one driver's memory as a file, and its modes by ioctl.
 *
 *	read, write	through screen_base
 *	mmap		the memory itself, write-combining: pixels go straight there
 *	ioctl		FBIOGET_VSCREENINFO and its kin
 *
 * A file keeps the fb_info, not the hardware: after unregister_framebuffer() its
 * methods answer ENODEV.
 *
 * Context: process. Locks: registration_lock for the table; info->lock, under which user
 * memory is copied, so that mmap(), which holds mmap_lock, has info->mm_lock instead.
 */
#include <linux/export.h>
#include <linux/fb.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <uapi/linux/major.h>
#include "fbcon.h"

static DEFINE_MUTEX(registration_lock);
static struct fb_info *registered_fb[FB_MAX];	/* registration_lock */
static struct class *fb_class;

static struct fb_info *get_fb_info(unsigned int minor)
{
	struct fb_info *info = NULL;

	mutex_lock(&registration_lock);
	if (minor < FB_MAX)
		info = registered_fb[minor];
	if (info)
		refcount_inc(&info->count);
	mutex_unlock(&registration_lock);
	return info;
}

static void put_fb_info(struct fb_info *info)
{
	if (refcount_dec_and_test(&info->count))
		kfree(info);
}

/* The file's, locked, if it is still there; else NULL. */
static struct fb_info *lock_file_info(struct file *file)
{
	struct fb_info *info = file->private_data;

	mutex_lock(&info->lock);
	if (info->dev)
		return info;
	mutex_unlock(&info->lock);
	return NULL;
}

/* ------------------------------------------------------------------ open, read, write */

static int fb_open(struct inode *inode, struct file *file)
{
	struct fb_info *info = get_fb_info(iminor(inode));
	int err = -ENODEV;

	if (!info)
		return -ENODEV;
	if (!try_module_get(info->fbops->owner))
		goto out_put;
	file->private_data = info;
	if (lock_file_info(file)) {
		err = info->fbops->fb_open ? info->fbops->fb_open(info, 1) : 0;
		if (!err)
			fbcon_take(info);
		mutex_unlock(&info->lock);
	}
	if (!err)
		return 0;
	module_put(info->fbops->owner);
out_put:
	put_fb_info(info);
	return err;
}

static int fb_release(struct inode *inode, struct file *file)
{
	struct fb_info *info = file->private_data;

	mutex_lock(&info->lock);
	if (info->fbops->fb_release)
		info->fbops->fb_release(info, 1);
	mutex_unlock(&info->lock);
	module_put(info->fbops->owner);
	put_fb_info(info);
	return 0;
}

/* Bytes of @count from *@pos on between the picture and @buf, by a page. [l] held. */
static ssize_t transfer(struct fb_info *info, char __user *buf, size_t count, loff_t *pos, bool write)
{
	void *page = (void *)__get_free_page(GFP_KERNEL);
	size_t done = 0, part, left = 0;

	if (!page)
		return -ENOMEM;
	for (; done < count && !left; done += part, *pos += part) {
		part = min_t(size_t, count - done, PAGE_SIZE);
		if (write) {
			left = copy_from_user(page, buf + done, part);
			memcpy_toio(info->screen_base + *pos, page, part - left);
		} else {
			memcpy_fromio(page, info->screen_base + *pos, part);
			left = copy_to_user(buf + done, page, part);
		}
		part -= left;
	}
	free_page((unsigned long)page);
	return done ?: left ? -EFAULT : 0;
}

static unsigned long picture_size(const struct fb_info *info)
{
	return info->screen_size ?: info->fix.smem_len;
}

static ssize_t fb_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct fb_info *info = lock_file_info(file);
	ssize_t ret = 0;

	if (!info)
		return -ENODEV;
	if (info->fbops->fb_read)
		ret = info->fbops->fb_read(info, buf, count, pos);
	else if (!info->screen_base)
		ret = -ENODEV;
	else if (*pos < picture_size(info))
		ret = transfer(info, buf, min_t(size_t, count, picture_size(info) - *pos), pos, false);
	mutex_unlock(&info->lock);
	return ret;
}

/* Behind the end: EFBIG; what begins before it is cut, or ENOSPC when nothing is left. */
static ssize_t fb_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct fb_info *info = lock_file_info(file);
	ssize_t ret;

	if (!info)
		return -ENODEV;
	if (info->fbops->fb_write) {
		ret = info->fbops->fb_write(info, buf, count, pos);
	} else if (!info->screen_base) {
		ret = -ENODEV;
	} else if (*pos > picture_size(info)) {
		ret = -EFBIG;
	} else {
		ret = min_t(size_t, count, picture_size(info) - *pos);
		ret = count && !ret ? -ENOSPC : transfer(info, (char __user *)buf, ret, pos, true);
	}
	mutex_unlock(&info->lock);
	return ret;
}

static loff_t fb_llseek(struct file *file, loff_t offset, int whence)
{
	struct fb_info *info = file->private_data;

	return fixed_size_llseek(file, offset, whence, picture_size(info));
}

/* The picture; behind it, in the same file, the device's registers if it shows them. */
static int fb_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct fb_info *info = file->private_data;
	unsigned long picture_pages;
	int err;

	mutex_lock(&info->mm_lock);
	picture_pages = PAGE_ALIGN(offset_in_page(info->fix.smem_start) + info->fix.smem_len) >> PAGE_SHIFT;
	if (!info->dev) {
		err = -ENODEV;
	} else if (info->fbops->fb_mmap) {
		err = info->fbops->fb_mmap(info, vma);
	} else if (vma->vm_pgoff < picture_pages || !info->fix.mmio_len) {
		vma->vm_page_prot = pgprot_writecombine(vma->vm_page_prot);
		err = vm_iomap_memory(vma, info->fix.smem_start, info->fix.smem_len);
	} else {
		vma->vm_pgoff -= picture_pages;
		vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
		err = vm_iomap_memory(vma, info->fix.mmio_start, info->fix.mmio_len);
	}
	mutex_unlock(&info->mm_lock);
	return err;
}

/* ------------------------------------------------------------------ modes */

int fb_set_var(struct fb_info *info, struct fb_var_screeninfo *var)
{
	struct fb_var_screeninfo old = info->var;
	int err = -EINVAL;

	if (info->fbops->fb_check_var)
		err = info->fbops->fb_check_var(var, info);
	if (err || (var->activate & FB_ACTIVATE_MASK) == FB_ACTIVATE_TEST)
		return err;
	fbcon_leave(info);
	info->var = *var;
	err = info->fbops->fb_set_par ? info->fbops->fb_set_par(info) : 0;
	if (err)
		info->var = old;
	fbcon_take(info);
	return err;
}
EXPORT_SYMBOL(fb_set_var);

int fb_pan_display(struct fb_info *info, struct fb_var_screeninfo *var)
{
	const struct fb_fix_screeninfo *fix = &info->fix;
	int err;

	if (!info->fbops->fb_pan_display ||
	    (var->xoffset && (!fix->xpanstep || var->xoffset % fix->xpanstep)) ||
	    (var->yoffset && (!fix->ypanstep || var->yoffset % fix->ypanstep)) ||
	    var->xoffset > info->var.xres_virtual - info->var.xres ||
	    var->yoffset > info->var.yres_virtual - info->var.yres)
		return -EINVAL;
	err = info->fbops->fb_pan_display(var, info);
	if (!err) {
		info->var.xoffset = var->xoffset;
		info->var.yoffset = var->yoffset;
	}
	return err;
}
EXPORT_SYMBOL(fb_pan_display);

int fb_blank(struct fb_info *info, int blank)
{
	if (!info->fbops->fb_blank)
		return -EINVAL;
	return info->fbops->fb_blank(min(blank, FB_BLANK_POWERDOWN), info);
}
EXPORT_SYMBOL(fb_blank);

static long do_fb_ioctl(struct fb_info *info, unsigned int cmd, unsigned long arg)
{
	struct fb_var_screeninfo var;
	void __user *user = (void __user *)arg;
	int err;

	switch (cmd) {
	case FBIOGET_VSCREENINFO:
		return copy_to_user(user, &info->var, sizeof(info->var)) ? -EFAULT : 0;
	case FBIOGET_FSCREENINFO:
		return copy_to_user(user, &info->fix, sizeof(info->fix)) ? -EFAULT : 0;
	case FBIOPUT_VSCREENINFO:
	case FBIOPAN_DISPLAY:
		if (copy_from_user(&var, user, sizeof(var)))
			return -EFAULT;
		err = cmd == FBIOPAN_DISPLAY ? fb_pan_display(info, &var) : fb_set_var(info, &var);
		if (err)
			return err;
		return copy_to_user(user, &var, sizeof(var)) ? -EFAULT : 0;
	case FBIOBLANK:
		return fb_blank(info, (int)arg);
	default:
		return info->fbops->fb_ioctl ? info->fbops->fb_ioctl(info, cmd, arg) : -ENOTTY;
	}
}

static long fb_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct fb_info *info = lock_file_info(file);
	long ret;

	if (!info)
		return -ENODEV;
	ret = do_fb_ioctl(info, cmd, arg);
	mutex_unlock(&info->lock);
	return ret;
}

static const struct file_operations fb_fops = {
	.owner		= THIS_MODULE,
	.open		= fb_open,
	.release	= fb_release,
	.read		= fb_read,
	.write		= fb_write,
	.llseek		= fb_llseek,
	.mmap		= fb_mmap,
	.unlocked_ioctl	= fb_ioctl,
};

/* ------------------------------------------------------------------ /sys/class/graphics/fbN */

static ssize_t name_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	const struct fb_info *info = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%s\n", info->fix.id);
}
static DEVICE_ATTR_RO(name);

static ssize_t virtual_size_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	const struct fb_info *info = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%u,%u\n", info->var.xres_virtual, info->var.yres_virtual);
}
static DEVICE_ATTR_RO(virtual_size);

static ssize_t bits_per_pixel_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	const struct fb_info *info = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%u\n", info->var.bits_per_pixel);
}
static DEVICE_ATTR_RO(bits_per_pixel);

static struct attribute *fb_attrs[] = {
	&dev_attr_name.attr, &dev_attr_virtual_size.attr, &dev_attr_bits_per_pixel.attr, NULL,
};
ATTRIBUTE_GROUPS(fb);

/* ------------------------------------------------------------------ drivers */

struct fb_info *framebuffer_alloc(size_t size, struct device *dev)
{
	struct fb_info *info = kzalloc(ALIGN(sizeof(*info), sizeof(long)) + size, GFP_KERNEL);

	if (!info)
		return NULL;
	refcount_set(&info->count, 1);
	mutex_init(&info->lock);
	mutex_init(&info->mm_lock);
	info->device = dev;
	if (size)
		info->par = (char *)info + ALIGN(sizeof(*info), sizeof(long));
	return info;
}
EXPORT_SYMBOL(framebuffer_alloc);

void framebuffer_release(struct fb_info *info)
{
	if (info)
		put_fb_info(info);
}
EXPORT_SYMBOL(framebuffer_release);

/* The console comes at once if it was asked for, or has nowhere else to go. */
static void start_console(struct fb_info *info)
{
	struct fb_var_screeninfo var;

	mutex_lock(&info->lock);
	var = info->var;
	if (fbcon_wanted(&var.xres, &var.yres) && fb_set_var(info, &var))
		pr_err("fb%d: no mode of %u x %u\n", info->node, var.xres, var.yres);
	mutex_unlock(&info->lock);
}

int register_framebuffer(struct fb_info *info)
{
	int i, err;

	mutex_lock(&registration_lock);
	for (i = 0; i < FB_MAX && registered_fb[i]; i++)
		;
	err = -ENXIO;
	if (i == FB_MAX)
		goto out;
	info->node = i;
	info->dev = device_create_with_groups(fb_class, info->device, MKDEV(FB_MAJOR, i), info, fb_groups,
					      "fb%d", i);
	err = PTR_ERR_OR_ZERO(info->dev);
	if (err)
		info->dev = NULL;
	else
		registered_fb[i] = info;
out:
	mutex_unlock(&registration_lock);
	if (!err && !i)
		start_console(info);
	return err;
}
EXPORT_SYMBOL(register_framebuffer);

void unregister_framebuffer(struct fb_info *info)
{
	mutex_lock(&registration_lock);
	registered_fb[info->node] = NULL;
	mutex_unlock(&registration_lock);
	mutex_lock(&info->lock);
	mutex_lock(&info->mm_lock);
	info->dev = NULL;		/* open files see it from here on */
	mutex_unlock(&info->mm_lock);
	fbcon_leave(info);
	mutex_unlock(&info->lock);
	device_destroy(fb_class, MKDEV(FB_MAJOR, info->node));
}
EXPORT_SYMBOL(unregister_framebuffer);

static int __init fbmem_init(void)
{
	fb_class = class_create(THIS_MODULE, "graphics");
	if (IS_ERR(fb_class))
		return PTR_ERR(fb_class);
	return register_chrdev(FB_MAJOR, "fb", &fb_fops);
}
fs_initcall(fbmem_init);
