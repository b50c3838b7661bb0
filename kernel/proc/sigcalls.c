/*
 * The system calls that send signals, set handlers, and wait for signals
 * without handlers.
 *
 * Locks: tasklist_lock (reading) for other processes, siglock.
 */
#include <linux/sched/signal.h>
#include <linux/cred.h>
#include <linux/hrtimer.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "proc.h"

/* ------------------------------------------------------------------ handlers */

/* Either may be NULL.  A signal that becomes ignored is not pending any more. */
int do_sigaction(int sig, struct k_sigaction *act, struct k_sigaction *oact)
{
	struct task_struct *p = current, *t;
	struct k_sigaction *k;
	sigset_t mask;

	if (!valid_signal(sig) || sig < 1 || (act && sig_kernel_only(sig)))
		return -EINVAL;
	k = &p->sighand->action[sig - 1];
	spin_lock_irq(&p->sighand->siglock);
	if (oact)
		*oact = *k;
	if (act) {
		*k = *act;
		sigdelsetmask(&k->sa.sa_mask, SIG_KERNEL_ONLY_MASK);
		if (sig_task_ignored(p, sig)) {
			sigemptyset(&mask);
			sigaddset(&mask, sig);
			flush_sigqueue_mask(&mask, &p->signal->shared_pending);
			for_each_thread(p, t)
				flush_sigqueue_mask(&mask, &t->pending);
		}
	}
	spin_unlock_irq(&p->sighand->siglock);
	return 0;
}

long sys_rt_sigaction(int sig, const struct sigaction __user *act, struct sigaction __user *oact,
		      size_t sigsetsize)
{
	struct k_sigaction new, old;
	int err;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (act && copy_from_user(&new.sa, act, sizeof(new.sa)))
		return -EFAULT;
	err = do_sigaction(sig, act ? &new : NULL, oact ? &old : NULL);
	if (!err && oact && copy_to_user(oact, &old.sa, sizeof(old.sa)))
		return -EFAULT;
	return err;
}

long sys_sigaction(int sig, const struct old_sigaction __user *act,
		   struct old_sigaction __user *oact)
{
	struct k_sigaction new, old;
	struct old_sigaction user;
	int err;

	if (act) {
		if (copy_from_user(&user, act, sizeof(user)))
			return -EFAULT;
		new.sa.sa_handler = user.sa_handler;
		new.sa.sa_flags = user.sa_flags;
		new.sa.sa_restorer = user.sa_restorer;
		siginitset(&new.sa.sa_mask, user.sa_mask);
	}
	err = do_sigaction(sig, act ? &new : NULL, oact ? &old : NULL);
	if (!err && oact) {
		user.sa_handler = old.sa.sa_handler;
		user.sa_mask = old.sa.sa_mask.sig[0];
		user.sa_flags = old.sa.sa_flags;
		user.sa_restorer = old.sa.sa_restorer;
		if (copy_to_user(oact, &user, sizeof(user)))
			return -EFAULT;
	}
	return err;
}

/* The handler as it was; it is gone after one signal. */
long sys_signal(int sig, __sighandler_t handler)
{
	struct k_sigaction new = { .sa = {
		.sa_handler = handler,
		.sa_flags = SA_ONESHOT | SA_NOMASK,
	} }, old;
	int err = do_sigaction(sig, &new, &old);

	return err ? err : (long)old.sa.sa_handler;
}

/* ------------------------------------------------------------------ sending */

static void tkill_siginfo(struct siginfo *info, int sig)
{
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = SI_TKILL;
	info->si_pid = current->tgid;
	info->si_uid = __kuid_val(current_uid());
}

/* Every process but init and one's own. */
static int kill_all(int sig, struct siginfo *info)
{
	struct task_struct *p;
	int err, ret = -ESRCH;

	for_each_process(p) {
		if (p->pid <= 1 || same_thread_group(p, current))
			continue;
		err = group_send_sig_info(sig, info, p, PIDTYPE_MAX);
		if (err != -EPERM)
			ret = err;
	}
	return ret;
}

long sys_kill(pid_t pid, int sig)
{
	struct task_struct *p;
	int err = -ESRCH;

	if (pid == INT_MIN)
		return -ESRCH;
	read_lock(&tasklist_lock);
	if (pid > 0) {
		p = find_task_by_vpid(pid);
		if (p)
			err = group_send_sig_info(sig, SEND_SIG_NOINFO, p, PIDTYPE_TGID);
	} else if (pid == -1) {
		err = kill_all(sig, SEND_SIG_NOINFO);
	} else {
		err = __kill_pgrp_info(sig, SEND_SIG_NOINFO, pid ? find_vpid(-pid) : task_pgrp(current));
	}
	read_unlock(&tasklist_lock);
	return err;
}

/* To one thread; @tgid > 0: only if it belongs to that process. */
static int do_send_specific(pid_t tgid, pid_t pid, int sig, struct siginfo *info)
{
	struct task_struct *p;
	int err = -ESRCH;

	read_lock(&tasklist_lock);
	p = find_task_by_vpid(pid);
	if (p && (tgid <= 0 || p->tgid == tgid))
		err = group_send_sig_info(sig, info, p, PIDTYPE_PID);
	read_unlock(&tasklist_lock);
	return err;
}

long sys_tgkill(pid_t tgid, pid_t pid, int sig)
{
	struct siginfo info;

	if (pid <= 0 || tgid <= 0)
		return -EINVAL;
	tkill_siginfo(&info, sig);
	return do_send_specific(tgid, pid, sig, &info);
}

long sys_tkill(pid_t pid, int sig)
{
	struct siginfo info;

	if (pid <= 0)
		return -EINVAL;
	tkill_siginfo(&info, sig);
	return do_send_specific(0, pid, sig, &info);
}

int copy_siginfo_to_user(siginfo_t __user *to, const kernel_siginfo_t *from)
{
	if (copy_to_user(to, from, SI_KERNEL_SIZE) ||
	    clear_user((char __user *)to + SI_KERNEL_SIZE, sizeof(*to) - SI_KERNEL_SIZE))
		return -EFAULT;
	return 0;
}

int copy_siginfo_from_user(kernel_siginfo_t *to, const siginfo_t __user *from)
{
	return copy_from_user(to, from, SI_KERNEL_SIZE) ? -EFAULT : 0;
}

/* A program may claim to be the kernel, or kill(), only towards itself. */
static int get_queued_info(struct siginfo *info, int sig, struct siginfo __user *uinfo, pid_t pid)
{
	if (copy_siginfo_from_user(info, uinfo))
		return -EFAULT;
	info->si_signo = sig;
	if ((info->si_code >= 0 || info->si_code == SI_TKILL) && pid != current->tgid)
		return -EPERM;
	return 0;
}

long sys_rt_sigqueueinfo(pid_t pid, int sig, struct siginfo __user *uinfo)
{
	struct task_struct *p;
	struct siginfo info;
	int err = get_queued_info(&info, sig, uinfo, pid);

	if (err)
		return err;
	err = -ESRCH;
	read_lock(&tasklist_lock);
	p = find_task_by_vpid(pid);
	if (p)
		err = group_send_sig_info(sig, &info, p, PIDTYPE_TGID);
	read_unlock(&tasklist_lock);
	return err;
}

long sys_rt_tgsigqueueinfo(pid_t tgid, pid_t pid, int sig, struct siginfo __user *uinfo)
{
	struct siginfo info;
	int err;

	if (pid <= 0 || tgid <= 0)
		return -EINVAL;
	err = get_queued_info(&info, sig, uinfo, tgid);
	return err ? err : do_send_specific(tgid, pid, sig, &info);
}

/* ------------------------------------------------------------------ waiting */

/*
 * Take a signal of @these, or sleep until one comes; @expires in ns from now,
 * NULL: no limit.  While it sleeps the signals are not blocked, so that they
 * wake it, but real_blocked says that they do not act.
 */
static int do_sigtimedwait(const sigset_t *these, struct siginfo *info, ktime_t *expires)
{
	struct task_struct *task = current;
	sigset_t mask = *these;
	int sig, err = 0;

	sigdelsetmask(&mask, SIG_KERNEL_ONLY_MASK);
	signotset(&mask);
	spin_lock_irq(&task->sighand->siglock);
	sig = dequeue_signal(task, &mask, info);
	if (!sig && (!expires || *expires)) {
		task->real_blocked = task->blocked;
		sigandsets(&task->blocked, &task->blocked, &mask);
		recalc_sigpending();
		__set_current_state(TASK_INTERRUPTIBLE);
		spin_unlock_irq(&task->sighand->siglock);
		err = schedule_hrtimeout(expires, HRTIMER_MODE_REL);
		__set_current_state(TASK_RUNNING);
		spin_lock_irq(&task->sighand->siglock);
		task->blocked = task->real_blocked;
		sigemptyset(&task->real_blocked);
		sig = dequeue_signal(task, &mask, info);
	}
	spin_unlock_irq(&task->sighand->siglock);
	if (sig)
		return sig;
	return err ? -EINTR : -EAGAIN;
}

static long sigtimedwait(const sigset_t __user *uthese, struct siginfo __user *uinfo,
			 struct timespec64 *ts, size_t sigsetsize)
{
	struct siginfo info;
	sigset_t these;
	ktime_t timeout;
	int ret;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&these, uthese, sizeof(these)))
		return -EFAULT;
	if (ts) {
		if (!timespec64_valid(ts))
			return -EINVAL;
		timeout = timespec64_to_ktime(*ts);
	}
	ret = do_sigtimedwait(&these, &info, ts ? &timeout : NULL);
	if (ret > 0 && uinfo && copy_siginfo_to_user(uinfo, &info))
		return -EFAULT;
	return ret;
}

long sys_rt_sigtimedwait(const sigset_t __user *uthese, struct siginfo __user *uinfo,
			 const struct __kernel_timespec __user *uts, size_t sigsetsize)
{
	struct timespec64 ts;

	if (uts && get_timespec64(&ts, uts))
		return -EFAULT;
	return sigtimedwait(uthese, uinfo, uts ? &ts : NULL, sigsetsize);
}

long sys_rt_sigtimedwait_time32(const sigset_t __user *uthese, struct siginfo __user *uinfo,
				const struct old_timespec32 __user *uts, size_t sigsetsize)
{
	struct timespec64 ts;

	if (uts && get_old_timespec32(&ts, uts))
		return -EFAULT;
	return sigtimedwait(uthese, uinfo, uts ? &ts : NULL, sigsetsize);
}
