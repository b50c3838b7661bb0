/*
 * The device model's ground: kobjects, managed resources, tasklets.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/kobject.h>
#include <linux/module.h>

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
	KUNIT_CASE(tasklet_runs_once_however_often_scheduled),
	{},
};

static struct kunit_suite suite = { .name = "base", .test_cases = cases };
kunit_test_suite(suite);
