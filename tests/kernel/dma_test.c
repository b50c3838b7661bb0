/*
 * The DMA API: coherent memory, streaming mappings, scatterlists, pools, masks; and,
 * with DEBUG=1, that each mistake is told by the name of the device.
 */
#include <kunit/test.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/platform_device.h>
#include <linux/scatterlist.h>

#define SIZE	64

static u64 mask;
static struct device dev, other;
static u8 *buf;

static int dma_test_init(struct kunit *test)
{
	mask = DMA_BIT_MASK(32);
	dev = (struct device){ .init_name = "dma0", .dma_mask = &mask, .coherent_dma_mask = mask };
	other = (struct device){ .init_name = "dma1" };
	buf = kunit_kzalloc(test, SIZE, GFP_KERNEL);
	return buf ? 0 : -ENOMEM;
}

/* What the device would see, as its bus address is a physical one. */
static u8 *device_side(dma_addr_t addr)
{
	return __va(addr);
}

/* ------------------------------------------------------------------ what works */

/* contract: S0-24 S0-26 */
static void mapping_carries_data_at_sync_and_unmap(struct kunit *test)
{
	dma_addr_t addr;

	buf[0] = 1;
	addr = dma_map_single(&dev, buf, SIZE, DMA_BIDIRECTIONAL);
	KUNIT_ASSERT_EQ(test, dma_mapping_error(&dev, addr), 0);
	KUNIT_EXPECT_EQ(test, device_side(addr)[0], 1);
	device_side(addr)[1] = 2;
	dma_sync_single_for_cpu(&dev, addr, SIZE, DMA_BIDIRECTIONAL);
	KUNIT_EXPECT_EQ(test, buf[1], 2);
	buf[2] = 3;
	dma_sync_single_for_device(&dev, addr, SIZE, DMA_BIDIRECTIONAL);
	KUNIT_EXPECT_EQ(test, device_side(addr)[2], 3);
	device_side(addr)[3] = 4;
	dma_unmap_single(&dev, addr, SIZE, DMA_BIDIRECTIONAL);
	KUNIT_EXPECT_EQ(test, buf[3], 4);
	/* A part of it, and the page it lies in. */
	addr = dma_map_page(&dev, virt_to_page(buf), offset_in_page(buf), SIZE, DMA_FROM_DEVICE);
	KUNIT_ASSERT_EQ(test, dma_mapping_error(&dev, addr), 0);
	device_side(addr)[40] = 5;
	dma_sync_single_range_for_cpu(&dev, addr, 32, 16, DMA_FROM_DEVICE);
	KUNIT_EXPECT_EQ(test, buf[40], 5);
	dma_unmap_page(&dev, addr, SIZE, DMA_FROM_DEVICE);
}

/* contract: S0-24 S0-26 */
static void coherent_memory_is_seen_by_both(struct kunit *test)
{
	dma_addr_t handle;
	u32 *cpu = dma_alloc_coherent(&dev, 3 * PAGE_SIZE, &handle, GFP_KERNEL);

	KUNIT_ASSERT_TRUE(test, cpu != NULL);
	KUNIT_EXPECT_EQ(test, handle % PAGE_SIZE, 0u);
	KUNIT_EXPECT_EQ(test, cpu[3 * PAGE_SIZE / 4 - 1], 0u);
	cpu[5] = 0x1234;
	KUNIT_EXPECT_EQ(test, *(u32 *)device_side(handle + 20), 0x1234u);
	KUNIT_EXPECT_EQ(test, lower_32_bits(handle), (u32)handle);
	KUNIT_EXPECT_EQ(test, upper_32_bits(handle), 0u);
	dma_free_coherent(&dev, 3 * PAGE_SIZE, cpu, handle);
}

#define PIECES	4

/* A descriptor ring's, as a driver fills it from a list. */
struct desc {
	dma_addr_t addr;
	unsigned int len;
	bool last;
};

/* contract: S0-24 S0-25 S0-26 */
static void lists_are_mapped_piece_by_piece(struct kunit *test)
{
	struct desc ring[PIECES];
	struct scatterlist *sg;
	struct sg_table table;
	char text[] = "what lies in pieces is one again";
	char back[sizeof(text)];
	int i, mapped;

	KUNIT_ASSERT_EQ(test, sg_alloc_table(&table, PIECES, GFP_KERNEL), 0);
	for_each_sgtable_sg(&table, sg, i)
		sg_set_buf(sg, buf + i * 16, i == 2 ? 3 : 10);
	KUNIT_EXPECT_EQ(test, sg_copy_from_buffer(table.sgl, PIECES, text, sizeof(text)), sizeof(text));
	mapped = dma_map_sg(&dev, table.sgl, PIECES, DMA_TO_DEVICE);
	KUNIT_ASSERT_EQ(test, mapped, PIECES);
	for_each_sg(table.sgl, sg, mapped, i)
		ring[i] = (struct desc){ sg_dma_address(sg), sg_dma_len(sg), i == mapped - 1 };
	KUNIT_EXPECT_TRUE(test, sg_is_last(&table.sgl[PIECES - 1]) && ring[3].last && !ring[2].last);
	for (i = 0, mapped = 0; i < PIECES; mapped += ring[i++].len)
		memcpy(back + mapped, device_side(ring[i].addr), min_t(size_t, ring[i].len, sizeof(back) - mapped));
	KUNIT_EXPECT_STREQ(test, back, text);
	KUNIT_EXPECT_EQ(test, ring[2].len, 3u);
	dma_unmap_sg(&dev, table.sgl, PIECES, DMA_TO_DEVICE);

	KUNIT_ASSERT_EQ(test, dma_map_sgtable(&dev, &table, DMA_FROM_DEVICE, 0), 0);
	device_side(sg_dma_address(&table.sgl[1]))[0] = 'X';
	dma_sync_sgtable_for_cpu(&dev, &table, DMA_FROM_DEVICE);
	KUNIT_EXPECT_EQ(test, buf[16], 'X');
	dma_unmap_sgtable(&dev, &table, DMA_FROM_DEVICE, 0);
	sg_free_table(&table);
}

/* contract: S0-25 */
static void what_cannot_be_reached_is_an_error(struct kunit *test)
{
	void *far = __va(32 << 20);		/* and more of it than a bounce buffer can be */
	struct scatterlist list[2];
	dma_addr_t addr;

	mask = DMA_BIT_MASK(24);
	addr = dma_map_single(&dev, far, 8 << 20, DMA_TO_DEVICE);
	KUNIT_EXPECT_NE(test, dma_mapping_error(&dev, addr), 0);
	sg_init_table(list, 2);
	sg_set_buf(&list[0], buf, SIZE);
	sg_set_buf(&list[1], far, 8 << 20);
	KUNIT_EXPECT_EQ(test, dma_map_sg(&dev, list, 2, DMA_TO_DEVICE), 0);
	KUNIT_EXPECT_NULL(test, dma_alloc_coherent(&dev, 64 << 20, &addr, GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NE(test, dma_mapping_error(&dev, dma_map_resource(&dev, 0xfe000000, 4, DMA_TO_DEVICE, 0)), 0);
	mask = DMA_BIT_MASK(32);
	KUNIT_EXPECT_EQ(test, dma_map_resource(&dev, 0xfe000000, 4, DMA_TO_DEVICE, 0), 0xfe000000u);
}

/* contract: S0-24 */
static void short_mask_is_kept(struct kunit *test)
{
	dma_addr_t addr, handle;
	void *coherent;

	KUNIT_ASSERT_EQ(test, dma_set_mask_and_coherent(&dev, DMA_BIT_MASK(24)), 0);
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

/* contract: S0-24 S0-26 */
static void pool_pieces_keep_alignment_and_boundary(struct kunit *test)
{
	struct dma_pool *pool = dma_pool_create("ktest", &dev, 40, 16, 256);
	dma_addr_t handles[100];
	void *pieces[100];

	KUNIT_ASSERT_TRUE(test, pool != NULL);
	for (int i = 0; i < 100; i++) {
		pieces[i] = dma_pool_zalloc(pool, GFP_KERNEL, &handles[i]);
		KUNIT_ASSERT_TRUE(test, pieces[i] != NULL);
		KUNIT_EXPECT_EQ(test, handles[i] % 16, 0);
		KUNIT_EXPECT_EQ(test, handles[i] / 256, (handles[i] + 39) / 256);
		memset(pieces[i], i, 40);
	}
	for (int i = 0; i < 100; i++) {
		KUNIT_EXPECT_EQ(test, ((u8 *)pieces[i])[39], i);
		dma_pool_free(pool, pieces[i], handles[i]);
	}
	dma_pool_destroy(pool);
	KUNIT_EXPECT_TRUE(test, dma_pool_create("ktest", &dev, 48, 24, 0) == NULL);
}

/* ------------------------------------------------------------------ mistakes */

#if DEBUG_BUILD

static dma_addr_t map(enum dma_data_direction dir)
{
	return dma_map_single(&dev, buf, SIZE, dir);
}

static void unmap_twice(void *unused)
{
	dma_addr_t addr = map(DMA_TO_DEVICE);

	dma_unmap_single(&dev, addr, SIZE, DMA_TO_DEVICE);
	dma_unmap_single(&dev, addr, SIZE, DMA_TO_DEVICE);
}

static void unmap_never_mapped(void *unused)
{
	dma_unmap_single(&dev, 0x123000, SIZE, DMA_TO_DEVICE);
}

static void unmap_with_another_size(void *unused)
{
	dma_unmap_single(&dev, map(DMA_TO_DEVICE), SIZE / 2, DMA_TO_DEVICE);
}

static void unmap_in_another_direction(void *unused)
{
	dma_unmap_single(&dev, map(DMA_TO_DEVICE), SIZE, DMA_FROM_DEVICE);
}

static void unmap_anothers(void *unused)
{
	dma_addr_t addr = map(DMA_TO_DEVICE);

	dma_unmap_single(&other, addr, SIZE, DMA_TO_DEVICE);
	dma_unmap_single(&dev, addr, SIZE, DMA_TO_DEVICE);
}

static void sync_too_much(void *unused)
{
	dma_addr_t addr = map(DMA_TO_DEVICE);

	dma_sync_single_for_device(&dev, addr, SIZE + 1, DMA_TO_DEVICE);
	dma_unmap_single(&dev, addr, SIZE, DMA_TO_DEVICE);
}

static void write_what_the_device_reads(void *unused)
{
	dma_addr_t addr = map(DMA_TO_DEVICE);

	buf[7] = 1;
	dma_unmap_single(&dev, addr, SIZE, DMA_TO_DEVICE);
}

static void free_another_size(void *unused)
{
	dma_addr_t handle;
	void *cpu = dma_alloc_coherent(&dev, PAGE_SIZE, &handle, GFP_KERNEL);

	dma_free_coherent(&dev, 2 * PAGE_SIZE, cpu, handle);
}

static void free_twice(void *unused)
{
	dma_addr_t handle;
	void *cpu = dma_alloc_coherent(&dev, PAGE_SIZE, &handle, GFP_KERNEL);

	dma_free_coherent(&dev, PAGE_SIZE, cpu, handle);
	dma_free_coherent(&dev, PAGE_SIZE, cpu, handle);
}

/* contract: S0-26 */
static void wrong_ends_are_told(struct kunit *test)
{
	kunit_expect_report(test, "DMA: dma0: unmapped a second time", unmap_twice, NULL);
	kunit_expect_report(test, "DMA: dma0: unmapped what is not mapped", unmap_never_mapped, NULL);
	kunit_expect_report(test, "DMA: dma0: unmapped with another size", unmap_with_another_size, NULL);
	kunit_expect_report(test, "DMA: dma0: unmapped in another direction", unmap_in_another_direction, NULL);
	kunit_expect_report(test, "DMA: dma1: unmapped what is mapped for another device", unmap_anothers, NULL);
	kunit_expect_report(test, "DMA: dma0: synchronised with another size", sync_too_much, NULL);
	kunit_expect_report(test, "DMA: dma0: freed with another size", free_another_size, NULL);
	kunit_expect_report(test, "DMA: dma0: freed a second time", free_twice, NULL);
	kunit_expect_report(test, "dma0: the driver wrote to a buffer that the device owned",
			    write_what_the_device_reads, NULL);
}

static u8 seen;

static void read_too_early(void *at)
{
	seen = *(u8 *)at;
}

static void write_too_early(void *at)
{
	*(u8 *)at = 9;
}

/* contract: S0-26 */
static void touching_the_devices_buffer_is_told(struct kunit *test)
{
	dma_addr_t addr = map(DMA_FROM_DEVICE);

	/* Forgotten sync: told, and the value is the old one. */
	device_side(addr)[8] = 77;
	kunit_expect_report(test, "KASAN: device-owned read of 1 byte", read_too_early, buf + 8);
	KUNIT_EXPECT_EQ(test, seen, 0);
	kunit_expect_report(test, "KASAN: device-owned write of 1 byte", write_too_early, buf + SIZE - 1);
	dma_sync_single_for_cpu(&dev, addr, SIZE, DMA_FROM_DEVICE);
	read_too_early(buf + 8);		/* not too early now */
	KUNIT_EXPECT_EQ(test, seen, 77);
	dma_sync_single_for_device(&dev, addr, SIZE, DMA_FROM_DEVICE);
	kunit_expect_report(test, "KASAN: device-owned read of 1 byte", read_too_early, buf + 16);
	dma_unmap_single(&dev, addr, SIZE, DMA_FROM_DEVICE);
	read_too_early(buf + 16);
	/* What the device only reads may be read by others. */
	addr = map(DMA_TO_DEVICE);
	read_too_early(buf + 16);
	/* Stored by the CPU after a sync for it, and never given back: the device sees the old. */
	dma_sync_single_for_cpu(&dev, addr, SIZE, DMA_TO_DEVICE);
	buf[16] = 88;
	KUNIT_EXPECT_NE(test, device_side(addr)[16], 88);
	dma_sync_single_for_device(&dev, addr, SIZE, DMA_TO_DEVICE);
	KUNIT_EXPECT_EQ(test, device_side(addr)[16], 88);
	dma_unmap_single(&dev, addr, SIZE, DMA_TO_DEVICE);
}

/* ------------------------------------------------------------------ a driver that leaves things behind */

static struct { struct device *dev; void *cpu; dma_addr_t coherent, streaming; } left;

static int forgetful_probe(struct platform_device *pdev)
{
	left.dev = &pdev->dev;
	left.cpu = dma_alloc_coherent(left.dev, PAGE_SIZE, &left.coherent, GFP_KERNEL);
	left.streaming = dma_map_single(left.dev, buf, SIZE, DMA_FROM_DEVICE);
	return 0;
}

static struct platform_driver forgetful = { .probe = forgetful_probe, .driver.name = "forgetful" };

static void unbind(void *unused)
{
	platform_driver_unregister(&forgetful);
}

static void mappings_left_behind_are_told(struct kunit *test)
{
	struct platform_device *pdev = platform_device_register_simple("forgetful", -1, NULL, 0);

	KUNIT_ASSERT_FALSE(test, IS_ERR(pdev));
	KUNIT_ASSERT_EQ(test, platform_driver_register(&forgetful), 0);
	kunit_expect_report(test, "DMA: forgetful: left 2 buffers mapped", unbind, NULL);
	dma_unmap_single(left.dev, left.streaming, SIZE, DMA_FROM_DEVICE);
	dma_free_coherent(left.dev, PAGE_SIZE, left.cpu, left.coherent);
	platform_device_unregister(pdev);
}

#endif

static struct kunit_case dma_cases[] = {
	KUNIT_CASE(mapping_carries_data_at_sync_and_unmap),
	KUNIT_CASE(coherent_memory_is_seen_by_both),
	KUNIT_CASE(lists_are_mapped_piece_by_piece),
	KUNIT_CASE(what_cannot_be_reached_is_an_error),
	KUNIT_CASE(short_mask_is_kept),
	KUNIT_CASE(pool_pieces_keep_alignment_and_boundary),
#if DEBUG_BUILD
	KUNIT_CASE(wrong_ends_are_told),
	KUNIT_CASE(touching_the_devices_buffer_is_told),
	KUNIT_CASE(mappings_left_behind_are_told),
#endif
	{},
};

static struct kunit_suite dma_suite = { .name = "dma", .init = dma_test_init, .test_cases = dma_cases };
kunit_test_suite(dma_suite);
