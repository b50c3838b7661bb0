/*
 * futex(): waiting for a word of memory, between threads and between processes,
 * with all its time-outs; what the kernel does with such words when a thread dies.
 * host: yes
 */
#include <linux/futex.h>
#include <limits.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include "case.h"

struct wide_timespec {
	long long tv_sec, tv_nsec;
};

static char stack[16384];
static unsigned int *shared;		/* words that children see, too */
static volatile unsigned int word;

static long futex(volatile unsigned int *at, int op, unsigned int value, const void *time)
{
	return syscall(SYS_futex, at, op, value, time, NULL, 0);
}

static void waiting_looks_first(void)
{
	word = 5;
	CHECK_FAILS(futex(&word, FUTEX_WAIT, 4, NULL), EAGAIN);
	CHECK_EQ(futex(&word, FUTEX_WAKE, 1, NULL), 0);
	CHECK_FAILS(futex((void *)((char *)&word + 1), FUTEX_WAIT, 5, NULL), EINVAL);
	CHECK_FAILS(futex(UNMAPPED, FUTEX_WAIT, 5, NULL), EFAULT);
	CHECK_FAILS(futex(NOWHERE, FUTEX_WAKE, 5, NULL), EFAULT);
	CHECK_FAILS(futex(&word, 99, 5, NULL), ENOSYS);
}

static void relative_time_outs(void)
{
	struct timespec t = { 0, 30000000 };
	long began = now_ms();

	word = 5;
	CHECK_FAILS(futex(&word, FUTEX_WAIT_PRIVATE, 5, &t), ETIMEDOUT);
	CHECK(now_ms() - began >= 29 && now_ms() - began < 2000);
	t.tv_nsec = 1000000000;
	CHECK_FAILS(futex(&word, FUTEX_WAIT, 5, &t), EINVAL);
	CHECK_FAILS(futex(&word, FUTEX_WAIT, 5, UNMAPPED), EFAULT);
}

static void absolute_time_outs(void)
{
	struct wide_timespec wide;
	struct timespec t;
	long began = now_ms();

	word = 5;
	clock_gettime(CLOCK_MONOTONIC, &t);
	wide.tv_sec = t.tv_sec + (t.tv_nsec + 30000000) / 1000000000;
	wide.tv_nsec = (t.tv_nsec + 30000000) % 1000000000;
	CHECK_FAILS(syscall(SYS_futex_time64, &word, FUTEX_WAIT_BITSET, 5, &wide, NULL, FUTEX_BITSET_MATCH_ANY), ETIMEDOUT);
	CHECK(now_ms() - began >= 29);
	CHECK_FAILS(syscall(SYS_futex_time64, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 5, &t, NULL, 0), EINVAL);
	t.tv_sec = 1000000000;		/* long ago by the clock on the wall */
	CHECK_FAILS(syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 5, &t, NULL, 1), ETIMEDOUT);
	wide = (struct wide_timespec){ 0, 30000000 };
	began = now_ms();
	CHECK_FAILS(syscall(SYS_futex_time64, &word, FUTEX_WAIT, 5, &wide, NULL, 0), ETIMEDOUT);
	CHECK(now_ms() - began >= 29);
}

static void sleep_on_the_shared_word(void)
{
	struct timespec t = { 5, 0 };

	CHECK_EQ(futex(shared, FUTEX_WAIT, 0, &t), 0);
	__sync_fetch_and_add(shared + 1, 1);
}

static void processes_share_words(void)
{
	pid_t pids[3];

	shared[0] = shared[1] = 0;
	for (int i = 0; i < 3; i++)
		pids[i] = start(sleep_on_the_shared_word);
	nap(60);
	CHECK_EQ(futex(shared, FUTEX_WAKE_PRIVATE, 9, NULL), 0);	/* private ones are others */
	CHECK_EQ(futex(shared, FUTEX_WAKE, 1, NULL), 1);
	nap(30);
	CHECK_EQ(shared[1], 1);
	CHECK_EQ(futex(shared, FUTEX_WAKE, INT_MAX, NULL), 2);
	for (int i = 0; i < 3; i++)
		CHECK_EQ(reap(pids[i]), 0);
	CHECK_EQ(shared[1], 3);
}

static void bits_choose_the_sleepers(void)
{
	pid_t pid;

	shared[0] = 0;
	pid = fork();
	if (pid == 0) {
		alarm(5);
		_exit(syscall(SYS_futex, shared, FUTEX_WAIT_BITSET, 0, NULL, NULL, 4) != 0);
	}
	nap(60);
	CHECK_EQ(syscall(SYS_futex, shared, FUTEX_WAKE_BITSET, 1, NULL, NULL, 3), 0);
	CHECK_EQ(syscall(SYS_futex, shared, FUTEX_WAKE_BITSET, 1, NULL, NULL, 6), 1);
	CHECK_EQ(reap(pid), 0);
	CHECK_FAILS(syscall(SYS_futex, shared, FUTEX_WAKE_BITSET, 1, NULL, NULL, 0), EINVAL);
}

static void sleepers_are_moved(void)
{
	pid_t pids[3];

	shared[0] = shared[1] = 0;
	for (int i = 0; i < 3; i++)
		pids[i] = start(sleep_on_the_shared_word);
	nap(60);
	CHECK_FAILS(syscall(SYS_futex, shared, FUTEX_CMP_REQUEUE, 1, 9, shared + 2, 77), EAGAIN);
	CHECK_EQ(syscall(SYS_futex, shared, FUTEX_CMP_REQUEUE, 1, 9, shared + 2, 0), 3);
	CHECK_EQ(futex(shared, FUTEX_WAKE, 9, NULL), 0);
	CHECK_EQ(futex(shared + 2, FUTEX_WAKE, 9, NULL), 2);
	for (int i = 0; i < 3; i++)
		CHECK_EQ(reap(pids[i]), 0);
}

static void nothing(int sig)
{
}

static void interrupted(void)
{
	struct sigaction act = { .sa_handler = nothing };

	sigaction(SIGUSR1, &act, NULL);
	CHECK_FAILS(futex(shared, FUTEX_WAIT, 0, NULL), EINTR);
}

static void a_signal_ends_the_wait(void)
{
	pid_t pid;

	shared[0] = 0;
	pid = start(interrupted);
	nap(60);
	kill(pid, SIGUSR1);
	CHECK_EQ(reap(pid), 0);
}

static int thread(void *arg)
{
	nap(30);
	return 0;
}

#define THREAD (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM)

/* The word is cleared and woken when the thread is gone: how joining works. */
static void the_end_of_a_thread_is_seen(void)
{
	static volatile int tid;
	struct timespec t = { 5, 0 };
	int id = clone(thread, stack + sizeof(stack), THREAD | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID,
		       NULL, &tid, NULL, &tid);

	CHECK(id > 0);
	CHECK(tid == id || tid == 0);
	while (tid)
		if (futex((volatile unsigned int *)&tid, FUTEX_WAIT, id, &t) < 0 && errno != EAGAIN)
			break;
	CHECK_EQ(tid, 0);
	CHECK_FAILS(tgkill(getpid(), id, 0), ESRCH);
}

static void clears_another_word(void)
{
	CHECK_EQ(syscall(SYS_set_tid_address, shared), getpid());
}

static void set_tid_address_is_for_shared_memory(void)
{
	CHECK_EQ(syscall(SYS_set_tid_address, &word), gettid());
	shared[0] = 77;
	in_child(clears_another_word);
	/* A process that is alone does not clear it: nobody of its own could wait. */
	CHECK_EQ(shared[0], 77);
}

static int holds_a_lock(void *arg)
{
	static struct {
		struct robust_list_head head;
		struct robust_list entry;
	} robust;

	robust.head.list.next = &robust.entry;
	robust.entry.next = &robust.head.list;
	robust.head.futex_offset = (char *)&word - (char *)&robust.entry;
	if (syscall(SYS_set_robust_list, &robust.head, sizeof(robust.head)) < 0)
		return 1;
	word = gettid();
	return 0;
}

static void locks_of_the_dead_are_marked(void)
{
	static volatile int tid = 1;
	int id;

	word = 0;
	id = clone(holds_a_lock, stack + sizeof(stack), THREAD | CLONE_CHILD_CLEARTID, NULL, NULL, NULL, &tid);
	CHECK(id > 0);
	for (int i = 0; i < 400 && tid; i++)
		nap(5);
	CHECK_EQ(tid, 0);
	CHECK_EQ(word, FUTEX_OWNER_DIED);
}

static void robust_lists_are_told(void)
{
	struct robust_list_head head = { .list = { &head.list } }, *told = NULL;
	size_t size = 0;

	CHECK_EQ(syscall(SYS_set_robust_list, &head, sizeof(head)), 0);
	CHECK_EQ(syscall(SYS_get_robust_list, 0, &told, &size), 0);
	CHECK(told == &head && size == sizeof(head));
	CHECK_FAILS(syscall(SYS_set_robust_list, &head, 5), EINVAL);
	CHECK_FAILS(syscall(SYS_get_robust_list, 99999999, &told, &size), ESRCH);
	CHECK_FAILS(syscall(SYS_get_robust_list, 0, UNMAPPED, &size), EFAULT);
	syscall(SYS_set_robust_list, NULL, sizeof(head));
}

int main(void)
{
	shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	RUN(waiting_looks_first);
	RUN(relative_time_outs);
	RUN(absolute_time_outs);
	RUN(processes_share_words);
	RUN(bits_choose_the_sleepers);
	RUN(sleepers_are_moved);
	RUN(a_signal_ends_the_wait);
	RUN(the_end_of_a_thread_is_seen);
	RUN(set_tid_address_is_for_shared_memory);
	RUN(locks_of_the_dead_are_marked);
	RUN(robust_lists_are_told);
	return tap_end();
}
