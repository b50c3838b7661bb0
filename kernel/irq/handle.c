/*
 * An interrupt's way from entry.asm to the drivers' handlers.
 *
 *	do_IRQ()	acknowledge at the controller, count
 *	  handlers	every one of the line, in order of request, interrupts off
 *	irq_exit()	bottom halves (expired timers), interrupts on
 *
 * desc->lock is not held while handlers run; in_progress stands for them, so
 * that free_irq() and disable_irq() can wait and another CPU leaves a second
 * arrival of the line to the one at work (pending).
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <asm/ptrace.h>

struct irq_desc irq_desc[NR_IRQS];
unsigned int irq_spurious_count;

/* Registers of the interrupt being handled. Own CPU only, saved and put back by nesting ones. */
static struct pt_regs *irq_regs;

struct pt_regs *get_irq_regs(void)
{
	return irq_regs;
}

/* Interrupts off, desc->lock not held. */
static __always_inline void run_handlers(struct irq_desc *desc, unsigned int irq)
{
	struct irqaction *action;
	bool handled = false;
	irqreturn_t answer;

	/* free_irq() takes an action off only while in_progress is clear: safe unlocked. */
	for (action = desc->action; action; action = action->next) {
		answer = action->handler(irq, action->dev_id);
		if (answer == IRQ_WAKE_THREAD)
			irq_wake_thread(desc, action);
		handled |= answer != IRQ_NONE;
	}
	if (likely(handled))
		desc->unhandled = 0;
	else
		irq_note_unhandled(desc, irq);
}

/* Until nothing is pending, unless another does that already or the line is masked. */
static __always_inline void run_pending(struct irq_desc *desc, unsigned int irq)
	__must_hold(&desc->lock)
{
	if (desc->in_progress || desc->depth | desc->oneshot)
		return;
	desc->in_progress = true;
	do {
		desc->pending = false;
		spin_unlock(&desc->lock);
		run_handlers(desc, irq);
		spin_lock(&desc->lock);
	} while (unlikely(desc->pending) && !(desc->depth | desc->oneshot));
	desc->in_progress = false;
}

void irq_run_pending(struct irq_desc *desc, unsigned int irq) __must_hold(&desc->lock)
{
	if (desc->pending)
		run_pending(desc, irq);
}

/*
 * Acknowledges, and runs the handlers unless they run already (on another CPU)
 * or the line is masked: then pending has them run once more, by whoever can.
 */
noinline void handle_line(struct irq_desc *desc, unsigned int irq)
{
	spin_lock(&desc->lock);
	if (!desc->chip->irq_ack(irq)) {
		irq_spurious_count++;
		goto out;
	}
	desc->count++;
	desc->probing = false;
	desc->pending = true;
	run_pending(desc, irq);
out:
	spin_unlock(&desc->lock);
}

void do_IRQ(struct pt_regs *regs, unsigned int irq)
{
	struct pt_regs *interrupted = irq_regs;

	irq_regs = regs;
	irq_enter();
	handle_line(&irq_desc[irq], irq);
	irq_exit();
	irq_regs = interrupted;
}
