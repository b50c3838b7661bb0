/*
 * What the processor must enforce and the entry code must keep: write
 * protection, the missing page 0, fault recovery, the stack's layout, TLS
 * descriptors, the memory map.
 */
#include <kunit/test.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/extable.h>
#include <asm/fixmap.h>
#include <asm/special_insns.h>
#include <asm/processor.h>
#include <asm/setup.h>
#include <asm/smap.h>

/* Loads or stores a word; -EFAULT when the CPU refuses. */
static int try_load(unsigned long addr)
{
	u32 value;

	asm volatile goto("1: movl (%1), %0\n" _ASM_EXTABLE(1b, %l[fault])
		 : "=r"(value) : "r"(addr) :: fault);
	return 0;
fault:
	return -EFAULT;
}

static int try_store(unsigned long addr, u32 value)
{
	asm volatile goto("1: movl %1, (%0)\n" _ASM_EXTABLE(1b, %l[fault])
		 :: "r"(addr), "r"(value) : "memory" : fault);
	return 0;
fault:
	return -EFAULT;
}

static const u32 constant = 1;

static void text_and_constants_are_read_only(struct kunit *test)
{
	u32 word = *(u32 *)_text;

	KUNIT_EXPECT_EQ(test, try_store((unsigned long)_text, 0), -EFAULT);
	KUNIT_EXPECT_EQ(test, *(u32 *)_text, word);
	KUNIT_EXPECT_EQ(test, try_store((unsigned long)&constant, 0), -EFAULT);
	KUNIT_EXPECT_EQ(test, try_store((unsigned long)__end_rodata - 4, 0), -EFAULT);
	KUNIT_EXPECT_TRUE(test, read_cr0() & X86_CR0_WP);
}

static void page_zero_is_not_mapped(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, try_load(0), -EFAULT);
	KUNIT_EXPECT_EQ(test, try_load(PAGE_SIZE - 4), -EFAULT);
	KUNIT_EXPECT_EQ(test, try_store(8, 0), -EFAULT);
}

static void holes_fault_and_recover(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, try_load(__DIRECT_MAP_END), -EFAULT);
	KUNIT_EXPECT_EQ(test, try_load(VMALLOC_END), -EFAULT);
	KUNIT_EXPECT_EQ(test, try_load(0xFFFFFFFC), -EFAULT);
}

static void user_memory_is_closed_to_the_kernel(struct kunit *test)
{
	if (!boot_cpu_has(X86_FEATURE_SMAP))
		kunit_skip(test, "this CPU has no SMAP");
	KUNIT_EXPECT_EQ(test, try_load(FIX_SIGRETURN_ADDR), -EFAULT);
	stac();
	KUNIT_EXPECT_EQ(test, try_load(FIX_SIGRETURN_ADDR), 0);
	clac();
	KUNIT_EXPECT_EQ(test, try_load(FIX_SIGRETURN_ADDR), -EFAULT);
}

static void current_hangs_on_the_stack(struct kunit *test)
{
	unsigned long here = (unsigned long)&test;
	unsigned long info = (unsigned long)current_thread_info();

	KUNIT_EXPECT_EQ(test, (info + sizeof(struct thread_info)) % THREAD_SIZE, 0UL);
	KUNIT_EXPECT_PTR_EQ(test, (void *)current_thread_info(),
			    (void *)task_thread_info(current));
	KUNIT_EXPECT_GE(test, here, (unsigned long)current->stack);
	KUNIT_EXPECT_LT(test, here, (unsigned long)current_pt_regs());
	KUNIT_EXPECT_EQ(test, (unsigned long)(current_pt_regs() + 1), info);
}

static void flat_segments_inside_the_kernel(struct kunit *test)
{
	unsigned int ds, es, ss;

	savesegment(ds, ds);
	savesegment(es, es);
	savesegment(ss, ss);
	KUNIT_EXPECT_EQ(test, ds & 0xFFFF, __USER_DS);
	KUNIT_EXPECT_EQ(test, es & 0xFFFF, __USER_DS);
	KUNIT_EXPECT_EQ(test, ss & 0xFFFF, __KERNEL_DS);
}

static void memory_map_is_sane(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, totalram_frames, (4UL << 20) >> PAGE_SHIFT);
	KUNIT_EXPECT_LE(test, totalram_frames, max_low_pfn);
	KUNIT_EXPECT_LE(test, max_low_pfn, MAXMEM >> PAGE_SHIFT);
	/* The last frame of the direct map is there, the one after it is not. */
	KUNIT_EXPECT_EQ(test, try_load((unsigned long)__va((max_low_pfn - 1) << PAGE_SHIFT)), 0);
	KUNIT_EXPECT_EQ(test, try_load((unsigned long)__va(max_low_pfn << PAGE_SHIFT)), -EFAULT);
}

static void time_stamps_ascend(struct kunit *test)
{
	u64 first = rdtsc();

	KUNIT_EXPECT_GT(test, rdtsc(), first);
}

static struct kunit_case x86_cases[] = {
	KUNIT_CASE(text_and_constants_are_read_only),
	KUNIT_CASE(page_zero_is_not_mapped),
	KUNIT_CASE(holes_fault_and_recover),
	KUNIT_CASE(user_memory_is_closed_to_the_kernel),
	KUNIT_CASE(current_hangs_on_the_stack),
	KUNIT_CASE(flat_segments_inside_the_kernel),
	KUNIT_CASE(memory_map_is_sane),
	KUNIT_CASE(time_stamps_ascend),
	{}
};

static struct kunit_suite x86_suite = {
	.name = "x86",
	.test_cases = x86_cases,
};
kunit_test_suite(x86_suite);
