/*
 * mremap.c - making a mapping larger, smaller, or putting it elsewhere: pages
 * move by moving their page-table entries, no byte is copied.
 *
 * Context: process; may sleep. Locks: mmap_lock for writing; entries under
 * page_table_lock; for a file's vma i_mmap_lock too, so that truncate cannot
 * pass between the old and the new place and miss an entry on its way.
 */
#include <linux/fs.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <asm/tlbflush.h>
#include "internal.h"

/* One entry's page, if the old place has one. Returns 0 or -ENOMEM. */
static int move_entry(struct mm_struct *mm, unsigned long from, unsigned long to)
{
	pte_t *source = pte_lookup(mm, from), *target;

	if (!source || pte_none(*source))
		return 0;
	target = pte_lookup(mm, to);
	if (!target)
		return -ENOMEM;
	spin_lock(&mm->page_table_lock);
	set_pte_at(mm, to, target, ptep_get_and_clear(mm, from, source));
	spin_unlock(&mm->page_table_lock);
	return 0;
}

/* The entries one by one; returns the bytes moved. */
static unsigned long move_entries(struct vm_area_struct *vma, unsigned long old_addr,
				  unsigned long new_addr, unsigned long len)
{
	unsigned long done;

	for (done = 0; done < len; done += PAGE_SIZE)
		if (move_entry(vma->vm_mm, old_addr + done, new_addr + done))
			break;
	flush_tlb_range(vma, old_addr, old_addr + len);
	return done;
}

/*
 * move_page_tables - move the pages of [old_addr, old_addr + len) to new_addr
 * The ranges may overlap if new_addr is lower. Returns the bytes moved: fewer than @len
 * when there was no memory for a page table.
 */
unsigned long move_page_tables(struct vm_area_struct *vma, unsigned long old_addr,
			       struct vm_area_struct *new_vma, unsigned long new_addr,
			       unsigned long len)
{
	struct mm_struct *mm = vma->vm_mm;
	struct file *file = vma->vm_file;
	unsigned long done;

	for (done = 0; done < len; done = pgd_addr_end(new_addr + done, new_addr + len) - new_addr)
		if (pte_alloc(mm, pgd_offset(mm, new_addr + done)))
			break;
	len = done;
	if (!file)
		return move_entries(vma, old_addr, new_addr, len);
	spin_lock(&file->f_mapping->i_mmap_lock);
	done = move_entries(vma, old_addr, new_addr, len);
	spin_unlock(&file->f_mapping->i_mmap_lock);
	return done;
}

/* A vma like @vma for the new place, linked, or NULL. */
static struct vm_area_struct *copy_vma(struct vm_area_struct *vma, unsigned long old_addr,
				       unsigned long new_addr, unsigned long new_len)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct *new;
	struct vma_place place;

	if (!vma_find_place(mm, new_addr, new_addr + new_len, &place))
		return NULL;
	new = vm_area_dup(vma);
	if (!new)
		return NULL;
	new->vm_start = new_addr;
	new->vm_end = new_addr + new_len;
	new->vm_pgoff = vma->vm_pgoff + ((old_addr - vma->vm_start) >> PAGE_SHIFT);
	if (new->vm_file)
		get_file(new->vm_file);
	if (new->vm_ops && new->vm_ops->open)
		new->vm_ops->open(new);
	vma_link(mm, new, &place);
	return new;
}

struct remap {
	unsigned long old_addr, old_len, new_len;
};

static unsigned long move_vma(struct vm_area_struct *vma, const struct remap *remap,
			      unsigned long new_addr)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long flags = vma->vm_flags, moved;
	struct vm_area_struct *new;

	if (mm->map_count >= MAX_MAP_COUNT - 3)
		return -ENOMEM;
	new = copy_vma(vma, remap->old_addr, new_addr, remap->new_len);
	if (!new)
		return -ENOMEM;
	vm_stat_account(mm, flags, remap->new_len >> PAGE_SHIFT);
	if (flags & VM_LOCKED)
		mm->locked_vm += remap->new_len >> PAGE_SHIFT;
	moved = move_page_tables(vma, remap->old_addr, new, new_addr, remap->old_len);
	if (moved < remap->old_len) {
		/* Back again: those tables exist. */
		move_page_tables(new, new_addr, vma, remap->old_addr, moved);
		do_munmap(mm, new_addr, remap->new_len);
		return -ENOMEM;
	}
	if (vma->vm_ops && vma->vm_ops->mremap)
		vma->vm_ops->mremap(new);
	/* Fails only for want of a vma to split with: then the old range stays, empty. */
	do_munmap(mm, remap->old_addr, remap->old_len);
	return new_addr;
}

/* The vma that may be resized to @new_len, or an ERR_PTR. */
static struct vm_area_struct *resizable_vma(struct mm_struct *mm, const struct remap *remap)
{
	struct vm_area_struct *vma = find_vma(mm, remap->old_addr);
	unsigned long grow;
	int err;

	if (!vma || vma->vm_start > remap->old_addr ||
	    remap->old_len > vma->vm_end - remap->old_addr)
		return ERR_PTR(-EFAULT);
	if (remap->new_len <= remap->old_len)
		return vma;
	if (vma->vm_flags & (VM_DONTEXPAND | VM_PFNMAP))
		return ERR_PTR(-EFAULT);
	grow = (remap->new_len - remap->old_len) >> PAGE_SHIFT;
	if (vma->vm_flags & VM_LOCKED) {
		err = mlock_allowed(mm, grow);
		if (err)
			return ERR_PTR(err);
	}
	if (!may_expand_vm(mm, vma->vm_flags, grow) || !enough_memory(grow))
		return ERR_PTR(-ENOMEM);
	return vma;
}

/* Grow where it is, if it ends there and what follows is free. */
static bool grow_in_place(struct vm_area_struct *vma, const struct remap *remap)
{
	unsigned long new_end = remap->old_addr + remap->new_len;
	unsigned long grow = (remap->new_len - remap->old_len) >> PAGE_SHIFT;
	struct mm_struct *mm = vma->vm_mm;

	if (remap->old_addr + remap->old_len != vma->vm_end || new_end < vma->vm_end ||
	    new_end > (vma->vm_next ? vm_start_gap(vma->vm_next) : TASK_SIZE))
		return false;
	vma_set_bounds(vma, vma->vm_start, new_end);
	vm_stat_account(mm, vma->vm_flags, grow);
	if (vma->vm_flags & VM_LOCKED)
		mm->locked_vm += grow;
	return true;
}

static unsigned long remap_to(struct mm_struct *mm, struct remap *remap, unsigned long new_addr)
{
	struct vm_area_struct *vma;
	int err;

	if (offset_in_page(new_addr) || new_addr < MMAP_MIN_ADDR || remap->new_len > TASK_SIZE ||
	    new_addr > TASK_SIZE - remap->new_len)
		return -EINVAL;
	if (remap->old_addr + remap->old_len > new_addr &&
	    new_addr + remap->new_len > remap->old_addr)
		return -EINVAL;
	err = do_munmap(mm, new_addr, remap->new_len);
	if (err)
		return err;
	if (remap->old_len > remap->new_len) {
		err = do_munmap(mm, remap->old_addr + remap->new_len,
				remap->old_len - remap->new_len);
		if (err)
			return err;
		remap->old_len = remap->new_len;
	}
	vma = resizable_vma(mm, remap);
	return IS_ERR(vma) ? PTR_ERR(vma) : move_vma(vma, remap, new_addr);
}

static unsigned long do_mremap(struct mm_struct *mm, struct remap *remap, unsigned long flags,
			       unsigned long new_addr)
{
	struct vm_area_struct *vma;
	int err;

	if (flags & MREMAP_FIXED)
		return remap_to(mm, remap, new_addr);
	if (remap->new_len < remap->old_len) {
		vma = resizable_vma(mm, remap);
		if (IS_ERR(vma))
			return PTR_ERR(vma);
		err = do_munmap(mm, remap->old_addr + remap->new_len,
				remap->old_len - remap->new_len);
		return err ?: remap->old_addr;
	}
	vma = resizable_vma(mm, remap);
	if (IS_ERR(vma))
		return PTR_ERR(vma);
	if (remap->new_len == remap->old_len || grow_in_place(vma, remap))
		return remap->old_addr;
	if (!(flags & MREMAP_MAYMOVE))
		return -ENOMEM;
	new_addr = get_unmapped_area(vma->vm_file, 0, remap->new_len,
				     vma->vm_pgoff, vma->vm_flags & VM_MAYSHARE ? MAP_SHARED : 0);
	return IS_ERR_VALUE(new_addr) ? new_addr : move_vma(vma, remap, new_addr);
}

long sys_mremap(unsigned long addr, unsigned long old_len, unsigned long new_len,
		unsigned long flags, unsigned long new_addr)
{
	struct mm_struct *mm = current->mm;
	struct remap remap = { addr, PAGE_ALIGN(old_len), PAGE_ALIGN(new_len) };
	struct vm_area_struct *vma;
	unsigned long ret;
	bool locked;

	if (flags & ~(MREMAP_FIXED | MREMAP_MAYMOVE) || offset_in_page(addr) || !remap.new_len ||
	    (flags & MREMAP_FIXED && !(flags & MREMAP_MAYMOVE)) || !remap.old_len ||
	    addr > TASK_SIZE || remap.old_len > TASK_SIZE - addr)
		return -EINVAL;
	if (remap.new_len > TASK_SIZE)
		return -ENOMEM;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	ret = do_mremap(mm, &remap, flags, new_addr);
	vma = IS_ERR_VALUE(ret) ? NULL : find_vma(mm, ret);
	locked = vma && vma->vm_flags & VM_LOCKED;
	mmap_write_unlock(mm);
	if (locked && remap.new_len > remap.old_len)
		mm_populate(ret + remap.old_len, remap.new_len - remap.old_len);
	return ret;
}
