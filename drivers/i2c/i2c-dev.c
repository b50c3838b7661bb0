/*
 * /dev/i2c-N: a bus for programs, which choose a chip (I2C_SLAVE) and make SMBus transfers with it.
 *
 * A chip that a driver serves is EBUSY, as two who talk to it would confuse each other;
 * I2C_SLAVE_FORCE is for who knows better. The node comes and goes with its adapter, which waits
 * for the files that are open.
 *
 * Context: process. Lock: none; transfers lock the bus. I2C_SLAVE and a transfer at once, by two
 * threads with one file, is their own fault: the address is one word.
 */
#include <linux/fs.h>
#include <linux/i2c-dev.h>
#include <linux/init.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "i2c-core.h"

#define I2C_MAJOR	89		/* Linux's */
#define MAX_ADDR	0x7f		/* seven bits; the last eight are reserved, but a chip may not know */
#define NO_ADDR		0xffff

static struct class *i2c_dev_class;

static int has_driver(struct device *dev, void *addr)
{
	struct i2c_client *client = i2c_verify_client(dev);

	return client && client->addr == *(unsigned short *)addr && dev->driver;
}

static long choose(struct i2c_client *chip, unsigned long arg, bool force)
{
	unsigned short addr = arg;

	if (arg > MAX_ADDR)
		return -EINVAL;
	if (!force && device_for_each_child(&chip->adapter->dev, &addr, has_driver))
		return -EBUSY;
	chip->addr = addr;
	return 0;
}

/* How many bytes of the union a kind of transfer uses; -EINVAL for one that is none. */
static int data_size(u32 size)
{
	switch (size) {
	case I2C_SMBUS_QUICK:
		return 0;
	case I2C_SMBUS_BYTE:
	case I2C_SMBUS_BYTE_DATA:
		return sizeof(__u8);
	case I2C_SMBUS_WORD_DATA:
		return sizeof(__u16);
	case I2C_SMBUS_BLOCK_DATA:
		return sizeof(union i2c_smbus_data);
	}
	return -EINVAL;
}

static long transfer(struct i2c_client *chip, const struct i2c_smbus_ioctl_data __user *arg)
{
	struct i2c_smbus_ioctl_data ask;
	union i2c_smbus_data data = { };
	void __user *user;
	long err;
	int size;

	if (copy_from_user(&ask, arg, sizeof(ask)))
		return -EFAULT;
	user = (void __user __force *)ask.data;
	size = data_size(ask.size);
	if (size < 0 || ask.read_write > I2C_SMBUS_READ || chip->addr == NO_ADDR)
		return -EINVAL;
	if (ask.read_write == I2C_SMBUS_WRITE && ask.size == I2C_SMBUS_BYTE)
		size = 0;		/* the byte is the command */
	if (ask.read_write == I2C_SMBUS_WRITE && copy_from_user(&data, user, size))
		return -EFAULT;
	err = i2c_smbus_xfer(chip->adapter, chip->addr, 0, ask.read_write, ask.command, ask.size, &data);
	if (err || ask.read_write == I2C_SMBUS_WRITE)
		return err;
	return copy_to_user(user, &data, size) ? -EFAULT : 0;
}

static long i2cdev_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct i2c_client *chip = file->private_data;

	switch (cmd) {
	case I2C_SLAVE:
	case I2C_SLAVE_FORCE:
		return choose(chip, arg, cmd == I2C_SLAVE_FORCE);
	case I2C_FUNCS:
		return put_user((unsigned long)i2c_get_functionality(chip->adapter),
				(unsigned long __user *)arg);
	case I2C_SMBUS:
		return transfer(chip, (const struct i2c_smbus_ioctl_data __user *)arg);
	}
	return -ENOTTY;
}

static int i2cdev_open(struct inode *inode, struct file *file)
{
	struct i2c_client *chip = kzalloc(sizeof(*chip), GFP_KERNEL);

	if (!chip)
		return -ENOMEM;
	chip->adapter = i2c_get_adapter(iminor(inode));
	if (!chip->adapter) {
		kfree(chip);
		return -ENODEV;
	}
	chip->addr = NO_ADDR;
	file->private_data = chip;
	return 0;
}

static int i2cdev_release(struct inode *inode, struct file *file)
{
	struct i2c_client *chip = file->private_data;

	i2c_put_adapter(chip->adapter);
	kfree(chip);
	return 0;
}

static const struct file_operations i2cdev_fops = {
	.owner = THIS_MODULE,
	.open = i2cdev_open,
	.release = i2cdev_release,
	.unlocked_ioctl = i2cdev_ioctl,
	.llseek = no_llseek,
};

void i2cdev_add(struct i2c_adapter *adap)
{
	struct device *dev = device_create(i2c_dev_class, &adap->dev, MKDEV(I2C_MAJOR, adap->nr), NULL,
					   "i2c-%d", adap->nr);

	if (IS_ERR(dev))
		dev_warn(&adap->dev, "no node: %ld\n", PTR_ERR(dev));
}

void i2cdev_remove(struct i2c_adapter *adap)
{
	device_destroy(i2c_dev_class, MKDEV(I2C_MAJOR, adap->nr));
}

static int __init i2cdev_init(void)
{
	int err = register_chrdev(I2C_MAJOR, "i2c", &i2cdev_fops);

	if (err)
		return err;
	i2c_dev_class = class_create(THIS_MODULE, "i2c-dev");
	return PTR_ERR_OR_ZERO(i2c_dev_class);
}
subsys_initcall(i2cdev_init);
