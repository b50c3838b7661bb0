/*
 * The device model's ground: kobjects, managed resources, tasklets.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/kobject.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fs_calls.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/sysfs.h>
#include "test_mm.h"

/* ------------------------------------------------------------------ kobjects, devices */

static int released;

static void count_release(struct kobject *kobj)
{
	released++;
}

static struct kobj_type counted = { .release = count_release, .sysfs_ops = &kobj_sysfs_ops };

static void kobject_is_released_with_its_last_reference(struct kunit *test)
{
	struct kobject kobj = { };

	released = 0;
	KUNIT_ASSERT_EQ(test, kobject_init_and_add(&kobj, &counted, kernel_kobj, "ktest%d", 1), 0);
	KUNIT_EXPECT_STREQ(test, kobject_name(&kobj), "ktest1");
	kobject_get(&kobj);
	kobject_put(&kobj);
	KUNIT_EXPECT_EQ(test, released, 0);
	kobject_del(&kobj);
	KUNIT_EXPECT_EQ(test, released, 0);
	kobject_put(&kobj);
	KUNIT_EXPECT_EQ(test, released, 1);
}

static char order[8];

static void note(void *what)
{
	size_t len = strlen(order);

	order[len] = (char)(unsigned long)what;
	order[len + 1] = '\0';
}

static void managed_resources_go_last_first(struct kunit *test)
{
	struct device *dev = root_device_register("ktest");

	KUNIT_ASSERT_FALSE(test, IS_ERR(dev));
	order[0] = '\0';
	KUNIT_EXPECT_EQ(test, devm_add_action(dev, note, (void *)'a'), 0);
	KUNIT_EXPECT_TRUE(test, devm_kzalloc(dev, 100, GFP_KERNEL) != NULL);
	KUNIT_EXPECT_EQ(test, devm_add_action(dev, note, (void *)'b'), 0);
	KUNIT_EXPECT_EQ(test, devm_add_action(dev, note, (void *)'c'), 0);
	devm_remove_action(dev, note, (void *)'b');
	root_device_unregister(dev);
	KUNIT_EXPECT_STREQ(test, order, "ca");
}

static int unregister(struct device *dev, void *count)
{
	device_unregister(dev);
	++*(int *)count;
	return 0;
}

static void children_may_go_while_they_are_walked(struct kunit *test)
{
	struct device *parent = root_device_register("ktest");
	struct class *class = class_create(THIS_MODULE, "ktest");
	int count = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR(parent) || IS_ERR(class));
	for (int i = 0; i < 3; i++)
		KUNIT_EXPECT_FALSE(test, IS_ERR(device_create(class, parent, 0, NULL, "child%d", i)));
	KUNIT_EXPECT_EQ(test, device_for_each_child(parent, &count, unregister), 0);
	KUNIT_EXPECT_EQ(test, count, 3);
	class_destroy(class);
	root_device_unregister(parent);
}

/* What /sys says of a name, as open() asks for it; its mount point does not matter. */
static struct dentry *look_up_in_sys(struct vfsmount *mnt, const char *dir, const char *name)
{
	struct dentry *above, *found;

	inode_lock(d_inode(mnt->mnt_root));
	above = lookup_one_len(dir, mnt->mnt_root, strlen(dir));
	inode_unlock(d_inode(mnt->mnt_root));
	if (IS_ERR(above))
		return above;
	inode_lock(d_inode(above));
	found = lookup_one_len(name, above, strlen(name));
	inode_unlock(d_inode(above));
	dput(above);
	return found;
}

static void link_may_outlive_its_target(struct kunit *test)
{
	struct vfsmount *mnt = kern_mount(get_fs_type("sysfs"));
	struct kobject *dir = kobject_create_and_add("ktest", NULL);
	struct kobject *above = kobject_create_and_add("above", dir);
	struct kobject *target = kobject_create_and_add("target", above);
	struct dentry *link;

	KUNIT_ASSERT_FALSE(test, IS_ERR(mnt));
	KUNIT_ASSERT_EQ(test, sysfs_create_link(dir, target, "link"), 0);
	link = look_up_in_sys(mnt, "ktest", "link");
	KUNIT_ASSERT_FALSE(test, IS_ERR(link));
	KUNIT_EXPECT_STREQ(test, d_inode(link)->i_link, "above/target");
	dput(link);
	kobject_put(target);
	kobject_put(above);
	link = look_up_in_sys(mnt, "ktest", "link");
	KUNIT_EXPECT_EQ(test, PTR_ERR(link), (long)-ENOENT);
	kobject_put(dir);
	mntput(mnt);
}

static char bytes[6] = { "abcdef" };

static ssize_t bytes_read(struct file *file, struct kobject *kobj, struct bin_attribute *attr, char *buf, loff_t pos, size_t n)
{
	memcpy(buf, bytes + pos, n);		/* never past the size */
	return n;
}

static ssize_t bytes_write(struct file *file, struct kobject *kobj, struct bin_attribute *attr, char *buf, loff_t pos, size_t n)
{
	memcpy(bytes + pos, buf, n);
	return n;
}

static struct bin_attribute bytes_attr = {
	.attr = { .name = "bytes", .mode = 0600 }, .size = sizeof(bytes), .read = bytes_read, .write = bytes_write,
};

#define USER	0x10000000

/* Its size bounds it; removed while it is open it is ENODEV, and its methods are not called. */
static void binary_file_ends_and_goes(struct kunit *test)
{
	struct kobject *dir = kobject_create_and_add("ktest", NULL);
	struct path path = { .mnt = kern_mount(get_fs_type("sysfs")) };
	char __user *buf = (char __user *)USER;
	static struct test_mm mm;
	struct file *file;
	loff_t pos = 4;

	KUNIT_ASSERT_EQ(test, sysfs_create_bin_file(dir, &bytes_attr), 0);
	path.dentry = look_up_in_sys(path.mnt, "ktest", "bytes");
	KUNIT_ASSERT_FALSE(test, IS_ERR(path.dentry));
	file = dentry_open(&path, O_RDWR, current_cred());
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_ASSERT_TRUE(test, enter_test_mm(&mm));
	KUNIT_EXPECT_EQ(test, map_anon(USER, PAGE_SIZE, MAP_FIXED), USER);
	KUNIT_EXPECT_EQ(test, i_size_read(file_inode(file)), (loff_t)sizeof(bytes));
	KUNIT_EXPECT_EQ(test, vfs_read(file, buf, 8, &pos), (ssize_t)2);
	KUNIT_EXPECT_EQ(test, peek(USER), 'e' | 'f' << 8);
	KUNIT_EXPECT_EQ(test, vfs_read(file, buf, 8, &pos), (ssize_t)0);
	KUNIT_EXPECT_EQ(test, vfs_write(file, buf, 1, &pos), (ssize_t)-EFBIG);
	pos = 5;
	KUNIT_EXPECT_EQ(test, vfs_write(file, buf, 3, &pos), (ssize_t)1);
	KUNIT_EXPECT_EQ(test, bytes[5], 'e');
	sysfs_remove_bin_file(dir, &bytes_attr);
	pos = 0;
	KUNIT_EXPECT_EQ(test, vfs_read(file, buf, 1, &pos), (ssize_t)-ENODEV);
	KUNIT_EXPECT_EQ(test, vfs_write(file, buf, 1, &pos), (ssize_t)-ENODEV);
	leave_test_mm(&mm);
	kobject_put(dir);
	fput(file);
	path_put(&path);
}

/* ------------------------------------------------------------------ tasklets */

static int tasklet_calls;

static void count_call(struct tasklet_struct *t)
{
	WARN_ON(!in_softirq());
	tasklet_calls++;
}

static void tasklet_runs_once_however_often_scheduled(struct kunit *test)
{
	DECLARE_TASKLET(tasklet, count_call);

	tasklet_calls = 0;
	local_bh_disable();
	tasklet_schedule(&tasklet);
	tasklet_schedule(&tasklet);
	KUNIT_EXPECT_EQ(test, tasklet_calls, 0);
	local_bh_enable();
	tasklet_kill(&tasklet);
	KUNIT_EXPECT_EQ(test, tasklet_calls, 1);
	tasklet_disable(&tasklet);
	tasklet_schedule(&tasklet);
	msleep(20);
	KUNIT_EXPECT_EQ(test, tasklet_calls, 1);
	tasklet_enable(&tasklet);
	tasklet_kill(&tasklet);
	KUNIT_EXPECT_EQ(test, tasklet_calls, 2);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(kobject_is_released_with_its_last_reference),
	KUNIT_CASE(managed_resources_go_last_first),
	KUNIT_CASE(children_may_go_while_they_are_walked),
	KUNIT_CASE(link_may_outlive_its_target),
	KUNIT_CASE(binary_file_ends_and_goes),
	KUNIT_CASE(tasklet_runs_once_however_often_scheduled),
	{},
};

static struct kunit_suite suite = { .name = "base", .test_cases = cases };
kunit_test_suite(suite);
