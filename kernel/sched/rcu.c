/*
 * rcu.c - waiting for readers: <linux/rcupdate.h>.
 *
 * Readers hold off preemption, so a CPU that switches tasks is inside none of them. Only one CPU runs,
 * and the kernel is not preempted: whoever calls synchronize_rcu(), outside of a reader of its
 * own, finds that all have ended. call_rcu() hangs its functions on a list, which a work item takes
 * off and runs after such a wait.
 *
 * Lock: rcu_lock, irq-safe.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#define FREE_AT_MOST	4096UL		/* a smaller "function" is the offset of what kfree_rcu() frees */

static DEFINE_SPINLOCK(rcu_lock);
static struct rcu_head *waiting, **waiting_end = &waiting;	/* rcu_lock: first come, first called */

void synchronize_rcu(void)
{
	might_sleep();
	cond_resched();
}
EXPORT_SYMBOL_GPL(synchronize_rcu);

static void call(struct rcu_head *head)
{
	unsigned long offset = (unsigned long)head->func;

	if (offset < FREE_AT_MOST)
		kvfree((char *)head - offset);
	else
		head->func(head);
}

static void call_waiting(struct work_struct *work)
{
	struct rcu_head *head, *next;

	spin_lock_irq(&rcu_lock);
	head = waiting;
	waiting = NULL;
	waiting_end = &waiting;
	spin_unlock_irq(&rcu_lock);
	synchronize_rcu();
	for (; head; head = next) {
		next = head->next;
		call(head);
	}
}

static DECLARE_WORK(rcu_work, call_waiting);

void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	unsigned long flags;

	head->next = NULL;
	head->func = func;
	spin_lock_irqsave(&rcu_lock, flags);
	*waiting_end = head;
	waiting_end = &head->next;
	spin_unlock_irqrestore(&rcu_lock, flags);
	schedule_work(&rcu_work);
}
EXPORT_SYMBOL_GPL(call_rcu);

void kvfree_call_rcu(struct rcu_head *head, unsigned long offset)
{
	call_rcu(head, (rcu_callback_t)offset);
}
EXPORT_SYMBOL_GPL(kvfree_call_rcu);

void rcu_barrier(void)
{
	flush_work(&rcu_work);
}
EXPORT_SYMBOL_GPL(rcu_barrier);
