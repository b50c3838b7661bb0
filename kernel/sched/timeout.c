/*
 * Sleeping for a time.
 *
 * schedule_timeout() sleeps as schedule() does, with a timer on the caller's
 * stack that wakes it after the given jiffies at the latest.  Why the wake-up
 * cannot be lost: the caller set its state before it calls; a timer that fires
 * before schedule() sets it back to TASK_RUNNING, and schedule() does not sleep.
 *
 * Context: process.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/wait.h>

struct process_timer {
	struct timer_list timer;
	struct task_struct *task;	/* constant */
};

static void process_timeout(struct timer_list *t)
{
	struct process_timer *timeout = from_timer(timeout, t, timer);

	wake_up_process(timeout->task);
}

/*
 * schedule_timeout - sleep in the current state for at most @timeout jiffies
 * MAX_SCHEDULE_TIMEOUT: without a limit.  Returns the jiffies left, 0 when the time is up.
 */
long schedule_timeout(long timeout)
{
	struct process_timer timer = { .task = current };
	unsigned long expires;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (timeout < 0) {
		pr_err("schedule_timeout: negative time %ld\n", timeout);
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	expires = jiffies + timeout;
	timer_setup_on_stack(&timer.timer, process_timeout, 0);
	mod_timer(&timer.timer, expires);
	schedule();
	del_timer_sync(&timer.timer);		/* nobody may touch this stack any more */
	destroy_timer_on_stack(&timer.timer);
	timeout = expires - jiffies;
	return timeout < 0 ? 0 : timeout;
}
EXPORT_SYMBOL(schedule_timeout);

long schedule_timeout_interruptible(long timeout)
{
	__set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_interruptible);

long schedule_timeout_killable(long timeout)
{
	__set_current_state(TASK_KILLABLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_killable);

long schedule_timeout_uninterruptible(long timeout)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_uninterruptible);

long schedule_timeout_idle(long timeout)
{
	__set_current_state(TASK_IDLE);
	return schedule_timeout(timeout);
}

/* Sleeping for a disk: the name says it in backtraces and in ps. */
void io_schedule(void)
{
	schedule();
}
EXPORT_SYMBOL(io_schedule);

/* At least @msecs by jiffies, which a late tick leaves behind; a wake-up from elsewhere does not end it. */
void msleep(unsigned int msecs)
{
	/* One more: the jiffy that runs now is partly over. */
	long timeout = (long)msecs_to_jiffies(msecs) + 1;

	while (timeout)
		timeout = schedule_timeout_uninterruptible(timeout);
}
EXPORT_SYMBOL(msleep);

/* Until a signal, too.  The ms that were left. */
unsigned long msleep_interruptible(unsigned int msecs)
{
	long timeout = (long)msecs_to_jiffies(msecs) + 1;

	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	return jiffies_to_msecs(timeout);
}
EXPORT_SYMBOL(msleep_interruptible);

/* ------------------------------------------------------------------ in nanoseconds */

/* The same with an hrtimer: nanosleep, select and poll sleep so. */
struct sleeper {
	struct hrtimer timer;
	struct task_struct *task;	/* NULL once the time has come */
};

static enum hrtimer_restart wake_sleeper(struct hrtimer *timer)
{
	struct sleeper *sleeper = container_of(timer, struct sleeper, timer);
	struct task_struct *task = sleeper->task;

	WRITE_ONCE(sleeper->task, NULL);
	if (task)
		wake_up_process(task);
	return HRTIMER_NORESTART;
}

int schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta, const enum hrtimer_mode mode,
				   clockid_t clock)
{
	struct sleeper sleeper = { .task = current };

	if (!expires || *expires == KTIME_MAX) {
		schedule();
		return -EINTR;
	}
	if (*expires == 0 && mode & HRTIMER_MODE_REL) {
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	hrtimer_init(&sleeper.timer, clock, mode);
	sleeper.timer.function = wake_sleeper;
	hrtimer_start(&sleeper.timer, *expires, mode);
	if (READ_ONCE(sleeper.task))
		schedule();
	hrtimer_cancel(&sleeper.timer);
	__set_current_state(TASK_RUNNING);
	return READ_ONCE(sleeper.task) ? -EINTR : 0;
}
EXPORT_SYMBOL(schedule_hrtimeout_range_clock);

int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range_clock(expires, delta, mode, CLOCK_MONOTONIC);
}
EXPORT_SYMBOL(schedule_hrtimeout_range);

int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range(expires, 0, mode);
}
EXPORT_SYMBOL(schedule_hrtimeout);

/* At least @min us; @max is how late it may be, which a tick decides. */
void usleep_range(unsigned long min, unsigned long max)
{
	ktime_t until = ktime_add_us(ktime_get(), min);

	might_sleep();
	do {
		__set_current_state(TASK_UNINTERRUPTIBLE);
	} while (schedule_hrtimeout(&until, HRTIMER_MODE_ABS) == -EINTR);
}
EXPORT_SYMBOL(usleep_range);

/* For wait_event_hrtimeout(): the point in time that a time-out in ns is. */
s64 wait_until_ns(s64 timeout)
{
	return ktime_add_safe(ktime_get(), timeout);
}
EXPORT_SYMBOL(wait_until_ns);

/* Sleeps in the state that is set.  True: woken by the time. */
bool wait_sleep_until(s64 *until)
{
	return !schedule_hrtimeout_range(until, 0, HRTIMER_MODE_ABS);
}
EXPORT_SYMBOL(wait_sleep_until);
