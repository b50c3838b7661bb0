/*
 * range.c - interrupt numbers without a vector: a driver that hears of several lines by one
 * interrupt, or makes them up, gives each a number and raises it itself.
 *
 * Lock: range_lock for the chips of these numbers.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irq.h>

static DEFINE_SPINLOCK(range_lock);		/* chips of the numbers without a vector */

int irq_alloc_range(const struct irq_chip *chip, unsigned int count)
{
	unsigned int first, n = 0;

	spin_lock_irq(&range_lock);
	for (first = NR_IRQS_VECTORS; first + count <= NR_IRQS; first++) {
		for (n = 0; n < count && !irq_desc[first + n].chip; n++)
			;
		if (n == count)
			break;
	}
	for (unsigned int i = 0; n == count && i < count; i++)
		irq_desc[first + i].chip = chip;
	spin_unlock_irq(&range_lock);
	return n == count ? first : -ENOSPC;
}
EXPORT_SYMBOL_GPL(irq_alloc_range);

/* None of them has a handler any more. */
void irq_free_range(unsigned int first, unsigned int count)
{
	spin_lock_irq(&range_lock);
	for (unsigned int n = first; n < first + count; n++)
		if (!WARN_ON(irq_desc[n].action))
			irq_desc[n].chip = NULL;
	spin_unlock_irq(&range_lock);
}
EXPORT_SYMBOL_GPL(irq_free_range);

int generic_handle_irq(unsigned int irq)
{
	unsigned long flags;

	if (irq >= NR_IRQS || !irq_desc[irq].chip)
		return -EINVAL;
	local_irq_save(flags);
	irq_enter();
	handle_line(&irq_desc[irq], irq);
	irq_exit();
	local_irq_restore(flags);
	return 0;
}
EXPORT_SYMBOL_GPL(generic_handle_irq);
