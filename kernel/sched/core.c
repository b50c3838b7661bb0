/*
 * The switch from task to task, and waking.
 *
 *   schedule()            the current task gives the CPU away: it sleeps (its state
 *                         says so), or stays runnable and lets others go first
 *   try_to_wake_up()      makes a sleeper runnable
 *   scheduler_tick()      charges the running task, asks for a switch when its turn is over
 *
 * A switch is asked for with TIF_NEED_RESCHED and done on the way back to user
 * mode, in cond_resched(), or by the idle loop; kernel code is not preempted.
 *
 * Locks, in this order: task->wake_lock, rq->lock; both irq-safe.
 *
 * Why a waker can never run a task that is still on its way to sleep:
 *
 *      sleeper, on CPU 0                       waker, on CPU 1
 *      state = TASK_INTERRUPTIBLE
 *      schedule(): lock rq 0
 *              state says sleep: on_rq = 0
 *              switch of stacks                try_to_wake_up(): lock rq 0 … waits
 *      next task: on_cpu = 0, unlock rq 0
 *                                              on_rq == 0, on_cpu == 0: enqueue
 *
 * The waker takes the lock of the queue on which the task was last.  The lock
 * is held across the switch, so whoever has it finds the task either still
 * runnable (then setting its state back is all there is to do) or with its
 * stack parked.
 */
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/init.h>
#include <linux/sched/task.h>
#include <linux/sched/loadavg.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kprobes.h>
#include <linux/printk.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/report.h>
#include <linux/uaccess.h>
#include <linux/wait_bit.h>
#include <asm/tlbflush.h>
#include <asm/processor.h>
#include "sched.h"

struct rq runqueues[NR_SCHED_CPUS];

/* Hold the run queue that @task belongs to; it does not move meanwhile. */
struct rq *task_rq_lock(struct task_struct *task, unsigned long *flags)
	__acquires(&task->wake_lock) __acquires(&rq->lock)
{
	struct rq *rq;

	spin_lock_irqsave(&task->wake_lock, *flags);
	rq = cpu_rq(task->cpu);
	spin_lock(&rq->lock);
	return rq;
}

void task_rq_unlock(struct rq *rq, struct task_struct *task, unsigned long flags)
	__releases(&rq->lock) __releases(&task->wake_lock)
{
	spin_unlock(&rq->lock);
	spin_unlock_irqrestore(&task->wake_lock, flags);
}

/* Charge the running task for the time since it was charged last.  [q] held. */
void update_curr(struct rq *rq)
{
	struct task_struct *curr = rq->curr;
	u64 now = sched_clock();
	s64 delta = now - curr->exec_start;

	curr->exec_start = now;
	if (unlikely(delta < 0))
		return;				/* the clock was corrected */
	curr->sum_exec_runtime += delta;
	/* Neither a pause of the whole machine nor a long run without rivals counts in full. */
	curr->time_slice -= (int)min_t(s64, delta, NSEC_PER_SEC);
	if (unlikely(curr->time_slice < -(int)NSEC_PER_SEC))
		curr->time_slice = -(int)NSEC_PER_SEC;
}

void resched_curr(struct rq *rq)
{
	lockdep_assert_held(&rq->lock);
	set_bit(TIF_NEED_RESCHED, &task_thread_info(rq->curr)->flags);
}

/* ------------------------------------------------------------------ waking */

/*
 * try_to_wake_up - make @task runnable if its state is one of @state
 * Returns 1 if it slept and now does not, 0 if there was nothing to do.
 * Orders: what the caller stored before is visible to the task that wakes.
 * Context: any.
 */
int try_to_wake_up(struct task_struct *task, unsigned int state, int wake_flags)
{
	unsigned long flags;
	struct rq *rq;
	int woken = 0;

	smp_mb();	/* the condition is stored before the state is read */
	spin_lock_irqsave(&task->wake_lock, flags);
	if (!(task->state & state))
		goto out;
	rq = cpu_rq(task->cpu);
	spin_lock(&rq->lock);
	woken = 1;
	if (!task->on_rq) {
		if ((task->state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) == TASK_UNINTERRUPTIBLE)
			rq->nr_uninterruptible--;
		task->on_rq = 1;
		rq->nr_running++;
		place_woken_task(rq, task);
		if (task->prio < rq->curr->prio)
			resched_curr(rq);
	}
	task->state = TASK_RUNNING;
	spin_unlock(&rq->lock);
out:
	spin_unlock_irqrestore(&task->wake_lock, flags);
	return woken;
}

int wake_up_process(struct task_struct *task)
{
	return try_to_wake_up(task, TASK_NORMAL, 0);
}
EXPORT_SYMBOL(wake_up_process);

int wake_up_state(struct task_struct *task, unsigned int state)
{
	return try_to_wake_up(task, state, 0);
}

/*
 * sched_fork - the scheduler's part of a new task
 * Half of what is left of the parent's slice goes to the child, so that nobody
 * gets more of the CPU by forking.
 */
void sched_fork(struct task_struct *task)
{
	struct task_struct *parent = current;
	unsigned long flags;
	struct rq *rq;

	task->state = TASK_NEW;
	task->on_rq = task->on_cpu = 0;
	spin_lock_init(&task->wake_lock);
	INIT_LIST_HEAD(&task->run_list);
	task->sum_exec_runtime = 0;
	task->nvcsw = task->nivcsw = 0;
	task->prio = task_has_rt_policy(task) ? MAX_RT_PRIO - 1 - (int)task->rt_priority
					      : task->static_prio;
	rq = task_rq_lock(parent, &flags);
	task->cpu = parent->cpu;
	task->round = rq->round;
	task->time_slice = max(parent->time_slice, 0) / 2;
	parent->time_slice -= task->time_slice;
	task_rq_unlock(rq, parent, flags);
}

/* Let a task that copy_process() made run for the first time. */
void wake_up_new_task(struct task_struct *task)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(task, &flags);

	task->state = TASK_RUNNING;
	task->on_rq = 1;
	rq->nr_running++;
	if (task->time_slice > 0 || rt_prio(task->prio)) {
		enqueue_task(rq, task);
	} else {
		task->time_slice = task_timeslice(task);
		enqueue_task_expired(rq, task);
	}
	if (task->prio < rq->curr->prio)
		resched_curr(rq);
	task_rq_unlock(rq, task, flags);
}

/* ------------------------------------------------------------------ switching */

/*
 * On the stack of the task that comes: what the one that left could not do
 * while it still stood on its own.
 */
static void finish_task_switch(struct rq *rq, struct task_struct *prev) __releases(&rq->lock)
{
	struct mm_struct *mm = rq->prev_mm;
	bool dead = prev->state == TASK_DEAD;

	rq->prev_mm = NULL;
	WRITE_ONCE(prev->on_cpu, 0);
	lock_acquire(&rq->lock.dep_map, 0, LOCK_TRY, _RET_IP_);	/* it came with the CPU */
	spin_unlock_irq(&rq->lock);
	if (mm)
		mmdrop(mm);
	if (unlikely(dead)) {
		kprobe_flush_task(prev);
		put_task_struct(prev);		/* the reference of having run */
	}
}

/* First C code of a new task, called by ret_from_fork with the task that was left. */
void schedule_tail(struct task_struct *prev) __releases(&this_rq()->lock)
{
	finish_task_switch(this_rq(), prev);
	if (current->set_child_tid)
		put_user(current->pid, current->set_child_tid);
}

/*
 * Load the other address space and stack.  A kernel thread has no user memory:
 * it runs in whatever is loaded and holds a reference to it.
 */
static void context_switch(struct rq *rq, struct task_struct *prev, struct task_struct *next)
	__releases(&rq->lock)
{
	struct mm_struct *oldmm = prev->active_mm;

	if (!next->mm) {
		next->active_mm = oldmm;
		mmgrab(oldmm);
	} else {
		switch_mm(oldmm, next->mm, next);
	}
	if (!prev->mm) {
		prev->active_mm = NULL;
		rq->prev_mm = oldmm;
	}
	lock_release(&rq->lock.dep_map, _RET_IP_);
	switch_to(prev, next, prev);
	finish_task_switch(this_rq(), prev);
}

static __cold void __schedule_bug(struct task_struct *prev)
{
#if DEBUG_BUILD
	bool irqs_off = irqs_disabled();

	if (report_running())
		return;
	report_begin(_RET_IP_, "context: scheduling while atomic");
	report_atomic(irqs_off);
	report_stack_here("Call trace:");
	report_end();
#else
	pr_err("BUG: scheduling while atomic: %s/%d, preempt_count %08x\n",
	       prev->comm, prev->pid, preempt_count());
	dump_stack();
#endif
}

enum switch_reason {
	SWITCH_NORMAL,		/* sleeps if its state says so */
	SWITCH_PREEMPT,		/* stays runnable whatever its state says */
	SWITCH_YIELD,		/* stays runnable, behind the others */
};

static void __schedule(enum switch_reason reason)
{
	struct task_struct *prev = current, *next;
	struct rq *rq;

	if (unlikely(in_atomic()))
		__schedule_bug(prev);
	local_irq_disable();
	rq = this_rq();
	spin_lock(&rq->lock);
	clear_bit(TIF_NEED_RESCHED, &current_thread_info()->flags);
	update_curr(rq);
	watchdog_touch();

	if (prev->state != TASK_RUNNING && reason != SWITCH_PREEMPT) {
		if (unlikely(signal_pending_state(prev->state, prev))) {
			prev->state = TASK_RUNNING;
		} else {
			if ((prev->state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) ==
			    TASK_UNINTERRUPTIBLE)
				rq->nr_uninterruptible++;
			prev->on_rq = 0;
			rq->nr_running--;
		}
	}
	if (prev->on_rq && prev != rq->idle) {
		if (reason == SWITCH_YIELD)
			put_behind_task(rq, prev);
		else
			put_back_task(rq, prev);
	}

	next = take_next_task(rq);
	if (next == prev) {
		spin_unlock_irq(&rq->lock);
		return;
	}
	if (prev->on_rq)
		prev->nivcsw++;
	else
		prev->nvcsw++;
	rq->nr_switches++;
	rq->curr = next;
	next->on_cpu = 1;
	next->exec_start = prev->exec_start;	/* update_curr() just read the clock */
	context_switch(rq, prev, next);
}

/* Context: process, nothing locked.  With a state other than TASK_RUNNING: sleeps. */
void schedule(void)
{
	__schedule(SWITCH_NORMAL);
}
EXPORT_SYMBOL(schedule);

void preempt_schedule(void)
{
	__schedule(SWITCH_PREEMPT);
}
EXPORT_SYMBOL(preempt_schedule);

/*
 * yield - let everybody else go first
 * An ordinary task gives up the rest of this round; a real-time one goes to the
 * end of its priority's list.
 */
void yield(void)
{
	__set_current_state(TASK_RUNNING);
	__schedule(SWITCH_YIELD);
}
EXPORT_SYMBOL(yield);

/*
 * scheduler_tick - the timer interrupt's share
 * Context: hardware interrupt, interrupts off, on each CPU.
 */
void scheduler_tick(void)
{
	struct rq *rq = this_rq();
	struct task_struct *curr;

	spin_lock(&rq->lock);
	curr = rq->curr;
	update_curr(rq);
	if (DEBUG_BUILD && preempt_jitter_random() & 1)
		resched_curr(rq);		/* before its slice is used up: see put_back_task() */
	if (curr != rq->idle && curr->time_slice <= 0 && curr->policy != SCHED_FIFO)
		resched_curr(rq);
	spin_unlock(&rq->lock);
	if (DEBUG_BUILD)
		watchdog_tick(rq);
	if (rq->cpu == 0)
		calc_global_load();
}

/* The loop of a CPU that has nothing to do.  Context: its idle task; never returns. */
void cpu_idle(void)
{
	for (;;) {
		while (!need_resched()) {
			local_irq_disable();
			/* An interrupt that wakes somebody comes before this test or ends the halt. */
			if (need_resched())
				local_irq_enable();
			else
				safe_halt();
		}
		schedule();
	}
}

bool task_running(const struct task_struct *task)
{
	return READ_ONCE(task->on_cpu);
}

int idle_cpu(int cpu)
{
	return cpu_rq(cpu)->curr == cpu_rq(cpu)->idle;
}

void __init sched_init(void)
{
	init_rq(cpu_rq(0), 0, &init_task);
	init_task.on_rq = init_task.on_cpu = 1;
	init_task.exec_start = sched_clock();
	mmgrab(&init_mm);	/* the idle task's, beside the one that keeps it for ever */
	wait_bit_init();
}
