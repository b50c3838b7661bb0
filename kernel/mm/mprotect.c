/*
 * mprotect.c - changing what may be done with mapped memory.
 *
 * Context: process; may sleep. Locks: mmap_lock for writing; entries under
 * page_table_lock.
 */
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <asm/tlbflush.h>
#include "internal.h"

/*
 * Give every entry of [addr, end), within one page table, the vma's protection.
 * Taken out and put back in one exchange each: the CPU may set DIRTY any time.
 */
static bool protect_table(struct vm_area_struct *vma, unsigned long addr, unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	pte_t *ptep = pte_lookup(mm, addr), entry;
	bool changed = false;

	if (!ptep)
		return false;
	spin_lock(&mm->page_table_lock);
	for (; addr < end; addr += PAGE_SIZE, ptep++) {
		if (pte_none(*ptep))
			continue;
		entry = ptep_get_and_clear(mm, addr, ptep);
		set_pte_at(mm, addr, ptep, pte_modify(entry, vma->vm_page_prot));
		changed = true;
	}
	spin_unlock(&mm->page_table_lock);
	return changed;
}

static void change_protection(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long addr, next;
	bool changed = false;

	for (addr = start; addr < end; addr = next) {
		next = pgd_addr_end(addr, end);
		changed |= protect_table(vma, addr, next);
	}
	if (changed)
		flush_tlb_range(vma, start, end);
}

/*
 * mprotect_fixup - make [start, end), a part of @vma, a vma with @newflags
 * @prev: out, the vma it is part of now. Returns 0 or -ENOMEM. mmap_lock held for writing.
 */
int mprotect_fixup(struct vm_area_struct *vma, struct vm_area_struct **prev,
		   unsigned long start, unsigned long end, unsigned long newflags)
{
	unsigned long pages = (end - start) >> PAGE_SHIFT;
	struct mm_struct *mm = vma->vm_mm;
	int err;

	*prev = vma;
	if (newflags == vma->vm_flags)
		return 0;
	if (newflags & VM_WRITE && !(vma->vm_flags & (VM_WRITE | VM_SHARED)) &&
	    !may_expand_vm(mm, newflags, pages))
		return -ENOMEM;
	err = vma_isolate(mm, vma, start, end);
	if (err)
		return err;
	vm_stat_account(mm, vma->vm_flags, -(long)pages);
	vm_stat_account(mm, newflags, pages);
	vma->vm_flags = newflags;
	vma_set_page_prot(vma);
	change_protection(vma, start, end);
	*prev = vma_merge_around(mm, vma);
	return 0;
}

/* Every page of [start, end) must be mapped and may get @prot. mmap_lock held for writing. */
static int protect_range(struct mm_struct *mm, unsigned long start, unsigned long end,
			 unsigned long prot)
{
	struct vm_area_struct *vma = find_vma(mm, start), *now;
	unsigned long newflags, next;
	int err;

	for (; start < end; start = next, vma = find_vma(mm, start)) {
		if (!vma || vma->vm_start > start)
			return -ENOMEM;
		newflags = (vma->vm_flags & ~VM_ACCESS_FLAGS) | calc_vm_prot_bits(prot, 0);
		/* The VM_MAY* bits lie four above what they allow. */
		if (newflags & ~(newflags >> 4) & VM_ACCESS_FLAGS)
			return -EACCES;
		next = min(vma->vm_end, end);
		err = mprotect_fixup(vma, &now, start, next, newflags);
		if (err)
			return err;
	}
	return 0;
}

long sys_mprotect(unsigned long start, size_t len, unsigned long prot)
{
	struct mm_struct *mm = current->mm;
	unsigned long grows = prot & (PROT_GROWSDOWN | PROT_GROWSUP);
	struct vm_area_struct *vma;
	unsigned long end;
	int err;

	prot &= ~(PROT_GROWSDOWN | PROT_GROWSUP);
	if (grows == (PROT_GROWSDOWN | PROT_GROWSUP) || offset_in_page(start))
		return -EINVAL;
	if (!len)
		return 0;
	len = PAGE_ALIGN(len);
	end = start + len;
	if (end <= start || end > TASK_SIZE)
		return -ENOMEM;
	if (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM))
		return -EINVAL;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	err = 0;
	if (grows) {
		/* "From here to wherever the stack ends by now." */
		vma = find_vma(mm, start);
		if (!vma || vma->vm_start >= end)
			err = -ENOMEM;
		else if (grows & PROT_GROWSUP || !(vma->vm_flags & VM_GROWSDOWN))
			err = -EINVAL;
		else
			start = vma->vm_start;
	}
	if (!err)
		err = protect_range(mm, start, end, prot);
	mmap_write_unlock(mm);
	return err;
}
