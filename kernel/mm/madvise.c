/*
 * madvise.c - what a process says of its memory (madvise), asks of it (mincore)
 * and wants written (msync).
 *
 * Context: process; may sleep. Locks: mmap_lock.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internal.h"

/* What becomes of vm_flags; false when the advice changes none. */
static bool advised_flags(int behavior, unsigned long *flags)
{
	switch (behavior) {
	case MADV_NORMAL:
		*flags &= ~(VM_RAND_READ | VM_SEQ_READ);
		return true;
	case MADV_SEQUENTIAL:
		*flags = (*flags & ~VM_RAND_READ) | VM_SEQ_READ;
		return true;
	case MADV_RANDOM:
		*flags = (*flags & ~VM_SEQ_READ) | VM_RAND_READ;
		return true;
	case MADV_DONTFORK:
		*flags |= VM_DONTCOPY;
		return true;
	case MADV_DOFORK:
		*flags &= ~VM_DONTCOPY;
		return true;
	case MADV_WIPEONFORK:
		*flags |= VM_WIPEONFORK;
		return true;
	case MADV_KEEPONFORK:
		*flags &= ~VM_WIPEONFORK;
		return true;
	case MADV_DONTDUMP:
		*flags |= VM_DONTDUMP;
		return true;
	case MADV_DODUMP:
		*flags &= ~VM_DONTDUMP;
		return true;
	}
	return false;
}

static int advise_flags(struct vm_area_struct **vma, unsigned long start, unsigned long end,
			unsigned long newflags, int behavior)
{
	struct mm_struct *mm = (*vma)->vm_mm;
	int err;

	if (behavior == MADV_WIPEONFORK && ((*vma)->vm_file || newflags & VM_SHARED))
		return -EINVAL;
	if ((behavior == MADV_DOFORK && newflags & VM_IO) ||
	    (behavior == MADV_DODUMP && newflags & VM_SPECIAL))
		return -EINVAL;
	if (newflags == (*vma)->vm_flags)
		return 0;
	err = vma_isolate(mm, *vma, start, end);
	if (err)
		return err;
	(*vma)->vm_flags = newflags;
	*vma = vma_merge_around(mm, *vma);
	return 0;
}

/* [start, end) is a part of the vma; it may change to one that was merged. */
static int advise_vma(struct vm_area_struct **vma, unsigned long start, unsigned long end,
		      int behavior)
{
	unsigned long flags = (*vma)->vm_flags;

	if (advised_flags(behavior, &flags))
		return advise_flags(vma, start, end, flags, behavior);
	switch (behavior) {
	case MADV_FREE:
		if (!vma_is_anonymous(*vma))
			return -EINVAL;
		fallthrough;
	case MADV_DONTNEED:
		if (flags & (VM_LOCKED | VM_PFNMAP))
			return -EINVAL;
		zap_page_range(*vma, start, end - start);
		return 0;
	case MADV_WILLNEED:
		return (*vma)->vm_file ? 0 : -EBADF;
	case MADV_COLD:
	case MADV_PAGEOUT:
		return flags & (VM_LOCKED | VM_PFNMAP) ? -EINVAL : 0;
	}
	return -EINVAL;
}

static bool known_advice(int behavior)
{
	unsigned long flags = 0;

	return advised_flags(behavior, &flags) || behavior == MADV_FREE ||
	       behavior == MADV_DONTNEED || behavior == MADV_WILLNEED ||
	       behavior == MADV_COLD || behavior == MADV_PAGEOUT;
}

/*
 * The mapping at @start or the next one below @end, to whose begin @start moves;
 * or NULL.  @unmapped tells whether there was a gap.  mmap_lock held.
 */
static struct vm_area_struct *next_part(struct mm_struct *mm, unsigned long *start,
					unsigned long end, int *unmapped)
{
	struct vm_area_struct *vma = find_vma(mm, *start);

	if (!vma || vma->vm_start > *start)
		*unmapped = -ENOMEM;
	if (!vma || vma->vm_start >= end)
		return NULL;
	*start = max(*start, vma->vm_start);
	return vma;
}

/* -ENOMEM when part of the range is not mapped; the rest is advised all the same. */
long sys_madvise(unsigned long start, size_t len_in, int behavior)
{
	struct mm_struct *mm = current->mm;
	unsigned long len = PAGE_ALIGN(len_in), end = start + len, next;
	struct vm_area_struct *vma;
	int err = 0, unmapped = 0;

	if (!known_advice(behavior) || offset_in_page(start) || (len_in && !len) || end < start)
		return -EINVAL;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	for (; start < end && !err; start = next) {
		vma = next_part(mm, &start, end, &unmapped);
		if (!vma)
			break;
		next = min(vma->vm_end, end);
		err = advise_vma(&vma, start, next, behavior);
	}
	mmap_write_unlock(mm);
	return err ?: unmapped;
}

/* ------------------------------------------------------------------ mincore */

static bool page_resident(struct vm_area_struct *vma, unsigned long addr)
{
	pte_t *ptep = pte_lookup(vma->vm_mm, addr);
	struct page *page;
	bool resident;

	if (ptep && pte_present(*ptep))
		return true;
	if (!vma->vm_file || vma->vm_flags & VM_SPECIAL)
		return false;
	page = find_get_page(vma->vm_file->f_mapping,
			     vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT));
	if (!page)
		return false;
	resident = PageUptodate(page);
	put_page(page);
	return resident;
}

/* Answers for up to @count pages from @start; how many, or -ENOMEM. Takes mmap_lock. */
static int mincore_pages(unsigned long start, unsigned int count, unsigned char *answer)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	unsigned int i;

	mmap_read_lock(mm);
	vma = find_vma(mm, start);
	for (i = 0; i < count; i++, start += PAGE_SIZE) {
		if (vma && start >= vma->vm_end)
			vma = vma->vm_next;
		if (!vma || start < vma->vm_start)
			break;
		answer[i] = page_resident(vma, start);
	}
	mmap_read_unlock(mm);
	return i == count ? (int)i : -ENOMEM;
}

long sys_mincore(unsigned long start, size_t len, unsigned char __user *vec)
{
	unsigned long pages = (len >> PAGE_SHIFT) + (offset_in_page(len) != 0);
	unsigned char answer[64];
	int done;

	if (offset_in_page(start))
		return -EINVAL;
	if (!access_ok(start, len))
		return -ENOMEM;
	if (!access_ok(vec, pages))
		return -EFAULT;
	while (pages) {
		done = mincore_pages(start, min(pages, (unsigned long)sizeof(answer)), answer);
		if (done < 0)
			return done;
		if (copy_to_user(vec, answer, done))
			return -EFAULT;
		pages -= done;
		vec += done;
		start += (unsigned long)done << PAGE_SHIFT;
	}
	return 0;
}

/* ------------------------------------------------------------------ msync */

/* Write the part of @vma's file that lies in [start, end); drops and retakes mmap_lock. */
static int sync_part(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	struct file *file = get_file(vma->vm_file);
	loff_t from = ((loff_t)vma->vm_pgoff << PAGE_SHIFT) + (start - vma->vm_start);
	int err;

	mmap_read_unlock(mm);
	err = vfs_fsync_range(file, from, from + (end - start) - 1, 1);
	fput(file);
	mmap_read_lock(mm);
	return err;
}

long sys_msync(unsigned long start, size_t len, int flags)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	unsigned long end, next;
	int err = 0, unmapped = 0;

	if (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC) || offset_in_page(start) ||
	    (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
		return -EINVAL;
	end = start + PAGE_ALIGN(len);
	if (end < start)
		return -ENOMEM;
	mmap_read_lock(mm);
	for (; start < end && !err; start = next) {
		vma = next_part(mm, &start, end, &unmapped);
		if (!vma)
			break;
		next = min(vma->vm_end, end);
		if (flags & MS_INVALIDATE && vma->vm_flags & VM_LOCKED)
			err = -EBUSY;
		else if (flags & MS_SYNC && vma->vm_file && vma->vm_flags & VM_SHARED)
			err = sync_part(vma, start, next);
	}
	mmap_read_unlock(mm);
	return err ?: unmapped;
}
