/*
 * Interrupts that come when nobody wants them.
 *
 *	nobody cared	a line that is up and no handler knows why would interrupt for ever:
 *			after UNHANDLED_LIMIT in a row it is shut, its handlers named
 *	resend		an edge or a message that came while the line was disabled: its
 *			handlers run when it is enabled again, from a bottom half
 *
 * Locks: desc->lock.
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kernel.h>

/* After this many that nobody wanted, in a row, the line is shut. */
#define UNHANDLED_LIMIT		100000

/* Called by whom in_progress stands for: the list of handlers does not shrink. */
void irq_note_unhandled(struct irq_desc *desc, unsigned int irq)
{
	const struct irqaction *action;

	if (++desc->unhandled != UNHANDLED_LIMIT)
		return;
	pr_err("irq %u: nobody cared\n", irq);
	pr_err("handlers:\n");
	for (action = desc->action; action; action = action->next)
		pr_err("  %ps of %s\n", action->handler, action->name);
	pr_err("Disabling IRQ #%u\n", irq);
	disable_irq_nosync(irq);
}

static void resend_pending(struct tasklet_struct *unused)
{
	for (unsigned int irq = 0; irq < NR_IRQS; irq++) {
		struct irq_desc *desc = &irq_desc[irq];

		local_irq_disable();
		preempt_count_add(HARDIRQ_OFFSET);	/* for the handlers this is an interrupt */
		spin_lock(&desc->lock);
		if (desc->action)
			irq_run_pending(desc, irq);
		spin_unlock(&desc->lock);
		preempt_count_sub(HARDIRQ_OFFSET);
		local_irq_enable();
	}
}

static DECLARE_TASKLET(resend, resend_pending);

void irq_resend(struct irq_desc *desc)
{
	if (desc->pending && !desc->in_progress)
		tasklet_schedule(&resend);
}
