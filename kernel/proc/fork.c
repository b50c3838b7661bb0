/*
 * Making a task: fork, vfork, clone and kernel threads are one function.
 *
 * copy_process() takes the caller apart into pieces (files, fs, signal handlers,
 * signal state, address space, registers) and gives the child a copy of each,
 * or, as the CLONE_* flags say, a share.  Then it links the child into the
 * world under tasklist_lock, all or nothing.  clone.c calls it and lets the child go.
 *
 * Locks: tasklist_lock (writing) and inside it siglock, for the linking.
 */
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/wait.h>
#include "proc.h"

#define MIN_THREADS	20
#define MAX_THREADS	16384

int max_threads;			/* constant after fork_init() */
struct task_struct *init_reaper;	/* constant after the first process */

void __init fork_init(void)
{
	task_caches_init();
	/* Stacks may take an eighth of memory. */
	max_threads = clamp((int)(totalram_pages() / (8 << THREAD_SIZE_ORDER)), MIN_THREADS,
			    MAX_THREADS);
}

/* ------------------------------------------------------------------ the pieces */

static int copy_fs(u64 flags, struct task_struct *task)
{
	struct fs_struct *fs = current->fs;

	if (flags & CLONE_FS) {
		atomic_inc(&fs->users);
		return 0;
	}
	task->fs = copy_fs_struct(fs);
	return task->fs ? 0 : -ENOMEM;
}

static int copy_files(u64 flags, struct task_struct *task)
{
	struct files_struct *old = current->files;
	int err = 0;

	if (!old)
		return 0;
	if (flags & CLONE_FILES) {
		atomic_inc(&old->count);
		return 0;
	}
	task->files = dup_fd(old, &err);
	return task->files ? 0 : err;
}

static int copy_sighand(u64 flags, struct task_struct *task)
{
	struct sighand_struct *sighand;

	if (flags & CLONE_SIGHAND) {
		refcount_inc(&current->sighand->count);
		return 0;
	}
	sighand = alloc_sighand();
	if (!sighand)
		return -ENOMEM;
	spin_lock_irq(&current->sighand->siglock);
	memcpy(sighand->action, current->sighand->action, sizeof(sighand->action));
	spin_unlock_irq(&current->sighand->siglock);
	task->sighand = sighand;
	if (flags & CLONE_CLEAR_SIGHAND)
		flush_signal_handlers(task, 0);
	return 0;
}

static int copy_signal(u64 flags, struct task_struct *task)
{
	struct signal_struct *sig;

	if (flags & CLONE_THREAD)
		return 0;
	sig = alloc_signal_struct();
	if (!sig)
		return -ENOMEM;
	refcount_set(&sig->sigcnt, 1);
	sig->nr_threads = 1;
	atomic_set(&sig->live, 1);
	INIT_LIST_HEAD(&sig->thread_head);
	list_add_tail(&task->thread_node, &sig->thread_head);
	init_waitqueue_head(&sig->wait_chldexit);
	init_sigpending(&sig->shared_pending);
	timer_setup(&sig->real_timer, it_real_fn, 0);
	task_lock(current->group_leader);
	memcpy(sig->rlim, current->signal->rlim, sizeof(sig->rlim));
	task_unlock(current->group_leader);
	task->signal = sig;
	return 0;
}

static int copy_mm(u64 flags, struct task_struct *task)
{
	struct mm_struct *mm = current->mm;

	task->min_flt = task->maj_flt = 0;
	task->mm = task->active_mm = NULL;
	if (!mm)
		return 0;
	if (flags & CLONE_VM) {
		mmget(mm);
	} else {
		mm = dup_mm(task, mm);
		if (!mm)
			return -ENOMEM;
	}
	task->mm = task->active_mm = mm;
	return 0;
}

/* ------------------------------------------------------------------ the task */

/* A task_struct with a stack, equal to the current one but for what must not be. */
static struct task_struct *dup_task_struct(void)
{
	struct task_struct *task = alloc_task_struct();
	struct thread_info *ti;
	void *stack;

	if (!task)
		return NULL;
	stack = task->stack;
	*task = *current;
	task->stack = stack;
	lockdep_init_task(task);
	ti = task_thread_info(task);
	*ti = (struct thread_info) {
		.task = task,
		.preempt_count = 1,	/* the run queue's lock, dropped by schedule_tail() */
		.cpu = task->cpu,
	};
	/* One reference for having to run, dropped after its last switch; one for release_task(). */
	refcount_set(&task->usage, 2);
	return task;
}

static void init_child(struct task_struct *task, const struct kernel_clone_args *args)
{
	task->flags &= ~(PF_IDLE | PF_EXITING | PF_SIGNALED | PF_WQ_WORKER | PF_MEMALLOC |
			 PF_KTHREAD);
	task->flags |= PF_FORKNOEXEC | (args->kthread ? PF_KTHREAD : 0);
	get_cred(task->cred);
	INIT_LIST_HEAD(&task->children);
	INIT_LIST_HEAD(&task->sibling);
	INIT_LIST_HEAD(&task->tasks);
	spin_lock_init(&task->alloc_lock);
	init_sigpending(&task->pending);
	sigemptyset(&task->real_blocked);
	task->jobctl = 0;
	task->exit_state = 0;
	task->vfork_done = NULL;
	task->set_child_tid = args->flags & CLONE_CHILD_SETTID ? args->child_tid : NULL;
	task->clear_child_tid = args->flags & CLONE_CHILD_CLEARTID ? args->child_tid : NULL;
	task->robust_list = NULL;
	task->pdeath_signal = 0;
	task->utime = task->stime = 0;
	task->start_time = ktime_get_ns();
	task->restart_block.fn = do_no_restart_syscall;
	task->waiting_on = NULL;
	task->wait_reason = NULL;
	task->worker_private = NULL;
	if ((args->flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM)
		sas_ss_reset(task);
}

static int check_clone_flags(u64 flags)
{
	const u64 namespaces = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
			       CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP;

	if (flags & (namespaces | CLONE_PIDFD))
		return -EINVAL;
	if ((flags & CLONE_THREAD) && !(flags & CLONE_SIGHAND))
		return -EINVAL;
	if ((flags & CLONE_SIGHAND) && !(flags & CLONE_VM))
		return -EINVAL;
	/* A sibling of init would be nobody's child. */
	if ((flags & CLONE_PARENT) && (current->signal->flags & SIGNAL_UNKILLABLE))
		return -EINVAL;
	return 0;
}

static int check_limits(void)
{
	struct task_struct *p;
	unsigned long count = 0, limit = rlimit(RLIMIT_NPROC);

	if (nr_threads >= max_threads)
		return -EAGAIN;
	if (limit == RLIM_INFINITY || capable(CAP_SYS_RESOURCE))
		return 0;
	read_lock(&tasklist_lock);
	for_each_process(p)
		count += uid_eq(task_uid(p), current_uid()) ? get_nr_threads(p) : 0;
	read_unlock(&tasklist_lock);
	return count >= limit ? -EAGAIN : 0;
}

static void link_leader(struct task_struct *task, struct pid *pid)
{
	struct signal_struct *sig = task->signal;

	sig->pids[PIDTYPE_TGID] = pid;
	sig->pids[PIDTYPE_PGID] = task_pgrp(current);
	sig->pids[PIDTYPE_SID] = task_session(current);
	sig->tty = current->signal->tty;
	list_add_tail(&task->sibling, &task->real_parent->children);
	list_add_tail(&task->tasks, &init_task.tasks);
	attach_pid(task, PIDTYPE_TGID);
	attach_pid(task, PIDTYPE_PGID);
	attach_pid(task, PIDTYPE_SID);
	if (pid->nr == 1) {
		sig->flags |= SIGNAL_UNKILLABLE;
		init_reaper = task;
	}
}

static void link_thread(struct task_struct *task)
{
	struct signal_struct *sig = current->signal;

	sig->nr_threads++;
	atomic_inc(&sig->live);
	refcount_inc(&sig->sigcnt);
	list_add_tail(&task->thread_node, &sig->thread_head);
}

/*
 * The child becomes visible.  A signal for the whole group that came while the
 * pieces were copied has not reached the child: then the call begins again, so
 * that kill(-pgrp) leaves nobody out.
 */
static int link_task(struct task_struct *task, struct pid *pid, const struct kernel_clone_args *args)
{
	int err = 0;

	write_lock_irq(&tasklist_lock);
	if (args->flags & (CLONE_PARENT | CLONE_THREAD)) {
		task->real_parent = current->real_parent;
	} else {
		task->real_parent = current;
	}
	task->parent = task->real_parent;
	spin_lock(&current->sighand->siglock);
	recalc_sigpending();
	if (signal_pending(current)) {
		err = -ERESTARTNOINTR;
		goto out;
	}
	if (args->flags & CLONE_THREAD)
		link_thread(task);
	else
		link_leader(task, pid);
	attach_pid(task, PIDTYPE_PID);
	nr_threads++;
out:
	spin_unlock(&current->sighand->siglock);
	write_unlock_irq(&tasklist_lock);
	return err;
}

static void set_identity(struct task_struct *task, struct pid *pid,
			 const struct kernel_clone_args *args)
{
	task->thread_pid = pid;
	task->pid = pid->nr;
	if (args->flags & CLONE_THREAD) {
		task->exit_signal = -1;
		task->group_leader = current->group_leader;
		task->tgid = current->tgid;
	} else {
		task->exit_signal = args->flags & CLONE_PARENT ?
				    current->group_leader->exit_signal : args->exit_signal;
		task->group_leader = task;
		task->tgid = task->pid;
	}
}

/* A task with nothing shared or copied yet.  ERR_PTR: -EAGAIN (there are too many), -ENOMEM. */
static struct task_struct *new_task(struct kernel_clone_args *args)
{
	struct task_struct *task;
	int err = check_limits();

	if (err)
		return ERR_PTR(err);
	task = dup_task_struct();
	if (!task)
		return ERR_PTR(-ENOMEM);
	init_child(task, args);
	sched_fork(task);
	return task;
}

/* Who searches the hash holds [t] for reading and trusts what it finds until then. */
static void free_unused_pid(struct pid *pid)
{
	write_lock_irq(&tasklist_lock);
	free_pid(pid);
	write_unlock_irq(&tasklist_lock);
}

/* A new task, not yet running, or an ERR_PTR. */
struct task_struct *copy_process(struct kernel_clone_args *args)
{
	u64 flags = args->flags;
	struct task_struct *task;
	struct pid *pid;
	int err = check_clone_flags(flags);

	if (err)
		return ERR_PTR(err);
	task = new_task(args);
	if (IS_ERR(task))
		return task;
	err = copy_files(flags, task);
	if (err)
		goto out_free;
	err = copy_fs(flags, task);
	if (err)
		goto out_files;
	err = copy_sighand(flags, task);
	if (err)
		goto out_fs;
	err = copy_signal(flags, task);
	if (err)
		goto out_sighand;
	err = copy_mm(flags, task);
	if (err)
		goto out_signal;
	err = copy_thread(flags, args->stack, args->stack_size, task, args->tls);
	if (err)
		goto out_mm;
	err = -EAGAIN;
	pid = alloc_pid();
	if (!pid)
		goto out_mm;
	set_identity(task, pid, args);
	err = link_task(task, pid, args);
	if (err)
		goto out_pid;
	return task;

out_pid:
	free_unused_pid(pid);
out_mm:
	if (task->mm)
		mmput(task->mm);
out_signal:
	if (!(flags & CLONE_THREAD))
		put_signal_struct(task->signal);
out_sighand:
	put_sighand(task->sighand);
out_fs:
	exit_fs(task);
out_files:
	exit_files(task);
out_free:
	put_cred(task->cred);
	free_task(task);
	return ERR_PTR(err);
}
