/*
 * Counting semaphores: see <linux/semaphore.h>.
 *
 * up() gives the unit either to the count or to the first sleeper, never to
 * both: a sleeper that finds waiter.up set has it and does not look at the
 * count.  One who gives up takes itself off the list under the lock, after
 * which no up() can find it.
 */
#include <linux/semaphore.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/export.h>
#include <linux/errno.h>

struct semaphore_waiter {
	struct list_head list;		/* [l] */
	struct task_struct *task;	/* constant */
	bool up;			/* [l] the unit is ours */
};

static noinline int down_slow(struct semaphore *sem, long state, long timeout)
	__must_hold(&sem->lock)
{
	struct semaphore_waiter waiter = { .task = current };

	list_add_tail(&waiter.list, &sem->wait_list);
	for (;;) {
		if (signal_pending_state(state, current)) {
			list_del(&waiter.list);
			return -EINTR;
		}
		if (timeout <= 0) {
			list_del(&waiter.list);
			return -ETIME;
		}
		__set_current_state(state);
		spin_unlock_irq(&sem->lock);
		timeout = schedule_timeout(timeout);
		spin_lock_irq(&sem->lock);
		if (waiter.up)
			return 0;
	}
}

static int down_common(struct semaphore *sem, long state, long timeout)
{
	unsigned long flags;
	int err = 0;

	might_sleep();
	spin_lock_irqsave(&sem->lock, flags);
	if (likely(sem->count > 0))
		sem->count--;
	else
		err = down_slow(sem, state, timeout);
	spin_unlock_irqrestore(&sem->lock, flags);
	return err;
}

void down(struct semaphore *sem)
{
	down_common(sem, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down);

int down_interruptible(struct semaphore *sem)
{
	return down_common(sem, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_interruptible);

int down_killable(struct semaphore *sem)
{
	return down_common(sem, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_killable);

int down_timeout(struct semaphore *sem, long jiffies)
{
	return down_common(sem, TASK_UNINTERRUPTIBLE, jiffies);
}
EXPORT_SYMBOL(down_timeout);

/* Context: any. */
int down_trylock(struct semaphore *sem)
{
	unsigned long flags;
	int busy;

	spin_lock_irqsave(&sem->lock, flags);
	busy = sem->count == 0;
	if (!busy)
		sem->count--;
	spin_unlock_irqrestore(&sem->lock, flags);
	return busy;
}
EXPORT_SYMBOL(down_trylock);

/* Context: any. */
void up(struct semaphore *sem)
{
	struct semaphore_waiter *first;
	unsigned long flags;

	spin_lock_irqsave(&sem->lock, flags);
	if (list_empty(&sem->wait_list)) {
		sem->count++;
	} else {
		first = list_first_entry(&sem->wait_list, struct semaphore_waiter, list);
		list_del(&first->list);
		first->up = true;
		wake_up_process(first->task);	/* under the lock: the waiter is on its stack */
	}
	spin_unlock_irqrestore(&sem->lock, flags);
}
EXPORT_SYMBOL(up);
