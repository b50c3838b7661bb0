/*
 * What the files of kernel/proc share among themselves.
 */
#ifndef KERNEL_PROC_H
#define KERNEL_PROC_H

#include <linux/sched.h>

struct kernel_clone_args;
struct restart_block;
struct timer_list;

/* fork.c */
extern struct task_struct *copy_process(struct kernel_clone_args *args);
/* itimer.c */
extern void it_real_fn(struct timer_list *timer);
/* exit.c: what a thread shares with others must not outlive its use of the mm */
extern void mm_release(struct task_struct *task, struct mm_struct *mm);
/* fork.c: the task that orphans go to, once it exists */
extern struct task_struct *init_reaper;

#endif
