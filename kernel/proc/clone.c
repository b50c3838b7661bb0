/*
 * The calls that make tasks, and kernel_thread(): each says in a struct
 * kernel_clone_args what it wants; copy_process() (fork.c) does it.
 *
 * Context: process; sleeps.
 */
#include <linux/sched/task.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "proc.h"

/* vfork()'s parent sleeps until the child has given the address space back. */
static void wait_for_vfork_done(struct task_struct *child, struct completion *vfork)
{
	if (wait_for_completion_killable(vfork)) {
		/* We are being killed, and the completion lies on our stack. */
		task_lock(child);
		child->vfork_done = NULL;
		task_unlock(child);
	}
	put_task_struct(child);
}

/*
 * kernel_clone - make a task and let it run
 * Returns its pid, or a negative errno.  Context: process; sleeps.
 */
pid_t kernel_clone(struct kernel_clone_args *args)
{
	struct completion vfork;
	struct task_struct *task = copy_process(args);
	pid_t nr;

	if (IS_ERR(task))
		return PTR_ERR(task);
	nr = task->pid;			/* the task may be gone once it runs */
	if (args->flags & CLONE_PARENT_SETTID)
		put_user(nr, args->parent_tid);
	if (args->flags & CLONE_VFORK) {
		init_completion(&vfork);
		task->vfork_done = &vfork;
		get_task_struct(task);
	}
	wake_up_new_task(task);
	if (args->flags & CLONE_VFORK)
		wait_for_vfork_done(task, &vfork);
	return nr;
}

pid_t kernel_thread(int (*fn)(void *), void *arg, unsigned long flags)
{
	struct kernel_clone_args args = {
		.flags = (flags | CLONE_VM) & ~CSIGNAL,
		.exit_signal = flags & CSIGNAL,
		.stack = (unsigned long)fn,
		.stack_size = (unsigned long)arg,
		.kthread = 1,
	};

	return kernel_clone(&args);
}

long sys_fork(void)
{
	struct kernel_clone_args args = { .exit_signal = SIGCHLD };

	return kernel_clone(&args);
}

long sys_vfork(void)
{
	struct kernel_clone_args args = {
		.flags = CLONE_VFORK | CLONE_VM,
		.exit_signal = SIGCHLD,
	};

	return kernel_clone(&args);
}

long sys_clone(unsigned long clone_flags, unsigned long newsp, int __user *parent_tidptr,
	       unsigned long tls, int __user *child_tidptr)
{
	struct kernel_clone_args args = {
		.flags = clone_flags & ~CSIGNAL,
		.child_tid = child_tidptr,
		.parent_tid = parent_tidptr,
		.exit_signal = clone_flags & CSIGNAL,
		.stack = newsp,
		.tls = tls,
	};

	return kernel_clone(&args);
}

long sys_set_tid_address(int __user *tidptr)
{
	current->clear_child_tid = tidptr;
	return current->pid;
}
