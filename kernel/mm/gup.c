/*
 * gup.c - the pages behind user addresses, for those who must reach them
 * without running in that process: DMA, ptrace, futexes, /proc/PID/mem.
 *
 * Each page is faulted in as the process itself would, and referenced, which
 * keeps the frame (not the mapping) until put_page().
 *
 * Context: process; may sleep. mmap_lock is held for reading, or taken here by
 * the _fast, _unlocked and access_ forms.
 */
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include "internal.h"

#define FOLL_COWED	0x4000	/* internal: a forced write has got its private copy */

/*
 * The page mapped at @addr, referenced, if the access could go on without a fault; else NULL.
 * -EFAULT: a frame without a struct page, or one that no references are counted to.
 */
static struct page *follow_page(struct vm_area_struct *vma, unsigned long addr,
				unsigned int gup_flags)
{
	struct mm_struct *mm = vma->vm_mm;
	pte_t *ptep = pte_lookup(mm, addr), entry;
	struct page *page = NULL;
	bool usable;

	if (!ptep)
		return NULL;
	spin_lock(&mm->page_table_lock);
	entry = *ptep;
	usable = !pte_none(entry);	/* one that PROT_NONE bars has its page, too: check_vma() has decided */
	if (gup_flags & FOLL_WRITE && !pte_write(entry))
		usable = usable && gup_flags & FOLL_COWED && pte_dirty(entry);
	if (usable) {
		page = pfn_valid(pte_pfn(entry)) ? vm_normal_page(vma, addr, entry) : NULL;
		/* The zero page has no count to hold, and needs none. */
		if (!page && pte_pfn(entry) == page_to_pfn(empty_zero_page))
			page = empty_zero_page;
		if (page)
			get_page(page);
		else
			page = ERR_PTR(-EFAULT);
	}
	spin_unlock(&mm->page_table_lock);
	return page;
}

/* 0 when the vma allows the access, or forcing it. */
static int check_vma(const struct vm_area_struct *vma, unsigned int gup_flags)
{
	unsigned long flags = vma->vm_flags;

	if (flags & (VM_IO | VM_PFNMAP))
		return -EFAULT;
	if (gup_flags & FOLL_WRITE) {
		if (flags & VM_WRITE)
			return 0;
		/* A debugger may write to text, but only into a private copy. */
		if (!(gup_flags & FOLL_FORCE) || (flags & (VM_SHARED | VM_MAYWRITE)) != VM_MAYWRITE)
			return -EFAULT;
		return 0;
	}
	if (flags & (VM_READ | VM_EXEC | VM_WRITE))
		return 0;
	return gup_flags & FOLL_FORCE && flags & VM_MAYREAD ? 0 : -EFAULT;
}

static int fault_page_in(struct vm_area_struct *vma, unsigned long addr,
			 unsigned int *gup_flags)
{
	unsigned int flags = *gup_flags & FOLL_WRITE ? FAULT_FLAG_WRITE : 0;
	vm_fault_t ret = handle_mm_fault(vma, addr, flags | FAULT_FLAG_REMOTE, NULL);

	if (ret & VM_FAULT_OOM)
		return -ENOMEM;
	if (ret & VM_FAULT_ERROR)
		return -EFAULT;
	if (flags && !(vma->vm_flags & VM_WRITE))
		*gup_flags |= FOLL_COWED;
	return 0;
}

/* One page of @vma, or an ERR_PTR. */
static struct page *get_user_page(struct vm_area_struct *vma, unsigned long addr,
				  unsigned int gup_flags)
{
	struct page *page;
	int err;

	while (!(page = follow_page(vma, addr, gup_flags))) {
		if (fatal_signal_pending(current))
			return ERR_PTR(-EINTR);
		err = fault_page_in(vma, addr, &gup_flags);
		if (err)
			return ERR_PTR(err);
		cond_resched();
	}
	return page;
}

long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages,
			   struct vm_area_struct **vmas, int *locked)
{
	struct vm_area_struct *vma = NULL;
	struct page *page;
	unsigned long i;
	int err = 0;

	start &= PAGE_MASK;
	for (i = 0; i < nr_pages; i++, start += PAGE_SIZE) {
		if (!vma || start >= vma->vm_end) {
			vma = find_extend_vma(mm, start);
			err = vma ? check_vma(vma, gup_flags) : -EFAULT;
			if (err)
				break;
		}
		page = get_user_page(vma, start, gup_flags);
		if (IS_ERR(page)) {
			err = PTR_ERR(page);
			break;
		}
		if (pages)
			pages[i] = page;
		else
			put_page(page);
		if (vmas)
			vmas[i] = vma;
	}
	return i ?: err;
}
EXPORT_SYMBOL(get_user_pages_remote);

long get_user_pages(unsigned long start, unsigned long nr_pages, unsigned int gup_flags,
		    struct page **pages, struct vm_area_struct **vmas)
{
	return get_user_pages_remote(current->mm, start, nr_pages, gup_flags, pages, vmas, NULL);
}
EXPORT_SYMBOL(get_user_pages);

long get_user_pages_unlocked(unsigned long start, unsigned long nr_pages, struct page **pages,
			     unsigned int gup_flags)
{
	long ret;

	mmap_read_lock(current->mm);
	ret = get_user_pages(start, nr_pages, gup_flags, pages, NULL);
	mmap_read_unlock(current->mm);
	return ret;
}
EXPORT_SYMBOL(get_user_pages_unlocked);

int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	if (nr_pages <= 0 || start >= TASK_SIZE ||
	    (unsigned long)nr_pages > (TASK_SIZE - start + PAGE_SIZE - 1) >> PAGE_SHIFT)
		return nr_pages ? -EFAULT : 0;
	return get_user_pages_unlocked(start, nr_pages, pages, gup_flags);
}
EXPORT_SYMBOL(get_user_pages_fast);

int pin_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	return get_user_pages_fast(start, nr_pages, gup_flags | FOLL_PIN, pages);
}
EXPORT_SYMBOL(pin_user_pages_fast);

void unpin_user_page(struct page *page)
{
	put_page(page);
}
EXPORT_SYMBOL(unpin_user_page);

void unpin_user_pages(struct page **pages, unsigned long npages)
{
	while (npages--)
		put_page(*pages++);
}
EXPORT_SYMBOL(unpin_user_pages);

/* After a device wrote to them. */
void unpin_user_pages_dirty_lock(struct page **pages, unsigned long npages, bool make_dirty)
{
	for (; npages--; pages++) {
		if (make_dirty && !PageDirty(*pages) && page_mapping(*pages))
			set_page_dirty_lock(*pages);
		put_page(*pages);
	}
}
EXPORT_SYMBOL(unpin_user_pages_dirty_lock);

/* ------------------------------------------------------------------ another process */

static int access_page(struct mm_struct *mm, unsigned long addr, void *buf, int len,
		       unsigned int gup_flags)
{
	struct vm_area_struct *vma;
	struct page *page;
	char *at;
	long got = get_user_pages_remote(mm, addr, 1, gup_flags, &page, &vma, NULL);

	if (got <= 0) {
		vma = find_vma(mm, addr);
		if (!vma || vma->vm_start > addr || !vma->vm_ops || !vma->vm_ops->access)
			return 0;
		return vma->vm_ops->access(vma, addr, buf, len, gup_flags & FOLL_WRITE);
	}
	at = (char *)page_address(page) + offset_in_page(addr);
	if (gup_flags & FOLL_WRITE) {
		memcpy(at, buf, len);
		if (page_mapping(page))
			set_page_dirty_lock(page);
	} else {
		memcpy(buf, at, len);
	}
	put_page(page);
	return len;
}

int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len,
		     unsigned int gup_flags)
{
	int done = 0, part, moved;

	if (mmap_read_lock_killable(mm))
		return 0;
	while (done < len) {
		part = min(len - done, (int)(PAGE_SIZE - offset_in_page(addr)));
		moved = access_page(mm, addr, (char *)buf + done, part, gup_flags);
		if (moved <= 0)
			break;
		done += moved;
		addr += moved;
	}
	mmap_read_unlock(mm);
	return done;
}

int access_process_vm(struct task_struct *task, unsigned long addr, void *buf, int len,
		      unsigned int gup_flags)
{
	struct mm_struct *mm = get_task_mm(task);
	int done;

	if (!mm)
		return 0;
	done = access_remote_vm(mm, addr, buf, len, gup_flags);
	mmput(mm);
	return done;
}
EXPORT_SYMBOL(access_process_vm);

/* mmap_lock held for reading. */
static void populate_vma(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned int flags = 0;

	/* Writable private memory gets its own pages now; shared files must not become dirty. */
	if ((vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE)
		flags = FOLL_WRITE;
	get_user_pages_remote(vma->vm_mm, start, (end - start) >> PAGE_SHIFT, flags, NULL, NULL,
			      NULL);
}

void mm_populate(unsigned long addr, unsigned long len)
{
	struct mm_struct *mm = current->mm;
	unsigned long end = PAGE_ALIGN(addr + len);
	struct vm_area_struct *vma;

	mmap_read_lock(mm);
	for (vma = find_vma(mm, addr); vma && vma->vm_start < end; vma = vma->vm_next) {
		if (vma->vm_flags & (VM_IO | VM_PFNMAP) || !(vma->vm_flags & VM_ACCESS_FLAGS))
			continue;
		populate_vma(vma, max(addr & PAGE_MASK, vma->vm_start), min(end, vma->vm_end));
		if (fatal_signal_pending(current))
			break;
	}
	mmap_read_unlock(mm);
}
