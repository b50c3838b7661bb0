/*
 * The page allocator: alignment, splitting and joining, the reserve, compound
 * pages. The kernel is not preempted, so between two calls nothing else
 * allocates but interrupts; counts are taken with interrupts off.
 */
#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/string.h>

static unsigned long free_blocks(unsigned int order)
{
	return zones[ZONE_DMA].free_area[order].nr_free +
	       zones[ZONE_NORMAL].free_area[order].nr_free;
}

static bool is_aligned_to(const struct page *page, unsigned int order)
{
	return (page_to_pfn(page) & ((1UL << order) - 1)) == 0;
}

static void one_page_comes_and_goes(struct kunit *test)
{
	unsigned long before = nr_free_pages();
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	KUNIT_EXPECT_EQ(test, page_mapcount(page), 0);
	KUNIT_EXPECT_EQ(test, page->flags, 0UL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before - 1);
	__free_page(page);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void page_freed_last_is_hot(struct kunit *test)
{
	struct page *first = alloc_page(GFP_KERNEL), *second = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, first);
	KUNIT_ASSERT_NOT_NULL(test, second);
	__free_page(first);
	__free_page(second);
	KUNIT_EXPECT_PTR_EQ(test, alloc_page(GFP_KERNEL), second);
	KUNIT_EXPECT_PTR_EQ(test, alloc_page(GFP_KERNEL), first);
	__free_page(first);
	__free_page(second);
}

static void every_order_is_aligned(struct kunit *test)
{
	unsigned long before = nr_free_pages();
	struct page *page;
	unsigned int order;

	for (order = 0; order < 8; order++) {
		page = alloc_pages(GFP_KERNEL, order);
		KUNIT_ASSERT_NOT_NULL(test, page);
		KUNIT_EXPECT_TRUE(test, is_aligned_to(page, order));
		KUNIT_EXPECT_EQ(test, nr_free_pages(), before - (1UL << order));
		__free_pages(page, order);
	}
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void too_big_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, alloc_pages(GFP_KERNEL | __GFP_NOWARN, MAX_ORDER));
	KUNIT_EXPECT_EQ(test, __get_free_pages(GFP_KERNEL | __GFP_NOWARN, 40), 0UL);
}

static void zeroed_means_zero(struct kunit *test)
{
	unsigned long addr = __get_free_page(GFP_KERNEL), again;
	unsigned int i;

	KUNIT_ASSERT_NE(test, addr, 0UL);
	memset((void *)addr, 0xa5, PAGE_SIZE);
	free_page(addr);
	again = get_zeroed_page(GFP_KERNEL);
	KUNIT_ASSERT_EQ(test, again, addr);	/* hot: the dirty one */
	for (i = 0; i < PAGE_SIZE / sizeof(long); i++)
		if (((unsigned long *)again)[i])
			break;
	KUNIT_EXPECT_EQ(test, i, (unsigned int)(PAGE_SIZE / sizeof(long)));
	free_page(again);
}

/* How many blocks of @order can be had. The failure at the end drains the hot lists as well. */
static unsigned int obtainable(unsigned int order)
{
	struct page *page, *chain = NULL;
	unsigned int count = 0;

	while ((page = alloc_pages(GFP_NOWAIT | __GFP_NOWARN, order)) != NULL) {
		page->private = (unsigned long)chain;
		chain = page;
		count++;
	}
	while (chain) {
		page = chain;
		chain = (struct page *)page->private;
		page->private = 0;
		__free_pages(page, order);
	}
	return count;
}

/* A block given back page by page, every second one first, is one block again. */
static void buddies_join_again(struct kunit *test)
{
	unsigned int order = 6, before = obtainable(order), i;
	struct page *page = alloc_pages(GFP_KERNEL, order);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, obtainable(order), before - 1);
	for (i = 1; i < 1U << order; i++)
		init_page_count(page + i);
	for (i = 1; i < 1U << order; i += 2)
		__free_page(page + i);
	for (i = 0; i < 1U << order; i += 2)
		__free_page(page + i);
	KUNIT_EXPECT_EQ(test, obtainable(order), before);
}

/* Splitting an order-3 block for two order-2 ones and back leaves the counts as they were. */
static void split_and_join_balance(struct kunit *test)
{
	unsigned long counts[MAX_ORDER], flags;
	struct page *a, *b;
	unsigned int order;
	bool same = true;

	local_irq_save(flags);
	for (order = 0; order < MAX_ORDER; order++)
		counts[order] = free_blocks(order);
	a = alloc_pages(GFP_ATOMIC, 2);
	b = alloc_pages(GFP_ATOMIC, 2);
	if (a)
		__free_pages(a, 2);
	if (b)
		__free_pages(b, 2);
	for (order = 0; order < MAX_ORDER; order++)
		same &= counts[order] == free_blocks(order);
	local_irq_restore(flags);
	KUNIT_EXPECT_NOT_NULL(test, a);
	KUNIT_EXPECT_NOT_NULL(test, b);
	KUNIT_EXPECT_PTR_NE(test, a, b);
	KUNIT_EXPECT_TRUE(test, same);
}

/* Take everything: ordinary requests end at the reserve, an atomic one gets a page yet. */
static void exhaustion_leaves_the_reserve(struct kunit *test)
{
	unsigned long before = nr_free_pages(), left, taken = 0, reserve;
	struct page *page, *chain = NULL, *atomic;

	while ((page = alloc_page(GFP_NOWAIT | __GFP_NOWARN)) != NULL) {
		page->private = (unsigned long)chain;
		chain = page;
		taken++;
	}
	left = nr_free_pages();
	reserve = zones[ZONE_DMA].watermark[WMARK_MIN] + zones[ZONE_NORMAL].watermark[WMARK_MIN];
	atomic = alloc_page(GFP_ATOMIC | __GFP_NOWARN);
	if (atomic)
		__free_page(atomic);
	while (chain) {
		page = chain;
		chain = (struct page *)page->private;
		page->private = 0;
		__free_page(page);
	}
	KUNIT_EXPECT_GE(test, left, reserve);
	KUNIT_EXPECT_NOT_NULL(test, atomic);
	KUNIT_EXPECT_GT(test, taken, 0UL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	/* And big blocks have joined again. */
	page = alloc_pages(GFP_KERNEL | __GFP_NOWARN, 8);
	KUNIT_EXPECT_NOT_NULL(test, page);
	if (page)
		__free_pages(page, 8);
}

static void compound_tails_know_their_head(struct kunit *test)
{
	unsigned long before = nr_free_pages();
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_TRUE(test, PageHead(page));
	KUNIT_EXPECT_TRUE(test, PageTail(page + 3));
	KUNIT_EXPECT_PTR_EQ(test, compound_head(page + 3), page);
	KUNIT_EXPECT_EQ(test, page_size(page), 4 * PAGE_SIZE);
	get_page(page + 2);
	KUNIT_EXPECT_EQ(test, page_count(page), 2);
	put_page(page + 1);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before - 4);
	put_page(page);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void exact_gives_the_rest_back(struct kunit *test)
{
	unsigned long before = nr_free_pages();
	void *mem = alloc_pages_exact(5 * PAGE_SIZE + 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mem);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before - 6);
	free_pages_exact(mem, 5 * PAGE_SIZE + 1);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void dma_memory_is_low(struct kunit *test)
{
	unsigned long addr = __get_dma_pages(GFP_KERNEL, 3);

	KUNIT_ASSERT_NE(test, addr, 0UL);
	KUNIT_EXPECT_LE(test, __pa(addr) + 8 * PAGE_SIZE, 16UL << 20);
	free_pages(addr, 3);
}

static void order_of_a_size(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, get_order(1), 0U);
	KUNIT_EXPECT_EQ(test, get_order(PAGE_SIZE), 0U);
	KUNIT_EXPECT_EQ(test, get_order(PAGE_SIZE + 1), 1U);
	KUNIT_EXPECT_EQ(test, get_order(8 * PAGE_SIZE), 3U);
	KUNIT_EXPECT_EQ(test, get_order(8 * PAGE_SIZE + 1), 4U);
}

static struct kunit_case buddy_cases[] = {
	KUNIT_CASE(one_page_comes_and_goes),
	KUNIT_CASE(page_freed_last_is_hot),
	KUNIT_CASE(every_order_is_aligned),
	KUNIT_CASE(too_big_is_refused),
	KUNIT_CASE(zeroed_means_zero),
	KUNIT_CASE(buddies_join_again),
	KUNIT_CASE(split_and_join_balance),
	KUNIT_CASE(exhaustion_leaves_the_reserve),
	KUNIT_CASE(compound_tails_know_their_head),
	KUNIT_CASE(exact_gives_the_rest_back),
	KUNIT_CASE(dma_memory_is_low),
	KUNIT_CASE(order_of_a_size),
	{}
};

static struct kunit_suite buddy_suite = {
	.name = "buddy",
	.test_cases = buddy_cases,
};
kunit_test_suite(buddy_suite);
