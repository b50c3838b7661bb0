/*
 * misc.c - single devices that share major 10, so that a driver with one node
 * needs no major of its own.
 *
 * open() finds the device by minor, puts its operations into the file in place
 * of ours and leaves the device in private_data for its own open().
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#define DYNAMIC_MINORS 64		/* handed out from 63 down */

static DEFINE_MUTEX(misc_mtx);
static LIST_HEAD(misc_list);				/* [m] misc_mtx */
static DECLARE_BITMAP(misc_minors, DYNAMIC_MINORS);	/* [m] taken */
static struct class *misc_class;

static struct miscdevice *misc_find(int minor)
{
	struct miscdevice *misc;

	lockdep_assert_held(&misc_mtx);
	list_for_each_entry(misc, &misc_list, list)
		if (misc->minor == minor)
			return misc;
	return NULL;
}

static int misc_open(struct inode *inode, struct file *file)
{
	const struct file_operations *fops;
	struct miscdevice *misc;
	int err = -ENODEV;

	mutex_lock(&misc_mtx);
	misc = misc_find(iminor(inode));
	fops = misc ? fops_get(misc->fops) : NULL;	/* NULL: the driver's module is going */
	if (!fops)
		goto out;
	file->private_data = misc;
	replace_fops(file, fops);
	err = fops->open ? fops->open(inode, file) : 0;
out:
	mutex_unlock(&misc_mtx);
	return err;
}

static const struct file_operations misc_fops = {
	.open	= misc_open,
	.llseek	= noop_llseek,
};

/* [m] held.  A free minor, or -EBUSY. */
static int misc_pick_minor(void)
{
	int i = find_first_zero_bit(misc_minors, DYNAMIC_MINORS);

	if (i >= DYNAMIC_MINORS)
		return -EBUSY;
	set_bit(i, misc_minors);
	return DYNAMIC_MINORS - 1 - i;
}

/* [m] held. */
static void misc_give_back(int minor)
{
	if (minor < DYNAMIC_MINORS)
		clear_bit(DYNAMIC_MINORS - 1 - minor, misc_minors);
}

/*
 * Makes misc openable as /dev/<name>.  With MISC_DYNAMIC_MINOR it gets a minor,
 * told in misc->minor.  0, -EBUSY (the minor is taken, or none is free), or what
 * making the node says.  Context: process, may sleep.
 */
int misc_register(struct miscdevice *misc)
{
	bool dynamic = misc->minor == MISC_DYNAMIC_MINOR;
	int err;

	mutex_lock(&misc_mtx);
	err = dynamic ? misc_pick_minor() : misc->minor;
	if (err < 0)
		goto out;
	misc->minor = err;
	err = -EBUSY;
	if (misc_find(misc->minor))
		goto out_minor;
	misc->this_device = device_create_with_groups(misc_class, misc->parent,
						      MKDEV(MISC_MAJOR, misc->minor), misc,
						      misc->groups, "%s", misc->name);
	err = PTR_ERR_OR_ZERO(misc->this_device);
	if (err)
		goto out_minor;
	list_add(&misc->list, &misc_list);
	goto out;
out_minor:
	if (dynamic) {
		misc_give_back(misc->minor);
		misc->minor = MISC_DYNAMIC_MINOR;
	}
out:
	mutex_unlock(&misc_mtx);
	return err;
}
EXPORT_SYMBOL(misc_register);

/* Context: process, may sleep. */
void misc_deregister(struct miscdevice *misc)
{
	mutex_lock(&misc_mtx);
	list_del(&misc->list);
	device_destroy(misc_class, MKDEV(MISC_MAJOR, misc->minor));
	misc_give_back(misc->minor);
	mutex_unlock(&misc_mtx);
}
EXPORT_SYMBOL(misc_deregister);

struct miscdevice *misc_of_module(const struct module *mod)
{
	struct miscdevice *misc, *found = NULL;

	mutex_lock(&misc_mtx);
	list_for_each_entry(misc, &misc_list, list)
		if (within_module((unsigned long)misc, mod) || within_module((unsigned long)misc->fops, mod))
			found = misc;
	mutex_unlock(&misc_mtx);
	return found;
}

static char *misc_devnode(struct device *dev, umode_t *mode)
{
	const struct miscdevice *misc = dev_get_drvdata(dev);

	if (mode && misc->mode)
		*mode = misc->mode;
	return misc->nodename ? kstrdup(misc->nodename, GFP_KERNEL) : NULL;
}

/* /proc/misc: minor and name. */
static int misc_show(struct seq_file *m, void *v)
{
	struct miscdevice *misc;

	mutex_lock(&misc_mtx);
	list_for_each_entry(misc, &misc_list, list)
		seq_printf(m, "%3d %s\n", misc->minor, misc->name);
	mutex_unlock(&misc_mtx);
	return 0;
}

static int __init misc_init(void)
{
	misc_class = class_create(THIS_MODULE, "misc");
	if (IS_ERR(misc_class))
		return PTR_ERR(misc_class);
	misc_class->devnode = misc_devnode;
	proc_create_single("misc", 0, NULL, misc_show);
	return register_chrdev(MISC_MAJOR, "misc", &misc_fops);
}
subsys_initcall(misc_init);
