/*
 * Timers in ticks. The function runs once, in interrupt context (softirq
 * level, in_interrupt() is true), with no lock held; it may start the timer
 * again. A timer that is started fires no earlier than asked.
 */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/debugobjects.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/stddef.h>
#include <linux/types.h>

struct timer_list {
	struct hlist_node entry;	/* [l] the wheel's lock */
	unsigned long expires;		/* [l] jiffies */
	void (*function)(struct timer_list *timer); /* [l] */
	u32 flags;			/* [I] */
};

#define TIMER_DEFERRABLE	0x00080000
#define TIMER_PINNED		0x00100000
#define TIMER_IRQSAFE		0x00200000	/* the function runs with interrupts off */

#define __TIMER_INITIALIZER(fn, fl) { .entry = { .next = TIMER_ENTRY_STATIC }, \
	.function = (fn), .flags = (fl) }
#define TIMER_ENTRY_STATIC	((void *)0x300)
#define TIMER_INITIALIZER(fn, exp, data) __TIMER_INITIALIZER(fn, 0)
#define DEFINE_TIMER(name, fn)	struct timer_list name = __TIMER_INITIALIZER(fn, 0)

void timer_setup_fn(struct timer_list *timer, void (*fn)(struct timer_list *), unsigned int flags);
#define timer_setup(timer, fn, flags) timer_setup_fn(timer, fn, flags)
#define timer_setup_on_stack(timer, fn, flags) timer_setup_fn(timer, fn, flags)
#define destroy_timer_on_stack(timer) debug_check_no_obj_freed(timer, sizeof(*(timer)))
#define from_timer(var, timer, field) container_of(timer, typeof(*var), field)
#define timer_container_of(var, timer, field) container_of(timer, typeof(*var), field)

static inline int timer_pending(const struct timer_list *timer)
{
	return timer->entry.pprev != NULL;
}

/* All O(1). mod, del: 1 when the timer was pending, 0 when not. Context: any. */
void add_timer(struct timer_list *timer);
void add_timer_on(struct timer_list *timer, int cpu);
int mod_timer(struct timer_list *timer, unsigned long expires);
int mod_timer_pending(struct timer_list *timer, unsigned long expires);
int timer_reduce(struct timer_list *timer, unsigned long expires);
int del_timer(struct timer_list *timer);
/*
 * Also waits until the function has ended on another CPU; not to be called
 * with a lock held that the function takes, nor from the function itself.
 */
int del_timer_sync(struct timer_list *timer);
struct module;
/* One that is pending, of a module which goes, or NULL. Context: any. */
struct timer_list *timer_of_module(const struct module *mod);
int try_to_del_timer_sync(struct timer_list *timer);	/* -1: it runs just now */
#define timer_delete(t)		del_timer(t)
#define timer_delete_sync(t)	del_timer_sync(t)
#define timer_shutdown_sync(t)	del_timer_sync(t)
#define del_singleshot_timer_sync(t) del_timer_sync(t)

void init_timers(void);
/* Runs what is due; called at the end of the tick's interrupt. */
void run_local_timers(void);
/* True when run_local_timers() would find something: one compare. */
bool timers_due(void);

#endif
