/*
 * alarm() and the interval timers.
 *
 * ITIMER_REAL is a kernel timer per process that sends SIGALRM and, if it has an
 * interval, starts itself again.  ITIMER_VIRTUAL and ITIMER_PROF run down with
 * the CPU time that the tick finds the process using (kernel/sched/loadavg.c).
 *
 * Locks: siglock.
 */
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include "proc.h"

/* Times in ns, as the process sees them. */
struct itimer_ns {
	u64 value, interval;
};

/* Not before @ns have gone by: the jiffy that runs now is partly over. */
static unsigned long expiry(u64 ns)
{
	u64 ticks = div_u64(ns + TICK_NSEC - 1, TICK_NSEC) + 1;

	return jiffies + (unsigned long)min_t(u64, ticks, MAX_JIFFY_OFFSET);
}

/* [s] held: SIGALRM, and the next one if there is to be one. */
static void real_timer_expired(struct signal_struct *sig, struct task_struct *leader)
{
	u64 now = ktime_get_ns();

	/* After a late tick the jiffies are behind the clock, and a timer counted in them is early. */
	if (now < sig->it_real_expires)
		goto out_start;
	send_signal_locked(SIGALRM, SEND_SIG_PRIV, leader, PIDTYPE_TGID);
	if (!sig->it_real_incr) {
		sig->it_real_expires = 0;
		return;
	}
	/* Steps from the time it was due: it does not drift. */
	sig->it_real_expires += (div64_u64(now - sig->it_real_expires, sig->it_real_incr) + 1) *
				sig->it_real_incr;
out_start:
	mod_timer(&sig->real_timer, expiry(sig->it_real_expires - now) - 1);
}

/* Context: timer interrupt.  The signal struct lives: exit waits for this timer. */
void it_real_fn(struct timer_list *timer)
{
	struct signal_struct *sig = from_timer(sig, timer, real_timer);
	struct task_struct *leader;
	unsigned long flags;

	read_lock(&tasklist_lock);
	leader = pid_task(sig->pids[PIDTYPE_TGID], PIDTYPE_TGID);
	if (leader && leader->sighand) {
		spin_lock_irqsave(&leader->sighand->siglock, flags);
		/* Stopped or set anew while this waited for the lock: then it is not due. */
		if (sig->it_real_expires && !timer_pending(timer))
			real_timer_expired(sig, leader);
		spin_unlock_irqrestore(&leader->sighand->siglock, flags);
	}
	read_unlock(&tasklist_lock);
}

/* siglock held */
static void read_real_timer(struct signal_struct *sig, struct itimer_ns *timer)
{
	u64 now = ktime_get_ns();

	timer->interval = sig->it_real_incr;
	timer->value = 0;
	if (sig->it_real_expires)	/* running: never tell 0 */
		timer->value = sig->it_real_expires > now ? sig->it_real_expires - now
							  : NSEC_PER_USEC;
}

static void set_real_timer(const struct itimer_ns *new, struct itimer_ns *old)
{
	struct signal_struct *sig = current->signal;

	spin_lock_irq(&current->sighand->siglock);
	read_real_timer(sig, old);
	sig->it_real_incr = new->interval;
	if (new->value) {
		sig->it_real_expires = ktime_get_ns() + new->value;
		mod_timer(&sig->real_timer, expiry(new->value));
	} else {
		/* One that fires just now finds it_real_expires 0 and stops. */
		sig->it_real_expires = 0;
		sig->it_real_incr = 0;
		del_timer(&sig->real_timer);
	}
	spin_unlock_irq(&current->sighand->siglock);
}

/* ITIMER_VIRTUAL, ITIMER_PROF; @new may be NULL. */
static void exchange_cpu_timer(int which, const struct itimer_ns *new, struct itimer_ns *old)
{
	struct cpu_itimer *it = &current->signal->it[which - ITIMER_VIRTUAL];

	spin_lock_irq(&current->sighand->siglock);
	old->value = it->value;
	old->interval = it->incr;
	if (new) {
		/* One more: the tick that runs now is partly over. */
		it->value = new->value ? new->value + TICK_NSEC : 0;
		it->incr = new->interval;
	}
	spin_unlock_irq(&current->sighand->siglock);
}

static u64 timeval_ns(const struct __kernel_old_timeval *tv)
{
	return (u64)tv->tv_sec * NSEC_PER_SEC + (u64)tv->tv_usec * NSEC_PER_USEC;
}

static bool timeval_valid(const struct __kernel_old_timeval *tv)
{
	return tv->tv_sec >= 0 && tv->tv_usec >= 0 && tv->tv_usec < USEC_PER_SEC;
}

static int put_itimer(struct __kernel_old_itimerval __user *user, const struct itimer_ns *timer)
{
	struct __kernel_old_itimerval it = {
		.it_interval = ns_to_kernel_old_timeval(timer->interval),
		.it_value = ns_to_kernel_old_timeval(timer->value),
	};

	return copy_to_user(user, &it, sizeof(it)) ? -EFAULT : 0;
}

long sys_getitimer(int which, struct __kernel_old_itimerval __user *value)
{
	struct itimer_ns timer;

	if (which < ITIMER_REAL || which > ITIMER_PROF)
		return -EINVAL;
	if (which == ITIMER_REAL) {
		spin_lock_irq(&current->sighand->siglock);
		read_real_timer(current->signal, &timer);
		spin_unlock_irq(&current->sighand->siglock);
	} else {
		exchange_cpu_timer(which, NULL, &timer);
	}
	return put_itimer(value, &timer);
}

long sys_setitimer(int which, struct __kernel_old_itimerval __user *value,
		   struct __kernel_old_itimerval __user *ovalue)
{
	struct __kernel_old_itimerval it = { .it_value = { .tv_sec = 0 } };
	struct itimer_ns new, old;

	if (value && copy_from_user(&it, value, sizeof(it)))
		return -EFAULT;
	if (which < ITIMER_REAL || which > ITIMER_PROF || !timeval_valid(&it.it_value) || !timeval_valid(&it.it_interval))
		return -EINVAL;
	new.value = timeval_ns(&it.it_value);
	new.interval = timeval_ns(&it.it_interval);
	if (which == ITIMER_REAL)
		set_real_timer(&new, &old);
	else
		exchange_cpu_timer(which, &new, &old);
	return ovalue ? put_itimer(ovalue, &old) : 0;
}

/* The seconds an earlier alarm had left, rounded, but never 0 if there was one. */
long sys_alarm(unsigned int seconds)
{
	struct itimer_ns new = { .value = (u64)seconds * NSEC_PER_SEC }, old;
	u64 left;

	set_real_timer(&new, &old);
	left = div_u64(old.value + NSEC_PER_SEC / 2, NSEC_PER_SEC);
	return old.value && !left ? 1 : (long)left;
}
