/*
 * clone(): what parent and child share, flag by flag, and which of several
 * threads a signal reaches.
 * host: yes
 */
#include <linux/futex.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "case.h"

#define THREAD (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM)

static char stack[4][16384];

static pid_t run(int (*function)(void *), void *arg, int flags)
{
	return clone(function, stack[0] + sizeof(stack[0]), flags, arg);
}

/* Waits until a word that the kernel clears at a thread's end is cleared. */
static void join(volatile int *tid)
{
	for (int i = 0; i < 1000 && *tid; i++)
		nap(3);
	CHECK_EQ(*tid, 0);
}

static pid_t thread(int (*function)(void *), void *arg, int n, volatile int *tid)
{
	*tid = -1;
	return clone(function, stack[n] + sizeof(stack[n]), THREAD | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID,
		     arg, tid, NULL, tid);
}

static int close_it(void *fd)
{
	close(*(int *)fd);
	return open("/dev/null", O_RDONLY);
}

static void descriptors_are_shared_by_clone_files(void)
{
	int fd = open("/dev/zero", O_RDONLY), lowest;

	CHECK(reap(run(close_it, &fd, SIGCHLD)) == fd);
	CHECK(fcntl(fd, F_GETFD) >= 0);			/* its own table */
	lowest = reap(run(close_it, &fd, CLONE_FILES | SIGCHLD));
	CHECK_EQ(lowest, fd);
	CHECK_EQ(read(fd, (char[1]){ 0 }, 1), 0);		/* what it opened is open here: null */
	close(fd);
}

static int move(void *arg)
{
	umask(0123);
	return chdir("/");
}

static void place_and_umask_by_clone_fs(void)
{
	mode_t before = umask(022);
	char home[500], cwd[500];

	getcwd(home, sizeof(home));
	CHECK_EQ(reap(run(move, NULL, SIGCHLD)), 0);
	CHECK(getcwd(cwd, sizeof(cwd)) && strcmp(cwd, home) == 0);
	CHECK_EQ(reap(run(move, NULL, CLONE_FS | SIGCHLD)), 0);
	CHECK(getcwd(cwd, sizeof(cwd)) && strcmp(cwd, "/") == 0);
	CHECK_EQ(umask(before), 0123);
	CHECK_EQ(chdir(home), 0);
}

static void note(int sig);

static int set_handler(void *arg)
{
	return signal(SIGUSR1, note) == SIG_ERR;
}

static void handlers_by_clone_sighand(void)
{
	struct sigaction act;

	signal(SIGUSR1, SIG_DFL);
	CHECK_EQ(reap(run(set_handler, NULL, CLONE_VM | SIGCHLD)), 0);
	sigaction(SIGUSR1, NULL, &act);
	CHECK(act.sa_handler == SIG_DFL);
	CHECK_EQ(reap(run(set_handler, NULL, CLONE_VM | CLONE_SIGHAND | SIGCHLD)), 0);
	sigaction(SIGUSR1, NULL, &act);
	CHECK(act.sa_handler == note);
	signal(SIGUSR1, SIG_DFL);
}

static volatile int value;

static int set_value(void *arg)
{
	value = 5;
	nap(30);
	value = 6;
	return 0;
}

static void memory_by_clone_vm(void)
{
	pid_t pid;

	value = 1;
	CHECK_EQ(reap(run(set_value, NULL, SIGCHLD)), 0);
	CHECK_EQ(value, 1);
	CHECK_EQ(reap(run(set_value, NULL, CLONE_VM | SIGCHLD)), 0);
	CHECK_EQ(value, 6);
	pid = run(set_value, NULL, CLONE_VM | CLONE_VFORK | SIGCHLD);
	CHECK_EQ(value, 6);				/* we come back after its end */
	CHECK_EQ(reap(pid), 0);
}

static int quit(void *arg)
{
	return 4;
}

static void the_exit_signal_is_chosen(void)
{
	pid_t pid = run(quit, NULL, 0);			/* none: only seen by __WCLONE */

	CHECK_FAILS(waitpid(pid, NULL, 0), ECHILD);
	CHECK_EQ(waitpid(pid, NULL, __WCLONE), pid);
	pid = run(quit, NULL, SIGCHLD);
	CHECK_FAILS(waitpid(pid, NULL, __WCLONE), ECHILD);
	CHECK_EQ(waitpid(pid, NULL, __WALL), pid);
}

static void clone_a_sibling(void)
{
	pid_t pid = run(quit, NULL, CLONE_PARENT | SIGCHLD);

	CHECK(pid > 0);
	CHECK_FAILS(waitpid(pid, NULL, 0), ECHILD);	/* it is not ours */
}

static void clone_parent_makes_siblings(void)
{
	int children = 0;

	start(clone_a_sibling);
	while (wait(NULL) > 0)
		children++;
	CHECK_EQ(children, 2);
}

static int same_numbers(void *arg)
{
	int *seen = arg;

	seen[0] = getpid();
	seen[1] = gettid();
	seen[2] = getppid();
	return 0;
}

static void numbers_of_threads(void)
{
	static volatile int tid;
	static int seen[3];
	int id = thread(same_numbers, seen, 0, &tid);

	join(&tid);
	CHECK(seen[0] == getpid() && seen[1] == id && id != getpid() && seen[2] == getppid());
	CHECK_FAILS(waitpid(id, NULL, __WALL), ECHILD);	/* threads are not waited for */
}

static volatile sig_atomic_t caught_by;

static void note(int sig)
{
	caught_by = gettid();
}

static volatile int stop;

static int block_none(void *arg)
{
	while (!stop)
		nap(2);
	return 0;
}

static void a_signal_finds_the_willing_thread(void)
{
	struct sigaction act = { .sa_handler = note };
	static volatile int tid;
	sigset_t set, pending;
	int id;

	stop = caught_by = 0;
	sigaction(SIGUSR2, &act, NULL);
	id = thread(block_none, NULL, 0, &tid);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);		/* ours alone: it does not block it */
	kill(getpid(), SIGUSR2);
	for (int i = 0; i < 500 && !caught_by; i++)
		nap(2);
	CHECK_EQ(caught_by, id);
	caught_by = 0;
	tgkill(getpid(), getpid(), SIGUSR2);		/* for us alone: it waits */
	nap(20);
	CHECK_EQ(caught_by, 0);
	sigpending(&pending);
	CHECK(sigismember(&pending, SIGUSR2));
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	CHECK_EQ(caught_by, getpid());
	tgkill(getpid(), id, SIGUSR2);
	for (int i = 0; i < 500 && caught_by != id; i++)
		nap(2);
	CHECK_EQ(caught_by, id);
	stop = 1;
	join(&tid);
	signal(SIGUSR2, SIG_DFL);
}

#define ROUNDS 20000

static int count_up(void *counter)
{
	for (int i = 0; i < ROUNDS; i++)
		__sync_fetch_and_add((int *)counter, 1);
	return 0;
}

static void threads_count_together(void)
{
	static volatile int tids[4];
	int counter = 0;

	for (int i = 0; i < 4; i++)
		CHECK(thread(count_up, &counter, i, tids + i) > 0);
	for (int i = 0; i < 4; i++)
		join(tids + i);
	CHECK_EQ(counter, 4 * ROUNDS);
}

static int ends[2];

static int read_then_tell(void *arg)
{
	*(int *)arg = read(ends[0], (char[4]){ 0 }, 4);
	return 0;
}

/* A descriptor may be closed while another thread sleeps in it: the file lives on. */
static void a_close_beside_a_read(void)
{
	static volatile int tid;
	int got = -1;

	pipe(ends);
	thread(read_then_tell, &got, 0, &tid);
	nap(30);
	CHECK_EQ(close(ends[0]), 0);
	nap(10);
	CHECK_EQ(write(ends[1], "abc", 3), 3);
	join(&tid);
	CHECK_EQ(got, 3);
	close(ends[1]);
}

static int map_something(void *arg)
{
	char *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*p = 'm';
	*(char **)arg = p;
	return 0;
}

static void mappings_of_one_are_all_s(void)
{
	static volatile int tid;
	char *p = NULL;

	thread(map_something, &p, 0, &tid);
	join(&tid);
	if (CHECK(p != NULL))
		CHECK_EQ(*p, 'm');
	munmap(p, PAGE);
}

static void bad_stack(void)
{
	pid_t pid = syscall(SYS_clone, SIGCHLD | CLONE_VM, 0x2000, 0, 0, 0);

	if (pid == 0)
		for (;;)
			;
	CHECK_EQ(reap(pid), 128 + SIGSEGV);
}

static void a_bad_stack_kills_only_the_child(void)
{
	in_child(bad_stack);
}

int main(void)
{
	RUN(descriptors_are_shared_by_clone_files);
	RUN(place_and_umask_by_clone_fs);
	RUN(handlers_by_clone_sighand);
	RUN(memory_by_clone_vm);
	RUN(the_exit_signal_is_chosen);
	RUN(clone_parent_makes_siblings);
	RUN(numbers_of_threads);
	RUN(a_signal_finds_the_willing_thread);
	RUN(threads_count_together);
	RUN(a_close_beside_a_read);
	RUN(mappings_of_one_are_all_s);
	RUN(a_bad_stack_kills_only_the_child);
	return tap_end();
}
