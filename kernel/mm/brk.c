/*
 * brk.c - the heap, which ends at mm->brk, and the stack, which grows by faults.
 *
 * Context: process; may sleep. Locks: mmap_lock for writing, but for
 * expand_stack(): there for reading, and page_table_lock against another
 * thread that grows the same stack.
 */
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include "internal.h"

/* Between a stack and what lies below: a frame of up to that size cannot step over it. */
unsigned long stack_guard_gap = 256 * PAGE_SIZE;

/* Zeroed private memory at a free, page-aligned place. mmap_lock held for writing. */
static int add_heap(struct mm_struct *mm, unsigned long start, unsigned long len,
		    unsigned long flags)
{
	struct vma_desc want = {
		.start = start, .end = start + len,
		.flags = VM_DATA_DEFAULT_FLAGS | VM_ACCOUNT | mm->def_flags | flags,
	};
	struct vm_area_struct *vma;
	struct vma_place place;
	int err;

	if (!may_expand_vm(mm, want.flags, len >> PAGE_SHIFT) ||
	    mm->map_count > MAX_MAP_COUNT || !enough_memory(len >> PAGE_SHIFT))
		return -ENOMEM;
	if (want.flags & VM_LOCKED) {
		err = mlock_allowed(mm, len >> PAGE_SHIFT);
		if (err)
			return err;
	}
	if (!vma_find_place(mm, want.start, want.end, &place))
		return -ENOMEM;
	vma = vma_merge(mm, place.prev, &want);
	if (!vma) {
		vma = vm_area_alloc(mm);
		if (!vma)
			return -ENOMEM;
		vma_set_anonymous(vma);
		vma->vm_start = want.start;
		vma->vm_end = want.end;
		vma->vm_flags = want.flags;
		vma->vm_pgoff = want.start >> PAGE_SHIFT;
		vma->vm_page_prot = vm_get_page_prot(want.flags);
		vma_link(mm, vma, &place);
	}
	vm_stat_account(mm, want.flags, len >> PAGE_SHIFT);
	if (want.flags & VM_LOCKED)
		mm->locked_vm += len >> PAGE_SHIFT;
	return 0;
}

/* For exec: what lay there goes. */
int vm_brk_flags(unsigned long addr, unsigned long len, unsigned long flags)
{
	struct mm_struct *mm = current->mm;
	int err;

	len = PAGE_ALIGN(len);
	if (!len)
		return 0;
	if (offset_in_page(addr) || addr < MMAP_MIN_ADDR || len > TASK_SIZE ||
	    addr > TASK_SIZE - len)
		return -EINVAL;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	err = do_munmap(mm, addr, len);
	if (!err)
		err = add_heap(mm, addr, len, flags);
	mmap_write_unlock(mm);
	if (!err && mm->def_flags & VM_LOCKED)
		mm_populate(addr, len);
	return err;
}

int vm_brk(unsigned long addr, unsigned long len)
{
	return vm_brk_flags(addr, len, 0);
}

/*
 * The heap already ends at @end and only has to reach further: the usual case,
 * and the reason why malloc() is quick.
 */
static int extend_heap(struct vm_area_struct *heap, unsigned long new_end)
{
	unsigned long pages = (new_end - heap->vm_end) >> PAGE_SHIFT;
	struct mm_struct *mm = heap->vm_mm;

	if (!may_expand_vm(mm, heap->vm_flags, pages) || !enough_memory(pages))
		return -ENOMEM;
	heap->vm_end = new_end;
	vm_stat_account(mm, heap->vm_flags, pages);
	return 0;
}

/* Move the end of the heap; -ENOMEM leaves it where it is. mmap_lock held for writing. */
static int move_brk(struct mm_struct *mm, unsigned long brk)
{
	unsigned long old_end = PAGE_ALIGN(mm->brk), new_end = PAGE_ALIGN(brk);
	unsigned long data = mm->end_data - mm->start_data;
	struct vm_area_struct *heap, *next;

	if (brk < mm->start_brk)
		return -ENOMEM;
	/* Compared before rounding: the end of a heap at the very top rounds to 0. */
	if (brk <= mm->brk)
		return new_end < old_end ? do_munmap(mm, new_end, old_end - new_end) : 0;
	if (brk - mm->start_brk + data > rlimit(RLIMIT_DATA) || new_end > TASK_SIZE ||
	    new_end < brk)
		return -ENOMEM;
	if (new_end == old_end)
		return 0;
	heap = find_vma(mm, old_end - 1);
	if (heap && heap->vm_end == old_end) {
		next = heap->vm_next;
	} else {
		next = heap;
		heap = NULL;
	}
	if (next && new_end + PAGE_SIZE > vm_start_gap(next))
		return -ENOMEM;
	if (heap && heap->vm_flags == (VM_DATA_DEFAULT_FLAGS | VM_ACCOUNT) && !mm->def_flags &&
	    vma_is_anonymous(heap))
		return extend_heap(heap, new_end);
	return add_heap(mm, old_end, new_end - old_end, 0);
}

/* Returns the end of the heap as it is afterwards: the caller sees failure by comparing. */
long sys_brk(unsigned long brk)
{
	struct mm_struct *mm = current->mm;
	unsigned long old, ret;
	bool populate;

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	old = mm->brk;
	if (!move_brk(mm, brk))
		mm->brk = brk;
	ret = mm->brk;
	populate = mm->def_flags & VM_LOCKED && ret > old;
	mmap_write_unlock(mm);
	if (populate)
		mm_populate(old, ret - old);
	return ret;
}

/* ------------------------------------------------------------------ stacks */

/* 0 when the stack may begin at @addr. */
static int stack_may_grow(struct vm_area_struct *vma, unsigned long addr, unsigned long pages)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct *prev = vma->vm_prev;

	if (addr < MMAP_MIN_ADDR)
		return -EPERM;
	/* Another stack below keeps its own distance; PROT_NONE is somebody's guard already. */
	if (prev && !(prev->vm_flags & VM_GROWSDOWN) && prev->vm_flags & VM_ACCESS_FLAGS &&
	    addr - prev->vm_end < stack_guard_gap)
		return -ENOMEM;
	if (prev && addr < prev->vm_end)
		return -ENOMEM;
	if (vma->vm_end - addr > rlimit(RLIMIT_STACK) || !may_expand_vm(mm, vma->vm_flags, pages))
		return -ENOMEM;
	if (vma->vm_flags & VM_LOCKED)
		return mlock_allowed(mm, pages);
	return 0;
}

/*
 * expand_stack - let the stack @vma reach down to @addr
 * Returns 0 or a negative errno: beyond RLIMIT_STACK, or too near what lies below.
 * mmap_lock held at least for reading.
 */
int expand_stack(struct vm_area_struct *vma, unsigned long addr)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long pages;
	int err = 0;

	addr &= PAGE_MASK;
	spin_lock(&mm->page_table_lock);
	if (addr < vma->vm_start) {
		pages = (vma->vm_start - addr) >> PAGE_SHIFT;
		err = stack_may_grow(vma, addr, pages);
		if (!err) {
			vma->vm_start = addr;
			vma->vm_pgoff -= pages;
			vm_stat_account(mm, vma->vm_flags, pages);
			if (vma->vm_flags & VM_LOCKED)
				mm->locked_vm += pages;
		}
	}
	spin_unlock(&mm->page_table_lock);
	return err;
}

struct vm_area_struct *find_extend_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	if (!vma || vma->vm_start <= addr)
		return vma;
	if (!(vma->vm_flags & VM_GROWSDOWN) || expand_stack(vma, addr))
		return NULL;
	return vma;
}
EXPORT_SYMBOL(find_extend_vma);
