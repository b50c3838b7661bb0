/* Trees of ports and addresses: order, overlap, nesting, release. */
#include <kunit/test.h>
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

static struct kunit_case resource_cases[] = {
	KUNIT_CASE(requests_are_kept_in_order),
	KUNIT_CASE(overlap_is_busy),
	KUNIT_CASE(insert_adopts_what_lies_inside),
	KUNIT_CASE(a_region_has_one_owner),
	{}
};

static struct kunit_suite resource_suite = {
	.name = "resource",
	.init = resource_test_init,
	.test_cases = resource_cases,
};
kunit_test_suite(resource_suite);
