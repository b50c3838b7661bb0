/*
 * remap.c - putting frames of the kernel's or a device's choice into a process:
 * what a driver's mmap() calls.
 *
 *	remap_pfn_range()	a contiguous run of frames, device memory as well; marked
 *				special: the address space counts no references to them
 *	vm_insert_page()	one page with a reference of its own
 *	vmf_insert_pfn()	the same as the first for one page, from fault()
 *
 * Context: process; may sleep. mmap_lock is held (for writing in mmap()).
 */
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include "internal.h"

/* Puts @pte into the empty entry of @addr, its table made if need be; 0, -ENOMEM or -EBUSY. */
static int fill_entry(struct mm_struct *mm, unsigned long addr, pte_t pte)
{
	pgd_t *pgd = pgd_offset(mm, addr);
	int err = pte_alloc(mm, pgd);
	pte_t *ptep;

	if (err)
		return err;
	spin_lock(&mm->page_table_lock);
	ptep = pte_offset_kernel(pgd, addr);
	if (pte_none(*ptep))
		set_pte_at(mm, addr, ptep, pte);
	else
		err = -EBUSY;
	spin_unlock(&mm->page_table_lock);
	return err;
}

static int insert_pfn(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		      pgprot_t prot)
{
	return fill_entry(vma->vm_mm, addr, pte_mkspecial(pfn_pte(pfn, prot)));
}

int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		    unsigned long size, pgprot_t prot)
{
	unsigned long end = addr + PAGE_ALIGN(size);
	bool cow = (vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
	int err;

	if (offset_in_page(addr) || addr < vma->vm_start || end > vma->vm_end || end < addr)
		return -EINVAL;
	/* A private writable mapping of part of a vma could not be told from its copies. */
	if (cow && (addr != vma->vm_start || end != vma->vm_end))
		return -EINVAL;
	if (cow)
		vma->vm_pgoff = pfn;
	vm_flags_set(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP);
	prot = phys_caching(pfn, end - addr, prot);
	for (; addr < end; addr += PAGE_SIZE, pfn++) {
		err = insert_pfn(vma, addr, pfn, prot);
		if (err)
			return err;
	}
	return 0;
}
EXPORT_SYMBOL(remap_pfn_range);

int io_remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		       unsigned long size, pgprot_t prot)
{
	return remap_pfn_range(vma, addr, pfn, size, prot);
}
EXPORT_SYMBOL(io_remap_pfn_range);

/* The whole vma on device memory [start, start + len): offset and size are checked here. */
int vm_iomap_memory(struct vm_area_struct *vma, phys_addr_t start, unsigned long len)
{
	unsigned long vm_len = vma->vm_end - vma->vm_start, pfn, pages;

	if (start + len < start)
		return -EINVAL;
	len += offset_in_page(start);
	pfn = start >> PAGE_SHIFT;
	pages = PFN_UP(len);
	if (pfn + pages < pfn || vma->vm_pgoff > pages)
		return -EINVAL;
	pfn += vma->vm_pgoff;
	pages -= vma->vm_pgoff;
	if (vm_len >> PAGE_SHIFT > pages)
		return -EINVAL;
	return io_remap_pfn_range(vma, vma->vm_start, pfn, vm_len, vma->vm_page_prot);
}
EXPORT_SYMBOL(vm_iomap_memory);

int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page)
{
	struct mm_struct *mm = vma->vm_mm;
	int err;

	if (addr < vma->vm_start || addr >= vma->vm_end)
		return -EFAULT;
	if (!page_count(page) || PageAnon(page) || PageSlab(page))
		return -EINVAL;
	if (!(vma->vm_flags & VM_MIXEDMAP))
		vm_flags_set(vma, VM_MIXEDMAP);
	get_page(page);
	atomic_inc(&page->_mapcount);
	err = fill_entry(mm, addr, mk_pte(page, vma->vm_page_prot));
	if (err) {
		atomic_dec(&page->_mapcount);
		put_page(page);
		return err;
	}
	atomic_inc(&mm->rss_file);
	return 0;
}
EXPORT_SYMBOL(vm_insert_page);

static int map_pages_from(struct vm_area_struct *vma, struct page **pages, unsigned long num,
			  unsigned long first)
{
	unsigned long count = vma_pages(vma), addr = vma->vm_start, i;
	int err;

	if (first >= num || count > num - first)
		return -ENXIO;
	for (i = 0; i < count; i++, addr += PAGE_SIZE) {
		err = vm_insert_page(vma, addr, pages[first + i]);
		if (err)
			return err;
	}
	return 0;
}

/* @num pages of a buffer, from page vm_pgoff of it on, over the whole vma. */
int vm_map_pages(struct vm_area_struct *vma, struct page **pages, unsigned long num)
{
	return map_pages_from(vma, pages, num, vma->vm_pgoff);
}
EXPORT_SYMBOL(vm_map_pages);

int vm_map_pages_zero(struct vm_area_struct *vma, struct page **pages, unsigned long num)
{
	return map_pages_from(vma, pages, num, 0);
}
EXPORT_SYMBOL(vm_map_pages_zero);

/* What fault() returns for an errno of the functions here. */
vm_fault_t vmf_error(int err)
{
	if (!err || err == -EBUSY)
		return VM_FAULT_NOPAGE;		/* -EBUSY: another thread mapped it */
	return err == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
}
EXPORT_SYMBOL(vmf_error);

vm_fault_t vmf_insert_pfn_prot(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
			       pgprot_t prot)
{
	/* Without the flag others would look for a struct page behind the entry. */
	if (WARN(!(vma->vm_flags & (VM_PFNMAP | VM_MIXEDMAP)), "vmf_insert_pfn: a vma without VM_PFNMAP\n"))
		return VM_FAULT_SIGBUS;
	if (addr < vma->vm_start || addr >= vma->vm_end)
		return VM_FAULT_SIGBUS;
	return vmf_error(insert_pfn(vma, addr & PAGE_MASK, pfn, phys_caching(pfn, PAGE_SIZE, prot)));
}
EXPORT_SYMBOL(vmf_insert_pfn_prot);

vm_fault_t vmf_insert_pfn(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn)
{
	return vmf_insert_pfn_prot(vma, addr, pfn, vma->vm_page_prot);
}
EXPORT_SYMBOL(vmf_insert_pfn);

/* A vmalloc_user() area, from page @pgoff of it on, over the whole vma. */
int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff)
{
	struct vm_struct *area = find_vm_area(addr);

	if (!area || !(area->flags & VM_USERMAP))
		return -EINVAL;
	if (pgoff >= area->nr_pages || vma_pages(vma) > area->nr_pages - pgoff)
		return -EINVAL;
	vma->vm_pgoff = pgoff;
	return vm_map_pages(vma, area->pages, area->nr_pages);
}
EXPORT_SYMBOL(remap_vmalloc_range);
