/* vmalloc, vmap, ioremap and kernel stacks: what is mapped, and what must not be. */
#include <kunit/test.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/thread_info.h>

#define VGA_TEXT	0xb8000

static bool mapped(const void *addr)
{
	char byte;

	return copy_from_kernel_nofault(&byte, addr, 1) == 0;
}

static void area_is_contiguous(struct kunit *test)
{
	unsigned int i, wrong = 0;
	char *mem = vmalloc(5 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, mem);
	for (i = 0; i < 5 * PAGE_SIZE; i++)
		mem[i] = i * 7;
	for (i = 0; i < 5 * PAGE_SIZE; i++)
		wrong += mem[i] != (char)(i * 7);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	KUNIT_EXPECT_TRUE(test, is_vmalloc_addr(mem));
	KUNIT_EXPECT_TRUE(test, PAGE_ALIGNED(mem));
	vfree(mem);
}

static void guards_on_both_sides(struct kunit *test)
{
	char *mem = vmalloc(3 * PAGE_SIZE - 5);

	KUNIT_ASSERT_NOT_NULL(test, mem);
	KUNIT_EXPECT_TRUE(test, mapped(mem));
	KUNIT_EXPECT_TRUE(test, mapped(mem + 3 * PAGE_SIZE - 1));
	KUNIT_EXPECT_FALSE(test, mapped(mem + 3 * PAGE_SIZE));
	KUNIT_EXPECT_FALSE(test, mapped(mem - 1));
	vfree(mem);
}

static void freed_is_unmapped(struct kunit *test)
{
	unsigned long before = nr_free_pages(), areas = vmalloc_nr_pages();
	char *mem = vmalloc(2 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, mem);
	mem[0] = 1;
	KUNIT_EXPECT_EQ(test, vmalloc_nr_pages(), areas + 2);
	vfree(mem);
	KUNIT_EXPECT_FALSE(test, mapped(mem));
	KUNIT_EXPECT_GE(test, nr_free_pages() + 2, before);	/* small objects may have taken a slab */
	KUNIT_EXPECT_EQ(test, vmalloc_nr_pages(), areas);
}

static void vzalloc_clears(struct kunit *test)
{
	char *mem = vzalloc(PAGE_SIZE * 2);

	KUNIT_ASSERT_NOT_NULL(test, mem);
	KUNIT_EXPECT_NULL(test, memchr_inv(mem, 0, PAGE_SIZE * 2));
	vfree(mem);
}

static void gap_is_used_again(struct kunit *test)
{
	void *first = vmalloc(PAGE_SIZE), *second;

	KUNIT_ASSERT_NOT_NULL(test, first);
	vfree(first);
	second = vmalloc(PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, second, first);
	vfree(second);
}

static void impossible_sizes_fail(struct kunit *test)
{
	unsigned long before = nr_free_pages();

	KUNIT_EXPECT_NULL(test, vmalloc(0));
	KUNIT_EXPECT_NULL(test, vmalloc(VMALLOC_END - VMALLOC_START));
	KUNIT_EXPECT_NULL(test, vmalloc(~0UL));
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	vfree(NULL);
}

static void vmap_shows_pages_in_order(struct kunit *test)
{
	struct page *pages[2] = { alloc_page(GFP_KERNEL), alloc_page(GFP_KERNEL) };
	char *mem;

	KUNIT_ASSERT_NOT_NULL(test, pages[0]);
	KUNIT_ASSERT_NOT_NULL(test, pages[1]);
	mem = vmap(pages, 2, VM_MAP, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, mem);
	mem[0] = 'a';
	mem[PAGE_SIZE] = 'b';
	KUNIT_EXPECT_EQ(test, *(char *)page_address(pages[0]), 'a');
	KUNIT_EXPECT_EQ(test, *(char *)page_address(pages[1]), 'b');
	KUNIT_EXPECT_PTR_EQ(test, vmalloc_to_page(mem + PAGE_SIZE + 5), pages[1]);
	vunmap(mem);
	KUNIT_EXPECT_FALSE(test, mapped(mem));
	KUNIT_EXPECT_EQ(test, page_count(pages[0]), 1);
	__free_page(pages[0]);
	__free_page(pages[1]);
}

static void ioremap_takes_devices_only(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	void __iomem *vga = ioremap(VGA_TEXT + 2, 64);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_NULL(test, (__force void *)ioremap(page_to_phys(page), PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, (__force void *)ioremap(0xfffff000, 2 * PAGE_SIZE));
	KUNIT_ASSERT_NOT_NULL(test, (__force void *)vga);
	KUNIT_EXPECT_EQ(test, offset_in_page(vga), 2UL);
	KUNIT_EXPECT_EQ(test, vmalloc_to_pfn((__force void *)vga), VGA_TEXT >> PAGE_SHIFT);
	iounmap(vga);
	KUNIT_EXPECT_FALSE(test, mapped((__force void *)vga));
	__free_page(page);
}

static void kvmalloc_chooses(struct kunit *test)
{
	void *small = kvmalloc(100, GFP_KERNEL), *big = kvzalloc(6 << 20, GFP_KERNEL);

	KUNIT_EXPECT_FALSE(test, is_vmalloc_addr(small));
	KUNIT_EXPECT_TRUE(test, !big || is_vmalloc_addr(big));
	kvfree(small);
	kvfree(big);
}

static void stacks_are_guarded(struct kunit *test)
{
	char *stack = alloc_thread_stack();

	KUNIT_ASSERT_NOT_NULL(test, stack);
	KUNIT_EXPECT_EQ(test, (unsigned long)stack & (THREAD_SIZE - 1), 0UL);
	KUNIT_EXPECT_TRUE(test, mapped(stack));
	KUNIT_EXPECT_TRUE(test, mapped(stack + THREAD_SIZE - 1));
	KUNIT_EXPECT_FALSE(test, mapped(stack - 1));
	KUNIT_EXPECT_TRUE(test, is_stack_guard((unsigned long)stack - 1));
	KUNIT_EXPECT_FALSE(test, is_stack_guard((unsigned long)stack));
	free_thread_stack(stack);
}

static void freed_stack_is_kept_warm(struct kunit *test)
{
	void *stack = alloc_thread_stack();

	KUNIT_ASSERT_NOT_NULL(test, stack);
	free_thread_stack(stack);
	KUNIT_EXPECT_PTR_EQ(test, alloc_thread_stack(), stack);
	free_thread_stack(stack);
}

static struct kunit_case vmalloc_cases[] = {
	KUNIT_CASE(area_is_contiguous),
	KUNIT_CASE(guards_on_both_sides),
	KUNIT_CASE(freed_is_unmapped),
	KUNIT_CASE(vzalloc_clears),
	KUNIT_CASE(gap_is_used_again),
	KUNIT_CASE(impossible_sizes_fail),
	KUNIT_CASE(vmap_shows_pages_in_order),
	KUNIT_CASE(ioremap_takes_devices_only),
	KUNIT_CASE(kvmalloc_chooses),
	KUNIT_CASE(stacks_are_guarded),
	KUNIT_CASE(freed_stack_is_kept_warm),
	{}
};

static struct kunit_suite vmalloc_suite = {
	.name = "vmalloc",
	.test_cases = vmalloc_cases,
};
kunit_test_suite(vmalloc_suite);
