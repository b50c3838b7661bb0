/*
 * Who a process is and what it may: ids, groups, sessions, limits, priorities,
 * names. Some cases need root and are skipped without.
 * host: yes
 */
#include <grp.h>
#include <linux/prctl.h>
#include <linux/personality.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tap.h"

#define SOMEBODY 1234

/* Runs @act in a child; what it returned. */
static int in_child(int (*act)(void))
{
	int status = -1;
	pid_t pid = fork();

	if (!pid)
		_exit(act());
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define NEED_ROOT() do { if (geteuid()) SKIP("needs root"); } while (0)

static int drop_all(void)
{
	uid_t r, e, s;

	if (setuid(SOMEBODY) || getuid() != SOMEBODY || geteuid() != SOMEBODY)
		return 1;
	if (getresuid(&r, &e, &s) || r != SOMEBODY || e != SOMEBODY || s != SOMEBODY)
		return 2;
	return setuid(0) == -1 && errno == EPERM ? 0 : 3;
}

static void setuid_drops_for_good(void)
{
	NEED_ROOT();
	CHECK_EQ(in_child(drop_all), 0);
	CHECK_EQ(geteuid(), 0);
}

static int drop_and_return(void)
{
	if (setresuid(SOMEBODY, SOMEBODY, 0))
		return 1;
	if (setresuid(-1, SOMEBODY + 1, -1) != -1 || errno != EPERM)
		return 2;
	if (setreuid(-1, 0) || geteuid() != 0)	/* the saved one */
		return 3;
	return getuid() == SOMEBODY ? 0 : 4;
}

static void saved_id_allows_return(void)
{
	NEED_ROOT();
	CHECK_EQ(in_child(drop_and_return), 0);
}

static int send_to_root(void)
{
	setuid(SOMEBODY);
	if (kill(getppid(), SIGTERM) != -1 || errno != EPERM)
		return 1;
	return kill(getpid(), 0) ? 2 : 0;
}

static void signals_need_the_same_user(void)
{
	NEED_ROOT();
	CHECK_EQ(in_child(send_to_root), 0);
}

static int use_groups(void)
{
	gid_t groups[3] = { 30, 10, 20 }, back[3];

	if (setgroups(3, groups) || getgroups(0, NULL) != 3 || getgroups(3, back) != 3)
		return 1;
	if (back[0] + back[1] + back[2] != 60)
		return 2;
	if (getgroups(2, back) != -1 || errno != EINVAL)
		return 3;
	if (setgid(SOMEBODY) || getegid() != SOMEBODY || setuid(SOMEBODY))
		return 4;
	return setgroups(0, NULL) == -1 && errno == EPERM ? 0 : 5;
}

static void groups_are_kept(void)
{
	NEED_ROOT();
	CHECK_EQ(in_child(use_groups), 0);
}

static int small_ids(void)
{
	if (syscall(SYS_setuid32, 70000) || getuid() != 70000)
		return 1;
	return syscall(SYS_getuid) == 65534 ? 0 : 2;
}

static void old_calls_tell_big_ids_as_nobody(void)
{
	NEED_ROOT();
	CHECK_EQ(in_child(small_ids), 0);
}

static int new_session(void)
{
	pid_t me = getpid();

	if (setsid() != me || getsid(0) != me || getpgrp() != me)
		return 1;
	if (setsid() != -1 || errno != EPERM)
		return 2;
	return setpgid(0, 0) == -1 && errno == EPERM ? 0 : 3;	/* a leader stays */
}

static void session_begins(void)
{
	CHECK_EQ(in_child(new_session), 0);
	CHECK_FAILS(getpgid(0x7ffffff0), ESRCH);
	CHECK_FAILS(setpgid(1, 0), ESRCH);	/* not a child of ours */
	CHECK_FAILS(setpgid(0, -5), EINVAL);
}

static int limits(void)
{
	struct rlimit limit = { 50, 60 };

	if (setrlimit(RLIMIT_NOFILE, &limit) || getrlimit(RLIMIT_NOFILE, &limit))
		return 1;
	if (limit.rlim_cur != 50 || limit.rlim_max != 60 || dup2(0, 50) != -1)
		return 2;
	limit.rlim_cur = 70;
	if (setrlimit(RLIMIT_NOFILE, &limit) != -1 || errno != EINVAL)
		return 3;
	if (geteuid() == 0 && setuid(SOMEBODY))
		return 4;
	limit.rlim_cur = limit.rlim_max = 61;
	return setrlimit(RLIMIT_NOFILE, &limit) == -1 && errno == EPERM ? 0 : 5;
}

static void limits_hold(void)
{
	struct rlimit limit;

	CHECK_EQ(in_child(limits), 0);
	CHECK_FAILS(getrlimit(77, &limit), EINVAL);
}

static int priorities(void)
{
	if (nice(5) == -1 || getpriority(PRIO_PROCESS, 0) != 5)
		return 1;
	if (setpriority(PRIO_PROCESS, 0, 100) || getpriority(PRIO_PROCESS, 0) != 19)
		return 2;
	if (geteuid() == 0 && setuid(SOMEBODY))
		return 3;
	if (setpriority(PRIO_PROCESS, 0, -5) != -1 || errno != EACCES)
		return 4;
	errno = 0;
	return getpriority(77, 0) == -1 && errno == EINVAL ? 0 : 5;
}

static void priorities_change(void)
{
	CHECK_EQ(in_child(priorities), 0);
}

static void scheduler_answers(void)
{
	struct sched_param param = { 5 };

	CHECK_EQ(sched_getscheduler(0), SCHED_OTHER);
	CHECK_EQ(sched_get_priority_max(SCHED_FIFO), 99);
	CHECK_EQ(sched_get_priority_min(SCHED_RR), 1);
	CHECK_FAILS(sched_get_priority_max(77), EINVAL);
	CHECK_FAILS(sched_setscheduler(0, SCHED_OTHER, &param), EINVAL);
	CHECK_FAILS(sched_getscheduler(0x7ffffff0), ESRCH);
	CHECK_EQ(sched_yield(), 0);
}

static void name_of_the_task(void)
{
	char name[17] = "";

	CHECK_EQ(prctl(PR_SET_NAME, (unsigned long)"a name that is too long", 0, 0, 0), 0);
	CHECK_EQ(prctl(PR_GET_NAME, (unsigned long)name, 0, 0, 0), 0);
	CHECK_EQ(strcmp(name, "a name that is "), 0);
	CHECK_FAILS(prctl(12345, 0, 0, 0, 0), EINVAL);
	CHECK_FAILS(prctl(PR_SET_PDEATHSIG, 99, 0, 0, 0), EINVAL);
}

static void name_of_the_system(void)
{
	struct utsname names;

	CHECK_EQ(uname(&names), 0);
	CHECK_EQ(strcmp(names.sysname, "Linux"), 0);
	CHECK(names.release[0] >= '2' && names.release[0] <= '9');
	CHECK_FAILS(uname((struct utsname *)8), EFAULT);
	CHECK_EQ(syscall(SYS_personality, 0xffffffff) & PER_MASK, PER_LINUX);
}

int main(void)
{
	RUN(setuid_drops_for_good);
	RUN(saved_id_allows_return);
	RUN(signals_need_the_same_user);
	RUN(groups_are_kept);
	RUN(old_calls_tell_big_ids_as_nobody);
	RUN(session_begins);
	RUN(limits_hold);
	RUN(priorities_change);
	RUN(scheduler_answers);
	RUN(name_of_the_task);
	RUN(name_of_the_system);
	return tap_end();
}
