/*
 * When the machine's memory, tasks or queues run out: the one that took them is
 * stopped, everybody else goes on, and all comes back.
 * host: no, because it takes all the memory there is
 */
#include <linux/sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include "case.h"

#define KIB		1024
#define NOBODY		65534
#define SOME_TASKS	20
#define SLACK_KIB	300	/* what slabs and hot lists keep for the next time */

static long free_kib(void)
{
	char text[2048], *line;
	int fd = open("/proc/meminfo", O_RDONLY);
	ssize_t n = read(fd, text, sizeof(text) - 1);

	close(fd);
	text[n < 0 ? 0 : n] = '\0';
	line = strstr(text, "MemFree:");
	return line ? strtol(line + 8, NULL, 10) : -1;
}

static void take_everything(void)
{
	volatile char *page;

	for (;;) {
		page = mmap(NULL, 256 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (page == MAP_FAILED)
			_exit(99);
		for (int i = 0; i < 256; i++)
			page[i * PAGE] = 1;
	}
}

static void hog_is_killed(void)
{
	long before = free_kib();

	CHECK_EQ(reap(start(take_everything)), 128 + SIGKILL);
	CHECK(free_kib() > before - SLACK_KIB);
}

/* ---- the leader has ended, its memory has not */

static char thread_stack[4 * PAGE] __attribute__((aligned(16)));

static void thread_takes_everything(void)
{
	long result;

	asm volatile("int $0x80\n"
		     "testl %%eax, %%eax\n"
		     "jnz 1f\n"
		     "xorl %%ebp, %%ebp\n"
		     "call *%%edx\n"
		     "1:"
		     : "=a"(result)
		     : "0"(120), "b"(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD),
		       "c"(thread_stack + sizeof(thread_stack) - 64), "d"(take_everything), "S"(0), "D"(0)
		     : "memory", "cc");
	/* The thread alone: not exit_group(). */
	asm volatile("int $0x80" : : "a"(1), "b"(result < 0));
}

static void hog_whose_leader_has_ended(void)
{
	long before = free_kib();

	CHECK_EQ(reap(start(thread_takes_everything)), 128 + SIGKILL);
	CHECK(free_kib() > before - SLACK_KIB);
}

/* ---- tasks */

static void bomb(void)
{
	struct rlimit limit = { .rlim_cur = SOME_TASKS, .rlim_max = SOME_TASKS };
	int children = 0;
	pid_t pid;

	CHECK(setrlimit(RLIMIT_NPROC, &limit) == 0);
	CHECK(setuid(NOBODY) == 0);
	while ((pid = fork()) > 0)
		children++;
	if (!pid)
		for (;;)
			pause();
	CHECK_EQ(errno, EAGAIN);
	CHECK_EQ(children, SOME_TASKS - 1);
	signal(SIGTERM, SIG_IGN);
	kill(-1, SIGTERM);
	while (children--)
		CHECK_EQ(reap(-1), 128 + SIGTERM);
	CHECK_FAILS(wait(NULL), ECHILD);
}

static void tasks_of_a_user(void)
{
	in_child(bomb);
}

static void root_bomb(void)
{
	int children = 0;
	pid_t pid;

	setpgid(0, 0);
	while ((pid = fork()) > 0)
		children++;
	if (!pid)
		for (;;)
			pause();
	CHECK(errno == EAGAIN || errno == ENOMEM);
	CHECK(children >= SOME_TASKS);
	signal(SIGTERM, SIG_IGN);
	kill(0, SIGTERM);
	while (children--)
		CHECK_EQ(reap(-1), 128 + SIGTERM);
}

static void tasks_of_all(void)
{
	long before;

	in_child(root_bomb);		/* grows the tables it needs once */
	before = free_kib();
	in_child(root_bomb);
	CHECK(free_kib() > before - SLACK_KIB);
}

/* ---- strings */

/* The interpreter's name takes the place of a name that fills many pages. */
static void script_with_a_long_name(void)
{
	static char name[100 * KIB];
	char *argv[] = { name, NULL }, *envp[] = { NULL };
	long before = 0;
	int fd = file_with("script", "#!/bin/true\n");

	close(fd);
	chmod("script", 0755);
	memset(name, 'n', sizeof(name) - 1);
	for (int i = 0; i < 40; i++) {
		pid_t pid = fork();

		if (!pid) {
			execve("script", argv, envp);
			_exit(99);
		}
		CHECK_EQ(reap(pid), 0);
		if (i == 10)
			before = free_kib();
	}
	CHECK(free_kib() > before - SLACK_KIB);
	unlink("script");
}

/* ---- signals */

static void queue_is_limited(void)
{
	struct rlimit limit = { .rlim_cur = 30, .rlim_max = 30 };
	union sigval value = { .sival_int = 1 };
	sigset_t mask;
	int queued = 0;

	sigemptyset(&mask);
	sigaddset(&mask, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	CHECK(setrlimit(RLIMIT_SIGPENDING, &limit) == 0);
	while (queued < 100 && sigqueue(getpid(), SIGRTMIN, value) == 0)
		queued++;
	CHECK_EQ(errno, EAGAIN);
	CHECK_EQ(queued, 30);
}

static void signals_of_a_process(void)
{
	in_child(queue_is_limited);
}

int main(void)
{
	RUN(hog_is_killed);
	RUN(hog_whose_leader_has_ended);
	RUN(tasks_of_a_user);
	RUN(tasks_of_all);
	RUN(script_with_a_long_name);
	RUN(signals_of_a_process);
	return tap_end();
}
