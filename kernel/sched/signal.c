/*
 * Sending signals.
 *
 *   kill(), a terminal, a driver  →  send_signal_locked()
 *           prepare_signal()    what a stop or a continue cancels; is it ignored?
 *           sigqueue_add()      pending for one thread, or for the process
 *           complete_signal()   which thread shall take it: wake that one
 *
 * A signal that will end the process does so for all threads at once: each gets
 * SIGKILL, which needs no handler and cannot be blocked.
 *
 * Locks: tasklist_lock (reading) keeps ->sighand of another task; inside it its
 * siglock.  Both are taken in interrupts too.
 */
#include <linux/sched/signal.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/export.h>
#include "sched_signal.h"

/* ------------------------------------------------------------------ pending or not */

static bool has_pending(const struct sigpending *pending, const sigset_t *blocked)
{
	return (pending->signal.sig[0] & ~blocked->sig[0]) |
	       (pending->signal.sig[1] & ~blocked->sig[1]);
}

static bool recalc_sigpending_tsk(struct task_struct *task)
{
	if ((task->jobctl & JOBCTL_STOP_PENDING) || has_pending(&task->pending, &task->blocked) ||
	    has_pending(&task->signal->shared_pending, &task->blocked)) {
		set_bit(TIF_SIGPENDING, &task_thread_info(task)->flags);
		return true;
	}
	return false;	/* only the task itself may clear it: it may be on its way out of a call */
}

void recalc_sigpending(void)
{
	if (!recalc_sigpending_tsk(current) && signal_pending(current))
		clear_bit(TIF_SIGPENDING, &current_thread_info()->flags);
}
EXPORT_SYMBOL(recalc_sigpending);

/* The bit first, then the wake-up: who goes to sleep meanwhile sees it in schedule(). */
void signal_wake_up_state(struct task_struct *task, unsigned int state)
{
	set_bit(TIF_SIGPENDING, &task_thread_info(task)->flags);
	wake_up_state(task, state | TASK_INTERRUPTIBLE);
}

int __fatal_signal_pending(struct task_struct *task)
{
	return sigismember(&task->pending.signal, SIGKILL);
}

static inline __sighandler_t sig_handler(struct task_struct *task, int sig)
{
	return task->sighand->action[sig - 1].sa.sa_handler;
}

/* Without a look at what is blocked. */
bool sig_task_ignored(struct task_struct *task, int sig)
{
	__sighandler_t handler = sig_handler(task, sig);

	/* init gets only what it has a handler for. */
	if ((task->signal->flags & SIGNAL_UNKILLABLE) && handler == SIG_DFL)
		return true;
	return handler == SIG_IGN || (handler == SIG_DFL && sig_kernel_ignore(sig));
}

/* A blocked one is kept: the program may set a handler before it unblocks it. */
static bool sig_ignored(struct task_struct *task, int sig)
{
	if (sigismember(&task->blocked, sig) || sigismember(&task->real_blocked, sig))
		return false;
	return sig_task_ignored(task, sig);
}

bool unhandled_signal(struct task_struct *task, int sig)
{
	__sighandler_t handler = sig_handler(task, sig);

	return task->pid == 1 || handler == SIG_IGN || handler == SIG_DFL;
}

/* ------------------------------------------------------------------ sending */

static void flush_group(struct task_struct *task, unsigned long sigs)
{
	struct task_struct *t;
	sigset_t mask;

	siginitset(&mask, sigs);
	flush_sigqueue_mask(&mask, &task->signal->shared_pending);
	for_each_thread(task, t)
		flush_sigqueue_mask(&mask, &t->pending);
}

/* SIGCONT goes on even if it is blocked or ignored. */
static void continue_group(struct task_struct *task)
{
	struct signal_struct *signal = task->signal;
	struct task_struct *t;

	flush_group(task, SIG_KERNEL_STOP_MASK);
	for_each_thread(task, t) {
		t->jobctl &= ~(JOBCTL_STOP_DEQUEUED | JOBCTL_STOP_PENDING | JOBCTL_STOP_CONSUME);
		wake_up_state(t, __TASK_STOPPED);
	}
	/* The parent is told by the first thread that runs: see get_signal(). */
	if (signal->flags & SIGNAL_STOP_STOPPED)
		signal->flags = (signal->flags & SIGNAL_UNKILLABLE) | SIGNAL_CLD_CONTINUED |
				SIGNAL_STOP_CONTINUED;
	else if (signal->group_stop_count)
		signal->flags = (signal->flags & SIGNAL_UNKILLABLE) | SIGNAL_CLD_STOPPED |
				SIGNAL_STOP_CONTINUED;
	else
		return;
	signal->group_stop_count = 0;
	signal->group_exit_code = 0;
}

static bool prepare_signal(int sig, struct task_struct *task)
{
	if (task->signal->flags & SIGNAL_GROUP_EXIT)
		return sig == SIGKILL;		/* nothing else matters any more */
	if (sig_kernel_stop(sig))
		flush_group(task, sigmask(SIGCONT));
	else if (sig == SIGCONT)
		continue_group(task);
	return !sig_ignored(task, sig);
}

static bool wants_signal(int sig, struct task_struct *task)
{
	if (sigismember(&task->blocked, sig) || (task->flags & PF_EXITING))
		return false;
	if (sig == SIGKILL)
		return true;
	if (task->state & (__TASK_STOPPED | __TASK_TRACED))
		return false;
	return task == current || !signal_pending(task);
}

static bool sig_fatal(struct task_struct *task, int sig)
{
	return !siginmask(sig, SIG_KERNEL_IGNORE_MASK | SIG_KERNEL_STOP_MASK) &&
	       sig_handler(task, sig) == SIG_DFL;
}

static void kill_group(struct task_struct *task, int sig)
{
	struct signal_struct *signal = task->signal;
	struct task_struct *t;

	signal->flags = SIGNAL_GROUP_EXIT;
	signal->group_exit_code = sig;
	signal->group_stop_count = 0;
	for_each_thread(task, t) {
		t->jobctl &= ~(JOBCTL_STOP_PENDING | JOBCTL_STOP_CONSUME);
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, true);
	}
}

/* @sig is pending: have a thread look. */
static void complete_signal(int sig, struct task_struct *task, enum pid_type type)
{
	struct task_struct *t = NULL, *other;

	if (wants_signal(sig, task)) {
		t = task;
	} else if (type != PIDTYPE_PID) {
		for_each_thread(task, other)
			if (wants_signal(sig, other)) {
				t = other;
				break;
			}
	}
	if (!t)
		return;		/* whoever unblocks it will find it */
	/* Who dumps core needs the other threads to stand still first: see do_coredump(). SIGKILL ends the dump. */
	if (sig_fatal(task, sig) && !sig_kernel_coredump(sig) &&
	    (!(task->signal->flags & SIGNAL_GROUP_EXIT) || task->signal->core_state) &&
	    !sigismember(&t->real_blocked, sig)) {
		kill_group(task, sig);
		return;
	}
	signal_wake_up(t, sig == SIGKILL);
}

/*
 * send_signal_locked - make @sig pending for @task, or for its process
 * @type: PIDTYPE_PID for the thread alone.  0 or -EAGAIN (see sigqueue_add()).
 * Context: any; siglock of @task held.
 */
int send_signal_locked(int sig, struct siginfo *info, struct task_struct *task,
		       enum pid_type type)
{
	struct sigpending *pending;
	int err = 0;

	lockdep_assert_held(&task->sighand->siglock);
	if (!prepare_signal(sig, task))
		return 0;
	pending = type == PIDTYPE_PID ? &task->pending : &task->signal->shared_pending;
	if (sig < SIGRTMIN && sigismember(&pending->signal, sig))
		return 0;
	if (sig == SIGKILL)
		sigaddset(&pending->signal, sig);
	else
		err = sigqueue_add(task, pending, sig, info);
	if (!err)
		complete_signal(sig, task, type);
	return err;
}

/* [t] held for reading: @task has its sighand, or is a corpse. */
static int send_to_task(int sig, struct siginfo *info, struct task_struct *task,
			enum pid_type type)
{
	struct sighand_struct *sighand = task->sighand;
	unsigned long flags;
	int err;

	if (!sighand)
		return -ESRCH;
	spin_lock_irqsave(&sighand->siglock, flags);
	err = send_signal_locked(sig, info, task, type);
	spin_unlock_irqrestore(&sighand->siglock, flags);
	return err;
}

int do_send_sig_info(int sig, struct siginfo *info, struct task_struct *task, enum pid_type type)
{
	int err;

	read_lock(&tasklist_lock);
	err = send_to_task(sig, info, task, type);
	read_unlock(&tasklist_lock);
	return err;
}

int send_sig_info(int sig, struct siginfo *info, struct task_struct *task)
{
	if (!valid_signal(sig))
		return -EINVAL;
	return do_send_sig_info(sig, info, task, PIDTYPE_PID);
}
EXPORT_SYMBOL(send_sig_info);

/* @priv: from the kernel, not from the current process. */
int send_sig(int sig, struct task_struct *task, int priv)
{
	return send_sig_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, task);
}
EXPORT_SYMBOL(send_sig);

/* ------------------------------------------------------------------ faults */

/*
 * force_sig_info - a signal the current task cannot escape
 * If it blocks or ignores it, the handler is gone: going on would repeat the fault.
 */
int force_sig_info(struct siginfo *info)
{
	struct task_struct *task = current;
	int err, sig = info->si_signo;
	struct k_sigaction *action;
	unsigned long flags;
	bool blocked;

	spin_lock_irqsave(&task->sighand->siglock, flags);
	action = &task->sighand->action[sig - 1];
	blocked = sigismember(&task->blocked, sig);
	if (blocked || action->sa.sa_handler == SIG_IGN) {
		action->sa.sa_handler = SIG_DFL;
		sigdelset(&task->blocked, sig);
		recalc_sigpending();
	}
	if (action->sa.sa_handler == SIG_DFL)
		task->signal->flags &= ~SIGNAL_UNKILLABLE;
	err = send_signal_locked(sig, info, task, PIDTYPE_PID);
	spin_unlock_irqrestore(&task->sighand->siglock, flags);
	return err;
}

void force_sig(int sig)
{
	struct siginfo info = { .si_signo = sig, .si_code = SI_KERNEL };

	force_sig_info(&info);
}
EXPORT_SYMBOL(force_sig);

void force_sig_fault(int sig, int code, void __user *addr)
{
	struct siginfo info = { .si_signo = sig, .si_code = code };

	info.si_addr = (void __force *)addr;
	force_sig_info(&info);
}

/* The frame for @sig could not be built.  If it was SIGSEGV's own: no second try. */
void force_sigsegv(int sig)
{
	unsigned long flags;

	if (sig == SIGSEGV) {
		spin_lock_irqsave(&current->sighand->siglock, flags);
		current->sighand->action[SIGSEGV - 1].sa.sa_handler = SIG_DFL;
		spin_unlock_irqrestore(&current->sighand->siglock, flags);
	}
	force_sig(SIGSEGV);
}

/* ------------------------------------------------------------------ by number */

static bool kill_ok_by_cred(struct task_struct *task)
{
	const struct cred *cred = current_cred(), *tcred = get_task_cred(task);
	bool ok = uid_eq(cred->euid, tcred->suid) || uid_eq(cred->euid, tcred->uid) ||
		  uid_eq(cred->uid, tcred->suid) || uid_eq(cred->uid, tcred->uid);

	put_cred(tcred);
	return ok || capable(CAP_KILL);
}

static int check_kill_permission(int sig, struct siginfo *info, struct task_struct *task)
{
	if (!valid_signal(sig))
		return -EINVAL;
	if (info == SEND_SIG_PRIV || (info != SEND_SIG_NOINFO && SI_FROMKERNEL(info)))
		return 0;
	if (same_thread_group(current, task) || kill_ok_by_cred(task))
		return 0;
	if (sig == SIGCONT && task_session(task) == task_session(current))
		return 0;
	return -EPERM;
}

/* [t] held for reading.  Signal 0 only asks whether it might be sent. */
int group_send_sig_info(int sig, struct siginfo *info, struct task_struct *task,
			enum pid_type type)
{
	int err = check_kill_permission(sig, info, task);

	if (err || !sig)
		return err;
	return send_to_task(sig, info, task, type);
}

/* 0 if one member got it. */
int __kill_pgrp_info(int sig, struct siginfo *info, struct pid *pgrp)
{
	struct task_struct *task;
	int err, ret = -ESRCH;
	bool success = false;

	do_each_pid_task(pgrp, PIDTYPE_PGID, task) {
		err = group_send_sig_info(sig, info, task, PIDTYPE_PGID);
		success |= !err;
		ret = err;
	} while_each_pid_task(pgrp, PIDTYPE_PGID, task);
	return success ? 0 : ret;
}

int kill_pgrp(struct pid *pgrp, int sig, int priv)
{
	int err;

	read_lock(&tasklist_lock);
	err = __kill_pgrp_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, pgrp);
	read_unlock(&tasklist_lock);
	return err;
}
EXPORT_SYMBOL(kill_pgrp);

int kill_pid_info(int sig, struct siginfo *info, struct pid *pid)
{
	struct task_struct *task;
	int err = -ESRCH;

	read_lock(&tasklist_lock);
	task = pid_task(pid, PIDTYPE_PID);
	if (task)
		err = group_send_sig_info(sig, info, task, PIDTYPE_TGID);
	read_unlock(&tasklist_lock);
	return err;
}
EXPORT_SYMBOL(kill_pid_info);

int kill_pid(struct pid *pid, int sig, int priv)
{
	return kill_pid_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, pid);
}
EXPORT_SYMBOL(kill_pid);

/* ------------------------------------------------------------------ one's own */

void flush_signals(struct task_struct *task)
{
	unsigned long flags;

	spin_lock_irqsave(&task->sighand->siglock, flags);
	clear_bit(TIF_SIGPENDING, &task_thread_info(task)->flags);
	flush_sigqueue(&task->pending);
	flush_sigqueue(&task->signal->shared_pending);
	spin_unlock_irqrestore(&task->sighand->siglock, flags);
}
EXPORT_SYMBOL(flush_signals);

void ignore_signals(struct task_struct *task)
{
	int i;

	for (i = 0; i < _NSIG; i++)
		task->sighand->action[i].sa.sa_handler = SIG_IGN;
	flush_signals(task);
}

/* After exec: handlers are gone with the program; what was ignored stays so. */
void flush_signal_handlers(struct task_struct *task, int force_default)
{
	struct k_sigaction *ka = task->sighand->action;
	int i;

	for (i = 0; i < _NSIG; i++, ka++) {
		if (force_default || ka->sa.sa_handler != SIG_IGN)
			ka->sa.sa_handler = SIG_DFL;
		ka->sa.sa_flags = 0;
		ka->sa.sa_restorer = NULL;
		sigemptyset(&ka->sa.sa_mask);
	}
}

static void set_kthread_handler(int sig, __sighandler_t handler)
{
	spin_lock_irq(&current->sighand->siglock);
	current->sighand->action[sig - 1].sa.sa_handler = handler;
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
}

/* A kernel thread's "handler" is its own test of signal_pending(): any value that is not IGN. */
void allow_signal(int sig)
{
	set_kthread_handler(sig, (__sighandler_t)2);
}
EXPORT_SYMBOL(allow_signal);

void disallow_signal(int sig)
{
	set_kthread_handler(sig, SIG_IGN);
}
EXPORT_SYMBOL(disallow_signal);
