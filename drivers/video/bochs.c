/*
 * bochs.c - the frame buffer of QEMU's and Bochs' display adaptor, /dev/fb0.
 *
 * BAR 0 is the memory, BAR 2 has the registers: the VGA's ports 3C0h to 3DFh at
 * 400h, the "dispi" interface's sixteen words at 500h. The adaptor stays in the text
 * mode that the BIOS left until the first open, or the console, asks for a picture;
 * there is no way back but a reset.
 * Registers: QEMU, docs/specs/standard-vga.txt; Bochs, "VBE Display API".
 *
 * Context: process; info->lock, of the frame buffer core.
 */
#include <linux/fb.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/string.h>

#define PCI_DEVICE_ID_QEMU_VGA	0x1111
#define BAR_MEMORY		0
#define BAR_REGISTERS		2
#define REGISTERS_SIZE		0x600	/* those used here */

#define VGA_ATTRIBUTE		0x400	/* 3C0h */
#define VGA_ATTRIBUTE_ON	0x20	/* the picture is shown */
#define VGA_STATUS		0x41a	/* 3DAh: read, the next store to 3C0h is an index */

#define DISPI(index)		(0x500 + 2 * (index))
#define DISPI_ID		0
#define DISPI_XRES		1
#define DISPI_YRES		2
#define DISPI_BPP		3
#define DISPI_ENABLE		4
#define DISPI_BANK		5
#define DISPI_VIRT_WIDTH	6
#define DISPI_VIRT_HEIGHT	7
#define DISPI_X_OFFSET		8
#define DISPI_Y_OFFSET		9
#define DISPI_MEMORY_64K	10
#define DISPI_ID_MASK		0xfff0
#define DISPI_ID_BOCHS		0xb0c0
#define DISPI_ENABLED		0x01
#define DISPI_LINEAR		0x40	/* memory at BAR 0, not in windows of 64 KiB */

#define DEFAULT_XRES		1024
#define DEFAULT_YRES		768
#define MAX_RES			8192

struct bochs {
	void __iomem *regs;
	bool on;			/* info->lock: a picture is shown */
};

static u16 dispi_read(const struct bochs *bochs, unsigned int index)
{
	return readw(bochs->regs + DISPI(index));
}

static void dispi_write(const struct bochs *bochs, unsigned int index, u16 value)
{
	writew(value, bochs->regs + DISPI(index));
}

/* ------------------------------------------------------------------ the operations */

static const struct fb_bitfield layout[2][3] = {	/* red, green, blue */
	{ { 11, 5 }, { 5, 6 }, { 0, 5 } },		/* 16 bits */
	{ { 16, 8 }, { 8, 8 }, { 0, 8 } },		/* 32 bits */
};

static int bochs_check_var(struct fb_var_screeninfo *var, struct fb_info *info)
{
	const struct fb_bitfield *bits = layout[var->bits_per_pixel == 32];
	u64 size;

	if ((var->bits_per_pixel != 16 && var->bits_per_pixel != 32) || !var->xres || !var->yres ||
	    var->xres > MAX_RES || var->yres > MAX_RES)
		return -EINVAL;
	var->xres = ALIGN(var->xres, 8);
	var->xres_virtual = var->xres;
	var->yres_virtual = max(var->yres, var->yres_virtual);
	size = (u64)var->xres_virtual * var->bits_per_pixel / 8 * var->yres_virtual;
	if (var->yres_virtual > MAX_RES || size > info->fix.smem_len)
		return -EINVAL;
	var->xoffset = 0;
	var->yoffset = min(var->yoffset, var->yres_virtual - var->yres);
	var->red = bits[0];
	var->green = bits[1];
	var->blue = bits[2];
	var->transp = (struct fb_bitfield){ 0 };
	return 0;
}

/* The kernel's own view of the whole virtual picture. */
static int map_picture(struct fb_info *info)
{
	unsigned long size = info->fix.line_length * info->var.yres_virtual;
	char __iomem *base;

	if (size <= info->screen_size)
		return 0;
	base = ioremap_wc(info->fix.smem_start, size);
	if (!base)
		return -ENOMEM;
	if (info->screen_base)
		iounmap(info->screen_base);
	info->screen_base = base;
	info->screen_size = size;
	return 0;
}

static void show_picture(struct bochs *bochs, bool on)
{
	readb(bochs->regs + VGA_STATUS);
	writeb(on ? VGA_ATTRIBUTE_ON : 0, bochs->regs + VGA_ATTRIBUTE);
}

static int bochs_set_par(struct fb_info *info)
{
	const struct fb_var_screeninfo *var = &info->var;
	struct bochs *bochs = info->par;
	u32 old_line = info->fix.line_length;
	int err;

	info->fix.line_length = var->xres_virtual * var->bits_per_pixel / 8;
	err = map_picture(info);
	if (err) {
		info->fix.line_length = old_line;
		return err;
	}
	/* Sizes are taken while it is off; switching it on clears the memory. */
	dispi_write(bochs, DISPI_ENABLE, 0);
	dispi_write(bochs, DISPI_BPP, var->bits_per_pixel);
	dispi_write(bochs, DISPI_XRES, var->xres);
	dispi_write(bochs, DISPI_YRES, var->yres);
	dispi_write(bochs, DISPI_BANK, 0);
	dispi_write(bochs, DISPI_VIRT_WIDTH, var->xres_virtual);
	dispi_write(bochs, DISPI_VIRT_HEIGHT, var->yres_virtual);
	dispi_write(bochs, DISPI_X_OFFSET, 0);
	dispi_write(bochs, DISPI_Y_OFFSET, var->yoffset);
	dispi_write(bochs, DISPI_ENABLE, DISPI_ENABLED | DISPI_LINEAR);
	show_picture(bochs, true);
	bochs->on = true;
	return 0;
}

static int bochs_open(struct fb_info *info, int user)
{
	struct bochs *bochs = info->par;

	return bochs->on ? 0 : bochs_set_par(info);
}

static int bochs_pan(struct fb_var_screeninfo *var, struct fb_info *info)
{
	dispi_write(info->par, DISPI_Y_OFFSET, var->yoffset);
	return 0;
}

static int bochs_blank(int blank, struct fb_info *info)
{
	show_picture(info->par, blank == FB_BLANK_UNBLANK);
	return 0;
}

static const struct fb_ops bochs_ops = {
	.owner		= THIS_MODULE,
	.fb_open	= bochs_open,
	.fb_check_var	= bochs_check_var,
	.fb_set_par	= bochs_set_par,
	.fb_pan_display	= bochs_pan,
	.fb_blank	= bochs_blank,
};

/* ------------------------------------------------------------------ probe */

/* How the frame buffer is before anybody sets a mode. */
static int describe(struct fb_info *info, struct pci_dev *pdev)
{
	struct bochs *bochs = info->par;
	struct fb_fix_screeninfo *fix = &info->fix;

	strscpy(fix->id, "bochs", sizeof(fix->id));
	fix->smem_start = pci_resource_start(pdev, BAR_MEMORY);
	fix->smem_len = min_t(unsigned long, pci_resource_len(pdev, BAR_MEMORY),
			      (unsigned long)dispi_read(bochs, DISPI_MEMORY_64K) << 16);
	fix->type = FB_TYPE_PACKED_PIXELS;
	fix->visual = FB_VISUAL_TRUECOLOR;
	fix->ypanstep = 1;
	fix->line_length = DEFAULT_XRES * 4;
	info->fbops = &bochs_ops;
	info->var.xres = DEFAULT_XRES;
	info->var.yres = DEFAULT_YRES;
	info->var.bits_per_pixel = 32;
	return bochs_check_var(&info->var, info);
}

static int bochs_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct fb_info *info;
	struct bochs *bochs;
	int err;

	if (pci_resource_len(pdev, BAR_REGISTERS) < REGISTERS_SIZE)
		return -ENODEV;		/* an old one, which has ports only */
	err = pci_enable_device(pdev);
	if (err)
		return err;
	err = pci_request_regions(pdev, "bochs");
	if (err)
		goto out_disable;
	err = -ENOMEM;
	info = framebuffer_alloc(sizeof(*bochs), &pdev->dev);
	if (!info)
		goto out_regions;
	bochs = info->par;
	bochs->regs = pci_iomap(pdev, BAR_REGISTERS, 0);
	if (!bochs->regs)
		goto out_info;
	err = -ENODEV;
	if ((dispi_read(bochs, DISPI_ID) & DISPI_ID_MASK) == DISPI_ID_BOCHS)
		err = describe(info, pdev);
	if (!err)
		err = register_framebuffer(info);
	if (err)
		goto out_unmap;
	pci_set_drvdata(pdev, info);
	return 0;

out_unmap:
	pci_iounmap(pdev, bochs->regs);
out_info:
	framebuffer_release(info);
out_regions:
	pci_release_regions(pdev);
out_disable:
	pci_disable_device(pdev);
	return err;
}

static void bochs_remove(struct pci_dev *pdev)
{
	struct fb_info *info = pci_get_drvdata(pdev);
	struct bochs *bochs = info->par;

	unregister_framebuffer(info);
	if (info->screen_base)
		iounmap(info->screen_base);
	pci_iounmap(pdev, bochs->regs);
	framebuffer_release(info);
	pci_release_regions(pdev);
	pci_disable_device(pdev);
}

static const struct pci_device_id bochs_ids[] = {
	{ PCI_DEVICE(PCI_VENDOR_ID_QEMU, PCI_DEVICE_ID_QEMU_VGA) },
	{ }
};
MODULE_DEVICE_TABLE(pci, bochs_ids);

static struct pci_driver bochs_driver = {
	.name		= "bochs",
	.id_table	= bochs_ids,
	.probe		= bochs_probe,
	.remove		= bochs_remove,
};
module_pci_driver(bochs_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Frame buffer of QEMU's standard display adaptor");
