/*
 * The system calls that read and set the clocks. Context: process.
 *
 * gettimeofday and clock_gettime are called by programs in a loop: they read
 * the clock and store two words, nothing else.
 */
#include <linux/capability.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/times.h>

long sys_gettimeofday(struct __kernel_old_timeval __user *tv, struct timezone __user *tz)
{
	if (likely(tv)) {
		struct timespec64 ts;

		ktime_get_real_ts64(&ts);
		if (put_user((long)ts.tv_sec, &tv->tv_sec) ||
		    put_user(ts.tv_nsec / NSEC_PER_USEC, &tv->tv_usec))
			return -EFAULT;
	}
	if (unlikely(tz) && copy_to_user(tz, &sys_tz, sizeof(sys_tz)))
		return -EFAULT;
	return 0;
}

static int set_clock(const struct timespec64 *ts)
{
	if (!timespec64_valid_settod(ts))
		return -EINVAL;
	return capable(CAP_SYS_TIME) ? do_settimeofday64(ts) : -EPERM;
}

long sys_settimeofday(const struct __kernel_old_timeval __user *tv,
		      const struct timezone __user *tz)
{
	struct __kernel_old_timeval value;
	struct timespec64 ts;

	if (tz) {
		if (!capable(CAP_SYS_TIME))
			return -EPERM;
		if (copy_from_user(&sys_tz, tz, sizeof(sys_tz)))
			return -EFAULT;
	}
	if (!tv)
		return 0;
	if (copy_from_user(&value, tv, sizeof(value)))
		return -EFAULT;
	if ((unsigned long)value.tv_usec >= USEC_PER_SEC)
		return -EINVAL;
	ts = (struct timespec64){ value.tv_sec, value.tv_usec * NSEC_PER_USEC };
	return set_clock(&ts);
}

long sys_time32(__s32 __user *tloc)
{
	s32 now = ktime_get_real_seconds();

	return tloc && put_user(now, tloc) ? -EFAULT : now;
}

long sys_stime32(const __s32 __user *tptr)
{
	struct timespec64 ts = { 0 };
	s32 value;

	if (get_user(value, tptr))
		return -EFAULT;
	ts.tv_sec = value;
	return set_clock(&ts);
}

/* CPU time of all threads of the process, the dead ones too, in ns. */
static void process_times(u64 *utime, u64 *stime)
{
	struct task_struct *t;

	read_lock(&tasklist_lock);
	*utime = current->signal->utime;
	*stime = current->signal->stime;
	list_for_each_entry(t, &current->signal->thread_head, thread_node) {
		*utime += t->utime;
		*stime += t->stime;
	}
	read_unlock(&tasklist_lock);
}

static void cpu_time(clockid_t clock, struct timespec64 *ts)
{
	u64 utime = current->utime, stime = current->stime;

	if (clock == CLOCK_PROCESS_CPUTIME_ID)
		process_times(&utime, &stime);
	*ts = ns_to_timespec64(utime + stime);
}

static __always_inline int read_clock(clockid_t clock, struct timespec64 *ts)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_TAI:
		ktime_get_real_ts64(ts);
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_BOOTTIME:
		ktime_get_ts64(ts);
		return 0;
	case CLOCK_REALTIME_COARSE:
		ktime_get_coarse_real_ts64(ts);
		return 0;
	case CLOCK_MONOTONIC_COARSE:
		ktime_get_coarse_ts64(ts);
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
	case CLOCK_THREAD_CPUTIME_ID:
		cpu_time(clock, ts);
		return 0;
	}
	return -EINVAL;
}

long sys_clock_gettime(clockid_t which_clock, struct __kernel_timespec __user *tp)
{
	struct timespec64 ts;
	int err = read_clock(which_clock, &ts);

	return err ?: put_timespec64(&ts, tp);
}

long sys_clock_gettime32(clockid_t which_clock, struct old_timespec32 __user *tp)
{
	struct timespec64 ts;

	if (read_clock(which_clock, &ts))
		return -EINVAL;
	if (put_user((s32)ts.tv_sec, &tp->tv_sec) || put_user((s32)ts.tv_nsec, &tp->tv_nsec))
		return -EFAULT;
	return 0;
}

long sys_clock_settime(clockid_t which_clock, const struct __kernel_timespec __user *tp)
{
	struct timespec64 ts;

	if (which_clock != CLOCK_REALTIME)
		return -EINVAL;
	return get_timespec64(&ts, tp) ?: set_clock(&ts);
}

long sys_clock_settime32(clockid_t which_clock, const struct old_timespec32 __user *tp)
{
	struct timespec64 ts;

	if (which_clock != CLOCK_REALTIME)
		return -EINVAL;
	return get_old_timespec32(&ts, tp) ?: set_clock(&ts);
}

/* The clocks are read to the nanosecond; the coarse ones and CPU time go in ticks. */
static int resolution(clockid_t clock, struct timespec64 *ts)
{
	struct timespec64 unused;
	bool coarse = clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE;

	*ts = (struct timespec64){ 0, coarse ? TICK_NSEC : 1 };
	return read_clock(clock, &unused);
}

long sys_clock_getres(clockid_t which_clock, struct __kernel_timespec __user *tp)
{
	struct timespec64 ts;
	int err = resolution(which_clock, &ts);

	return err || !tp ? err : put_timespec64(&ts, tp);
}

long sys_clock_getres_time32(clockid_t which_clock, struct old_timespec32 __user *tp)
{
	struct timespec64 ts;
	int err = resolution(which_clock, &ts);

	return err || !tp ? err : put_old_timespec32(&ts, tp);
}

long sys_times(struct tms __user *tbuf)
{
	if (tbuf) {
		struct tms tms;
		u64 utime, stime;

		process_times(&utime, &stime);
		tms = (struct tms){
			.tms_utime = nsec_to_clock_t(utime),
			.tms_stime = nsec_to_clock_t(stime),
			.tms_cutime = nsec_to_clock_t(current->signal->cutime),
			.tms_cstime = nsec_to_clock_t(current->signal->cstime),
		};
		if (copy_to_user(tbuf, &tms, sizeof(tms)))
			return -EFAULT;
	}
	return (long)jiffies_64_to_clock_t(get_jiffies_64());
}
