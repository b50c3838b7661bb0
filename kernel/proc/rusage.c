/*
 * What a process has used: getrusage(), and wait4()'s answer of the same form.
 *
 * Locks: siglock for what the process has together.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define PAGE_KB		(PAGE_SIZE / 1024)

static void add_thread(struct task_struct *t, struct rusage *ru)
{
	ru->ru_nvcsw += t->nvcsw;
	ru->ru_nivcsw += t->nivcsw;
	ru->ru_minflt += t->min_flt;
	ru->ru_majflt += t->maj_flt;
}

static void add_process(struct task_struct *task, struct rusage *ru, u64 *utime, u64 *stime)
{
	struct signal_struct *sig = task->signal;
	struct task_struct *t;
	u64 ut, st;

	thread_group_cputime_adjusted(task, &ut, &st);
	*utime += ut;
	*stime += st;
	ru->ru_nvcsw += sig->nvcsw;
	ru->ru_nivcsw += sig->nivcsw;
	ru->ru_minflt += sig->min_flt;
	ru->ru_majflt += sig->maj_flt;
	for_each_thread(task, t)
		add_thread(t, ru);
}

static void add_children(struct signal_struct *sig, struct rusage *ru, u64 *utime, u64 *stime)
{
	*utime += sig->cutime;
	*stime += sig->cstime;
	ru->ru_minflt += sig->cmin_flt;
	ru->ru_majflt += sig->cmaj_flt;
}

/* Context: process; [t] held, or @task is the caller.  Its siglock may be gone: a zombie's is not. */
void getrusage(struct task_struct *task, int who, struct rusage *ru)
{
	u64 utime = 0, stime = 0;
	struct mm_struct *mm;

	memset(ru, 0, sizeof(*ru));
	if (who == RUSAGE_THREAD) {
		task_cputime_adjusted(current, &utime, &stime);
		add_thread(current, ru);
	} else {
		spin_lock_irq(&task->sighand->siglock);
		if (who == RUSAGE_CHILDREN || who == RUSAGE_BOTH)
			add_children(task->signal, ru, &utime, &stime);
		if (who == RUSAGE_SELF || who == RUSAGE_BOTH)
			add_process(task, ru, &utime, &stime);
		spin_unlock_irq(&task->sighand->siglock);
	}
	ru->ru_utime = ns_to_kernel_old_timeval(utime);
	ru->ru_stime = ns_to_kernel_old_timeval(stime);
	mm = task == current ? task->mm : NULL;
	if (mm && who != RUSAGE_CHILDREN)
		ru->ru_maxrss = max(mm->hiwater_rss, get_mm_rss(mm)) * PAGE_KB;
}

long sys_getrusage(int who, struct rusage __user *ru)
{
	struct rusage value;

	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
		return -EINVAL;
	getrusage(current, who, &value);
	return copy_to_user(ru, &value, sizeof(value)) ? -EFAULT : 0;
}
