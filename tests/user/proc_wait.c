/*
 * fork, vfork, exit and the wait family: what a parent learns of a child.
 * host: yes
 */
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "tap.h"

static void nap(int ms)
{
	struct timespec ts = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

static pid_t child_that_exits(int code)
{
	pid_t pid = fork();

	if (!pid)
		_exit(code);
	return pid;
}

static pid_t child_that_waits(void)
{
	pid_t pid = fork();

	if (!pid)
		for (;;)
			pause();
	return pid;
}

static void exit_status_arrives(void)
{
	int status;
	pid_t pid = child_that_exits(42);

	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFEXITED(status));
	CHECK_EQ(WEXITSTATUS(status), 42);
	CHECK_FAILS(waitpid(pid, &status, 0), ECHILD);
	pid = child_that_exits(0x1ff);
	waitpid(pid, &status, 0);
	CHECK_EQ(status, 0xff00);
}

static void killing_signal_arrives(void)
{
	int status;
	pid_t pid = child_that_waits();

	kill(pid, SIGTERM);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQ(WTERMSIG(status), SIGTERM);
	pid = child_that_waits();
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	CHECK_EQ(WTERMSIG(status), SIGKILL);
}

static void nohang_does_not_wait(void)
{
	int status = 77;
	pid_t pid = child_that_waits();

	CHECK_EQ(waitpid(pid, &status, WNOHANG), 0);
	CHECK_EQ(status, 77);
	kill(pid, SIGKILL);
	CHECK_EQ(waitpid(-1, &status, 0), pid);
	CHECK_FAILS(waitpid(-1, &status, WNOHANG), ECHILD);
	CHECK_FAILS(waitpid(-1, &status, 0x1234), EINVAL);
}

static void memory_is_a_copy(void)
{
	static int word = 1;
	int status;
	pid_t pid = fork();

	if (!pid) {
		word = 2;
		_exit(word);
	}
	waitpid(pid, &status, 0);
	CHECK_EQ(WEXITSTATUS(status), 2);
	CHECK_EQ(word, 1);
}

static void child_knows_its_parent(void)
{
	int status;
	pid_t me = getpid(), pid = fork();

	if (!pid)
		_exit(getppid() == me && getpid() != me && getpgrp() == getpgid(me));
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(WEXITSTATUS(status), 1);
}

static void orphan_gets_another_parent(void)
{
	int ends[2], answer = -1;
	pid_t pid, middle;

	CHECK_EQ(pipe(ends), 0);
	pid = fork();
	if (!pid) {
		middle = getpid();
		if (!fork()) {
			while (getppid() == middle)
				nap(10);
			answer = getppid() != middle && getppid() > 0;
			write(ends[1], &answer, sizeof(answer));
			_exit(0);
		}
		_exit(0);
	}
	close(ends[1]);
	waitpid(pid, NULL, 0);
	CHECK_EQ(read(ends[0], &answer, sizeof(answer)), sizeof(answer));
	CHECK_EQ(answer, 1);
	close(ends[0]);
}

static void waitid_leaves_the_zombie(void)
{
	siginfo_t info;
	pid_t pid = child_that_exits(3);

	memset(&info, 0xff, sizeof(info));
	CHECK_EQ(waitid(P_PID, pid, &info, WEXITED | WNOWAIT, NULL), 0);
	CHECK_EQ(info.si_signo, SIGCHLD);
	CHECK_EQ(info.si_code, CLD_EXITED);
	CHECK_EQ(info.si_pid, pid);
	CHECK_EQ(info.si_status, 3);
	CHECK_EQ(waitid(P_PID, pid, &info, WEXITED, NULL), 0);
	CHECK_FAILS(waitid(P_PID, pid, &info, WEXITED, NULL), ECHILD);
	CHECK_FAILS(waitid(P_ALL, 0, &info, 0, NULL), EINVAL);
}

static void stop_and_continue_are_told(void)
{
	int status;
	pid_t pid = child_that_waits();

	kill(pid, SIGSTOP);
	CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFSTOPPED(status));
	CHECK_EQ(WSTOPSIG(status), SIGSTOP);
	CHECK_EQ(waitpid(pid, &status, WUNTRACED | WNOHANG), 0);	/* told once */
	kill(pid, SIGCONT);
	CHECK_EQ(waitpid(pid, &status, WCONTINUED), pid);
	CHECK(WIFCONTINUED(status));
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGKILL);			/* works on a stopped one */
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(WTERMSIG(status), SIGKILL);
}

static void group_can_be_waited_for(void)
{
	int status;
	pid_t other = child_that_waits(), pid = fork();

	if (!pid) {
		setpgid(0, 0);
		_exit(9);
	}
	setpgid(pid, pid);
	CHECK_EQ(waitpid(-pid, &status, 0), pid);
	CHECK_EQ(WEXITSTATUS(status), 9);
	CHECK_FAILS(waitpid(-pid, &status, 0), ECHILD);
	kill(other, SIGKILL);
	CHECK_EQ(waitpid(0, &status, 0), other);
}

static void ignored_children_leave_no_zombie(void)
{
	pid_t pid;

	signal(SIGCHLD, SIG_IGN);
	pid = child_that_exits(1);
	CHECK_FAILS(waitpid(pid, NULL, 0), ECHILD);	/* after it has ended */
	CHECK_FAILS(kill(pid, 0), ESRCH);
	signal(SIGCHLD, SIG_DFL);
}

static void usage_of_children_is_added(void)
{
	struct rusage before, after;
	volatile int i;
	pid_t pid;

	getrusage(RUSAGE_CHILDREN, &before);
	pid = fork();
	if (!pid) {
		for (i = 0; i < 100000000; i++)
			;
		_exit(0);
	}
	CHECK_EQ(wait4(pid, NULL, 0, &after), pid);
	CHECK(after.ru_utime.tv_sec * 1000000 + after.ru_utime.tv_usec > 10000);
	getrusage(RUSAGE_CHILDREN, &after);
	CHECK((after.ru_utime.tv_sec - before.ru_utime.tv_sec) * 1000000 +
	      after.ru_utime.tv_usec - before.ru_utime.tv_usec > 10000);
}

static void many_at_once(void)
{
	int i, status, sum = 0;

	for (i = 1; i <= 40; i++)
		child_that_exits(i);
	for (i = 1; i <= 40; i++) {
		CHECK(wait(&status) > 0);
		sum += WEXITSTATUS(status);
	}
	CHECK_EQ(sum, 820);
	CHECK_FAILS(wait(&status), ECHILD);
}

int main(void)
{
	RUN(exit_status_arrives);
	RUN(killing_signal_arrives);
	RUN(nohang_does_not_wait);
	RUN(memory_is_a_copy);
	RUN(child_knows_its_parent);
	RUN(orphan_gets_another_parent);
	RUN(waitid_leaves_the_zombie);
	RUN(stop_and_continue_are_told);
	RUN(group_can_be_waited_for);
	RUN(ignored_children_leave_no_zombie);
	RUN(usage_of_children_is_added);
	RUN(many_at_once);
	return tap_end();
}
