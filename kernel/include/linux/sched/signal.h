/*
 * <linux/sched/signal.h> - sending signals, and thread groups.
 *
 * Context of the sending functions: any, interrupts included, unless said
 * otherwise; they take tasklist_lock for reading and siglock.
 */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/sched/task.h>

/* In place of a siginfo: "from the current process, by kill()"; "from the kernel". */
#define SEND_SIG_NOINFO	((struct siginfo *)0)
#define SEND_SIG_PRIV	((struct siginfo *)1)

extern int send_sig_info(int sig, struct siginfo *info, struct task_struct *task);
extern int send_sig(int sig, struct task_struct *task, int priv);
extern int group_send_sig_info(int sig, struct siginfo *info, struct task_struct *task,
			       enum pid_type type);
/* [t] held for reading */
extern int __kill_pgrp_info(int sig, struct siginfo *info, struct pid *pgrp);
extern int kill_pgrp(struct pid *pgrp, int sig, int priv);
extern int kill_pid(struct pid *pid, int sig, int priv);
extern int kill_pid_info(int sig, struct siginfo *info, struct pid *pid);
extern int do_send_sig_info(int sig, struct siginfo *info, struct task_struct *task,
			    enum pid_type type);

/* To the current task, which can neither block nor ignore it: faults. */
extern int force_sig_info(struct siginfo *info);
extern void force_sig(int sig);
extern void force_sigsegv(int sig);
extern void force_sig_fault(int sig, int code, void __user *addr);

extern int dequeue_signal(struct task_struct *task, sigset_t *mask, struct siginfo *info);
extern void flush_signals(struct task_struct *task);
extern void flush_signal_handlers(struct task_struct *task, int force_default);
extern void flush_sigqueue_mask(const sigset_t *mask, struct sigpending *pending);
extern void signals_init(void);
/* siglock of @task held */
extern int send_signal_locked(int sig, struct siginfo *info, struct task_struct *task,
			      enum pid_type type);
extern bool sig_task_ignored(struct task_struct *task, int sig);
extern bool task_participate_group_stop(struct task_struct *task);
extern void retarget_shared_pending(struct task_struct *task, sigset_t *which);
/* tasklist_lock held */
extern void do_notify_parent_cldstop(struct task_struct *task, int why);
extern void __wake_up_parent(struct task_struct *task, struct task_struct *parent);
extern void recalc_sigpending(void);
extern void signal_wake_up_state(struct task_struct *task, unsigned int state);
extern bool do_notify_parent(struct task_struct *task, int sig);
extern int zap_other_threads(struct task_struct *task);
extern int is_current_pgrp_orphaned(void);
extern bool will_become_orphaned_pgrp(struct pid *pgrp, struct task_struct *ignored);
extern bool has_stopped_jobs(struct pid *pgrp);
extern void kill_orphaned_pgrp(struct task_struct *task, struct task_struct *parent);

/* Let kernel threads see a signal; they ignore all otherwise. */
extern void ignore_signals(struct task_struct *task);
extern void allow_signal(int sig);
extern void disallow_signal(int sig);

static inline void signal_wake_up(struct task_struct *task, bool fatal)
{
	signal_wake_up_state(task, fatal ? TASK_WAKEKILL : 0);
}

/* The mask that sigsuspend(), ppoll() … replaced comes back after the handler, or without one. */
static inline void set_restore_sigmask(void)
{
	set_bit(TIF_RESTORE_SIGMASK, &current_thread_info()->flags);
}

static inline bool test_restore_sigmask(void)
{
	return test_bit(TIF_RESTORE_SIGMASK, &current_thread_info()->flags);
}

static inline void clear_restore_sigmask(void)
{
	clear_bit(TIF_RESTORE_SIGMASK, &current_thread_info()->flags);
}

static inline bool test_and_clear_restore_sigmask(void)
{
	return test_and_clear_bit(TIF_RESTORE_SIGMASK, &current_thread_info()->flags);
}

static inline void restore_saved_sigmask(void)
{
	if (test_and_clear_restore_sigmask())
		__set_current_blocked(&current->saved_sigmask);
}

static inline void restore_saved_sigmask_unless(bool interrupted)
{
	if (!interrupted)
		restore_saved_sigmask();
}

/* The mask a signal frame must bring back. */
static inline sigset_t *sigmask_to_save(void)
{
	return test_restore_sigmask() ? &current->saved_sigmask : &current->blocked;
}

/* Is @sp on the alternate stack? */
static inline int on_sig_stack(unsigned long sp)
{
	if (current->sas_ss_flags & SS_AUTODISARM)
		return 0;
	return sp > current->sas_ss_sp && sp - current->sas_ss_sp <= current->sas_ss_size;
}

static inline int sas_ss_flags(unsigned long sp)
{
	if (!current->sas_ss_size)
		return SS_DISABLE;
	return on_sig_stack(sp) ? SS_ONSTACK : 0;
}

static inline void sas_ss_reset(struct task_struct *task)
{
	task->sas_ss_sp = 0;
	task->sas_ss_size = 0;
	task->sas_ss_flags = SS_DISABLE;
}

/* Where the frame of @ksig goes: below @sp, or from the top of the alternate stack. */
static inline unsigned long sigsp(unsigned long sp, struct ksignal *ksig)
{
	if ((ksig->ka.sa.sa_flags & SA_ONSTACK) && !sas_ss_flags(sp))
		return current->sas_ss_sp + current->sas_ss_size;
	return sp;
}

static inline bool thread_group_leader(struct task_struct *task)
{
	return task->exit_signal >= 0;
}

static inline bool same_thread_group(struct task_struct *a, struct task_struct *b)
{
	return a->signal == b->signal;
}

/* [t] held */
static inline bool thread_group_empty(struct task_struct *task)
{
	return list_is_singular(&task->signal->thread_head);
}

static inline bool delay_group_leader(struct task_struct *task)
{
	return thread_group_leader(task) && !thread_group_empty(task);
}

static inline int get_nr_threads(struct task_struct *task)
{
	return task->signal->nr_threads;
}

static inline unsigned long task_rlimit(const struct task_struct *task, unsigned int limit)
{
	return READ_ONCE(task->signal->rlim[limit].rlim_cur);
}

static inline unsigned long rlimit(unsigned int limit)
{
	return task_rlimit(current, limit);
}

static inline unsigned long rlimit_max(unsigned int limit)
{
	return READ_ONCE(current->signal->rlim[limit].rlim_max);
}

/* CPU time of the process, with its dead threads.  In ns. */
extern void thread_group_cputime_adjusted(struct task_struct *task, u64 *utime, u64 *stime);
extern void task_cputime_adjusted(struct task_struct *task, u64 *utime, u64 *stime);

/* task->jobctl, under siglock: what a stop of the group asks of this thread. */
#define JOBCTL_STOP_DEQUEUED	(1UL << 16)	/* took a stop signal, and no SIGCONT came since */
#define JOBCTL_STOP_PENDING	(1UL << 17)	/* shall stop */
#define JOBCTL_STOP_CONSUME	(1UL << 18)	/* counts in group_stop_count */

#endif
