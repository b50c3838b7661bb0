/*
 * What ps and top read: /proc/PID/stat, statm, status, cmdline, environ; maps, one
 * vma a line; and exe.
 *
 * The layouts are Linux's: programs parse them by position.
 */
#include <linux/fdtable.h>
#include <linux/tty.h>
#include <linux/vmalloc.h>
#include "internal.h"

static const struct {
	char letter;
	const char *name;
} states[] = {
	{ 'R', "running" }, { 'S', "sleeping" }, { 'D', "disk sleep" }, { 'T', "stopped" },
	{ 't', "tracing stop" }, { 'Z', "zombie" }, { 'I', "idle" },
};

static int state_index(const struct task_struct *task)
{
	long state = task->state;

	if (task->exit_state)
		return 5;
	if (state == TASK_IDLE)
		return 6;
	if (state & TASK_INTERRUPTIBLE)
		return 1;
	if (state & TASK_UNINTERRUPTIBLE)
		return 2;
	if (state & __TASK_STOPPED)
		return 3;
	return state & __TASK_TRACED ? 4 : 0;
}

/* What stat tells of the group, taken in one go under the locks. */
struct group_facts {
	pid_t ppid, pgid, sid, tpgid;
	u32 tty;
	int threads;
	sigset_t pending, blocked, ignored, caught;
	unsigned long min_flt, maj_flt, cmin_flt, cmaj_flt;
	u64 utime, stime, cutime, cstime;
};

static void signal_sets(struct task_struct *task, struct group_facts *facts)
{
	int sig;

	facts->pending = task->pending.signal;
	sigorsets(&facts->pending, &facts->pending, &task->signal->shared_pending.signal);
	facts->blocked = task->blocked;
	for (sig = 1; sig <= _NSIG; sig++) {
		__sighandler_t handler = task->sighand->action[sig - 1].sa.sa_handler;

		if (handler == SIG_IGN)
			sigaddset(&facts->ignored, sig);
		else if (handler != SIG_DFL)
			sigaddset(&facts->caught, sig);
	}
}

static void get_facts(struct task_struct *task, struct group_facts *facts)
{
	unsigned long flags;

	memset(facts, 0, sizeof(*facts));
	facts->tpgid = -1;
	read_lock(&tasklist_lock);
	if (task->sighand) {
		spin_lock_irqsave(&task->sighand->siglock, flags);
		signal_sets(task, facts);
		facts->threads = task->signal->nr_threads;
		facts->cmin_flt = task->signal->cmin_flt;
		facts->cmaj_flt = task->signal->cmaj_flt;
		facts->cutime = task->signal->cutime;
		facts->cstime = task->signal->cstime;
		if (task->signal->tty) {
			facts->tty = new_encode_dev(tty_devnum(task->signal->tty));
			facts->tpgid = pid_nr(task->signal->tty->pgrp);
		}
		spin_unlock_irqrestore(&task->sighand->siglock, flags);
	}
	facts->min_flt = task->min_flt;
	facts->maj_flt = task->maj_flt;
	facts->ppid = task->real_parent ? task->real_parent->tgid : 0;
	facts->pgid = pid_nr(task_pgrp(task));
	facts->sid = pid_nr(task_session(task));
	read_unlock(&tasklist_lock);
	if (task->sighand)
		thread_group_cputime_adjusted(task, &facts->utime, &facts->stime);
}

static unsigned long mm_rss(struct mm_struct *mm)
{
	return atomic_read(&mm->rss_file) + atomic_read(&mm->rss_anon);
}

int proc_pid_stat(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	struct group_facts f;
	char comm[TASK_COMM_LEN];

	get_facts(task, &f);
	seq_printf(m, "%d (%s) %c %d %d %d %u %d %u", task->tgid, get_task_comm(comm, task),
		   states[state_index(task)].letter, f.ppid, f.pgid, f.sid, f.tty, f.tpgid,
		   task->flags);
	seq_printf(m, " %lu %lu %lu %lu", f.min_flt, f.cmin_flt, f.maj_flt, f.cmaj_flt);
	seq_printf(m, " %llu %llu %llu %llu", nsec_to_clock_t(f.utime), nsec_to_clock_t(f.stime),
		   nsec_to_clock_t(f.cutime), nsec_to_clock_t(f.cstime));
	seq_printf(m, " %d %d %d 0 %llu", task_prio(task), task_nice(task), f.threads,
		   nsec_to_clock_t(task->start_time));
	seq_printf(m, " %lu %lu %lu", mm ? mm->total_vm << PAGE_SHIFT : 0, mm ? mm_rss(mm) : 0,
		   task_rlimit(task, RLIMIT_RSS));
	seq_printf(m, " %lu %lu %lu 0 0", mm ? mm->start_code : 0, mm ? mm->end_code : 0,
		   mm ? mm->start_stack : 0);
	seq_printf(m, " %lu %lu %lu %lu", f.pending.sig[0], f.blocked.sig[0], f.ignored.sig[0],
		   f.caught.sig[0]);
	seq_printf(m, " %d 0 0 %d %u %u %u 0 0 0", task->state && task->wait_reason ? 1 : 0,
		   task->exit_signal, task->cpu, task->rt_priority, task->policy);
	seq_printf(m, " %lu %lu %lu %lu %lu %lu %lu %d\n", mm ? mm->start_data : 0,
		   mm ? mm->end_data : 0, mm ? mm->start_brk : 0, mm ? mm->arg_start : 0,
		   mm ? mm->arg_end : 0, mm ? mm->env_start : 0, mm ? mm->env_end : 0,
		   task->exit_code);
	if (mm)
		mmput(mm);
	return 0;
}

int proc_pid_statm(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);

	if (!mm) {
		seq_puts(m, "0 0 0 0 0 0 0\n");
		return 0;
	}
	seq_printf(m, "%lu %lu %d %lu 0 %lu 0\n", mm->total_vm, mm_rss(mm),
		   atomic_read(&mm->rss_file), (mm->end_code - mm->start_code) >> PAGE_SHIFT,
		   mm->data_vm + mm->stack_vm);
	mmput(mm);
	return 0;
}

static void show_mask(struct seq_file *m, const char *title, const sigset_t *set)
{
	seq_printf(m, "%s:\t%08lx%08lx\n", title, set->sig[1], set->sig[0]);
}

static void show_memory(struct seq_file *m, struct mm_struct *mm)
{
	const unsigned int kib = PAGE_SHIFT - 10;

	seq_printf(m, "VmSize:\t%8lu kB\n", mm->total_vm << kib);
	seq_printf(m, "VmLck:\t%8lu kB\n", mm->locked_vm << kib);
	seq_printf(m, "VmRSS:\t%8lu kB\n", mm_rss(mm) << kib);
	seq_printf(m, "RssAnon:\t%8d kB\n", atomic_read(&mm->rss_anon) << kib);
	seq_printf(m, "RssFile:\t%8d kB\n", atomic_read(&mm->rss_file) << kib);
	seq_printf(m, "VmData:\t%8lu kB\n", mm->data_vm << kib);
	seq_printf(m, "VmStk:\t%8lu kB\n", mm->stack_vm << kib);
	seq_printf(m, "VmExe:\t%8lu kB\n", (mm->end_code - mm->start_code) >> 10);
}

int proc_pid_status(struct seq_file *m, struct task_struct *task)
{
	const struct cred *cred = get_task_cred(task);
	struct mm_struct *mm = get_task_mm(task);
	int state = state_index(task);
	struct group_facts f;
	char comm[TASK_COMM_LEN];

	get_facts(task, &f);
	seq_printf(m, "Name:\t%s\n", get_task_comm(comm, task));
	seq_printf(m, "State:\t%c (%s)\n", states[state].letter, states[state].name);
	seq_printf(m, "Tgid:\t%d\nPid:\t%d\nPPid:\t%d\n", task->tgid, task->pid, f.ppid);
	seq_printf(m, "Uid:\t%u\t%u\t%u\t%u\n", __kuid_val(cred->uid), __kuid_val(cred->euid),
		   __kuid_val(cred->suid), __kuid_val(cred->fsuid));
	seq_printf(m, "Gid:\t%u\t%u\t%u\t%u\n", __kgid_val(cred->gid), __kgid_val(cred->egid),
		   __kgid_val(cred->sgid), __kgid_val(cred->fsgid));
	put_cred(cred);
	task_lock(task);
	seq_printf(m, "FDSize:\t%u\n", task->files ? task->files->fdt.max_fds : 0);
	task_unlock(task);
	if (mm) {
		show_memory(m, mm);
		mmput(mm);
	}
	seq_printf(m, "Threads:\t%d\n", f.threads);
#if DEBUG_BUILD
	seq_printf(m, "StackFree:\t%8lu B\n", thread_stack_unused(task->stack));
#endif
	show_mask(m, "SigPnd", &f.pending);
	show_mask(m, "SigBlk", &f.blocked);
	show_mask(m, "SigIgn", &f.ignored);
	show_mask(m, "SigCgt", &f.caught);
	seq_printf(m, "voluntary_ctxt_switches:\t%lu\n", task->nvcsw);
	seq_printf(m, "nonvoluntary_ctxt_switches:\t%lu\n", task->nivcsw);
	return 0;
}

/* A stretch of the process's memory as it is, zeroes and all; at most a few pages of it. */
static int show_strings(struct seq_file *m, struct task_struct *task, bool environ)
{
	struct mm_struct *mm = get_task_mm(task);
	unsigned long start, end;
	char *page;
	int got = 1;

	if (!mm)
		return 0;
	start = environ ? mm->env_start : mm->arg_start;
	end = environ ? mm->env_end : mm->arg_end;
	page = kmalloc(PAGE_SIZE, GFP_KERNEL);
	while (page && got > 0 && start < end && !seq_has_overflowed(m)) {
		got = access_remote_vm(mm, start, page, min(end - start, PAGE_SIZE), 0);
		if (got > 0)
			seq_write(m, page, got);
		start += got;
	}
	mmput(mm);
	kfree(page);
	return page ? 0 : -ENOMEM;
}

int proc_pid_cmdline(struct seq_file *m, struct task_struct *task)
{
	return show_strings(m, task, false);
}

int proc_pid_environ(struct seq_file *m, struct task_struct *task)
{
	return show_strings(m, task, true);
}

/* ------------------------------------------------------------------ the address space */

#define NAME_COLUMN	49	/* of the line where names start */

static const char *vma_title(const struct vm_area_struct *vma)
{
	const struct mm_struct *mm = vma->vm_mm;

	if (vma->vm_start <= mm->brk && vma->vm_end >= mm->start_brk && mm->brk > mm->start_brk)
		return "[heap]";
	if (vma->vm_start <= mm->start_stack && vma->vm_end >= mm->start_stack)
		return "[stack]";
	return NULL;
}

static void show_vma(struct seq_file *m, const struct vm_area_struct *vma)
{
	const struct inode *inode = vma->vm_file ? file_inode(vma->vm_file) : NULL;
	dev_t dev = inode ? inode->i_sb->s_dev : 0;
	size_t line = m->count;
	const char *title;

	seq_printf(m, "%08lx-%08lx %c%c%c%c %08llx %02x:%02x %lu", vma->vm_start, vma->vm_end,
		   vma->vm_flags & VM_READ ? 'r' : '-', vma->vm_flags & VM_WRITE ? 'w' : '-',
		   vma->vm_flags & VM_EXEC ? 'x' : '-', vma->vm_flags & VM_MAYSHARE ? 's' : 'p',
		   inode ? (u64)vma->vm_pgoff << PAGE_SHIFT : 0ull, MAJOR(dev), MINOR(dev),
		   inode ? inode->i_ino : 0);
	title = inode ? NULL : vma_title(vma);
	if (inode || title)
		do
			seq_putc(m, ' ');
		while (m->count - line < NAME_COLUMN && !seq_has_overflowed(m));
	if (inode)
		seq_path(m, &vma->vm_file->f_path, "\n");
	else if (title)
		seq_puts(m, title);
	seq_putc(m, '\n');
}

int proc_pid_maps(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	struct vm_area_struct *vma;

	if (!mm)
		return 0;
	mmap_read_lock(mm);
	for (vma = mm->mmap; vma && !seq_has_overflowed(m); vma = vma->vm_next)
		show_vma(m, vma);
	mmap_read_unlock(mm);
	mmput(mm);
	return 0;
}

/* The program that runs.  ENOENT for a kernel thread. */
int proc_exe_path(const struct inode *inode, struct task_struct *task, struct path *path)
{
	struct mm_struct *mm = get_task_mm(task);
	int err = -ENOENT;

	if (!mm)
		return -ENOENT;
	mmap_read_lock(mm);
	if (mm->exe_file) {
		*path = mm->exe_file->f_path;
		path_get(path);
		err = 0;
	}
	mmap_read_unlock(mm);
	mmput(mm);
	return err;
}
