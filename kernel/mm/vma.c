/*
 * vma.c - the vmas of an address space: a list by address and, for the same
 * vmas, a red-black tree to find one by.
 *
 * Neighbours with the same use are joined and a vma is split where only a part
 * of it changes, so /proc/PID/maps shows what a process has and not how it
 * got there.
 *
 * Context: process. Locks: mmap_lock for writing, except where it says reading.
 * The bounds of a file's vma change under i_mmap_lock as well, since truncate
 * finds it from that side.
 */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "internal.h"

static struct kmem_cache *vm_area_cache;

/* A driver that sets none has mapped all it wants to: a fault is an error. */
static const struct vm_operations_struct no_vm_ops;

struct vm_area_struct *vm_area_alloc(struct mm_struct *mm)
{
	struct vm_area_struct *vma = kmem_cache_zalloc(vm_area_cache, GFP_KERNEL);

	if (vma) {
		vma->vm_mm = mm;
		vma->vm_ops = &no_vm_ops;
		INIT_LIST_HEAD(&vma->shared);
	}
	return vma;
}

struct vm_area_struct *vm_area_dup(struct vm_area_struct *from)
{
	struct vm_area_struct *vma = kmem_cache_alloc(vm_area_cache, GFP_KERNEL);

	if (vma) {
		*vma = *from;
		vma->vm_next = vma->vm_prev = NULL;
		INIT_LIST_HEAD(&vma->shared);
	}
	return vma;
}

void vm_area_free(struct vm_area_struct *vma)
{
	kmem_cache_free(vm_area_cache, vma);
}

static inline void close_vma(struct vm_area_struct *vma)
{
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
}

void remove_vma(struct vm_area_struct *vma)
{
	close_vma(vma);
	if (vma->vm_file)
		fput(vma->vm_file);
	vm_area_free(vma);
}

/*
 * A file's last reference calls its driver's release(), which may wait for one who holds a lock
 * of the driver's and has a page fault: that is for when mmap_lock is free again.
 */
void remove_vma_locked(struct vm_area_struct *vma)
{
	close_vma(vma);
	if (!vma->vm_file) {
		vm_area_free(vma);
		return;
	}
	vma->vm_next = vma->vm_mm->gone;
	vma->vm_mm->gone = vma;
}

void unlock_and_free_gone(struct mm_struct *mm)
{
	struct vm_area_struct *vma = mm->gone, *next;

	mm->gone = NULL;
	up_write(&mm->mmap_lock);
	for (; vma; vma = next) {
		next = vma->vm_next;
		fput(vma->vm_file);
		vm_area_free(vma);
	}
}

/* ------------------------------------------------------------------ finding */

/* mmap_lock held for reading: threads overwrite each other's hint, each a valid one. */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = READ_ONCE(mm->mmap_cache), *found = NULL;
	struct rb_node *node;

	if (likely(vma && vma->vm_start <= addr && addr < vma->vm_end))
		return vma;
	for (node = mm->mm_rb.rb_node; node;) {
		vma = rb_entry(node, struct vm_area_struct, vm_rb);
		if (vma->vm_end > addr) {
			found = vma;
			if (vma->vm_start <= addr)
				break;
			node = node->rb_left;
		} else {
			node = node->rb_right;
		}
	}
	if (found)
		WRITE_ONCE(mm->mmap_cache, found);
	return found;
}
EXPORT_SYMBOL(find_vma);

/* The same, and the vma before: the last one of all when there is none above @addr. */
struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
				     struct vm_area_struct **prev)
{
	struct vm_area_struct *vma = find_vma(mm, addr);
	struct rb_node *last;

	if (vma) {
		*prev = vma->vm_prev;
	} else {
		last = rb_last(&mm->mm_rb);
		*prev = last ? rb_entry(last, struct vm_area_struct, vm_rb) : NULL;
	}
	return vma;
}

/* The first vma that shares an address with [start, end), or NULL. */
struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	return vma && vma->vm_start < end ? vma : NULL;
}
EXPORT_SYMBOL(find_vma_intersection);

/* False when [start, end) is not free. */
bool vma_find_place(struct mm_struct *mm, unsigned long start, unsigned long end,
		    struct vma_place *place)
{
	struct rb_node **link = &mm->mm_rb.rb_node;
	struct vm_area_struct *vma;

	place->prev = NULL;
	place->parent = NULL;
	while (*link) {
		place->parent = *link;
		vma = rb_entry(*link, struct vm_area_struct, vm_rb);
		if (vma->vm_end > start) {
			if (vma->vm_start < end)
				return false;
			link = &(*link)->rb_left;
		} else {
			place->prev = vma;
			link = &(*link)->rb_right;
		}
	}
	place->link = link;
	return true;
}

/* ------------------------------------------------------------------ linking */

static void link_file_vma(struct vm_area_struct *vma)
{
	struct address_space *mapping;

	if (!vma->vm_file)
		return;
	mapping = vma->vm_file->f_mapping;
	if (vma->vm_flags & VM_SHARED)
		atomic_inc(&mapping->i_mmap_writable);
	spin_lock(&mapping->i_mmap_lock);
	list_add_tail(&vma->shared, &mapping->i_mmap);
	spin_unlock(&mapping->i_mmap_lock);
}

/* From here on truncate does not find the vma: its page tables may go. */
void unlink_file_vma(struct vm_area_struct *vma)
{
	struct address_space *mapping;

	if (!vma->vm_file || list_empty(&vma->shared))
		return;
	mapping = vma->vm_file->f_mapping;
	spin_lock(&mapping->i_mmap_lock);
	list_del_init(&vma->shared);
	spin_unlock(&mapping->i_mmap_lock);
	if (vma->vm_flags & VM_SHARED)
		atomic_dec(&mapping->i_mmap_writable);
}

void vma_link(struct mm_struct *mm, struct vm_area_struct *vma, const struct vma_place *place)
{
	struct vm_area_struct *prev = place->prev, *next;

	next = prev ? prev->vm_next : mm->mmap;
	vma->vm_prev = prev;
	vma->vm_next = next;
	if (prev)
		prev->vm_next = vma;
	else
		mm->mmap = vma;
	if (next)
		next->vm_prev = vma;
	rb_link_node(&vma->vm_rb, place->parent, place->link);
	rb_insert_color(&vma->vm_rb, &mm->mm_rb);
	mm->map_count++;
	link_file_vma(vma);
}

/* Off list and tree; still among its file's until unlink_file_vma(). */
void vma_unlink(struct mm_struct *mm, struct vm_area_struct *vma)
{
	rb_erase(&vma->vm_rb, &mm->mm_rb);
	if (vma->vm_prev)
		vma->vm_prev->vm_next = vma->vm_next;
	else
		mm->mmap = vma->vm_next;
	if (vma->vm_next)
		vma->vm_next->vm_prev = vma->vm_prev;
	if (mm->mmap_cache == vma)
		mm->mmap_cache = NULL;
	mm->map_count--;
}

/* For exec's stack: the vma is complete. 0, or -ENOMEM when the place is taken or too big. */
int insert_vm_struct(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vma_place place;

	if (!vma_find_place(mm, vma->vm_start, vma->vm_end, &place))
		return -ENOMEM;
	if (vma_is_anonymous(vma))
		vma->vm_pgoff = vma->vm_start >> PAGE_SHIFT;
	vma_link(mm, vma, &place);
	return 0;
}

static void set_bounds(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	/* Unsigned arithmetic makes this right for a start that comes down as well. */
	vma->vm_pgoff += (start >> PAGE_SHIFT) - (vma->vm_start >> PAGE_SHIFT);
	vma->vm_start = start;
	vma->vm_end = end;
}

void vma_set_bounds(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct file *file = vma->vm_file;

	if (!file) {
		set_bounds(vma, start, end);
		return;
	}
	spin_lock(&file->f_mapping->i_mmap_lock);
	set_bounds(vma, start, end);
	spin_unlock(&file->f_mapping->i_mmap_lock);
}

/* ------------------------------------------------------------------ split and merge */

/* @addr lies inside. new_below: the new vma is the lower part, else the upper. */
int split_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr,
	      int new_below)
{
	struct vm_area_struct *new;
	struct vma_place place;
	int err;

	if (mm->map_count >= MAX_MAP_COUNT)
		return -ENOMEM;
	if (vma->vm_ops && vma->vm_ops->may_split) {
		err = vma->vm_ops->may_split(vma, addr);
		if (err)
			return err;
	}
	new = vm_area_dup(vma);
	if (!new)
		return -ENOMEM;
	if (new->vm_file)
		get_file(new->vm_file);
	if (new->vm_ops && new->vm_ops->open)
		new->vm_ops->open(new);
	if (new_below) {
		new->vm_end = addr;
		vma_set_bounds(vma, addr, vma->vm_end);
	} else {
		new->vm_pgoff += (addr - vma->vm_start) >> PAGE_SHIFT;
		new->vm_start = addr;
		vma_set_bounds(vma, vma->vm_start, addr);
	}
	vma_find_place(mm, new->vm_start, new->vm_end, &place);
	vma_link(mm, new, &place);
	return 0;
}

int vma_isolate(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long start,
		unsigned long end)
{
	int err = 0;

	if (start > vma->vm_start)
		err = split_vma(mm, vma, start, 1);
	if (!err && end < vma->vm_end)
		err = split_vma(mm, vma, end, 0);
	return err;
}

/* May @vma be one with a vma of these flags and file (its pages following, if it has a file)? */
static bool same_use(const struct vm_area_struct *vma, unsigned long flags,
		     const struct file *file)
{
	if (vma->vm_flags != flags || vma->vm_file != file || flags & VM_SPECIAL)
		return false;
	if (!file)
		return vma_is_anonymous(vma);
	return !vma->vm_ops || !vma->vm_ops->close;
}

static pgoff_t pgoff_behind(const struct vm_area_struct *vma)
{
	return vma->vm_pgoff + vma_pages(vma);
}

/* @next is to become part of @vma, which ends where it begins. */
static void absorb_next(struct mm_struct *mm, struct vm_area_struct *vma,
			struct vm_area_struct *next)
{
	unsigned long end = next->vm_end;

	vma->has_anon |= next->has_anon;
	vma_unlink(mm, next);
	unlink_file_vma(next);
	vma_set_bounds(vma, vma->vm_start, end);
	if (next->vm_file)
		fput(next->vm_file);
	vm_area_free(next);
}

struct vm_area_struct *vma_merge(struct mm_struct *mm, struct vm_area_struct *prev,
				 const struct vma_desc *want)
{
	struct vm_area_struct *next = prev ? prev->vm_next : mm->mmap;
	pgoff_t end_pgoff = want->pgoff + ((want->end - want->start) >> PAGE_SHIFT);
	bool join_next = next && next->vm_start == want->end &&
			 same_use(next, want->flags, want->file) &&
			 (!want->file || next->vm_pgoff == end_pgoff);

	if (prev && prev->vm_end == want->start && same_use(prev, want->flags, want->file) &&
	    (!want->file || pgoff_behind(prev) == want->pgoff)) {
		vma_set_bounds(prev, prev->vm_start, want->end);
		if (join_next)
			absorb_next(mm, prev, next);
		return prev;
	}
	if (!join_next)
		return NULL;
	vma_set_bounds(next, want->start, next->vm_end);
	return next;
}

/* Is @next, right behind @vma, the same use going on? */
static bool continues(const struct vm_area_struct *vma, const struct vm_area_struct *next)
{
	return vma && next && vma->vm_end == next->vm_start &&
	       same_use(vma, next->vm_flags, next->vm_file) &&
	       vma_is_anonymous(vma) == vma_is_anonymous(next) &&
	       (!vma->vm_file || pgoff_behind(vma) == next->vm_pgoff);
}

struct vm_area_struct *vma_merge_around(struct mm_struct *mm, struct vm_area_struct *vma)
{
	if (continues(vma->vm_prev, vma)) {
		vma = vma->vm_prev;
		absorb_next(mm, vma, vma->vm_next);
	}
	if (continues(vma, vma->vm_next))
		absorb_next(mm, vma, vma->vm_next);
	return vma;
}

/* ------------------------------------------------------------------ protection */

pgprot_t vm_get_page_prot(unsigned long vm_flags)
{
	if (!(vm_flags & VM_ACCESS_FLAGS))
		return PAGE_NONE;
	/* A private page becomes writable only when it is nobody else's. */
	if ((vm_flags & (VM_SHARED | VM_WRITE)) == (VM_SHARED | VM_WRITE))
		return PAGE_SHARED;
	return PAGE_READONLY;
}
EXPORT_SYMBOL(vm_get_page_prot);

/* What vm_flags say, with the caching a driver chose; first stores are noticed if need be. */
void vma_set_page_prot(struct vm_area_struct *vma)
{
	unsigned long flags = vma->vm_flags;
	unsigned long caching = pgprot_val(vma->vm_page_prot) & _PAGE_CACHE_MASK;

	if (flags & VM_SHARED && flags & VM_WRITE && vma->vm_ops && vma->vm_ops->page_mkwrite)
		flags &= ~VM_SHARED;
	vma->vm_page_prot = __pgprot(pgprot_val(vm_get_page_prot(flags)) | caching);
}

void __init vma_init(void)
{
	vm_area_cache = KMEM_CACHE(vm_area_struct, SLAB_PANIC);
}
