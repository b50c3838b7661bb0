/*
 * <linux/sched.h> - struct task_struct: one thread of control, user or kernel.
 *
 * A process is a group of tasks that share mm, files, fs, sighand and signal;
 * its leader's pid is the group's tgid.
 *
 * Life: copy_process() makes a task NEW; wake_up_new_task() lets it run; it
 * sleeps by setting a state, testing its condition and calling schedule(), and
 * is made RUNNING by try_to_wake_up(); do_exit() makes it a zombie (EXIT_ZOMBIE)
 * until its parent waits, then its last reference frees it.
 */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/refcount.h>
#include <linux/bitops.h>
#include <linux/spinlock.h>
#include <linux/rwlock.h>
#include <linux/wait_types.h>
#include <linux/signal_types.h>
#include <linux/pid.h>
#include <linux/cred.h>
#include <linux/time64.h>
#include <uapi/linux/sched.h>
#include <asm/processor.h>
#include <asm/thread_info.h>

/* What restart_syscall(2) goes on with after a stop: only calls with a relative time-out need it. */
struct restart_block {
	long (*fn)(struct restart_block *block);
	u64 expires;			/* ns since boot */
	clockid_t clockid;
	void __user *rmtp;		/* where the rest of the time is told */
	unsigned int rmtp_kind;		/* 0: old timespec, 1: 64-bit */
	void __user *ufds;		/* poll() */
	int nfds, has_timeout;
	u32 __user *uaddr;		/* futex() */
	u32 val, flags;
};

struct block_device;
struct completion;
struct files_struct;
struct fs_struct;
struct mm_struct;
struct pt_regs;
struct robust_list_head;

/* task->state */
#define TASK_RUNNING		0x0000		/* runs, or waits for a CPU */
#define TASK_INTERRUPTIBLE	0x0001		/* sleeps; a signal wakes it */
#define TASK_UNINTERRUPTIBLE	0x0002		/* sleeps; only its event wakes it */
#define __TASK_STOPPED		0x0004
#define __TASK_TRACED		0x0008
#define TASK_DEAD		0x0080		/* will never run again */
#define TASK_WAKEKILL		0x0100		/* … a fatal signal wakes it too */
#define TASK_NEW		0x0800		/* not yet let run */
#define TASK_KILLABLE		(TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_STOPPED		(TASK_WAKEKILL | __TASK_STOPPED)
#define TASK_NOLOAD		0x0400
#define TASK_IDLE		(TASK_UNINTERRUPTIBLE | TASK_NOLOAD) /* not counted as load */
#define TASK_NORMAL		(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)

/* task->exit_state */
#define EXIT_ZOMBIE		0x0010
#define EXIT_DEAD		0x0020

#define TASK_COMM_LEN		16
#define MAX_SCHEDULE_TIMEOUT	LONG_MAX

/* task->flags: written by the task itself only */
#define PF_IDLE			0x00000002
#define PF_EXITING		0x00000004
#define PF_POSTCOREDUMP		0x00000008	/* a core dump does not wait for it any more */
#define PF_FORKNOEXEC		0x00000040
#define PF_SIGNALED		0x00000400
#define PF_MEMALLOC		0x00000800	/* may use the last free pages */
#define PF_USED_MATH		0x00002000
#define PF_KTHREAD		0x00200000
#define PF_WQ_WORKER		0x00000020

/* nice -20 … 19 is static priority 100 … 139 */
#define MAX_NICE		19
#define MIN_NICE		(-20)
#define NICE_WIDTH		40
#define DEFAULT_PRIO		120
#define MAX_RT_PRIO		100
#define MAX_USER_RT_PRIO	MAX_RT_PRIO
#define MAX_PRIO		140
#define NICE_TO_PRIO(nice)	((nice) + DEFAULT_PRIO)
#define PRIO_TO_NICE(prio)	((prio) - DEFAULT_PRIO)

/*
 * Who may touch what:
 *  [w] wake_lock      [q] run queue's lock     [t] tasklist_lock
 *  [s] sighand->siglock   [a] alloc_lock (task_lock())   [o] the task itself only
 *  [r] atomic         [c] constant after copy_process()
 * Lock order: tasklist_lock, siglock, wake_lock, run queue.
 */
struct task_struct {
	volatile long state;			/* [o] to sleep, [w] to wake */
	void *stack;				/* [c] lowest address */
	refcount_t usage;			/* [r] */
	unsigned int flags;			/* [o] PF_* */

	/* scheduling: kernel/sched/core.c */
	spinlock_t wake_lock;			/* this is w: serialises wake-ups */
	int on_rq;				/* [q] runs or waits for a CPU */
	int on_cpu;				/* [q] its stack is in use */
	unsigned int cpu;			/* [w] and [q] */
	int prio, static_prio;			/* [q] 0 … 99 real-time, 100 … 139 by nice */
	int time_slice;				/* [q] ns left in this round; below 0: owed */
	unsigned int round;			/* [q] in which it got that slice */
	unsigned int policy;			/* [q] SCHED_* */
	unsigned int rt_priority;		/* [q] 1 … 99, 0: none */
	struct list_head run_list;		/* [q] while it waits for a CPU */
	u64 sum_exec_runtime;			/* [q] ns */
	u64 exec_start;				/* [q] ns */
	unsigned long nvcsw, nivcsw;		/* [q] switches by choice, by force */

	struct list_head tasks;			/* [t] all group leaders */
	struct mm_struct *mm;			/* [a] NULL: a kernel thread */
	struct mm_struct *active_mm;		/* [q] whose page tables are loaded */

	/* ending */
	int exit_state;				/* [t] */
	int exit_code, exit_signal;		/* [t] */
	int pdeath_signal;			/* [o] */

	pid_t pid, tgid;			/* [c] */
	struct task_struct *real_parent;	/* [t] */
	struct task_struct *parent;		/* [t] who gets SIGCHLD and waits */
	struct list_head children, sibling;	/* [t] */
	struct task_struct *group_leader;	/* [t] */
	struct list_head thread_node;		/* [t] on signal->thread_head */
	struct pid *thread_pid;			/* [t] */
	struct hlist_node pid_links[PIDTYPE_MAX]; /* [t] */

	struct completion *vfork_done;		/* [a] */
	int __user *set_child_tid, *clear_child_tid; /* [o] */

	u64 utime, stime;			/* [o] ns */
	u64 start_time;				/* [c] ns since boot */
	unsigned long min_flt, maj_flt;		/* [o] */

	const struct cred *cred;		/* [o] to change; others: get_task_cred() */
	char comm[TASK_COMM_LEN];		/* [a] */
	struct fs_struct *fs;			/* [a] */
	struct files_struct *files;		/* [a] */

	/* signals */
	struct signal_struct *signal;		/* [s] shared by the group */
	struct sighand_struct *sighand;		/* [s] shared by the group */
	sigset_t blocked, real_blocked;		/* [s] */
	sigset_t saved_sigmask;			/* [o] with TIF_RESTORE_SIGMASK */
	struct sigpending pending;		/* [s] for this thread alone */
	unsigned long sas_ss_sp;		/* [o] */
	size_t sas_ss_size;			/* [o] */
	unsigned int sas_ss_flags;		/* [o] */
	struct restart_block restart_block;	/* [o] */
	unsigned long jobctl;			/* [s] */

	spinlock_t alloc_lock;			/* this is a */
	struct lockdep_task lockdep;		/* [o] DEBUG=1: the locks it holds */

	struct robust_list_head __user *robust_list; /* [o] */
	wait_queue_head_t *waiting_on;		/* [o] where it sleeps, for ps and reports */
	const char *wait_reason;		/* [o] function it sleeps in (wchan) */
	unsigned long personality;		/* [o] */
	void *worker_private;			/* [c] kthread or workqueue worker */

	struct thread_struct thread;		/* [o] registers while it does not run */
};

#include <asm/current.h>

extern struct task_struct init_task;
extern unsigned char init_stack[];		/* boot/head.asm */
extern rwlock_t tasklist_lock;

extern void schedule(void);
extern void preempt_schedule(void);		/* … whatever state says: the task stays runnable */
extern __noreturn void cpu_idle(void);
extern long schedule_timeout(long timeout);
extern long schedule_timeout_interruptible(long timeout);
extern long schedule_timeout_killable(long timeout);
extern long schedule_timeout_uninterruptible(long timeout);
extern long schedule_timeout_idle(long timeout);
extern void io_schedule(void);
extern int try_to_wake_up(struct task_struct *task, unsigned int state, int wake_flags);
extern int wake_up_process(struct task_struct *task);
extern int wake_up_state(struct task_struct *task, unsigned int state);
extern void wake_up_new_task(struct task_struct *task);
extern void scheduler_tick(void);
extern void set_user_nice(struct task_struct *task, long nice);
extern int task_prio(const struct task_struct *task);
extern void yield(void);
extern bool task_running(const struct task_struct *task);
extern int idle_cpu(int cpu);
extern void sched_fork(struct task_struct *task);
extern void set_task_comm(struct task_struct *task, const char *name);
extern char *get_task_comm(char *buf, struct task_struct *task);
extern __noreturn void do_exit(long code);
struct completion;
extern __noreturn void complete_and_exit(struct completion *done, long code);
extern __noreturn void make_task_dead(int signr);
extern void show_stack(struct task_struct *task, unsigned long *sp);

/* The state is stored before the condition is read: the waker does it the other way round. */
#define set_current_state(value)	smp_store_mb(current->state, (value))
#define __set_current_state(value)	WRITE_ONCE(current->state, (value))

static inline int task_nice(const struct task_struct *task)
{
	return PRIO_TO_NICE(task->static_prio);
}

static inline pid_t task_pid_nr(const struct task_struct *task)
{
	return task->pid;
}

static inline pid_t task_tgid_nr(const struct task_struct *task)
{
	return task->tgid;
}

static inline bool need_resched(void)
{
	return unlikely(test_bit(TIF_NEED_RESCHED, &current_thread_info()->flags));
}

/* A long loop in the kernel lets others run here. */
static inline int cond_resched(void)
{
	if (!need_resched())
		return 0;
	preempt_schedule();
	return 1;
}

/* A pending signal and the bit on the stack that says so: see kernel/sched/signal.c. */
static inline int signal_pending(const struct task_struct *task)
{
	return unlikely(test_bit(TIF_SIGPENDING, &task_thread_info(task)->flags));
}

extern int __fatal_signal_pending(struct task_struct *task);

static inline int fatal_signal_pending(struct task_struct *task)
{
	return signal_pending(task) && __fatal_signal_pending(task);
}

static inline int signal_pending_state(long state, struct task_struct *task)
{
	if (!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)) || !signal_pending(task))
		return 0;
	return (state & TASK_INTERRUPTIBLE) || __fatal_signal_pending(task);
}

#define task_lock(task)		spin_lock(&(task)->alloc_lock)
#define task_unlock(task)	spin_unlock(&(task)->alloc_lock)

static inline struct task_struct *get_task_struct(struct task_struct *task)
{
	refcount_inc(&task->usage);
	return task;
}

extern void __put_task_struct(struct task_struct *task);

static inline void put_task_struct(struct task_struct *task)
{
	if (refcount_dec_and_test(&task->usage))
		__put_task_struct(task);
}

/* [t] held for reading */
#define for_each_process(p) \
	list_for_each_entry(p, &init_task.tasks, tasks)
/* Leave with goto, not break: it is two loops. Linux's older name is do_each_thread. */
#define for_each_process_thread(p, t)	for_each_process(p) for_each_thread(p, t)
#define do_each_thread(p, t)		for_each_process(p) for_each_thread(p, t)
#define while_each_thread(p, t)
#define for_each_thread(p, t) \
	list_for_each_entry(t, &(p)->signal->thread_head, thread_node)

/* ns since boot, cheap and not corrected: for differences on one CPU.  Context: any. */
extern u64 sched_clock(void);
#define local_clock()	sched_clock()

#endif
