/* <linux/sched/mm.h> - the life of a struct mm_struct. */
#ifndef _LINUX_SCHED_MM_H
#define _LINUX_SCHED_MM_H

#include <linux/mm_types.h>
#include <linux/sched.h>
#include <linux/gfp.h>

/* An empty address space with one user, or NULL. Context: process. */
extern struct mm_struct *mm_alloc(void);
/* One user less; the last tears the mappings down. Context: process; may sleep. */
extern void mmput(struct mm_struct *mm);
/* One reference to the struct less: frees page directory and struct. Context: any. */
extern void __mmdrop(struct mm_struct *mm);
/* The mm of @task with one more user, or NULL (kernel thread, or already gone). */
extern struct mm_struct *get_task_mm(struct task_struct *task);
/*
 * dup_mm - copy the address space of @oldmm for fork: private memory copy-on-write
 * Returns the copy with one user, or NULL. Context: process; takes @oldmm's mmap_lock.
 */
extern struct mm_struct *dup_mm(struct task_struct *task, struct mm_struct *oldmm);
extern int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm);
extern void exit_mmap(struct mm_struct *mm);
/* What @task leaves behind in the mm it stops using: clear_child_tid, vfork_done are its callers'. */
extern void arch_pick_mmap_layout(struct mm_struct *mm, unsigned long stack_rlimit);
extern void set_mm_exe_file(struct mm_struct *mm, struct file *file);

static inline void mmgrab(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_count);
}

static inline void mmdrop(struct mm_struct *mm)
{
	if (unlikely(atomic_dec_and_test(&mm->mm_count)))
		__mmdrop(mm);
}

static inline void mmget(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_users);
}

static inline bool mmget_not_zero(struct mm_struct *mm)
{
	return atomic_inc_not_zero(&mm->mm_users);
}

#endif
