/*
 * nanosleep and clock_nanosleep. A relative sleep that a signal cuts short
 * tells the rest; after a stop it goes on through restart_syscall() until the
 * time it had set out for. Context: process.
 */
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/syscalls.h>

/* Who asked, for restart_block.rmtp_kind. */
#define REST_OLD	0
#define REST_64		1

struct sleep_request {
	clockid_t clock;
	bool absolute;
	struct timespec64 time;
	void __user *rest;		/* NULL: not wanted */
	unsigned int rest_kind;
};

static int tell_rest(void __user *to, unsigned int kind, ktime_t until)
{
	struct timespec64 rest = ns_to_timespec64(max(until - ktime_get(), (s64)0));

	if (!to)
		return 0;
	return kind == REST_64 ? put_timespec64(&rest, to) : put_old_timespec32(&rest, to);
}

/* Sleeps until the time on its clock; 0 or -EINTR. */
static int sleep_until(ktime_t until, clockid_t clock)
{
	int err;

	do {
		set_current_state(TASK_INTERRUPTIBLE);
		if (signal_pending(current)) {
			__set_current_state(TASK_RUNNING);
			return -EINTR;
		}
		err = schedule_hrtimeout_range_clock(&until, 0, HRTIMER_MODE_ABS, clock);
	} while (err == -EINTR && !signal_pending(current));
	return err;
}

static long nanosleep_restart(struct restart_block *block)
{
	ktime_t until = block->expires;
	int err = sleep_until(until, CLOCK_MONOTONIC);

	if (!err)
		return 0;
	err = tell_rest(block->rmtp, block->rmtp_kind, until);
	return err ?: -ERESTART_RESTARTBLOCK;
}

static long do_sleep(const struct sleep_request *req)
{
	struct restart_block *block = &current->restart_block;
	ktime_t until = timespec64_to_ktime(req->time);
	int err;

	if (!timespec64_valid(&req->time))
		return -EINVAL;
	if (req->absolute)
		return sleep_until(until, req->clock) ? -ERESTARTNOHAND : 0;

	until = ktime_add_safe(ktime_get(), until);
	if (!sleep_until(until, CLOCK_MONOTONIC))
		return 0;
	err = tell_rest(req->rest, req->rest_kind, until);
	if (err)
		return err;
	block->fn = nanosleep_restart;
	block->expires = until;
	block->rmtp = req->rest;
	block->rmtp_kind = req->rest_kind;
	return -ERESTART_RESTARTBLOCK;
}

long sys_nanosleep_time32(const struct old_timespec32 __user *rqtp,
			  struct old_timespec32 __user *rmtp)
{
	struct sleep_request req = { CLOCK_MONOTONIC, false, .rest = rmtp, .rest_kind = REST_OLD };

	return get_old_timespec32(&req.time, rqtp) ?: do_sleep(&req);
}

static int fill_clock(struct sleep_request *req, clockid_t clock, int flags)
{
	if (clock == CLOCK_THREAD_CPUTIME_ID || (unsigned int)clock >= MAX_CLOCKS)
		return -EINVAL;
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME &&
	    clock != CLOCK_TAI)
		return -EOPNOTSUPP;
	req->clock = clock == CLOCK_REALTIME || clock == CLOCK_TAI ? CLOCK_REALTIME :
								     CLOCK_MONOTONIC;
	req->absolute = flags & TIMER_ABSTIME;
	return 0;
}

long sys_clock_nanosleep(clockid_t which_clock, int flags,
			 const struct __kernel_timespec __user *rqtp,
			 struct __kernel_timespec __user *rmtp)
{
	struct sleep_request req = { .rest = rmtp, .rest_kind = REST_64 };

	return fill_clock(&req, which_clock, flags) ?: get_timespec64(&req.time, rqtp) ?:
	       do_sleep(&req);
}

long sys_clock_nanosleep_time32(clockid_t which_clock, int flags,
				const struct old_timespec32 __user *rqtp,
				struct old_timespec32 __user *rmtp)
{
	struct sleep_request req = { .rest = rmtp, .rest_kind = REST_OLD };

	return fill_clock(&req, which_clock, flags) ?: get_old_timespec32(&req.time, rqtp) ?:
	       do_sleep(&req);
}
