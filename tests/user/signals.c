/*
 * Signals: handlers, masks, waiting for them, queues, what they interrupt.
 * host: yes
 */
#include <sys/syscall.h>
#include <sys/time.h>
#include "case.h"

static volatile sig_atomic_t caught, last, order[16];
static siginfo_t last_info;

static void note(int sig)
{
	if (caught < 16)
		order[caught] = sig;
	caught++;
	last = sig;
}

static void note_info(int sig, siginfo_t *info, void *context)
{
	note(sig);
	last_info = *info;
	if (caught <= 16)
		order[caught - 1] = info->si_value.sival_int;
}

static void catch(int sig, int flags)
{
	struct sigaction act = { .sa_flags = flags };

	if (flags & SA_SIGINFO)
		act.sa_sigaction = note_info;
	else
		act.sa_handler = note;
	sigaction(sig, &act, NULL);
	caught = 0;
}

static sigset_t set_of(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	if (sig)
		sigaddset(&set, sig);
	return set;
}

static void block(int sig)
{
	sigset_t set = set_of(sig);

	sigprocmask(SIG_BLOCK, &set, NULL);
}

static void unblock_all(void)
{
	sigset_t none = set_of(0);

	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void blocked_signals_wait(void)
{
	sigset_t pending, old;

	catch(SIGUSR1, 0);
	block(SIGUSR1);
	raise(SIGUSR1);
	raise(SIGUSR1);
	CHECK_EQ(caught, 0);
	CHECK_EQ(sigpending(&pending), 0);
	CHECK(sigismember(&pending, SIGUSR1) == 1 && sigismember(&pending, SIGUSR2) == 0);
	sigprocmask(SIG_BLOCK, NULL, &old);
	CHECK_EQ(sigismember(&old, SIGUSR1), 1);
	unblock_all();
	CHECK_EQ(caught, 1);		/* the two were one */
	sigpending(&pending);
	CHECK_EQ(sigismember(&pending, SIGUSR1), 0);
}

static void some_cannot_be_caught(void)
{
	struct sigaction act = { .sa_handler = note };
	sigset_t all, now;

	CHECK_FAILS(sigaction(SIGKILL, &act, NULL), EINVAL);
	CHECK_FAILS(sigaction(SIGSTOP, &act, NULL), EINVAL);
	CHECK_EQ(sigaction(SIGKILL, NULL, &act), 0);
	CHECK_FAILS(sigaction(0, &act, NULL), EINVAL);
	CHECK_FAILS(sigaction(65, &act, NULL), EINVAL);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	sigprocmask(SIG_SETMASK, NULL, &now);
	CHECK(!sigismember(&now, SIGKILL) && !sigismember(&now, SIGSTOP) && sigismember(&now, SIGTERM));
	unblock_all();
	CHECK_FAILS(sigprocmask(77, &all, NULL), EINVAL);
	CHECK_EQ(sigprocmask(77, NULL, &now), 0);
}

static void kill_checks_its_arguments(void)
{
	CHECK_EQ(kill(getpid(), 0), 0);
	CHECK_FAILS(kill(getpid(), 65), EINVAL);
	CHECK_FAILS(kill(getpid(), -1), EINVAL);
	CHECK_FAILS(kill(99999999, SIGTERM), ESRCH);
	CHECK_FAILS(tkill(99999999, SIGTERM), ESRCH);
	CHECK_FAILS(tkill(0, SIGTERM), EINVAL);
	CHECK_FAILS(tgkill(getpid(), 99999999, SIGTERM), ESRCH);
	catch(SIGUSR1, SA_SIGINFO);
	CHECK_EQ(syscall(SYS_tkill, getpid(), SIGUSR1), 0);
	CHECK(caught == 1 && last_info.si_code == SI_TKILL && last_info.si_pid == getpid());
	CHECK_EQ(tgkill(getpid(), getpid(), SIGUSR1), 0);
	CHECK_EQ(caught, 2);
}

static void reset_after_one(void)
{
	struct sigaction now;

	catch(SIGUSR1, SA_RESETHAND);
	raise(SIGUSR1);
	CHECK_EQ(caught, 1);
	sigaction(SIGUSR1, NULL, &now);
	CHECK(now.sa_handler == SIG_DFL);
}

static void ignored_signals_vanish(void)
{
	sigset_t pending;

	catch(SIGUSR1, 0);
	block(SIGUSR1);
	raise(SIGUSR1);
	signal(SIGUSR1, SIG_IGN);	/* drops what is pending, too */
	sigpending(&pending);
	CHECK_EQ(sigismember(&pending, SIGUSR1), 0);
	signal(SIGUSR1, note);
	unblock_all();
	CHECK_EQ(caught, 0);
	signal(SIGCHLD, SIG_DFL);
	CHECK_EQ(raise(SIGCHLD), 0);	/* ignored by default */
}

static void real_time_signals_queue(void)
{
	static const int sent[] = { SIGRTMIN + 2, SIGRTMIN + 1, SIGRTMIN + 2, SIGRTMIN + 1 };

	catch(SIGRTMIN + 1, SA_SIGINFO);
	catch(SIGRTMIN + 2, SA_SIGINFO);
	block(SIGRTMIN + 1);
	block(SIGRTMIN + 2);
	for (int i = 0; i < 4; i++)
		CHECK_EQ(sigqueue(getpid(), sent[i], (union sigval){ .sival_int = i }), 0);
	unblock_all();
	CHECK_EQ(caught, 4);
	/* The lowest gets its frame first, the next goes on top and runs first; each blocks its like. */
	CHECK(order[0] == 0 && order[1] == 2 && order[2] == 1 && order[3] == 3);
	signal(SIGRTMIN + 1, SIG_DFL);
	signal(SIGRTMIN + 2, SIG_DFL);
}

static void lowest_is_waited_for_first(void)
{
	static const int sent[] = { SIGRTMIN + 2, SIGRTMIN + 1, SIGRTMIN + 2, SIGRTMIN + 1 };
	static const int values[] = { 1, 3, 0, 2 };
	struct timespec zero = { 0, 0 };
	sigset_t set = set_of(SIGRTMIN + 1);
	siginfo_t info;

	sigaddset(&set, SIGRTMIN + 2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (int i = 0; i < 4; i++)
		sigqueue(getpid(), sent[i], (union sigval){ .sival_int = i });
	for (int i = 0; i < 4; i++) {
		CHECK_EQ(sigtimedwait(&set, &info, &zero), i < 2 ? SIGRTMIN + 1 : SIGRTMIN + 2);
		CHECK_EQ(info.si_value.sival_int, values[i]);
	}
	CHECK_FAILS(sigtimedwait(&set, &info, &zero), EAGAIN);
	unblock_all();
}

static void kill_parent_later(void)
{
	nap(40);
	kill(getppid(), SIGUSR2);
}

static void waiting_for_a_signal(void)
{
	struct { long long sec, nsec; } wide = { 0, 20000000 };
	sigset_t set = set_of(SIGUSR2);
	struct timespec t = { 5, 0 };
	siginfo_t info;
	pid_t pid;

	block(SIGUSR2);
	pid = start(kill_parent_later);
	CHECK_EQ(sigtimedwait(&set, &info, &t), SIGUSR2);
	CHECK(info.si_pid == pid && info.si_code == SI_USER);
	CHECK_EQ(reap(pid), 0);
	CHECK_FAILS(syscall(SYS_rt_sigtimedwait_time64, &set, &info, &wide, 8), EAGAIN);
	wide.nsec = -1;
	CHECK_FAILS(syscall(SYS_rt_sigtimedwait_time64, &set, &info, &wide, 8), EINVAL);
	CHECK_FAILS(syscall(SYS_rt_sigtimedwait_time64, &set, &info, NULL, 5), EINVAL);
	unblock_all();
}

static void suspended_until_a_handler(void)
{
	sigset_t none = set_of(0), now;
	pid_t pid;

	catch(SIGUSR2, 0);
	block(SIGUSR2);
	pid = start(kill_parent_later);
	CHECK_FAILS(sigsuspend(&none), EINTR);
	CHECK_EQ(caught, 1);
	sigprocmask(SIG_BLOCK, NULL, &now);
	CHECK_EQ(sigismember(&now, SIGUSR2), 1);
	CHECK_EQ(reap(pid), 0);
	unblock_all();
}

static void pause_returns_after_a_handler(void)
{
	pid_t pid;

	catch(SIGUSR2, SA_RESTART);
	pid = start(kill_parent_later);
	CHECK_FAILS(pause(), EINTR);
	CHECK_EQ(caught, 1);
	CHECK_EQ(reap(pid), 0);
}

static int ends[2];

static void disturb_then_write(void)
{
	nap(40);
	kill(getppid(), SIGUSR2);
	nap(40);
	write(ends[1], "x", 1);
}

static void reads_restart_or_not(void)
{
	char c;
	pid_t pid;

	pipe(ends);
	catch(SIGUSR2, SA_RESTART);
	pid = start(disturb_then_write);
	CHECK_EQ(read(ends[0], &c, 1), 1);
	CHECK_EQ(caught, 1);
	CHECK_EQ(reap(pid), 0);
	catch(SIGUSR2, 0);
	pid = start(disturb_then_write);
	CHECK_FAILS(read(ends[0], &c, 1), EINTR);
	CHECK_EQ(caught, 1);
	CHECK_EQ(reap(pid), 0);
	close(ends[0]);
	close(ends[1]);
}

static void sleeps_end_early(void)
{
	struct timespec want = { 5, 0 }, left = { 0, 0 };
	pid_t pid;

	catch(SIGUSR2, SA_RESTART);
	pid = start(kill_parent_later);
	CHECK_FAILS(nanosleep(&want, &left), EINTR);
	CHECK(left.tv_sec == 4 && left.tv_nsec > 0);
	CHECK_EQ(reap(pid), 0);
}

static void stop_and_go(void)
{
	nap(30);
	kill(getppid(), SIGSTOP);
	nap(30);
	kill(getppid(), SIGCONT);
}

static void sleep_through_a_stop(void)
{
	struct timespec want = { 0, 150000000 };
	pid_t pid = start(stop_and_go);
	long began = now_ms();

	CHECK_EQ(nanosleep(&want, NULL), 0);	/* goes on by restart_syscall() */
	CHECK(now_ms() - began >= 149);
	CHECK_EQ(reap(pid), 0);
}

static void nothing_to_go_on_with(void)
{
	CHECK_FAILS(syscall(SYS_restart_syscall), EINTR);
}

static void a_stop_restarts_the_call(void)
{
	in_child(sleep_through_a_stop);
	in_child(nothing_to_go_on_with);
}

static void the_alarm_rings(void)
{
	struct itimerval now;

	catch(SIGALRM, 0);
	CHECK_EQ(alarm(100), 0);
	CHECK(alarm(50) >= 99);
	CHECK_EQ(getitimer(ITIMER_REAL, &now), 0);
	CHECK(now.it_value.tv_sec >= 49 && now.it_interval.tv_sec == 0);
	CHECK_EQ(alarm(0), 50);
	CHECK_EQ(alarm(1), 0);
	CHECK_FAILS(pause(), EINTR);
	CHECK(caught == 1 && last == SIGALRM);
	signal(SIGALRM, SIG_DFL);
}

static void interval_timers_repeat(void)
{
	struct itimerval t = { { 0, 20000 }, { 0, 20000 } }, old;
	long began = now_ms();

	catch(SIGALRM, 0);
	CHECK_EQ(setitimer(ITIMER_REAL, &t, NULL), 0);
	while (caught < 3 && now_ms() - began < 3000)
		;
	CHECK_EQ(caught, 3);
	CHECK(now_ms() - began >= 55);
	memset(&t, 0, sizeof(t));
	CHECK_EQ(setitimer(ITIMER_REAL, &t, &old), 0);
	CHECK_EQ(old.it_interval.tv_usec, 20000);
	CHECK_FAILS(setitimer(77, &t, NULL), EINVAL);
	t.it_value.tv_usec = 1000000;
	CHECK_FAILS(setitimer(ITIMER_REAL, &t, NULL), EINVAL);
	CHECK_FAILS(getitimer(3, &t), EINVAL);
	signal(SIGALRM, SIG_DFL);
}

static void spin(void)
{
	for (volatile int i = 0; i < 100000; i++)
		;
}

static void timers_of_the_cpu(void)
{
	struct itimerval t = { { 0, 0 }, { 0, 20000 } };
	long began = now_ms();

	catch(SIGVTALRM, 0);
	CHECK_EQ(setitimer(ITIMER_VIRTUAL, &t, NULL), 0);
	while (!caught && now_ms() - began < 5000)
		spin();
	CHECK(caught == 1 && last == SIGVTALRM);
	catch(SIGPROF, 0);
	CHECK_EQ(setitimer(ITIMER_PROF, &t, NULL), 0);
	while (!caught && now_ms() - began < 10000)
		spin();
	CHECK(caught == 1 && last == SIGPROF);
}

static void check_inherited(void)
{
	sigset_t now, pending;
	struct sigaction act;

	sigprocmask(SIG_BLOCK, NULL, &now);
	sigpending(&pending);
	sigaction(SIGUSR2, NULL, &act);
	CHECK(sigismember(&now, SIGUSR1) && !sigismember(&pending, SIGUSR1));
	CHECK(act.sa_handler == note);
	CHECK_EQ(alarm(0), 0);
}

static void a_child_inherits_all_but_the_pending(void)
{
	catch(SIGUSR1, 0);
	catch(SIGUSR2, 0);
	block(SIGUSR1);
	raise(SIGUSR1);
	alarm(100);
	in_child(check_inherited);
	CHECK(alarm(0) > 90);
	unblock_all();
	CHECK_EQ(caught, 1);
}

int main(void)
{
	RUN(blocked_signals_wait);
	RUN(some_cannot_be_caught);
	RUN(kill_checks_its_arguments);
	RUN(reset_after_one);
	RUN(ignored_signals_vanish);
	RUN(real_time_signals_queue);
	RUN(lowest_is_waited_for_first);
	RUN(waiting_for_a_signal);
	RUN(suspended_until_a_handler);
	RUN(pause_returns_after_a_handler);
	RUN(reads_restart_or_not);
	RUN(sleeps_end_early);
	RUN(a_stop_restarts_the_call);
	RUN(the_alarm_rings);
	RUN(interval_timers_repeat);
	RUN(timers_of_the_cpu);
	RUN(a_child_inherits_all_but_the_pending);
	return tap_end();
}
