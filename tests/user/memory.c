/*
 * Memory as a process sees it: mappings of files and of nothing, what fork
 * shares, heap, stack, and the errors of the calls that arrange all that.
 * host: yes
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tap.h"

#define PAGE 4096
#define FILE_NAME "memory.tmp"

static sigjmp_buf back;
static siginfo_t seen;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	seen = *info;
	siglongjmp(back, 1);
}

/* The signal that touching @at raises, 0 for none; `seen` has the rest. */
static int touch(volatile char *at, int write)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };

	action.sa_sigaction = handler;
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	memset(&seen, 0, sizeof(seen));
	if (!sigsetjmp(back, 1)) {
		if (write)
			*at = 'w';
		else
			(void)*at;
	}
	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
	return seen.si_signo;
}

static char *map(int fd, size_t len, int prot, int flags)
{
	char *at = mmap(NULL, len, prot, flags, fd, 0);

	if (at == MAP_FAILED)
		tap_complain(__FILE__, __LINE__, "mmap");
	return at;
}

/* A file of three pages, 'a', 'b', and 100 bytes of 'c'; open for both. */
static int new_file(void)
{
	static char page[PAGE];
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);

	memset(page, 'a', PAGE);
	CHECK_EQ(write(fd, page, PAGE), PAGE);
	memset(page, 'b', PAGE);
	CHECK_EQ(write(fd, page, PAGE), PAGE);
	memset(page, 'c', PAGE);
	CHECK_EQ(write(fd, page, 100), 100);
	return fd;
}

static int read_byte(int fd, off_t at)
{
	unsigned char byte;

	return pread(fd, &byte, 1, at) == 1 ? byte : -1;
}

static void private_stays_private(void)
{
	int fd = new_file();
	char *at = map(fd, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);

	CHECK_EQ(at[0], 'a');
	CHECK_EQ(at[PAGE + 5], 'b');
	at[PAGE + 5] = 'X';
	at[0] = 'Y';
	CHECK_EQ(at[PAGE + 5], 'X');
	CHECK_EQ(at[PAGE + 6], 'b');
	CHECK_EQ(read_byte(fd, PAGE + 5), 'b');
	CHECK_EQ(read_byte(fd, 0), 'a');
	/* Behind the end of the file the page is zero. */
	CHECK_EQ(at[2 * PAGE + 99], 'c');
	CHECK_EQ(at[2 * PAGE + 100], 0);
	CHECK_EQ(madvise(at, PAGE, MADV_DONTNEED), 0);
	CHECK_EQ(at[0], 'a');
	munmap(at, 3 * PAGE);
	close(fd);
}

static void shared_is_the_file(void)
{
	int fd = new_file();
	char *at = map(fd, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char *other = map(fd, PAGE, PROT_READ, MAP_SHARED);

	at[7] = 'S';
	CHECK_EQ(read_byte(fd, 7), 'S');
	CHECK_EQ(other[7], 'S');
	CHECK_EQ(pwrite(fd, "T", 1, 8), 1);
	CHECK_EQ(at[8], 'T');
	CHECK_EQ(msync(at, 3 * PAGE, MS_SYNC), 0);
	at[9] = 'U';		/* after it was made clean: it must become dirty anew */
	munmap(at, 3 * PAGE);
	munmap(other, PAGE);
	CHECK_EQ(read_byte(fd, 9), 'U');
	CHECK_EQ(fsync(fd), 0);
	CHECK_EQ(read_byte(fd, 9), 'U');
	close(fd);
}

static void behind_the_file_is_nothing(void)
{
	int fd = new_file();
	char *at = map(fd, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

	CHECK_EQ(touch(at + 2 * PAGE + 200, 1), 0);
	CHECK_EQ(touch(at + 3 * PAGE, 0), SIGBUS);
	CHECK_EQ(seen.si_code, BUS_ADRERR);
	CHECK_EQ((uintptr_t)seen.si_addr, (uintptr_t)(at + 3 * PAGE));
	CHECK_EQ(ftruncate(fd, PAGE), 0);
	CHECK_EQ(touch(at, 0), 0);
	CHECK_EQ(touch(at + PAGE, 0), SIGBUS);
	CHECK_EQ(ftruncate(fd, 2 * PAGE), 0);
	CHECK_EQ(touch(at + PAGE, 0), 0);
	CHECK_EQ(at[PAGE], 0);
	munmap(at, 4 * PAGE);
	close(fd);
}

/* write() from the page it writes to: it is not in memory yet when the copy begins. */
static void file_written_from_itself(void)
{
	int fd = new_file();
	char *at = map(fd, 2 * PAGE, PROT_READ, MAP_SHARED);

	CHECK_EQ(pwrite(fd, at + PAGE, PAGE, 0), PAGE);
	CHECK_EQ(read_byte(fd, 17), 'b');
	CHECK_EQ(pwrite(fd, at + 10, 100, 0), 100);
	munmap(at, 2 * PAGE);
	close(fd);
}

static void maps_need_rights(void)
{
	int fd = new_file(), readonly = open(FILE_NAME, O_RDONLY), dir = open(".", O_RDONLY);
	int writeonly = open(FILE_NAME, O_WRONLY);
	char *at;

	CHECK_FAILS(mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, readonly, 0), EACCES);
	CHECK_FAILS(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, writeonly, 0), EACCES);
	CHECK_FAILS(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, dir, 0), ENODEV);
	CHECK_FAILS(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 999, 0), EBADF);
	CHECK_FAILS(mmap(NULL, 0, PROT_READ, MAP_PRIVATE, fd, 0), EINVAL);
	CHECK_FAILS(mmap(NULL, PAGE, PROT_READ, 0, fd, 0), EINVAL);
	at = map(readonly, PAGE, PROT_READ, MAP_SHARED);
	CHECK_FAILS(mprotect(at, PAGE, PROT_READ | PROT_WRITE), EACCES);
	munmap(at, PAGE);
	at = map(readonly, PAGE, PROT_READ, MAP_PRIVATE);
	CHECK_EQ(mprotect(at, PAGE, PROT_READ | PROT_WRITE), 0);
	CHECK_EQ(touch(at, 1), 0);
	munmap(at, PAGE);
	close(fd);
	close(readonly);
	close(writeonly);
	close(dir);
}

static void protection_is_kept(void)
{
	char *at = map(-1, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);

	at[PAGE] = 'k';
	CHECK_EQ(mprotect(at + PAGE, PAGE, PROT_READ), 0);
	CHECK_EQ(touch(at + PAGE, 1), SIGSEGV);
	CHECK_EQ(seen.si_code, SEGV_ACCERR);
	CHECK_EQ(mprotect(at + PAGE, PAGE, PROT_NONE), 0);
	CHECK_EQ(touch(at + PAGE, 0), SIGSEGV);
	CHECK_EQ(touch(at + 2 * PAGE, 1), 0);
	CHECK_EQ(mprotect(at, 3 * PAGE, PROT_READ | PROT_WRITE), 0);
	CHECK_EQ(at[PAGE], 'k');
	CHECK_EQ(munmap(at + PAGE, PAGE), 0);
	CHECK_EQ(touch(at + PAGE, 0), SIGSEGV);
	CHECK_EQ(seen.si_code, SEGV_MAPERR);
	CHECK_FAILS(mprotect(at, 3 * PAGE, PROT_READ), ENOMEM);
	CHECK_FAILS(mprotect(at + 1, PAGE, PROT_READ), EINVAL);
	munmap(at, 3 * PAGE);
}

static void fork_shares_what_is_shared(void)
{
	char *shared = map(-1, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS);
	char *private = map(-1, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
	int status;
	pid_t child;

	private[0] = 'p';
	shared[0] = 's';
	child = fork();
	if (!child) {
		int ok = private[0] == 'p' && shared[0] == 's';

		private[0] = 'c';
		shared[0] = 'c';
		shared[PAGE] = 'd';
		_exit(ok ? 0 : 1);
	}
	waitpid(child, &status, 0);
	CHECK_EQ(status, 0);
	CHECK_EQ(private[0], 'p');
	CHECK_EQ(shared[0], 'c');
	CHECK_EQ(shared[PAGE], 'd');
	munmap(shared, 2 * PAGE);
	munmap(private, PAGE);
}

static void unwanted_children_get_nothing(void)
{
	char *gone = map(-1, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
	char *wiped = map(-1, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
	int status;
	pid_t child;

	gone[0] = wiped[0] = 'x';
	CHECK_EQ(madvise(gone, PAGE, MADV_DONTFORK), 0);
	CHECK_EQ(madvise(wiped, PAGE, MADV_WIPEONFORK), 0);
	child = fork();
	if (!child)
		_exit(touch(gone, 0) == SIGSEGV && wiped[0] == 0 ? 0 : 1);
	waitpid(child, &status, 0);
	CHECK_EQ(status, 0);
	CHECK_EQ(gone[0], 'x');
	CHECK_EQ(wiped[0], 'x');
	munmap(gone, PAGE);
	munmap(wiped, PAGE);
}

static void heap_moves(void)
{
	char *end = sbrk(0);

	CHECK(brk(end + 20 * PAGE) == 0);
	end[19 * PAGE] = 'h';
	CHECK(brk(end) == 0);
	CHECK(brk(end + 20 * PAGE) == 0);
	CHECK_EQ(end[19 * PAGE], 0);
	CHECK(brk(end) == 0);
	CHECK_FAILS(brk((void *)0xfffff000), ENOMEM);
	CHECK_FAILS(brk((void *)-1), ENOMEM);	/* rounded up, that is 0 */
	CHECK(sbrk(0) == end);
}

static int use_stack(int pages)
{
	volatile char frame[PAGE];

	/* After the call, so that it stays one; anywhere, so that the frame stays whole. */
	frame[pages] = pages ? use_stack(pages - 1) : 0;
	return frame[pages];
}

static void stack_grows_to_its_limit(void)
{
	struct rlimit limit = { 1 << 20, 1 << 20 };
	int status;
	pid_t child;

	CHECK_EQ(use_stack(200) & 0, 0);
	child = fork();
	if (!child) {
		setrlimit(RLIMIT_STACK, &limit);
		use_stack(1000);
		_exit(0);
	}
	waitpid(child, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

static void moving_keeps_content(void)
{
	char *at = map(-1, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS), *moved;

	at[0] = 'm';
	at[PAGE] = 'n';
	munmap(at + 2 * PAGE, 2 * PAGE);
	CHECK(mmap(at + 2 * PAGE, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
	      at + 2 * PAGE);
	CHECK_FAILS(mremap(at, 2 * PAGE, 8 * PAGE, 0), ENOMEM);
	moved = mremap(at, 2 * PAGE, 8 * PAGE, MREMAP_MAYMOVE);
	CHECK(moved != MAP_FAILED && moved != at);
	CHECK_EQ(moved[0], 'm');
	CHECK_EQ(moved[PAGE], 'n');
	CHECK_EQ(moved[7 * PAGE], 0);
	CHECK_EQ(touch(at, 0), SIGSEGV);
	CHECK(mremap(moved, 8 * PAGE, PAGE, 0) == moved);
	CHECK_EQ(touch(moved + PAGE, 0), SIGSEGV);
	munmap(moved, PAGE);
	munmap(at + 2 * PAGE, PAGE);
}

static void places_are_kept(void)
{
	char *at = map(-1, 2 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS);

	CHECK_FAILS(mmap(at + PAGE, PAGE, PROT_READ,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0), EEXIST);
	CHECK_FAILS(mmap(at + 1, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
		    EINVAL);
	CHECK_FAILS(mmap(NULL, 0xfffff000u, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), ENOMEM);
	CHECK_FAILS(munmap(at, 0), EINVAL);
	CHECK_EQ(munmap(at, 2 * PAGE), 0);
	CHECK_EQ(munmap(at, 2 * PAGE), 0);
}

static void address_space_has_a_limit(void)
{
	struct rlimit limit = { 64 << 20, 64 << 20 };
	int status;
	pid_t child = fork();

	if (!child) {
		char *old = map(-1, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
		void *at;

		*old = 'o';
		setrlimit(RLIMIT_AS, &limit);
		at = mmap(NULL, 100 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (at != MAP_FAILED || errno != ENOMEM)
			_exit(1);
		/* What is refused takes nothing away either. */
		at = mmap(old, 100 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		_exit(at == MAP_FAILED && *old == 'o' ? 0 : 2);
	}
	waitpid(child, &status, 0);
	CHECK_EQ(status, 0);
}

static void what_is_resident(void)
{
	char *at = map(-1, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
	unsigned char vec[3] = { 9, 9, 9 };

	at[PAGE] = 1;
	CHECK_EQ(mincore(at, 3 * PAGE, vec), 0);
	CHECK_EQ(vec[0] & 1, 0);
	CHECK_EQ(vec[1] & 1, 1);
	CHECK_EQ(vec[2] & 1, 0);
	CHECK_EQ(mlock(at, 3 * PAGE), 0);
	CHECK_EQ(mincore(at, 3 * PAGE, vec), 0);
	CHECK_EQ(vec[2] & 1, 1);
	CHECK_EQ(munlock(at, 3 * PAGE), 0);
	munmap(at + PAGE, PAGE);
	CHECK_FAILS(mincore(at, 3 * PAGE, vec), ENOMEM);
	CHECK_FAILS(mincore(at + 1, PAGE, vec), EINVAL);
	CHECK_FAILS(msync(at, 3 * PAGE, MS_SYNC), ENOMEM);
	CHECK_FAILS(madvise(at, PAGE, 1000), EINVAL);
	munmap(at, 3 * PAGE);
}

/* The kernel copies into a page that is not there, read-only, or never was. */
static void calls_fault_pages_in(void)
{
	int fd = new_file();
	char *at = map(-1, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);

	munmap(at + 2 * PAGE, PAGE);
	CHECK_EQ(pread(fd, at + 100, PAGE, 0), PAGE);
	CHECK_EQ(at[PAGE + 50], 'a');
	CHECK_EQ(mprotect(at, PAGE, PROT_READ), 0);
	CHECK_FAILS(pread(fd, at, 10, 0), EFAULT);
	CHECK_FAILS(pread(fd, at + 2 * PAGE, 10, 0), EFAULT);
	CHECK_FAILS(write(fd, (void *)16, 10), EFAULT);
	munmap(at, 2 * PAGE);
	close(fd);
}

int main(void)
{
	RUN(private_stays_private);
	RUN(shared_is_the_file);
	RUN(behind_the_file_is_nothing);
	RUN(file_written_from_itself);
	RUN(maps_need_rights);
	RUN(protection_is_kept);
	RUN(fork_shares_what_is_shared);
	RUN(unwanted_children_get_nothing);
	RUN(heap_moves);
	RUN(stack_grows_to_its_limit);
	RUN(moving_keeps_content);
	RUN(places_are_kept);
	RUN(address_space_has_a_limit);
	RUN(what_is_resident);
	RUN(calls_fault_pages_in);
	unlink(FILE_NAME);
	return tap_end();
}
