/*
 * memory.c - bringing in the page that a process touched.
 *
 *	no entry, anonymous	the zero page for reading, a zeroed one for writing
 *	no entry, a file	vm_ops->fault() finds the page; reading maps its cached
 *				neighbours too; writing a private mapping copies it
 *	entry is read-only	copy-on-write, or the last user takes the page over;
 *				a shared page becomes dirty (page_mkwrite)
 *
 * Context: process; may sleep. mmap_lock is held for reading, so vmas stay;
 * entries change under page_table_lock, and after every sleep the entry is
 * looked at again: another thread may have handled the same fault.
 */
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/uaccess.h>
#include <linux/vmstat.h>
#include <asm/tlbflush.h>
#include "internal.h"

#define FAULT_AROUND_PAGES	16UL

static inline pte_t maybe_mkwrite(pte_t pte, const struct vm_area_struct *vma)
{
	return likely(vma->vm_flags & VM_WRITE) ? pte_mkwrite(pte) : pte;
}

/* Make the page private to this process and map it, dirty. [p] held; the entry is empty. */
static void set_anon_pte(struct vm_fault *vmf, struct page *page)
{
	struct vm_area_struct *vma = vmf->vma;

	__SetPageAnon(page);
	atomic_set(&page->_mapcount, 0);
	vma->has_anon = true;
	set_pte_at(vma->vm_mm, vmf->address, vmf->pte,
		   maybe_mkwrite(pte_mkdirty(mk_pte(page, vma->vm_page_prot)), vma));
}

static vm_fault_t do_anonymous_page(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	struct page *page = NULL;

	if (likely(vmf->flags & FAULT_FLAG_WRITE)) {
		page = alloc_page(GFP_HIGHUSER_MOVABLE | __GFP_ZERO);
		if (!page)
			return VM_FAULT_OOM;
	}
	spin_lock(vmf->ptl);
	if (unlikely(!pte_none(*vmf->pte))) {
		spin_unlock(vmf->ptl);
		if (page)
			put_page(page);
		return 0;
	}
	if (page) {
		set_anon_pte(vmf, page);
		atomic_inc(&vma->vm_mm->rss_anon);
		inc_node_page_state(NR_ANON_MAPPED);
	} else {
		set_pte(vmf->pte, pte_mkspecial(mk_pte(empty_zero_page, vma->vm_page_prot)));
	}
	spin_unlock(vmf->ptl);
	return 0;
}

/* ------------------------------------------------------------------ files and drivers */

void do_fault_around_pte(struct vm_fault *vmf, struct page *page, pgoff_t pgoff)
{
	pte_t *ptep = vmf->pte + (long)(pgoff - vmf->pgoff);

	if (!pte_none(*ptep))
		return;
	get_page(page);
	atomic_inc(&page->_mapcount);
	atomic_inc(&vmf->vma->vm_mm->rss_file);
	set_pte(ptep, pte_wrprotect(mk_pte(page, vmf->vma->vm_page_prot)));
}
EXPORT_SYMBOL(do_fault_around_pte);

/* Map what the cache holds of the aligned window around the fault: true when that was it. */
static bool do_fault_around(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	unsigned long mask = FAULT_AROUND_PAGES * PAGE_SIZE - 1;
	unsigned long start = max(vmf->address & ~mask, vma->vm_start);
	unsigned long end = min((vmf->address | mask) + 1, vma->vm_end);
	bool mapped;

	/* The window is aligned and smaller than a page table covers: it never leaves this one. */
	spin_lock(vmf->ptl);
	vma->vm_ops->map_pages(vmf, vmf->pgoff - ((vmf->address - start) >> PAGE_SHIFT),
			       vmf->pgoff + ((end - vmf->address) >> PAGE_SHIFT) - 1);
	mapped = !pte_none(*vmf->pte);
	spin_unlock(vmf->ptl);
	return mapped;
}

/* Ask the mapping for its page: 0 or LOCKED with vmf->page set, else what it answered. */
static inline vm_fault_t ask_for_page(struct vm_fault *vmf)
{
	vm_fault_t ret = vmf->vma->vm_ops->fault(vmf);

	if (unlikely(!(ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY)) && !vmf->page))
		ret |= VM_FAULT_SIGBUS;
	return ret;
}

#define VM_FAULT_NO_PAGE	(VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY)

static void release_page(struct page *page, vm_fault_t locked)
{
	if (locked & VM_FAULT_LOCKED)
		unlock_page(page);
	put_page(page);
}

/* Map vmf->page, a page of the file itself; its reference becomes the entry's. */
static void map_file_page(struct vm_fault *vmf, vm_fault_t locked, pte_t entry)
{
	struct page *page = vmf->page;

	spin_lock(vmf->ptl);
	if (unlikely(!pte_none(*vmf->pte))) {
		spin_unlock(vmf->ptl);
		release_page(page, locked);
		return;
	}
	atomic_inc(&page->_mapcount);
	atomic_inc(mm_rss_counter(vmf->vma->vm_mm, page));
	set_pte(vmf->pte, entry);
	spin_unlock(vmf->ptl);
	if (locked & VM_FAULT_LOCKED)
		unlock_page(page);
}

static vm_fault_t do_read_fault(struct vm_fault *vmf)
{
	vm_fault_t ret;

	if (vmf->vma->vm_ops->map_pages && do_fault_around(vmf))
		return 0;
	ret = ask_for_page(vmf);
	if (ret & VM_FAULT_NO_PAGE)
		return ret;
	map_file_page(vmf, ret, mk_pte(vmf->page, vmf->vma->vm_page_prot));
	return ret & VM_FAULT_MAJOR;
}

/* The first store to a private mapping: the copy is made before anything is mapped. */
static vm_fault_t do_cow_fault(struct vm_fault *vmf)
{
	struct mm_struct *mm = vmf->vma->vm_mm;
	vm_fault_t ret;

	vmf->cow_page = alloc_page(GFP_HIGHUSER_MOVABLE);
	if (!vmf->cow_page)
		return VM_FAULT_OOM;
	ret = ask_for_page(vmf);
	if (ret & VM_FAULT_NO_PAGE) {
		put_page(vmf->cow_page);
		return ret;
	}
	copy_page(page_address(vmf->cow_page), page_address(vmf->page));
	release_page(vmf->page, ret);

	spin_lock(vmf->ptl);
	if (likely(pte_none(*vmf->pte))) {
		set_anon_pte(vmf, vmf->cow_page);
		atomic_inc(&mm->rss_anon);
		inc_node_page_state(NR_ANON_MAPPED);
		vmf->cow_page = NULL;
	}
	spin_unlock(vmf->ptl);
	if (vmf->cow_page)
		put_page(vmf->cow_page);
	return ret & VM_FAULT_MAJOR;
}

/* A page comes back locked and still the file's, or not at all. */
static vm_fault_t make_page_writable(struct vm_fault *vmf)
{
	vm_fault_t ret;

	vmf->flags |= FAULT_FLAG_WRITE | FAULT_FLAG_MKWRITE;
	ret = vmf->vma->vm_ops->page_mkwrite(vmf);
	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_LOCKED))
		return ret;
	lock_page(vmf->page);
	return ret | VM_FAULT_LOCKED;
}

static vm_fault_t do_shared_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	vm_fault_t ret = ask_for_page(vmf), locked;
	struct page *page;

	if (ret & VM_FAULT_NO_PAGE)
		return ret;
	page = vmf->page;
	locked = ret;
	if (vma->vm_ops->page_mkwrite) {
		if (ret & VM_FAULT_LOCKED)
			unlock_page(page);
		locked = make_page_writable(vmf);
		if (locked & (VM_FAULT_ERROR | VM_FAULT_NOPAGE)) {
			put_page(page);
			return locked;
		}
	}
	if (page->mapping)
		set_page_dirty(page);
	map_file_page(vmf, locked,
		      maybe_mkwrite(pte_mkdirty(mk_pte(page, vma->vm_page_prot)), vma));
	return ret & VM_FAULT_MAJOR;
}

static vm_fault_t do_fault(struct vm_fault *vmf)
{
	if (unlikely(!vmf->vma->vm_ops->fault))
		return VM_FAULT_SIGBUS;
	if (!(vmf->flags & FAULT_FLAG_WRITE))
		return do_read_fault(vmf);
	if (!(vmf->vma->vm_flags & VM_SHARED))
		return do_cow_fault(vmf);
	return do_shared_fault(vmf);
}

/* ------------------------------------------------------------------ write-protected entries */

/* The entry is still what the fault saw. [p] held. */
static inline bool pte_same_as_seen(const struct vm_fault *vmf)
{
	return pte_val(*vmf->pte) == pte_val(vmf->orig_pte);
}

/*
 * The CPU forgets a read-only translation when it faults on it: making the
 * same page writable needs no flush. [p] held; releases it.
 */
static vm_fault_t reuse_page(struct vm_fault *vmf) __releases(vmf->ptl)
{
	set_pte(vmf->pte, maybe_mkwrite(pte_mkyoung(pte_mkdirty(vmf->orig_pte)), vmf->vma));
	spin_unlock(vmf->ptl);
	return 0;
}

/* Map @new in place of @old (NULL: of what has no references); ends the reference on @old. */
static __always_inline vm_fault_t install_copy(struct vm_fault *vmf, struct page *old,
					       struct page *new)
{
	struct mm_struct *mm = vmf->vma->vm_mm;

	spin_lock(vmf->ptl);
	if (unlikely(!pte_same_as_seen(vmf))) {
		spin_unlock(vmf->ptl);
		put_page(new);
		goto out;
	}
	/* Never two writable views at once: the old translation goes first, everywhere. */
	pte_clear(mm, vmf->address, vmf->pte);
	flush_tlb_page(vmf->vma, vmf->address);
	set_anon_pte(vmf, new);
	if (!old || !PageAnon(old)) {
		atomic_inc(&mm->rss_anon);
		inc_node_page_state(NR_ANON_MAPPED);
		if (old)
			atomic_dec(&mm->rss_file);
	}
	if (old)
		atomic_dec(&old->_mapcount);
	spin_unlock(vmf->ptl);
	if (old)
		put_page(old);			/* the entry's */
out:
	if (old)
		put_page(old);			/* ours */
	return 0;
}

/* Of device memory, which is nowhere mapped but in the process itself. */
static noinline vm_fault_t copy_device_page(struct vm_fault *vmf)
{
	struct page *new = alloc_page(GFP_HIGHUSER_MOVABLE);
	unsigned long left;

	if (!new)
		return VM_FAULT_OOM;
	pagefault_disable();
	left = __copy_from_user_inatomic(page_address(new), (const void __user *)vmf->address,
					 PAGE_SIZE);
	pagefault_enable();
	if (left) {			/* the entry went meanwhile */
		put_page(new);
		return VM_FAULT_SIGBUS;
	}
	return install_copy(vmf, NULL, new);
}

/* Copy @old, or what the entry maps without one, into a page of our own. Holds a ref on @old. */
static vm_fault_t copy_on_write(struct vm_fault *vmf, struct page *old)
{
	unsigned long pfn = pte_pfn(vmf->orig_pte);
	bool zero = pfn == page_to_pfn(empty_zero_page);
	struct page *new;

	if (unlikely(!pfn_valid(pfn)))
		return copy_device_page(vmf);
	new = alloc_page(GFP_HIGHUSER_MOVABLE | (zero ? __GFP_ZERO : 0));
	if (unlikely(!new)) {
		if (old)
			put_page(old);
		return VM_FAULT_OOM;
	}
	if (!zero)
		copy_page(page_address(new), __va(pfn << PAGE_SHIFT));
	return install_copy(vmf, old, new);
}

/* [p] held; releases it. */
static vm_fault_t wp_shared(struct vm_fault *vmf, struct page *page) __releases(vmf->ptl)
{
	vm_fault_t ret;

	if (!page || !vmf->vma->vm_ops || !vmf->vma->vm_ops->page_mkwrite)
		return reuse_page(vmf);
	get_page(page);
	spin_unlock(vmf->ptl);
	vmf->page = page;
	ret = make_page_writable(vmf);
	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE)) {
		put_page(page);
		return ret;
	}
	if (page->mapping)
		set_page_dirty(page);
	spin_lock(vmf->ptl);
	if (pte_same_as_seen(vmf))
		reuse_page(vmf);
	else
		spin_unlock(vmf->ptl);
	release_page(page, VM_FAULT_LOCKED);
	return 0;
}

/* A store to a present, read-only entry of a vma that may be written. [p] held; releases it. */
static vm_fault_t do_wp_page(struct vm_fault *vmf) __releases(vmf->ptl)
{
	struct page *page = vm_normal_page(vmf->vma, vmf->address, vmf->orig_pte);

	if (vmf->vma->vm_flags & VM_SHARED)
		return wp_shared(vmf, page);
	if (page) {
		/* Only this entry holds it: the other side of the fork is gone, or copied. */
		if (PageAnon(page) && page_ref_count(page) == 1)
			return reuse_page(vmf);
		get_page(page);
	}
	spin_unlock(vmf->ptl);
	return copy_on_write(vmf, page);
}

/* ------------------------------------------------------------------ the way in */

static vm_fault_t handle_pte_fault(struct vm_fault *vmf)
{
	if (pte_none(vmf->orig_pte))
		return vmf->vma->vm_ops ? do_fault(vmf) : do_anonymous_page(vmf);

	spin_lock(vmf->ptl);
	if (unlikely(!pte_same_as_seen(vmf))) {
		spin_unlock(vmf->ptl);
		return 0;
	}
	if (vmf->flags & FAULT_FLAG_WRITE && !pte_write(vmf->orig_pte))
		return do_wp_page(vmf);
	/* Somebody else made it valid, or PROT_NONE was lifted under a reader that may force. */
	set_pte(vmf->pte, pte_mkyoung(vmf->orig_pte));
	spin_unlock(vmf->ptl);
	__flush_tlb_one(vmf->address);
	return 0;
}

vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address,
			   unsigned int flags, struct pt_regs *regs)
{
	struct mm_struct *mm = vma->vm_mm;
	pgd_t *pgd = pgd_offset(mm, address);
	struct vm_fault vmf;
	vm_fault_t ret;

	mmap_assert_locked(mm);
	if (unlikely(pte_alloc(mm, pgd)))
		return VM_FAULT_OOM;
	vmf.vma = vma;
	vmf.flags = flags;
	vmf.gfp_mask = GFP_KERNEL;
	vmf.address = address & PAGE_MASK;
	vmf.pgoff = vma->vm_pgoff + ((vmf.address - vma->vm_start) >> PAGE_SHIFT);
	vmf.pte = pte_offset_kernel(pgd, address);
	vmf.orig_pte = *vmf.pte;
	vmf.cow_page = NULL;
	vmf.page = NULL;
	vmf.ptl = &mm->page_table_lock;
	ret = handle_pte_fault(&vmf);
	if (ret & VM_FAULT_MAJOR)
		current->maj_flt++;
	else
		current->min_flt++;
	return ret;
}
