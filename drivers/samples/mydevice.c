/*
 * A platform device with attributes: /sys/devices/platform/mydevice/{status,speed,model},
 * and /dev/mydev0 and /dev/mydev1 of the class mydev, whose ioctl sets and tells the same
 * values, both at once.  One value a file needs no program; one ioctl is one step.
 *
 *	cat status	-> show()  ->  mydev.status
 *	echo N >speed	-> store() ->  mydev.speed	<- ioctl() <- a program
 *
 * There is no hardware: MYDEV_SET_STATE is also what plays it, a status register
 * that may say anything.  probe() hangs its attributes on dev.groups, the driver
 * brings one more by dev_groups.
 *
 * Context: process.  sysfs takes the attributes away before remove(), and waits for
 * those who are in one; open files hold the module.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "mydevice.h"

#define MYDEV_NODES	2

struct mydev {
	struct mutex lock;
	struct mydev_state state;	/* lock */
};

static struct platform_device *platform;
static struct class *class;
static struct cdev cdev;
static dev_t first;

/* ------------------------------------------------------------------ attributes */

static ssize_t status_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	static const char *const names[] = {
		[MYDEV_IDLE] = "idle", [MYDEV_ACTIVE] = "active", [MYDEV_ERROR] = "error",
	};
	struct mydev *mydev = dev_get_drvdata(dev);
	u32 status = READ_ONCE(mydev->state.status);

	return sysfs_emit(buf, "%s\n", status < ARRAY_SIZE(names) ? names[status] : "unknown");
}
static DEVICE_ATTR_RO(status);

static ssize_t speed_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct mydev *mydev = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%u\n", READ_ONCE(mydev->state.speed));
}

static int set_state(struct mydev *mydev, const u32 *status, u32 speed)
{
	if (!speed || speed > MYDEV_MAX_SPEED)
		return -EINVAL;
	mutex_lock(&mydev->lock);
	if (status)
		mydev->state.status = *status;
	mydev->state.speed = speed;
	mutex_unlock(&mydev->lock);
	return 0;
}

static ssize_t speed_store(struct device *dev, struct device_attribute *attr, const char *buf,
			   size_t count)
{
	unsigned int speed;
	int err = kstrtouint(buf, 0, &speed);

	return err ?: set_state(dev_get_drvdata(dev), NULL, speed) ?: count;
}
static DEVICE_ATTR_RW(speed);

static struct attribute *mydev_attrs[] = { &dev_attr_status.attr, &dev_attr_speed.attr, NULL };
ATTRIBUTE_GROUPS(mydev);

static ssize_t model_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "sample\n");
}
static DEVICE_ATTR_RO(model);

static struct attribute *driver_attrs[] = { &dev_attr_model.attr, NULL };
ATTRIBUTE_GROUPS(driver);

/* ------------------------------------------------------------------ the same by ioctl */

static long mydev_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct mydev *mydev = platform_get_drvdata(platform);
	void __user *argp = (void __user *)arg;
	struct mydev_state state;

	switch (cmd) {
	case MYDEV_GET_STATE:
		mutex_lock(&mydev->lock);
		state = mydev->state;
		mutex_unlock(&mydev->lock);
		return copy_to_user(argp, &state, sizeof(state)) ? -EFAULT : 0;
	case MYDEV_SET_STATE:
		if (copy_from_user(&state, argp, sizeof(state)))
			return -EFAULT;
		return set_state(mydev, &state.status, state.speed);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations mydev_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = mydev_ioctl,
};

/* ------------------------------------------------------------------ driver and device */

static int mydev_probe(struct platform_device *pdev)
{
	struct mydev *mydev = devm_kzalloc(&pdev->dev, sizeof(*mydev), GFP_KERNEL);

	if (!mydev)
		return -ENOMEM;
	mutex_init(&mydev->lock);
	mydev->state = (struct mydev_state){ .status = MYDEV_ACTIVE, .speed = 115200 };
	platform_set_drvdata(pdev, mydev);
	pdev->dev.groups = mydev_groups;
	return 0;
}

static struct platform_driver mydev_driver = {
	.probe = mydev_probe,
	.driver = {
		.name = "mydevice",
		.dev_groups = driver_groups,
		.suppress_bind_attrs = true,	/* the nodes count on the device */
	},
};

static int make_nodes(void)
{
	int err = alloc_chrdev_region(&first, 0, MYDEV_NODES, "mydev");

	if (err)
		return err;
	cdev_init(&cdev, &mydev_fops);
	cdev.owner = THIS_MODULE;
	err = cdev_add(&cdev, first, MYDEV_NODES);
	if (err)
		goto out_region;
	class = class_create(THIS_MODULE, "mydev");
	if (IS_ERR(class)) {
		err = PTR_ERR(class);
		goto out_cdev;
	}
	for (int i = 0; i < MYDEV_NODES; i++) {
		struct device *dev = device_create(class, NULL, first + i, NULL, "mydev%d", i);

		if (IS_ERR(dev)) {
			err = PTR_ERR(dev);
			goto out_nodes;
		}
	}
	return 0;

out_nodes:
	device_destroy(class, first);		/* of those that are not there, nothing happens */
	class_destroy(class);
out_cdev:
	cdev_del(&cdev);
out_region:
	unregister_chrdev_region(first, MYDEV_NODES);
	return err;
}

static int __init mydev_init(void)
{
	int err = platform_driver_register(&mydev_driver);

	if (err)
		return err;
	platform = platform_device_register_simple("mydevice", -1, NULL, 0);
	if (IS_ERR(platform)) {
		err = PTR_ERR(platform);
		goto out_driver;
	}
	err = platform_get_drvdata(platform) ? make_nodes() : -ENODEV;
	if (err)
		goto out_device;
	return 0;

out_device:
	platform_device_unregister(platform);
out_driver:
	platform_driver_unregister(&mydev_driver);
	return err;
}

static void __exit mydev_exit(void)
{
	for (int i = 0; i < MYDEV_NODES; i++)
		device_destroy(class, first + i);
	class_destroy(class);
	cdev_del(&cdev);
	unregister_chrdev_region(first, MYDEV_NODES);
	platform_device_unregister(platform);
	platform_driver_unregister(&mydev_driver);
}

module_init(mydev_init);
module_exit(mydev_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a platform device with attributes");
