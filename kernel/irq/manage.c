/*
 * Interrupt lines as drivers use them: request, free, disable, enable, and
 * finding out which line a device raises.
 *
 * A line is masked while nobody has asked for it. Its handlers are a list that
 * do_IRQ() (handle.c) walks without a lock: it grows at its end, and shrinks only
 * while none of them runs.
 *
 * Context: process; disable_irq_nosync() and enable_irq() also in interrupts.
 * Locks: desc->lock, irq-safe. The contracts are in <linux/interrupt.h>.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/slab.h>

static struct irq_desc *irq_to_desc(unsigned int irq)
{
	if (irq >= NR_IRQS || !irq_desc[irq].chip)
		return NULL;
	return &irq_desc[irq];
}

/* Appends @new, if the handlers that are there and it agree to share. Locked: desc->lock. */
static int add_action(struct irq_desc *desc, struct irqaction *new)
{
	struct irqaction **link;

	lockdep_assert_held(&desc->lock);
	if (desc->action && !(desc->action->flags & new->flags & IRQF_SHARED))
		return -EBUSY;
	/* Or the line would be masked for the one and not for the other. */
	if (desc->action && (desc->action->flags ^ new->flags) & IRQF_ONESHOT)
		return -EBUSY;
	for (link = &desc->action; *link; link = &(*link)->next)
		;
	*link = new;
	return 0;
}

/* The interrupt itself is only the thread's call to work. */
static irqreturn_t irq_default_primary_handler(int irq, void *dev_id)
{
	return IRQ_WAKE_THREAD;
}

int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long flags, const char *name, void *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	unsigned long irqflags;
	bool first;
	int err;

	/* A level that nobody lowers before the thread runs would interrupt for ever. */
	if (!handler && thread_fn && flags & IRQF_ONESHOT)
		handler = irq_default_primary_handler;
	if (!desc || !handler || (flags & IRQF_SHARED && !dev))
		return -EINVAL;
	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	*action = (struct irqaction) {
		.handler = handler, .dev_id = dev, .flags = flags, .name = name,
		.thread_fn = thread_fn, .irq = irq,
	};
	err = thread_fn ? irq_make_thread(action) : 0;
	if (err) {
		kfree(action);
		return err;
	}

	spin_lock_irqsave(&desc->lock, irqflags);
	first = !desc->action;
	err = add_action(desc, action);
	if (!err && first && desc->chip->irq_set_type)
		err = desc->chip->irq_set_type(irq, flags & IRQF_TRIGGER_MASK);
	if (err && desc->action == action)
		desc->action = NULL;
	if (!err && first) {
		desc->depth = 0;
		desc->pending = false;
		desc->unhandled = 0;
		desc->chip->irq_unmask(irq);
	}
	spin_unlock_irqrestore(&desc->lock, irqflags);
	if (err) {
		irq_stop_thread(action);
		kfree(action);
	}
	return err;
}
EXPORT_SYMBOL(request_threaded_irq);

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
		const char *name, void *dev)
{
	return request_threaded_irq(irq, handler, NULL, flags, name, dev);
}
EXPORT_SYMBOL(request_irq);

const void *free_irq(unsigned int irq, void *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction **link, *action;
	unsigned long flags;
	const char *name;

	if (!desc)
		return NULL;
	spin_lock_irqsave(&desc->lock, flags);
	/* Handlers walk the list unlocked: change it only while none runs. */
	while (desc->in_progress) {
		spin_unlock_irqrestore(&desc->lock, flags);
		cpu_relax();
		spin_lock_irqsave(&desc->lock, flags);
	}
	for (link = &desc->action; *link && (*link)->dev_id != dev; link = &(*link)->next)
		;
	action = *link;
	if (action) {
		*link = action->next;
		if (!desc->action)
			desc->chip->irq_mask(irq);
	}
	spin_unlock_irqrestore(&desc->lock, flags);

	if (WARN(!action, "free_irq: line %u has no such handler\n", irq))
		return NULL;
	irq_stop_thread(action);
	name = action->name;
	kfree(action);
	return name;
}
EXPORT_SYMBOL(free_irq);

void synchronize_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	while (desc && READ_ONCE(desc->in_progress))
		cpu_relax();
	/* An interrupt may wait for handlers, not for threads. */
	if (desc && READ_ONCE(desc->threads_active) && !in_atomic() && !irqs_disabled())
		irq_wait_threads(desc);
}
EXPORT_SYMBOL(synchronize_irq);

void disable_irq_nosync(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;

	if (!desc)
		return;
	spin_lock_irqsave(&desc->lock, flags);
	if (!desc->depth++)
		desc->chip->irq_mask(irq);
	spin_unlock_irqrestore(&desc->lock, flags);
}
EXPORT_SYMBOL(disable_irq_nosync);

void disable_irq(unsigned int irq)
{
	disable_irq_nosync(irq);
	synchronize_irq(irq);
}
EXPORT_SYMBOL(disable_irq);

void enable_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;

	if (!desc)
		return;
	spin_lock_irqsave(&desc->lock, flags);
	if (!WARN(!desc->depth, "enable_irq: line %u is not disabled\n", irq) && !--desc->depth &&
	    !desc->oneshot) {
		desc->chip->irq_unmask(irq);
		irq_resend(desc);
	}
	spin_unlock_irqrestore(&desc->lock, flags);
}
EXPORT_SYMBOL(enable_irq);

/* Long enough for an interrupt that hung on a masked line to arrive and be counted out. */
#define PROBE_SETTLE_MS	20

unsigned long probe_irq_on(void)
{
	unsigned long mask = 0;
	struct irq_desc *desc;
	unsigned int irq, pass;

	/* The second pass keeps only the lines that stay silent by themselves. */
	for (pass = 0; pass < 2; pass++) {
		for (irq = 0; irq < NR_IRQS_VECTORS; irq++) {
			desc = &irq_desc[irq];
			spin_lock_irq(&desc->lock);
			if (!pass && desc->chip && !desc->action) {
				desc->probing = true;
				desc->chip->irq_unmask(irq);
			} else if (pass && desc->probing) {
				mask |= 1UL << irq;
			}
			spin_unlock_irq(&desc->lock);
		}
		if (!pass)
			msleep(PROBE_SETTLE_MS);
	}
	return mask;
}
EXPORT_SYMBOL(probe_irq_on);

int probe_irq_off(unsigned long mask)
{
	unsigned int irq, fired = 0, last = 0;
	struct irq_desc *desc;

	for (irq = 0; irq < NR_IRQS_VECTORS; irq++) {
		desc = &irq_desc[irq];
		spin_lock_irq(&desc->lock);
		if (mask & 1UL << irq && !desc->probing) {
			fired++;
			last = irq;
		}
		desc->probing = false;
		if (desc->chip && !desc->action)
			desc->chip->irq_mask(irq);
		spin_unlock_irq(&desc->lock);
	}
	return fired > 1 ? -(int)last : (int)last;
}
EXPORT_SYMBOL(probe_irq_off);
