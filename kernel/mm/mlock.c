/*
 * mlock.c - memory that must stay: without swap that means faulting it in now
 * and counting it against RLIMIT_MEMLOCK.
 *
 * Context: process; may sleep. Locks: mmap_lock for writing.
 */
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include "internal.h"

static int set_vma_locked(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			  unsigned long newflags, struct vm_area_struct **now)
{
	struct mm_struct *mm = vma->vm_mm;
	long pages = (end - start) >> PAGE_SHIFT;
	int err;

	*now = vma;
	if (newflags == vma->vm_flags || vma->vm_flags & VM_SPECIAL)
		return 0;
	err = vma_isolate(mm, vma, start, end);
	if (err)
		return err;
	if ((newflags ^ vma->vm_flags) & VM_LOCKED)
		mm->locked_vm += newflags & VM_LOCKED ? pages : -pages;
	vma->vm_flags = newflags;
	*now = vma_merge_around(mm, vma);
	return 0;
}

/* Set @locked (VM_LOCKED, VM_LOCKONFAULT or 0) on all of [start, end); -ENOMEM over a hole. */
static int lock_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		      unsigned long locked)
{
	struct vm_area_struct *vma, *now;
	unsigned long next;
	int err;

	for (; start < end; start = next) {
		vma = find_vma(mm, start);
		if (!vma || vma->vm_start > start)
			return -ENOMEM;
		next = min(vma->vm_end, end);
		err = set_vma_locked(vma, start, next,
				     (vma->vm_flags & ~(VM_LOCKED | VM_LOCKONFAULT)) | locked,
				     &now);
		if (err)
			return err;
	}
	return 0;
}

static int do_mlock(unsigned long start, size_t len, unsigned long locked)
{
	struct mm_struct *mm = current->mm;
	unsigned long end;
	int err;

	len = PAGE_ALIGN(len + offset_in_page(start));
	start &= PAGE_MASK;
	end = start + len;
	if (end < start)
		return -EINVAL;
	if (!len)
		return 0;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	err = locked ? mlock_allowed(mm, len >> PAGE_SHIFT) : 0;
	if (err == -EAGAIN)
		err = -ENOMEM;
	if (!err)
		err = lock_range(mm, start, end, locked);
	mmap_write_unlock(mm);
	if (!err && locked == VM_LOCKED)
		mm_populate(start, len);
	return err;
}

long sys_mlock(unsigned long start, size_t len)
{
	return do_mlock(start, len, VM_LOCKED);
}

long sys_mlock2(unsigned long start, size_t len, int flags)
{
	if (flags & ~MLOCK_ONFAULT)
		return -EINVAL;
	return do_mlock(start, len, VM_LOCKED | (flags ? VM_LOCKONFAULT : 0));
}

long sys_munlock(unsigned long start, size_t len)
{
	return do_mlock(start, len, 0);
}

static void lock_all(struct mm_struct *mm, unsigned long locked)
{
	struct vm_area_struct *vma, *now;

	for (vma = mm->mmap; vma; vma = now->vm_next)
		set_vma_locked(vma, vma->vm_start, vma->vm_end,
			       (vma->vm_flags & ~(VM_LOCKED | VM_LOCKONFAULT)) | locked, &now);
}

long sys_mlockall(int flags)
{
	struct mm_struct *mm = current->mm;
	unsigned long locked = VM_LOCKED | (flags & MCL_ONFAULT ? VM_LOCKONFAULT : 0);
	int err;

	if (!flags || flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) || flags == MCL_ONFAULT)
		return -EINVAL;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	err = flags & MCL_CURRENT ? mlock_allowed(mm, mm->total_vm - mm->locked_vm) : 0;
	if (err == -EAGAIN)
		err = -ENOMEM;
	if (!err) {
		mm->def_flags = flags & MCL_FUTURE ? locked : 0;
		if (flags & MCL_CURRENT)
			lock_all(mm, locked);
	}
	mmap_write_unlock(mm);
	if (!err && flags & MCL_CURRENT && !(flags & MCL_ONFAULT))
		mm_populate(0, TASK_SIZE);
	return err;
}

long sys_munlockall(void)
{
	struct mm_struct *mm = current->mm;

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	mm->def_flags = 0;
	lock_all(mm, 0);
	mmap_write_unlock(mm);
	return 0;
}
