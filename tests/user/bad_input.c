/*
 * Arguments no program means: unknown calls, wild pointers, pages that end too
 * early, huge sizes, wrong descriptors. Each is answered by an error, and
 * nothing is lost.
 * host: yes
 */
#include <limits.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include "case.h"

#define NAME "bad.tmp"

static char *page_end;	/* one page that may be used ends here, and nothing follows */
static int file;

static void unknown_numbers(void)
{
	static const long numbers[] = { 17, 222, 223, 251, 285, 500, 1000, 65536, 0x7fffffff, -1, -77, 0x80000003 };

	for (unsigned int i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		CHECK_FAILS(syscall(numbers[i], 0, 0, 0, 0, 0, 0), ENOSYS);
}

/* A call with one bad pointer: its number, which argument that is, the others. */
struct probe {
	int number, which;
	long args[6];
};

#define AT AT_FDCWD
#define PATH (long)"."

static const struct probe probes[] = {
	{ SYS_open, 0 }, { SYS_openat, 1, { AT } }, { SYS_creat, 0, { 0, 0600 } },
	{ SYS_link, 0, { 0, PATH } }, { SYS_link, 1, { (long)NAME } }, { SYS_unlink, 0 },
	{ SYS_execve, 0 }, { SYS_chdir, 0 }, { SYS_mknod, 0 }, { SYS_chmod, 0 },
	{ SYS_lchown, 0 }, { SYS_chown32, 0 }, { SYS_access, 0 }, { SYS_rename, 0, { 0, PATH } },
	{ SYS_rename, 1, { (long)NAME } }, { SYS_mkdir, 0 }, { SYS_rmdir, 0 }, { SYS_chroot, 0 },
	{ SYS_symlink, 0, { 0, PATH } }, { SYS_symlink, 1, { PATH } },
	{ SYS_readlink, 0, { 0, 0, 10 } }, { SYS_truncate, 0 }, { SYS_truncate64, 0 },
	{ SYS_stat, 0 }, { SYS_stat, 1, { PATH } }, { SYS_lstat, 1, { PATH } },
	{ SYS_stat64, 0 }, { SYS_stat64, 1, { PATH } }, { SYS_lstat64, 1, { PATH } },
	{ SYS_fstatat64, 2, { AT, PATH } }, { SYS_statx, 4, { AT, PATH, 0, 0xfff } },
	{ SYS_getcwd, 0, { 0, 4096 } }, { SYS_statfs, 1, { PATH } },
	{ SYS_statfs64, 2, { PATH, sizeof(struct statfs) } },
	{ SYS_utimes, 0 }, { SYS_utimes, 1, { PATH } }, { SYS_utimensat, 2, { AT, PATH } },
	{ SYS_pipe, 0 }, { SYS_pipe2, 0 }, { SYS_uname, 0 }, { SYS_sysinfo, 0 },
	{ SYS_times, 0 }, { SYS_time, 0 }, { SYS_gettimeofday, 0 }, { SYS_gettimeofday, 1 },
	{ SYS_clock_gettime, 1 }, { SYS_clock_gettime64, 1 }, { SYS_nanosleep, 0 },
	{ SYS_clock_nanosleep, 2 }, { SYS_getitimer, 1 }, { SYS_setitimer, 1 },
	{ SYS_ugetrlimit, 1 }, { SYS_setrlimit, 1 }, { SYS_prlimit64, 2 }, { SYS_prlimit64, 3 },
	{ SYS_getrusage, 1 }, { SYS_getresuid32, 0 }, { SYS_getresgid32, 2 },
	{ SYS_rt_sigaction, 1, { SIGUSR1, 0, 0, 8 } }, { SYS_rt_sigaction, 2, { SIGUSR1, 0, 0, 8 } },
	{ SYS_rt_sigprocmask, 1, { SIG_BLOCK, 0, 0, 8 } }, { SYS_rt_sigprocmask, 2, { SIG_BLOCK, 0, 0, 8 } },
	{ SYS_rt_sigpending, 0, { 0, 8 } }, { SYS_rt_sigsuspend, 0, { 0, 8 } },
	{ SYS_rt_sigtimedwait, 0, { 0, 0, 0, 8 } }, { SYS_rt_sigqueueinfo, 2, { 1, SIGUSR1 } },
	{ SYS_sigaltstack, 0 }, { SYS_sigaltstack, 1 }, { SYS_sigaction, 2, { SIGUSR1 } },
	{ SYS_sched_getparam, 1 }, { SYS_sched_setparam, 1 }, { SYS_sched_getaffinity, 2, { 0, 128 } },
	{ SYS_sched_setaffinity, 2, { 0, 128 } }, { SYS_set_thread_area, 0 }, { SYS_prctl, 1, { 15 } },
	{ SYS_futex, 0, { 0, 0, 1 } }, { SYS_poll, 0, { 0, 1, 0 } }, { SYS_ppoll, 2, { 0, 0 } },
	{ SYS__newselect, 4, { 0 } }, { SYS_pselect6, 4, { 0 } }, { SYS_mmap, 0 }, { SYS_select, 0 },
};

static void wild_pointers(void)
{
	for (unsigned int i = 0; i < sizeof(probes) / sizeof(probes[0]); i++) {
		long bad[2] = { (long)NOWHERE, (long)UNMAPPED }, args[6];

		for (int j = 0; j < 2; j++) {
			memcpy(args, probes[i].args, sizeof(args));
			args[probes[i].which] = bad[j];
			errno = 0;
			if (syscall(probes[i].number, args[0], args[1], args[2], args[3], args[4], args[5]) != -1 ||
			    errno != EFAULT) {
				CHECK(!"EFAULT");
				printf("# call %d, argument %d, %#lx\n", probes[i].number, probes[i].which + 1, bad[j]);
			}
		}
	}
}

static void wild_pointers_with_a_descriptor(void)
{
	long long where = 0;

	CHECK_FAILS(read(file, UNMAPPED, 10), EFAULT);
	CHECK_FAILS(read(file, NOWHERE, 10), EFAULT);
	CHECK_FAILS(write(file, UNMAPPED, 10), EFAULT);
	CHECK_FAILS(write(file, NOWHERE, 10), EFAULT);
	CHECK_FAILS(pread(file, UNMAPPED, 10, 0), EFAULT);
	CHECK_FAILS(syscall(SYS_fstat64, file, UNMAPPED), EFAULT);
	CHECK_FAILS(syscall(SYS_fstatfs, file, UNMAPPED), EFAULT);
	CHECK_FAILS(syscall(SYS_readv, file, UNMAPPED, 1), EFAULT);
	CHECK_FAILS(syscall(SYS__llseek, file, 0, 0, UNMAPPED, 0), EFAULT);
	CHECK_FAILS(syscall(SYS_sendfile64, file, file, UNMAPPED, 1), EFAULT);
	CHECK_EQ(lseek(file, 0, SEEK_CUR), where);
}

static void ends_of_a_page(void)
{
	char *name = page_end - sizeof(NAME);
	struct stat st;

	strcpy(name, NAME);		/* its zero is the page's last byte */
	CHECK_EQ(stat(name, &st), 0);
	memcpy(page_end - 5, "/dev/", 5);
	CHECK_FAILS(stat(page_end - 5, &st), EFAULT);	/* the name does not end */
	CHECK_FAILS(syscall(SYS_stat64, NAME, page_end - 20), EFAULT);
	CHECK_FAILS(syscall(SYS_pipe, page_end - 4), EFAULT);
	CHECK_FAILS(syscall(SYS_uname, page_end - 100), EFAULT);
	CHECK_FAILS(syscall(SYS_clock_gettime, CLOCK_REALTIME, page_end - 4), EFAULT);
	CHECK_EQ(syscall(SYS_clock_gettime, CLOCK_REALTIME, page_end - 8), 0);
	CHECK(!getcwd(page_end - 2, 4096) && (errno == EFAULT || errno == ERANGE));
}

static void reads_and_writes_stop_at_the_end(void)
{
	int fd = open("/dev/zero", O_RDWR), pipes[2];
	ssize_t n;

	CHECK_EQ(pread(file, page_end - 3, 3, 0), 3);
	n = pread(file, page_end - 3, 6, 0);
	CHECK(n == 3 || (n == -1 && errno == EFAULT));	/* what came before may count or not */
	n = read(fd, page_end - 100, 200);
	CHECK(n == 100 || (n == -1 && errno == EFAULT));
	pipe(pipes);
	CHECK_EQ(write(pipes[1], "123456", 6), 6);
	n = read(pipes[0], page_end - 3, 6);
	CHECK(n == 3 || (n == -1 && errno == EFAULT));
	CHECK_FAILS(write(pipes[1], UNMAPPED, 6), EFAULT);
	close(pipes[0]);
	close(pipes[1]);
	close(fd);
}

static void a_failed_pipe_leaks_nothing(void)
{
	int lowest = dup(file);

	close(lowest);
	for (int i = 0; i < 50; i++)
		CHECK_FAILS(syscall(SYS_pipe, page_end - 4), EFAULT);
	CHECK_FAILS(syscall(SYS_open, UNMAPPED, O_RDONLY), EFAULT);
	CHECK_EQ(dup(file), lowest);
	close(lowest);
}

static void huge_sizes(void)
{
	struct iovec vec[2] = { { NULL, 0x80000000 }, { NULL, 1 } };
	int fd = open("/dev/null", O_RDWR);

	CHECK(read(file, UNMAPPED, -1) == -1 && (errno == EFAULT || errno == EINVAL));
	CHECK(pread(file, UNMAPPED, 0x80000000, 0) == -1 && (errno == EFAULT || errno == EINVAL));
	CHECK_FAILS(readv(fd, vec, 2), EINVAL);
	CHECK_FAILS(syscall(SYS_readv, fd, vec, 0x7fffffff), EINVAL);
	CHECK_FAILS(syscall(SYS_poll, page_end, 0x7fffffff, 0), EINVAL);
	CHECK_FAILS(syscall(SYS__newselect, 0x7fffffff, UNMAPPED, 0, 0, 0), EFAULT);
	CHECK(mmap(NULL, 0xFFFFF000, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == ENOMEM);
	CHECK(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EINVAL);
	CHECK_FAILS(munmap((void *)0xF0000000, 0x20000000), EINVAL);
	CHECK_FAILS(munmap((void *)1, PAGE), EINVAL);
	CHECK_FAILS(mprotect(page_end - PAGE + 1, 10, PROT_READ), EINVAL);
	close(fd);
}

static void wrong_descriptors(void)
{
	static const int calls[] = {
		SYS_read, SYS_write, SYS_close, SYS_dup, SYS_ioctl, SYS_fcntl, SYS_fcntl64, SYS_fsync,
		SYS_fdatasync, SYS_readv, SYS_writev, SYS_fchmod, SYS_fchown32, SYS_fchdir,
		SYS_ftruncate64, SYS_fstat, SYS_fstat64, SYS_fstatfs, SYS_getdents,
		SYS_getdents64, SYS_readdir, SYS_lseek, SYS_pread64, SYS_pwrite64, SYS_syncfs,
	};
	static const int fds[] = { -1, 250, 1 << 20, INT_MAX, INT_MIN };
	char buf[64] = "";

	for (unsigned int i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		for (unsigned int j = 0; j < sizeof(fds) / sizeof(fds[0]); j++) {
			errno = 0;
			if (syscall(calls[i], fds[j], buf, 0, 0, 0, 0) != -1 || errno != EBADF) {
				CHECK(!"EBADF");
				printf("# call %d, descriptor %d\n", calls[i], fds[j]);
			}
		}
	CHECK_FAILS(dup2(-1, 5), EBADF);
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 250, 0) == MAP_FAILED && errno == EBADF);
	CHECK_FAILS(openat(250, "x", O_RDONLY), EBADF);
}

static void a_bad_vector_of_arguments(void)
{
	char *argv[] = { "x", UNMAPPED, NULL };
	char *good[] = { "x", NULL };

	CHECK_FAILS(execve("/bin/true", argv, NULL), EFAULT);
	CHECK_FAILS(execve("/bin/true", UNMAPPED, NULL), EFAULT);
	CHECK_FAILS(execve("/bin/true", good, UNMAPPED), EFAULT);
	CHECK_FAILS(execve("/bin/true", (char **)(page_end - 2), NULL), EFAULT);
}

static void status_to_nowhere(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(3);
	CHECK_FAILS(syscall(SYS_wait4, pid, UNMAPPED, 0, NULL), EFAULT);
	CHECK_FAILS(syscall(SYS_waitpid, pid, NULL, 0x77777777), EINVAL);
	CHECK_FAILS(waitid(77, 0, NULL, WEXITED, NULL), EINVAL);
	CHECK_FAILS(waitid(P_ALL, 0, NULL, 0, NULL), EINVAL);
	while (waitpid(-1, NULL, 0) > 0)
		;
	CHECK_EQ(errno, ECHILD);
}

static void jump_away(void)
{
	asm volatile("movl $0xfffffff0, %esp\n pushl $1\n popl %eax\n");
}

static void call_with_a_wild_stack(void)
{
	/* getpid() with no stack at all: the kernel has its own */
	asm volatile("movl %%esp, %%esi\n movl $0x2000, %%esp\n movl $20, %%eax\n int $0x80\n"
		     "movl %%esi, %%esp" : : : "eax", "esi", "memory");
}

static void wild_stacks(void)
{
	CHECK_EQ(reap(start(jump_away)), 128 + SIGSEGV);
	in_child(call_with_a_wild_stack);
}

int main(void)
{
	char *pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	page_end = pages + PAGE;
	munmap(page_end, PAGE);
	file = file_with(NAME, "0123456789");
	RUN(unknown_numbers);
	RUN(wild_pointers);
	RUN(wild_pointers_with_a_descriptor);
	RUN(ends_of_a_page);
	RUN(reads_and_writes_stop_at_the_end);
	RUN(a_failed_pipe_leaks_nothing);
	RUN(huge_sizes);
	RUN(wrong_descriptors);
	RUN(a_bad_vector_of_arguments);
	RUN(status_to_nowhere);
	RUN(wild_stacks);
	close(file);
	unlink(NAME);
	return tap_end();
}
