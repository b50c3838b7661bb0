/*
 * Tasklets: see <linux/interrupt.h>. Two lists, in order of scheduling; each
 * round of the bottom half takes the list and calls what is on it.
 */
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/sched.h>

/* Own CPU, interrupts off. */
struct tasklet_list {
	struct tasklet_struct *head, **tail;
};

static struct tasklet_list normal = { .tail = &normal.head };
static struct tasklet_list high = { .tail = &high.head };

static void append(struct tasklet_list *list, struct tasklet_struct *t, enum softirq_nr nr)
{
	unsigned long flags;

	local_irq_save(flags);
	t->next = NULL;
	*list->tail = t;
	list->tail = &t->next;
	raise_softirq(nr);
	local_irq_restore(flags);
}

void tasklet_schedule(struct tasklet_struct *t)
{
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		append(&normal, t, TASKLET_SOFTIRQ);
}
EXPORT_SYMBOL(tasklet_schedule);

void tasklet_hi_schedule(struct tasklet_struct *t)
{
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		append(&high, t, HI_SOFTIRQ);
}
EXPORT_SYMBOL(tasklet_hi_schedule);

/* False: it runs on another CPU or is disabled, and stays scheduled. */
static bool call(struct tasklet_struct *t)
{
	if (test_and_set_bit(TASKLET_STATE_RUN, &t->state))
		return false;
	if (atomic_read(&t->count)) {
		clear_bit(TASKLET_STATE_RUN, &t->state);
		return false;
	}
	clear_bit(TASKLET_STATE_SCHED, &t->state);	/* may be scheduled again from here on */
	if (t->use_callback)
		t->callback(t);
	else
		t->func(t->data);
	clear_bit(TASKLET_STATE_RUN, &t->state);
	return true;
}

static void run(struct tasklet_list *list, enum softirq_nr nr)
{
	struct tasklet_struct *t, *next;

	local_irq_disable();
	t = list->head;
	list->head = NULL;
	list->tail = &list->head;
	local_irq_enable();
	for (; t; t = next) {
		next = t->next;
		if (!call(t))
			append(list, t, nr);
	}
}

static void tasklet_action(void)
{
	run(&normal, TASKLET_SOFTIRQ);
}

static void tasklet_hi_action(void)
{
	run(&high, HI_SOFTIRQ);
}

void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data)
{
	*t = (struct tasklet_struct){ .func = func, .data = data };
}
EXPORT_SYMBOL(tasklet_init);

void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *))
{
	*t = (struct tasklet_struct){ .callback = callback, .use_callback = true };
}
EXPORT_SYMBOL(tasklet_setup);

void tasklet_disable_nosync(struct tasklet_struct *t)
{
	atomic_inc(&t->count);
	smp_mb();
}
EXPORT_SYMBOL(tasklet_disable_nosync);

void tasklet_disable(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	while (test_bit(TASKLET_STATE_RUN, &t->state))
		cpu_relax();
}
EXPORT_SYMBOL(tasklet_disable);

void tasklet_enable(struct tasklet_struct *t)
{
	smp_mb();
	atomic_dec(&t->count);
}
EXPORT_SYMBOL(tasklet_enable);

void tasklet_kill(struct tasklet_struct *t)
{
	might_sleep();
	while (test_bit(TASKLET_STATE_SCHED, &t->state) || test_bit(TASKLET_STATE_RUN, &t->state))
		yield();
}
EXPORT_SYMBOL(tasklet_kill);

static int __init tasklet_init_softirqs(void)
{
	open_softirq(TASKLET_SOFTIRQ, tasklet_action);
	open_softirq(HI_SOFTIRQ, tasklet_hi_action);
	return 0;
}
core_initcall(tasklet_init_softirqs);
