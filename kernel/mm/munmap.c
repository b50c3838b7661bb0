/*
 * munmap.c - taking mappings away.
 *
 * The order matters: vmas leave list and tree first, so nobody faults a page
 * in again; then entries are zapped; then the files forget the vmas, and only
 * then page tables go, since truncate walks them through its file's vmas.
 *
 * Context: process; may sleep. Locks: mmap_lock for writing.
 */
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include "internal.h"

static void unaccount_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long pages)
{
	vm_stat_account(mm, vma->vm_flags, -(long)pages);
	if (vma->vm_flags & VM_LOCKED)
		mm->locked_vm -= pages;
}

/*
 * The hole is one end of a plain vma, as when the heap shrinks: move its bound
 * instead of splitting a vma off only to free it.
 */
static bool trim_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long start,
		     unsigned long end)
{
	bool tail = start > vma->vm_start && end == vma->vm_end;
	bool head = start == vma->vm_start && end < vma->vm_end;

	if (!(tail || head) || vma->vm_ops || vma->vm_file)
		return false;
	unmap_page_range(vma, start, end, true);
	unaccount_vma(mm, vma, (end - start) >> PAGE_SHIFT);
	if (tail) {
		vma_set_bounds(vma, vma->vm_start, start);
		free_pgtables(mm, start, end, start,
			      vma->vm_next ? vma->vm_next->vm_start : TASK_SIZE);
	} else {
		vma_set_bounds(vma, end, vma->vm_end);
		free_pgtables(mm, start, end, vma->vm_prev ? vma->vm_prev->vm_end : 0, end);
	}
	return true;
}

/* Take the vmas of [start, end), which begin and end there, off the address space. */
static void unmap_vmas(struct mm_struct *mm, struct vm_area_struct *first, unsigned long start,
		       unsigned long end)
{
	struct vm_area_struct *prev = first->vm_prev, *vma, *next, *chain = NULL;
	unsigned long floor, ceiling;

	for (vma = first; vma && vma->vm_start < end; vma = next) {
		next = vma->vm_next;
		vma_unlink(mm, vma);
		vma->vm_next = chain;
		chain = vma;
	}
	floor = prev ? prev->vm_end : 0;
	ceiling = vma ? vma->vm_start : TASK_SIZE;

	for (vma = chain; vma; vma = vma->vm_next) {
		unmap_page_range(vma, vma->vm_start, vma->vm_end, true);
		unlink_file_vma(vma);
		unaccount_vma(mm, vma, vma_pages(vma));
	}
	free_pgtables(mm, start, end, floor, ceiling);
	for (vma = chain; vma; vma = next) {
		next = vma->vm_next;
		remove_vma_locked(vma);
	}
}

/*
 * do_munmap - no mapping in [start, start + len) any more
 * Returns 0 (also when there was none), -EINVAL for a bad range, -ENOMEM when a vma
 * could not be split. mmap_lock held for writing.
 */
int do_munmap(struct mm_struct *mm, unsigned long start, size_t len)
{
	struct vm_area_struct *first, *last;
	unsigned long end;
	int err;

	if (offset_in_page(start) || start > TASK_SIZE || len > TASK_SIZE - start)
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len)
		return -EINVAL;
	end = start + len;

	first = find_vma(mm, start);
	if (!first || first->vm_start >= end)
		return 0;
	if (trim_vma(mm, first, start, end))
		return 0;
	if (start > first->vm_start) {
		err = split_vma(mm, first, start, 1);
		if (err)
			return err;
	}
	last = find_vma(mm, end);
	if (last && last->vm_start < end) {
		err = split_vma(mm, last, end, 0);
		if (err)
			return err;
	}
	first = find_vma(mm, start);
	if (first && first->vm_start < end)
		unmap_vmas(mm, first, start, end);
	return 0;
}
EXPORT_SYMBOL(do_munmap);

int vm_munmap(unsigned long start, size_t len)
{
	struct mm_struct *mm = current->mm;
	int err;

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	err = do_munmap(mm, start, len);
	mmap_write_unlock(mm);
	return err;
}
EXPORT_SYMBOL(vm_munmap);

long sys_munmap(unsigned long addr, size_t len)
{
	return vm_munmap(addr, len);
}
