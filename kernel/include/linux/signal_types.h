/*
 * <linux/signal_types.h> - what a process keeps about its signals.
 */
#ifndef _LINUX_SIGNAL_TYPES_H
#define _LINUX_SIGNAL_TYPES_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait_types.h>
#include <uapi/linux/signal.h>
#include <uapi/linux/resource.h>

struct pid;
struct tty_struct;
struct task_struct;

typedef struct siginfo kernel_siginfo_t;

/* One queued signal with its tale. */
struct sigqueue {
	struct list_head list;			/* siglock */
	struct signal_struct *owner;		/* constant: counts it in nr_queued */
	kernel_siginfo_t info;
};

struct sigpending {
	struct list_head list;			/* siglock: struct sigqueue */
	sigset_t signal;			/* siglock: which are pending */
};

struct k_sigaction {
	struct sigaction sa;
};

/* The handlers; shared by a thread group, by CLONE_SIGHAND.  [s] siglock */
struct sighand_struct {
	spinlock_t siglock;			/* this is s */
	refcount_t count;
	struct k_sigaction action[_NSIG];	/* [s] */
};

/* A timer that runs with the CPU time of a process, in ns.  [s] siglock; value is also peeked at */
struct cpu_itimer {
	u64 value;				/* left; 0: off */
	u64 incr;				/* 0: once */
};

#define CPU_ITIMER_VIRTUAL	0		/* while it is in user mode */
#define CPU_ITIMER_PROF		1		/* … and in the kernel */

/* What the threads of a process share.  [s] sighand->siglock  [t] tasklist_lock */
struct signal_struct {
	refcount_t sigcnt;
	int nr_threads;				/* [s] that have not exited */
	atomic_t live;				/* threads before do_exit() */
	struct list_head thread_head;		/* [t] */
	wait_queue_head_t wait_chldexit;	/* wait4() sleeps here */
	struct sigpending shared_pending;	/* [s] for any thread of the group */
	int nr_queued;				/* [s] struct sigqueue of all its threads */

	int group_exit_code;			/* [s] */
	struct task_struct *group_exit_task;	/* [s, t] who waits to be the only thread (exec) */
	int notify_count;			/* [s, t] for how many; below 0: for the leader's end */
	unsigned int flags;			/* [s] SIGNAL_* */
	int group_stop_count;			/* [s] */
	struct core_state *core_state;		/* [s] a dump that waits for the threads, or NULL */

	struct timer_list real_timer;		/* ITIMER_REAL, alarm() */
	u64 it_real_incr;			/* [s] ns, 0: once */
	u64 it_real_expires;			/* [s] ns since boot, 0: off */

	struct cpu_itimer it[2];		/* [s] ITIMER_VIRTUAL, ITIMER_PROF */

	struct pid *pids[4];			/* [t] by PIDTYPE_*: group and session */
	struct tty_struct *tty;			/* [s] the controlling terminal */
	int leader;				/* [t] of a session */
	u64 utime, stime, cutime, cstime;	/* [s] ns of dead threads; of waited-for children */
	unsigned long min_flt, maj_flt, cmin_flt, cmaj_flt; /* [s] */
	unsigned long nvcsw, nivcsw;		/* [s] of dead threads */
	struct rlimit rlim[RLIM_NLIMITS];	/* leader's alloc_lock */
};

#define SIGNAL_STOP_STOPPED	0x01
#define SIGNAL_STOP_CONTINUED	0x02
#define SIGNAL_GROUP_EXIT	0x04
#define SIGNAL_CLD_STOPPED	0x10
#define SIGNAL_CLD_CONTINUED	0x20
#define SIGNAL_UNKILLABLE	0x40		/* init */

extern struct signal_struct init_signals;
extern struct sighand_struct init_sighand;

#endif
