/*
 * The threads of interrupt lines: what request_threaded_irq() leaves to a process.
 *
 *	handler: IRQ_WAKE_THREAD -> irq_wake_thread(): the line masked (IRQF_ONESHOT),
 *		wanted = 1, the thread woken
 *	irq_thread(): wanted = 0, thread_fn(), the line unmasked by the last one
 *
 * Interrupts that come while thread_fn() runs set wanted again: it is called once
 * more. Locks: desc->lock for oneshot; wanted is atomic.
 */
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(idle_wait);	/* a line's last thread has done */

/* What one wake-up asked for is done. A line that nobody has any more stays masked. */
static void thread_done(struct irqaction *action)
{
	struct irq_desc *desc = &irq_desc[action->irq];

	spin_lock_irq(&desc->lock);
	if (action->flags & IRQF_ONESHOT && !--desc->oneshot && !desc->depth && desc->action) {
		desc->chip->irq_unmask(action->irq);
		irq_resend(desc);
	}
	desc->threads_active--;
	spin_unlock_irq(&desc->lock);
	wake_up(&idle_wait);
}

static void call_thread_fn(struct irqaction *action)
{
	irqreturn_t answer = action->thread_fn(action->irq, action->dev_id);

	WARN(answer != IRQ_HANDLED && answer != IRQ_NONE, "irq %u: thread_fn answered %d\n",
	     action->irq, answer);
	thread_done(action);
}

static bool threads_idle(struct irq_desc *desc)
{
	bool idle;

	spin_lock_irq(&desc->lock);
	idle = !desc->threads_active;
	spin_unlock_irq(&desc->lock);
	return idle;
}

void irq_wait_threads(struct irq_desc *desc)
{
	wait_event(idle_wait, threads_idle(desc));
}

static int irq_thread(void *arg)
{
	struct irqaction *action = arg;

	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (xchg(&action->wanted, 0)) {
			__set_current_state(TASK_RUNNING);
			call_thread_fn(action);
		} else if (kthread_should_stop()) {
			__set_current_state(TASK_RUNNING);
			return 0;
		} else {
			schedule();
		}
	}
}

int irq_make_thread(struct irqaction *action)
{
	struct task_struct *thread = kthread_create(irq_thread, action, "irq/%u-%s", action->irq,
						    action->name);

	if (IS_ERR(thread))
		return PTR_ERR(thread);
	get_task_struct(thread);
	action->thread = thread;
	wake_up_process(thread);
	return 0;
}

void irq_stop_thread(struct irqaction *action)
{
	if (!action->thread)
		return;
	kthread_stop(action->thread);
	put_task_struct(action->thread);
	if (xchg(&action->wanted, 0))	/* a thread that is stopped before it ever ran does not begin */
		thread_done(action);
}

void irq_wake_thread(struct irq_desc *desc, struct irqaction *action)
{
	if (WARN(!action->thread, "irq %u: %s wakes a thread it has not\n", action->irq, action->name))
		return;
	spin_lock(&desc->lock);
	if (!xchg(&action->wanted, 1)) {
		desc->threads_active++;
		if (action->flags & IRQF_ONESHOT && !desc->oneshot++)
			desc->chip->irq_mask(action->irq);
	}
	spin_unlock(&desc->lock);
	wake_up_process(action->thread);
}
