/*
 * oom_kill.c - when there is no page for a process and no cache gives one back.
 *
 * Whoever happens to fault is rarely the one that took the memory, so the
 * process with the most resident pages is killed, not the faulting one, which
 * simply faults again. One victim at a time: until it has gone (it may use
 * the last reserve to get there) the others wait.
 *
 * Context: process; may sleep. Locks: tasklist_lock for reading, then the
 * task's alloc_lock.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/thread_info.h>
#include "internal.h"

/* Resident pages of @task; 0 for who must not be chosen: init, kernel threads, the dead. */
static unsigned long oom_badness(struct task_struct *task)
{
	unsigned long pages = 0;

	if (task_tgid_nr(task) == 1 || task->flags & (PF_KTHREAD | PF_EXITING))
		return 0;
	task_lock(task);
	if (task->mm)
		pages = get_mm_rss(task->mm) + 1;
	task_unlock(task);
	return pages;
}

/*
 * The task to kill, referenced; NULL when there is none, or when the last victim
 * has not gone yet. *wait: somebody is on its way out and will leave memory.
 * Threads are looked at one by one: the leader may have ended before the others.
 */
static struct task_struct *choose_victim(bool *wait)
{
	struct task_struct *process, *task, *victim = NULL;
	unsigned long pages, most = 0;

	*wait = false;
	read_lock(&tasklist_lock);
	for_each_process(process) {
		for_each_thread(process, task) {
			if (task->exit_state)
				continue;
			*wait |= task->flags & PF_EXITING;
			if (test_tsk_thread_flag(task, TIF_MEMDIE)) {
				*wait = true;
				victim = NULL;
				goto out;
			}
			pages = oom_badness(task);
			/* Of equals the youngest: it is the one that is still at it. */
			if (pages && pages >= most) {
				most = pages;
				victim = task;
			}
		}
	}
	if (victim)
		get_task_struct(victim);
out:
	read_unlock(&tasklist_lock);
	return victim;
}

/* Kills one process: false if there was none to choose and none is on its way out. */
bool out_of_memory(void)
{
	bool wait;
	struct task_struct *victim = choose_victim(&wait);

	if (!victim)
		return wait;
	pr_err("out of memory: killed process %d (%s), %lu KiB resident\n", task_pid_nr(victim),
	       victim->comm, oom_badness(victim) << (PAGE_SHIFT - 10));
	set_tsk_thread_flag(victim, TIF_MEMDIE);
	send_sig(SIGKILL, victim, 1);
	put_task_struct(victim);
	return true;
}

/* A user-mode fault of current got VM_FAULT_OOM; on return it may be tried again. */
void pagefault_out_of_memory(void)
{
	if (fatal_signal_pending(current))
		return;
	if (!out_of_memory())
		panic("out of memory, and nobody left to kill");
	if (!fatal_signal_pending(current))
		schedule_timeout_killable(1);
}
