/*
 * signal.c: signal sets and <signal.h>.  Handlers return through the kernel's
 * own trampoline page, so sigaction() has nothing to add to the call.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include "libc.h"

#define SET_SIZE sizeof(sigset_t)

static unsigned long *word_of(const sigset_t *set, int sig)
{
	return (unsigned long *)&set->sig[(sig - 1) / _NSIG_BPW];
}

static unsigned long bit_of(int sig)
{
	return 1UL << (sig - 1) % _NSIG_BPW;
}

static int check(int sig)
{
	if (sig >= 1 && sig <= _NSIG)
		return 0;
	errno = EINVAL;
	return -1;
}

int sigemptyset(sigset_t *set)
{
	memset(set, 0, sizeof(*set));
	return 0;
}

int sigfillset(sigset_t *set)
{
	memset(set, 0xff, sizeof(*set));
	return 0;
}

int sigaddset(sigset_t *set, int sig)
{
	if (check(sig))
		return -1;
	*word_of(set, sig) |= bit_of(sig);
	return 0;
}

int sigdelset(sigset_t *set, int sig)
{
	if (check(sig))
		return -1;
	*word_of(set, sig) &= ~bit_of(sig);
	return 0;
}

int sigismember(const sigset_t *set, int sig)
{
	if (check(sig))
		return -1;
	return (*word_of(set, sig) & bit_of(sig)) != 0;
}

int sigaction(int sig, const struct sigaction *act, struct sigaction *old)
{
	return __rt_sigaction(sig, act, old, SET_SIZE);
}

/* BSD's meaning: the handler stays, and interrupted calls begin again. */
sighandler_t signal(int sig, sighandler_t handler)
{
	struct sigaction act = { .sa_handler = handler, .sa_flags = SA_RESTART }, old;

	return sigaction(sig, &act, &old) < 0 ? SIG_ERR : old.sa_handler;
}

int siginterrupt(int sig, int yes)
{
	struct sigaction act;

	if (sigaction(sig, NULL, &act) < 0)
		return -1;
	if (yes)
		act.sa_flags &= ~SA_RESTART;
	else
		act.sa_flags |= SA_RESTART;
	return sigaction(sig, &act, NULL);
}

int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	return __rt_sigprocmask(how, set, old, SET_SIZE);
}

int sigpending(sigset_t *set)
{
	return __rt_sigpending(set, SET_SIZE);
}

int sigsuspend(const sigset_t *mask)
{
	return __rt_sigsuspend(mask, SET_SIZE);
}

int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout)
{
	return __rt_sigtimedwait(set, info, timeout, SET_SIZE);
}

int sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
	return sigtimedwait(set, info, NULL);
}

int sigwait(const sigset_t *set, int *sig)
{
	do
		*sig = sigwaitinfo(set, NULL);
	while (*sig < 0 && errno == EINTR);
	return *sig < 0 ? errno : 0;
}

int sigqueue(pid_t pid, int sig, const union sigval value)
{
	siginfo_t info = { .si_signo = sig, .si_code = SI_QUEUE };

	info.si_pid = getpid();
	info.si_uid = getuid();
	info.si_value = value;
	return __rt_sigqueueinfo(pid, sig, &info);
}

int raise(int sig)
{
	return tgkill(getpid(), gettid(), sig);
}

int killpg(pid_t pgrp, int sig)
{
	return kill(-pgrp, sig);
}

int __ppoll(struct pollfd *fds, nfds_t n, struct timespec *timeout, const sigset_t *mask, size_t size);

/* The kernel writes what is left of the time; POSIX keeps the caller's constant. */
int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout, const sigset_t *mask)
{
	struct timespec left;

	if (timeout)
		left = *timeout;
	return __ppoll(fds, n, timeout ? &left : NULL, mask, SET_SIZE);
}

int __epoll_pwait(int ep, struct epoll_event *events, int max, int timeout, const sigset_t *mask, size_t size);

int epoll_pwait(int ep, struct epoll_event *events, int max, int timeout, const sigset_t *mask)
{
	return __epoll_pwait(ep, events, max, timeout, mask, SET_SIZE);
}

/* six registers carry six words, so the mask and its size travel as a pair in memory */
struct mask_and_size {
	const sigset_t *mask;
	size_t size;
};

int __pselect6(int n, fd_set *r, fd_set *w, fd_set *x, struct timespec *timeout, const struct mask_and_size *m);

int pselect(int n, fd_set *r, fd_set *w, fd_set *x, const struct timespec *timeout, const sigset_t *mask)
{
	struct mask_and_size m = { mask, SET_SIZE };
	struct timespec left;

	if (timeout)
		left = *timeout;
	return __pselect6(n, r, w, x, timeout ? &left : NULL, &m);
}
