/*
 * rmap.c - from a page of a file to the page tables that map it, by way of the
 * vmas on its address_space.
 *
 * Write-back makes a page clean in two steps: here every mapping becomes
 * read-only again, then the page is written; a store in between faults and
 * makes it dirty anew, so none is lost.
 *
 * Context: process; the page is locked, so it stays in its address_space.
 * Locks: i_mmap_lock, then page_table_lock.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <asm/tlbflush.h>
#include "internal.h"

/* What is done to one entry that maps the page. [p] held. Returns whether it counts. */
typedef bool (*rmap_fn)(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep);

static int walk_vma(struct page *page, struct vm_area_struct *vma, rmap_fn fn)
{
	unsigned long addr = vma->vm_start + ((page->index - vma->vm_pgoff) << PAGE_SHIFT);
	pte_t *ptep = pte_lookup(vma->vm_mm, addr);
	int count = 0;

	if (!ptep)
		return 0;
	spin_lock(&vma->vm_mm->page_table_lock);
	/* A private copy lies at the same address but is another page. */
	if (!pte_none(*ptep) && !pte_special(*ptep) && pte_page(*ptep) == page)
		count = fn(vma, addr, ptep);
	spin_unlock(&vma->vm_mm->page_table_lock);
	return count;
}

static int rmap_walk(struct page *page, rmap_fn fn)
{
	struct address_space *mapping = page_mapping(page);
	struct vm_area_struct *vma;
	int count = 0;

	if (!mapping || !page_mapped(page))
		return 0;
	spin_lock(&mapping->i_mmap_lock);
	list_for_each_entry(vma, &mapping->i_mmap, shared)
		if (page->index >= vma->vm_pgoff && page->index - vma->vm_pgoff < vma_pages(vma))
			count += walk_vma(page, vma, fn);
	spin_unlock(&mapping->i_mmap_lock);
	return count;
}

static bool clean_entry(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep)
{
	pte_t entry;

	if (!pte_dirty(*ptep) && !pte_write(*ptep))
		return false;
	entry = ptep_get_and_clear(vma->vm_mm, addr, ptep);
	set_pte_at(vma->vm_mm, addr, ptep, pte_wrprotect(pte_mkclean(entry)));
	flush_tlb_page(vma, addr);
	return true;
}

int page_mkclean(struct page *page)
{
	return rmap_walk(page, clean_entry);
}

static bool test_and_clear_young(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep)
{
	if (!pte_young(*ptep))
		return false;
	/* No flush: a translation that stays remembered only makes the page look older. */
	clear_bit(ilog2(_PAGE_ACCESSED), &ptep->pte);
	return true;
}

int page_referenced(struct page *page)
{
	return rmap_walk(page, test_and_clear_young);
}

static bool unmap_entry(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep)
{
	struct mm_struct *mm = vma->vm_mm;
	struct page *page = pte_page(*ptep);
	pte_t entry;

	if (vma->vm_flags & VM_LOCKED)
		return false;
	entry = ptep_get_and_clear(mm, addr, ptep);
	flush_tlb_page(vma, addr);
	if (pte_dirty(entry) && !PageDirty(page))
		set_page_dirty(page);
	atomic_dec(&page->_mapcount);
	atomic_dec(&mm->rss_file);
	put_page(page);			/* never the last: the caller holds one */
	return true;
}

void try_to_unmap(struct page *page)
{
	rmap_walk(page, unmap_entry);
}
