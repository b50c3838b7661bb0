/*
 * mmap.c - new mappings: where they go, whether they may, and the vma.
 *
 * Addresses are given out downwards from mm->mmap_base, which leaves room for
 * the stack to grow to its limit.
 *
 * Context: process; may sleep. Locks: mmap_lock for writing.
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internal.h"

#define MIN_STACK_GAP	(128UL << 20)
#define MAX_STACK_GAP	(TASK_SIZE / 6 * 5)

/* ------------------------------------------------------------------ limits */

static bool is_data(unsigned long flags)
{
	return (flags & (VM_WRITE | VM_SHARED | VM_GROWSDOWN)) == VM_WRITE;
}

void vm_stat_account(struct mm_struct *mm, unsigned long flags, long pages)
{
	mm->total_vm += pages;
	if (is_data(flags))
		mm->data_vm += pages;
	else if (flags & VM_GROWSDOWN)
		mm->stack_vm += pages;
	else if (flags & VM_EXEC && !(flags & VM_WRITE))
		mm->exec_vm += pages;
}

bool may_expand_vm(struct mm_struct *mm, unsigned long flags, unsigned long pages)
{
	if (mm->total_vm + pages > rlimit(RLIMIT_AS) >> PAGE_SHIFT)
		return false;
	return !is_data(flags) || mm->data_vm + pages <= rlimit(RLIMIT_DATA) >> PAGE_SHIFT;
}

/* One request for more than there is at all is an error; many small ones are trusted. */
bool enough_memory(unsigned long pages)
{
	return pages <= totalram_pages();
}

int mlock_allowed(struct mm_struct *mm, unsigned long pages)
{
	unsigned long limit = rlimit(RLIMIT_MEMLOCK);

	if (capable(CAP_IPC_LOCK) || mm->locked_vm + pages <= limit >> PAGE_SHIFT)
		return 0;
	return limit ? -EAGAIN : -EPERM;
}

/* ------------------------------------------------------------------ addresses */

/* Between the limit of the stack and the rest of the address space. */
void arch_pick_mmap_layout(struct mm_struct *mm, unsigned long stack_rlimit)
{
	unsigned long gap = clamp(stack_rlimit, MIN_STACK_GAP, MAX_STACK_GAP);

	mm->mmap_base = PAGE_ALIGN(TASK_SIZE - gap);
}

unsigned long vm_start_gap(const struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_GROWSDOWN))
		return vma->vm_start;
	return vma->vm_start > stack_guard_gap ? vma->vm_start - stack_guard_gap : 0;
}

/* The highest gap below mmap_base, or 0. */
static unsigned long search_down(struct mm_struct *mm, unsigned long len)
{
	unsigned long high = mm->mmap_base, low;
	struct vm_area_struct *vma, *prev;

	vma = find_vma_prev(mm, high, &prev);
	if (!vma || vma->vm_start >= high)
		vma = prev;
	for (;;) {
		low = vma ? vma->vm_end : MMAP_MIN_ADDR;
		if (high >= low && high - low >= len)
			return high - len;
		if (!vma)
			return 0;
		high = min(high, vm_start_gap(vma));
		vma = vma->vm_prev;
	}
}

/* The lowest gap from @low on, or -ENOMEM: when everything below mmap_base is full. */
static unsigned long search_up(struct mm_struct *mm, unsigned long low, unsigned long len)
{
	struct vm_area_struct *vma;

	for (vma = find_vma(mm, low); vma; vma = vma->vm_next) {
		if (vm_start_gap(vma) >= low && vm_start_gap(vma) - low >= len)
			return low;
		low = max(low, vma->vm_end);
	}
	return TASK_SIZE - low >= len ? low : -ENOMEM;
}

static bool range_free(struct mm_struct *mm, unsigned long addr, unsigned long len)
{
	struct vm_area_struct *prev, *vma = find_vma_prev(mm, addr, &prev);

	return (!vma || addr + len <= vm_start_gap(vma)) && (!prev || addr >= prev->vm_end);
}

/* Addresses for @len bytes, a multiple of PAGE_SIZE: @addr if it can be had, else any. */
unsigned long get_unmapped_area(struct file *file, unsigned long addr, unsigned long len,
				unsigned long pgoff, unsigned long flags)
{
	struct mm_struct *mm = current->mm;
	unsigned long found;

	if (len > TASK_SIZE)
		return -ENOMEM;
	if (flags & MAP_FIXED) {
		if (addr > TASK_SIZE - len)
			return -ENOMEM;
		if (offset_in_page(addr))
			return -EINVAL;
		return addr < MMAP_MIN_ADDR ? -EPERM : addr;
	}
	if (file && file->f_op->get_unmapped_area)
		return file->f_op->get_unmapped_area(file, addr, len, pgoff, flags);
	addr = PAGE_ALIGN(addr);
	if (addr >= MMAP_MIN_ADDR && addr <= TASK_SIZE - len && range_free(mm, addr, len))
		return addr;
	found = search_down(mm, len);
	return found ?: search_up(mm, TASK_UNMAPPED_BASE, len);
}
EXPORT_SYMBOL(get_unmapped_area);

/* ------------------------------------------------------------------ the vma */

static int call_mmap(struct vm_area_struct *vma, struct file *file)
{
	int err;

	vma->vm_file = get_file(file);
	err = file->f_op->mmap(file, vma);
	if (err) {
		/* What the driver may have mapped before it failed. */
		unmap_page_range(vma, vma->vm_start, vma->vm_end, true);
		fput(file);
		vma->vm_file = NULL;
	}
	return err;
}

/* A new vma for @want, linked; it is not merged, since drivers count what they mapped. */
static struct vm_area_struct *new_vma(struct mm_struct *mm, const struct vma_desc *want,
				      struct vma_place *place)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);
	int err = 0;

	if (!vma)
		return ERR_PTR(-ENOMEM);
	vma->vm_start = want->start;
	vma->vm_end = want->end;
	vma->vm_flags = want->flags;
	vma->vm_page_prot = vm_get_page_prot(want->flags);
	vma->vm_pgoff = want->pgoff;
	if (want->file)
		err = call_mmap(vma, want->file);
	else if (want->flags & VM_SHARED)
		err = shmem_zero_setup(vma);
	else
		vma_set_anonymous(vma);
	if (err) {
		vm_area_free(vma);
		return ERR_PTR(err);
	}
	vma_set_page_prot(vma);
	vma_link(mm, vma, place);
	return vma;
}

/* Pages of [start, end) that belong to a mapping now. */
static unsigned long pages_mapped(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma_intersection(mm, start, end);
	unsigned long pages = 0;

	for (; vma && vma->vm_start < end; vma = vma->vm_next)
		pages += (min(end, vma->vm_end) - max(start, vma->vm_start)) >> PAGE_SHIFT;
	return pages;
}

static unsigned long mmap_region(struct mm_struct *mm, const struct vma_desc *want)
{
	unsigned long pages = (want->end - want->start) >> PAGE_SHIFT;
	struct vm_area_struct *vma = NULL;
	struct vma_place place;
	int err;

	/* What is mapped there goes only when the new mapping may come. */
	if (!may_expand_vm(mm, want->flags, pages) &&
	    !may_expand_vm(mm, want->flags, pages - pages_mapped(mm, want->start, want->end)))
		return -ENOMEM;
	if (is_data(want->flags) && !(want->flags & VM_NORESERVE) && !enough_memory(pages))
		return -ENOMEM;
	while (!vma_find_place(mm, want->start, want->end, &place)) {
		err = do_munmap(mm, want->start, want->end - want->start);
		if (err)
			return err;
	}
	if (!want->file && !(want->flags & VM_SHARED))
		vma = vma_merge(mm, place.prev, want);
	if (!vma)
		vma = new_vma(mm, want, &place);
	if (IS_ERR(vma))
		return PTR_ERR(vma);
	vm_stat_account(mm, want->flags, pages);
	if (vma->vm_flags & VM_LOCKED)
		mm->locked_vm += pages;
	return want->start;
}

/* Files: what mode and file system allow. Adds to *flags. */
static int file_flags(struct file *file, unsigned long prot, unsigned long map_type,
		      unsigned long *flags)
{
	if (map_type == MAP_SHARED) {
		if (prot & PROT_WRITE && !(file->f_mode & FMODE_WRITE))
			return -EACCES;
		if (IS_APPEND(file_inode(file)) && file->f_mode & FMODE_WRITE)
			return -EACCES;
		*flags |= VM_SHARED | VM_MAYSHARE;
		if (!(file->f_mode & FMODE_WRITE))
			*flags &= ~(VM_MAYWRITE | VM_SHARED);
	}
	if (!(file->f_mode & FMODE_READ))
		return -EACCES;
	if (file->f_path.mnt && file->f_path.mnt->mnt_flags & MNT_NOEXEC) {
		if (prot & PROT_EXEC)
			return -EPERM;
		*flags &= ~VM_MAYEXEC;
	}
	if (!file->f_op->mmap)
		return -ENODEV;
	return *flags & VM_GROWSDOWN ? -EINVAL : 0;
}

static int region_flags(struct file *file, unsigned long prot, unsigned long map_flags,
			unsigned long *flags)
{
	unsigned long map_type = map_flags & MAP_TYPE;

	*flags = calc_vm_prot_bits(prot, 0) | calc_vm_flag_bits(map_flags) |
		 current->mm->def_flags | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;
	if (map_flags & MAP_NORESERVE)
		*flags |= VM_NORESERVE;
	if (map_type == MAP_SHARED_VALIDATE)
		map_type = MAP_SHARED;
	if (map_type != MAP_SHARED && map_type != MAP_PRIVATE)
		return -EINVAL;
	if (file)
		return file_flags(file, prot, map_type, flags);
	if (map_type == MAP_SHARED) {
		if (*flags & VM_GROWSDOWN)
			return -EINVAL;
		*flags |= VM_SHARED | VM_MAYSHARE;
	}
	return 0;
}

/*
 * do_mmap - map @len bytes of @file (NULL: zeroes) from page @pgoff on
 * @prot, @flags: PROT_*, MAP_*. Returns the address or a negative errno. mmap_lock held
 * for writing; MAP_POPULATE and locked memory are the caller's to fault in.
 */
unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len,
		      unsigned long prot, unsigned long flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	struct vma_desc want = { .file = file };
	int err;

	if (!len)
		return -EINVAL;
	if (flags & MAP_FIXED_NOREPLACE)
		flags |= MAP_FIXED;
	len = PAGE_ALIGN(len);
	if (!len)
		return -ENOMEM;
	if (pgoff + (len >> PAGE_SHIFT) < pgoff)
		return -EOVERFLOW;
	if (mm->map_count > MAX_MAP_COUNT)
		return -ENOMEM;
	addr = get_unmapped_area(file, addr, len, pgoff, flags);
	if (IS_ERR_VALUE(addr))
		return addr;
	if (flags & MAP_FIXED_NOREPLACE && find_vma_intersection(mm, addr, addr + len))
		return -EEXIST;
	err = region_flags(file, prot, flags, &want.flags);
	if (err)
		return err;
	if (want.flags & VM_LOCKED) {
		err = mlock_allowed(mm, len >> PAGE_SHIFT);
		if (err)
			return err;
	}
	want.start = addr;
	want.end = addr + len;
	want.pgoff = file ? pgoff : want.flags & VM_SHARED ? 0 : addr >> PAGE_SHIFT;
	return mmap_region(mm, &want);
}

/* Is a new mapping to have its pages at once: asked for, or locked (mlockall(MCL_FUTURE), too)? */
static bool populates(const struct mm_struct *mm, unsigned long flags)
{
	return flags & MAP_LOCKED || (flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE ||
	       (mm->def_flags & (VM_LOCKED | VM_LOCKONFAULT)) == VM_LOCKED;
}

unsigned long vm_mmap_pgoff(struct file *file, unsigned long addr, unsigned long len,
			    unsigned long prot, unsigned long flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	unsigned long ret;

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	ret = do_mmap(file, addr, len, prot, flags, pgoff);
	mmap_write_unlock(mm);
	if (!IS_ERR_VALUE(ret) && populates(mm, flags))
		mm_populate(ret, len);
	return ret;
}

unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len,
		      unsigned long prot, unsigned long flags, unsigned long offset)
{
	if (offset_in_page(offset))
		return -EINVAL;
	return vm_mmap_pgoff(file, addr, len, prot, flags, offset >> PAGE_SHIFT);
}
EXPORT_SYMBOL(vm_mmap);

long sys_mmap_pgoff(unsigned long addr, unsigned long len, unsigned long prot,
		    unsigned long flags, unsigned long fd, unsigned long pgoff)
{
	struct file *file;
	unsigned long ret;

	if (flags & MAP_HUGETLB)
		return -EINVAL;
	flags &= ~(MAP_EXECUTABLE | MAP_DENYWRITE);
	if (flags & MAP_ANONYMOUS)
		return vm_mmap_pgoff(NULL, addr, len, prot, flags, pgoff);
	file = fget(fd);
	if (!file)
		return -EBADF;
	ret = vm_mmap_pgoff(file, addr, len, prot, flags, pgoff);
	fput(file);
	return ret;
}

/* Number 90: six arguments in memory, and an offset in bytes. */
long sys_old_mmap(const struct mmap_arg_struct __user *user_args)
{
	struct mmap_arg_struct args;

	if (copy_from_user(&args, user_args, sizeof(args)))
		return -EFAULT;
	if (offset_in_page(args.offset))
		return -EINVAL;
	return sys_mmap_pgoff(args.addr, args.len, args.prot, args.flags, args.fd,
			      args.offset >> PAGE_SHIFT);
}
