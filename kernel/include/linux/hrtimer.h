/*
 * Timers in nanoseconds, never early. With a local APIC they come within microseconds of their
 * time; without one at the first tick that is not before it: up to 10 ms late.
 */
#ifndef _LINUX_HRTIMER_H
#define _LINUX_HRTIMER_H

#include <linux/ktime.h>
#include <linux/rbtree.h>
#include <linux/types.h>

enum hrtimer_mode {
	HRTIMER_MODE_ABS = 0x00,
	HRTIMER_MODE_REL = 0x01,
	HRTIMER_MODE_PINNED = 0x02,
	HRTIMER_MODE_SOFT = 0x04,
	HRTIMER_MODE_HARD = 0x08,
	HRTIMER_MODE_ABS_PINNED = HRTIMER_MODE_ABS | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_REL_PINNED = HRTIMER_MODE_REL | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_ABS_SOFT = HRTIMER_MODE_ABS | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_SOFT = HRTIMER_MODE_REL | HRTIMER_MODE_SOFT,
};

enum hrtimer_restart {
	HRTIMER_NORESTART,
	HRTIMER_RESTART,		/* put it back, at its (forwarded) time */
};

struct hrtimer {
	struct rb_node node;		/* [l] hrtimer_lock; RB_EMPTY_NODE: not queued */
	ktime_t expires;		/* [l] on its clock */
	enum hrtimer_restart (*function)(struct hrtimer *timer); /* set while inactive */
	clockid_t clock;		/* [I] CLOCK_MONOTONIC or CLOCK_REALTIME */
};

/* The function runs in interrupt context. Context of all below: any, cancel: see there. */
void hrtimer_init(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode);
void hrtimer_start(struct hrtimer *timer, ktime_t tim, const enum hrtimer_mode mode);
/* Starts it again at the time it already has. */
void hrtimer_restart(struct hrtimer *timer);
/* 1: was queued, 0: was not, -1: its function runs just now. */
int hrtimer_try_to_cancel(struct hrtimer *timer);
/* Waits for a running function; never call it from there. */
int hrtimer_cancel(struct hrtimer *timer);
bool hrtimer_active(const struct hrtimer *timer);
bool hrtimer_is_queued(const struct hrtimer *timer);
/* Moves the expiry past `now` in steps; returns how many. */
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval);
ktime_t hrtimer_get_remaining(const struct hrtimer *timer);
ktime_t hrtimer_cb_get_time(const struct hrtimer *timer);
#define hrtimer_forward_now(t, i) hrtimer_forward(t, hrtimer_cb_get_time(t), i)
#define hrtimer_set_expires(t, time) ((t)->expires = (time))
#define hrtimer_get_expires(t)	((t)->expires)
#define hrtimer_start_range_ns(t, tim, delta, mode) hrtimer_start(t, tim, mode)
#define hrtimer_start_expires(t, mode) hrtimer_restart(t)

/* Called by the tick; by the timer that was armed for the next one. Interrupts off. */
void hrtimer_run_queues(void);
void hrtimer_interrupt(void);
/* Called after the wall clock was set: absolute timers on it may be due. */
void clock_was_set(void);

/*
 * Sleeps in the task state the caller has set until *expires. 0: the time
 * came, -EINTR: woken before. expires NULL: no limit. Context: process.
 */
int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode);
int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode);
int schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta, const enum hrtimer_mode mode,
				   clockid_t clock);

#endif
