/*
 * <khg/wait.h>, <khg/system.h>, <khg/timer.h>: sleeping, cli() and timers of 1996.
 *
 * A ring of sleepers needs no head: one lock is for all rings. A waker changes the
 * sleeper's state under it, so a sleeper is off the ring before its entry,
 * which is on its stack, goes away.
 *
 * Who waits in select() is not on the ring but on khg_selectors, a queue of today, and
 * all of them for every wake-up: a driver's ring is only a pointer, nothing can be
 * attached to it. They look again and sleep on, as all sleepers of 1996 do.
 *
 * Locks: cli_lock, then ring_lock; then those of the scheduler.
 */
#include "internal.h"

static DEFINE_SPINLOCK(ring_lock);		/* all rings, irq-safe */
DECLARE_WAIT_QUEUE_HEAD(khg_selectors);

struct task_struct *const task[1] = { &init_task };
EXPORT_SYMBOL(task);

void khg_add_wait_queue(struct wait_queue **q, struct wait_queue *wait)
{
	unsigned long flags;

	spin_lock_irqsave(&ring_lock, flags);
	if (!*q) {
		wait->next = wait;
		*q = wait;
	} else {
		wait->next = (*q)->next;
		(*q)->next = wait;
	}
	spin_unlock_irqrestore(&ring_lock, flags);
}
EXPORT_SYMBOL(khg_add_wait_queue);

void khg_remove_wait_queue(struct wait_queue **q, struct wait_queue *wait)
{
	struct wait_queue *before = wait;
	unsigned long flags;

	spin_lock_irqsave(&ring_lock, flags);
	while (before->next != wait)
		before = before->next;
	before->next = wait->next;
	if (*q == wait)
		*q = before == wait ? NULL : before;
	wait->next = NULL;
	spin_unlock_irqrestore(&ring_lock, flags);
}
EXPORT_SYMBOL(khg_remove_wait_queue);

static void wake_ring(struct wait_queue **q, unsigned int states)
{
	struct wait_queue *wait;
	unsigned long flags;

	if (!q)
		return;
	spin_lock_irqsave(&ring_lock, flags);
	wait = *q;
	if (wait) {
		do {
			wake_up_state(wait->task, states);
			wait = wait->next;
		} while (wait != *q);
	}
	spin_unlock_irqrestore(&ring_lock, flags);
	wake_up_all(&khg_selectors);
}

void khg_wake_up(struct wait_queue **q)
{
	wake_ring(q, TASK_NORMAL);
}
EXPORT_SYMBOL(khg_wake_up);

void khg_wake_up_interruptible(struct wait_queue **q)
{
	wake_ring(q, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(khg_wake_up_interruptible);

/*
 * On the ring first, interrupts on after: from the moment one can come it finds
 * the sleeper, and schedule() returns at once if it did.
 */
void __sleep_on(struct wait_queue **q, int state)
{
	struct wait_queue wait = { current, NULL };
	unsigned long flags;

	if (!q)
		return;
	if (current == task[0])
		panic("task[0] trying to sleep");
	save_flags(flags);
	set_current_state(state);
	khg_add_wait_queue(q, &wait);
	khg_schedule();
	khg_remove_wait_queue(q, &wait);
	restore_flags(flags);
}
EXPORT_SYMBOL(__sleep_on);

void sleep_on(struct wait_queue **q)
{
	__sleep_on(q, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(sleep_on);

void interruptible_sleep_on(struct wait_queue **q)
{
	__sleep_on(q, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(interruptible_sleep_on);

void khg_schedule(void)
{
	khg_sti();
	schedule();
}
EXPORT_SYMBOL(khg_schedule);

/* ------------------------------------------------------------------ cli() */

#define FLAGS_CLI	1UL		/* of eflags it is the carry: nobody's business */
#define NO_CPU		(-1)

static DEFINE_SPINLOCK(cli_lock);	/* irq-safe */
static int cli_cpu = NO_CPU;		/* cli_lock: who holds it; only the holder finds itself here */

static void release_cli(void)
{
	if (READ_ONCE(cli_cpu) != smp_processor_id())
		return;
	WRITE_ONCE(cli_cpu, NO_CPU);
	__acquire(&cli_lock);		/* for sparse: since khg_cli() */
	spin_unlock(&cli_lock);
}

void khg_cli(void)
{
	local_irq_disable();
	if (READ_ONCE(cli_cpu) == smp_processor_id())
		return;
	spin_lock(&cli_lock);
	WRITE_ONCE(cli_cpu, smp_processor_id());
	__release(&cli_lock);		/* for sparse: until khg_sti() */
}
EXPORT_SYMBOL(khg_cli);

/* A handler stays uninterrupted, whatever it asks for. */
void khg_sti(void)
{
	release_cli();
	if (!in_irq())
		local_irq_enable();
}
EXPORT_SYMBOL(khg_sti);

unsigned long khg_save_flags(void)
{
	unsigned long flags;

	local_save_flags(flags);
	return (flags & ~FLAGS_CLI) | (READ_ONCE(cli_cpu) == smp_processor_id() ? FLAGS_CLI : 0);
}
EXPORT_SYMBOL(khg_save_flags);

void khg_restore_flags(unsigned long flags)
{
	if (flags & FLAGS_CLI) {
		khg_cli();
		return;
	}
	release_cli();
	local_irq_restore(flags);
}
EXPORT_SYMBOL(khg_restore_flags);

/* ------------------------------------------------------------------ timers */

static void call_function(struct timer_list *today)
{
	struct khg_timer_list *timer = container_of(today, struct khg_timer_list, today);

	timer->function(timer->data);
}

void init_timer(struct khg_timer_list *timer)
{
	timer_setup(&timer->today, call_function, 0);
}
EXPORT_SYMBOL(init_timer);

void khg_add_timer(struct khg_timer_list *timer)
{
	timer->today.expires = timer->expires;
	add_timer(&timer->today);
}
EXPORT_SYMBOL(khg_add_timer);

int khg_del_timer(struct khg_timer_list *timer)
{
	return del_timer(&timer->today);
}
EXPORT_SYMBOL(khg_del_timer);
