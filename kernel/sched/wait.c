/*
 * Wait queues: the rules are in <linux/wait.h>.
 *
 * Locks: the queue's lock, irq-safe; a waker holds it while it calls the wake
 * functions, which take the sleepers' wake_lock and run-queue lock inside.
 */
#include <linux/wait.h>
#include <linux/sched/signal.h>
#include <linux/export.h>

/* ------------------------------------------------------------------ the queue */

void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	unsigned long flags;

	entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq->lock, flags);
	list_add(&entry->entry, &wq->head);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue);

void add_wait_queue_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	unsigned long flags;

	entry->flags |= WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq->lock, flags);
	list_add_tail(&entry->entry, &wq->head);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue_exclusive);

void remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	list_del(&entry->entry);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(remove_wait_queue);

/* ------------------------------------------------------------------ waking */

/* Not exclusive ones stand first: the walk meets them all before it runs out of @nr. */
static void wake_up_common(struct wait_queue_head *wq, unsigned int mode, int nr, int wake_flags,
			   void *key)
{
	struct wait_queue_entry *entry, *next;

	list_for_each_entry_safe(entry, next, &wq->head, entry) {
		unsigned int flags = entry->flags;	/* the entry may be gone after the call */
		int woken = entry->func(entry, mode, wake_flags, key);

		if (woken < 0)
			break;
		if (woken && (flags & WQ_FLAG_EXCLUSIVE) && !--nr)
			break;
	}
}

void __wake_up(struct wait_queue_head *wq, unsigned int mode, int nr, void *key)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	wake_up_common(wq, mode, nr, 0, key);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(__wake_up);

/* The caller holds the queue's lock. */
void __wake_up_locked(struct wait_queue_head *wq, unsigned int mode, int nr)
{
	lockdep_assert_held(&wq->lock);
	wake_up_common(wq, mode, nr, 0, NULL);
}
EXPORT_SYMBOL(__wake_up_locked);

void __wake_up_locked_key(struct wait_queue_head *wq, unsigned int mode, void *key)
{
	lockdep_assert_held(&wq->lock);
	wake_up_common(wq, mode, 1, 0, key);
}
EXPORT_SYMBOL(__wake_up_locked_key);

/* "I am about to sleep": equals do not preempt each other anyway. */
void __wake_up_sync_key(struct wait_queue_head *wq, unsigned int mode, void *key)
{
	__wake_up(wq, mode, 1, key);
}
EXPORT_SYMBOL(__wake_up_sync_key);

int default_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	return try_to_wake_up(entry->private, mode, flags);
}
EXPORT_SYMBOL(default_wake_function);

int autoremove_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags,
			     void *key)
{
	int woken = try_to_wake_up(entry->private, mode, flags);

	/* Only who was woken leaves: an exclusive wake-up must not be spent on one who was not. */
	if (woken)
		list_del_init(&entry->entry);
	return woken;
}
EXPORT_SYMBOL(autoremove_wake_function);

/* ------------------------------------------------------------------ sleeping */

void init_wait_entry(struct wait_queue_entry *entry, int flags)
{
	entry->flags = flags;
	entry->private = current;
	entry->func = autoremove_wake_function;
	INIT_LIST_HEAD(&entry->entry);
}
EXPORT_SYMBOL(init_wait_entry);

/*
 * Onto the queue, and the state set, under the lock: a waker that comes after
 * finds the entry and the state.  The barrier keeps the caller's test of its
 * condition behind both.
 */
void prepare_to_wait(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state)
{
	unsigned long flags;

	entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq->lock, flags);
	if (list_empty(&entry->entry))
		list_add(&entry->entry, &wq->head);
	set_current_state(state);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(prepare_to_wait);

void prepare_to_wait_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *entry,
			       int state)
{
	unsigned long flags;

	entry->flags |= WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq->lock, flags);
	if (list_empty(&entry->entry))
		list_add_tail(&entry->entry, &wq->head);
	set_current_state(state);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(prepare_to_wait_exclusive);

/*
 * For wait_event…(): as the two above, or -ERESTARTSYS if a signal is pending,
 * and then off the queue.  An exclusive sleeper must leave under the lock:
 *
 *      sleeper, woken by a signal              waker of one exclusive sleeper
 *      leaves without the lock
 *                                              finds it still on the queue, "wakes" it:
 *                                              the only wake-up goes to one who gives up
 *
 * Under the lock it is either woken first, and then the condition is tested
 * once more by the macro before the signal counts, or it is gone.
 */
long prepare_to_wait_event(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state)
{
	unsigned long flags;
	long ret = 0;

	spin_lock_irqsave(&wq->lock, flags);
	if (unlikely(signal_pending_state(state, current))) {
		list_del_init(&entry->entry);
		ret = -ERESTARTSYS;
	} else {
		if (list_empty(&entry->entry)) {
			if (entry->flags & WQ_FLAG_EXCLUSIVE)
				list_add_tail(&entry->entry, &wq->head);
			else
				list_add(&entry->entry, &wq->head);
		}
		set_current_state(state);
	}
	spin_unlock_irqrestore(&wq->lock, flags);
	return ret;
}
EXPORT_SYMBOL(prepare_to_wait_event);

void finish_wait(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	/*
	 * Without the lock if a waker has taken it off already.  Both links are
	 * looked at: a waker on another CPU that is halfway through list_del_init()
	 * has written only one, and still uses this stack frame.
	 */
	if (!list_empty_careful(&entry->entry)) {
		spin_lock_irqsave(&wq->lock, flags);
		list_del_init(&entry->entry);
		spin_unlock_irqrestore(&wq->lock, flags);
	}
}
EXPORT_SYMBOL(finish_wait);

/*
 * wait_woken - sleep on a queue for which the test cannot stand between setting
 * the state and schedule(), because it sleeps itself
 *
 *      add_wait_queue(wq, &entry);             condition = true
 *      for (;;) {                              wake_up(wq)
 *              if (condition) break;             woken_wake_function():
 *              wait_woken(&entry, mode, t);        WOKEN set, task woken
 *      }
 *
 * WQ_FLAG_WOKEN remembers a wake-up that came before the sleep.
 */
long wait_woken(struct wait_queue_entry *entry, unsigned int mode, long timeout)
{
	set_current_state(mode);
	if (!(READ_ONCE(entry->flags) & WQ_FLAG_WOKEN))
		timeout = schedule_timeout(timeout);
	__set_current_state(TASK_RUNNING);
	/* The flag goes before the caller tests: a wake-up after the test sets it again. */
	smp_store_mb(entry->flags, entry->flags & ~WQ_FLAG_WOKEN);
	return timeout;
}
EXPORT_SYMBOL(wait_woken);

int woken_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	smp_mb();	/* the condition is stored before the flag */
	entry->flags |= WQ_FLAG_WOKEN;
	return default_wake_function(entry, mode, flags, key);
}
EXPORT_SYMBOL(woken_wake_function);
