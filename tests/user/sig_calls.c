/*
 * Signals as calls: handlers, masks, queues, waiting, restarted calls, timers.
 * host: yes
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "tap.h"

static volatile sig_atomic_t caught, last_signal, last_value, last_code;

static void note(int sig)
{
	caught++;
	last_signal = sig;
}

static void note_info(int sig, siginfo_t *info, void *context)
{
	note(sig);
	last_value = info->si_value.sival_int;
	last_code = info->si_code;
}

static void handle(int sig, int flags)
{
	struct sigaction act;

	memset(&act, 0, sizeof(act));
	if (flags & SA_SIGINFO)
		act.sa_sigaction = note_info;
	else
		act.sa_handler = note;
	act.sa_flags = flags;
	sigaction(sig, &act, NULL);
	caught = 0;
}

static void block(int how, int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(how, &set, NULL);
}

static void nap(int ms)
{
	struct timespec ts = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

static void handler_runs_at_once(void)
{
	handle(SIGUSR1, 0);
	CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	CHECK_EQ(caught, 1);
	CHECK_EQ(last_signal, SIGUSR1);
	raise(SIGUSR1);
	CHECK_EQ(caught, 2);
}

static void blocked_signal_waits_and_counts_once(void)
{
	sigset_t pending;

	handle(SIGUSR1, 0);
	block(SIG_BLOCK, SIGUSR1);
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	CHECK_EQ(caught, 0);
	sigpending(&pending);
	CHECK(sigismember(&pending, SIGUSR1));
	block(SIG_UNBLOCK, SIGUSR1);
	CHECK_EQ(caught, 1);
	sigpending(&pending);
	CHECK(!sigismember(&pending, SIGUSR1));
}

static void realtime_signals_queue_in_order(void)
{
	int i;

	handle(SIGRTMIN + 1, SA_SIGINFO);
	block(SIG_BLOCK, SIGRTMIN + 1);
	for (i = 1; i <= 3; i++)
		CHECK_EQ(sigqueue(getpid(), SIGRTMIN + 1, (union sigval){ .sival_int = i * 11 }), 0);
	block(SIG_UNBLOCK, SIGRTMIN + 1);
	CHECK_EQ(caught, 3);
	CHECK_EQ(last_code, SI_QUEUE);
	CHECK_EQ(last_value, 33);
}

static void ignoring_drops_what_is_pending(void)
{
	handle(SIGUSR1, 0);
	block(SIG_BLOCK, SIGUSR1);
	kill(getpid(), SIGUSR1);
	signal(SIGUSR1, SIG_IGN);
	handle(SIGUSR1, 0);
	block(SIG_UNBLOCK, SIGUSR1);
	CHECK_EQ(caught, 0);
}

static void reset_hand_is_for_once(void)
{
	struct sigaction act;

	handle(SIGUSR1, SA_RESETHAND);
	raise(SIGUSR1);
	CHECK_EQ(caught, 1);
	sigaction(SIGUSR1, NULL, &act);
	CHECK(act.sa_handler == SIG_DFL);
}

static void wrong_arguments_are_refused(void)
{
	struct sigaction act = { .sa_flags = 0 };

	CHECK_FAILS(kill(getpid(), 65), EINVAL);
	CHECK_FAILS(kill(0x7ffffff0, SIGTERM), ESRCH);
	CHECK_FAILS(sigaction(SIGKILL, &act, NULL), EINVAL);
	CHECK_FAILS(sigaction(65, &act, NULL), EINVAL);
	CHECK_EQ(kill(getpid(), 0), 0);
	CHECK_FAILS(tgkill(getpid(), -1, 0), EINVAL);
	CHECK_FAILS(syscall(SYS_rt_sigprocmask, 77, &act, NULL, 8), EINVAL);
	CHECK_FAILS(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &act, NULL, 4), EINVAL);
}

static void sigsuspend_waits_with_its_mask(void)
{
	sigset_t none, now;
	pid_t pid;

	handle(SIGUSR1, 0);
	block(SIG_BLOCK, SIGUSR1);
	sigemptyset(&none);
	pid = fork();
	if (!pid) {
		nap(50);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	CHECK_FAILS(sigsuspend(&none), EINTR);
	CHECK_EQ(caught, 1);
	sigprocmask(SIG_BLOCK, NULL, &now);
	CHECK(sigismember(&now, SIGUSR1));		/* the old mask is back */
	waitpid(pid, NULL, 0);
	block(SIG_UNBLOCK, SIGUSR1);
}

static void sigtimedwait_takes_without_handler(void)
{
	struct timespec shortly = { .tv_nsec = 30000000 };
	siginfo_t info;
	sigset_t set;

	handle(SIGUSR1, 0);
	block(SIG_BLOCK, SIGUSR1);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK_FAILS(sigtimedwait(&set, &info, &shortly), EAGAIN);
	kill(getpid(), SIGUSR1);
	CHECK_EQ(sigtimedwait(&set, &info, &shortly), SIGUSR1);
	CHECK_EQ(info.si_pid, getpid());
	CHECK_EQ(info.si_code, SI_USER);
	block(SIG_UNBLOCK, SIGUSR1);
	CHECK_EQ(caught, 0);
}

/* A child that sends SIGUSR1 soon, and a byte into the pipe later. */
static pid_t disturber(int fd)
{
	pid_t pid = fork();

	if (!pid) {
		nap(50);
		kill(getppid(), SIGUSR1);
		nap(100);
		write(fd, "x", 1);
		_exit(0);
	}
	return pid;
}

static void read_restarts_only_if_asked(void)
{
	int ends[2];
	char byte;
	pid_t pid;

	pipe(ends);
	handle(SIGUSR1, SA_RESTART);
	pid = disturber(ends[1]);
	CHECK_EQ(read(ends[0], &byte, 1), 1);
	CHECK_EQ(caught, 1);
	waitpid(pid, NULL, 0);

	handle(SIGUSR1, 0);
	pid = disturber(ends[1]);
	CHECK_FAILS(read(ends[0], &byte, 1), EINTR);
	CHECK_EQ(caught, 1);
	waitpid(pid, NULL, 0);
	close(ends[0]);
	close(ends[1]);
}

static void sleep_is_not_lengthened_by_a_stop(void)
{
	struct timespec before, after, time = { .tv_nsec = 300000000 };
	pid_t pid, me = getpid();
	long ms;

	pid = fork();
	if (!pid) {
		nap(50);
		kill(me, SIGSTOP);
		nap(100);
		kill(me, SIGCONT);
		_exit(0);
	}
	clock_gettime(CLOCK_MONOTONIC, &before);
	CHECK_EQ(nanosleep(&time, NULL), 0);		/* through restart_syscall() */
	clock_gettime(CLOCK_MONOTONIC, &after);
	ms = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
	CHECK(ms >= 299 && ms < 2000);
	waitpid(pid, NULL, 0);
}

static void alarm_rings_and_is_cancelled(void)
{
	struct itimerval it = { .it_value = { .tv_usec = 60000 } }, old;

	handle(SIGALRM, 0);
	CHECK_EQ(setitimer(ITIMER_REAL, &it, NULL), 0);
	CHECK_EQ(getitimer(ITIMER_REAL, &old), 0);
	CHECK(old.it_value.tv_usec > 0 && old.it_value.tv_usec <= 60000);
	CHECK_FAILS(pause(), EINTR);
	CHECK_EQ(caught, 1);
	CHECK_EQ(last_signal, SIGALRM);
	CHECK_EQ(alarm(100), 0);
	CHECK_EQ(alarm(0), 100);
	CHECK_EQ(alarm(0), 0);
}

static void interval_timer_repeats(void)
{
	struct itimerval it = { { .tv_usec = 30000 }, { .tv_usec = 30000 } }, off = { { 0 } };

	handle(SIGALRM, 0);
	setitimer(ITIMER_REAL, &it, NULL);
	while (caught < 4)
		pause();
	setitimer(ITIMER_REAL, &off, NULL);
	CHECK(caught >= 4);
	it.it_value.tv_usec = 1000000;
	CHECK_FAILS(setitimer(ITIMER_REAL, &it, NULL), EINVAL);
	CHECK_FAILS(setitimer(9, &off, NULL), EINVAL);
}

static void child_inherits_handlers_not_pending(void)
{
	int status;
	sigset_t pending;
	pid_t pid;

	handle(SIGUSR1, 0);
	block(SIG_BLOCK, SIGUSR1);
	raise(SIGUSR1);
	pid = fork();
	if (!pid) {
		sigpending(&pending);
		if (sigismember(&pending, SIGUSR1))
			_exit(1);
		block(SIG_UNBLOCK, SIGUSR1);
		if (caught)
			_exit(2);
		raise(SIGUSR1);
		_exit(caught == 1 ? 0 : 3);
	}
	waitpid(pid, &status, 0);
	CHECK_EQ(status, 0);
	block(SIG_UNBLOCK, SIGUSR1);
	CHECK_EQ(caught, 1);
}

static void group_gets_it_all(void)
{
	int status, i;
	pid_t first = 0, pid;

	for (i = 0; i < 3; i++) {
		pid = fork();
		if (!pid) {
			setpgid(0, first);
			for (;;)
				pause();
		}
		if (!first)
			first = pid;
		setpgid(pid, first);
	}
	CHECK_EQ(kill(-first, SIGTERM), 0);
	for (i = 0; i < 3; i++) {
		CHECK(waitpid(-first, &status, 0) > 0);
		CHECK_EQ(WTERMSIG(status), SIGTERM);
	}
	CHECK_FAILS(kill(-first, SIGTERM), ESRCH);
}

int main(void)
{
	RUN(handler_runs_at_once);
	RUN(blocked_signal_waits_and_counts_once);
	RUN(realtime_signals_queue_in_order);
	RUN(ignoring_drops_what_is_pending);
	RUN(reset_hand_is_for_once);
	RUN(wrong_arguments_are_refused);
	RUN(sigsuspend_waits_with_its_mask);
	RUN(sigtimedwait_takes_without_handler);
	RUN(read_restarts_only_if_asked);
	RUN(sleep_is_not_lengthened_by_a_stop);
	RUN(alarm_rings_and_is_cancelled);
	RUN(interval_timer_repeats);
	RUN(child_inherits_handlers_not_pending);
	RUN(group_gets_it_all);
	return tap_end();
}
