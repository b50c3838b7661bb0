/*
 * Taking signals: on the way back to user mode a task with TIF_SIGPENDING comes
 * here.
 *
 *   do_signal()      get_signal(): the next one that has a handler, else the rest
 *                    has been acted on (stopped, ended, ignored)
 *                    a system call it interrupted: begins again, or answers EINTR
 *                    setup_signal_frame(): the handler's frame on the user stack
 *
 * What an interrupted call returns says how it goes on:
 *
 *   -ERESTARTSYS            again if no handler ran, or that has SA_RESTART
 *   -ERESTARTNOINTR         again in any case
 *   -ERESTARTNOHAND         again if no handler ran
 *   -ERESTART_RESTARTBLOCK  the same, through restart_syscall() with the time left
 *
 * Again means: eax holds the call's number once more, and eip goes back over
 * the two bytes of int 0x80.
 *
 * Locks: siglock.
 */
#include <linux/sched/signal.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/ptrace.h>
#include <linux/syscalls.h>
#include <asm/signal.h>
#include <uapi/asm/unistd.h>
#include "coredump.h"
#include "proc.h"

#define INT80_SIZE	2

/* ------------------------------------------------------------------ stopping */

/*
 * [s] held: this thread stops, or will never, as a group stop asks.  True: it is
 * the last one of its process, and the parent must be told.
 */
bool task_participate_group_stop(struct task_struct *task)
{
	struct signal_struct *sig = task->signal;
	bool counted = task->jobctl & JOBCTL_STOP_CONSUME;

	task->jobctl &= ~(JOBCTL_STOP_PENDING | JOBCTL_STOP_CONSUME);
	if (!counted || sig->group_stop_count == 0 || --sig->group_stop_count)
		return false;
	if (sig->flags & SIGNAL_STOP_STOPPED)
		return false;
	sig->flags = (sig->flags & SIGNAL_UNKILLABLE) | SIGNAL_STOP_STOPPED;
	return true;
}

static void start_group_stop(int signr)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *t;

	sig->group_exit_code = signr;
	sig->group_stop_count = 0;
	for_each_thread(current, t) {
		if ((t->flags & PF_EXITING) || (t->state & __TASK_STOPPED))
			continue;
		t->jobctl |= JOBCTL_STOP_PENDING | JOBCTL_STOP_CONSUME;
		sig->group_stop_count++;
		if (t != current)
			signal_wake_up(t, false);
	}
}

/*
 * [s] held.  Stop by @signr, or (0) because another thread began to.  True: the
 * task was stopped and goes on, and the lock was dropped meanwhile.
 */
static bool do_signal_stop(int signr) __must_hold(&current->sighand->siglock)
{
	struct signal_struct *sig = current->signal;
	bool notify;

	if (!(current->jobctl & JOBCTL_STOP_PENDING)) {
		if (!signr || (sig->flags & SIGNAL_GROUP_EXIT))
			return false;
		start_group_stop(signr);
	}
	notify = task_participate_group_stop(current);
	/* Under wake_lock: a wake-up that saw the running task must not undo the stop. */
	spin_lock(&current->wake_lock);
	current->state = TASK_STOPPED;
	spin_unlock(&current->wake_lock);
	spin_unlock_irq(&current->sighand->siglock);
	if (notify) {
		read_lock(&tasklist_lock);
		do_notify_parent_cldstop(current, CLD_STOPPED);
		read_unlock(&tasklist_lock);
	}
	schedule();		/* until SIGCONT or SIGKILL */
	spin_lock_irq(&current->sighand->siglock);
	return true;
}

/* Woken by SIGCONT: the first thread that comes here tells the parent. */
static void tell_continued(void) __must_hold(&current->sighand->siglock)
{
	struct signal_struct *sig = current->signal;
	int why = sig->flags & SIGNAL_CLD_CONTINUED ? CLD_CONTINUED : CLD_STOPPED;

	sig->flags &= ~(SIGNAL_CLD_STOPPED | SIGNAL_CLD_CONTINUED);
	spin_unlock_irq(&current->sighand->siglock);
	read_lock(&tasklist_lock);
	do_notify_parent_cldstop(current, why);
	read_unlock(&tasklist_lock);
	spin_lock_irq(&current->sighand->siglock);
}

/* ------------------------------------------------------------------ taking one */

/* @info: of the signal, where it is the first one's own; NULL: others ended the process. */
static __noreturn void die_by(int signr, const struct siginfo *info)
	__releases(&current->sighand->siglock)
{
	spin_unlock_irq(&current->sighand->siglock);
	current->flags |= PF_SIGNALED;
	if (info && sig_kernel_coredump(signr))
		do_coredump(info);
	do_group_exit(signr);
}

/*
 * The terminal's stops mean nothing where no shell could continue us.  [s] held,
 * dropped for the look: a SIGCONT that comes meanwhile must not be lost.
 *
 *      took SIGTSTP: STOP_DEQUEUED set
 *      unlock                                  SIGCONT: nobody is stopped yet;
 *      orphaned?  no                           it clears STOP_DEQUEUED
 *      lock; cleared: goes on
 */
static bool stop_still_valid(int signr) __must_hold(&current->sighand->siglock)
{
	bool orphaned;

	if (signr == SIGSTOP)
		return true;
	current->jobctl |= JOBCTL_STOP_DEQUEUED;
	spin_unlock_irq(&current->sighand->siglock);
	orphaned = is_current_pgrp_orphaned();
	spin_lock_irq(&current->sighand->siglock);
	return !orphaned && current->jobctl & JOBCTL_STOP_DEQUEUED;
}

/* [s] held.  No handler: what the signal does then.  False: the task was stopped and goes on. */
static noinline bool default_action(int signr, const struct siginfo *info) __must_hold(&current->sighand->siglock)
{
	if (sig_kernel_ignore(signr))
		return true;
	if ((current->signal->flags & SIGNAL_UNKILLABLE) && !sig_kernel_only(signr))
		return true;
	if (!sig_kernel_stop(signr))
		die_by(signr, info);
	return !stop_still_valid(signr) || !do_signal_stop(signr);
}

/* Returns whether @ksig has a signal with a handler.  Context: process; may not return. */
bool get_signal(struct ksignal *ksig)
{
	struct sighand_struct *sighand = current->sighand;
	struct signal_struct *signal = current->signal;
	struct k_sigaction *ka;
	int signr;

	spin_lock_irq(&sighand->siglock);
again:
	if (unlikely(signal->flags & (SIGNAL_CLD_STOPPED | SIGNAL_CLD_CONTINUED)))
		tell_continued();
	for (;;) {
		if (unlikely(signal->flags & SIGNAL_GROUP_EXIT) || signal->group_exit_task) {
			if (sigismember(&current->pending.signal, SIGKILL) ||
			    (signal->flags & SIGNAL_GROUP_EXIT)) {
				sigdelset(&current->pending.signal, SIGKILL);
				die_by(signal->group_exit_code ?: SIGKILL, NULL);
			}
		}
		if (unlikely(current->jobctl & JOBCTL_STOP_PENDING) && do_signal_stop(0))
			goto again;
		signr = dequeue_signal(current, &current->blocked, &ksig->info);
		if (!signr)
			break;
		ka = &sighand->action[signr - 1];
		if (ka->sa.sa_handler == SIG_IGN)
			continue;
		if (ka->sa.sa_handler != SIG_DFL) {
			ksig->ka = *ka;
			if (ka->sa.sa_flags & SA_ONESHOT)
				ka->sa.sa_handler = SIG_DFL;
			break;
		}
		if (!default_action(signr, &ksig->info))
			goto again;
	}
	spin_unlock_irq(&sighand->siglock);
	ksig->sig = signr;
	return signr > 0;
}
EXPORT_SYMBOL(get_signal);

/* ------------------------------------------------------------------ delivering */

void signal_setup_done(int failed, struct ksignal *ksig, int stepping)
{
	sigset_t blocked;

	if (failed) {
		force_sigsegv(ksig->sig);
		return;
	}
	clear_restore_sigmask();	/* the frame holds the mask to go back to */
	sigorsets(&blocked, &current->blocked, &ksig->ka.sa.sa_mask);
	if (!(ksig->ka.sa.sa_flags & SA_NODEFER))
		sigaddset(&blocked, ksig->sig);
	__set_current_blocked(&blocked);
	if (current->sas_ss_flags & SS_AUTODISARM)
		sas_ss_reset(current);
}

static void restart_syscall_at(struct pt_regs *regs, unsigned long nr)
{
	regs->ax = nr;
	regs->ip -= INT80_SIZE;
}

/* A handler will run: what becomes of the call it interrupts. */
static void restart_with_handler(struct ksignal *ksig, struct pt_regs *regs)
{
	if ((long)regs->orig_ax < 0)
		return;			/* not in a system call */
	switch ((long)regs->ax) {
	case -ERESTART_RESTARTBLOCK:
	case -ERESTARTNOHAND:
		regs->ax = -EINTR;
		break;
	case -ERESTARTSYS:
		if (!(ksig->ka.sa.sa_flags & SA_RESTART)) {
			regs->ax = -EINTR;
			break;
		}
		fallthrough;
	case -ERESTARTNOINTR:
		restart_syscall_at(regs, regs->orig_ax);
		break;
	}
}

static void restart_without_handler(struct pt_regs *regs)
{
	if ((long)regs->orig_ax < 0)
		return;
	switch ((long)regs->ax) {
	case -ERESTARTNOHAND:
	case -ERESTARTSYS:
	case -ERESTARTNOINTR:
		restart_syscall_at(regs, regs->orig_ax);
		break;
	case -ERESTART_RESTARTBLOCK:
		restart_syscall_at(regs, __NR_restart_syscall);
		break;
	}
}

void do_signal(struct pt_regs *regs)
{
	struct ksignal ksig;
	int failed;

	if (get_signal(&ksig)) {
		restart_with_handler(&ksig, regs);
		failed = setup_signal_frame(&ksig, sigmask_to_save(), regs);
		signal_setup_done(failed, &ksig, 0);
		return;
	}
	restart_without_handler(regs);
	restore_saved_sigmask();
}

long do_no_restart_syscall(struct restart_block *block)
{
	return -EINTR;
}

long sys_restart_syscall(void)
{
	struct restart_block *block = &current->restart_block;

	return block->fn(block);
}

/* ------------------------------------------------------------------ leaving */

/* First step of an exit: no more signals for this thread. */
void exit_signals(struct task_struct *task)
{
	bool notify = false;
	sigset_t unblocked;

	spin_lock_irq(&task->sighand->siglock);
	task->flags |= PF_EXITING;
	if (!(task->signal->flags & SIGNAL_GROUP_EXIT) && signal_pending(task)) {
		unblocked = task->blocked;
		signotset(&unblocked);
		retarget_shared_pending(task, &unblocked);
	}
	if (task->jobctl & JOBCTL_STOP_PENDING)
		notify = task_participate_group_stop(task);
	spin_unlock_irq(&task->sighand->siglock);
	if (notify) {
		read_lock(&tasklist_lock);
		do_notify_parent_cldstop(task, CLD_STOPPED);
		read_unlock(&tasklist_lock);
	}
}
