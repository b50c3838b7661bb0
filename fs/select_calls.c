/*
 * The system calls of select.c and epoll's waiting ones: their time-outs and signal masks.
 *
 * A time-out is turned into a point in time once, so that being woken in
 * between does not stretch it.  select() and the p… calls store what is left of
 * it; pselect6() and ppoll() wait with another signal mask.
 */
#include <linux/signal.h>
#include "internal.h"

/* How long: as a point in time, or one of the two ends. */
struct deadline {
	bool never;			/* no time-out */
	bool at_once;			/* a time-out of zero */
	ktime_t at;
};

static const struct deadline no_deadline = { .never = true };

static int set_deadline(struct deadline *deadline, time64_t sec, long nsec)
{
	if (sec < 0 || nsec < 0 || nsec >= NSEC_PER_SEC)
		return -EINVAL;
	deadline->never = false;
	deadline->at_once = !sec && !nsec;
	if (!deadline->at_once)
		deadline->at = ktime_add_safe(ktime_get(), ktime_set(sec, nsec));
	return 0;
}

/* From a timespec of either width; NULL: never. */
static int get_deadline(struct deadline *deadline, const void __user *tsp, bool wide)
{
	struct timespec64 ts;

	*deadline = no_deadline;
	if (!tsp)
		return 0;
	if (wide ? get_timespec64(&ts, tsp) : get_old_timespec32(&ts, tsp))
		return -EFAULT;
	return set_deadline(deadline, ts.tv_sec, ts.tv_nsec);
}

/* From ms; negative: never. */
static void set_timeout(struct deadline *deadline, int ms)
{
	if (ms >= 0)
		set_deadline(deadline, ms / MSEC_PER_SEC, ms % MSEC_PER_SEC * NSEC_PER_MSEC);
}

static ktime_t *expires(struct deadline *deadline)
{
	return deadline->never ? NULL : &deadline->at;
}

static struct timespec64 time_left(const struct deadline *deadline)
{
	s64 left = deadline->at - ktime_get();

	return ns_to_timespec64(left > 0 ? left : 0);
}

/* A call that could not store what is left of its time would, started anew, wait for all of it again. */
static long no_restart(long ret)
{
	return ret == -ERESTARTNOHAND ? -EINTR : ret;
}

/* What is left goes to *tsp; in read-only memory the caller does not learn it. */
static long put_time_left(const struct deadline *deadline, void __user *tsp, bool wide, long ret)
{
	struct timespec64 left;

	if (deadline->never || deadline->at_once)
		return ret;
	left = time_left(deadline);
	if (wide ? put_timespec64(&left, tsp) : put_old_timespec32(&left, tsp))
		return no_restart(ret);
	return ret;
}

/* ------------------------------------------------------------------ signal masks */

/* A mask and its size: the sixth argument of pselect6(). */
struct sigset_argpack {
	const sigset_t __user *p;
	size_t size;
};

/* For the length of the call; a handler that runs because of it gets the old mask back. */
static int set_call_sigmask(const struct sigset_argpack *mask)
{
	sigset_t set;

	if (!mask->p)
		return 0;
	if (mask->size != sizeof(set))
		return -EINVAL;
	if (copy_from_user(&set, mask->p, sizeof(set)))
		return -EFAULT;
	current->saved_sigmask = current->blocked;
	set_bit(TIF_RESTORE_SIGMASK, &current_thread_info()->flags);
	set_current_blocked(&set);
	return 0;
}

/* interrupted: signal delivery puts the mask back, after the handler was set up. */
static void end_call_sigmask(bool interrupted)
{
	if (!interrupted &&
	    test_and_clear_bit(TIF_RESTORE_SIGMASK, &current_thread_info()->flags))
		set_current_blocked(&current->saved_sigmask);
}

/* ------------------------------------------------------------------ select */

long sys_select(int n, __kernel_fd_set __user *inp, __kernel_fd_set __user *outp,
		__kernel_fd_set __user *exp, struct __kernel_old_timeval __user *tvp)
{
	__kernel_fd_set __user *sets[3] = { inp, outp, exp };
	struct deadline deadline = no_deadline;
	struct __kernel_old_timeval tv;
	struct timespec64 left;
	long ret;

	if (tvp) {
		if (copy_from_user(&tv, tvp, sizeof(tv)))
			return -EFAULT;
		if (tv.tv_usec < 0 ||
		    set_deadline(&deadline, (time64_t)tv.tv_sec + tv.tv_usec / USEC_PER_SEC,
				 tv.tv_usec % USEC_PER_SEC * NSEC_PER_USEC))
			return -EINVAL;
	}
	ret = core_sys_select(n, sets, expires(&deadline), deadline.at_once);
	if (!tvp || deadline.at_once)
		return ret;
	left = time_left(&deadline);
	/* LAB 07.2 { left */
	tv.tv_sec = left.tv_sec;
	tv.tv_usec = left.tv_nsec / NSEC_PER_USEC;
	if (copy_to_user(tvp, &tv, sizeof(tv)))
		return no_restart(ret);	/* read-only memory: then he does not learn it */
	return ret;
	/* } LAB */
}

struct sel_arg_struct {
	unsigned long n;
	__kernel_fd_set __user *inp, *outp, *exp;
	struct __kernel_old_timeval __user *tvp;
};

/* The first one took its five arguments in a structure. */
long sys_old_select(const struct sel_arg_struct __user *arg)
{
	struct sel_arg_struct a;

	if (copy_from_user(&a, arg, sizeof(a)))
		return -EFAULT;
	return sys_select(a.n, a.inp, a.outp, a.exp, a.tvp);
}

static long do_pselect(int n, __kernel_fd_set __user *sets[3], void __user *tsp, bool wide,
		       const void __user *sig)
{
	struct sigset_argpack mask = { NULL, 0 };
	struct deadline deadline;
	long ret = get_deadline(&deadline, tsp, wide);

	if (!ret && sig && copy_from_user(&mask, sig, sizeof(mask)))
		ret = -EFAULT;
	if (!ret)
		ret = set_call_sigmask(&mask);
	if (!ret) {
		ret = core_sys_select(n, sets, expires(&deadline), deadline.at_once);
		end_call_sigmask(ret == -ERESTARTNOHAND);
		ret = put_time_left(&deadline, tsp, wide, ret);
	}
	return ret;
}

long sys_pselect6(int n, __kernel_fd_set __user *inp, __kernel_fd_set __user *outp,
		  __kernel_fd_set __user *exp, struct __kernel_timespec __user *tsp,
		  const void __user *sig)
{
	__kernel_fd_set __user *sets[3] = { inp, outp, exp };

	return do_pselect(n, sets, tsp, true, sig);
}

long sys_pselect6_time32(int n, __kernel_fd_set __user *inp, __kernel_fd_set __user *outp,
			 __kernel_fd_set __user *exp, struct old_timespec32 __user *tsp,
			 const void __user *sig)
{
	__kernel_fd_set __user *sets[3] = { inp, outp, exp };

	return do_pselect(n, sets, tsp, false, sig);
}

/* ------------------------------------------------------------------ poll */

/* restart_syscall(2) after a stop: the same descriptors, until the same point in time. */
static long poll_restart(struct restart_block *block)
{
	ktime_t at = block->expires;
	long ret;

	ret = do_sys_poll(block->ufds, block->nfds, block->has_timeout ? &at : NULL, false);
	if (ret != -EINTR)
		return ret;
	block->fn = poll_restart;
	return -ERESTART_RESTARTBLOCK;
}

/* timeout in ms; negative: none. */
long sys_poll(struct pollfd __user *ufds, unsigned int nfds, int timeout)
{
	struct restart_block *block = &current->restart_block;
	struct deadline deadline = no_deadline;
	long ret;

	set_timeout(&deadline, timeout);
	ret = do_sys_poll(ufds, nfds, expires(&deadline), deadline.at_once);
	if (ret != -EINTR)
		return ret;
	block->fn = poll_restart;
	block->ufds = ufds;
	block->nfds = nfds;
	block->has_timeout = !deadline.never;
	block->expires = deadline.at;
	return -ERESTART_RESTARTBLOCK;
}

static long do_ppoll(struct pollfd __user *ufds, unsigned int nfds, void __user *tsp, bool wide,
		     const struct sigset_argpack *mask)
{
	struct deadline deadline;
	long ret = get_deadline(&deadline, tsp, wide);

	if (!ret)
		ret = set_call_sigmask(mask);
	if (!ret) {
		ret = do_sys_poll(ufds, nfds, expires(&deadline), deadline.at_once);
		end_call_sigmask(ret == -EINTR);
		ret = put_time_left(&deadline, tsp, wide, ret == -EINTR ? -ERESTARTNOHAND : ret);
	}
	return ret;
}

long sys_ppoll(struct pollfd __user *ufds, unsigned int nfds, struct __kernel_timespec __user *tsp,
	       const sigset_t __user *sigmask, size_t sigsetsize)
{
	const struct sigset_argpack mask = { sigmask, sigsetsize };

	return do_ppoll(ufds, nfds, tsp, true, &mask);
}

long sys_ppoll_time32(struct pollfd __user *ufds, unsigned int nfds,
		      struct old_timespec32 __user *tsp, const sigset_t __user *sigmask,
		      size_t sigsetsize)
{
	const struct sigset_argpack mask = { sigmask, sigsetsize };

	return do_ppoll(ufds, nfds, tsp, false, &mask);
}

/* ------------------------------------------------------------------ epoll */

static long epoll_until(int epfd, struct epoll_event __user *events, int max,
			struct deadline *deadline, const struct sigset_argpack *mask)
{
	long ret = set_call_sigmask(mask);

	if (!ret) {
		ret = do_epoll_wait(epfd, events, max, expires(deadline), deadline->at_once);
		end_call_sigmask(ret == -EINTR);
	}
	return ret;
}

/* timeout in ms; negative: none.  A signal always ends it: it is not started anew. */
long sys_epoll_pwait(int epfd, struct epoll_event __user *events, int maxevents, int timeout,
		     const sigset_t __user *sigmask, size_t sigsetsize)
{
	const struct sigset_argpack mask = { sigmask, sigsetsize };
	struct deadline deadline = no_deadline;

	set_timeout(&deadline, timeout);
	return epoll_until(epfd, events, maxevents, &deadline, &mask);
}

long sys_epoll_wait(int epfd, struct epoll_event __user *events, int maxevents, int timeout)
{
	return sys_epoll_pwait(epfd, events, maxevents, timeout, NULL, 0);
}
