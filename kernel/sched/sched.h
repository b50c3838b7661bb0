/*
 * The run queue, for the files of kernel/sched only.
 */
#ifndef KERNEL_SCHED_H
#define KERNEL_SCHED_H

#include <linux/sched.h>
#include <linux/bitmap.h>
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <asm/thread_info.h>

#define NR_SCHED_CPUS	1

/* The waiting tasks of one round: a list a priority and a bit a list that has someone. */
struct prio_array {
	DECLARE_BITMAP(bitmap, MAX_PRIO);
	struct list_head queue[MAX_PRIO];
};

/*
 * One a CPU.  [l] lock, irq-safe; it is held over the switch: taken by the task
 * that leaves, dropped by the one that comes (finish_task_switch()).
 */
struct rq {
	spinlock_t lock;			/* this is l */
	unsigned int cpu;			/* constant */
	struct task_struct *curr;		/* [l] */
	struct task_struct *idle;		/* constant */
	struct prio_array *active, *expired;	/* [l] this round's and the next one's */
	struct prio_array arrays[2];		/* [l] */
	unsigned int round;			/* [l] counts the rounds */
	unsigned int nr_running;		/* [l] with the one that runs, without idle */
	int nr_uninterruptible;			/* [l] sleepers that count as load */
	unsigned long long nr_switches;		/* [l] */
	struct mm_struct *prev_mm;		/* [l] borrowed by a kernel thread, to be dropped */
};

extern struct rq runqueues[NR_SCHED_CPUS];

static inline struct rq *cpu_rq(unsigned int cpu)
{
	return &runqueues[cpu];
}

static inline struct rq *this_rq(void)
{
	return cpu_rq(smp_processor_id());
}

static inline bool rt_prio(int prio)
{
	return prio < MAX_RT_PRIO;
}

static inline bool task_has_rt_policy(const struct task_struct *task)
{
	return task->policy == SCHED_FIFO || task->policy == SCHED_RR;
}

/* runqueue.c; all with rq->lock held */
extern int task_timeslice(const struct task_struct *task);
extern void enqueue_task(struct rq *rq, struct task_struct *task);
extern void enqueue_task_head(struct rq *rq, struct task_struct *task);
extern void enqueue_task_expired(struct rq *rq, struct task_struct *task);
extern void dequeue_task(struct rq *rq, struct task_struct *task);
extern struct task_struct *take_next_task(struct rq *rq);
extern void place_woken_task(struct rq *rq, struct task_struct *task);
extern void put_back_task(struct rq *rq, struct task_struct *task);
extern void put_behind_task(struct rq *rq, struct task_struct *task);
extern void init_rq(struct rq *rq, unsigned int cpu, struct task_struct *idle);

/* core.c */
extern struct rq *task_rq_lock(struct task_struct *task, unsigned long *flags)
	__acquires(&task->wake_lock) __acquires(&rq->lock);
extern void task_rq_unlock(struct rq *rq, struct task_struct *task, unsigned long flags)
	__releases(&rq->lock) __releases(&task->wake_lock);
extern void update_curr(struct rq *rq);
extern void resched_curr(struct rq *rq);

/* watchdog.c: DEBUG=1 only */
extern unsigned long watchdog_touched[NR_SCHED_CPUS];
extern void watchdog_tick(struct rq *rq);

/* This CPU lets others run. */
static inline void watchdog_touch(void)
{
	if (DEBUG_BUILD)
		watchdog_touched[smp_processor_id()] = jiffies;
}

/* loadavg.c: each tick of the boot CPU */
extern void calc_global_load(void);

#endif
