/*
 * Each kind of mistake with memory is told (DEBUG=1), once, as what it is.
 *
 * The crimes are committed for good: KASAN tells, and lets the access go on. So
 * they are chosen to hit redzones and what nobody uses.
 */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/kmemleak.h>
#include <linux/lkdtm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

/* What the compiler cannot see through. */
static void *hidden(void *p)
{
	OPTIMIZER_HIDE_VAR(p);
	return p;
}

static void write_byte(char *p)
{
	*(volatile char *)hidden(p) = 'x';
}

static char read_byte(const char *p)
{
	return *(const volatile char *)hidden((void *)p);
}

/* ------------------------------------------------------------------ the heap */

static void heap_right(void *unused)
{
	char *mem = kmalloc(61, GFP_KERNEL);

	write_byte(mem + 61);
	kfree(mem);
}

static void heap_left(void *unused)
{
	char *mem = kmalloc(64, GFP_KERNEL);

	read_byte(mem - 1);
	kfree(mem);
}

static void heap_large(void *unused)
{
	char *mem = kmalloc(20000, GFP_KERNEL);

	write_byte(mem + 20000);
	kfree(mem);
}

static void heap_after_free(void *unused)
{
	char *mem = kmalloc(40, GFP_KERNEL);

	kfree(mem);
	write_byte(mem + 8);
}

static void heap_read_after_free(void *unused)
{
	char *mem = kmalloc(40, GFP_KERNEL);

	kfree(mem);
	read_byte(mem + 8);
}

static void free_twice(void *unused)
{
	char *mem = kmalloc(40, GFP_KERNEL);

	kfree(mem);
	kfree(hidden(mem));
}

static void free_the_middle(void *unused)
{
	char *mem = kmalloc(40, GFP_KERNEL);

	kfree(hidden(mem + 8));
	kfree(mem);
}

static void count_after_free(void *unused)
{
	atomic_t *count = kmalloc(sizeof(*count), GFP_KERNEL);

	atomic_set(count, 1);
	kfree(count);
	atomic_inc(hidden(count));
}

static void free_the_stack(void *unused)
{
	char mem[16];

	kfree(hidden(mem));
}

static void shrunk(void *unused)
{
	char *mem = kmalloc(60, GFP_KERNEL);

	mem = krealloc(mem, 20, GFP_KERNEL);
	read_byte(mem + 24);
	kfree(mem);
}

static void wrong_cache(void *unused)
{
	struct kmem_cache *cache = kmem_cache_create("test_wrong", 40, 0, 0, NULL);
	char *mem = kmalloc(40, GFP_KERNEL);

	kmem_cache_free(cache, hidden(mem));
	kfree(mem);
	kmem_cache_destroy(cache);
}

static void page_after_free(void *unused)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);

	free_page((unsigned long)page);
	read_byte(page + 100);
}

static void heap_is_guarded(struct kunit *test)
{
	kunit_expect_report(test, "slab-out-of-bounds write of 1 byte at", heap_right, NULL);
	kunit_expect_report(test, "slab-out-of-bounds read of 1 byte at", heap_left, NULL);
	kunit_expect_report(test, "slab-out-of-bounds write of 1 byte at", heap_large, NULL);
	kunit_expect_report(test, "slab-out-of-bounds read of 1 byte at", shrunk, NULL);
}

static void freed_memory_is_watched(struct kunit *test)
{
	kunit_expect_report(test, "use-after-free write of 1 byte at", heap_after_free, NULL);
	kunit_expect_report(test, "use-after-free read of 1 byte at", heap_read_after_free, NULL);
	kunit_expect_report(test, "use-after-free read of 1 byte at", page_after_free, NULL);
	kunit_expect_report(test, "use-after-free read of 4 bytes at", count_after_free, NULL);
}

static void bad_frees_are_told(struct kunit *test)
{
	kunit_expect_report(test, "double-free of", free_twice, NULL);
	kunit_expect_report(test, "invalid-free of", free_the_middle, NULL);
	kunit_expect_report(test, "invalid-free of", free_the_stack, NULL);
	kunit_expect_report(test, "invalid-free of", wrong_cache, NULL);
}

/* ------------------------------------------------------------------ ranges */

static void copy_too_much(void *unused)
{
	char *mem = kmalloc(40, GFP_KERNEL), source[48] = "";

	memcpy(mem, hidden(source), 48);
	kfree(mem);
}

static void set_too_much(void *unused)
{
	char *mem = kmalloc(40, GFP_KERNEL);

	memset(hidden(mem), 0, 42);
	kfree(mem);
}

static void move_too_much(void *unused)
{
	char *mem = kmalloc(40, GFP_KERNEL);

	memmove(hidden(mem), mem + 1, 40);
	kfree(mem);
}

/* The end lies right behind the object, by a store that nobody checks: strlen() goes one byte too far. */
static void string_without_end(void *unused)
{
	char *mem = kmalloc(15, GFP_KERNEL);
	size_t length;

	memset(mem, 'x', 15);
	asm volatile("movb $0, 15(%0)" : : "r" (mem) : "memory");
	*(volatile size_t *)hidden(&length) = strlen(hidden(mem));
	kfree(mem);
}

static void ranges_are_checked(struct kunit *test)
{
	kunit_expect_report(test, "slab-out-of-bounds write of 48 bytes at", copy_too_much, NULL);
	kunit_expect_report(test, "slab-out-of-bounds write of 42 bytes at", set_too_much, NULL);
	kunit_expect_report(test, "slab-out-of-bounds read of 40 bytes at", move_too_much, NULL);
	kunit_expect_report(test, "slab-out-of-bounds read of 1 byte at", string_without_end, NULL);
}

/* ------------------------------------------------------------------ variables, areas */

static char global[13];
static char *volatile global_end = global + sizeof(global);

static void beyond_a_global(void *unused)
{
	read_byte(global_end + 2);
}

static void beyond_a_local(void *unused)
{
	char local[12] = "";

	write_byte((char *)hidden(local) + 12);
}

static void beyond_an_alloca(void *len)
{
	char local[*(volatile unsigned int *)len];

	write_byte((char *)hidden(local) + *(unsigned int *)len);
}

static void beyond_an_area(void *unused)
{
	char *mem = vmalloc(5000);

	read_byte(mem + 5000);
	vfree(mem);
}

/* There is nothing to go on with: the page fault follows. */
static void beyond_the_last_page(void *unused)
{
	char *mem = vmalloc(PAGE_SIZE);

	read_byte(mem + PAGE_SIZE);
	vfree(mem);
}

static void variables_are_guarded(struct kunit *test)
{
	unsigned int len = 11;

	kunit_expect_report(test, "global-out-of-bounds read of 1 byte at", beyond_a_global, NULL);
	kunit_expect_report(test, "stack-out-of-bounds write of 1 byte at", beyond_a_local, NULL);
	kunit_expect_report(test, "alloca-out-of-bounds write of 1 byte at", beyond_an_alloca, &len);
}

static void areas_are_guarded(struct kunit *test)
{
	kunit_expect_report(test, "vmalloc-out-of-bounds read of 1 byte at", beyond_an_area, NULL);
}

/* ------------------------------------------------------------------ leaks */

static void *kept[3];

/* One place: the volatile keeps the loop from being unrolled. */
static noinline void keep_all(void)
{
	for (volatile unsigned int i = 0; i < ARRAY_SIZE(kept); i++)
		kept[i] = kmalloc(50, GFP_KERNEL);
}

static void leak_two(void *unused)
{
	struct leak_filter since = kmemleak_filter_current();
	unsigned int i;

	keep_all();
	kmemleak_not_leak(kept[2]);
	kmemleak_report(&since);
	for (i = 0; i < ARRAY_SIZE(kept); i++)
		kfree(kept[i]);
}

static void leaks_are_listed(struct kunit *test)
{
	struct leak_filter since;

	kunit_expect_report(test, "leak: 2 objects of kmalloc-64", leak_two, NULL);
	since = kmemleak_filter_current();
	kfree(kmalloc(50, GFP_KERNEL));
	KUNIT_EXPECT_EQ(test, kmemleak_report(&since), 0U);
}

/* ------------------------------------------------------------------ by name */

#define CRIME(NAME, fn)								\
static void lkdtm_##fn(void)							\
{										\
	fn(NULL);								\
}										\
lkdtm_type(NAME, lkdtm_##fn)

CRIME(SLAB_LINEAR_OVERFLOW, heap_right);
CRIME(WRITE_AFTER_FREE, heap_after_free);
CRIME(READ_AFTER_FREE, heap_read_after_free);
CRIME(SLAB_FREE_DOUBLE, free_twice);
CRIME(SLAB_FREE_CROSS, wrong_cache);
CRIME(SLAB_FREE_INSIDE, free_the_middle);
CRIME(READ_BUDDY_AFTER_FREE, page_after_free);
CRIME(VMALLOC_LINEAR_OVERFLOW, beyond_an_area);
CRIME(VMALLOC_GUARD, beyond_the_last_page);
CRIME(ARRAY_BOUNDS_STACK, beyond_a_local);
CRIME(GLOBAL_BOUNDS, beyond_a_global);
CRIME(MEMCPY_OVERFLOW, copy_too_much);
CRIME(LEAK, leak_two);

static struct kunit_case kasan_cases[] = {
	KUNIT_CASE(heap_is_guarded),
	KUNIT_CASE(freed_memory_is_watched),
	KUNIT_CASE(bad_frees_are_told),
	KUNIT_CASE(ranges_are_checked),
	KUNIT_CASE(variables_are_guarded),
	KUNIT_CASE(areas_are_guarded),
	KUNIT_CASE(leaks_are_listed),
	{}
};

static struct kunit_suite kasan_suite = {
	.name = "kasan",
	.test_cases = kasan_cases,
};
kunit_test_suite(kasan_suite);
