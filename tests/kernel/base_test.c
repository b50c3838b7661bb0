/*
 * The device model's ground: kobjects, managed resources, DMA mappings, tasklets.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/interrupt.h>
#include <linux/kobject.h>

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

/* ------------------------------------------------------------------ DMA */

/* What the device would see, as its bus address is a physical one. */
static u8 *device_side(dma_addr_t addr)
{
	return __va(addr);
}

static void mapping_carries_data_at_sync_and_unmap(struct kunit *test)
{
	struct device dev = { .init_name = "ktest", .coherent_dma_mask = DMA_BIT_MASK(32) };
	u8 *buf = kunit_kzalloc(test, 64, GFP_KERNEL);
	dma_addr_t addr;

	KUNIT_ASSERT_TRUE(test, buf != NULL);
	buf[0] = 1;
	addr = dma_map_single(&dev, buf, 64, DMA_BIDIRECTIONAL);
	KUNIT_ASSERT_EQ(test, dma_mapping_error(&dev, addr), 0);
	KUNIT_EXPECT_EQ(test, device_side(addr)[0], 1);
	device_side(addr)[1] = 2;
	if (DEBUG_BUILD)
		KUNIT_EXPECT_EQ(test, buf[1], 0);	/* not synchronised yet: stale, on purpose */
	dma_sync_single_for_cpu(&dev, addr, 64, DMA_BIDIRECTIONAL);
	KUNIT_EXPECT_EQ(test, buf[1], 2);
	buf[2] = 3;
	dma_sync_single_for_device(&dev, addr, 64, DMA_BIDIRECTIONAL);
	KUNIT_EXPECT_EQ(test, device_side(addr)[2], 3);
	device_side(addr)[3] = 4;
	dma_unmap_single(&dev, addr, 64, DMA_BIDIRECTIONAL);
	KUNIT_EXPECT_EQ(test, buf[3], 4);
}

static void short_mask_is_kept(struct kunit *test)
{
	u64 mask = DMA_BIT_MASK(24);
	struct device dev = { .init_name = "ktest", .dma_mask = &mask, .coherent_dma_mask = mask };
	u8 *buf = kunit_kzalloc(test, 64, GFP_KERNEL);
	dma_addr_t addr, handle;
	void *coherent;

	KUNIT_ASSERT_TRUE(test, buf != NULL);
	addr = dma_map_single(&dev, buf, 64, DMA_TO_DEVICE);
	KUNIT_ASSERT_EQ(test, dma_mapping_error(&dev, addr), 0);
	KUNIT_EXPECT_TRUE(test, addr + 63 <= mask);
	dma_unmap_single(&dev, addr, 64, DMA_TO_DEVICE);
	coherent = dma_alloc_coherent(&dev, 2 * PAGE_SIZE, &handle, GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, coherent != NULL);
	KUNIT_EXPECT_TRUE(test, handle + 2 * PAGE_SIZE - 1 <= mask);
	dma_free_coherent(&dev, 2 * PAGE_SIZE, coherent, handle);
	KUNIT_EXPECT_EQ(test, dma_set_mask(&dev, DMA_BIT_MASK(20)), -EIO);
}

static void pool_pieces_keep_alignment_and_boundary(struct kunit *test)
{
	struct device dev = { .init_name = "ktest" };
	struct dma_pool *pool = dma_pool_create("ktest", &dev, 48, 16, 256);
	dma_addr_t handles[100];
	void *pieces[100];

	KUNIT_ASSERT_TRUE(test, pool != NULL);
	for (int i = 0; i < 100; i++) {
		pieces[i] = dma_pool_zalloc(pool, GFP_KERNEL, &handles[i]);
		KUNIT_ASSERT_TRUE(test, pieces[i] != NULL);
		KUNIT_EXPECT_EQ(test, handles[i] % 16, 0);
		KUNIT_EXPECT_EQ(test, handles[i] / 256, (handles[i] + 47) / 256);
		memset(pieces[i], i, 48);
	}
	for (int i = 0; i < 100; i++) {
		KUNIT_EXPECT_EQ(test, ((u8 *)pieces[i])[47], i);
		dma_pool_free(pool, pieces[i], handles[i]);
	}
	dma_pool_destroy(pool);
	KUNIT_EXPECT_TRUE(test, dma_pool_create("ktest", &dev, 48, 24, 0) == NULL);
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
	KUNIT_CASE(mapping_carries_data_at_sync_and_unmap),
	KUNIT_CASE(short_mask_is_kept),
	KUNIT_CASE(pool_pieces_keep_alignment_and_boundary),
	KUNIT_CASE(tasklet_runs_once_however_often_scheduled),
	{},
};

static struct kunit_suite suite = { .name = "base", .test_cases = cases };
kunit_test_suite(suite);
