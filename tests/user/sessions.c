/*
 * Process groups and sessions, stopping and going on, as far as they go
 * without a terminal.
 * host: yes
 */
#include <sys/syscall.h>
#include "case.h"

static void wait_for_ever(void)
{
	for (;;)
		pause();
}

static void finish(pid_t pid)
{
	kill(pid, SIGKILL);
	CHECK_EQ(reap(pid), 128 + SIGKILL);
}

static void lead_a_session(void)
{
	CHECK_EQ(setsid(), getpid());
	CHECK_EQ(getsid(0), getpid());
	CHECK_EQ(getpgrp(), getpid());
	CHECK_EQ(getpgid(0), getpid());
	CHECK_FAILS(setsid(), EPERM);		/* a leader cannot leave */
	CHECK_FAILS(setpgid(0, 0), EPERM);
	CHECK_FAILS(open("/dev/tty", O_RDWR), ENXIO);
}

static void setsid_leads(void)
{
	in_child(lead_a_session);
}

static void groups_are_made_and_joined(void)
{
	pid_t a = start(wait_for_ever), b = start(wait_for_ever);

	CHECK_EQ(setpgid(a, a), 0);
	CHECK_EQ(setpgid(b, a), 0);
	CHECK_EQ(getpgid(b), a);
	CHECK_EQ(syscall(SYS_getpgid, a), a);
	CHECK_EQ(getsid(b), getsid(0));
	CHECK_EQ(setpgid(b, 0), 0);
	CHECK_EQ(getpgid(b), b);
	CHECK_EQ(setpgid(b, getpgrp()), 0);
	CHECK_FAILS(setpgid(b, -1), EINVAL);
	CHECK_FAILS(setpgid(99999999, 0), ESRCH);
	CHECK_FAILS(setpgid(b, 99999999), EPERM);
	CHECK_FAILS(getpgid(99999999), ESRCH);
	CHECK_FAILS(getsid(99999999), ESRCH);
	finish(a);
	finish(b);
}

static void session_leader(void)
{
	setsid();
	wait_for_ever();
}

static void other_sessions_are_closed(void)
{
	pid_t leader = start(session_leader), child;

	for (int i = 0; i < 100 && getsid(leader) != leader; i++)
		nap(5);
	child = start(wait_for_ever);
	CHECK_FAILS(setpgid(leader, 0), EPERM);
	CHECK_FAILS(setpgid(child, leader), EPERM);
	finish(leader);
	finish(child);
}

static void exec_the_sleeper(void)
{
	execl("/bin/sleep", "sleep", "100", (char *)NULL);
}

static void no_move_after_exec(void)
{
	pid_t pid = start(exec_the_sleeper);
	int moved = 0;

	for (int i = 0; i < 200 && moved == 0; i++) {
		nap(5);
		moved = setpgid(pid, i & 1 ? getpgrp() : pid);
	}
	CHECK(moved < 0 && errno == EACCES);
	finish(pid);
}

static void kill_reaches_the_group(void)
{
	pid_t a = start(wait_for_ever), b = start(wait_for_ever), c = start(wait_for_ever);

	setpgid(a, a);
	setpgid(b, a);
	CHECK_EQ(kill(-a, SIGTERM), 0);
	CHECK_EQ(waitpid(-a, NULL, 0) + waitpid(-a, NULL, 0), a + b);
	CHECK_FAILS(waitpid(-a, NULL, 0), ECHILD);
	CHECK_FAILS(kill(-a, SIGTERM), ESRCH);
	CHECK_EQ(kill(c, 0), 0);
	finish(c);
}

static int wait_status(pid_t pid, int options)
{
	int status = -1;

	CHECK_EQ(waitpid(pid, &status, options), pid);
	return status;
}

static void default_stops(void)
{
	static const int stops[] = { SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU };
	pid_t pid = start(wait_for_ever);
	int status;

	setpgid(pid, pid);	/* ours may be an orphaned group, which a terminal's signals do not stop */
	for (int i = 0; i < 4; i++) {
		kill(pid, stops[i]);
		status = wait_status(pid, WUNTRACED);
		CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == stops[i]);
		kill(pid, SIGCONT);
		status = wait_status(pid, WCONTINUED);
		CHECK(WIFCONTINUED(status));
	}
	finish(pid);
}

static volatile sig_atomic_t codes[8], statuses[8], told;

static void note_child(int sig, siginfo_t *info, void *context)
{
	if (told < 8) {
		codes[told] = info->si_code;
		statuses[told] = info->si_status;
	}
	told++;
}

static void expect_told(int n)
{
	for (int i = 0; i < 400 && told < n; i++)
		nap(5);
	CHECK_EQ(told, n);
}

static void sigchld_tells_what_happened(void)
{
	struct sigaction act = { .sa_flags = SA_SIGINFO };
	pid_t pid;

	act.sa_sigaction = note_child;
	sigaction(SIGCHLD, &act, NULL);
	told = 0;
	pid = start(wait_for_ever);
	kill(pid, SIGSTOP);
	expect_told(1);
	CHECK(codes[0] == CLD_STOPPED && statuses[0] == SIGSTOP);
	kill(pid, SIGCONT);
	expect_told(2);
	CHECK(codes[1] == CLD_CONTINUED && statuses[1] == SIGCONT);
	kill(pid, SIGTERM);
	expect_told(3);
	CHECK(codes[2] == CLD_KILLED && statuses[2] == SIGTERM);
	CHECK_EQ(reap(pid), 128 + SIGTERM);
	if ((pid = fork()) == 0)
		_exit(33);
	expect_told(4);
	CHECK(codes[3] == CLD_EXITED && statuses[3] == 33);
	CHECK_EQ(reap(pid), 33);
	act.sa_flags |= SA_NOCLDSTOP;
	sigaction(SIGCHLD, &act, NULL);
	pid = start(wait_for_ever);
	kill(pid, SIGSTOP);
	wait_status(pid, WUNTRACED);
	CHECK_EQ(told, 4);
	finish(pid);
	signal(SIGCHLD, SIG_DFL);
}

static volatile sig_atomic_t continued;

static void note_continue(int sig)
{
	continued++;
}

static void stop_oneself(void)
{
	signal(SIGCONT, note_continue);
	raise(SIGSTOP);
	CHECK_EQ(continued, 1);
	raise(SIGSTOP);
	CHECK_EQ(continued, 2);
}

static void continue_runs_its_handler(void)
{
	pid_t pid = start(stop_oneself);

	for (int i = 0; i < 2; i++) {
		CHECK(WIFSTOPPED(wait_status(pid, WUNTRACED)));
		kill(pid, SIGCONT);
	}
	CHECK_EQ(reap(pid), 0);
}

static void a_stopped_process_can_be_killed(void)
{
	pid_t pid = start(wait_for_ever);

	kill(pid, SIGSTOP);
	CHECK(WIFSTOPPED(wait_status(pid, WUNTRACED)));
	kill(pid, SIGTERM);			/* waits until it goes on */
	nap(20);
	CHECK_EQ(waitpid(pid, NULL, WNOHANG), 0);
	kill(pid, SIGCONT);
	CHECK_EQ(reap(pid), 128 + SIGTERM);
	pid = start(wait_for_ever);
	kill(pid, SIGSTOP);
	CHECK(WIFSTOPPED(wait_status(pid, WUNTRACED)));
	finish(pid);
}

/* A group whose last tie to the session ends while it is stopped gets SIGHUP and SIGCONT. */
static int report[2];

static void orphaned_grandchild(void)
{
	close(report[0]);
	kill(getpid(), SIGSTOP);
	wait_for_ever();
}

static void middle(void)
{
	pid_t pid;

	setsid();		/* so that no shell outside is a tie */
	pid = start(orphaned_grandchild);
	setpgid(pid, pid);
	waitpid(pid, NULL, WUNTRACED);
}

static void orphans_are_hung_up(void)
{
	char c;

	pipe(report);
	in_child(middle);
	close(report[1]);
	CHECK_EQ(read(report[0], &c, 1), 0);	/* comes when the grandchild has died */
	close(report[0]);
}

int main(void)
{
	RUN(setsid_leads);
	RUN(groups_are_made_and_joined);
	RUN(other_sessions_are_closed);
	RUN(no_move_after_exec);
	RUN(kill_reaches_the_group);
	RUN(default_stops);
	RUN(sigchld_tells_what_happened);
	RUN(continue_runs_its_handler);
	RUN(a_stopped_process_can_be_killed);
	RUN(orphans_are_hung_up);
	return tap_end();
}
