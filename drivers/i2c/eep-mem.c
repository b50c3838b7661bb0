/*
 * /dev/eep-mem0 to 7: the eight EEPROMs of 256 bytes on the SMBus, each a bank of one device
 * of 2048. The driver of S3's chapter, as one can be used.
 *
 *	read, write	at f_pos, up to the end of the bank: behind it a read gives 0 bytes, a
 *			write is EINVAL; EIO is the chip's fault, EFAULT the program's
 *	lseek		SEEK_SET, SEEK_CUR, SEEK_END
 *	ioctl		<linux/eep_ioctl.h>
 *	/sys/class/eep-class/eep-memN: part_name, size
 *
 * Each bank is a client of the bus "i2c"; init looks which addresses answer, and probe()
 * makes the node. A bank whose chip has gone (its adapter was removed) answers ENODEV to
 * who has it open. Chips take a page of 16 bytes at a time, so no write crosses one.
 *
 * Context: process. Lock: bank->lock, taken before the adapter's.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/eep_ioctl.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define EEP_NBANK	8
#define EEP_DEVICE_NAME	"eep-mem"
#define EEP_CLASS	"eep-class"
#define EEP_BANK_SIZE	256
#define EEP_SIZE	(EEP_NBANK * EEP_BANK_SIZE)
#define EEP_PAGE	16
#define EEP_ADDR	0x50		/* of bank 0; the others follow */
#define EEP_ERASED	0xff

struct eep_bank {
	struct cdev cdev;		/* there as long as the module: open() says who has a chip */
	struct mutex lock;		/* this is l */
	struct i2c_client *client;	/* [l] NULL: no chip */
	char name[MAX_PART_NAME];	/* [l] ends with 0 */
	int users;			/* [l] openings */
};

static struct eep_bank banks[EEP_NBANK];
static struct i2c_client *ours[EEP_NBANK];	/* made and held by init; NULL: the chip is silent, or another's client */
static struct class *eep_class;
static dev_t first_devt;

static int bus;
module_param(bus, int, 0444);
MODULE_PARM_DESC(bus, "number of the I2C adapter");

static int bank_nr(const struct eep_bank *bank)
{
	return bank - banks;
}

/* ------------------------------------------------------------------ the chip */

/* Fills buf from the chip, two bytes at a time where there are two. 0, -ENODEV or -EIO. */
static int chip_read(struct eep_bank *bank, u8 *buf, unsigned int at, unsigned int count)
{
	lockdep_assert_held(&bank->lock);
	if (!bank->client)
		return -ENODEV;
	while (count) {
		unsigned int now = count >= 2 ? 2 : 1;
		s32 got = now == 2 ? i2c_smbus_read_word_data(bank->client, at)
				   : i2c_smbus_read_byte_data(bank->client, at);

		if (got < 0)
			return -EIO;
		memcpy(buf, &got, now);
		buf += now;
		at += now;
		count -= now;
	}
	return 0;
}

/* The same for a piece within one page. */
static int chip_write(struct eep_bank *bank, const u8 *buf, unsigned int at, unsigned int count)
{
	lockdep_assert_held(&bank->lock);
	if (!bank->client)
		return -ENODEV;
	while (count) {
		unsigned int now = count >= 2 ? 2 : 1;
		s32 err = now == 2 ? i2c_smbus_write_word_data(bank->client, at, buf[0] | buf[1] << 8)
				   : i2c_smbus_write_byte_data(bank->client, at, buf[0]);

		if (err < 0)
			return -EIO;
		buf += now;
		at += now;
		count -= now;
	}
	return 0;
}

/* ------------------------------------------------------------------ methods */

static int eep_open(struct inode *inode, struct file *file)
{
	struct eep_bank *bank = container_of(inode->i_cdev, struct eep_bank, cdev);
	int err = -ENODEV;

	mutex_lock(&bank->lock);
	if (bank->client) {
		bank->users++;
		file->private_data = bank;
		err = 0;
	}
	mutex_unlock(&bank->lock);
	return err;
}

static int eep_release(struct inode *inode, struct file *file)
{
	struct eep_bank *bank = file->private_data;

	mutex_lock(&bank->lock);
	bank->users--;
	mutex_unlock(&bank->lock);
	return 0;
}

static ssize_t eep_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct eep_bank *bank = file->private_data;
	u8 data[EEP_BANK_SIZE];
	int err;

	if (*ppos >= EEP_BANK_SIZE)
		return 0;
	count = min_t(size_t, count, EEP_BANK_SIZE - *ppos);
	if (mutex_lock_interruptible(&bank->lock))
		return -ERESTARTSYS;
	err = chip_read(bank, data, *ppos, count);
	mutex_unlock(&bank->lock);
	if (err)
		return err;
	if (copy_to_user(buf, data, count))
		return -EFAULT;
	*ppos += count;
	return count;
}

/* Page by page. What an error leaves behind it was written, and is the result. */
static ssize_t eep_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct eep_bank *bank = file->private_data;
	unsigned int at = *ppos, now;
	u8 data[EEP_BANK_SIZE];
	size_t done;
	int err = 0;

	if (*ppos >= EEP_BANK_SIZE)
		return -EINVAL;
	count = min_t(size_t, count, EEP_BANK_SIZE - at);
	if (copy_from_user(data, buf, count))
		return -EFAULT;
	if (mutex_lock_interruptible(&bank->lock))
		return -ERESTARTSYS;
	for (done = 0; done < count; done += now) {
		now = min_t(size_t, count - done, EEP_PAGE - (at + done) % EEP_PAGE);
		err = chip_write(bank, data + done, at + done, now);
		if (err)
			break;
	}
	mutex_unlock(&bank->lock);
	if (err && !done)
		return err;
	*ppos += done;
	return done;
}

static loff_t eep_llseek(struct file *file, loff_t offset, int whence)
{
	loff_t pos;

	switch (whence) {
	case SEEK_SET:
		pos = offset;
		break;
	case SEEK_CUR:
		pos = file->f_pos + offset;
		break;
	case SEEK_END:
		pos = EEP_BANK_SIZE + offset;
		break;
	default:
		return -EINVAL;
	}
	if (pos < 0)
		return -EINVAL;
	file->f_pos = pos;
	return pos;
}

static int eep_erase(struct eep_bank *bank)
{
	u8 page[EEP_PAGE];
	int err = 0;

	memset(page, EEP_ERASED, sizeof(page));
	mutex_lock(&bank->lock);
	for (int at = 0; at < EEP_BANK_SIZE && !err; at += EEP_PAGE)
		err = chip_write(bank, page, at, EEP_PAGE);
	mutex_unlock(&bank->lock);
	return err;
}

/* Reads user memory no further than the string goes. */
static int eep_rename(struct eep_bank *bank, const char __user *arg)
{
	char name[MAX_PART_NAME];
	long len = strncpy_from_user(name, arg, sizeof(name));

	if (len < 0)
		return len;
	if (len == sizeof(name))
		return -EINVAL;
	mutex_lock(&bank->lock);
	strscpy(bank->name, name, sizeof(bank->name));
	mutex_unlock(&bank->lock);
	return 0;
}

static long eep_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct eep_bank *bank = file->private_data;
	void __user *argp = (void __user *)arg;
	char name[MAX_PART_NAME] = "";
	struct eep_foo foo = { .bank = bank_nr(bank), .bank_size = EEP_BANK_SIZE };

	switch (cmd) {
	case EEP_ERASE:
		return eep_erase(bank);
	case EEP_RENAME_PART:
		return eep_rename(bank, argp);
	case EEP_GET_SIZE:
		return put_user(EEP_SIZE, (int __user *)argp);
	case EEP_GET_FOO:
		mutex_lock(&bank->lock);
		foo.users = bank->users;
		mutex_unlock(&bank->lock);
		return copy_to_user(argp, &foo, sizeof(foo)) ? -EFAULT : 0;
	case EEP_GET_NAME:
		mutex_lock(&bank->lock);
		strscpy(name, bank->name, sizeof(name));
		mutex_unlock(&bank->lock);
		return copy_to_user(argp, name, sizeof(name)) ? -EFAULT : 0;
	}
	return -ENOTTY;
}

static const struct file_operations eep_fops = {
	.owner = THIS_MODULE,
	.open = eep_open,
	.release = eep_release,
	.read = eep_read,
	.write = eep_write,
	.llseek = eep_llseek,
	.unlocked_ioctl = eep_ioctl,
};

/* ------------------------------------------------------------------ sysfs */

static ssize_t part_name_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct eep_bank *bank = dev_get_drvdata(dev);
	ssize_t len;

	mutex_lock(&bank->lock);
	len = sysfs_emit(buf, "%s\n", bank->name);
	mutex_unlock(&bank->lock);
	return len;
}
static DEVICE_ATTR_RO(part_name);

static ssize_t size_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", EEP_BANK_SIZE);
}
static DEVICE_ATTR_RO(size);

static struct attribute *eep_attrs[] = { &dev_attr_part_name.attr, &dev_attr_size.attr, NULL };
ATTRIBUTE_GROUPS(eep);

/* ------------------------------------------------------------------ coming and going */

static void set_client(struct eep_bank *bank, struct i2c_client *client)
{
	mutex_lock(&bank->lock);
	bank->client = client;
	mutex_unlock(&bank->lock);
}

static int eep_probe(struct i2c_client *client, const struct i2c_device_id *id)
{
	int nr = client->addr - EEP_ADDR;
	struct eep_bank *bank;
	struct device *dev;

	if (nr < 0 || nr >= EEP_NBANK)
		return -ENODEV;
	bank = &banks[nr];
	if (bank->client)		/* on another adapter; probing is one at a time for us */
		return -EBUSY;
	snprintf(bank->name, sizeof(bank->name), "bank%d", nr);
	i2c_set_clientdata(client, bank);
	set_client(bank, client);
	dev = device_create(eep_class, &client->dev, bank->cdev.dev, bank, EEP_DEVICE_NAME "%d", nr);
	if (IS_ERR(dev))
		set_client(bank, NULL);
	return PTR_ERR_OR_ZERO(dev);
}

static int eep_remove(struct i2c_client *client)
{
	struct eep_bank *bank = i2c_get_clientdata(client);

	device_destroy(eep_class, bank->cdev.dev);
	set_client(bank, NULL);
	return 0;
}

static const struct i2c_device_id eep_ids[] = { { "eep" }, { } };
MODULE_DEVICE_TABLE(i2c, eep_ids);

static struct i2c_driver eep_driver = {
	.driver.name = "eep-mem",
	.probe = eep_probe,
	.remove = eep_remove,
	.id_table = eep_ids,
};

/* Bound or not: a program may have unbound one. Those whose adapter went have gone with it. */
static void remove_clients(void)
{
	for (int i = 0; i < EEP_NBANK; i++) {
		if (ours[i] && device_is_registered(&ours[i]->dev))
			i2c_unregister_device(ours[i]);
		if (ours[i])
			put_device(&ours[i]->dev);
		ours[i] = NULL;
	}
}

/* A cdev for each bank; it fails at none, for there are methods and numbers. */
static int add_cdevs(void)
{
	int err = alloc_chrdev_region(&first_devt, 0, EEP_NBANK, EEP_DEVICE_NAME);

	for (int i = 0; i < EEP_NBANK && !err; i++) {
		mutex_init(&banks[i].lock);
		cdev_init(&banks[i].cdev, &eep_fops);
		banks[i].cdev.owner = THIS_MODULE;
		err = cdev_add(&banks[i].cdev, MKDEV(MAJOR(first_devt), MINOR(first_devt) + i), 1);
	}
	return err;
}

static void remove_cdevs(void)
{
	for (int i = 0; i < EEP_NBANK; i++)
		cdev_del(&banks[i].cdev);
	unregister_chrdev_region(first_devt, EEP_NBANK);
}

/* A client for each address that answers and has none yet. */
static void add_clients(struct i2c_adapter *adapter)
{
	for (int i = 0; i < EEP_NBANK; i++) {
		struct i2c_board_info info = { I2C_BOARD_INFO("eep", EEP_ADDR + i) };
		struct i2c_client *client;
		union i2c_smbus_data data;

		if (i2c_smbus_xfer(adapter, info.addr, 0, I2C_SMBUS_READ, 0, I2C_SMBUS_BYTE, &data) < 0)
			continue;
		client = i2c_new_client_device(adapter, &info);
		if (IS_ERR(client))
			continue;
		get_device(&client->dev);
		ours[i] = client;
	}
}

/* Whose client was there before it is as good. */
static bool any_bank(void)
{
	for (int i = 0; i < EEP_NBANK; i++)
		if (READ_ONCE(banks[i].client))
			return true;
	return false;
}

static int __init eep_init(void)
{
	struct i2c_adapter *adapter = i2c_get_adapter(bus);
	int err;

	if (!adapter)
		return -ENODEV;
	err = add_cdevs();
	if (err)
		goto out_put_adapter;
	eep_class = class_create(THIS_MODULE, EEP_CLASS);
	err = PTR_ERR_OR_ZERO(eep_class);
	if (err)
		goto out_cdevs;
	eep_class->dev_groups = eep_groups;
	err = i2c_add_driver(&eep_driver);
	if (err)
		goto out_class;
	add_clients(adapter);
	err = -ENODEV;
	if (!any_bank())
		goto out_driver;
	i2c_put_adapter(adapter);	/* it may go, and our clients with it */
	return 0;

out_driver:
	remove_clients();
	i2c_del_driver(&eep_driver);
out_class:
	class_destroy(eep_class);
out_cdevs:
	remove_cdevs();
out_put_adapter:
	i2c_put_adapter(adapter);
	return err;
}

static void __exit eep_exit(void)
{
	remove_clients();
	i2c_del_driver(&eep_driver);
	class_destroy(eep_class);
	remove_cdevs();
}

module_init(eep_init);
module_exit(eep_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Eight banks of EEPROM on the SMBus as character devices");
