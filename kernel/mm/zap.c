/*
 * zap.c - taking pages out of page tables: munmap, exit, truncate, madvise.
 *
 * A page may be freed only when no CPU can reach it through a remembered
 * translation. So entries are cleared first, their pages gathered, and given
 * back after the flush of the TLB: one flush for up to GATHER_PAGES pages.
 *
 * Context: process. Locks: page_table_lock; mmap_lock held by the caller, or
 * i_mmap_lock, either of which keeps the vma in place.
 */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/vmstat.h>
#include <asm/tlbflush.h>
#include "internal.h"

#define GATHER_PAGES	128

/* On the stack of the one who zaps. */
struct mmu_gather {
	struct mm_struct *mm;
	unsigned int count;
	int rss_anon, rss_file;			/* to be added to the mm's */
	bool flush;				/* some entry was present */
	struct page *pages[GATHER_PAGES];
};

static void gather_flush(struct mmu_gather *tlb)
{
	unsigned int i;

	if (tlb->flush)
		flush_tlb_mm(tlb->mm);
	for (i = 0; i < tlb->count; i++)
		put_page(tlb->pages[i]);
	tlb->count = 0;
	tlb->flush = false;
}

static void gather_finish(struct mmu_gather *tlb)
{
	gather_flush(tlb);
	if (tlb->rss_anon) {
		atomic_add(tlb->rss_anon, &tlb->mm->rss_anon);
		mod_node_page_state(NR_ANON_MAPPED, tlb->rss_anon);
	}
	if (tlb->rss_file)
		atomic_add(tlb->rss_file, &tlb->mm->rss_file);
}

/* Frames without reference counts and the zero page are marked special. */
struct page *vm_normal_page(struct vm_area_struct *vma, unsigned long addr, pte_t pte)
{
	if (unlikely(pte_special(pte)))
		return NULL;
	return pte_page(pte);
}

/* The entry @pte of @page is gone: carry over what the CPU noted in it. */
static inline void zap_page(struct mmu_gather *tlb, struct page *page, pte_t pte)
{
	if (likely(page->flags & 1UL << PG_anon)) {
		tlb->rss_anon--;
	} else {
		if (pte_dirty(pte) && page->mapping && !PageDirty(page))
			set_page_dirty(page);
		tlb->rss_file--;
	}
	atomic_dec(&page->_mapcount);
	tlb->pages[tlb->count++] = page;
}

/* [addr, end) lies within one page table. */
static void zap_table(struct mmu_gather *tlb, struct vm_area_struct *vma, unsigned long addr,
		      unsigned long end, bool even_cows)
{
	struct mm_struct *mm = vma->vm_mm;
	pte_t *ptep = pte_lookup(mm, addr), entry;
	struct page *page;

	if (!ptep)
		return;
	spin_lock(&mm->page_table_lock);
	for (; addr < end; addr += PAGE_SIZE, ptep++) {
		if (pte_none(*ptep))
			continue;
		page = vm_normal_page(vma, addr, *ptep);
		if (!even_cows && page && PageAnon(page))
			continue;
		entry = ptep_get_and_clear(mm, addr, ptep);
		tlb->flush = true;
		if (!page)
			continue;
		zap_page(tlb, page, entry);
		if (unlikely(tlb->count == GATHER_PAGES))
			gather_flush(tlb);
	}
	spin_unlock(&mm->page_table_lock);
}

void unmap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		      bool even_cows)
{
	struct mmu_gather tlb;
	unsigned long next;

	tlb.mm = vma->vm_mm;
	tlb.count = 0;
	tlb.rss_anon = tlb.rss_file = 0;
	tlb.flush = false;
	for (; start < end; start = next) {
		next = pgd_addr_end(start, end);
		zap_table(&tlb, vma, start, next, even_cows);
	}
	gather_finish(&tlb);
}

void zap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long size)
{
	unmap_page_range(vma, start, start + size, true);
}

/* For drivers: take back what remap_pfn_range() mapped. */
int zap_vma_ptes(struct vm_area_struct *vma, unsigned long addr, unsigned long size)
{
	if (addr < vma->vm_start || addr + size > vma->vm_end || !(vma->vm_flags & VM_PFNMAP))
		return -EINVAL;
	unmap_page_range(vma, addr, addr + size, true);
	return 0;
}
EXPORT_SYMBOL(zap_vma_ptes);

/*
 * unmap_mapping_range - a file lost the bytes [start, start + len) (0: all from start):
 * they must vanish from every process that maps them, private copies too if @even_cows
 * Whole pages only: a page the hole begins in stays. Context: process.
 */
void unmap_mapping_range(struct address_space *mapping, loff_t const start, loff_t const len,
			 int even_cows)
{
	pgoff_t first = (start + PAGE_SIZE - 1) >> PAGE_SHIFT, last = ULONG_MAX;
	struct vm_area_struct *vma;
	pgoff_t from, to, vma_last;

	if (len)
		last = ((start + len + PAGE_SIZE - 1) >> PAGE_SHIFT) - 1;
	if (list_empty(&mapping->i_mmap) || last < first)
		return;
	spin_lock(&mapping->i_mmap_lock);
	list_for_each_entry(vma, &mapping->i_mmap, shared) {
		vma_last = vma->vm_pgoff + vma_pages(vma) - 1;
		if (vma_last < first || vma->vm_pgoff > last)
			continue;
		from = max(first, vma->vm_pgoff);
		to = min(last, vma_last);
		unmap_page_range(vma, vma->vm_start + ((from - vma->vm_pgoff) << PAGE_SHIFT),
				 vma->vm_start + ((to - vma->vm_pgoff + 1) << PAGE_SHIFT),
				 even_cows);
	}
	spin_unlock(&mapping->i_mmap_lock);
}
EXPORT_SYMBOL(unmap_mapping_range);
