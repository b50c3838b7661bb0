/*
 * Character devices: numbers that conflict, dynamic majors, cdevs behind
 * numbers, and what a driver's missing methods do.
 */
#include <kunit/test.h>
#include <linux/cdev.h>
#include <linux/dcache.h>
#include <linux/device.h>
#include <linux/devtmpfs.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/namei.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

#define TEST_MAJOR	200
#define NODE		"vfs_chrdev_test"

static const struct file_operations empty_fops;

/* ------------------------------------------------------------------ numbers */

/* contract: S3-07 */
static void numbers_have_12_and_20_bits(struct kunit *test)
{
	dev_t dev = MKDEV(0xabc, 0x12345);
	struct inode inode = { .i_rdev = dev };

	KUNIT_EXPECT_EQ(test, MINORBITS, 20);
	KUNIT_EXPECT_EQ(test, MINORMASK, 0xfffffu);
	KUNIT_EXPECT_EQ(test, dev, 0xabc12345u);
	KUNIT_EXPECT_EQ(test, MAJOR(dev), 0xabcu);
	KUNIT_EXPECT_EQ(test, MINOR(dev), 0x12345u);
	KUNIT_EXPECT_EQ(test, imajor(&inode), 0xabcu);
	KUNIT_EXPECT_EQ(test, iminor(&inode), 0x12345u);
}

/* contract: S3-08 */
static void region_conflicts(struct kunit *test)
{
	dev_t dev = MKDEV(TEST_MAJOR, 10);

	KUNIT_ASSERT_EQ(test, register_chrdev_region(dev, 10, "first"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev, 10, "same"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev + 9, 10, "its last"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev - 5, 6, "its first"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev - 5, 100, "around"), -EBUSY);
	unregister_chrdev_region(dev, 10);
}

/* contract: S3-08 */
static void regions_side_by_side(struct kunit *test)
{
	dev_t dev = MKDEV(TEST_MAJOR, 10);

	KUNIT_ASSERT_EQ(test, register_chrdev_region(dev, 10, "middle"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev + 10, 10, "after"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev - 10, 10, "before"), 0);
	unregister_chrdev_region(dev, 10);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev, 10, "again"), 0);
	unregister_chrdev_region(dev - 10, 10);
	unregister_chrdev_region(dev, 10);
	unregister_chrdev_region(dev + 10, 10);
}

/* Majors 200 and 455 share a hash chain. */
static void chain_is_shared_not_numbers(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, register_chrdev_region(MKDEV(455, 0), 5, "high"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(MKDEV(TEST_MAJOR, 0), 5, "low"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(MKDEV(455, 4), 1, "taken"), -EBUSY);
	unregister_chrdev_region(MKDEV(TEST_MAJOR, 0), 5);
	unregister_chrdev_region(MKDEV(455, 0), 5);
}

/* contract: S3-07 S3-08 */
static void region_over_two_majors(struct kunit *test)
{
	dev_t dev = MKDEV(TEST_MAJOR, MINORMASK - 1);

	KUNIT_ASSERT_EQ(test, register_chrdev_region(dev, 4, "both"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(MKDEV(TEST_MAJOR + 1, 1), 1, "next"), -EBUSY);
	unregister_chrdev_region(dev, 4);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(MKDEV(TEST_MAJOR + 1, 1), 1, "next"), 0);
	unregister_chrdev_region(MKDEV(TEST_MAJOR + 1, 1), 1);
}

/* When a later major is taken, the earlier ones are given back. */
/* contract: S3-08 */
static void failed_region_leaves_nothing(struct kunit *test)
{
	dev_t dev = MKDEV(TEST_MAJOR, MINORMASK - 1);

	KUNIT_ASSERT_EQ(test, register_chrdev_region(MKDEV(TEST_MAJOR + 1, 0), 1, "wall"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev, 4, "into it"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev, 2, "up to it"), 0);
	unregister_chrdev_region(dev, 2);
	unregister_chrdev_region(MKDEV(TEST_MAJOR + 1, 0), 1);
}

static void bad_regions(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, register_chrdev_region(MKDEV(512, 0), 1, "major"), -EINVAL);
	KUNIT_EXPECT_EQ(test, register_chrdev(600, "major", &empty_fops), -EINVAL);
}

/* contract: S3-01 S3-08 */
static void dynamic_majors_differ(struct kunit *test)
{
	dev_t a, b;

	KUNIT_ASSERT_EQ(test, alloc_chrdev_region(&a, 3, 2, "a"), 0);
	KUNIT_ASSERT_EQ(test, alloc_chrdev_region(&b, 0, 1, "b"), 0);
	KUNIT_EXPECT_EQ(test, MINOR(a), 3u);
	KUNIT_EXPECT_NE(test, MAJOR(a), MAJOR(b));
	KUNIT_EXPECT_LE(test, MAJOR(a), 254u);
	KUNIT_EXPECT_GE(test, MAJOR(a), 234u);
	KUNIT_EXPECT_LT(test, MAJOR(b), MAJOR(a));
	unregister_chrdev_region(b, 1);
	unregister_chrdev_region(a, 2);
}

/* contract: S3-08 */
static void register_chrdev_gives_major(struct kunit *test)
{
	int major = register_chrdev(0, "dynamic", &empty_fops);

	KUNIT_ASSERT_GT(test, major, 0);
	KUNIT_EXPECT_EQ(test, register_chrdev(major, "same", &empty_fops), -EBUSY);
	unregister_chrdev(major, "dynamic");
	KUNIT_EXPECT_EQ(test, register_chrdev(major, "again", &empty_fops), 0);
	unregister_chrdev(major, "again");
}

/* ------------------------------------------------------------------ opening */

static int opens, releases;

static int count_open(struct inode *inode, struct file *file)
{
	opens++;
	file->private_data = (void *)(unsigned long)iminor(inode);
	return iminor(inode) == 3 ? -EBUSY : 0;
}

static int count_release(struct inode *inode, struct file *file)
{
	releases++;
	return 0;
}

static const struct file_operations counting_fops = {
	.open = count_open,
	.release = count_release,
};

static struct file *open_node(dev_t dev)
{
	struct file *file;

	devtmpfs_create_node(dev, 0600, NODE, S_IFCHR);
	file = filp_open("/dev/" NODE, O_RDWR, 0);
	devtmpfs_delete_node(NODE);
	return file;
}

/* contract: S1-01 */
static void open_without_driver(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, PTR_ERR(open_node(MKDEV(TEST_MAJOR, 1))), -ENXIO);
}

/* contract: S0-03 S1-01 S3-02 S3-08 */
static void open_finds_driver_by_minor(struct kunit *test)
{
	struct cdev cdev;
	struct file *file;

	opens = releases = 0;
	cdev_init(&cdev, &counting_fops);
	KUNIT_ASSERT_EQ(test, cdev_add(&cdev, MKDEV(TEST_MAJOR, 1), 3), 0);
	file = open_node(MKDEV(TEST_MAJOR, 2));
	KUNIT_EXPECT_FALSE(test, IS_ERR(file));
	if (!IS_ERR(file)) {
		KUNIT_EXPECT_PTR_EQ(test, file->f_op, &counting_fops);
		KUNIT_EXPECT_EQ(test, (unsigned long)file->private_data, 2ul);
		get_file(file);
		fput(file);
		KUNIT_EXPECT_EQ(test, releases, 0);	/* not the last reference */
		fput(file);
	}
	KUNIT_EXPECT_EQ(test, opens, 1);
	KUNIT_EXPECT_EQ(test, releases, 1);
	KUNIT_EXPECT_EQ(test, PTR_ERR(open_node(MKDEV(TEST_MAJOR, 3))), -EBUSY);
	KUNIT_EXPECT_EQ(test, releases, 1);		/* its open failed: no release */
	KUNIT_EXPECT_EQ(test, PTR_ERR(open_node(MKDEV(TEST_MAJOR, 4))), -ENXIO);
	cdev_del(&cdev);
	KUNIT_EXPECT_EQ(test, PTR_ERR(open_node(MKDEV(TEST_MAJOR, 2))), -ENXIO);
}

/* An open file outlives cdev_del(); a second open finds nothing. */
/* contract: S3-02 */
static void driver_goes_while_open(struct kunit *test)
{
	struct cdev *cdev = cdev_alloc();
	struct file *file;

	KUNIT_ASSERT_NOT_NULL(test, cdev);
	opens = releases = 0;
	cdev->ops = &counting_fops;
	KUNIT_ASSERT_EQ(test, cdev_add(cdev, MKDEV(TEST_MAJOR, 1), 1), 0);
	file = open_node(MKDEV(TEST_MAJOR, 1));
	cdev_del(cdev);
	KUNIT_EXPECT_EQ(test, PTR_ERR(open_node(MKDEV(TEST_MAJOR, 1))), -ENXIO);
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	fput(file);
	KUNIT_EXPECT_EQ(test, releases, 1);
}

/* A device with its cdev in one allocation: the memory goes with whoever is last, here the open file. */
struct together {
	struct device dev;
	struct cdev cdev;
};

static int freed;

static void free_together(struct device *dev)
{
	kfree(container_of(dev, struct together, dev));
	freed++;
}

/* contract: S3-02 */
static void device_outlives_its_cdev(struct kunit *test)
{
	struct together *both = kzalloc(sizeof(*both), GFP_KERNEL);
	struct file *file;

	KUNIT_ASSERT_NOT_NULL(test, both);
	freed = opens = releases = 0;
	device_initialize(&both->dev);
	both->dev.release = free_together;
	both->dev.devt = MKDEV(TEST_MAJOR, 1);
	KUNIT_ASSERT_EQ(test, dev_set_name(&both->dev, "both_test"), 0);
	cdev_init(&both->cdev, &counting_fops);
	KUNIT_ASSERT_EQ(test, cdev_device_add(&both->cdev, &both->dev), 0);
	KUNIT_EXPECT_EQ(test, both->cdev.dev, MKDEV(TEST_MAJOR, 1));
	KUNIT_EXPECT_PTR_EQ(test, both->cdev.ops, &counting_fops);
	KUNIT_EXPECT_PTR_EQ(test, both->cdev.kobj.parent, &both->dev.kobj);
	file = open_node(MKDEV(TEST_MAJOR, 1));
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_EXPECT_PTR_EQ(test, file->f_inode->i_cdev, &both->cdev);
	KUNIT_EXPECT_PTR_EQ(test, file_inode(file), d_inode(file->f_path.dentry));
	cdev_device_del(&both->cdev, &both->dev);
	put_device(&both->dev);
	KUNIT_EXPECT_EQ(test, freed, 0);
	fput(file);
	KUNIT_EXPECT_EQ(test, releases, 1);
	KUNIT_EXPECT_EQ(test, freed, 1);
}

/* contract: S3-02 */
static void inode_pointers_share_their_room(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, offsetof(struct inode, i_cdev), offsetof(struct inode, i_pipe));
	KUNIT_EXPECT_EQ(test, offsetof(struct inode, i_link), offsetof(struct inode, i_pipe));
	KUNIT_EXPECT_EQ(test, offsetof(struct inode, i_dir_seq), offsetof(struct inode, i_pipe));
}

/* ------------------------------------------------------------------ missing methods */

static struct cdev missing_cdev;
static struct file *missing_file;

static int missing_init(struct kunit *test)
{
	cdev_init(&missing_cdev, &empty_fops);
	if (cdev_add(&missing_cdev, MKDEV(TEST_MAJOR, 7), 1))
		return -EINVAL;
	missing_file = open_node(MKDEV(TEST_MAJOR, 7));
	return PTR_ERR_OR_ZERO(missing_file);
}

static void missing_exit(struct kunit *test)
{
	if (!IS_ERR_OR_NULL(missing_file))
		fput(missing_file);
	missing_file = NULL;
	cdev_del(&missing_cdev);
}

/* contract: S3-05 */
static void no_read_no_write(struct kunit *test)
{
	loff_t pos = 0;

	KUNIT_EXPECT_EQ(test, vfs_read(missing_file, NULL, 0, &pos), (ssize_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, vfs_write(missing_file, NULL, 0, &pos), (ssize_t)-EINVAL);
}

/* contract: S3-05 */
static void no_ioctl(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vfs_ioctl(missing_file, _IO('x', 1), 0), (long)-ENOTTY);
}

/* contract: S3-05 */
static void no_fsync(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vfs_fsync(missing_file, 0), -EINVAL);
}

/* contract: S3-05 */
static void no_poll_is_ready(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, (__force unsigned int)vfs_poll(missing_file, NULL),
			(unsigned int)(POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM));
}

/* contract: S2-15 */
static void no_readdir(struct kunit *test)
{
	struct dir_context ctx = { 0 };

	KUNIT_EXPECT_EQ(test, iterate_dir(missing_file, &ctx), -ENOTDIR);
}

/* contract: S3-04 S3-13 */
static void no_llseek_moves_by_itself(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vfs_llseek(missing_file, 100, SEEK_SET), (loff_t)100);
	KUNIT_EXPECT_EQ(test, vfs_llseek(missing_file, 5, SEEK_CUR), (loff_t)105);
	KUNIT_EXPECT_EQ(test, vfs_llseek(missing_file, 0, SEEK_END), (loff_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, vfs_llseek(missing_file, -200, SEEK_CUR), (loff_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, missing_file->f_pos, (loff_t)105);
}

/* contract: S3-05 */
static void no_flush_is_fine(struct kunit *test)
{
	get_file(missing_file);
	KUNIT_EXPECT_EQ(test, filp_close(missing_file, current->files), 0);
}

static struct kunit_case chrdev_cases[] = {
	KUNIT_CASE(numbers_have_12_and_20_bits), KUNIT_CASE(region_conflicts), KUNIT_CASE(regions_side_by_side),
	KUNIT_CASE(chain_is_shared_not_numbers), KUNIT_CASE(region_over_two_majors),
	KUNIT_CASE(failed_region_leaves_nothing), KUNIT_CASE(bad_regions),
	KUNIT_CASE(dynamic_majors_differ), KUNIT_CASE(register_chrdev_gives_major),
	KUNIT_CASE(open_without_driver), KUNIT_CASE(open_finds_driver_by_minor),
	KUNIT_CASE(driver_goes_while_open), KUNIT_CASE(device_outlives_its_cdev),
	KUNIT_CASE(inode_pointers_share_their_room), {}
};

static struct kunit_suite chrdev_suite = { .name = "chrdev", .test_cases = chrdev_cases };

static struct kunit_case missing_cases[] = {
	KUNIT_CASE(no_read_no_write), KUNIT_CASE(no_ioctl), KUNIT_CASE(no_fsync),
	KUNIT_CASE(no_poll_is_ready), KUNIT_CASE(no_readdir),
	KUNIT_CASE(no_llseek_moves_by_itself), KUNIT_CASE(no_flush_is_fine), {}
};

static struct kunit_suite missing_suite = {
	.name = "missing_methods",
	.init = missing_init,
	.exit = missing_exit,
	.test_cases = missing_cases,
};
kunit_test_suites(&chrdev_suite, &missing_suite);
