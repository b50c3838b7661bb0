/*
 * Waiting for children: wait4, waitpid, waitid are one walk over the children
 * of all threads of the process, and one sleep.
 *
 *      parent                                  child
 *      on wait_chldexit, TASK_INTERRUPTIBLE
 *      walk: nothing yet                       exit_state = EXIT_ZOMBIE
 *      schedule()                              __wake_up_parent()
 *
 * Two threads may wait for the same child: who turns its EXIT_ZOMBIE into
 * EXIT_DEAD by compare-and-exchange has it.
 *
 * Locks: tasklist_lock (reading) for the walk.
 */
#include <linux/sched/signal.h>
#include <linux/cred.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include "proc.h"

/* One waiting call, on its stack. */
struct wait_opts {
	enum pid_type type;		/* PIDTYPE_MAX: any child */
	struct pid *pid;		/* of that type; a reference */
	int options;			/* W* */
	int error;			/* -ECHILD until a child fits that may still do something */

	pid_t found;			/* the answer */
	uid_t uid;
	int code;			/* CLD_* */
	int status;			/* exit status, or signal */
	int stat;			/* the same as wait4() tells it */
	struct task_struct *reap;	/* the child is a zombie that nobody needs any more */
	struct rusage *ru;		/* NULL: not wanted */
};

static bool eligible(const struct wait_opts *wo, struct task_struct *p)
{
	if (wo->type == PIDTYPE_PGID && task_pgrp(p) != wo->pid)
		return false;
	if (wo->type == PIDTYPE_PID && task_pid(p) != wo->pid)
		return false;
	/* Children made with another signal than SIGCHLD are "clones": asked for extra. */
	if (wo->options & __WALL)
		return true;
	return (p->exit_signal != SIGCHLD) == !!(wo->options & __WCLONE);
}

static void fill_answer(struct wait_opts *wo, struct task_struct *p, int code, int status)
{
	wo->found = p->pid;
	wo->uid = __kuid_val(task_uid(p));
	wo->code = code;
	wo->status = status;
	if (wo->ru)
		getrusage(p, RUSAGE_BOTH, wo->ru);
}

/* siglock of current held by nobody else for these: the parent's account of dead children */
static void account_child(struct task_struct *p)
{
	struct signal_struct *psig = current->signal, *sig = p->signal;
	u64 utime, stime;

	thread_group_cputime_adjusted(p, &utime, &stime);
	spin_lock_irq(&current->sighand->siglock);
	psig->cutime += utime + sig->cutime;
	psig->cstime += stime + sig->cstime;
	psig->cmin_flt += p->min_flt + sig->min_flt + sig->cmin_flt;
	psig->cmaj_flt += p->maj_flt + sig->maj_flt + sig->cmaj_flt;
	spin_unlock_irq(&current->sighand->siglock);
}

/* These three, with [t] held: 1 if this is a child to tell of, else 0. */
static int wait_task_zombie(struct wait_opts *wo, struct task_struct *p)
{
	int stat;

	if (!(wo->options & WEXITED))
		return 0;
	stat = p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code : p->exit_code;
	if (!(wo->options & WNOWAIT)) {
		if (cmpxchg(&p->exit_state, EXIT_ZOMBIE, EXIT_DEAD) != EXIT_ZOMBIE)
			return 0;
		account_child(p);
	}
	wo->stat = stat;
	if (stat & 0x7f)
		fill_answer(wo, p, stat & 0x80 ? CLD_DUMPED : CLD_KILLED, stat & 0x7f);
	else
		fill_answer(wo, p, CLD_EXITED, stat >> 8);
	if (!(wo->options & WNOWAIT))
		wo->reap = p;
	return 1;
}

static int wait_task_stopped(struct wait_opts *wo, struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	int code = 0;

	if (!(wo->options & WUNTRACED) || !(sig->flags & SIGNAL_STOP_STOPPED))
		return 0;
	spin_lock_irq(&p->sighand->siglock);
	if (sig->flags & SIGNAL_STOP_STOPPED) {
		code = sig->group_exit_code;	/* 0: somebody was told already */
		if (!(wo->options & WNOWAIT))
			sig->group_exit_code = 0;
	}
	spin_unlock_irq(&p->sighand->siglock);
	if (!code)
		return 0;
	wo->stat = code << 8 | 0x7f;
	fill_answer(wo, p, CLD_STOPPED, code);
	return 1;
}

static int wait_task_continued(struct wait_opts *wo, struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	bool continued;

	if (!(wo->options & WCONTINUED) || !(sig->flags & SIGNAL_STOP_CONTINUED))
		return 0;
	spin_lock_irq(&p->sighand->siglock);
	continued = sig->flags & SIGNAL_STOP_CONTINUED;
	if (continued && !(wo->options & WNOWAIT))
		sig->flags &= ~SIGNAL_STOP_CONTINUED;
	spin_unlock_irq(&p->sighand->siglock);
	if (!continued)
		return 0;
	wo->stat = 0xffff;
	fill_answer(wo, p, CLD_CONTINUED, SIGCONT);
	return 1;
}

static int consider_child(struct wait_opts *wo, struct task_struct *p)
{
	if (p->exit_state == EXIT_DEAD || !eligible(wo, p))
		return 0;
	wo->error = 0;
	/* A leader that ended before its threads stands for a process that may stop and go on. */
	if (p->exit_state == EXIT_ZOMBIE && thread_group_empty(p))
		return wait_task_zombie(wo, p);
	return wait_task_stopped(wo, p) || wait_task_continued(wo, p);
}

static int walk_children(struct wait_opts *wo)
{
	struct task_struct *t, *p;
	int found = 0;

	wo->error = -ECHILD;
	wo->reap = NULL;
	read_lock(&tasklist_lock);
	for_each_thread(current, t) {
		list_for_each_entry(p, &t->children, sibling)
			if (consider_child(wo, p)) {
				found = 1;
				goto out;
			}
		if (wo->options & __WNOTHREAD)
			break;
	}
out:
	read_unlock(&tasklist_lock);
	if (wo->reap)
		release_task(wo->reap);		/* nobody else does: it is EXIT_DEAD by our hand */
	return found;
}

/* The pid of the child, 0 with WNOHANG and none ready, or a negative errno. */
static long do_wait(struct wait_opts *wo)
{
	DECLARE_WAITQUEUE(wait, current);
	long ret;

	add_wait_queue(&current->signal->wait_chldexit, &wait);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		wo->found = 0;
		if (walk_children(wo)) {
			ret = wo->found;
			break;
		}
		ret = wo->error;
		if (ret || (wo->options & WNOHANG))
			break;
		if (signal_pending(current)) {
			ret = -ERESTARTSYS;
			break;
		}
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(&current->signal->wait_chldexit, &wait);
	return ret;
}

static __always_inline long kernel_wait4(pid_t upid, struct wait_opts *wo)
{
	long ret;

	if (wo->options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL))
		return -EINVAL;
	if (upid == INT_MIN)
		return -ESRCH;
	wo->type = PIDTYPE_MAX;
	if (upid > 0) {
		wo->type = PIDTYPE_PID;
		wo->pid = find_get_pid(upid);
	} else if (upid != -1) {
		wo->type = PIDTYPE_PGID;
		wo->pid = upid ? find_get_pid(-upid) : get_task_pid(current, PIDTYPE_PGID);
	}
	wo->options |= WEXITED;
	ret = do_wait(wo);
	put_pid(wo->pid);
	return ret;
}

/* A child of the kernel thread that calls: its pid and status, or a negative errno.  Context: sleeps. */
long kernel_wait(pid_t pid, int *stat)
{
	struct wait_opts wo = { };
	long ret = kernel_wait4(pid, &wo);

	if (ret > 0)
		*stat = wo.stat;
	return ret;
}

long sys_wait4(pid_t upid, int __user *stat_addr, int options, struct rusage __user *ru)
{
	struct rusage usage;
	struct wait_opts wo = { .options = options, .ru = ru ? &usage : NULL };
	long ret = kernel_wait4(upid, &wo);

	if (ret <= 0)
		return ret;
	if (stat_addr && put_user(wo.stat, stat_addr))
		return -EFAULT;
	if (ru && copy_to_user(ru, &usage, sizeof(usage)))
		return -EFAULT;
	return ret;
}

long sys_waitpid(pid_t pid, int __user *stat_addr, int options)
{
	return sys_wait4(pid, stat_addr, options, NULL);
}

static int waitid_which(struct wait_opts *wo, int which, pid_t upid)
{
	switch (which) {
	case P_ALL:
		wo->type = PIDTYPE_MAX;
		return 0;
	case P_PID:
		if (upid <= 0)
			return -EINVAL;
		wo->type = PIDTYPE_PID;
		wo->pid = find_get_pid(upid);
		return 0;
	case P_PGID:
		if (upid < 0)
			return -EINVAL;
		wo->type = PIDTYPE_PGID;
		wo->pid = upid ? find_get_pid(upid) : get_task_pid(current, PIDTYPE_PGID);
		return 0;
	default:
		return -EINVAL;
	}
}

long sys_waitid(int which, pid_t upid, struct siginfo __user *infop, int options,
		struct rusage __user *ru)
{
	struct rusage usage;
	struct wait_opts wo = { .options = options, .ru = ru ? &usage : NULL };
	struct siginfo info;
	long ret;

	if (options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | __WNOTHREAD |
			__WCLONE | __WALL))
		return -EINVAL;
	if (!(options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	ret = waitid_which(&wo, which, upid);
	if (ret)
		return ret;
	ret = do_wait(&wo);
	put_pid(wo.pid);
	if (ret < 0)
		return ret;

	/* Only these members are written, and all 0 when no child was ready. */
	clear_siginfo(&info);
	if (ret > 0) {
		info.si_signo = SIGCHLD;
		info.si_code = wo.code;
		info.si_pid = wo.found;
		info.si_uid = wo.uid;
		info.si_status = wo.status;
	}
	if (infop && copy_to_user(infop, &info, offsetof(struct siginfo, si_status) + sizeof(int)))
		return -EFAULT;
	if (ret > 0 && ru && copy_to_user(ru, &usage, sizeof(usage)))
		return -EFAULT;
	return 0;
}
