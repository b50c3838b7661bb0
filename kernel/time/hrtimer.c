/*
 * Timers in nanoseconds: a tree by expiry for each of the two clocks. Each tick looks
 * at them; where the local APIC has a timer, that interrupts for those that are
 * due before the next but one. schedule_hrtimeout(), the sleep that nanosleep, select and poll
 * stand on, is in kernel/sched/timeout.c.
 *
 * Locks: hrtimer_lock [l], irq-safe; the functions run without it, in the
 * interrupt.
 */
#include <linux/debugobjects.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/timekeeping.h>
#include <asm/apic.h>

static DEFINE_SPINLOCK(hrtimer_lock);
static struct rb_root_cached queues[2];		/* [l] monotonic, wall clock */
static struct hrtimer *running;			/* [l] */

static struct rb_root_cached *queue_of(const struct hrtimer *timer)
{
	return &queues[timer->clock == CLOCK_REALTIME];
}

ktime_t hrtimer_cb_get_time(const struct hrtimer *timer)
{
	return timer->clock == CLOCK_REALTIME ? ktime_get_real() : ktime_get();
}
EXPORT_SYMBOL(hrtimer_cb_get_time);

static void *hrtimer_hint(void *timer)
{
	return ((struct hrtimer *)timer)->function;
}

static void hrtimer_cancel_any(void *timer)
{
	hrtimer_try_to_cancel(timer);
}

static const struct debug_obj_descr hrtimer_descr __maybe_unused = {
	.name = "hrtimer",
	.debug_hint = hrtimer_hint,
	.cancel = hrtimer_cancel_any,
};

/* [l] held: its links or its function are what happened to lie in memory. */
static bool never_initialised(const struct hrtimer *timer)
{
	return DEBUG_BUILD && (!timer->function || (!RB_EMPTY_NODE(&timer->node) &&
						    debug_object_state(timer) == ODEBUG_INACTIVE));
}

void hrtimer_init(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode)
{
	debug_object_init(timer, &hrtimer_descr);
	*timer = (struct hrtimer){ .clock = CLOCK_MONOTONIC };
	/* A relative time on the wall clock is not to move when that is set. */
	if (clock == CLOCK_REALTIME && !(mode & HRTIMER_MODE_REL))
		timer->clock = CLOCK_REALTIME;
	RB_CLEAR_NODE(&timer->node);
}
EXPORT_SYMBOL(hrtimer_init);

/* [l] Have the next timer of @queue interrupt in time, if the tick after the next would be late. */
static void arm_for(const struct rb_root_cached *queue, ktime_t now, s64 *armed)
{
	struct rb_node *first = rb_first_cached(queue);
	s64 delay;

	if (!first)
		return;
	delay = max_t(s64, rb_entry(first, struct hrtimer, node)->expires - now, 0);
	if (delay >= *armed)
		return;
	*armed = delay;
	lapic_timer_arm(delay);
}

static void arm(void)
{
	s64 armed = 2LL * TICK_NSEC;

	if (!lapic_timer_runs || running)	/* run_queues() will do it */
		return;
	arm_for(&queues[0], ktime_get(), &armed);
	if (queues[1].rb_leftmost)
		arm_for(&queues[1], ktime_get_real(), &armed);
}

/* True: it is the first of its clock. */
static bool enqueue(struct hrtimer *timer)
{
	struct rb_root_cached *queue = queue_of(timer);
	struct rb_node **link = &queue->rb_root.rb_node, *parent = NULL;
	bool leftmost = true;

	while (*link) {
		parent = *link;
		if (timer->expires < rb_entry(parent, struct hrtimer, node)->expires) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}
	rb_link_node(&timer->node, parent, link);
	rb_insert_color_cached(&timer->node, queue, leftmost);
	debug_object_activate(timer, &hrtimer_descr);
	return leftmost;
}

static bool dequeue(struct hrtimer *timer)
{
	if (RB_EMPTY_NODE(&timer->node))
		return false;
	rb_erase_cached(&timer->node, queue_of(timer));
	RB_CLEAR_NODE(&timer->node);
	debug_object_deactivate(timer);
	return true;
}

void hrtimer_start(struct hrtimer *timer, ktime_t tim, const enum hrtimer_mode mode)
{
	unsigned long flags;
	bool garbage;

	if (mode & HRTIMER_MODE_REL)
		tim = ktime_add_safe(hrtimer_cb_get_time(timer), tim);
	spin_lock_irqsave(&hrtimer_lock, flags);
	garbage = never_initialised(timer);
	if (!garbage) {
		dequeue(timer);
		timer->expires = tim;
		if (enqueue(timer))
			arm();
	}
	spin_unlock_irqrestore(&hrtimer_lock, flags);
	if (garbage)
		debug_object_report("start uninitialised", timer, &hrtimer_descr);
}
EXPORT_SYMBOL(hrtimer_start);

void hrtimer_restart(struct hrtimer *timer)
{
	hrtimer_start(timer, timer->expires, HRTIMER_MODE_ABS);
}
EXPORT_SYMBOL(hrtimer_restart);

int hrtimer_try_to_cancel(struct hrtimer *timer)
{
	unsigned long flags;
	int ret = -1;

	spin_lock_irqsave(&hrtimer_lock, flags);
	if (running != timer)
		ret = dequeue(timer);
	spin_unlock_irqrestore(&hrtimer_lock, flags);
	return ret;
}
EXPORT_SYMBOL(hrtimer_try_to_cancel);

int hrtimer_cancel(struct hrtimer *timer)
{
	int ret;

	while ((ret = hrtimer_try_to_cancel(timer)) < 0)
		cpu_relax();
	return ret;
}
EXPORT_SYMBOL(hrtimer_cancel);

bool hrtimer_is_queued(const struct hrtimer *timer)
{
	return !RB_EMPTY_NODE(&timer->node);
}
EXPORT_SYMBOL(hrtimer_is_queued);

bool hrtimer_active(const struct hrtimer *timer)
{
	return hrtimer_is_queued(timer) || READ_ONCE(running) == timer;
}
EXPORT_SYMBOL(hrtimer_active);

u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval)
{
	s64 late = now - timer->expires;
	u64 steps;

	if (late < 0)
		return 0;
	steps = div64_u64(late, interval) + 1;
	timer->expires = ktime_add_safe(timer->expires, steps * interval);
	return steps;
}
EXPORT_SYMBOL(hrtimer_forward);

ktime_t hrtimer_get_remaining(const struct hrtimer *timer)
{
	return timer->expires - hrtimer_cb_get_time(timer);
}
EXPORT_SYMBOL(hrtimer_get_remaining);

/* Runs what is due on one clock. Called and returns with the lock held. */
static void run_queue(struct rb_root_cached *queue, ktime_t now) __must_hold(&hrtimer_lock)
{
	struct rb_node *first;

	while ((first = rb_first_cached(queue))) {
		struct hrtimer *timer = rb_entry(first, struct hrtimer, node);
		enum hrtimer_restart restart;

		if (timer->expires > now)
			break;
		dequeue(timer);
		running = timer;
		spin_unlock(&hrtimer_lock);
		restart = timer->function(timer);
		spin_lock(&hrtimer_lock);
		running = NULL;
		/* Only one who asks to be restarted is still sure to exist. */
		if (restart == HRTIMER_RESTART && RB_EMPTY_NODE(&timer->node))
			enqueue(timer);
	}
}

void hrtimer_interrupt(void)
{
	spin_lock(&hrtimer_lock);
	if (!running) {
		run_queue(&queues[0], ktime_get());
		if (queues[1].rb_leftmost)
			run_queue(&queues[1], ktime_get_real());
		arm();
	}
	spin_unlock(&hrtimer_lock);
}

void hrtimer_run_queues(void)
{
	if (READ_ONCE(queues[0].rb_leftmost) || READ_ONCE(queues[1].rb_leftmost))
		hrtimer_interrupt();
}

/* The next tick finds the wall clock's timers by their new time: nothing is cached. */
void clock_was_set(void)
{
}
