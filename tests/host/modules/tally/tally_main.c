// SPDX-License-Identifier: MIT
/*
 * /dev/tally counts the bytes and lines that are written to it.
 */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "tally_int.h"

static unsigned int start;
module_param(start, uint, 0444);
MODULE_PARM_DESC(start, "number of lines to begin with");

static char *greeting = "ready";
module_param(greeting, charp, 0644);
MODULE_PARM_DESC(greeting, "what to say at the start");

struct tally tally;

static ssize_t tally_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	char *text;
	size_t i;

	if (count > PAGE_SIZE)
		count = PAGE_SIZE;
	text = memdup_user(buf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	if (mutex_lock_interruptible(&tally.lock)) {
		kfree(text);
		return -ERESTARTSYS;
	}
	tally.counts.bytes += count;
	for (i = 0; i < count; i++)
		if (text[i] == '\n')
			tally.counts.lines++;
	mutex_unlock(&tally.lock);
	kfree(text);
	return count;
}

static long tally_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct tally_counts counts;

	switch (cmd) {
	case TALLY_GET:
		mutex_lock(&tally.lock);
		counts = tally.counts;
		mutex_unlock(&tally.lock);
		if (copy_to_user((void __user *)arg, &counts, sizeof(counts)))
			return -EFAULT;
		return 0;
	case TALLY_CLEAR:
		mutex_lock(&tally.lock);
		memset(&tally.counts, 0, sizeof(tally.counts));
		mutex_unlock(&tally.lock);
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations tally_fops = {
	.owner = THIS_MODULE,
	.write = tally_write,
	.unlocked_ioctl = tally_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = no_llseek,
};

static struct miscdevice tally_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = TALLY_NAME,
	.fops = &tally_fops,
};

static int __init tally_init(void)
{
	int ret;

	mutex_init(&tally.lock);
	tally.counts.lines = start;
	ret = misc_register(&tally_misc);
	if (ret)
		return ret;
	ret = tally_proc_init();
	if (ret) {
		misc_deregister(&tally_misc);
		return ret;
	}
	pr_info("%s: %s\n", TALLY_NAME, greeting);
	return 0;
}

static void __exit tally_exit(void)
{
	tally_proc_exit();
	misc_deregister(&tally_misc);
}

module_init(tally_init);
module_exit(tally_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("counts bytes and lines");
