/*
 * Workqueues: see <linux/workqueue.h>.
 *
 * A work item's bit WORK_STRUCT_PENDING is its ownership: whoever sets it puts
 * the item on a queue (or starts its timer); the worker that takes the item
 * clears the bit before it calls the function, so that the function, or anyone
 * else meanwhile, can queue it again:
 *
 *      worker                                  driver's interrupt
 *      off the list, PENDING cleared
 *      func(): looks at the device
 *                                              new data; schedule_work(): PENDING is
 *                                              clear, so it is queued: not lost
 *      func() returns; takes it again
 *
 * Who has set the bit does what it is for with interrupts off: an interrupt that finds
 * it set, and the item nowhere, spins until it is clear or the item on a queue.
 *
 * Each queueing gets a number; flushing waits until all up to a number are done.
 *
 * Locks: wq->lock, irq-safe.
 */
#include <linux/workqueue.h>
#include <linux/debugobjects.h>
#include <linux/kthread.h>
#include <linux/wait.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/export.h>
#include <linux/string.h>

struct worker {
	struct workqueue_struct *wq;		/* constant */
	struct task_struct *task;		/* constant */
	struct work_struct *current_work;	/* [l] compared, never followed: it may be freed */
	unsigned long current_seq;		/* [l] */
};

struct workqueue_struct {
	spinlock_t lock;			/* this is l */
	struct list_head works;			/* [l] in the order of their seq */
	unsigned long seq;			/* [l] of the youngest */
	wait_queue_head_t more;			/* workers sleep here */
	wait_queue_head_t done;			/* who flushes sleeps here */
	int nr_workers;				/* constant */
	struct worker workers[WQ_MAX_ACTIVE];
};

struct workqueue_struct *system_wq;		/* constant after workqueue_init() */
EXPORT_SYMBOL(system_wq);

static void *work_hint(void *work)
{
	return ((struct work_struct *)work)->func;
}

static void work_cancel(void *work)
{
	cancel_work(work);
}

static const struct debug_obj_descr work_descr __maybe_unused = {
	.name = "work",
	.debug_hint = work_hint,
	.cancel = work_cancel,
};

#if DEBUG_BUILD
void __init_work(struct work_struct *work)
{
	debug_object_init(work, &work_descr);
}
EXPORT_SYMBOL(__init_work);
#endif

/* ------------------------------------------------------------------ workers */

/* [l] held */
static struct worker *find_worker_of(struct workqueue_struct *wq, struct work_struct *work)
{
	int i;

	for (i = 0; i < wq->nr_workers; i++)
		if (wq->workers[i].current_work == work)
			return &wq->workers[i];
	return NULL;
}

/* [l] held.  The first item that does not run on another worker just now. */
static struct work_struct *next_work(struct workqueue_struct *wq)
{
	struct work_struct *work;

	list_for_each_entry(work, &wq->works, entry)
		if (!find_worker_of(wq, work))
			return work;
	return NULL;
}

static bool has_work(struct workqueue_struct *wq)
{
	bool has;

	spin_lock_irq(&wq->lock);
	has = next_work(wq) != NULL;
	spin_unlock_irq(&wq->lock);
	return has;
}

/* Takes one item and calls it. */
static void process_one_work(struct worker *worker)
{
	struct workqueue_struct *wq = worker->wq;
	struct work_struct *work;
	work_func_t func;

	spin_lock_irq(&wq->lock);
	work = next_work(wq);
	if (!work) {
		spin_unlock_irq(&wq->lock);
		return;
	}
	list_del_init(&work->entry);
	debug_object_deactivate(work);
	worker->current_work = work;
	worker->current_seq = work->seq;
	func = work->func;
	clear_bit_unlock(WORK_STRUCT_PENDING_BIT, &work->data);
	spin_unlock_irq(&wq->lock);

	func(work);				/* may free it */
	if (unlikely(in_atomic())) {
		pr_err("BUG: workqueue leaked a lock: %ps\n", func);
		dump_stack();
	}

	spin_lock_irq(&wq->lock);
	worker->current_work = NULL;
	if (next_work(wq))
		wake_up(&wq->more);		/* perhaps one that had to wait for this */
	spin_unlock_irq(&wq->lock);
	wake_up_all(&wq->done);
	cond_resched();
}

static int worker_thread(void *data)
{
	struct worker *worker = data;
	struct workqueue_struct *wq = worker->wq;

	current->flags |= PF_WQ_WORKER;
	while (!kthread_should_stop()) {
		wait_event_idle_exclusive(wq->more, has_work(wq) || kthread_should_stop());
		while (has_work(wq))
			process_one_work(worker);
	}
	return 0;
}

/* ------------------------------------------------------------------ queueing */

/* The caller owns the PENDING bit; interrupts are off. */
static void __queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	spin_lock(&wq->lock);
	work->wq = wq;
	work->seq = ++wq->seq;
	list_add_tail(&work->entry, &wq->works);
	debug_object_activate(work, &work_descr);
	spin_unlock(&wq->lock);
	wake_up(&wq->more);
}

void delayed_work_timer_fn(struct timer_list *t)
{
	struct delayed_work *dwork = from_timer(dwork, t, timer);

	__queue_work(dwork->wq, &dwork->work);
}
EXPORT_SYMBOL(delayed_work_timer_fn);

/* The caller owns the PENDING bit; interrupts are off. */
static void __queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay)
{
	dwork->wq = wq;
	if (delay)
		mod_timer(&dwork->timer, jiffies + delay);
	else
		__queue_work(wq, &dwork->work);
}

/* @dwork: NULL if it is none. Inlined: a report names who called its caller. */
static __always_inline bool queue(struct workqueue_struct *wq, struct work_struct *work,
				  struct delayed_work *dwork, unsigned long delay)
{
	unsigned long flags;
	bool mine;

	if (DEBUG_BUILD && !work->func) {
		debug_object_report("queue uninitialised", work, &work_descr);
		return false;
	}
	local_irq_save(flags);
	mine = !test_and_set_bit(WORK_STRUCT_PENDING_BIT, &work->data);
	if (mine && dwork)
		__queue_delayed_work(wq, dwork, delay);
	else if (mine)
		__queue_work(wq, work);
	local_irq_restore(flags);
	return mine;
}

bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return queue(wq, work, NULL, 0);
}
EXPORT_SYMBOL(queue_work);

bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay)
{
	return queue(wq, &dwork->work, dwork, delay);
}
EXPORT_SYMBOL(queue_delayed_work);

/* ------------------------------------------------------------------ taking back */

/*
 * Get hold of the PENDING bit, interrupts off.  1: it was queued and is not any more; 0: it was
 * idle; -EAGAIN: somebody is just putting it somewhere, or cancels it too.
 */
static int try_to_grab_pending(struct work_struct *work, struct delayed_work *dwork)
{
	struct workqueue_struct *wq;
	int ret = -EAGAIN;

	lockdep_assert_irqs_disabled();
	if (dwork && del_timer(&dwork->timer))
		return 1;
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, &work->data))
		return 0;
	wq = READ_ONCE(work->wq);
	if (!wq)
		return -EAGAIN;
	spin_lock(&wq->lock);
	if (work->wq == wq && !list_empty(&work->entry)) {
		list_del_init(&work->entry);
		debug_object_deactivate(work);
		ret = 1;
	}
	spin_unlock(&wq->lock);
	return ret;
}

/* As above without sleeping; a canceller that sleeps is not waited for. */
static int grab_pending_atomic(struct work_struct *work, struct delayed_work *dwork)
{
	int ret;

	while ((ret = try_to_grab_pending(work, dwork)) == -EAGAIN) {
		if (test_bit(WORK_STRUCT_CANCELING_BIT, &work->data))
			return -ENOENT;
		cpu_relax();
	}
	return ret;
}

static bool cancel(struct work_struct *work, struct delayed_work *dwork)
{
	unsigned long flags;
	int ret;

	local_irq_save(flags);
	ret = grab_pending_atomic(work, dwork);
	if (ret >= 0)
		clear_bit_unlock(WORK_STRUCT_PENDING_BIT, &work->data);
	if (ret > 0 && work->wq)
		wake_up_all(&work->wq->done);
	local_irq_restore(flags);
	return ret > 0;
}

/* Context: any.  The function may still run. */
bool cancel_work(struct work_struct *work)
{
	return cancel(work, NULL);
}
EXPORT_SYMBOL(cancel_work);

bool cancel_delayed_work(struct delayed_work *dwork)
{
	return cancel(&dwork->work, dwork);
}
EXPORT_SYMBOL(cancel_delayed_work);

bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay)
{
	unsigned long flags;
	int ret;

	local_irq_save(flags);
	ret = grab_pending_atomic(&dwork->work, dwork);
	if (ret >= 0)
		__queue_delayed_work(wq, dwork, delay);
	local_irq_restore(flags);
	return ret > 0;
}
EXPORT_SYMBOL(mod_delayed_work);

static bool runs(struct workqueue_struct *wq, struct work_struct *work)
{
	bool found;

	spin_lock_irq(&wq->lock);
	found = find_worker_of(wq, work) != NULL;
	spin_unlock_irq(&wq->lock);
	return found;
}

/* We hold PENDING meanwhile: the function cannot queue itself again. CANCELING tells who spins for it. */
static bool cancel_sync(struct work_struct *work, struct delayed_work *dwork)
{
	struct workqueue_struct *wq;
	int ret;

	might_sleep();
	local_irq_disable();
	while ((ret = try_to_grab_pending(work, dwork)) == -EAGAIN) {
		local_irq_enable();
		schedule_timeout_uninterruptible(1);
		local_irq_disable();
	}
	set_bit(WORK_STRUCT_CANCELING_BIT, &work->data);
	local_irq_enable();
	wq = work->wq;
	if (wq)
		wait_event(wq->done, !runs(wq, work));
	smp_store_release(&work->data, 0);	/* both bits at once */
	if (ret && wq)
		wake_up_all(&wq->done);
	return ret > 0;
}

bool cancel_work_sync(struct work_struct *work)
{
	return cancel_sync(work, NULL);
}
EXPORT_SYMBOL(cancel_work_sync);

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return cancel_sync(&dwork->work, dwork);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);

/* ------------------------------------------------------------------ flushing */

/* Is the queueing @seq of @work over? */
static bool work_done(struct workqueue_struct *wq, struct work_struct *work, unsigned long seq)
{
	struct worker *worker;
	bool done;

	spin_lock_irq(&wq->lock);
	worker = find_worker_of(wq, work);
	done = !(worker && worker->current_seq <= seq) &&
	       !(work->wq == wq && !list_empty(&work->entry) && work->seq <= seq);
	spin_unlock_irq(&wq->lock);
	return done;
}

/* Wait for the last queueing before the call.  False: there was nothing to wait for. */
bool flush_work(struct work_struct *work)
{
	struct workqueue_struct *wq = READ_ONCE(work->wq);
	unsigned long seq = READ_ONCE(work->seq);

	might_sleep();
	if (!wq)
		return false;
	if (work_done(wq, work, seq))
		return false;
	wait_event(wq->done, work_done(wq, work, seq));
	return true;
}
EXPORT_SYMBOL(flush_work);

/* Does not wait for the timer: runs the item now. */
bool flush_delayed_work(struct delayed_work *dwork)
{
	local_irq_disable();
	if (del_timer_sync(&dwork->timer))
		__queue_work(dwork->wq, &dwork->work);
	local_irq_enable();
	return flush_work(&dwork->work);
}
EXPORT_SYMBOL(flush_delayed_work);

static bool all_done(struct workqueue_struct *wq, unsigned long seq)
{
	bool done;
	int i;

	spin_lock_irq(&wq->lock);
	done = list_empty(&wq->works) || list_first_entry(&wq->works, struct work_struct, entry)->seq > seq;
	for (i = 0; i < wq->nr_workers; i++)
		done &= !wq->workers[i].current_work || wq->workers[i].current_seq > seq;
	spin_unlock_irq(&wq->lock);
	return done;
}

/* Wait for all that was queued before the call. */
void flush_workqueue(struct workqueue_struct *wq)
{
	unsigned long seq = READ_ONCE(wq->seq);

	might_sleep();
	wait_event(wq->done, all_done(wq, seq));
}
EXPORT_SYMBOL(flush_workqueue);

/* … and for what the items queue themselves, until nothing is left. */
void drain_workqueue(struct workqueue_struct *wq)
{
	unsigned long seq;

	do {
		seq = READ_ONCE(wq->seq);
		flush_workqueue(wq);
	} while (READ_ONCE(wq->seq) != seq);
}
EXPORT_SYMBOL(drain_workqueue);

/* ------------------------------------------------------------------ making one */

static void stop_workers(struct workqueue_struct *wq)
{
	while (wq->nr_workers > 0)
		kthread_stop(wq->workers[--wq->nr_workers].task);
}

/*
 * alloc_workqueue - a workqueue with threads of its own, named by @fmt
 * @max_active: how many items may run at a time; 0: the usual number.
 * Returns NULL without memory.  Context: process; sleeps.
 */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	struct workqueue_struct *wq = kzalloc(sizeof(*wq), GFP_KERNEL);
	int i, nr = max_active > 0 ? min(max_active, WQ_MAX_ACTIVE) : WQ_DFL_ACTIVE;
	char name[TASK_COMM_LEN];
	struct worker *worker;
	va_list args;

	if (!wq)
		return NULL;
	spin_lock_init(&wq->lock);
	INIT_LIST_HEAD(&wq->works);
	init_waitqueue_head(&wq->more);
	init_waitqueue_head(&wq->done);
	va_start(args, max_active);
	vsnprintf(name, sizeof(name), fmt, args);
	va_end(args);

	for (i = 0; i < nr; i++) {
		worker = &wq->workers[i];
		worker->wq = wq;
		worker->task = kthread_create(worker_thread, worker, "%.12s/%d", name, i);
		if (IS_ERR(worker->task)) {
			stop_workers(wq);
			kfree(wq);
			return NULL;
		}
		wq->nr_workers++;
		if (flags & WQ_HIGHPRI)
			set_user_nice(worker->task, MIN_NICE);
	}
	for (i = 0; i < nr; i++)
		wake_up_process(wq->workers[i].task);
	return wq;
}
EXPORT_SYMBOL(alloc_workqueue);

/* The caller sees to it that nothing is queued any more from elsewhere. */
void destroy_workqueue(struct workqueue_struct *wq)
{
	drain_workqueue(wq);
	stop_workers(wq);
	kfree(wq);
}
EXPORT_SYMBOL(destroy_workqueue);

void __init workqueue_init(void)
{
	system_wq = alloc_workqueue("events", 0, WQ_MAX_ACTIVE);
	if (!system_wq)
		panic("no memory for the system workqueue");
}
