/*
 * Crimes of <linux/lkdtm.h> that need locks, timers or threads: what a bug
 * leaves behind depends on where it happens.
 */
#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/lkdtm.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/report.h>
#include <linux/sched/task.h>
#include <linux/timer.h>

static void bug_atomic(void)
{
	preempt_disable();
	BUG();
}
lkdtm_type(BUG_ATOMIC, bug_atomic);

static DEFINE_MUTEX(lost_mutex);

/* The second time it finds the mutex as the first left it. */
static void bug_mutex(void)
{
	if (WARN(!mutex_trylock(&lost_mutex), "the dead keep their locks\n"))
		return;
	BUG();
}
lkdtm_type(BUG_MUTEX, bug_mutex);

static void bug_timer_fn(struct timer_list *unused)
{
	BUG();
}

static DEFINE_TIMER(bug_timer, bug_timer_fn);

static void bug_interrupt(void)
{
	mod_timer(&bug_timer, jiffies + 1);
	while (timer_pending(&bug_timer))
		cpu_relax();
}
lkdtm_type(BUG_INTERRUPT, bug_interrupt);

static int bug_thread(void *unused)
{
	BUG();
	return 0;
}

/* Stopped as if it lived: kthread_stop() must find that it does not. */
static void bug_kthread(void)
{
	struct task_struct *thread = kthread_create(bug_thread, NULL, "victim");

	if (IS_ERR(thread))
		return;
	get_task_struct(thread);
	wake_up_process(thread);
	schedule_timeout_uninterruptible(2);
	pr_info("the thread's result is %d\n", kthread_stop(thread));
	put_task_struct(thread);
}
lkdtm_type(BUG_KTHREAD, bug_kthread);

/* Faults on its way out, in complete_vfork_done(). */
static void bug_exit(void)
{
	current->vfork_done = (struct completion *)sizeof(struct completion);
	do_exit(0);
}
lkdtm_type(BUG_EXIT, bug_exit);

#if DEBUG_BUILD
static noinline int use_stack(unsigned long leave)
{
	volatile char frame[128];

	frame[0] = 1;
	if ((unsigned long)frame - (unsigned long)current->stack < leave)
		return frame[0];
	return use_stack(leave) + frame[0];
}

/* Almost too deep. */
static void deep_stack(void)
{
	use_stack(1500);
}
lkdtm_type(DEEP_STACK, deep_stack);
#endif

static void faulting_hook(void)
{
	volatile int *nowhere = NULL;

	OPTIMIZER_HIDE_VAR(nowhere);
	*nowhere = 0;
}

/* A report that faults while it is made. */
static void report_fault(void)
{
	report_held_locks = faulting_hook;
	WARN(1, "a report that will not come to its end\n");
}
lkdtm_type(REPORT_FAULT, report_fault);
