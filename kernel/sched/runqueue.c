/*
 * Who runs next: rounds of time slices over 140 priorities.
 *
 * A round gives each runnable task one slice, longer for a lower nice.  Tasks
 * wait in the active array, one list a priority, and the first of the best list
 * runs.  Who has used its slice up gets the next one and moves to the expired
 * array; when the active one is empty the round is over and the two change
 * roles.  So nobody starves, and every step costs the same however many wait:
 * a find-first-bit and a list operation.
 *
 * Who sleeps before its slice ends comes back a few priorities better
 * (SLEEPER_BONUS), ahead of those who only compute: that keeps a terminal
 * lively.  It cannot take more than its slice of a round by that.  A slice is
 * counted in ns, so that sleeping just before each tick gains nothing, and what
 * a task overran is taken off its next one.
 *
 * Real-time tasks (priorities 0 … 99) always wait in the active array.
 *
 * Locks: rq->lock, held by every caller.
 */
#include "sched.h"

#define SLEEPER_BONUS	5			/* priorities */
#define SLICE_UNIT	(5 * NSEC_PER_MSEC)	/* a slice for each step of nice above 20 */
#define SLICE_MIN	(10 * NSEC_PER_MSEC)	/* one tick: finer is not measured */

/* nice -20: 200 ms, 0: 100 ms, 19: 10 ms */
int task_timeslice(const struct task_struct *task)
{
	int prio = task->policy == SCHED_IDLE ? MAX_PRIO - 1 : task->static_prio;
	int slice = (MAX_PRIO - prio) * (int)SLICE_UNIT;

	return max(slice, (int)SLICE_MIN);
}

static void array_add_tail(struct prio_array *array, struct task_struct *task)
{
	list_add_tail(&task->run_list, &array->queue[task->prio]);
	__set_bit(task->prio, array->bitmap);
}

void enqueue_task(struct rq *rq, struct task_struct *task)
{
	array_add_tail(rq->active, task);
}

/* For one that was interrupted in its turn and goes on with it. */
void enqueue_task_head(struct rq *rq, struct task_struct *task)
{
	list_add(&task->run_list, &rq->active->queue[task->prio]);
	__set_bit(task->prio, rq->active->bitmap);
}

void enqueue_task_expired(struct rq *rq, struct task_struct *task)
{
	array_add_tail(rq->expired, task);
}

/* Of a task that waits, in either array. */
void dequeue_task(struct rq *rq, struct task_struct *task)
{
	list_del(&task->run_list);
	if (list_empty(&rq->active->queue[task->prio]))
		__clear_bit(task->prio, rq->active->bitmap);
	if (list_empty(&rq->expired->queue[task->prio]))
		__clear_bit(task->prio, rq->expired->bitmap);
}

/* The lowest bit of five words; MAX_PRIO when there is none. */
static inline int best_prio(const struct prio_array *array)
{
	int word;

	for (word = 0; word < BITS_TO_LONGS(MAX_PRIO); word++)
		if (array->bitmap[word])
			return word * BITS_PER_LONG + (int)__ffs(array->bitmap[word]);
	return MAX_PRIO;
}

static void start_round(struct rq *rq)
{
	swap(rq->active, rq->expired);
	rq->round++;
}

/* The best waiting task, off its list; the idle task when nobody waits. */
struct task_struct *take_next_task(struct rq *rq)
{
	struct task_struct *next;
	int prio = best_prio(rq->active);

	if (unlikely(prio == MAX_PRIO)) {
		prio = best_prio(rq->expired);
		if (prio == MAX_PRIO)
			return rq->idle;
		start_round(rq);
	}
	next = list_first_entry(&rq->active->queue[prio], struct task_struct, run_list);
	list_del(&next->run_list);
	if (list_empty(&rq->active->queue[prio]))
		__clear_bit(prio, rq->active->bitmap);
	return next;
}

static void new_slice(struct rq *rq, struct task_struct *task)
{
	int slice = task_timeslice(task);

	/* A debt is paid, but never with the whole slice. */
	task->time_slice = max(min(task->time_slice, 0) + slice, (int)SLICE_MIN);
	task->round = rq->round;
}

/* A task that slept is runnable again. */
void place_woken_task(struct rq *rq, struct task_struct *task)
{
	if (task->prio < MAX_RT_PRIO) {
		enqueue_task(rq, task);
		return;
	}
	if (task->time_slice <= 0 && task->round == rq->round) {
		new_slice(rq, task);		/* slept with nothing left: next round */
		task->prio = task->static_prio;
		enqueue_task_expired(rq, task);
		return;
	}
	if (task->round != rq->round)
		new_slice(rq, task);
	task->prio = max(task->static_prio - SLEEPER_BONUS, MAX_RT_PRIO);
	enqueue_task(rq, task);
}

/* The task that ran stays runnable: to the end of its turn's list, or to the next round. */
void put_back_task(struct rq *rq, struct task_struct *task)
{
	bool used_up = task->time_slice <= 0;

	if (task->prio < MAX_RT_PRIO) {
		if (used_up && task->policy == SCHED_RR)
			new_slice(rq, task);
		else if (task->policy == SCHED_FIFO || !used_up) {
			enqueue_task_head(rq, task);
			return;
		}
		enqueue_task(rq, task);
		return;
	}
	if (!used_up) {
		if (DEBUG_BUILD && preempt_jitter_random() & 1)
			enqueue_task(rq, task);		/* preempt_jitter=: out of turn */
		else
			enqueue_task_head(rq, task);
		return;
	}
	new_slice(rq, task);
	task->prio = task->static_prio;
	enqueue_task_expired(rq, task);
}

/* The task that ran lets the others go first; it keeps what is left of its slice. */
void put_behind_task(struct rq *rq, struct task_struct *task)
{
	if (task->prio < MAX_RT_PRIO)
		enqueue_task(rq, task);
	else
		enqueue_task_expired(rq, task);
}

void init_rq(struct rq *rq, unsigned int cpu, struct task_struct *idle)
{
	int i, prio;

	spin_lock_init(&rq->lock);
	rq->cpu = cpu;
	rq->curr = rq->idle = idle;
	for (i = 0; i < 2; i++)
		for (prio = 0; prio < MAX_PRIO; prio++)
			INIT_LIST_HEAD(&rq->arrays[i].queue[prio]);
	rq->active = &rq->arrays[0];
	rq->expired = &rq->arrays[1];
}
