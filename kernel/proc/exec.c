/*
 * exec: another program in the same process.
 *
 *   do_execve()          open the file, gather the strings, try the formats
 *     load_binary()      binfmt_elf.c, binfmt_script.c
 *       begin_new_exec() the old program goes: other threads end, the address
 *                        space, the handlers, close-on-exec files, ids
 *       …                the format maps the new one and sets the registers
 *
 * Up to begin_new_exec() an error is the caller's answer; after it there is no
 * program to answer, and the process is killed.
 *
 * Context: process.  Locks: tasklist_lock and siglock for the other threads.
 */
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/personality.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <asm/tlbflush.h>
#include "exec.h"
#include "proc.h"

#define MAX_SCRIPT_DEPTH	5

static LIST_HEAD(formats);
static DEFINE_RWLOCK(binfmt_lock);

void register_binfmt(struct linux_binfmt *fmt)
{
	write_lock(&binfmt_lock);
	list_add_tail(&fmt->lh, &formats);
	write_unlock(&binfmt_lock);
}
EXPORT_SYMBOL(register_binfmt);

void unregister_binfmt(struct linux_binfmt *fmt)
{
	write_lock(&binfmt_lock);
	list_del(&fmt->lh);
	write_unlock(&binfmt_lock);
}
EXPORT_SYMBOL(unregister_binfmt);

/* ------------------------------------------------------------------ the old program goes */

/* A thread that is not the leader takes its place: number, parent, children's list. */
static void become_leader(struct task_struct *task)
{
	struct task_struct *leader = task->group_leader;

	for (;;) {
		write_lock_irq(&tasklist_lock);
		task->signal->notify_count = -1;
		if (leader->exit_state)
			break;
		__set_current_state(TASK_KILLABLE);
		write_unlock_irq(&tasklist_lock);
		schedule();
		if (__fatal_signal_pending(task))
			return;
	}
	task->start_time = leader->start_time;
	exchange_tids(task, leader);
	transfer_pid(leader, task, PIDTYPE_TGID);
	transfer_pid(leader, task, PIDTYPE_PGID);
	transfer_pid(leader, task, PIDTYPE_SID);
	list_replace_init(&leader->tasks, &task->tasks);
	list_replace_init(&leader->sibling, &task->sibling);
	task->group_leader = leader->group_leader = task;
	task->exit_signal = SIGCHLD;
	leader->exit_signal = -1;
	leader->exit_state = EXIT_DEAD;
	write_unlock_irq(&tasklist_lock);
	release_task(leader);
}

/* End the other threads of the process, wait until they are gone.  -EAGAIN: killed meanwhile. */
static int de_thread(struct task_struct *task)
{
	struct signal_struct *sig = task->signal;
	int err = 0;

	if (thread_group_empty(task))
		goto alone;
	spin_lock_irq(&task->sighand->siglock);
	if ((sig->flags & SIGNAL_GROUP_EXIT) || sig->group_exit_task) {
		spin_unlock_irq(&task->sighand->siglock);
		return -EAGAIN;
	}
	sig->group_exit_task = task;
	sig->notify_count = zap_other_threads(task);
	if (!thread_group_leader(task))
		sig->notify_count--;		/* the leader stays, as a zombie */
	while (sig->notify_count > 0) {
		__set_current_state(TASK_KILLABLE);
		spin_unlock_irq(&task->sighand->siglock);
		schedule();
		spin_lock_irq(&task->sighand->siglock);
		if (__fatal_signal_pending(task)) {
			err = -EAGAIN;
			break;
		}
	}
	spin_unlock_irq(&task->sighand->siglock);
	if (!err && !thread_group_leader(task)) {
		become_leader(task);
		if (!thread_group_leader(task))
			err = -EAGAIN;
	}
	/* A thread that we did not wait for may just look whom to wake. */
	write_lock_irq(&tasklist_lock);
	spin_lock(&task->sighand->siglock);
	sig->group_exit_task = NULL;
	sig->notify_count = 0;
	spin_unlock(&task->sighand->siglock);
	write_unlock_irq(&tasklist_lock);
	if (err)
		return err;
alone:
	task->exit_signal = SIGCHLD;
	return 0;
}

/* Handlers shared with another process (CLONE_SIGHAND without CLONE_THREAD) stay its own. */
static int unshare_sighand(struct task_struct *task)
{
	struct sighand_struct *old = task->sighand, *new;

	if (refcount_read(&old->count) == 1)
		return 0;
	new = alloc_sighand();
	if (!new)
		return -ENOMEM;
	write_lock_irq(&tasklist_lock);
	spin_lock(&old->siglock);
	memcpy(new->action, old->action, sizeof(new->action));
	task->sighand = new;
	spin_unlock(&old->siglock);
	write_unlock_irq(&tasklist_lock);
	put_sighand(old);
	return 0;
}

static void exec_mmap(struct mm_struct *mm)
{
	struct task_struct *task = current;
	struct mm_struct *old = task->mm, *active;

	mm_release(task, old);
	task_lock(task);
	local_irq_disable();	/* a switch must not see mm without active_mm */
	active = task->active_mm;
	task->mm = task->active_mm = mm;
	activate_mm(active, mm);
	local_irq_enable();
	task_unlock(task);
	if (old)
		mmput(old);
	else
		mmdrop(active);		/* a kernel thread had only borrowed it */
}

/* The set-id bits of the file that is run in the end. */
static void set_ids_from_file(struct linux_binprm *bprm)
{
	struct inode *inode = file_inode(bprm->file);
	struct cred *cred = bprm->cred;

	if (!(bprm->file->f_path.mnt->mnt_flags & MNT_NOSUID)) {
		if (inode->i_mode & S_ISUID)
			cred->euid = inode->i_uid;
		if ((inode->i_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
			cred->egid = inode->i_gid;
	}
	cred->suid = cred->fsuid = cred->euid;
	cred->sgid = cred->fsgid = cred->egid;
	bprm->secureexec = !uid_eq(cred->euid, cred->uid) || !gid_eq(cred->egid, cred->gid);
}

int begin_new_exec(struct linux_binprm *bprm)
{
	struct task_struct *me = current;
	int err = de_thread(me);

	if (err)
		return err;
	bprm->point_of_no_return = true;
	err = unshare_files();
	if (!err)
		err = unshare_sighand(me);
	if (err)
		return err;
	set_mm_exe_file(bprm->mm, bprm->file);
	exec_mmap(bprm->mm);
	bprm->mm = NULL;

	me->flags &= ~(PF_FORKNOEXEC | PF_KTHREAD);
	me->personality &= ~READ_IMPLIES_EXEC;
	do_close_on_exec(me->files);
	set_task_comm(me, kbasename(bprm->filename));
	flush_signal_handlers(me, 0);
	sas_ss_reset(me);
	arch_pick_mmap_layout(me->mm, rlimit(RLIMIT_STACK));
	set_ids_from_file(bprm);
	me->mm->dumpable = !bprm->secureexec;
	if (bprm->secureexec)
		me->pdeath_signal = 0;
	commit_creds(bprm->cred);
	bprm->cred = NULL;
	return 0;
}
EXPORT_SYMBOL(begin_new_exec);

/* ------------------------------------------------------------------ trying the formats */

int bprm_change_interp(const char *interp, struct linux_binprm *bprm)
{
	kfree(bprm->interp);
	bprm->interp = kstrdup(interp, GFP_KERNEL);
	return bprm->interp ? 0 : -ENOMEM;
}

static void release_exec_file(struct file *file)
{
	allow_write_access(file);
	fput(file);
}

/* The first bytes of the file. */
static int prepare_binprm(struct linux_binprm *bprm)
{
	loff_t pos = 0;
	ssize_t n;

	if (bprm->file->f_path.mnt->mnt_flags & MNT_NOEXEC)
		return -EACCES;
	memset(bprm->buf, 0, BINPRM_BUF_SIZE);
	n = kernel_read(bprm->file, bprm->buf, BINPRM_BUF_SIZE, &pos);
	return n < 0 ? (int)n : 0;
}

static int search_binary_handler(struct linux_binprm *bprm)
{
	struct linux_binfmt *fmt;
	int err = prepare_binprm(bprm);

	if (err)
		return err;
	read_lock(&binfmt_lock);
	list_for_each_entry(fmt, &formats, lh) {
		read_unlock(&binfmt_lock);
		err = fmt->load_binary(bprm);
		if (err != -ENOEXEC || bprm->point_of_no_return)
			return err;
		read_lock(&binfmt_lock);
	}
	read_unlock(&binfmt_lock);
	return -ENOEXEC;
}

/* A script names another file to run, and that perhaps a third. */
static int exec_binprm(struct linux_binprm *bprm)
{
	int depth, err;

	for (depth = 0; depth <= MAX_SCRIPT_DEPTH; depth++) {
		err = search_binary_handler(bprm);
		if (err || !bprm->interpreter)
			return err;
		release_exec_file(bprm->file);
		bprm->file = bprm->interpreter;
		bprm->interpreter = NULL;
	}
	return -ELOOP;
}

static int gather_strings(struct linux_binprm *bprm, struct arg_vector argv,
			  struct arg_vector envp)
{
	int err;

	bprm->argc = count_strings(argv);
	if (bprm->argc < 0)
		return bprm->argc;
	bprm->envc = count_strings(envp);
	if (bprm->envc < 0)
		return bprm->envc;
	err = set_arg_limit(bprm);
	if (!err)
		err = copy_string_kernel(bprm->filename, bprm);
	if (err)
		return err;
	bprm->exec = bprm->p;
	err = copy_strings(bprm, bprm->envc, envp);
	return err ? err : copy_strings(bprm, bprm->argc, argv);
}

static void free_bprm(struct linux_binprm *bprm)
{
	if (bprm->mm)
		mmput(bprm->mm);
	if (bprm->cred)
		abort_creds(bprm->cred);
	if (!IS_ERR_OR_NULL(bprm->file))
		release_exec_file(bprm->file);
	free_arg_pages(bprm);
	kfree(bprm->interp);
	kfree(bprm);
}

static int do_execve(const char *filename, struct arg_vector argv, struct arg_vector envp)
{
	struct linux_binprm *bprm = kzalloc(sizeof(*bprm), GFP_KERNEL);
	int err = -ENOMEM;

	if (!bprm)
		return -ENOMEM;
	bprm->p = ARG_AREA_SIZE;
	bprm->filename = filename;
	bprm->file = open_exec(filename);
	err = PTR_ERR_OR_ZERO(bprm->file);
	if (err)
		goto out;
	err = -ENOMEM;
	bprm->mm = mm_alloc();
	bprm->cred = prepare_creds();
	if (!bprm->mm || !bprm->cred)
		goto out;
	err = gather_strings(bprm, argv, envp);
	if (!err)
		err = exec_binprm(bprm);
	if (err && bprm->point_of_no_return && !fatal_signal_pending(current))
		force_sigsegv(SIGSEGV);
out:
	free_bprm(bprm);
	return err;
}

long sys_execve(const char __user *filename, const char __user *const __user *argv,
		const char __user *const __user *envp)
{
	char *name = getname(filename);
	int err;

	if (IS_ERR(name))
		return PTR_ERR(name);
	err = do_execve(name, (struct arg_vector){ .user = argv },
			(struct arg_vector){ .user = envp });
	putname(name);
	return err;
}

/* For a kernel thread that becomes a program, as init does: 0, then return from the thread. */
int kernel_execve(const char *filename, const char *const *argv, const char *const *envp)
{
	return do_execve(filename, (struct arg_vector){ .is_kernel = true, .kernel = argv },
			 (struct arg_vector){ .is_kernel = true, .kernel = envp });
}
