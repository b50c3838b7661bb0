/*
 * Timers in ticks: a wheel.
 *
 * 256 buckets hold the timers of the next 256 ticks, one bucket a tick; three
 * coarser rings of 64 buckets those that are further away, each bucket as wide
 * as the whole finer ring. When a finer ring has gone round, the next bucket
 * of the coarser one is dealt out again. So starting, stopping and expiring are
 * O(1). What lies beyond the last ring (77 days) waits in its last bucket and
 * is dealt out again from there.
 *
 * Expiry runs in the timer's bottom half, one timer at a time, with no lock.
 *
 * Locks: wheel.lock [l], irq-safe, innermost.
 */
#include <linux/bug.h>
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

#define FINE_BITS	8
#define FINE_BUCKETS	(1 << FINE_BITS)
#define COARSE_BITS	6
#define COARSE_BUCKETS	(1 << COARSE_BITS)
#define COARSE_RINGS	3
#define WHEEL_SPAN	(1UL << (FINE_BITS + COARSE_RINGS * COARSE_BITS))

static struct {
	spinlock_t lock;
	unsigned long now;		/* [l] the next tick to be dealt with */
	struct timer_list *running;	/* [l] */
	struct hlist_head fine[FINE_BUCKETS];	/* [l] */
	struct hlist_head coarse[COARSE_RINGS][COARSE_BUCKETS]; /* [l] */
} wheel = { .lock = __SPIN_LOCK_UNLOCKED(wheel.lock), .now = INITIAL_JIFFIES };

static struct hlist_head *bucket_of(unsigned long expires)
{
	unsigned long distance = expires - wheel.now;
	unsigned int shift = FINE_BITS;

	if ((long)distance < 0)			/* overdue: the next tick */
		return &wheel.fine[wheel.now % FINE_BUCKETS];
	if (distance < FINE_BUCKETS)
		return &wheel.fine[expires % FINE_BUCKETS];
	if (distance >= WHEEL_SPAN)
		expires = wheel.now + WHEEL_SPAN - 1;
	for (int ring = 0; ring < COARSE_RINGS; ring++, shift += COARSE_BITS)
		if (distance >> shift < COARSE_BUCKETS || ring == COARSE_RINGS - 1)
			return &wheel.coarse[ring][(expires >> shift) % COARSE_BUCKETS];
	unreachable();
}

/* Deals the ring's current bucket out again; true when the ring has gone round itself. */
static bool cascade(int ring)
{
	unsigned int index = (wheel.now >> (FINE_BITS + ring * COARSE_BITS)) % COARSE_BUCKETS;
	struct hlist_head list;
	struct hlist_node *next;
	struct timer_list *timer;

	hlist_move_list(&wheel.coarse[ring][index], &list);
	hlist_for_each_entry_safe(timer, next, &list, entry) {
		hlist_del(&timer->entry);
		hlist_add_head(&timer->entry, bucket_of(timer->expires));
	}
	return index == 0;
}

static void *timer_hint(void *timer)
{
	return ((struct timer_list *)timer)->function;
}

static void timer_cancel(void *timer)
{
	del_timer(timer);
}

static const struct debug_obj_descr timer_descr __maybe_unused = {
	.name = "timer",
	.debug_hint = timer_hint,
	.cancel = timer_cancel,
};

/* [l] held: its links or its function are what happened to lie in memory. */
static bool never_set_up(const struct timer_list *timer)
{
	return DEBUG_BUILD && (!timer->function ||
		(timer_pending(timer) && debug_object_state(timer) == ODEBUG_INACTIVE));
}

/* [l] held */
static void attach(struct timer_list *timer, unsigned long expires)
{
	timer->expires = expires;
	hlist_add_head(&timer->entry, bucket_of(expires));
	debug_object_activate(timer, &timer_descr);
}

static bool detach(struct timer_list *timer)
{
	if (!timer_pending(timer))
		return false;
	hlist_del_init(&timer->entry);
	debug_object_deactivate(timer);
	return true;
}

void timer_setup_fn(struct timer_list *timer, void (*fn)(struct timer_list *), unsigned int flags)
{
	debug_object_init(timer, &timer_descr);
	INIT_HLIST_NODE(&timer->entry);
	timer->function = fn;
	timer->flags = flags;
}
EXPORT_SYMBOL(timer_setup_fn);

int mod_timer(struct timer_list *timer, unsigned long expires)
{
	bool was_pending = false, garbage;
	unsigned long flags;

	if (!DEBUG_BUILD)
		BUG_ON(!timer->function);
	spin_lock_irqsave(&wheel.lock, flags);
	garbage = never_set_up(timer);
	if (!garbage) {
		was_pending = detach(timer);
		attach(timer, expires);
	}
	spin_unlock_irqrestore(&wheel.lock, flags);
	if (garbage)
		debug_object_report("start uninitialised", timer, &timer_descr);
	return was_pending;
}
EXPORT_SYMBOL(mod_timer);

int mod_timer_pending(struct timer_list *timer, unsigned long expires)
{
	unsigned long flags;
	bool was_pending;

	spin_lock_irqsave(&wheel.lock, flags);
	was_pending = detach(timer);
	if (was_pending)
		attach(timer, expires);
	spin_unlock_irqrestore(&wheel.lock, flags);
	return was_pending;
}
EXPORT_SYMBOL(mod_timer_pending);

/* Only ever earlier. */
int timer_reduce(struct timer_list *timer, unsigned long expires)
{
	if (timer_pending(timer) && time_before_eq(timer->expires, expires))
		return 1;
	return mod_timer(timer, expires);
}
EXPORT_SYMBOL(timer_reduce);

void add_timer(struct timer_list *timer)
{
	BUG_ON(timer_pending(timer));
	mod_timer(timer, timer->expires);
}
EXPORT_SYMBOL(add_timer);

/* There is one wheel for all CPUs. */
void add_timer_on(struct timer_list *timer, int cpu)
{
	add_timer(timer);
}
EXPORT_SYMBOL(add_timer_on);

int del_timer(struct timer_list *timer)
{
	bool was_pending, garbage;
	unsigned long flags;

	if (!timer_pending(timer))
		return 0;
	spin_lock_irqsave(&wheel.lock, flags);
	garbage = never_set_up(timer);
	was_pending = !garbage && detach(timer);
	spin_unlock_irqrestore(&wheel.lock, flags);
	if (garbage)
		debug_object_report("delete uninitialised", timer, &timer_descr);
	return was_pending;
}
EXPORT_SYMBOL(del_timer);

int try_to_del_timer_sync(struct timer_list *timer)
{
	unsigned long flags;
	int ret = -1;

	spin_lock_irqsave(&wheel.lock, flags);
	if (wheel.running != timer)
		ret = detach(timer);
	spin_unlock_irqrestore(&wheel.lock, flags);
	return ret;
}
EXPORT_SYMBOL(try_to_del_timer_sync);

int del_timer_sync(struct timer_list *timer)
{
	int ret;

	/* From an interrupt on the CPU whose timer it interrupted, this would wait for ever. */
	WARN_ON(in_irq());
	while ((ret = try_to_del_timer_sync(timer)) < 0)
		cpu_relax();
	return ret;
}
EXPORT_SYMBOL(del_timer_sync);

static struct timer_list *find_in_bucket(const struct module *mod, const struct hlist_head *bucket)
{
	struct timer_list *timer;

	hlist_for_each_entry(timer, bucket, entry)
		if (within_module((unsigned long)timer, mod) ||
		    within_module((unsigned long)timer->function, mod))
			return timer;
	return NULL;
}

struct timer_list *timer_of_module(const struct module *mod)
{
	struct timer_list *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&wheel.lock, flags);
	for (unsigned int i = 0; i < FINE_BUCKETS && !found; i++)
		found = find_in_bucket(mod, &wheel.fine[i]);
	for (unsigned int i = 0; i < COARSE_RINGS * COARSE_BUCKETS && !found; i++)
		found = find_in_bucket(mod, &wheel.coarse[i / COARSE_BUCKETS][i % COARSE_BUCKETS]);
	spin_unlock_irqrestore(&wheel.lock, flags);
	return found;
}

/*
 * Runs the timers of one tick. The lock is let go around each function, which
 * may start, stop or free its timer and others: the list is read anew each time.
 */
static void expire_tick(struct hlist_head *list) __must_hold(&wheel.lock)
{
	while (!hlist_empty(list)) {
		struct timer_list *timer = hlist_entry(list->first, struct timer_list, entry);
		void (*function)(struct timer_list *) = timer->function;
		int count = preempt_count();

		wheel.running = timer;
		detach(timer);
		spin_unlock(&wheel.lock);
		if (!(timer->flags & TIMER_IRQSAFE))
			local_irq_enable();
		function(timer);
		WARN(preempt_count() != count - PREEMPT_OFFSET,
		     "timer %ps left preempt_count at %x\n", function, preempt_count());
		spin_lock_irq(&wheel.lock);
		wheel.running = NULL;
	}
}

bool timers_due(void)
{
	return time_after_eq(jiffies, READ_ONCE(wheel.now));
}

void run_local_timers(void)
{
	spin_lock_irq(&wheel.lock);
	while (!wheel.running && time_after_eq(jiffies, wheel.now)) {
		struct hlist_head due;

		if (wheel.now % FINE_BUCKETS == 0)
			for (int ring = 0; ring < COARSE_RINGS && cascade(ring); ring++)
				;
		/* Counted on first: what a function starts for "now" belongs to the next tick. */
		hlist_move_list(&wheel.fine[wheel.now++ % FINE_BUCKETS], &due);
		expire_tick(&due);
	}
	spin_unlock_irq(&wheel.lock);
}

void __init init_timers(void)
{
	open_softirq(TIMER_SOFTIRQ, run_local_timers);
}
