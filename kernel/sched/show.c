/*
 * Tasks in the log, for SysRq and the hung-task check.
 *
 * A stack is read while its task may begin to run again: a torn one ends early.
 * Context: any. Lock: tasklist_lock for reading, taken here.
 */
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include "sched.h"

#define SHOWN_DEPTH	16

static const char scheduler_files[] = "kernel/sched/";

unsigned long get_wchan(struct task_struct *task)
{
	unsigned long entries[SHOWN_DEPTH];
	const char *file;
	unsigned int n, line;

	if (task->on_cpu || task->on_rq)
		return 0;
	n = stack_trace_save_tsk(task, entries, SHOWN_DEPTH, 0);
	for (unsigned int i = 1; i < n; i++)		/* 0 is the switch itself */
		if (kallsyms_line(entries[i] - 1, &file, &line) ||
		    strncmp(file, scheduler_files, sizeof(scheduler_files) - 1))
			return entries[i];
	return 0;
}

static char state_letter(const struct task_struct *task)
{
	long state = READ_ONCE(task->state);

	if (task->exit_state)
		return task->exit_state & EXIT_DEAD ? 'X' : 'Z';
	if (state & TASK_UNINTERRUPTIBLE)
		return state & TASK_NOLOAD ? 'I' : 'D';
	if (state & (__TASK_STOPPED | __TASK_TRACED))
		return state & __TASK_STOPPED ? 'T' : 't';
	return state & TASK_INTERRUPTIBLE ? 'S' : 'R';
}

void sched_show_task(struct task_struct *task)
{
	unsigned long entries[SHOWN_DEPTH];

	pr_info("task:%-15s state:%c pid:%5d ppid:%6d flags:0x%08x\n", task->comm,
		state_letter(task), task->pid, task->real_parent->pid, task->flags);
	if (task->exit_state || (task->on_cpu && task != current))
		return;				/* no stack, or one that moves */
	pr_info("Call Trace:\n");
	stack_trace_print(KERN_INFO, entries, stack_trace_save_tsk(task, entries, SHOWN_DEPTH, 0));
}

/* As in Linux: who asks for those that block does not mean those that idle. */
static bool wanted(const struct task_struct *task, unsigned long state_filter)
{
	return !state_filter || (task->state & state_filter && !(task->state & TASK_NOLOAD));
}

void show_state_filter(unsigned long state_filter)
{
	struct task_struct *process, *task;

	read_lock(&tasklist_lock);
	for_each_process(process)
		for_each_thread(process, task)
			if (wanted(task, state_filter))
				sched_show_task(task);
	read_unlock(&tasklist_lock);
}
