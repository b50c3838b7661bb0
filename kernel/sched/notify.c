/*
 * What a parent hears of its children, and what becomes of process groups
 * without anyone left who could continue them.
 *
 * Locks: tasklist_lock, held by the callers; inside it the parent's siglock.
 */
#include <linux/sched/signal.h>
#include <linux/wait.h>
#include <linux/cred.h>

void __wake_up_parent(struct task_struct *task, struct task_struct *parent)
{
	__wake_up(&parent->signal->wait_chldexit, TASK_INTERRUPTIBLE, 0, task);
}

static void fill_sigchld(struct siginfo *info, struct task_struct *task)
{
	u64 utime, stime;

	clear_siginfo(info);
	info->si_signo = SIGCHLD;
	info->si_pid = task_tgid_nr(task);
	info->si_uid = __kuid_val(task_uid(task));
	thread_group_cputime_adjusted(task, &utime, &stime);
	info->si_utime = nsec_to_clock_t(utime);
	info->si_stime = nsec_to_clock_t(stime);
}

/*
 * do_notify_parent - @task, the last thread of its process, has ended: send @sig, wake wait4()
 * True: the parent does not want to know, the caller shall release the zombie.
 */
bool do_notify_parent(struct task_struct *task, int sig)
{
	struct task_struct *parent = task->parent;
	struct k_sigaction *action;
	struct siginfo info;
	unsigned long flags;
	bool autoreap = false;

	fill_sigchld(&info, task);
	info.si_signo = sig;
	info.si_status = task->exit_code & 0x7f;
	if (task->exit_code & 0x7f) {
		info.si_code = task->exit_code & 0x80 ? CLD_DUMPED : CLD_KILLED;
	} else {
		info.si_code = CLD_EXITED;
		info.si_status = task->exit_code >> 8;
	}

	spin_lock_irqsave(&parent->sighand->siglock, flags);
	action = &parent->sighand->action[SIGCHLD - 1];
	if (sig == SIGCHLD && (action->sa.sa_handler == SIG_IGN ||
			       (action->sa.sa_flags & SA_NOCLDWAIT))) {
		autoreap = true;
		if (action->sa.sa_handler == SIG_IGN)
			sig = 0;
	}
	if (sig > 0 && valid_signal(sig))
		send_signal_locked(sig, &info, parent, PIDTYPE_TGID);
	__wake_up_parent(task, parent);
	spin_unlock_irqrestore(&parent->sighand->siglock, flags);
	return autoreap;
}

/* The process of @task stopped or goes on: @why is CLD_STOPPED or CLD_CONTINUED. */
void do_notify_parent_cldstop(struct task_struct *task, int why)
{
	struct task_struct *leader = task->group_leader, *parent = leader->real_parent;
	struct sighand_struct *sighand = parent->sighand;
	struct k_sigaction *action = &sighand->action[SIGCHLD - 1];
	struct siginfo info;
	unsigned long flags;

	fill_sigchld(&info, leader);
	info.si_code = why;
	info.si_status = why == CLD_CONTINUED ? SIGCONT : task->signal->group_exit_code & 0x7f;
	spin_lock_irqsave(&sighand->siglock, flags);
	if (action->sa.sa_handler != SIG_IGN && !(action->sa.sa_flags & SA_NOCLDSTOP))
		send_signal_locked(SIGCHLD, &info, parent, PIDTYPE_TGID);
	__wake_up_parent(leader, parent);
	spin_unlock_irqrestore(&sighand->siglock, flags);
}

/* ------------------------------------------------------------------ orphaned groups */

/*
 * A process group is orphaned when no member has a parent in another group of
 * the same session: no shell is left that could continue it.  @ignored does not
 * count: it is about to go.
 */
bool will_become_orphaned_pgrp(struct pid *pgrp, struct task_struct *ignored)
{
	struct task_struct *p;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p) {
		if (p == ignored || (p->exit_state && thread_group_empty(p)) ||
		    p->real_parent->pid == 1)
			continue;
		if (task_pgrp(p->real_parent) != pgrp &&
		    task_session(p->real_parent) == task_session(p))
			return false;
	} while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return true;
}

int is_current_pgrp_orphaned(void)
{
	bool orphaned;

	read_lock(&tasklist_lock);
	orphaned = will_become_orphaned_pgrp(task_pgrp(current), NULL);
	read_unlock(&tasklist_lock);
	return orphaned;
}

bool has_stopped_jobs(struct pid *pgrp)
{
	struct task_struct *p;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p) {
		if (p->signal->flags & SIGNAL_STOP_STOPPED)
			return true;
	} while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return false;
}

/*
 * [t] held for writing: does the end of @task (or the end of @parent, for its
 * child @task) orphan the group of @task while members are stopped?  Then they
 * get SIGHUP and SIGCONT, for nobody else could wake them.
 */
void kill_orphaned_pgrp(struct task_struct *task, struct task_struct *parent)
{
	struct pid *pgrp = task_pgrp(task);
	struct task_struct *ignored = task;

	if (!parent)
		parent = task->real_parent;	/* the task itself ends */
	else
		ignored = NULL;			/* its parent does */

	if (task_pgrp(parent) != pgrp && task_session(parent) == task_session(task) &&
	    will_become_orphaned_pgrp(pgrp, ignored) && has_stopped_jobs(pgrp)) {
		__kill_pgrp_info(SIGHUP, SEND_SIG_PRIV, pgrp);
		__kill_pgrp_info(SIGCONT, SEND_SIG_PRIV, pgrp);
	}
}
