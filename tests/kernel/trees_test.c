/*
 * Red-black trees, radix trees, idr.
 */
#include <kunit/test.h>
#include <linux/idr.h>
#include <linux/radix-tree.h>
#include <linux/rbtree.h>

#define NODES 300

struct number {
	struct rb_node node;
	unsigned int key;
};

static struct number numbers[NODES];

static void insert(struct rb_root *root, struct number *n)
{
	struct rb_node **link = &root->rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = n->key < rb_entry(parent, struct number, node)->key ? &parent->rb_left :
									      &parent->rb_right;
	}
	rb_link_node(&n->node, parent, link);
	rb_insert_color(&n->node, root);
}

/* The black height, or -1 where a rule of the tree is broken. */
static int height(const struct rb_node *node)
{
	bool red;
	int left, right;

	if (!node)
		return 1;
	red = !(node->__rb_parent_color & 1);
	if (node->rb_left && rb_parent(node->rb_left) != node)
		return -1;
	if (node->rb_right && rb_parent(node->rb_right) != node)
		return -1;
	if (red && ((node->rb_left && !(node->rb_left->__rb_parent_color & 1)) ||
		    (node->rb_right && !(node->rb_right->__rb_parent_color & 1))))
		return -1;
	left = height(node->rb_left);
	right = height(node->rb_right);
	return left < 0 || left != right ? -1 : left + !red;
}

static int count_ascending(struct rb_root *root)
{
	struct rb_node *node, *prev = NULL;
	int count = 0;

	for (node = rb_first(root); node; prev = node, node = rb_next(node)) {
		if (prev && (rb_entry(prev, struct number, node)->key >=
			     rb_entry(node, struct number, node)->key || rb_prev(node) != prev))
			return -1;
		count++;
	}
	return prev == rb_last(root) ? count : -1;
}

static void rbtree_stays_balanced(struct kunit *test)
{
	struct rb_root root = RB_ROOT;

	for (int i = 0; i < NODES; i++) {
		numbers[i].key = i * 7919 % 10007;
		insert(&root, &numbers[i]);
		KUNIT_ASSERT_GT(test, height(root.rb_node), 0);
	}
	KUNIT_EXPECT_EQ(test, count_ascending(&root), NODES);
	for (int i = 0; i < NODES; i++) {
		rb_erase(&numbers[i * 7 % NODES].node, &root);
		KUNIT_ASSERT_GT(test, height(root.rb_node), 0);
		KUNIT_ASSERT_EQ(test, count_ascending(&root), NODES - 1 - i);
	}
	KUNIT_EXPECT_TRUE(test, RB_EMPTY_ROOT(&root));
}

static void rbtree_in_order_of_insertion(struct kunit *test)
{
	struct rb_root root = RB_ROOT;

	for (int i = 0; i < 100; i++) {
		numbers[i].key = i;
		insert(&root, &numbers[i]);
	}
	/* 100 nodes: at most 2 * log2(101) levels, so at most 7 black ones. */
	KUNIT_EXPECT_LE(test, height(root.rb_node), 7);
	KUNIT_EXPECT_EQ(test, count_ascending(&root), 100);
}

static struct radix_tree_root tree;

static int tree_init(struct kunit *test)
{
	INIT_RADIX_TREE(&tree, GFP_KERNEL);
	return 0;
}

static void tree_exit(struct kunit *test)
{
	unsigned long index = 0;

	while (radix_tree_next(&tree, &index))
		radix_tree_delete(&tree, index);
}

static void radix_far_apart(struct kunit *test)
{
	static const unsigned long at[] = { 0, 63, 64, 4095, 4096, 1u << 20, ~0ul };

	for (unsigned int i = 0; i < ARRAY_SIZE(at); i++)
		KUNIT_ASSERT_EQ(test, radix_tree_insert(&tree, at[i], &numbers[i]), 0);
	KUNIT_EXPECT_EQ(test, radix_tree_insert(&tree, 64, &numbers[0]), -EEXIST);
	for (unsigned int i = 0; i < ARRAY_SIZE(at); i++)
		KUNIT_EXPECT_PTR_EQ(test, radix_tree_lookup(&tree, at[i]), &numbers[i]);
	KUNIT_EXPECT_NULL(test, radix_tree_lookup(&tree, 1));
	KUNIT_EXPECT_NULL(test, radix_tree_lookup(&tree, ~0ul - 1));
	for (unsigned int i = 0; i < ARRAY_SIZE(at); i++)
		KUNIT_EXPECT_PTR_EQ(test, radix_tree_delete(&tree, at[i]), &numbers[i]);
	KUNIT_EXPECT_TRUE(test, radix_tree_empty(&tree));
}

static void radix_gang_lookup(struct kunit *test)
{
	void *found[40];

	for (unsigned long i = 0; i < 100; i++)
		KUNIT_ASSERT_EQ(test, radix_tree_insert(&tree, i * 61, &numbers[i]), 0);
	KUNIT_EXPECT_EQ(test, radix_tree_gang_lookup(&tree, found, 62, 40), 40);
	for (int i = 0; i < 40; i++)
		KUNIT_ASSERT_PTR_EQ(test, found[i], &numbers[i + 2]);
	KUNIT_EXPECT_EQ(test, radix_tree_gang_lookup(&tree, found, 98 * 61, 40), 2);
	KUNIT_EXPECT_EQ(test, radix_tree_gang_lookup(&tree, found, 99 * 61 + 1, 40), 0);
}

static void radix_tags(struct kunit *test)
{
	void *found[8];

	for (unsigned long i = 0; i < 50; i++)
		KUNIT_ASSERT_EQ(test, radix_tree_insert(&tree, i * 1000, &numbers[i]), 0);
	KUNIT_EXPECT_FALSE(test, radix_tree_tagged(&tree, 1));
	radix_tree_tag_set(&tree, 7000, 1);
	radix_tree_tag_set(&tree, 31000, 1);
	KUNIT_EXPECT_TRUE(test, radix_tree_tag_get(&tree, 7000, 1));
	KUNIT_EXPECT_FALSE(test, radix_tree_tag_get(&tree, 7000, 0));
	KUNIT_EXPECT_EQ(test, radix_tree_gang_lookup_tag(&tree, found, 0, 8, 1), 2);
	KUNIT_EXPECT_PTR_EQ(test, found[0], &numbers[7]);
	KUNIT_EXPECT_PTR_EQ(test, found[1], &numbers[31]);
	KUNIT_EXPECT_EQ(test, radix_tree_gang_lookup_tag(&tree, found, 7001, 8, 1), 1);
	radix_tree_tag_clear(&tree, 7000, 1);
	KUNIT_EXPECT_TRUE(test, radix_tree_tagged(&tree, 1));
	radix_tree_delete(&tree, 31000);
	KUNIT_EXPECT_FALSE(test, radix_tree_tagged(&tree, 1));
}

static void radix_tag_survives_growth(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, radix_tree_insert(&tree, 3, &numbers[3]), 0);
	radix_tree_tag_set(&tree, 3, 2);
	KUNIT_ASSERT_EQ(test, radix_tree_insert(&tree, 1u << 30, &numbers[4]), 0);
	KUNIT_EXPECT_TRUE(test, radix_tree_tagged(&tree, 2));
	KUNIT_EXPECT_TRUE(test, radix_tree_tag_get(&tree, 3, 2));
	radix_tree_delete(&tree, 1u << 30);
	KUNIT_EXPECT_PTR_EQ(test, radix_tree_lookup(&tree, 3), &numbers[3]);
	KUNIT_EXPECT_TRUE(test, radix_tree_tagged(&tree, 2));
}

static void radix_preload_under_a_lock(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	int err;

	INIT_RADIX_TREE(&tree, GFP_NOWAIT);
	KUNIT_ASSERT_EQ(test, radix_tree_preload(GFP_KERNEL), 0);
	spin_lock(&lock);
	err = radix_tree_insert(&tree, 12345678, &numbers[0]);
	spin_unlock(&lock);
	radix_tree_preload_end();
	KUNIT_EXPECT_EQ(test, err, 0);
}

static void radix_holes(struct kunit *test)
{
	for (unsigned long i = 0; i < 130; i++)
		KUNIT_ASSERT_EQ(test, radix_tree_insert(&tree, i, &numbers[i]), 0);
	KUNIT_EXPECT_EQ(test, radix_tree_next_hole(&tree, 0, 1000), 130);
	KUNIT_EXPECT_EQ(test, radix_tree_next_hole(&tree, 0, 100), 100);
	radix_tree_delete(&tree, 70);
	KUNIT_EXPECT_EQ(test, radix_tree_next_hole(&tree, 5, 1000), 70);
}

static void idr_gives_the_lowest(struct kunit *test)
{
	struct idr idr;
	int id = 0;

	idr_init(&idr);
	for (int i = 0; i < 70; i++)
		KUNIT_ASSERT_EQ(test, idr_alloc(&idr, &numbers[i], 0, 0, GFP_KERNEL), i);
	KUNIT_EXPECT_PTR_EQ(test, idr_remove(&idr, 65), &numbers[65]);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, &numbers[0], 0, 0, GFP_KERNEL), 65);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, &numbers[0], 10, 20, GFP_KERNEL), -ENOSPC);
	KUNIT_EXPECT_PTR_EQ(test, idr_replace(&idr, &numbers[1], 65), &numbers[0]);
	KUNIT_EXPECT_PTR_EQ(test, idr_find(&idr, 65), &numbers[1]);
	idr_remove(&idr, 0);
	KUNIT_EXPECT_PTR_EQ(test, idr_get_next(&idr, &id), &numbers[1]);
	KUNIT_EXPECT_EQ(test, id, 1);
	idr_destroy(&idr);
	KUNIT_EXPECT_TRUE(test, idr_is_empty(&idr));
}

static void idr_cyclic_goes_on(struct kunit *test)
{
	struct idr idr;

	idr_init(&idr);
	for (int i = 1; i < 5; i++)
		KUNIT_ASSERT_EQ(test, idr_alloc_cyclic(&idr, &numbers[i], 1, 6, GFP_KERNEL), i);
	idr_remove(&idr, 2);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, &numbers[0], 1, 6, GFP_KERNEL), 5);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, &numbers[0], 1, 6, GFP_KERNEL), 2);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, &numbers[0], 1, 6, GFP_KERNEL), -ENOSPC);
	idr_destroy(&idr);
}

static void ida_counts(struct kunit *test)
{
	struct ida ida;

	ida_init(&ida);
	KUNIT_EXPECT_EQ(test, ida_alloc(&ida, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, ida_alloc_min(&ida, 5, GFP_KERNEL), 5);
	KUNIT_EXPECT_EQ(test, ida_alloc_range(&ida, 5, 5, GFP_KERNEL), -ENOSPC);
	ida_free(&ida, 0);
	KUNIT_EXPECT_EQ(test, ida_alloc_max(&ida, 3, GFP_KERNEL), 0);
	ida_destroy(&ida);
}

static struct kunit_case trees_cases[] = {
	KUNIT_CASE(rbtree_stays_balanced),
	KUNIT_CASE(rbtree_in_order_of_insertion),
	KUNIT_CASE(radix_far_apart),
	KUNIT_CASE(radix_gang_lookup),
	KUNIT_CASE(radix_tags),
	KUNIT_CASE(radix_tag_survives_growth),
	KUNIT_CASE(radix_preload_under_a_lock),
	KUNIT_CASE(radix_holes),
	KUNIT_CASE(idr_gives_the_lowest),
	KUNIT_CASE(idr_cyclic_goes_on),
	KUNIT_CASE(ida_counts),
	{}
};

static struct kunit_suite trees_suite = {
	.name = "trees", .init = tree_init, .exit = tree_exit, .test_cases = trees_cases,
};
kunit_test_suite(trees_suite);
