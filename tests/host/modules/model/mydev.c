/*
 * The device model from a module: a platform device with two attributes, whose
 * groups its probe() sets, and a class with two nodes.
 */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define MAX_SPEED	1000000

struct mydev {
	bool active;
	unsigned int speed;
};

static ssize_t status_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	const struct mydev *mydev = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%s\n", mydev->active ? "active" : "idle");
}
static DEVICE_ATTR_RO(status);

static ssize_t speed_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	const struct mydev *mydev = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%u\n", mydev->speed);
}

static ssize_t speed_store(struct device *dev, struct device_attribute *attr, const char *buf,
			   size_t count)
{
	struct mydev *mydev = dev_get_drvdata(dev);
	unsigned int speed;
	int err = kstrtouint(buf, 0, &speed);

	if (err)
		return err;
	if (!speed || speed > MAX_SPEED)
		return -EINVAL;
	mydev->speed = speed;
	return count;
}
static DEVICE_ATTR_RW(speed);

static struct attribute *mydev_attrs[] = { &dev_attr_status.attr, &dev_attr_speed.attr, NULL };
ATTRIBUTE_GROUPS(mydev);

static int mydev_probe(struct platform_device *pdev)
{
	struct mydev *mydev = devm_kzalloc(&pdev->dev, sizeof(*mydev), GFP_KERNEL);

	if (!mydev)
		return -ENOMEM;
	mydev->active = true;
	mydev->speed = 115200;
	platform_set_drvdata(pdev, mydev);
	pdev->dev.groups = mydev_groups;
	return 0;
}

static struct platform_driver mydev_driver = {
	.probe = mydev_probe,
	.driver = { .name = "mydevice" },
};

static const struct file_operations mydev_fops = { .owner = THIS_MODULE };
static struct platform_device *pdev;
static struct class *class;
static struct cdev cdev;
static dev_t first;

static int __init mydev_init(void)
{
	int err;

	err = platform_driver_register(&mydev_driver);
	if (err)
		return err;
	pdev = platform_device_register_simple("mydevice", -1, NULL, 0);
	if (IS_ERR(pdev)) {
		err = PTR_ERR(pdev);
		goto out_driver;
	}
	err = alloc_chrdev_region(&first, 0, 2, "mydev");
	if (err)
		goto out_device;
	cdev_init(&cdev, &mydev_fops);
	cdev.owner = THIS_MODULE;
	err = cdev_add(&cdev, first, 2);
	if (err)
		goto out_region;
	class = class_create(THIS_MODULE, "mydev");
	if (IS_ERR(class)) {
		err = PTR_ERR(class);
		goto out_cdev;
	}
	device_create(class, NULL, first, NULL, "mydev%d", 0);
	device_create(class, NULL, first + 1, NULL, "mydev%d", 1);
	return 0;

out_cdev:
	cdev_del(&cdev);
out_region:
	unregister_chrdev_region(first, 2);
out_device:
	platform_device_unregister(pdev);
out_driver:
	platform_driver_unregister(&mydev_driver);
	return err;
}

static void __exit mydev_exit(void)
{
	device_destroy(class, first);
	device_destroy(class, first + 1);
	class_unregister(class);
	class_destroy(class);		/* after the other: harmless */
	cdev_del(&cdev);
	unregister_chrdev_region(first, 2);
	platform_device_unregister(pdev);
	platform_driver_unregister(&mydev_driver);
}

module_init(mydev_init);
module_exit(mydev_exit);
MODULE_LICENSE("GPL");
