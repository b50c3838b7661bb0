/*
 * One driver, eight devices: memory as banks, each with a cdev, a node and a link of its own.
 *
 *	alloc_chrdev_region()	eight numbers of a major that is free
 *	class_create()		/sys/class/bank-class
 *	cdev_add()		opens of the number reach us; there is no node yet
 *	device_create()		/dev/bank-mem0 … 7, /sys/class/bank-class/bank-mem0 … 7
 *
 * and back in reverse. Reads end at the bank's end; a write there is EINVAL, one that reaches over
 * it is cut. The same rules as the EEPROMs' (drivers/i2c/eep-mem.c), without the hardware.
 *
 * Context: process. Lock: bank->lock for the memory.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define NBANK		8
#define BANK_SIZE	256

struct bank {
	struct cdev cdev;
	struct mutex lock;		/* this is l */
	u8 *data;			/* [l] BANK_SIZE, made by the first open; kept until unload */
};

static struct bank banks[NBANK];
static struct class *bank_class;
static dev_t first;

static int bank_open(struct inode *inode, struct file *file)
{
	struct bank *bank = container_of(inode->i_cdev, struct bank, cdev);
	int err = 0;

	if (imajor(inode) != MAJOR(first) || iminor(inode) >= NBANK)
		return -ENODEV;
	mutex_lock(&bank->lock);
	if (!bank->data)
		bank->data = kzalloc(BANK_SIZE, GFP_KERNEL);
	if (!bank->data)
		err = -ENOMEM;
	mutex_unlock(&bank->lock);
	if (err)
		pr_err("banks: no memory for bank %u\n", iminor(inode));
	else
		file->private_data = bank;
	return err;
}

static ssize_t bank_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct bank *bank = file->private_data;
	unsigned long left;

	if (*pos >= BANK_SIZE)
		return 0;
	count = min_t(size_t, count, BANK_SIZE - *pos);
	if (mutex_lock_interruptible(&bank->lock))
		return -ERESTARTSYS;
	left = copy_to_user(buf, bank->data + *pos, count);
	mutex_unlock(&bank->lock);
	if (left)
		return -EFAULT;
	*pos += count;
	return count;
}

static ssize_t bank_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct bank *bank = file->private_data;
	u8 data[BANK_SIZE];

	if (*pos >= BANK_SIZE)
		return -EINVAL;
	count = min_t(size_t, count, BANK_SIZE - *pos);
	if (copy_from_user(data, buf, count))	/* all of it, or the bank stays as it is */
		return -EFAULT;
	if (mutex_lock_interruptible(&bank->lock))
		return -ERESTARTSYS;
	memcpy(bank->data + *pos, data, count);
	mutex_unlock(&bank->lock);
	*pos += count;
	return count;
}

static loff_t bank_llseek(struct file *file, loff_t offset, int whence)
{
	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		offset += file->f_pos;
		break;
	case SEEK_END:
		offset += BANK_SIZE;
		break;
	default:
		return -EINVAL;
	}
	if (offset < 0)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

static const struct file_operations bank_fops = {
	.owner = THIS_MODULE,
	.open = bank_open,
	.read = bank_read,
	.write = bank_write,
	.llseek = bank_llseek,
};

static void remove_bank(int i)
{
	device_destroy(bank_class, MKDEV(MAJOR(first), MINOR(first) + i));
	cdev_del(&banks[i].cdev);
	kfree(banks[i].data);
	banks[i].data = NULL;
}

static int add_bank(int i)
{
	dev_t devt = MKDEV(MAJOR(first), MINOR(first) + i);
	struct device *dev;
	int err;

	mutex_init(&banks[i].lock);
	cdev_init(&banks[i].cdev, &bank_fops);
	banks[i].cdev.owner = THIS_MODULE;
	err = cdev_add(&banks[i].cdev, devt, 1);
	if (err)
		return err;
	dev = device_create(bank_class, NULL, devt, NULL, "bank-mem%d", i);
	if (IS_ERR(dev))
		cdev_del(&banks[i].cdev);
	return PTR_ERR_OR_ZERO(dev);
}

static int __init banks_init(void)
{
	int err = alloc_chrdev_region(&first, 0, NBANK, "bank-mem"), i;

	if (err)
		return err;
	bank_class = class_create(THIS_MODULE, "bank-class");
	err = PTR_ERR_OR_ZERO(bank_class);
	if (err)
		goto out_region;
	for (i = 0; i < NBANK; i++) {
		err = add_bank(i);
		if (err)
			goto out_banks;
	}
	return 0;

out_banks:
	while (--i >= 0)
		remove_bank(i);
	class_destroy(bank_class);
out_region:
	unregister_chrdev_region(first, NBANK);
	return err;
}

static void __exit banks_exit(void)
{
	for (int i = 0; i < NBANK; i++)
		remove_bank(i);
	class_unregister(bank_class);	/* one of the two would do: */
	class_destroy(bank_class);	/* after the first the second is harmless */
	unregister_chrdev_region(first, NBANK);
}

module_init(banks_init);
module_exit(banks_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Eight banks of memory, a character device each");
