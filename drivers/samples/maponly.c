/*
 * /dev/maponly: a pseudo-device, which controls no hardware, and can only be mapped.
 *
 * Open, mmap and release are all its methods.  Its one page counts openings, and can be
 * read and written by whoever maps it.  For one user at a time (EBUSY), unless loaded with
 * many=1.
 *
 * Context: process.
 */
#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>

static bool many;
module_param(many, bool, 0444);
MODULE_PARM_DESC(many, "more than one may have it open");

static unsigned long *page;			/* [0] openings so far */
static atomic_t users = ATOMIC_INIT(0);

static int maponly_open(struct inode *inode, struct file *file)
{
	if (atomic_inc_return(&users) > 1 && !many) {
		atomic_dec(&users);
		return -EBUSY;
	}
	page[0]++;
	return 0;
}

static int maponly_release(struct inode *inode, struct file *file)
{
	atomic_dec(&users);
	return 0;
}

static int maponly_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_pgoff || vma_pages(vma) != 1)
		return -EINVAL;
	return vm_insert_page(vma, vma->vm_start, virt_to_page(page));
}

static const struct file_operations maponly_fops = {
	.owner = THIS_MODULE,
	.open = maponly_open,
	.release = maponly_release,
	.mmap = maponly_mmap,
};

static struct miscdevice maponly_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "maponly",
	.fops = &maponly_fops,
};

static int __init maponly_init(void)
{
	int err;

	page = (unsigned long *)get_zeroed_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	err = misc_register(&maponly_misc);
	if (err)
		free_page((unsigned long)page);
	return err;
}
module_init(maponly_init);

static void __exit maponly_exit(void)
{
	misc_deregister(&maponly_misc);
	free_page((unsigned long)page);		/* a mapping holds its file, and that the module */
}
module_exit(maponly_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a page to map, and nothing else");
