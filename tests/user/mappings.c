/*
 * Address space: what mmap() places where, holes cut into it, locking, growing
 * and advice. Files and forks are in memory.c.
 * host: yes
 */
#include <setjmp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include "case.h"

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static sigjmp_buf back;

static void note(int sig)
{
	siglongjmp(back, sig);
}

/* The signal that touching a byte brings, or 0. */
static int touch(volatile char *p, int write)
{
	int sig;

	signal(SIGSEGV, note);
	signal(SIGBUS, note);
	sig = sigsetjmp(back, 1);
	if (!sig) {
		if (write)
			*p = *p + 1;
		else
			(void)*p;
	}
	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
	return sig;
}

static char *pages(int n)
{
	char *p = mmap(NULL, n * PAGE, RW, ANON, -1, 0);

	CHECK(p != MAP_FAILED);
	return p;
}

static void the_mmap_of_1992(void)
{
	struct { unsigned long addr, len, prot, flags, fd, offset; } args = { 0, 2 * PAGE, RW, ANON, -1, 0 };
	char *p = (char *)syscall(SYS_mmap, &args);

	if (!CHECK(p != MAP_FAILED))
		return;
	CHECK_EQ(p[PAGE], 0);
	CHECK_EQ(touch(p, 1), 0);
	CHECK_EQ(munmap(p, 2 * PAGE), 0);
	args.offset = 5;
	CHECK_FAILS(syscall(SYS_mmap, &args), EINVAL);
}

static void holes_are_cut(void)
{
	char *p = pages(5);

	memset(p, 'x', 5 * PAGE);
	CHECK_EQ(munmap(p + PAGE, PAGE), 0);
	CHECK_EQ(munmap(p + 3 * PAGE, PAGE), 0);
	CHECK(p[0] == 'x' && p[2 * PAGE] == 'x' && p[4 * PAGE] == 'x');
	CHECK_EQ(touch(p + PAGE, 0), SIGSEGV);
	CHECK_EQ(touch(p + 3 * PAGE, 0), SIGSEGV);
	CHECK_EQ(munmap(p + PAGE, PAGE), 0);		/* nothing there: fine */
	CHECK_EQ(munmap(p, 5 * PAGE), 0);		/* over holes */
	CHECK_EQ(touch(p + 2 * PAGE, 0), SIGSEGV);
}

static void fixed_replaces(void)
{
	char *p = pages(3), *q;

	memset(p, 'x', 3 * PAGE);
	q = mmap(p + PAGE, PAGE, RW, ANON | MAP_FIXED, -1, 0);
	CHECK(q == p + PAGE);
	CHECK(p[0] == 'x' && p[PAGE] == 0 && p[2 * PAGE] == 'x');
	CHECK(mmap(p, PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED && errno == EEXIST);
	CHECK(mmap(p + 1, PAGE, RW, ANON | MAP_FIXED, -1, 0) == MAP_FAILED && errno == EINVAL);
	q = mmap(p, PAGE, RW, ANON, -1, 0);		/* only a hint */
	CHECK(q != MAP_FAILED && q != p);
	CHECK(mmap(NULL, PAGE, RW, MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EINVAL);
	munmap(q, PAGE);
	munmap(p, 3 * PAGE);
}

static void protection_splits(void)
{
	char *p = pages(3);

	memset(p, 'x', 3 * PAGE);
	CHECK_EQ(mprotect(p + PAGE, PAGE, PROT_READ), 0);
	CHECK_EQ(touch(p + PAGE, 0), 0);
	CHECK_EQ(touch(p + PAGE, 1), SIGSEGV);
	CHECK_EQ(touch(p, 1) + touch(p + 2 * PAGE, 1), 0);
	CHECK_EQ(mprotect(p, 3 * PAGE, PROT_NONE), 0);
	CHECK_EQ(touch(p, 0), SIGSEGV);
	CHECK_EQ(mprotect(p, 3 * PAGE, RW), 0);
	CHECK(p[PAGE] == 'x' && touch(p + PAGE, 1) == 0);
	munmap(p + PAGE, PAGE);
	CHECK_FAILS(mprotect(p, 3 * PAGE, PROT_READ), ENOMEM);
	CHECK_FAILS(mprotect(p, PAGE, 0x7000), EINVAL);
	munmap(p, 3 * PAGE);
}

static void mremap_keeps_and_moves(void)
{
	char *p = pages(4), *q, *target = pages(4);

	memset(p, 'x', 4 * PAGE);
	CHECK(mremap(p, 4 * PAGE, 2 * PAGE, 0) == p);
	CHECK_EQ(touch(p + 2 * PAGE, 0), SIGSEGV);
	q = mremap(p, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, target);
	CHECK(q == target && q[0] == 'x' && q[PAGE] == 'x');
	CHECK_EQ(touch(p, 0), SIGSEGV);
	CHECK(mremap(q, 2 * PAGE, 0, 0) == MAP_FAILED && errno == EINVAL);
	CHECK(mremap(q + 1, PAGE, PAGE, 0) == MAP_FAILED && errno == EINVAL);
	CHECK(mremap(q, PAGE, PAGE, 0x70) == MAP_FAILED && errno == EINVAL);
	CHECK(mremap(UNMAPPED, PAGE, 2 * PAGE, MREMAP_MAYMOVE) == MAP_FAILED && errno == EFAULT);
	munmap(target, 4 * PAGE);
}

static void locked_pages(void)
{
	char *p = pages(4);
	unsigned char vec[4];

	CHECK_EQ(mlock(p, 2 * PAGE), 0);
	CHECK_EQ(mincore(p, 4 * PAGE, vec), 0);
	CHECK((vec[0] & 1) && (vec[1] & 1) && !(vec[3] & 1));
	CHECK_EQ(syscall(SYS_mlock2, p + 2 * PAGE, PAGE, 1), 0);	/* MLOCK_ONFAULT */
	CHECK_FAILS(syscall(SYS_mlock2, p, PAGE, 0x70), EINVAL);
	CHECK_EQ(munlock(p, 4 * PAGE), 0);
	munmap(p + PAGE, PAGE);
	CHECK_FAILS(mlock(p, 3 * PAGE), ENOMEM);
	munmap(p, 4 * PAGE);
}

static void all_is_locked(void)
{
	unsigned char vec[2];
	char *p;

	CHECK_FAILS(mlockall(0), EINVAL);
	CHECK_FAILS(mlockall(0x70), EINVAL);
	CHECK_EQ(mlockall(MCL_CURRENT | MCL_FUTURE), 0);
	p = pages(2);
	CHECK_EQ(mincore(p, 2 * PAGE, vec), 0);
	CHECK((vec[0] & 1) && (vec[1] & 1));
	CHECK_EQ(munlockall(), 0);
}

static void mlockall_is_for_what_comes_too(void)
{
	if (geteuid() != 0)
		SKIP("needs root");
	in_child(all_is_locked);
}

static void lock_too_much(void)
{
	struct rlimit limit = { 2 * PAGE, 2 * PAGE };
	char *p = pages(4);

	CHECK_EQ(setrlimit(RLIMIT_MEMLOCK, &limit), 0);
	if (geteuid() == 0)
		setuid(1000);
	CHECK_EQ(mlock(p, PAGE), 0);
	CHECK_FAILS(mlock(p, 4 * PAGE), ENOMEM);
	CHECK_EQ(munlock(p, 4 * PAGE), 0);
}

static void locking_has_a_limit(void)
{
	in_child(lock_too_much);
}

static void advice_drops_content(void)
{
	char *p = pages(2);

	memset(p, 'x', 2 * PAGE);
	CHECK_EQ(madvise(p, PAGE, MADV_DONTNEED), 0);
	CHECK(p[0] == 0 && p[PAGE] == 'x');
	CHECK_EQ(madvise(p, 0, MADV_DONTNEED), 0);
	CHECK_FAILS(madvise(p + 1, PAGE, MADV_DONTNEED), EINVAL);
	munmap(p + PAGE, PAGE);
	CHECK_FAILS(madvise(p, 2 * PAGE, MADV_DONTNEED), ENOMEM);
	munmap(p, PAGE);
}

static void the_heap_moves(void)
{
	char *end = sbrk(0);

	CHECK(sbrk(3 * PAGE) == end);
	CHECK_EQ(touch(end, 1) + touch(end + 3 * PAGE - 1, 1), 0);
	CHECK(sbrk(-3 * PAGE) == end + 3 * PAGE);
	CHECK(sbrk(0) == end);
	CHECK(sbrk(3 * PAGE) == end);
	CHECK_EQ(end[PAGE], 0);			/* it comes back empty */
	CHECK_FAILS(brk(NOWHERE), ENOMEM);
	CHECK(sbrk(-3 * PAGE) == end + 3 * PAGE);
}

static void grows_down(void)
{
	volatile char *low = (char *)__builtin_alloca(400000);

	low[0] = 1;
	low[200000] = 2;
	CHECK(low[0] == 1 && low[200000] == 2);
}

static void the_stack_grows(void)
{
	in_child(grows_down);
}

static volatile int count;

/* SYS_vfork by way of the C library: its stub must not return through the shared stack. */
static void vfork_runs_first_and_shares(void)
{
	pid_t pid;

	count = 0;
	pid = vfork();
	if (pid == 0) {
		count = 1;
		_exit(9);
	}
	CHECK_EQ(count, 1);
	CHECK_EQ(reap(pid), 9);
}

int main(void)
{
	RUN(the_mmap_of_1992);
	RUN(holes_are_cut);
	RUN(fixed_replaces);
	RUN(protection_splits);
	RUN(mremap_keeps_and_moves);
	RUN(locked_pages);
	RUN(mlockall_is_for_what_comes_too);
	RUN(locking_has_a_limit);
	RUN(advice_drops_content);
	RUN(the_heap_moves);
	RUN(the_stack_grows);
	RUN(vfork_runs_first_and_shares);
	return tap_end();
}
