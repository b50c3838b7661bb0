/*
 * Bottom halves: what an interrupt leaves to be done with interrupts on, once
 * its handlers have returned. Few, known at build time, each run by the
 * interrupt that raised it on its way out; or, while a process has switched
 * them off with local_bh_disable(), when it switches them on again.
 *
 * preempt_count's softirq bits say that they are off or running; a bottom
 * half is atomic context.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

/* A bottom half that keeps raising itself yields to the interrupted task after so many rounds. */
#define MAX_ROUNDS	10

static void (*softirq_action[NR_SOFTIRQS])(void);	/* set at boot, then constant */
static unsigned int softirq_pending;			/* own CPU, interrupts off */

void open_softirq(enum softirq_nr nr, void (*action)(void))
{
	softirq_action[nr] = action;
}

void raise_softirq(enum softirq_nr nr)
{
	unsigned long flags;

	local_irq_save(flags);
	softirq_pending |= 1U << nr;
	local_irq_restore(flags);
}

/* Interrupts off on entry and on return; on while the actions run. */
static void do_softirq(void)
{
	unsigned int pending, nr, round;

	preempt_count_add(SOFTIRQ_OFFSET);
	lockdep_softirq_enter();
	for (round = 0; softirq_pending && round < MAX_ROUNDS; round++) {
		pending = softirq_pending;
		softirq_pending = 0;
		local_irq_enable();
		for (nr = 0; nr < NR_SOFTIRQS; nr++)
			/* The clock ticks before time_init() has said what a tick does. */
			if (pending & 1U << nr && softirq_action[nr])
				softirq_action[nr]();
		local_irq_disable();
	}
	lockdep_softirq_exit();
	preempt_count_sub(SOFTIRQ_OFFSET);
}

void irq_enter(void)
{
	preempt_count_add(HARDIRQ_OFFSET);
}

void irq_exit(void)
{
	preempt_count_sub(HARDIRQ_OFFSET);
	if (softirq_pending && !in_interrupt())
		do_softirq();
}

void local_bh_disable(void)
{
	preempt_count_add(SOFTIRQ_DISABLE_OFFSET);
}
EXPORT_SYMBOL(local_bh_disable);

void local_bh_enable(void)
{
	unsigned long flags;

	preempt_count_sub(SOFTIRQ_DISABLE_OFFSET);
	if (likely(!softirq_pending) || in_interrupt())
		return;
	local_irq_save(flags);
	if (softirq_pending)
		do_softirq();
	local_irq_restore(flags);
}
EXPORT_SYMBOL(local_bh_enable);
