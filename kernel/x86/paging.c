/*
 * The kernel's own page tables: direct map, write protection, and empty
 * tables for everything above the direct map.
 *
 * head.asm has mapped the first 16 MiB in 4 KiB pages. paging_init() adds the
 * rest of RAM, in 4 MiB pages where the CPU has them, makes text and
 * constants read-only, and allocates every page table of the areas above, so
 * that swapper_pg_dir's upper entries never change again: each address space
 * copies them once, at its birth.
 *
 * Runs once on the boot CPU; set_fixmap() and the flushes follow the page
 * tables' locks of their callers.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <asm/cpufeature.h>
#include <asm/fixmap.h>
#include <asm/pgtable.h>
#include <asm/setup.h>
#include <asm/tlbflush.h>

extern const u8 sigreturn_page[PAGE_SIZE];	/* sigreturn_page.asm */

static bool __init has_large_pages(void)
{
	return boot_cpu_has(X86_FEATURE_PSE);
}

static pte_t *__init new_table(unsigned long vaddr)
{
	pte_t *table = boot_alloc(PAGE_SIZE, PAGE_SIZE);

	set_pgd(pgd_offset_k(vaddr), __pgd(__pa(table) | (_PAGE_TABLE & ~_PAGE_USER)));
	return table;
}

/* Map physical [start, end) at __va(), where start is on a 4 MiB boundary. */
static void __init map_direct(unsigned long start, unsigned long end)
{
	unsigned long vaddr = (unsigned long)__va(start);
	unsigned int i;
	pte_t *table;

	if (has_large_pages() && end - start == PGDIR_SIZE) {
		set_pgd(pgd_offset_k(vaddr),
			__pgd(start | _PAGE_PSE | pgprot_val(PAGE_KERNEL)));
		return;
	}
	table = pgd_present(*pgd_offset_k(vaddr)) ? pgd_page_vaddr(*pgd_offset_k(vaddr)) :
						    new_table(vaddr);
	for (i = 0; start + i * PAGE_SIZE < end; i++)
		set_pte(&table[i], pfn_pte((start >> PAGE_SHIFT) + i, PAGE_KERNEL));
	for (; i < PTRS_PER_PTE; i++)
		set_pte(&table[i], __pte(0));
}

/*
 * The piece that holds the kernel's read-only half keeps head.asm's small
 * pages. A first piece that is cut short by little RAM keeps them too.
 */
static void __init map_all_ram(void)
{
	unsigned long end = max_low_pfn << PAGE_SHIFT;
	unsigned long readonly_end = __pa(__end_rodata);
	unsigned long start, piece_end;

	for (start = 0; start < max(end, BOOT_MAP_SIZE); start += PGDIR_SIZE) {
		piece_end = min(start + PGDIR_SIZE, end);
		if (start >= end) {
			pgd_clear(pgd_offset_k(__va(start)));
			continue;
		}
		if (start >= readonly_end || piece_end < start + PGDIR_SIZE)
			map_direct(start, piece_end);
		boot_memory_limit(max(piece_end, BOOT_MAP_SIZE));
	}
}

static void __init protect(unsigned long start, unsigned long end, pgprot_t prot)
{
	unsigned long vaddr;

	for (vaddr = start; vaddr < end; vaddr += PAGE_SIZE)
		set_pte(pte_offset_kernel(pgd_offset_k(vaddr), vaddr),
			pfn_pte(__pa(vaddr) >> PAGE_SHIFT, prot));
}

static void __init new_tables(unsigned long start, unsigned long last)
{
	unsigned long index;

	for (index = pgd_index(start); index <= pgd_index(last); index++)
		new_table(index << PGDIR_SHIFT);
}

void __init paging_init(void)
{
	unsigned long cr4 = read_cr4();

	if (has_large_pages())
		write_cr4(cr4 |= X86_CR4_PSE);
	map_all_ram();
	protect((unsigned long)_text, (unsigned long)__end_rodata, PAGE_KERNEL_RO);
	protect((unsigned long)__end_rodata, PGDIR_ALIGN((unsigned long)__end_rodata),
		PAGE_KERNEL);
	new_tables(VMALLOC_START, VMALLOC_END - 1);
	kasan_init();
	new_tables(FIX_SIGRETURN_ADDR, FIX_SIGRETURN_ADDR);
	set_fixmap(FIX_SIGRETURN_ADDR, __pa(sigreturn_page), PAGE_READONLY);
	__flush_tlb();
	if (boot_cpu_has(X86_FEATURE_PGE))
		write_cr4(cr4 |= X86_CR4_PGE);
	write_cr0(read_cr0() | X86_CR0_WP);
}

void set_fixmap(unsigned long vaddr, unsigned long phys, pgprot_t prot)
{
	pgd_t *pgd = pgd_offset_k(vaddr);

	if (pgprot_val(prot) & _PAGE_USER)
		set_pgd(pgd, __pgd(pgd_val(*pgd) | _PAGE_USER));
	set_pte(pte_offset_kernel(pgd, vaddr), pfn_pte(phys >> PAGE_SHIFT, prot));
	__flush_tlb_one(vaddr);
}
