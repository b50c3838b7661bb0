/*
 * Which signals a thread blocks, and its alternate stack: the calls, and what
 * the signal frames need of them.
 *
 * Locks: siglock.
 */
#include <linux/sched/signal.h>
#include <linux/export.h>
#include <linux/ptrace.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* [s] held: signals for the process that @task will not take any more are for others. */
void retarget_shared_pending(struct task_struct *task, sigset_t *which)
{
	struct task_struct *t;
	sigset_t retarget;

	sigandsets(&retarget, &task->signal->shared_pending.signal, which);
	if (sigisemptyset(&retarget))
		return;
	for_each_thread(task, t) {
		if (t == task || (t->flags & PF_EXITING))
			continue;
		if (!((retarget.sig[0] & ~t->blocked.sig[0]) |
		      (retarget.sig[1] & ~t->blocked.sig[1])))
			continue;
		sigandsets(&retarget, &retarget, &t->blocked);
		if (!signal_pending(t))
			signal_wake_up(t, false);
		if (sigisemptyset(&retarget))
			break;
	}
}

/* siglock held.  Signals for the process that this thread blocks now may be for others. */
static void set_task_blocked(struct task_struct *task, const sigset_t *newset)
{
	sigset_t newblocked;

	if (unlikely(signal_pending(task)) && !thread_group_empty(task)) {
		sigandnsets(&newblocked, newset, &current->blocked);
		retarget_shared_pending(task, &newblocked);
	}
	task->blocked = *newset;
	recalc_sigpending();
}

void __set_current_blocked(const sigset_t *newset)
{
	/* Only this thread writes it, so it may look without the lock. */
	if (sigequalsets(&current->blocked, newset))
		return;
	spin_lock_irq(&current->sighand->siglock);
	set_task_blocked(current, newset);
	spin_unlock_irq(&current->sighand->siglock);
}

/* A mask from the program: two signals cannot be blocked. */
void set_current_blocked(sigset_t *newset)
{
	sigdelsetmask(newset, SIG_KERNEL_ONLY_MASK);
	__set_current_blocked(newset);
}

int sigprocmask(int how, sigset_t *set, sigset_t *oldset)
{
	sigset_t newset;

	if (oldset)
		*oldset = current->blocked;
	switch (how) {
	case SIG_BLOCK:
		sigorsets(&newset, &current->blocked, set);
		break;
	case SIG_UNBLOCK:
		sigandnsets(&newset, &current->blocked, set);
		break;
	case SIG_SETMASK:
		newset = *set;
		break;
	default:
		return -EINVAL;
	}
	__set_current_blocked(&newset);
	return 0;
}
EXPORT_SYMBOL(sigprocmask);

/* For ppoll(), pselect() …: a mask for the time of the call. */
int set_user_sigmask(const sigset_t __user *umask, size_t sigsetsize)
{
	sigset_t kmask;

	if (!umask)
		return 0;
	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&kmask, umask, sizeof(kmask)))
		return -EFAULT;
	set_restore_sigmask();
	current->saved_sigmask = current->blocked;
	set_current_blocked(&kmask);
	return 0;
}

long sys_rt_sigprocmask(int how, sigset_t __user *nset, sigset_t __user *oset, size_t sigsetsize)
{
	sigset_t old = current->blocked, new;
	int err;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (nset) {
		if (copy_from_user(&new, nset, sizeof(new)))
			return -EFAULT;
		sigdelsetmask(&new, SIG_KERNEL_ONLY_MASK);
		err = sigprocmask(how, &new, NULL);
		if (err)
			return err;
	}
	if (oset && copy_to_user(oset, &old, sizeof(old)))
		return -EFAULT;
	return 0;
}

/* The old form changes the first 32 only. */
long sys_sigprocmask(int how, const old_sigset_t __user *nset, old_sigset_t __user *oset)
{
	old_sigset_t old = current->blocked.sig[0], new;
	sigset_t blocked = current->blocked;

	if (nset) {
		if (get_user(new, nset))
			return -EFAULT;
		switch (how) {
		case SIG_BLOCK:
			sigaddsetmask(&blocked, new);
			break;
		case SIG_UNBLOCK:
			sigdelsetmask(&blocked, new);
			break;
		case SIG_SETMASK:
			blocked.sig[0] = new;
			break;
		default:
			return -EINVAL;
		}
		set_current_blocked(&blocked);
	}
	return oset ? put_user(old, oset) : 0;
}

long sys_sgetmask(void)
{
	return (long)current->blocked.sig[0];
}

long sys_ssetmask(int newmask)
{
	unsigned long old = current->blocked.sig[0];
	sigset_t newset;

	siginitset(&newset, newmask);
	set_current_blocked(&newset);
	return (long)old;
}

static void pending_set(sigset_t *set)
{
	spin_lock_irq(&current->sighand->siglock);
	sigorsets(set, &current->pending.signal, &current->signal->shared_pending.signal);
	spin_unlock_irq(&current->sighand->siglock);
	sigandsets(set, set, &current->blocked);
}

long sys_rt_sigpending(sigset_t __user *uset, size_t sigsetsize)
{
	sigset_t set;

	if (sigsetsize > sizeof(sigset_t))
		return -EINVAL;
	pending_set(&set);
	return copy_to_user(uset, &set, sigsetsize) ? -EFAULT : 0;
}

long sys_sigpending(old_sigset_t __user *uset)
{
	sigset_t set;

	pending_set(&set);
	return put_user(set.sig[0], uset);
}

/* The mask is @set until a handler has run: its frame brings the old one back. */
static long sigsuspend(sigset_t *set)
{
	current->saved_sigmask = current->blocked;
	set_current_blocked(set);
	while (!signal_pending(current)) {
		__set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	set_restore_sigmask();
	return -ERESTARTNOHAND;
}

long sys_rt_sigsuspend(sigset_t __user *unewset, size_t sigsetsize)
{
	sigset_t newset;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&newset, unewset, sizeof(newset)))
		return -EFAULT;
	return sigsuspend(&newset);
}

long sys_sigsuspend(int unused1, int unused2, old_sigset_t mask)
{
	sigset_t newset;

	siginitset(&newset, mask);
	return sigsuspend(&newset);
}

long sys_pause(void)
{
	while (!signal_pending(current)) {
		__set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	return -ERESTARTNOHAND;
}

/* ------------------------------------------------------------------ alternate stack */

static int do_sigaltstack(const stack_t *ss, stack_t *oss, unsigned long sp)
{
	int mode;

	if (oss) {
		*oss = (stack_t) {
			.ss_sp = (void *)current->sas_ss_sp,
			.ss_flags = sas_ss_flags(sp) | (current->sas_ss_flags & SS_FLAG_BITS),
			.ss_size = current->sas_ss_size,
		};
	}
	if (!ss)
		return 0;
	if (on_sig_stack(sp))
		return -EPERM;
	mode = ss->ss_flags & ~SS_FLAG_BITS;
	if (mode != SS_DISABLE && mode != SS_ONSTACK && mode != 0)
		return -EINVAL;
	if (mode == SS_DISABLE) {
		current->sas_ss_sp = 0;
		current->sas_ss_size = 0;
	} else {
		if (ss->ss_size < MINSIGSTKSZ)
			return -ENOMEM;
		current->sas_ss_sp = (unsigned long)ss->ss_sp;
		current->sas_ss_size = ss->ss_size;
	}
	current->sas_ss_flags = ss->ss_flags;
	return 0;
}

long sys_sigaltstack(const stack_t __user *uss, stack_t __user *uoss)
{
	stack_t new, old;
	int err;

	if (uss && copy_from_user(&new, uss, sizeof(new)))
		return -EFAULT;
	err = do_sigaltstack(uss ? &new : NULL, uoss ? &old : NULL, current_pt_regs()->sp);
	if (!err && uoss && copy_to_user(uoss, &old, sizeof(old)))
		err = -EFAULT;
	return err;
}

/* sigreturn: what the frame says; it may be nonsense, which then changes nothing. */
int restore_altstack(const stack_t __user *uss)
{
	stack_t new;

	if (copy_from_user(&new, uss, sizeof(new)))
		return -EFAULT;
	do_sigaltstack(&new, NULL, current_pt_regs()->sp);
	return 0;
}

int __save_altstack(stack_t __user *uss, unsigned long sp)
{
	stack_t ss = {
		.ss_sp = (void *)current->sas_ss_sp,
		.ss_flags = (int)current->sas_ss_flags,
		.ss_size = current->sas_ss_size,
	};

	return copy_to_user(uss, &ss, sizeof(ss)) ? -EFAULT : 0;
}
