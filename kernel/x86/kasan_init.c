/*
 * The shadow of kernel addresses (<linux/kasan.h>): F0000000 - F8000000.
 *
 *	RAM			pages of its own, an eighth of it
 *	vmalloc area		one shared page that says "no area", until an area
 *				comes and gets pages of its own (mm/kasan_vmalloc.c)
 *	everything else		one shared page of zeros
 *
 * head.asm has mapped that page of zeros everywhere: instrumented code runs from
 * the first line of C. What its stack frames write there until now is wiped.
 *
 * Not instrumented: it moves the shadow. Context: boot.
 */
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <asm/pgtable.h>
#include <asm/setup.h>
#include <asm/tlbflush.h>

/* head.asm */
extern u32 kasan_zero_page[PAGE_SIZE / 4];
extern pte_t kasan_zero_table[PTRS_PER_PTE];

static pte_t shared_pte(const void *page)
{
	return pfn_pte(__pa(page) >> PAGE_SHIFT, PAGE_KERNEL_RO);
}

/*
 * Tables for the shadow addresses [start, end): page i of them is @pages + i, or,
 * without @pages, @shared. The rest of the last table is the zero page.
 */
static void __init map_shadow(unsigned long start, unsigned long end, const char *pages,
			      const void *shared)
{
	unsigned long addr = start;
	unsigned int i;
	pte_t *table;

	while (addr < end) {
		table = boot_alloc(PAGE_SIZE, PAGE_SIZE);
		for (i = 0; i < PTRS_PER_PTE; i++) {
			unsigned long page = (addr & PGDIR_MASK) + i * PAGE_SIZE;

			if (page < start || page >= end)
				table[i] = shared_pte(kasan_zero_page);
			else if (shared)
				table[i] = shared_pte(shared);
			else
				table[i] = pfn_pte((__pa(pages) + (page - start)) >> PAGE_SHIFT,
						   PAGE_KERNEL);
		}
		set_pgd(pgd_offset_k(addr), __pgd(__pa(table) | (_PAGE_TABLE & ~_PAGE_USER)));
		addr = (addr & PGDIR_MASK) + PGDIR_SIZE;
	}
}

void __init kasan_init(void)
{
	unsigned long size = PAGE_ALIGN((max_low_pfn << PAGE_SHIFT) / KASAN_GRANULE);
	unsigned long start = (unsigned long)kasan_shadow((void *)PAGE_OFFSET);
	char *ram = boot_alloc(size, PAGE_SIZE);
	u32 *no_area = boot_alloc(PAGE_SIZE, PAGE_SIZE);
	unsigned int i;

	for (i = 0; i < PAGE_SIZE / 4; i++)
		no_area[i] = KASAN_VMALLOC_INVALID * 0x01010101u;
	map_shadow(start, start + size, ram, NULL);
	map_shadow((unsigned long)kasan_shadow((void *)VMALLOC_START),
		   (unsigned long)kasan_shadow((void *)(VMALLOC_END - 1)), NULL, no_area);
	for (i = 0; i < PAGE_SIZE / 4; i++)
		kasan_zero_page[i] = 0;
	for (i = 0; i < PTRS_PER_PTE; i++)
		kasan_zero_table[i] = shared_pte(kasan_zero_page);
	__flush_tlb();
}
