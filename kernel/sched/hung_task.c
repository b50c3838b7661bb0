/*
 * The hung-task check (DEBUG=1): a task that waits for its event alone, deaf
 * to signals, does so for moments. One that has waited hung_task_timeout_secs=
 * (30 s) waits for what will never come: a lost wake-up or a deadlock.
 *
 * khungtaskd looks once a second. A task is told when its wait passes the
 * limit between two looks, so each wait is told once.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/sysctl.h>
#include <linux/stacktrace.h>
#include "sched.h"

#define SHOWN_DEPTH	16

int sysctl_hung_task_timeout_secs = 30;
/* The seconds of uninterruptible sleep after which a task is named; 0: never. */
core_param(hung_task_timeout_secs, sysctl_hung_task_timeout_secs, int, 0644);

static void report_hung(struct task_struct *task, int timeout)
{
	unsigned long entries[SHOWN_DEPTH], where = get_wchan(task);
	unsigned int n = stack_trace_save_tsk(task, entries, SHOWN_DEPTH, 0);

	report_begin(where ?: entries[0], "hung task: %s:%d blocked for more than %d seconds",
		     task->comm, task->pid, timeout);
	report_line("task: PID %d (%s) of parent %d, waits in %ps", task->pid, task->comm,
		    task->real_parent->pid, (void *)where);
	report_line("It sleeps here:");
	stack_trace_print(KERN_EMERG, entries, n);
	if (report_all_locks)
		report_all_locks();
	report_end();
}

/* Whether the wait of @task became longer than the limit after @last_look. */
static bool passed_limit(struct task_struct *task, u64 limit, u64 last_look, u64 now)
{
	/* exec_start stands still from the switch away to the switch back. */
	u64 due = task->exec_start + limit;

	return task->state == TASK_UNINTERRUPTIBLE && !task->on_rq && due > last_look && due <= now;
}

static void look(u64 last_look, u64 now)
{
	int timeout = READ_ONCE(sysctl_hung_task_timeout_secs);
	struct task_struct *process, *task;

	if (!timeout)
		return;
	read_lock(&tasklist_lock);
	for_each_process(process)
		for_each_thread(process, task)
			if (passed_limit(task, (u64)timeout * NSEC_PER_SEC, last_look, now))
				report_hung(task, timeout);
	read_unlock(&tasklist_lock);
}

static __noreturn int khungtaskd(void *unused)
{
	u64 last_look = 0;

	for (;;) {
		u64 now = sched_clock();

		look(last_look, now);
		last_look = now;
		schedule_timeout_idle(HZ);
	}
}

static int __init hung_task_init(void)
{
	kthread_run(khungtaskd, NULL, "khungtaskd");
	return 0;
}
late_initcall(hung_task_init);
