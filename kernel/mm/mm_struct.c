/*
 * mm_struct.c - the life of an address space: made empty for exec, copied for
 * fork, torn down by the last task that leaves it.
 *
 * mm_users counts tasks that run in it: at 0 the mappings go. mm_count counts
 * pointers to the struct (all users together are one; a kernel thread that
 * borrows the page directory is one): at 0 directory and struct go.
 *
 * Fork copies page tables of private memory only, and protects both sides: the
 * first store copies the page. What a file can bring back is left to faults.
 *
 * Context: process; may sleep, but mmdrop() anywhere.
 */
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/vmstat.h>
#include <asm/tlbflush.h>
#include "internal.h"

static struct kmem_cache *mm_cache;

/* The kernel's own: what a task without an mm runs on. */
struct mm_struct init_mm = {
	.mm_rb = RB_ROOT,
	.pgd = swapper_pg_dir,
	.mm_users = ATOMIC_INIT(2),
	.mm_count = ATOMIC_INIT(1),
	.page_table_lock = __SPIN_LOCK_UNLOCKED(init_mm.page_table_lock),
	.mmap_lock = __RWSEM_INITIALIZER(init_mm.mmap_lock),
};

/* Everything but what the caller fills or copies. */
static struct mm_struct *mm_setup(struct mm_struct *mm)
{
	mm->mmap = NULL;
	mm->mm_rb = RB_ROOT;
	mm->mmap_cache = NULL;
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	mm->map_count = 0;
	mm->gone = NULL;
	spin_lock_init(&mm->page_table_lock);
	mmap_init_lock(mm);
	mm->total_vm = mm->locked_vm = mm->data_vm = mm->stack_vm = mm->exec_vm = 0;
	atomic_set(&mm->rss_file, 0);
	atomic_set(&mm->rss_anon, 0);
	mm->hiwater_rss = 0;
	mm->pgd = pgd_alloc();
	if (mm->pgd)
		return mm;
	kmem_cache_free(mm_cache, mm);
	return NULL;
}

struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kmem_cache_zalloc(mm_cache, GFP_KERNEL);

	return mm ? mm_setup(mm) : NULL;
}

void __mmdrop(struct mm_struct *mm)
{
	pgd_free(mm->pgd);
	kmem_cache_free(mm_cache, mm);
}

/* Nobody runs in it any more; nobody looks either, since get_task_mm() fails at 0 users. */
void exit_mmap(struct mm_struct *mm)
{
	struct vm_area_struct *vma, *next;

	for (vma = mm->mmap; vma; vma = vma->vm_next) {
		unmap_page_range(vma, vma->vm_start, vma->vm_end, true);
		unlink_file_vma(vma);
	}
	free_pgtables(mm, 0, TASK_SIZE, 0, TASK_SIZE);
	for (vma = mm->mmap; vma; vma = next) {
		next = vma->vm_next;
		remove_vma(vma);
	}
	mm->mmap = NULL;
	mm->mm_rb = RB_ROOT;
	mm->mmap_cache = NULL;
	mm->map_count = 0;
}

void mmput(struct mm_struct *mm)
{
	might_sleep();
	if (!atomic_dec_and_test(&mm->mm_users))
		return;
	exit_mmap(mm);
	set_mm_exe_file(mm, NULL);
	mmdrop(mm);
}
EXPORT_SYMBOL(mmput);

struct mm_struct *get_task_mm(struct task_struct *task)
{
	struct mm_struct *mm;

	task_lock(task);
	mm = task->flags & PF_KTHREAD ? NULL : task->mm;
	if (mm && !mmget_not_zero(mm))
		mm = NULL;
	task_unlock(task);
	return mm;
}
EXPORT_SYMBOL(get_task_mm);

/* The program file cannot be written while it runs (ETXTBSY). The caller has no users to race. */
void set_mm_exe_file(struct mm_struct *mm, struct file *file)
{
	struct file *old = mm->exe_file;

	if (file) {
		get_file(file);
		/* Cannot fail: exec, or the mm this is a copy of, denies it already. */
		WARN_ON(deny_write_access(file));
	}
	mm->exe_file = file;
	if (old) {
		allow_write_access(old);
		fput(old);
	}
}

/* ------------------------------------------------------------------ fork */

/* A page of private memory seen by both from now on: neither may write to it. */
static inline int share_entry(pte_t *to, pte_t *from, bool cow)
{
	pte_t entry = *from;
	struct page *page;
	int anon;

	if (cow && pte_write(entry)) {
		ptep_set_wrprotect_raw(from);
		entry = pte_wrprotect(entry);
	}
	set_pte(to, pte_mkold(entry));
	if (pte_special(entry))
		return 0;
	page = pte_page(entry);
	get_page(page);
	atomic_inc(&page->_mapcount);
	anon = PageAnon(page) != 0;
	return anon ? 1 : -1;
}

/* Copy the entries of [addr, end), within one page table. [p] of the parent held. */
static void share_table(struct vm_area_struct *vma, struct vm_area_struct *new,
			unsigned long addr, unsigned long end)
{
	pte_t *from = pte_lookup(vma->vm_mm, addr), *to = pte_lookup(new->vm_mm, addr);
	bool cow = !(vma->vm_flags & VM_SHARED);
	int anon = 0, file = 0, kind;

	for (; addr < end; addr += PAGE_SIZE, from++, to++) {
		if (pte_none(*from))
			continue;
		kind = share_entry(to, from, cow);
		anon += kind > 0;
		file += kind < 0;
	}
	/* Nobody else knows the child yet. */
	atomic_add(anon, &new->vm_mm->rss_anon);
	atomic_add(file, &new->vm_mm->rss_file);
	mod_node_page_state(NR_ANON_MAPPED, anon);
}

static int copy_page_range(struct vm_area_struct *vma, struct vm_area_struct *new)
{
	struct mm_struct *from = vma->vm_mm, *to = new->vm_mm;
	unsigned long addr, next;
	int err;

	/* Faults can bring these back; frames of a driver nobody could. */
	if (!vma->has_anon && !(vma->vm_flags & (VM_PFNMAP | VM_MIXEDMAP)))
		return 0;
	for (addr = vma->vm_start; addr < vma->vm_end; addr = next) {
		next = pgd_addr_end(addr, vma->vm_end);
		if (pgd_none(*pgd_offset(from, addr)))
			continue;
		err = pte_alloc(to, pgd_offset(to, addr));
		if (err)
			return err;
		spin_lock(&from->page_table_lock);
		share_table(vma, new, addr, next);
		spin_unlock(&from->page_table_lock);
	}
	return 0;
}

/* A copy of @vma for @mm with its references, or NULL. */
static struct vm_area_struct *fork_vma(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *new = vm_area_dup(vma);

	if (!new)
		return NULL;
	new->vm_mm = mm;
	new->vm_flags &= ~VM_LOCKED;
	if (new->vm_file)
		get_file(new->vm_file);
	if (new->vm_ops && new->vm_ops->open)
		new->vm_ops->open(new);
	return new;
}

static int dup_vmas(struct mm_struct *mm, struct mm_struct *oldmm)
{
	struct vma_place place = { NULL, &mm->mm_rb.rb_node, NULL };
	struct vm_area_struct *vma, *new;
	int err;

	for (vma = oldmm->mmap; vma; vma = vma->vm_next) {
		if (vma->vm_flags & VM_DONTCOPY) {
			vm_stat_account(mm, vma->vm_flags, -(long)vma_pages(vma));
			continue;
		}
		new = fork_vma(mm, vma);
		if (!new)
			return -ENOMEM;
		/* In order of address: each goes to the right of the one before. */
		vma_link(mm, new, &place);
		place.prev = new;
		place.parent = &new->vm_rb;
		place.link = &new->vm_rb.rb_right;
		if (vma->vm_flags & VM_WIPEONFORK) {
			new->has_anon = false;
			continue;
		}
		err = copy_page_range(vma, new);
		if (err)
			return err;
	}
	return 0;
}

/* On an error the caller's mmput() takes away what was copied. Takes @oldmm's mmap_lock. */
int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm)
{
	int err;

	if (mmap_write_lock_killable(oldmm))
		return -EINTR;
	mm->total_vm = oldmm->total_vm;
	mm->data_vm = oldmm->data_vm;
	mm->stack_vm = oldmm->stack_vm;
	mm->exec_vm = oldmm->exec_vm;
	err = dup_vmas(mm, oldmm);
	/* The parent's writable translations are stale now. */
	flush_tlb_mm(oldmm);
	mmap_write_unlock(oldmm);
	return err;
}

struct mm_struct *dup_mm(struct task_struct *task, struct mm_struct *oldmm)
{
	struct mm_struct *mm = kmem_cache_alloc(mm_cache, GFP_KERNEL);

	if (!mm)
		return NULL;
	*mm = *oldmm;
	mm->exe_file = NULL;
	mm->def_flags = 0;
	if (!mm_setup(mm))
		return NULL;
	if (dup_mmap(mm, oldmm)) {
		mmput(mm);
		return NULL;
	}
	set_mm_exe_file(mm, oldmm->exe_file);
	return mm;
}

/* Called by kmain(): from here on there may be address spaces. */
void __init mm_struct_init(void)
{
	mm_cache = KMEM_CACHE(mm_struct, SLAB_PANIC | SLAB_HWCACHE_ALIGN);
	vma_init();
}
