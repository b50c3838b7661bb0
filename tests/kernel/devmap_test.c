/*
 * What a driver's mmap() may call: frames, pages, fault handlers, caching, and what
 * becomes of such a mapping in fork, mremap and get_user_pages(). Each case has an
 * address space and maps a file of its own driver.
 */
#include <kunit/test.h>
#include <linux/anon_inodes.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/cpufeature.h>
#include <asm/special_insns.h>
#include "test_mm.h"

#define BASE	0x20000000UL
#define PAGES(n) ((n) * PAGE_SIZE)
#define RW	(PROT_READ | PROT_WRITE)
#define VGA_PHYS 0xb8000UL		/* device memory that every machine has, or that reads as ones */
#define FAR_PHYS 0xd0000000UL		/* far above RAM: nothing answers */
#define BUFFER_PAGES 4

static struct test_mm space;
static struct mm_struct *mm;

/* What the driver of the case maps, and how. */
static struct {
	int (*map)(struct vm_area_struct *vma);
	const struct vm_operations_struct *ops;
	struct page *pages[BUFFER_PAGES];
	void *area;
	int opened, closed, faults, mkwrites;
} driver;

static int driver_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = driver.ops;
	return driver.map ? driver.map(vma) : 0;
}

static const struct file_operations driver_fops = { .owner = THIS_MODULE, .mmap = driver_mmap };

/* mmap(2) of the driver's file at BASE: the address or an errno. */
static long map_driver(int (*map)(struct vm_area_struct *), unsigned long pages, unsigned long flags,
		       unsigned long first)
{
	struct file *file = anon_inode_getfile("[devmap]", &driver_fops, NULL, O_RDWR);
	long ret;

	if (IS_ERR(file))
		return PTR_ERR(file);
	driver.map = map;
	ret = vm_mmap(file, BASE, PAGES(pages), RW, flags | MAP_FIXED, PAGES(first));
	fput(file);
	return ret;
}

static unsigned long pte_of(unsigned long addr)
{
	return pgd_none(*pgd_offset(mm, addr)) ? 0 : pte_val(*pte_offset_kernel(pgd_offset(mm, addr), addr));
}

static int devmap_init(struct kunit *test)
{
	memset(&driver, 0, sizeof(driver));
	for (int i = 0; i < BUFFER_PAGES; i++)
		driver.pages[i] = alloc_page(GFP_KERNEL | __GFP_ZERO);
	driver.area = vmalloc_user(PAGES(BUFFER_PAGES));
	if (!driver.area || !enter_test_mm(&space))
		return -ENOMEM;
	mm = space.mm;
	return 0;
}

static void devmap_exit(struct kunit *test)
{
	leave_test_mm(&space);
	/* Whatever was mapped gave its references back. */
	for (int i = 0; i < BUFFER_PAGES; i++) {
		KUNIT_EXPECT_EQ(test, page_count(driver.pages[i]), 1);
		KUNIT_EXPECT_EQ(test, page_mapcount(driver.pages[i]), 0);
		put_page(driver.pages[i]);
	}
	vfree(driver.area);
}

/* ------------------------------------------------------------------ frames and caching */

/* The textbook's: uncached, marked, its range checked. */
static int map_registers(struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start, offset = vma->vm_pgoff << PAGE_SHIFT;

	if (size > PAGES(2) || offset + size > PAGES(2))
		return -EINVAL;
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	vm_flags_set(vma, VM_IO | VM_DONTEXPAND | VM_DONTDUMP);
	if (remap_pfn_range(vma, vma->vm_start, (VGA_PHYS + offset) >> PAGE_SHIFT, size, vma->vm_page_prot))
		return -EAGAIN;
	return 0;
}

/* contract: S0-11 S0-13 S1-07 */
static void registers_are_mapped_uncached(struct kunit *test)
{
	const unsigned long flags = VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP;

	KUNIT_ASSERT_EQ(test, map_driver(map_registers, 1, MAP_SHARED, 1), (long)BASE);
	KUNIT_EXPECT_EQ(test, pte_of(BASE) >> PAGE_SHIFT, (VGA_PHYS >> PAGE_SHIFT) + 1);
	KUNIT_EXPECT_EQ(test, pte_of(BASE) & _PAGE_CACHE_MASK, _PAGE_PCD | _PAGE_PWT);
	KUNIT_EXPECT_TRUE(test, pte_of(BASE) & _PAGE_SPECIAL);
	KUNIT_EXPECT_EQ(test, find_vma(mm, BASE)->vm_flags & flags, flags);
	/* Another protection does not make it cached. */
	KUNIT_EXPECT_EQ(test, sys_mprotect(BASE, PAGE_SIZE, PROT_READ), 0L);
	KUNIT_EXPECT_EQ(test, pte_of(BASE) & (_PAGE_CACHE_MASK | _PAGE_RW), _PAGE_PCD | _PAGE_PWT);
	vm_flags_clear(find_vma(mm, BASE), VM_DONTDUMP);
	KUNIT_EXPECT_FALSE(test, find_vma(mm, BASE)->vm_flags & VM_DONTDUMP);
}

/* contract: S0-12 S1-07 */
static void what_lies_outside_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, map_driver(map_registers, 3, MAP_SHARED, 0), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, map_driver(map_registers, 2, MAP_SHARED, 1), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, map_driver(map_registers, 1, MAP_SHARED, 2), (long)-EINVAL);
	KUNIT_EXPECT_NULL(test, find_vma(mm, BASE));
}

/* Two things at one address: the second cannot be mapped. */
static int map_twice(struct vm_area_struct *vma)
{
	int err = map_registers(vma);

	return err ?: map_registers(vma);
}

/* contract: S0-12 */
static void failed_remap_is_eagain(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, map_driver(map_twice, 1, MAP_SHARED, 0), (long)-EAGAIN);
	KUNIT_EXPECT_NULL(test, find_vma(mm, BASE));
	KUNIT_EXPECT_EQ(test, pte_of(BASE), 0UL);
}

static int map_iomem(struct vm_area_struct *vma)
{
	return vm_iomap_memory(vma, FAR_PHYS, PAGES(2));
}

static void whole_regions_check_themselves(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, map_driver(map_iomem, 3, MAP_SHARED, 0), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, map_driver(map_iomem, 2, MAP_SHARED, 1), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, map_driver(map_iomem, 1, MAP_SHARED, 3), (long)-EINVAL);
	KUNIT_ASSERT_EQ(test, map_driver(map_iomem, 1, MAP_SHARED, 1), (long)BASE);
	KUNIT_EXPECT_EQ(test, pte_of(BASE) >> PAGE_SHIFT, (FAR_PHYS >> PAGE_SHIFT) + 1);
}

static int map_screen(struct vm_area_struct *vma)
{
	vma->vm_page_prot = pgprot_writecombine(vma->vm_page_prot);
	return io_remap_pfn_range(vma, vma->vm_start, FAR_PHYS >> PAGE_SHIFT, PAGE_SIZE, vma->vm_page_prot);
}

/* contract: S0-11 S0-13 */
static void screens_are_write_combining(struct kunit *test)
{
	u64 table = 0;

	if (boot_cpu_has(X86_FEATURE_PAT))
		rdmsrl(0x277, table);			/* IA32_PAT */
	KUNIT_ASSERT_EQ(test, map_driver(map_screen, 1, MAP_SHARED, 0), (long)BASE);
	if (boot_cpu_has(X86_FEATURE_PAT)) {
		KUNIT_EXPECT_EQ(test, pte_of(BASE) & _PAGE_CACHE_MASK, _PAGE_PWT);
		KUNIT_EXPECT_EQ(test, (u8)table, 6);		/* no bits: write-back */
		KUNIT_EXPECT_EQ(test, (u8)(table >> 8), 1);	/* PWT: write combining */
		KUNIT_EXPECT_EQ(test, (u8)(table >> 24), 0);	/* PCD and PWT: uncached */
	} else {
		KUNIT_EXPECT_EQ(test, pte_of(BASE) & _PAGE_CACHE_MASK, _PAGE_PCD | _PAGE_PWT);
	}
}

static int map_device(struct vm_area_struct *vma)
{
	vma->vm_page_prot = pgprot_device(vma->vm_page_prot);
	return remap_pfn_range(vma, vma->vm_start, FAR_PHYS >> PAGE_SHIFT, PAGE_SIZE, vma->vm_page_prot);
}

/* contract: S0-11 S0-13 */
static void one_frame_has_one_caching(struct kunit *test)
{
	void __iomem *view;

	KUNIT_ASSERT_EQ(test, map_driver(map_device, 1, MAP_SHARED, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, pte_of(BASE) & _PAGE_CACHE_MASK, _PAGE_PCD | _PAGE_PWT);
	/* What the kernel has mapped otherwise is the same for the process. */
	view = ioremap_wc(FAR_PHYS, PAGE_SIZE);
	KUNIT_ASSERT_TRUE(test, view != NULL);
	KUNIT_ASSERT_EQ(test, map_driver(map_device, 1, MAP_SHARED, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, pte_of(BASE) & _PAGE_CACHE_MASK,
			pgprot_val(pgprot_writecombine(__pgprot(0))));
	iounmap(view);
}

static int map_ram(struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, page_to_pfn(driver.pages[0]), PAGE_SIZE,
			       pgprot_noncached(vma->vm_page_prot));
}

/* contract: S0-13 */
static void ram_stays_cached(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, map_driver(map_ram, 1, MAP_SHARED, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, pte_of(BASE) & _PAGE_CACHE_MASK, 0UL);
	KUNIT_EXPECT_EQ(test, poke(BASE, 42), 0);
	KUNIT_EXPECT_EQ(test, *(int *)page_address(driver.pages[0]), 42);
	KUNIT_EXPECT_EQ(test, page_count(driver.pages[0]), 1);
}

static void private_mappings_copy(struct kunit *test)
{
	*(int *)page_address(driver.pages[0]) = 5;
	KUNIT_EXPECT_EQ(test, map_driver(map_ram, 2, MAP_PRIVATE, 0), (long)-EINVAL);
	KUNIT_ASSERT_EQ(test, map_driver(map_ram, 1, MAP_PRIVATE, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, peek(BASE), 5);
	KUNIT_EXPECT_EQ(test, poke(BASE, 6), 0);
	KUNIT_EXPECT_EQ(test, peek(BASE), 6);
	KUNIT_EXPECT_EQ(test, *(int *)page_address(driver.pages[0]), 5);
	/* Memory the kernel does not map either: read through the process's own entry. */
	KUNIT_ASSERT_EQ(test, map_driver(map_device, 1, MAP_PRIVATE, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, poke(BASE, 7), 0);
	KUNIT_EXPECT_EQ(test, peek(BASE), 7);
	KUNIT_EXPECT_EQ(test, pte_of(BASE) & _PAGE_SPECIAL, 0UL);
}

/* ------------------------------------------------------------------ what others may do with it */

static int report_access(struct vm_area_struct *vma, unsigned long addr, void *buf, int len, int write)
{
	memset(buf, 0x5a, len);
	return len;
}

static void note_open(struct vm_area_struct *vma)
{
	driver.opened++;
}

static void note_close(struct vm_area_struct *vma)
{
	driver.closed++;
}

static const struct vm_operations_struct noting_ops = {
	.open = note_open,
	.close = note_close,
	.access = report_access,
};

static void registers_are_nobody_elses(struct kunit *test)
{
	struct page *page;
	u32 seen = 0;

	driver.ops = &noting_ops;
	KUNIT_ASSERT_EQ(test, map_driver(map_registers, 2, MAP_SHARED, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, get_user_pages_fast(BASE, 1, 0, &page), -EFAULT);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE, &seen, sizeof(seen), 0), 4);
	KUNIT_EXPECT_EQ(test, seen, 0x5a5a5a5au);
	KUNIT_EXPECT_EQ(test, sys_mremap(BASE, PAGES(2), PAGES(3), MREMAP_MAYMOVE, 0), (long)-EFAULT);
	KUNIT_EXPECT_EQ(test, sys_mremap(BASE, PAGES(2), PAGES(2), MREMAP_MAYMOVE | MREMAP_FIXED,
					 BASE + PAGES(8)), (long)(BASE + PAGES(8)));
	KUNIT_EXPECT_EQ(test, pte_of(BASE + PAGES(8)) >> PAGE_SHIFT, VGA_PHYS >> PAGE_SHIFT);
}

/* contract: S1-07 */
static void open_and_close_count_the_areas(struct kunit *test)
{
	struct mm_struct *child;
	pte_t *pte;

	driver.ops = &noting_ops;
	KUNIT_ASSERT_EQ(test, map_driver(map_registers, 2, MAP_SHARED, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, driver.opened, 0);	/* mmap() itself did that */
	child = dup_mm(current, mm);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_EXPECT_EQ(test, driver.opened, 1);
	pte = pte_offset_kernel(pgd_offset(child, BASE), BASE);
	KUNIT_EXPECT_EQ(test, pte_pfn(*pte), VGA_PHYS >> PAGE_SHIFT);
	mmput(child);
	KUNIT_EXPECT_EQ(test, driver.closed, 1);
	vm_munmap(BASE, PAGE_SIZE);			/* cut in two, one goes */
	KUNIT_EXPECT_EQ(test, driver.opened, driver.closed);
	vm_munmap(BASE, PAGES(2));
	KUNIT_EXPECT_EQ(test, driver.opened + 1, driver.closed);
}

static int map_dontcopy(struct vm_area_struct *vma)
{
	vm_flags_mod(vma, VM_DONTCOPY, 0);
	return map_registers(vma);
}

static void dontcopy_stays_with_the_parent(struct kunit *test)
{
	struct mm_struct *child;

	KUNIT_ASSERT_EQ(test, map_driver(map_dontcopy, 1, MAP_SHARED, 0), (long)BASE);
	child = dup_mm(current, mm);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_EXPECT_NULL(test, find_vma(child, BASE));
	mmput(child);
}

/* ------------------------------------------------------------------ pages and faults */

static vm_fault_t buffer_fault(struct vm_fault *vmf)
{
	driver.faults++;
	if (vmf->pgoff >= BUFFER_PAGES)
		return VM_FAULT_SIGBUS;
	vmf->page = driver.pages[vmf->pgoff];
	get_page(vmf->page);
	return 0;
}

static vm_fault_t buffer_mkwrite(struct vm_fault *vmf)
{
	driver.mkwrites++;
	if (vmf->pgoff == 3)
		return VM_FAULT_SIGBUS;			/* this page is never written */
	return 0;
}

static const struct vm_operations_struct buffer_ops = { .fault = buffer_fault, .page_mkwrite = buffer_mkwrite };

/* contract: S0-11 S0-13 */
static void faults_bring_pages_one_by_one(struct kunit *test)
{
	driver.ops = &buffer_ops;
	*(int *)page_address(driver.pages[1]) = 11;
	KUNIT_ASSERT_EQ(test, map_driver(NULL, 6, MAP_SHARED, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, driver.faults, 0);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(1)), 11);
	KUNIT_EXPECT_EQ(test, driver.faults, 1);
	KUNIT_EXPECT_EQ(test, page_count(driver.pages[1]), 2);
	/* The first store to each page is announced. */
	KUNIT_EXPECT_EQ(test, poke(BASE + PAGES(1), 12), 0);
	KUNIT_EXPECT_EQ(test, poke(BASE + PAGES(1), 13), 0);
	KUNIT_EXPECT_EQ(test, driver.mkwrites, 1);
	KUNIT_EXPECT_EQ(test, *(int *)page_address(driver.pages[1]), 13);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(3)), 0);
	KUNIT_EXPECT_EQ(test, poke(BASE + PAGES(3), 1), -EFAULT);
	/* Behind the buffer: a program would get SIGBUS. */
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(4)), -EFAULT);
}

static int map_inserted(struct vm_area_struct *vma)
{
	return vm_map_pages(vma, driver.pages, BUFFER_PAGES);
}

static int map_inserted_zero(struct vm_area_struct *vma)
{
	return vm_map_pages_zero(vma, driver.pages, BUFFER_PAGES);
}

/* contract: S0-13 */
static void pages_are_shared_with_the_kernel(struct kunit *test)
{
	struct page *page;

	KUNIT_EXPECT_EQ(test, map_driver(map_inserted, 4, MAP_SHARED, 1), (long)-ENXIO);
	KUNIT_ASSERT_EQ(test, map_driver(map_inserted, 3, MAP_SHARED, 1), (long)BASE);
	KUNIT_EXPECT_TRUE(test, find_vma(mm, BASE)->vm_flags & VM_MIXEDMAP);
	KUNIT_EXPECT_EQ(test, poke(BASE, 33), 0);
	KUNIT_EXPECT_EQ(test, *(int *)page_address(driver.pages[1]), 33);
	KUNIT_ASSERT_EQ(test, get_user_pages_fast(BASE, 1, FOLL_WRITE, &page), 1);
	KUNIT_EXPECT_PTR_EQ(test, page, driver.pages[1]);
	put_page(page);
	KUNIT_ASSERT_EQ(test, map_driver(map_inserted_zero, 3, MAP_SHARED, 1), (long)BASE);
	KUNIT_EXPECT_EQ(test, poke(BASE, 34), 0);
	KUNIT_EXPECT_EQ(test, *(int *)page_address(driver.pages[0]), 34);
}

static int map_vmalloc(struct vm_area_struct *vma)
{
	return remap_vmalloc_range(vma, driver.area, 0);
}

static vm_fault_t vmalloc_fault(struct vm_fault *vmf)
{
	return vmf_insert_page(vmf->vma, vmf->address, vmalloc_to_page(driver.area + PAGES(vmf->pgoff)));
}

static const struct vm_operations_struct vmalloc_ops = { .fault = vmalloc_fault };

static void vmalloc_areas_are_mapped(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, map_driver(map_vmalloc, BUFFER_PAGES + 1, MAP_SHARED, 0), (long)-EINVAL);
	KUNIT_ASSERT_EQ(test, map_driver(map_vmalloc, BUFFER_PAGES, MAP_SHARED, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, poke(BASE + PAGES(2), 9), 0);
	KUNIT_EXPECT_EQ(test, *(int *)(driver.area + PAGES(2)), 9);
	driver.ops = &vmalloc_ops;
	KUNIT_ASSERT_EQ(test, map_driver(NULL, BUFFER_PAGES, MAP_SHARED, 0), (long)BASE);
	KUNIT_EXPECT_EQ(test, peek(BASE + PAGES(2)), 9);
}

static vm_fault_t frame_fault(struct vm_fault *vmf)
{
	driver.faults++;
	return vmf_insert_pfn(vmf->vma, vmf->address, (VGA_PHYS >> PAGE_SHIFT) + vmf->pgoff);
}

static const struct vm_operations_struct frame_ops = { .fault = frame_fault };

static int map_mixed(struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_MIXEDMAP);
	return 0;
}

static void forget_the_flag(void *test)
{
	if (peek(BASE) != -EFAULT)
		pr_err("a frame was mapped without VM_PFNMAP\n");
}

static void frames_come_by_fault(struct kunit *test)
{
	struct page *page;

	driver.ops = &frame_ops;
	KUNIT_ASSERT_EQ(test, map_driver(map_mixed, 2, MAP_SHARED, 0), (long)BASE);
	peek(BASE + PAGES(1));
	KUNIT_EXPECT_EQ(test, driver.faults, 1);
	KUNIT_EXPECT_EQ(test, pte_of(BASE + PAGES(1)) >> PAGE_SHIFT, (VGA_PHYS >> PAGE_SHIFT) + 1);
	KUNIT_EXPECT_EQ(test, get_user_pages_fast(BASE + PAGES(1), 1, 0, &page), -EFAULT);
	KUNIT_ASSERT_EQ(test, map_driver(NULL, 2, MAP_SHARED, 0), (long)BASE);
	kunit_expect_report(test, "vmf_insert_pfn: a vma without VM_PFNMAP", forget_the_flag, NULL);
}

/* ------------------------------------------------------------------ DMA buffers */

static struct { void *cpu; dma_addr_t handle; } coherent;

static int map_coherent(struct vm_area_struct *vma)
{
	return dma_mmap_coherent(NULL, vma, coherent.cpu, coherent.handle, PAGES(2));
}

/* contract: S0-11 S0-13 */
static void coherent_buffers_are_mapped(struct kunit *test)
{
	coherent.cpu = dma_alloc_coherent(NULL, PAGES(2), &coherent.handle, GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, coherent.cpu != NULL);
	KUNIT_EXPECT_EQ(test, map_driver(map_coherent, 3, MAP_SHARED, 0), (long)-ENXIO);
	KUNIT_EXPECT_EQ(test, map_driver(map_coherent, 2, MAP_SHARED, 1), (long)-ENXIO);
	KUNIT_ASSERT_EQ(test, map_driver(map_coherent, 1, MAP_SHARED, 1), (long)BASE);
	KUNIT_EXPECT_EQ(test, poke(BASE, 77), 0);
	KUNIT_EXPECT_EQ(test, *(int *)(coherent.cpu + PAGES(1)), 77);
	vm_munmap(BASE, PAGES(1));
	dma_free_coherent(NULL, PAGES(2), coherent.cpu, coherent.handle);
}

static struct kunit_case devmap_cases[] = {
	KUNIT_CASE(registers_are_mapped_uncached),
	KUNIT_CASE(what_lies_outside_is_refused),
	KUNIT_CASE(failed_remap_is_eagain),
	KUNIT_CASE(whole_regions_check_themselves),
	KUNIT_CASE(screens_are_write_combining),
	KUNIT_CASE(one_frame_has_one_caching),
	KUNIT_CASE(ram_stays_cached),
	KUNIT_CASE(private_mappings_copy),
	KUNIT_CASE(registers_are_nobody_elses),
	KUNIT_CASE(open_and_close_count_the_areas),
	KUNIT_CASE(dontcopy_stays_with_the_parent),
	KUNIT_CASE(faults_bring_pages_one_by_one),
	KUNIT_CASE(pages_are_shared_with_the_kernel),
	KUNIT_CASE(vmalloc_areas_are_mapped),
	KUNIT_CASE(frames_come_by_fault),
	KUNIT_CASE(coherent_buffers_are_mapped),
	{}
};

static struct kunit_suite devmap_suite = {
	.name = "devmap",
	.init = devmap_init,
	.exit = devmap_exit,
	.test_cases = devmap_cases,
};
kunit_test_suite(devmap_suite);
