/*
 * <linux/workqueue.h> - have a function called soon, in process context.
 *
 * A work item is queued from any context and run by a kernel thread, which may
 * sleep.  It is at most once on a queue; queued again while it runs, it runs
 * again after.  It never runs twice at the same time.
 *
 * Each workqueue has threads of its own: one if ordered (alloc_ordered_workqueue,
 * max_active 1), up to max_active otherwise.  system_wq serves everybody.
 * Not here: CPU binding, freezing, WQ_MEM_RECLAIM's rescuer (threads are made
 * with the queue, so that none must be made when memory is short).
 */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/timer.h>
#include <linux/compiler.h>

struct work_struct;
struct workqueue_struct;
typedef void (*work_func_t)(struct work_struct *work);

/* [p] whoever set WORK_STRUCT_PENDING_BIT of data   [l] lock of the workqueue */
struct work_struct {
	unsigned long data;		/* [atomic] WORK_STRUCT_* */
	struct list_head entry;		/* [l] */
	struct workqueue_struct *wq;	/* [l] where it was queued last */
	unsigned long seq;		/* [l] the how manyth queueing there that was */
	work_func_t func;		/* [p] */
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq;	/* [p] where the timer will queue it */
};

#define WORK_STRUCT_PENDING_BIT	0	/* on a queue, or its timer runs, or being put there */
#define WORK_STRUCT_CANCELING_BIT 1	/* cancel_work_sync() waits: it cannot be queued */

#define __WORK_INITIALIZER(n, f)	{ .entry = LIST_HEAD_INIT((n).entry), .func = (f) }
#define __DELAYED_WORK_INITIALIZER(n, f)				\
	{								\
		.work = __WORK_INITIALIZER((n).work, (f)),		\
		.timer = __TIMER_INITIALIZER(delayed_work_timer_fn, TIMER_IRQSAFE), \
	}
#define DECLARE_WORK(n, f)		struct work_struct n = __WORK_INITIALIZER(n, f)
#define DECLARE_DELAYED_WORK(n, f)	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f)

#if DEBUG_BUILD
extern void __init_work(struct work_struct *work);	/* reports one that is queued */
#else
#define __init_work(work)	do { } while (0)
#endif

#define INIT_WORK(work, function)					\
	do {								\
		__init_work(work);					\
		(work)->data = 0;					\
		INIT_LIST_HEAD(&(work)->entry);				\
		(work)->wq = NULL;					\
		(work)->seq = 0;					\
		(work)->func = (function);				\
	} while (0)
#define INIT_WORK_ONSTACK(work, function)	INIT_WORK(work, function)

#define INIT_DELAYED_WORK(dwork, function)				\
	do {								\
		INIT_WORK(&(dwork)->work, (function));			\
		timer_setup(&(dwork)->timer, delayed_work_timer_fn, TIMER_IRQSAFE); \
	} while (0)

/* Deferrable: it may wait for a tick that comes anyway; here all of them come. */
#define INIT_DEFERRABLE_WORK(dwork, function)	INIT_DELAYED_WORK(dwork, function)
#define DECLARE_DEFERRABLE_WORK(n, f)	DECLARE_DELAYED_WORK(n, f)

#define WQ_UNBOUND	0x02
#define WQ_FREEZABLE	0x04
#define WQ_MEM_RECLAIM	0x08
#define WQ_HIGHPRI	0x10
#define WQ_CPU_INTENSIVE 0x20
#define __WQ_ORDERED	0x20000
#define WQ_MAX_ACTIVE	4	/* threads of a workqueue at most */
#define WQ_DFL_ACTIVE	2	/* with max_active 0 */

extern struct workqueue_struct *system_wq;
#define system_long_wq		system_wq
#define system_unbound_wq	system_wq
#define system_highpri_wq	system_wq
#define system_freezable_wq	system_wq
#define system_power_efficient_wq system_wq

extern __printf(1, 4) struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags,
							       int max_active, ...);
#define alloc_ordered_workqueue(fmt, flags, ...) \
	alloc_workqueue(fmt, __WQ_ORDERED | (flags), 1, ##__VA_ARGS__)
#define create_workqueue(name)			alloc_workqueue("%s", WQ_MEM_RECLAIM, 0, (name))
#define create_singlethread_workqueue(name)	alloc_ordered_workqueue("%s", WQ_MEM_RECLAIM, name)
extern void destroy_workqueue(struct workqueue_struct *wq);
extern void workqueue_init(void);

extern void delayed_work_timer_fn(struct timer_list *t);

/* Queued now: true; was on a queue already: false.  Context: any. */
extern bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
extern bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
			       unsigned long delay);
extern bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
			     unsigned long delay);

/* The _sync forms return when the function does not run any more.  Context: process. */
extern bool cancel_work(struct work_struct *work);
extern bool cancel_work_sync(struct work_struct *work);
extern bool cancel_delayed_work(struct delayed_work *dwork);
extern bool cancel_delayed_work_sync(struct delayed_work *dwork);
extern bool flush_work(struct work_struct *work);
extern bool flush_delayed_work(struct delayed_work *dwork);
extern void flush_workqueue(struct workqueue_struct *wq);
extern void drain_workqueue(struct workqueue_struct *wq);

/* Nothing is bound to a CPU. */
#define queue_work_on(cpu, wq, work)			queue_work(wq, work)
#define queue_delayed_work_on(cpu, wq, dwork, delay)	queue_delayed_work(wq, dwork, delay)
#define mod_delayed_work_on(cpu, wq, dwork, delay)	mod_delayed_work(wq, dwork, delay)
#define schedule_work_on(cpu, work)			queue_work(system_wq, work)
#define schedule_delayed_work_on(cpu, dwork, delay)	queue_delayed_work(system_wq, dwork, delay)

static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

static inline bool schedule_delayed_work(struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed_work(system_wq, dwork, delay);
}

static inline void flush_scheduled_work(void)
{
	flush_workqueue(system_wq);
}

static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

static inline bool work_pending(struct work_struct *work)
{
	return READ_ONCE(work->data) & (1ul << WORK_STRUCT_PENDING_BIT);
}

#define delayed_work_pending(w)	work_pending(&(w)->work)

#endif
