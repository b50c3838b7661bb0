/*
 * Threads: clone() with shared everything, futexes, the end of one and of all.
 * host: yes
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "tap.h"
#include "thread.h"

static long futex(uint32_t *word, int op, uint32_t val, const void *time, uint32_t *word2,
		  uint32_t val3)
{
	return syscall(SYS_futex, word, op, val, time, word2, val3);
}

static void join(struct thread *thread)
{
	uint32_t tid;

	while ((tid = __atomic_load_n(&thread->tid, __ATOMIC_ACQUIRE)) != 0)
		futex(&thread->tid, FUTEX_WAIT, tid, NULL, NULL, 0);
}

static void nap(int ms)
{
	struct timespec ts = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

static struct thread threads[3];
static volatile int shared, same_process;
static uint32_t word, word2;
static int woken;

static void set_shared(struct thread *thread)
{
	same_process = syscall(SYS_getpid) == getpid() && syscall(SYS_gettid) == (long)thread->tid;
	shared = 5;
}

static void memory_and_number_are_shared(void)
{
	long tid = thread_start(&threads[0], THREAD_FLAGS, set_shared);

	CHECK(tid > 0 && tid != getpid());
	join(&threads[0]);
	CHECK_EQ(shared, 5);
	CHECK_EQ(same_process, 1);
	CHECK_FAILS(waitpid(tid, NULL, __WALL), ECHILD);	/* threads leave no zombie */
}

static void wait_for_word(struct thread *thread)
{
	while (__atomic_load_n(&word, __ATOMIC_ACQUIRE) == 0)
		futex(&word, FUTEX_WAIT, 0, NULL, NULL, 0);
	__atomic_fetch_add(&woken, 1, __ATOMIC_SEQ_CST);
}

static void futex_wakes_who_waits(void)
{
	int i;

	word = woken = 0;
	for (i = 0; i < 3; i++)
		thread_start(&threads[i], THREAD_FLAGS, wait_for_word);
	nap(60);
	CHECK_EQ(woken, 0);
	__atomic_store_n(&word, 1, __ATOMIC_RELEASE);
	CHECK_EQ(futex(&word, FUTEX_WAKE, 1, NULL, NULL, 0), 1);
	CHECK_EQ(futex(&word, FUTEX_WAKE, 10, NULL, NULL, 0), 2);
	for (i = 0; i < 3; i++)
		join(&threads[i]);
	CHECK_EQ(woken, 3);
	CHECK_EQ(futex(&word, FUTEX_WAKE, 10, NULL, NULL, 0), 0);
}

static void futex_wait_looks_first(void)
{
	struct timespec shortly = { .tv_nsec = 30000000 };

	word = 7;
	CHECK_FAILS(futex(&word, FUTEX_WAIT, 6, NULL, NULL, 0), EAGAIN);
	CHECK_FAILS(futex(&word, FUTEX_WAIT, 7, &shortly, NULL, 0), ETIMEDOUT);
	CHECK_FAILS(futex((uint32_t *)((char *)&word + 1), FUTEX_WAIT, 7, NULL, NULL, 0), EINVAL);
	CHECK_FAILS(futex((uint32_t *)16, FUTEX_WAIT, 7, NULL, NULL, 0), EFAULT);
	CHECK_FAILS(futex(&word, FUTEX_WAIT_BITSET, 7, NULL, NULL, 0), EINVAL);
	CHECK_FAILS(futex(&word, 99, 0, NULL, NULL, 0), ENOSYS);
}

static void wait_once(struct thread *thread)
{
	futex(&word, FUTEX_WAIT, 0, NULL, NULL, 0);
	__atomic_fetch_add(&woken, 1, __ATOMIC_SEQ_CST);
}

static void futex_requeue_moves_sleepers(void)
{
	int i;

	word = word2 = woken = 0;
	for (i = 0; i < 3; i++)
		thread_start(&threads[i], THREAD_FLAGS, wait_once);
	nap(60);
	CHECK_FAILS(futex(&word, FUTEX_CMP_REQUEUE, 1, (void *)10, &word2, 5), EAGAIN);
	CHECK_EQ(futex(&word, FUTEX_CMP_REQUEUE, 1, (void *)10, &word2, 0), 3);
	nap(30);
	CHECK_EQ(woken, 1);
	CHECK_EQ(futex(&word, FUTEX_WAKE, 10, NULL, NULL, 0), 0);
	CHECK_EQ(futex(&word2, FUTEX_WAKE, 10, NULL, NULL, 0), 2);
	for (i = 0; i < 3; i++)
		join(&threads[i]);
}

static void sleep_long(struct thread *thread)
{
	nap(100000);
}

static void exit_group_ends_all(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		thread_start(&threads[0], THREAD_FLAGS, sleep_long);
		thread_start(&threads[1], THREAD_FLAGS, sleep_long);
		nap(30);
		_exit(6);
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 6 << 8);
}

static void die(struct thread *thread)
{
	*(volatile int *)0 = 1;
}

static void fault_of_one_ends_all(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		thread_start(&threads[0], THREAD_FLAGS, die);
		nap(100000);
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQ(WTERMSIG(status), SIGSEGV);
}

static void exec_true(struct thread *thread)
{
	char *argv[] = { "/bin/sh", "-c", "exit 3", NULL }, *envp[] = { NULL };

	execve(argv[0], argv, envp);
}

static void exec_by_a_thread_keeps_the_number(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		thread_start(&threads[0], THREAD_FLAGS, sleep_long);
		thread_start(&threads[1], THREAD_FLAGS, exec_true);
		nap(100000);
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 3 << 8);
}

static void leader_may_end_first(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		shared = 0;
		thread_start(&threads[0], THREAD_FLAGS, set_shared);
		thread_start(&threads[1], THREAD_FLAGS, wait_for_word);
		syscall(SYS_exit, 4);			/* only this thread */
	}
	nap(60);
	CHECK_EQ(waitpid(pid, &status, WNOHANG), 0);	/* others still run */
	kill(pid, SIGKILL);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
}

static int lock_fd;
static volatile int lock_error;

static void await_lock(struct thread *thread)
{
	struct flock lock = { .l_type = F_WRLCK };

	lock_error = fcntl(lock_fd, F_SETLKW, &lock) ? errno : 0;
}

/* A child's lock on "awaited" for so long, in ms; status 1 if another has one. */
static pid_t lock_in_child(int ms)
{
	struct flock lock = { .l_type = F_WRLCK };
	pid_t pid = fork();
	int fd;

	if (pid)
		return pid;
	fd = open("awaited", O_RDWR);
	if (fcntl(fd, F_SETLK, &lock))
		_exit(1);
	nap(ms);
	_exit(0);
}

static void close_takes_off_a_lock_that_is_awaited(void)
{
	int status = -1;
	pid_t pid;

	lock_fd = open("awaited", O_RDWR | O_CREAT, 0600);
	pid = lock_in_child(200);
	nap(60);
	thread_start(&threads[0], THREAD_FLAGS, await_lock);
	nap(60);
	close(lock_fd);
	join(&threads[0]);
	CHECK_EQ(lock_error, EBADF);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
	CHECK_EQ(waitpid(lock_in_child(0), &status, 0) > 0, 1);
	CHECK_EQ(status, 0);
	unlink("awaited");
}

static void wrong_flags_are_refused(void)
{
	CHECK_FAILS(syscall(SYS_clone, CLONE_THREAD | CLONE_VM, 0, 0, 0, 0), EINVAL);
	CHECK_FAILS(syscall(SYS_clone, CLONE_SIGHAND, 0, 0, 0, 0), EINVAL);
}

int main(void)
{
	RUN(memory_and_number_are_shared);
	RUN(futex_wakes_who_waits);
	RUN(futex_wait_looks_first);
	RUN(futex_requeue_moves_sleepers);
	RUN(exit_group_ends_all);
	RUN(fault_of_one_ends_all);
	RUN(exec_by_a_thread_keeps_the_number);
	word = 0;
	RUN(leader_may_end_first);
	RUN(wrong_flags_are_refused);
	RUN(close_takes_off_a_lock_that_is_awaited);
	return tap_end();
}
