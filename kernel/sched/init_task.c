/*
 * Task 0: the one that the boot code becomes, and later the idle task; and the
 * objects that all others are copied from.
 *
 * It is the parent of init (1) and kthreadd (2) and never ends.
 */
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/cred.h>

#define RLIM_UNLIMITED	{ RLIM_INFINITY, RLIM_INFINITY }

struct signal_struct init_signals = {
	.sigcnt = REFCOUNT_INIT(1),
	.nr_threads = 1,
	.live = ATOMIC_INIT(1),
	.thread_head = LIST_HEAD_INIT(init_task.thread_node),
	.wait_chldexit = {
		.lock = __SPIN_LOCK_UNLOCKED(init_signals.wait_chldexit.lock),
		.head = LIST_HEAD_INIT(init_signals.wait_chldexit.head),
	},
	.shared_pending = { .list = LIST_HEAD_INIT(init_signals.shared_pending.list) },
	.pids = {
		[PIDTYPE_TGID] = &init_struct_pid,
		[PIDTYPE_PGID] = &init_struct_pid,
		[PIDTYPE_SID] = &init_struct_pid,
	},
	.rlim = {
		[RLIMIT_CPU] = RLIM_UNLIMITED,
		[RLIMIT_FSIZE] = RLIM_UNLIMITED,
		[RLIMIT_DATA] = RLIM_UNLIMITED,
		[RLIMIT_STACK] = { _STK_LIM, RLIM_INFINITY },
		[RLIMIT_CORE] = { 0, RLIM_INFINITY },
		[RLIMIT_RSS] = RLIM_UNLIMITED,
		[RLIMIT_NPROC] = { 2048, 2048 },
		[RLIMIT_NOFILE] = { 1024, 4096 },
		[RLIMIT_MEMLOCK] = { MLOCK_LIMIT, MLOCK_LIMIT },
		[RLIMIT_AS] = RLIM_UNLIMITED,
		[RLIMIT_LOCKS] = RLIM_UNLIMITED,
		[RLIMIT_SIGPENDING] = { 1024, 1024 },
		[RLIMIT_MSGQUEUE] = { 819200, 819200 },
		[RLIMIT_NICE] = { 0, 0 },
		[RLIMIT_RTPRIO] = { 0, 0 },
		[RLIMIT_RTTIME] = RLIM_UNLIMITED,
	},
};

struct sighand_struct init_sighand = {
	.siglock = __SPIN_LOCK_UNLOCKED(init_sighand.siglock),
	.count = REFCOUNT_INIT(1),
};

struct task_struct init_task = {
	.stack = init_stack,
	.usage = REFCOUNT_INIT(2),
	.flags = PF_KTHREAD,
	.prio = MAX_PRIO,			/* everybody is better */
	.static_prio = DEFAULT_PRIO,
	.run_list = LIST_HEAD_INIT(init_task.run_list),
	.tasks = LIST_HEAD_INIT(init_task.tasks),
	.active_mm = &init_mm,
	.real_parent = &init_task,
	.parent = &init_task,
	.children = LIST_HEAD_INIT(init_task.children),
	.sibling = LIST_HEAD_INIT(init_task.sibling),
	.group_leader = &init_task,
	.thread_node = LIST_HEAD_INIT(init_signals.thread_head),
	.thread_pid = &init_struct_pid,
	.cred = &init_cred,
	.comm = "swapper",
	.fs = &init_fs,
	.files = &init_files,
	.signal = &init_signals,
	.sighand = &init_sighand,
	.pending = { .list = LIST_HEAD_INIT(init_task.pending.list) },
};
EXPORT_SYMBOL(init_task);
