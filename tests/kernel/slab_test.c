/* Slab caches and kmalloc(): sizes, alignment, constructors, reuse, what is refused. */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#define MANY	600

static unsigned int constructed;

static void count_constructor(void *object)
{
	constructed++;
	memset(object, 0x5c, 40);
}

static void classes_hold_what_was_asked(struct kunit *test)
{
	static const size_t sizes[] = { 1, 8, 9, 16, 33, 64, 65, 96, 97, 128, 129, 192, 193, 256,
					1000, 1024, 2047, 4096, 4097, 8192 };
	unsigned int i;
	void *mem;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		mem = kmalloc(sizes[i], GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, mem);
		KUNIT_EXPECT_GE(test, ksize(mem), sizes[i]);
		KUNIT_EXPECT_LE(test, ksize(mem), max(2 * sizes[i], (size_t)8));
		kfree(mem);
	}
}

static void powers_of_two_are_aligned(struct kunit *test)
{
	unsigned long size;
	void *mem[3];
	unsigned int i;

	for (size = 8; size <= 8192; size *= 2) {
		for (i = 0; i < ARRAY_SIZE(mem); i++) {
			mem[i] = kmalloc(size, GFP_KERNEL);
			KUNIT_EXPECT_EQ(test, (unsigned long)mem[i] & (min(size, PAGE_SIZE) - 1),
					0UL);
		}
		while (i--)
			kfree(mem[i]);
	}
}

/* contract: S0-05 */
static void kzalloc_clears_what_was_dirty(struct kunit *test)
{
	char *mem = kmalloc(200, GFP_KERNEL), *again;

	KUNIT_ASSERT_NOT_NULL(test, mem);
	memset(mem, 0xff, 200);
	kfree(mem);
	again = kzalloc(200, GFP_KERNEL);
	if (!DEBUG_BUILD)	/* freed last, taken first; under KASAN it rests a while */
		KUNIT_EXPECT_PTR_EQ(test, again, mem);
	KUNIT_EXPECT_NULL(test, memchr_inv(again, 0, 200));
	kfree(again);
}

static void objects_do_not_overlap(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("test", 52, 0, 0, NULL);
	unsigned char **object = kcalloc(MANY, sizeof(*object), GFP_KERNEL);
	unsigned int i, wrong = 0;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	KUNIT_ASSERT_NOT_NULL(test, object);
	for (i = 0; i < MANY; i++) {
		object[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		memset(object[i], i, 52);
	}
	for (i = 0; i < MANY; i++)
		wrong += memchr_inv(object[i], i, 52) != NULL;
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	/* Back in another order than taken. */
	for (i = 0; i < MANY; i += 2)
		kmem_cache_free(cache, object[i]);
	for (i = 1; i < MANY; i += 2)
		kmem_cache_free(cache, object[i]);
	kfree(object);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cache), 0);
	kmem_cache_destroy(cache);
}

static void constructor_runs_once(struct kunit *test)
{
	struct kmem_cache *cache;
	char *object, *again;
	unsigned int made;

	constructed = 0;
	cache = kmem_cache_create("test_ctor", 40, 0, 0, count_constructor);
	KUNIT_ASSERT_NOT_NULL(test, cache);
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, object);
	made = constructed;
	KUNIT_EXPECT_GT(test, made, 0U);
	KUNIT_EXPECT_NULL(test, memchr_inv(object, 0x5c, 40));
	kmem_cache_free(cache, object);
	again = kmem_cache_alloc(cache, GFP_KERNEL);
	if (!DEBUG_BUILD)
		KUNIT_EXPECT_PTR_EQ(test, again, object);
	/* Lying free has not touched it, and it was not constructed a second time. */
	KUNIT_EXPECT_NULL(test, memchr_inv(again, 0x5c, 40));
	KUNIT_EXPECT_EQ(test, constructed, made);
	kmem_cache_free(cache, again);
	kmem_cache_destroy(cache);
}

static void alignment_is_kept(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("test_align", 20, 64, 0, NULL);
	void *object[5];
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	for (i = 0; i < ARRAY_SIZE(object); i++) {
		object[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		KUNIT_EXPECT_EQ(test, (unsigned long)object[i] & 63, 0UL);
	}
	while (i--)
		kmem_cache_free(cache, object[i]);
	KUNIT_EXPECT_EQ(test, kmem_cache_size(cache), 20U);
	kmem_cache_destroy(cache);
}

static void bad_caches_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, kmem_cache_create("zero", 0, 0, 0, NULL));
	KUNIT_EXPECT_NULL(test, kmem_cache_create("odd", 16, 24, 0, NULL));
	KUNIT_EXPECT_NULL(test, kmem_cache_create("vast", 64 << 20, 0, 0, NULL));
}

static void destroying_gives_pages_back(struct kunit *test)
{
	unsigned long before = slab_pages();
	struct kmem_cache *cache = kmem_cache_create("test_pages", 1024, 0, 0, NULL);
	void *object[32];
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	for (i = 0; i < ARRAY_SIZE(object); i++)
		object[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	KUNIT_EXPECT_GE(test, slab_pages(), before + 8);
	while (i--)
		kmem_cache_free(cache, object[i]);
	kmem_cache_destroy(cache);
	KUNIT_EXPECT_LE(test, slab_pages(), before + 1);	/* + the cache of caches may have grown */
}

static void nothing_is_not_null(struct kunit *test)
{
	void *mem = kmalloc(0, GFP_KERNEL);

	KUNIT_EXPECT_PTR_EQ(test, mem, ZERO_SIZE_PTR);
	KUNIT_EXPECT_EQ(test, ksize(mem), (size_t)0);
	kfree(mem);
	kfree(NULL);
}

static void krealloc_keeps_content(struct kunit *test)
{
	char *mem = kmalloc(24, GFP_KERNEL), *moved;

	KUNIT_ASSERT_NOT_NULL(test, mem);
	strcpy(mem, "twenty-three characters");
	KUNIT_EXPECT_PTR_EQ(test, krealloc(mem, 30, GFP_KERNEL), mem);
	moved = krealloc(mem, 5000, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, moved);
	KUNIT_EXPECT_STREQ(test, moved, "twenty-three characters");
	KUNIT_EXPECT_GE(test, ksize(moved), (size_t)5000);
	KUNIT_EXPECT_PTR_EQ(test, krealloc(moved, 0, GFP_KERNEL), ZERO_SIZE_PTR);
}

static void big_requests_are_pages(struct kunit *test)
{
	unsigned long before = nr_free_pages();
	char *mem = kmalloc(100000, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mem);
	KUNIT_EXPECT_TRUE(test, PAGE_ALIGNED(mem));
	KUNIT_EXPECT_EQ(test, ksize(mem), (size_t)32 * PAGE_SIZE);
	memset(mem, 1, 100000);
	kfree(mem);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void absurd_sizes_fail(struct kunit *test)
{
	volatile size_t huge = ~0u;

	KUNIT_EXPECT_NULL(test, kmalloc(huge, GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, kcalloc(huge / 4, 8, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, krealloc_array(NULL, huge, 2, GFP_KERNEL));
}

static void copies_of_strings(struct kunit *test)
{
	char *whole = kstrdup("lectern", GFP_KERNEL), *part = kstrndup("lectern", 4, GFP_KERNEL);
	char *bytes = kmemdup("abc\0def", 8, GFP_KERNEL);

	KUNIT_EXPECT_STREQ(test, whole, "lectern");
	KUNIT_EXPECT_STREQ(test, part, "lect");
	KUNIT_EXPECT_EQ(test, memcmp(bytes, "abc\0def", 8), 0);
	KUNIT_EXPECT_NULL(test, kstrdup(NULL, GFP_KERNEL));
	kfree(whole);
	kfree(part);
	kfree_sensitive(bytes);
}

static int find_kmalloc_64(const struct slabinfo *info, void *arg)
{
	if (!strcmp(info->name, "kmalloc-64")) {
		*(struct slabinfo *)arg = *info;
		return 1;
	}
	return 0;
}

static void slabinfo_tells_the_truth(struct kunit *test)
{
	struct slabinfo info = {};

	KUNIT_EXPECT_EQ(test, slab_for_each(find_kmalloc_64, &info), 1);
	KUNIT_EXPECT_EQ(test, info.object_size, 64U);
	if (DEBUG_BUILD)	/* redzones, and who allocated them, lie between objects */
		KUNIT_EXPECT_LT(test, info.objects_per_slab * 64,
				(unsigned int)(info.pages_per_slab * PAGE_SIZE));
	else
		KUNIT_EXPECT_EQ(test, info.objects_per_slab * 64,
				(unsigned int)(info.pages_per_slab * PAGE_SIZE));
	KUNIT_EXPECT_LE(test, info.active_slabs, info.num_slabs);
}

static struct kunit_case slab_cases[] = {
	KUNIT_CASE(classes_hold_what_was_asked),
	KUNIT_CASE(powers_of_two_are_aligned),
	KUNIT_CASE(kzalloc_clears_what_was_dirty),
	KUNIT_CASE(objects_do_not_overlap),
	KUNIT_CASE(constructor_runs_once),
	KUNIT_CASE(alignment_is_kept),
	KUNIT_CASE(bad_caches_are_refused),
	KUNIT_CASE(destroying_gives_pages_back),
	KUNIT_CASE(nothing_is_not_null),
	KUNIT_CASE(krealloc_keeps_content),
	KUNIT_CASE(big_requests_are_pages),
	KUNIT_CASE(absurd_sizes_fail),
	KUNIT_CASE(copies_of_strings),
	KUNIT_CASE(slabinfo_tells_the_truth),
	{}
};

static struct kunit_suite slab_suite = {
	.name = "slab",
	.test_cases = slab_cases,
};
kunit_test_suite(slab_suite);
