/*
 * The C library's side of the system calls: arguments of 64 bits, six
 * arguments, results that are not in eax, structures that it fills in, calls
 * that return twice.
 * host: yes
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include "tap.h"

#define FAR 0x180001000LL		/* needs 33 bits */

static char path[] = "/tmp/calls-XXXXXX";

static void offsets_of_64_bits(void)
{
	int fd = open(path, O_RDWR | O_TRUNC);
	struct stat st;
	char c = 0;

	if (ftruncate(fd, FAR + 10) < 0 && errno == EFBIG)
		SKIP("the file system's files are smaller");
	CHECK_EQ(lseek(fd, FAR, SEEK_SET), FAR);
	CHECK_EQ(lseek(fd, -3, SEEK_CUR), FAR - 3);
	CHECK_EQ(lseek(fd, 0, SEEK_END), FAR + 10);
	CHECK_EQ(pwrite(fd, "z", 1, FAR + 5), 1);
	CHECK_EQ(pread(fd, &c, 1, FAR + 5), 1);
	CHECK_EQ(c, 'z');
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_size, FAR + 10);
	CHECK_EQ(ftruncate(fd, 3), 0);
	CHECK_EQ(stat(path, &st), 0);
	CHECK_EQ(st.st_size, 3);
	CHECK_FAILS(lseek(fd, -1, SEEK_SET), EINVAL);
	close(fd);
}

static void six_arguments(void)
{
	int fd = open(path, O_RDWR | O_TRUNC);
	char *p;

	ftruncate(fd, 8192);
	pwrite(fd, "page two", 8, 4096);
	p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 4096);
	CHECK(p != MAP_FAILED && memcmp(p, "page two", 8) == 0);
	CHECK_EQ(munmap(p, 4096), 0);
	CHECK(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 100) == MAP_FAILED && errno == EINVAL);
	close(fd);
}

static void files_as_stat_shows_them(void)
{
	struct stat st, other;

	CHECK_EQ(stat("/dev/null", &st), 0);
	CHECK(S_ISCHR(st.st_mode) && major(st.st_rdev) == 1 && minor(st.st_rdev) == 3);
	CHECK_EQ(stat("/", &st), 0);
	CHECK(S_ISDIR(st.st_mode) && st.st_nlink >= 2 && st.st_ino != 0);
	CHECK_EQ(fstatat(AT_FDCWD, "/", &other, 0), 0);
	CHECK(st.st_ino == other.st_ino && st.st_dev == other.st_dev);
	CHECK_EQ(makedev(259, 70000) >> 12 & 0xfff00, 70000 & 0xfff00);
	CHECK_EQ(major(makedev(259, 70000)), 259);
	CHECK_EQ(minor(makedev(259, 70000)), 70000);
}

static void times_of_files(void)
{
	struct timespec times[2] = { { 1000000000, 0 }, { 1234567890, 0 } };
	struct stat st;
	int fd = open(path, O_RDWR);

	CHECK_EQ(futimens(fd, times), 0);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_atime, 1000000000);
	CHECK_EQ(st.st_mtime, 1234567890);
	times[0].tv_nsec = UTIME_OMIT;
	times[1].tv_nsec = UTIME_NOW;
	CHECK_EQ(utimensat(AT_FDCWD, path, times, 0), 0);
	CHECK_EQ(stat(path, &st), 0);
	CHECK_EQ(st.st_atime, 1000000000);
	CHECK(st.st_mtime > 1234567890);
	close(fd);
}

static void where_we_are(void)
{
	char *cwd, small[2];

	CHECK_EQ(chdir("/tmp"), 0);
	cwd = getcwd(NULL, 0);
	CHECK(cwd && strcmp(cwd, "/tmp") == 0);
	free(cwd);
	CHECK(!getcwd(small, sizeof(small)) && errno == ERANGE);
	CHECK_EQ(chdir("/"), 0);
}

static void records_locked(void)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 10, .l_len = 5 };
	int fd = open(path, O_RDWR), status;

	CHECK_EQ(fcntl(fd, F_SETLK, &lock), 0);
	if (fork() == 0) {
		struct flock other = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 12, .l_len = 1 };

		if (fcntl(fd, F_SETLK, &other) == 0 || (errno != EAGAIN && errno != EACCES))
			_exit(1);
		if (fcntl(fd, F_GETLK, &other) < 0 || other.l_type != F_WRLCK || other.l_start != 10)
			_exit(2);
		_exit(other.l_pid == getppid() ? 0 : 3);
	}
	wait(&status);
	CHECK_EQ(WEXITSTATUS(status), 0);
	close(fd);
}

static void many_pieces_at_once(void)
{
	char a[4] = "", b[8] = "";
	struct iovec out[2] = { { "abc", 3 }, { "defgh", 5 } }, in[2] = { { a, 3 }, { b, 8 } };
	int fd[2];

	pipe(fd);
	CHECK_EQ(writev(fd[1], out, 2), 8);
	CHECK_EQ(readv(fd[0], in, 2), 8);
	CHECK(memcmp(a, "abc", 3) == 0 && memcmp(b, "defgh", 5) == 0);
	close(fd[0]);
	close(fd[1]);
}

static volatile sig_atomic_t got;

static void count(int sig)
{
	got++;
}

/* The signal is blocked, so that it can only come inside the calls that take a mask. */
static void waits_with_a_mask(void)
{
	struct timespec second = { .tv_sec = 5 }, kept = second;
	struct sigaction act = { .sa_handler = count };
	sigset_t block, old;
	fd_set none;

	FD_ZERO(&none);
	sigaction(SIGUSR1, &act, NULL);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigprocmask(SIG_BLOCK, &block, &old);
	raise(SIGUSR1);
	CHECK_EQ(got, 0);
	CHECK_FAILS(ppoll(NULL, 0, &second, &old), EINTR);
	CHECK_EQ(got, 1);
	raise(SIGUSR1);
	CHECK_FAILS(pselect(0, &none, NULL, NULL, &second, &old), EINTR);
	CHECK_EQ(got, 2);
	raise(SIGUSR1);
	CHECK_FAILS(sigsuspend(&old), EINTR);
	CHECK_EQ(got, 3);
	CHECK(second.tv_sec == kept.tv_sec && second.tv_nsec == kept.tv_nsec);
	sigprocmask(SIG_SETMASK, &old, NULL);
	signal(SIGUSR1, SIG_DFL);
}

static void signals_with_a_value(void)
{
	struct timespec second = { .tv_sec = 1 };
	siginfo_t info;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK_EQ(sigqueue(getpid(), SIGUSR2, (union sigval){ .sival_int = 77 }), 0);
	CHECK_EQ(sigtimedwait(&set, &info, &second), SIGUSR2);
	CHECK(info.si_code == SI_QUEUE && info.si_pid == getpid() && info.si_value.sival_int == 77);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void vfork_shares_memory(void)
{
	static volatile int shared;
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		shared = 5;
		_exit(7);
	}
	CHECK(pid > 0);
	CHECK_EQ(shared, 5);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(WEXITSTATUS(status), 7);
}

static int child_value;

static int child(void *arg)
{
	child_value = *(int *)arg;
	return 9;
}

static void clone_runs_a_function(void)
{
	static char stack[16384];
	int value = 123, status;
	pid_t pid = clone(child, stack + sizeof(stack), CLONE_VM | SIGCHLD, &value);

	CHECK(pid > 0);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 9);
	CHECK_EQ(child_value, 123);
}

static void niceness(void)
{
	int status;

	if (fork() == 0) {
		errno = 0;
		if (nice(3) != 3 || getpriority(PRIO_PROCESS, 0) != 3)
			_exit(1);
		_exit(setpriority(PRIO_PROCESS, 0, 5) == 0 && getpriority(PRIO_PROCESS, 0) == 5 ? 0 : 2);
	}
	wait(&status);
	CHECK_EQ(WEXITSTATUS(status), 0);
}

static void what_the_machine_says(void)
{
	struct utsname name;
	struct statfs fs;

	CHECK_EQ(uname(&name), 0);
	CHECK(strcmp(name.sysname, "Linux") == 0);
	CHECK_EQ(statfs("/", &fs), 0);
	CHECK(fs.f_bsize >= 512 && fs.f_blocks >= fs.f_bfree && fs.f_namelen >= 14);
	CHECK_EQ(sysconf(_SC_PAGESIZE), 4096);
	CHECK_EQ(sysconf(_SC_CLK_TCK), 100);
	CHECK(sysconf(_SC_OPEN_MAX) >= 20);
}

static void calls_by_number(void)
{
	CHECK_EQ(syscall(SYS_getpid), getpid());
	CHECK_FAILS(syscall(SYS_close, -1), EBADF);
	CHECK_FAILS(syscall(100000), ENOSYS);
}

static void programs_found_in_path(void)
{
	int status;

	if (fork() == 0) {
		setenv("PATH", "/nonexistent:/bin:/usr/bin", 1);
		execlp("sh", "sh", "-c", "exit 6", (char *)NULL);
		_exit(1);
	}
	wait(&status);
	CHECK_EQ(WEXITSTATUS(status), 6);
	CHECK_FAILS(execlp("no-such-program", "x", (char *)NULL), ENOENT);
}

static void what_is_no_terminal(void)
{
	struct termios t;
	int fd = open("/dev/null", O_RDWR);

	CHECK_FAILS(tcgetattr(fd, &t), ENOTTY);
	CHECK_EQ(isatty(fd), 0);
	CHECK_FAILS(tcsetattr(fd, 99, &t), EINVAL);
	memset(&t, 0, sizeof(t));
	CHECK_EQ(cfsetospeed(&t, B9600), 0);
	CHECK_EQ(cfgetospeed(&t), B9600);
	close(fd);
}

int main(void)
{
	close(mkstemp(path));
	RUN(offsets_of_64_bits);
	RUN(six_arguments);
	RUN(files_as_stat_shows_them);
	RUN(times_of_files);
	RUN(where_we_are);
	RUN(records_locked);
	RUN(many_pieces_at_once);
	RUN(waits_with_a_mask);
	RUN(signals_with_a_value);
	RUN(vfork_shares_memory);
	RUN(clone_runs_a_function);
	RUN(niceness);
	RUN(what_the_machine_says);
	RUN(calls_by_number);
	RUN(programs_found_in_path);
	RUN(what_is_no_terminal);
	unlink(path);
	return tap_end();
}
