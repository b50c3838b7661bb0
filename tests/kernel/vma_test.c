/*
 * Address spaces: where mappings go, how vmas join and split, what a fault
 * brings, what fork shares and copies. Each case has an address space of its own.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "test_mm.h"

#define BASE	0x20000000UL
#define PAGES(n) ((n) * PAGE_SIZE)

static struct test_mm space;
static struct mm_struct *mm;

static int vma_test_init(struct kunit *test)
{
	if (!enter_test_mm(&space))
		return -ENOMEM;
	mm = space.mm;
	return 0;
}

static void vma_test_exit(struct kunit *test)
{
	leave_test_mm(&space);
}

/* The list and the tree must tell the same: how many vmas, or -1. */
static int count_vmas(void)
{
	struct vm_area_struct *vma, *last = NULL;
	int n = 0;

	for (vma = mm->mmap; vma; last = vma, vma = vma->vm_next) {
		if (vma->vm_prev != last || (last && last->vm_end > vma->vm_start) ||
		    vma->vm_start >= vma->vm_end || find_vma(mm, vma->vm_start) != vma)
			return -1;
		n++;
	}
	return n == mm->map_count ? n : -1;
}

static void neighbours_become_one(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, map_anon(BASE, PAGES(2), MAP_FIXED), BASE);
	KUNIT_ASSERT_EQ(test, map_anon(BASE + PAGES(4), PAGES(2), MAP_FIXED), BASE + PAGES(4));
	KUNIT_EXPECT_EQ(test, count_vmas(), 2);
	KUNIT_ASSERT_EQ(test, map_anon(BASE + PAGES(2), PAGES(2), MAP_FIXED), BASE + PAGES(2));
	KUNIT_EXPECT_EQ(test, count_vmas(), 1);
	KUNIT_EXPECT_EQ(test, find_vma(mm, BASE)->vm_end, BASE + PAGES(6));
	KUNIT_EXPECT_EQ(test, mm->total_vm, 6UL);
}

static void other_protection_stays_apart(struct kunit *test)
{
	map_anon(BASE, PAGES(1), MAP_FIXED);
	KUNIT_ASSERT_EQ(test, vm_mmap(NULL, BASE + PAGES(1), PAGES(1), PROT_READ,
				      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, 0),
			BASE + PAGES(1));
	KUNIT_EXPECT_EQ(test, count_vmas(), 2);
}

static void a_hole_splits(struct kunit *test)
{
	map_anon(BASE, PAGES(5), MAP_FIXED);
	KUNIT_ASSERT_EQ(test, poke(BASE + PAGES(4), 44), 0);
	KUNIT_ASSERT_EQ(test, vm_munmap(BASE + PAGES(1), PAGES(2)), 0);
	KUNIT_EXPECT_EQ(test, count_vmas(), 2);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(1)), -EFAULT);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(2)), -EFAULT);
	KUNIT_EXPECT_EQ(test, peek(BASE), 0);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(4)), 44);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 3UL);
}

static void unmapping_over_several(struct kunit *test)
{
	map_anon(BASE, PAGES(2), MAP_FIXED);
	map_anon(BASE + PAGES(3), PAGES(2), MAP_FIXED);
	map_anon(BASE + PAGES(6), PAGES(2), MAP_FIXED);
	KUNIT_EXPECT_EQ(test, vm_munmap(BASE + PAGES(1), PAGES(6)), 0);
	KUNIT_EXPECT_EQ(test, count_vmas(), 2);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 2UL);
	KUNIT_EXPECT_EQ(test, vm_munmap(BASE, PAGES(100)), 0);
	KUNIT_EXPECT_EQ(test, count_vmas(), 0);
	KUNIT_EXPECT_EQ(test, vm_munmap(BASE, PAGES(1)), 0);
	KUNIT_EXPECT_EQ(test, vm_munmap(BASE + 1, PAGES(1)), -EINVAL);
	KUNIT_EXPECT_EQ(test, vm_munmap(BASE, 0), -EINVAL);
}

static void protecting_splits_and_joins(struct kunit *test)
{
	map_anon(BASE, PAGES(3), MAP_FIXED);
	KUNIT_ASSERT_EQ(test, poke(BASE + PAGES(1), 7), 0);
	KUNIT_EXPECT_EQ(test, sys_mprotect(BASE + PAGES(1), PAGES(1), PROT_READ), 0L);
	KUNIT_EXPECT_EQ(test, count_vmas(), 3);
	KUNIT_EXPECT_EQ(test, poke(BASE + PAGES(1), 8), -EFAULT);
	KUNIT_EXPECT_EQ(test, sys_mprotect(BASE + PAGES(1), PAGES(1), PROT_READ | PROT_WRITE), 0L);
	KUNIT_EXPECT_EQ(test, count_vmas(), 1);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(1)), 7);
	KUNIT_EXPECT_EQ(test, poke(BASE + PAGES(1), 8), 0);
	KUNIT_EXPECT_EQ(test, sys_mprotect(BASE + PAGES(2), PAGES(2), PROT_READ), (long)-ENOMEM);
}

static void no_access_keeps_the_content(struct kunit *test)
{
	map_anon(BASE, PAGES(1), MAP_FIXED);
	KUNIT_ASSERT_EQ(test, poke(BASE, 99), 0);
	KUNIT_EXPECT_EQ(test, sys_mprotect(BASE, PAGES(1), PROT_NONE), 0L);
	KUNIT_EXPECT_EQ(test, peek(BASE), -EFAULT);
	KUNIT_EXPECT_EQ(test, sys_mprotect(BASE, PAGES(1), PROT_READ), 0L);
	KUNIT_EXPECT_EQ(test, peek(BASE), 99);
}

static void fixed_replaces_or_refuses(struct kunit *test)
{
	map_anon(BASE, PAGES(3), MAP_FIXED);
	KUNIT_ASSERT_EQ(test, poke(BASE + PAGES(1), 5), 0);
	KUNIT_EXPECT_EQ(test, (long)map_anon(BASE + PAGES(2), PAGES(2), MAP_FIXED_NOREPLACE),
			(long)-EEXIST);
	KUNIT_EXPECT_EQ(test, map_anon(BASE + PAGES(3), PAGES(1), MAP_FIXED_NOREPLACE),
			BASE + PAGES(3));
	KUNIT_EXPECT_EQ(test, map_anon(BASE + PAGES(1), PAGES(1), MAP_FIXED), BASE + PAGES(1));
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(1)), 0);
	KUNIT_EXPECT_EQ(test, count_vmas(), 1);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 4UL);
}

static void mappings_grow_downwards(struct kunit *test)
{
	unsigned long first = map_anon(0, PAGES(2), 0), second = map_anon(0, PAGES(3), 0), hinted;

	KUNIT_EXPECT_EQ(test, first, mm->mmap_base - PAGES(2));
	KUNIT_EXPECT_EQ(test, second, first - PAGES(3));
	vm_munmap(first, PAGES(1));
	/* The gap is too small for two pages, and right for one. */
	KUNIT_EXPECT_EQ(test, map_anon(0, PAGES(2), 0), second - PAGES(2));
	KUNIT_EXPECT_EQ(test, map_anon(0, PAGES(1), 0), first);
	hinted = map_anon(BASE, PAGES(1), 0);
	KUNIT_EXPECT_EQ(test, hinted, BASE);
	KUNIT_EXPECT_NE(test, map_anon(BASE, PAGES(1), 0), BASE);
}

static void bad_requests_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, (long)map_anon(0, 0, 0), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, (long)map_anon(0, ~0UL, 0), (long)-ENOMEM);
	KUNIT_EXPECT_EQ(test, (long)map_anon(0, TASK_SIZE, 0), (long)-ENOMEM);
	KUNIT_EXPECT_EQ(test, (long)map_anon(0, PAGES(1), MAP_FIXED), (long)-EPERM);
	KUNIT_EXPECT_EQ(test, (long)map_anon(BASE + 1, PAGES(1), MAP_FIXED), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, (long)map_anon(TASK_SIZE, PAGES(1), MAP_FIXED), (long)-ENOMEM);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, 0, PAGES(1), PROT_READ, MAP_ANONYMOUS, 0),
			(long)-EINVAL);
	KUNIT_EXPECT_EQ(test, count_vmas(), 0);
}

static void finding(struct kunit *test)
{
	struct vm_area_struct *vma, *prev;

	map_anon(BASE, PAGES(1), MAP_FIXED);
	map_anon(BASE + PAGES(4), PAGES(1), MAP_FIXED);
	vma = find_vma_prev(mm, BASE + PAGES(2), &prev);
	KUNIT_ASSERT_NOT_NULL(test, vma);
	KUNIT_EXPECT_EQ(test, vma->vm_start, BASE + PAGES(4));
	KUNIT_EXPECT_EQ(test, prev->vm_start, BASE);
	KUNIT_EXPECT_NULL(test, find_vma(mm, BASE + PAGES(5)));
	KUNIT_EXPECT_NULL(test, find_vma_intersection(mm, BASE + PAGES(1), BASE + PAGES(4)));
	KUNIT_EXPECT_PTR_EQ(test, find_vma_intersection(mm, 0, BASE + 1), prev);
}

static void reading_costs_no_page(struct kunit *test)
{
	map_anon(BASE, PAGES(8), MAP_FIXED);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(3)), 0);
	KUNIT_EXPECT_EQ(test, get_mm_rss(mm), 0UL);
	KUNIT_EXPECT_EQ(test, poke(BASE + PAGES(3), 1), 0);
	KUNIT_EXPECT_EQ(test, poke(BASE + PAGES(4), 1), 0);
	KUNIT_EXPECT_EQ(test, get_mm_rss(mm), 2UL);
	vm_munmap(BASE, PAGES(8));
	KUNIT_EXPECT_EQ(test, get_mm_rss(mm), 0UL);
}

static void heap_moves(struct kunit *test)
{
	mm->start_brk = mm->brk = BASE + 100;
	KUNIT_EXPECT_EQ(test, sys_brk(0), (long)BASE + 100);
	KUNIT_EXPECT_EQ(test, sys_brk(BASE + PAGES(3) + 5), (long)(BASE + PAGES(3) + 5));
	KUNIT_EXPECT_EQ(test, mm->total_vm, 3UL);
	KUNIT_EXPECT_EQ(test, poke(BASE + PAGES(2), 3), 0);
	KUNIT_EXPECT_EQ(test, sys_brk(BASE + PAGES(2)), (long)(BASE + PAGES(2)));
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(2)), -EFAULT);
	KUNIT_EXPECT_EQ(test, sys_brk(BASE + PAGES(4)), (long)(BASE + PAGES(4)));
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(2)), 0);
	KUNIT_EXPECT_EQ(test, count_vmas(), 1);
	/* Not below its start, not into another mapping. */
	KUNIT_EXPECT_EQ(test, sys_brk(BASE), (long)(BASE + PAGES(4)));
	map_anon(BASE + PAGES(10), PAGES(1), MAP_FIXED);
	KUNIT_EXPECT_EQ(test, sys_brk(BASE + PAGES(11)), (long)(BASE + PAGES(4)));
}

static void stacks_grow_to_the_guard(struct kunit *test)
{
	unsigned long top = BASE + (64UL << 20), low = top - PAGES(1);

	KUNIT_ASSERT_EQ(test, map_anon(low, PAGES(1), MAP_FIXED | MAP_GROWSDOWN), low);
	KUNIT_EXPECT_EQ(test, poke(low - PAGES(20), 1), 0);
	KUNIT_EXPECT_EQ(test, find_vma(mm, low)->vm_start, low - PAGES(20));
	KUNIT_EXPECT_EQ(test, mm->stack_vm, 21UL);
	/* Another mapping closer than the guard gap stops it. */
	map_anon(low - PAGES(300), PAGES(1), MAP_FIXED);
	KUNIT_EXPECT_EQ(test, poke(low - PAGES(60), 1), -EFAULT);
	KUNIT_EXPECT_EQ(test, poke(low - PAGES(30), 1), 0);
}

static void fork_copies_on_write(struct kunit *test)
{
	struct mm_struct *child;
	int seen = 0, value = 77;

	map_anon(BASE, PAGES(2), MAP_FIXED);
	KUNIT_ASSERT_EQ(test, poke(BASE, 11), 0);
	KUNIT_ASSERT_EQ(test, poke(BASE + PAGES(1), 22), 0);
	child = dup_mm(current, mm);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_EXPECT_EQ(test, get_mm_rss(child), 2UL);
	KUNIT_EXPECT_EQ(test, child->map_count, 1);
	KUNIT_EXPECT_EQ(test, poke(BASE, 12), 0);
	KUNIT_EXPECT_EQ(test, access_remote_vm(child, BASE, &seen, sizeof(seen), 0), 4);
	KUNIT_EXPECT_EQ(test, seen, 11);
	KUNIT_EXPECT_EQ(test, access_remote_vm(child, BASE + PAGES(1), &value, sizeof(value),
					       FOLL_WRITE), 4);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(1)), 22);
	KUNIT_EXPECT_EQ(test, access_remote_vm(child, BASE + PAGES(1), &seen, sizeof(seen), 0), 4);
	KUNIT_EXPECT_EQ(test, seen, 77);
	mmput(child);
	KUNIT_EXPECT_EQ(test, peek(BASE), 12);
}

static void last_user_takes_the_page_over(struct kunit *test)
{
	struct mm_struct *child;
	struct page *before, *after;

	map_anon(BASE, PAGES(1), MAP_FIXED);
	KUNIT_ASSERT_EQ(test, poke(BASE, 1), 0);
	KUNIT_ASSERT_EQ(test, get_user_pages_fast(BASE, 1, 0, &before), 1);
	put_page(before);
	child = dup_mm(current, mm);
	KUNIT_ASSERT_NOT_NULL(test, child);
	mmput(child);
	KUNIT_EXPECT_EQ(test, poke(BASE, 2), 0);
	KUNIT_ASSERT_EQ(test, get_user_pages_fast(BASE, 1, 0, &after), 1);
	put_page(after);
	KUNIT_EXPECT_PTR_EQ(test, after, before);
}

static void shared_memory_is_shared(struct kunit *test)
{
	struct mm_struct *child;
	int seen = 0, value = 5;

	KUNIT_ASSERT_EQ(test, vm_mmap(NULL, BASE, PAGES(3), PROT_READ | PROT_WRITE,
				      MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, 0), BASE);
	KUNIT_ASSERT_EQ(test, poke(BASE, 1), 0);
	child = dup_mm(current, mm);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_EXPECT_EQ(test, poke(BASE, 2), 0);
	KUNIT_EXPECT_EQ(test, access_remote_vm(child, BASE, &seen, sizeof(seen), 0), 4);
	KUNIT_EXPECT_EQ(test, seen, 2);
	/* Also a page nobody had touched before the fork. */
	KUNIT_EXPECT_EQ(test, access_remote_vm(child, BASE + PAGES(2), &value, sizeof(value),
					       FOLL_WRITE), 4);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(2)), 5);
	mmput(child);
	/* The object holds its pages, not the entries that show them. */
	KUNIT_EXPECT_EQ(test, sys_madvise(BASE, PAGES(3), MADV_DONTNEED), 0L);
	KUNIT_EXPECT_EQ(test, get_mm_rss(mm), 0UL);
	KUNIT_EXPECT_EQ(test, peek(BASE), 2);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(2)), 5);
}

static void remapping_moves_content(struct kunit *test)
{
	long moved;

	map_anon(BASE, PAGES(2), MAP_FIXED);
	map_anon(BASE + PAGES(2), PAGES(1), MAP_FIXED | MAP_NORESERVE);	/* in the way, not mergeable */
	KUNIT_ASSERT_EQ(test, poke(BASE + PAGES(1), 31), 0);
	KUNIT_EXPECT_EQ(test, sys_mremap(BASE, PAGES(2), PAGES(4), 0, 0), (long)-ENOMEM);
	moved = sys_mremap(BASE, PAGES(2), PAGES(4), MREMAP_MAYMOVE, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(moved));
	KUNIT_EXPECT_EQ(test, peek(moved + PAGES(1)), 31);
	KUNIT_EXPECT_EQ(test, get_mm_rss(mm), 1UL);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(1)), -EFAULT);
	KUNIT_EXPECT_EQ(test, peek(moved + PAGES(3)), 0);
	KUNIT_EXPECT_EQ(test, sys_mremap(moved, PAGES(4), PAGES(1), 0, 0), moved);
	KUNIT_EXPECT_EQ(test, peek(moved + PAGES(1)), -EFAULT);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 2UL);
	KUNIT_EXPECT_EQ(test, sys_mremap(BASE, PAGES(1), PAGES(2), 0, 0), (long)-EFAULT);
}

static void dropped_memory_is_zero(struct kunit *test)
{
	map_anon(BASE, PAGES(2), MAP_FIXED);
	KUNIT_ASSERT_EQ(test, poke(BASE, 1), 0);
	KUNIT_EXPECT_EQ(test, sys_madvise(BASE, PAGES(2), MADV_DONTNEED), 0L);
	KUNIT_EXPECT_EQ(test, get_mm_rss(mm), 0UL);
	KUNIT_EXPECT_EQ(test, peek(BASE), 0);
	KUNIT_EXPECT_EQ(test, sys_madvise(BASE, PAGES(3), MADV_DONTNEED), (long)-ENOMEM);
	KUNIT_EXPECT_EQ(test, sys_madvise(BASE, PAGES(1), 1234), (long)-EINVAL);
}

static void pinned_pages_are_the_users(struct kunit *test)
{
	struct page *pages[2];

	map_anon(BASE, PAGES(2), MAP_FIXED);
	KUNIT_ASSERT_EQ(test, poke(BASE + PAGES(1), 1), 0);
	KUNIT_ASSERT_EQ(test, get_user_pages_fast(BASE, 2, FOLL_WRITE, pages), 2);
	*(int *)page_address(pages[1]) = 1234;
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(1)), 1234);
	/* The frame outlives the mapping as long as it is pinned. */
	vm_munmap(BASE, PAGES(2));
	KUNIT_EXPECT_EQ(test, page_count(pages[1]), 1);
	KUNIT_EXPECT_EQ(test, *(int *)page_address(pages[1]), 1234);
	unpin_user_pages(pages, 2);
	KUNIT_EXPECT_EQ(test, get_user_pages_fast(BASE, 1, 0, pages), -EFAULT);
}

static void nothing_is_lost(struct kunit *test)
{
	unsigned long before, i;

	/* Warm up the pools of tables first. */
	map_anon(BASE, 8UL << 20, MAP_FIXED | MAP_NORESERVE);
	poke(BASE, 1);
	poke(BASE + (4UL << 20), 1);
	vm_munmap(BASE, 8UL << 20);
	before = nr_free_pages();
	map_anon(BASE, 8UL << 20, MAP_FIXED | MAP_NORESERVE);
	for (i = 0; i < 2048; i += 16)
		poke(BASE + PAGES(i), 1);
	KUNIT_EXPECT_LE(test, nr_free_pages(), before - 128);
	vm_munmap(BASE, 8UL << 20);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static struct kunit_case vma_cases[] = {
	KUNIT_CASE(neighbours_become_one),
	KUNIT_CASE(other_protection_stays_apart),
	KUNIT_CASE(a_hole_splits),
	KUNIT_CASE(unmapping_over_several),
	KUNIT_CASE(protecting_splits_and_joins),
	KUNIT_CASE(no_access_keeps_the_content),
	KUNIT_CASE(fixed_replaces_or_refuses),
	KUNIT_CASE(mappings_grow_downwards),
	KUNIT_CASE(bad_requests_are_refused),
	KUNIT_CASE(finding),
	KUNIT_CASE(reading_costs_no_page),
	KUNIT_CASE(heap_moves),
	KUNIT_CASE(stacks_grow_to_the_guard),
	KUNIT_CASE(fork_copies_on_write),
	KUNIT_CASE(last_user_takes_the_page_over),
	KUNIT_CASE(shared_memory_is_shared),
	KUNIT_CASE(remapping_moves_content),
	KUNIT_CASE(dropped_memory_is_zero),
	KUNIT_CASE(pinned_pages_are_the_users),
	KUNIT_CASE(nothing_is_lost),
	{}
};

static struct kunit_suite vma_suite = {
	.name = "vma",
	.init = vma_test_init,
	.exit = vma_test_exit,
	.test_cases = vma_cases,
};
kunit_test_suite(vma_suite);
