/*
 * The way from a device number to a node, step by step: numbers, cdev, class, device; and back.
 */
#include <kunit/test.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/string.h>

#define NAME	"cdev-test"
#define CLASS	"cdev-test-class"

static const struct file_operations fops = { .llseek = no_llseek };

/* Of nodes alone: when suites run at boot, nothing is mounted on /sys. */
static bool there(const char *name)
{
	struct path path;

	if (kern_path(name, LOOKUP_FOLLOW, &path))
		return false;
	path_put(&path);
	return true;
}

/* contract: S3-08 S3-09 */
static void a_node_comes_with_the_device(struct kunit *test)
{
	struct class *class;
	struct device *dev;
	static struct cdev cdev;
	dev_t number;

	KUNIT_ASSERT_EQ(test, alloc_chrdev_region(&number, 5, 2, NAME), 0);
	KUNIT_EXPECT_EQ(test, MINOR(number), 5u);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(number + 1, 1, NAME), -EBUSY);
	cdev_init(&cdev, &fops);
	KUNIT_EXPECT_EQ(test, cdev_add(&cdev, number, 2), 0);
	class = class_create(THIS_MODULE, CLASS);
	KUNIT_ASSERT_FALSE(test, IS_ERR(class));
	KUNIT_EXPECT_FALSE(test, there("/dev/" NAME "1"));	/* the cdev alone makes none */
	dev = device_create(class, NULL, number + 1, &cdev, NAME "%d", 1);
	KUNIT_ASSERT_FALSE(test, IS_ERR(dev));
	KUNIT_EXPECT_PTR_EQ(test, dev_get_drvdata(dev), &cdev);
	KUNIT_EXPECT_EQ(test, dev->devt, number + 1);
	KUNIT_EXPECT_TRUE(test, there("/dev/" NAME "1"));
	KUNIT_EXPECT_FALSE(test, there("/dev/" NAME "0"));
	KUNIT_EXPECT_TRUE(test, IS_ERR(device_create(class, NULL, number, NULL, NAME "%d", 1)));
	device_destroy(class, number + 1);
	KUNIT_EXPECT_FALSE(test, there("/dev/" NAME "1"));
	cdev_del(&cdev);
	class_destroy(class);
	unregister_chrdev_region(number, 2);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(number, 2, NAME), 0);	/* free again */
	unregister_chrdev_region(number, 2);
}

/* contract: S3-08 S3-10 */
static void a_class_ends_once(struct kunit *test)
{
	for (int i = 0; i < 3; i++) {
		struct class *class = class_create(CLASS);	/* by its name alone, too */

		KUNIT_ASSERT_FALSE(test, IS_ERR(class));
		KUNIT_EXPECT_TRUE(test, IS_ERR(class_create(THIS_MODULE, CLASS)));	/* taken */
		class_unregister(class);
		class_destroy(class);			/* KASAN sees a second kfree() */
	}
}

struct part {
	int before;
	struct cdev cdev;
};

/* contract: S3-11 */
static void the_whole_is_found_from_its_part(struct kunit *test)
{
	struct part *part = kzalloc(sizeof(*part), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, part);
	KUNIT_EXPECT_NULL(test, memchr_inv(part, 0, sizeof(*part)));
	KUNIT_EXPECT_PTR_EQ(test, container_of(&part->cdev, struct part, cdev), part);
	KUNIT_EXPECT_GE(test, pr_err("cdev_test: an error, as drivers say it\n"), 0);
	kfree(part);
}

static struct kunit_case cdev_cases[] = {
	KUNIT_CASE(a_node_comes_with_the_device), KUNIT_CASE(a_class_ends_once),
	KUNIT_CASE(the_whole_is_found_from_its_part), {}
};

static struct kunit_suite cdev_suite = {
	.name = "cdev",
	.test_cases = cdev_cases,
};
kunit_test_suite(cdev_suite);
