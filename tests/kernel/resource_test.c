/* Trees of ports and addresses: order, overlap, nesting, release. */
#include <kunit/test.h>
#include <linux/io.h>
#include <linux/ioport.h>

static struct resource root;

static int resource_test_init(struct kunit *test)
{
	root = (struct resource) { .name = "root", .start = 0x1000, .end = 0x1FFF,
				   .flags = IORESOURCE_MEM };
	return 0;
}

static void requests_are_kept_in_order(struct kunit *test)
{
	struct resource high = { .name = "high", .start = 0x1800, .end = 0x18FF };
	struct resource low = { .name = "low", .start = 0x1000, .end = 0x10FF };

	KUNIT_EXPECT_EQ(test, request_resource(&root, &high), 0);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &low), 0);
	KUNIT_EXPECT_PTR_EQ(test, root.child, &low);
	KUNIT_EXPECT_PTR_EQ(test, low.sibling, &high);
	KUNIT_EXPECT_EQ(test, release_resource(&low), 0);
	KUNIT_EXPECT_PTR_EQ(test, root.child, &high);
	KUNIT_EXPECT_EQ(test, release_resource(&low), -EINVAL);
	KUNIT_EXPECT_EQ(test, release_resource(&high), 0);
}

static void overlap_is_busy(struct kunit *test)
{
	struct resource a = { .name = "a", .start = 0x1100, .end = 0x11FF };
	struct resource edge = { .name = "edge", .start = 0x11FF, .end = 0x1200 };
	struct resource beside = { .name = "beside", .start = 0x1200, .end = 0x1200 };
	struct resource outside = { .name = "outside", .start = 0x1F00, .end = 0x2000 };

	KUNIT_EXPECT_EQ(test, request_resource(&root, &a), 0);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &edge), -EBUSY);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &beside), 0);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &outside), -EBUSY);
}

static void insert_adopts_what_lies_inside(struct kunit *test)
{
	struct resource inner = { .name = "inner", .start = 0x1210, .end = 0x121F };
	struct resource other = { .name = "other", .start = 0x1400, .end = 0x140F };
	struct resource bridge = { .name = "bridge", .start = 0x1200, .end = 0x12FF };
	struct resource half = { .name = "half", .start = 0x1280, .end = 0x137F };

	request_resource(&root, &inner);
	request_resource(&root, &other);
	KUNIT_EXPECT_EQ(test, insert_resource(&root, &bridge), 0);
	KUNIT_EXPECT_PTR_EQ(test, inner.parent, &bridge);
	KUNIT_EXPECT_PTR_EQ(test, bridge.sibling, &other);
	KUNIT_EXPECT_EQ(test, insert_resource(&root, &half), -EBUSY);
	KUNIT_EXPECT_EQ(test, release_resource(&bridge), 0);
	KUNIT_EXPECT_PTR_EQ(test, inner.parent, &root);
	KUNIT_EXPECT_PTR_EQ(test, inner.sibling, &other);
}

static void a_region_has_one_owner(struct kunit *test)
{
	struct resource window = { .name = "BAR", .start = 0x1400, .end = 0x14FF };
	struct resource *res;

	request_resource(&root, &window);
	res = __request_region(&root, 0x1410, 0x10, "driver", 0);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, res);
	KUNIT_EXPECT_PTR_EQ(test, res->parent, &window);
	KUNIT_EXPECT_EQ(test, (u32)resource_size(res), 0x10);
	KUNIT_EXPECT_PTR_EQ(test, __request_region(&root, 0x1418, 0x10, "thief", 0),
			    (struct resource *)NULL);
	__release_region(&root, 0x1410, 0x10);
	res = __request_region(&root, 0x1418, 0x10, "second", 0);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, res);
	__release_region(&root, 0x1418, 0x10);
	KUNIT_EXPECT_PTR_EQ(test, window.child, (struct resource *)NULL);
}

/* The registers of a display adaptor lie above; these are nobody's. */
#define NOBODYS_MEMORY	0xe0000000u

static void memory_region_is_busy(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, request_mem_region(NOBODYS_MEMORY, 0x100, "first") != NULL);
	KUNIT_EXPECT_TRUE(test, request_mem_region(NOBODYS_MEMORY + 0x80, 0x10, "second") == NULL);
	release_mem_region(NOBODYS_MEMORY, 0x100);
	KUNIT_ASSERT_TRUE(test, request_mem_region(NOBODYS_MEMORY + 0x80, 0x10, "second") != NULL);
	release_mem_region(NOBODYS_MEMORY + 0x80, 0x10);
}

/* RAM stands for the registers: each accessor is an access of its width there. */
static void registers_are_read_and_written(struct kunit *test)
{
	u32 memory[2] = { 0x44332211, 0x88776655 }, copy[2];
	void __iomem *regs = (void __force __iomem *)memory;
	u16 words[3] = { 0x1111, 0x2222, 0x3333 };

	KUNIT_EXPECT_EQ(test, ioread8(regs + 1), 0x22);
	KUNIT_EXPECT_EQ(test, ioread16(regs + 2), 0x4433);
	KUNIT_EXPECT_EQ(test, ioread32(regs + 4), 0x88776655);
	KUNIT_EXPECT_EQ(test, readl_relaxed(regs), 0x44332211);
	iowrite8(0xaa, regs);
	iowrite16(0xbbbb, regs + 2);
	KUNIT_EXPECT_EQ(test, memory[0], 0xbbbb22aa);
	iowrite16_rep(regs, words, 3);			/* the last of them stays */
	KUNIT_EXPECT_EQ(test, memory[0], 0xbbbb3333);
	ioread16_rep(regs + 4, words, 3);		/* one register, three times */
	KUNIT_EXPECT_TRUE(test, words[0] == 0x6655 && words[2] == 0x6655);
	memcpy_fromio(copy, regs, sizeof(copy));
	KUNIT_EXPECT_EQ(test, copy[1], memory[1]);
	copy[0] = 5;
	memcpy_toio(regs, copy, sizeof(copy));
	KUNIT_EXPECT_EQ(test, memory[0], 5);
	memset_io(regs, 0xff, 3);
	KUNIT_EXPECT_EQ(test, memory[0], 0x00ffffff);
}

static struct kunit_case resource_cases[] = {
	KUNIT_CASE(requests_are_kept_in_order),
	KUNIT_CASE(overlap_is_busy),
	KUNIT_CASE(insert_adopts_what_lies_inside),
	KUNIT_CASE(a_region_has_one_owner),
	KUNIT_CASE(memory_region_is_busy),
	KUNIT_CASE(registers_are_read_and_written),
	{}
};

static struct kunit_suite resource_suite = {
	.name = "resource",
	.init = resource_test_init,
	.test_cases = resource_cases,
};
kunit_test_suite(resource_suite);
