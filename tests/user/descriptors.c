/*
 * Descriptors: copies, flags of the number and of the open file, the limit,
 * and the four ioctls that every kind answers.
 * host: yes
 */
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "case.h"

#define NAME "descriptors.tmp"

static void dup_takes_the_lowest(void)
{
	int a = file_with(NAME, "abc"), b, c;

	b = syscall(SYS_dup, a);
	c = dup(a);
	CHECK(b > a && c > b);
	close(b);
	CHECK_EQ(dup(a), b);
	CHECK_FAILS(dup(-1), EBADF);
	CHECK_FAILS(dup(1000000), EBADF);
	close(a);
	close(b);
	close(c);
}

static void copies_share_the_position(void)
{
	int a = file_with(NAME, "abcdef"), b = dup(a), c = open(NAME, O_RDONLY);
	char buf[4];

	CHECK_EQ(read(a, buf, 2), 2);
	CHECK_EQ(lseek(b, 0, SEEK_CUR), 2);
	CHECK_EQ(lseek(c, 0, SEEK_CUR), 0);
	close(a);
	CHECK_EQ(read(b, buf, 1), 1);
	CHECK_EQ(buf[0], 'c');
	close(b);
	close(c);
}

static void dup2_closes_the_target(void)
{
	int a = file_with(NAME, ""), fd[2];

	pipe(fd);
	CHECK_EQ(dup2(a, fd[1]), fd[1]);
	CHECK_EQ(read(fd[0], NULL, 0), 0);
	CHECK_EQ(lseek(fd[1], 0, SEEK_CUR), 0);
	CHECK_EQ(dup2(a, a), a);
	CHECK_FAILS(dup2(a, -1), EBADF);
	CHECK_FAILS(dup2(a, 1 << 30), EBADF);
	close(fd[0]);
	CHECK_FAILS(dup2(fd[0], a), EBADF);
	CHECK_EQ(lseek(a, 0, SEEK_CUR), 0);	/* still open */
	close(fd[1]);
	close(a);
}

static void dup3_can_close_on_exec(void)
{
	int a = file_with(NAME, "");

	CHECK_EQ(dup3(a, 40, O_CLOEXEC), 40);
	CHECK_EQ(fcntl(40, F_GETFD), FD_CLOEXEC);
	CHECK_FAILS(dup3(a, a, 0), EINVAL);
	CHECK_FAILS(dup3(a, 41, O_NONBLOCK), EINVAL);
	CHECK_EQ(dup2(40, 41), 41);
	CHECK_EQ(fcntl(41, F_GETFD), 0);	/* the flag is the number's */
	close(40);
	close(41);
	close(a);
}

static void fcntl_duplicates_from(void)
{
	int a = file_with(NAME, "");

	CHECK_EQ(fcntl(a, F_DUPFD, 50), 50);
	CHECK_EQ(fcntl(a, F_DUPFD_CLOEXEC, 50), 51);
	CHECK_EQ(fcntl(50, F_GETFD), 0);
	CHECK_EQ(fcntl(51, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(fcntl(50, F_SETFD, FD_CLOEXEC), 0);
	CHECK_EQ(fcntl(50, F_GETFD), FD_CLOEXEC);
	CHECK_FAILS(fcntl(a, F_DUPFD, -1), EINVAL);
	CHECK_FAILS(fcntl(a, F_DUPFD, 1 << 30), EINVAL);
	CHECK_FAILS(fcntl(a, 9999), EINVAL);
	CHECK_FAILS(fcntl(-1, F_GETFD), EBADF);
	CHECK_EQ(syscall(SYS_fcntl, a, F_GETFD), 0);
	close(a);
	close(50);
	close(51);
}

static void status_flags_are_the_files(void)
{
	int a = file_with(NAME, "abc"), b = dup(a), flags = fcntl(a, F_GETFL);

	CHECK_EQ(flags & O_ACCMODE, O_RDWR);
	CHECK_EQ(flags & (O_APPEND | O_CREAT | O_TRUNC), 0);
	CHECK_EQ(fcntl(a, F_SETFL, O_APPEND | O_NONBLOCK | O_RDONLY | O_CREAT), 0);
	CHECK_EQ(fcntl(b, F_GETFL) & (O_ACCMODE | O_APPEND | O_NONBLOCK | O_CREAT), O_RDWR | O_APPEND | O_NONBLOCK);
	CHECK_EQ(write(b, "d", 1), 1);
	CHECK_EQ(lseek(b, 0, SEEK_CUR), 4);
	CHECK_EQ(fcntl(a, F_SETFL, 0), 0);
	CHECK_EQ(fcntl(b, F_GETFL) & (O_APPEND | O_NONBLOCK), 0);
	close(a);
	close(b);
}

static void owner_is_remembered(void)
{
	int fd[2];

	pipe(fd);
	CHECK_EQ(fcntl(fd[0], F_GETOWN), 0);
	CHECK_EQ(fcntl(fd[0], F_SETOWN, getpid()), 0);
	CHECK_EQ(fcntl(fd[0], F_GETOWN), getpid());
	CHECK_FAILS(fcntl(fd[0], F_SETOWN, 99999999), ESRCH);
	CHECK_EQ(fcntl(fd[0], F_SETSIG, SIGUSR1), 0);
	CHECK_EQ(fcntl(fd[0], F_GETSIG), SIGUSR1);
	CHECK_FAILS(fcntl(fd[0], F_SETSIG, 77), EINVAL);
	close(fd[0]);
	close(fd[1]);
}

static void limited(void)
{
	struct rlimit few = { 30, 30 };
	int a = file_with(NAME, ""), fd, highest = 0, pipes[2];

	CHECK_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
	while ((fd = dup(a)) >= 0)
		highest = fd;
	CHECK_EQ(errno, EMFILE);
	CHECK_EQ(highest, 29);
	CHECK_FAILS(open(NAME, O_RDONLY), EMFILE);
	CHECK_FAILS(pipe(pipes), EMFILE);
	CHECK_FAILS(dup2(a, 30), EBADF);
	CHECK_FAILS(fcntl(a, F_DUPFD, 30), EINVAL);
	close(29);
	CHECK_FAILS(pipe(pipes), EMFILE);	/* and the one number is given back */
	CHECK_EQ(open(NAME, O_RDONLY), 29);
}

static void numbers_are_limited(void)
{
	in_child(limited);
}

static void the_table_grows(void)
{
	struct rlimit limit;
	int a = file_with(NAME, "abc");
	char c = 0;

	getrlimit(RLIMIT_NOFILE, &limit);
	if (limit.rlim_cur < 1000)
		SKIP("the limit is lower");
	CHECK_EQ(dup2(a, 900), 900);
	CHECK_EQ(dup2(a, 300), 300);
	CHECK_EQ(pread(900, &c, 1, 1), 1);
	CHECK_EQ(c, 'b');
	CHECK_FAILS(fcntl(899, F_GETFD), EBADF);
	close(900);
	close(300);
	close(a);
}

static void closed_on_exec(void)
{
	int a = open(NAME, O_RDONLY | O_CLOEXEC), b = open(NAME, O_RDONLY);
	char text[60];

	dup3(a, 20, 0);
	dup3(b, 21, O_CLOEXEC);
	sprintf(text, "test ! -e /proc/self/fd/21 && test -e /proc/self/fd/20");
	execl("/bin/sh", "sh", "-c", text, (char *)NULL);
}

static void exec_closes_the_marked(void)
{
	in_child(closed_on_exec);
}

/* One open descriptor of each kind that can be had anywhere. */
static int kinds(int *fd)
{
	pipe(fd);
	fd[2] = file_with(NAME, "12345");
	fd[3] = open(".", O_RDONLY);
	fd[4] = open("/dev/null", O_RDWR);
	fd[5] = open("/dev/zero", O_RDWR);
	fd[6] = open("/proc/self/status", O_RDONLY);
	return 7;
}

static void close_all(int *fd, int n)
{
	while (n--)
		CHECK_EQ(close(fd[n]), 0);
}

static void every_kind_sets_close_on_exec(void)
{
	int fd[8], n = kinds(fd);

	for (int i = 0; i < n; i++) {
		CHECK_EQ(ioctl(fd[i], FIOCLEX), 0);
		CHECK_EQ(fcntl(fd[i], F_GETFD), FD_CLOEXEC);
		CHECK_EQ(ioctl(fd[i], FIONCLEX), 0);
		CHECK_EQ(fcntl(fd[i], F_GETFD), 0);
	}
	close_all(fd, n);
}

static void every_kind_sets_nonblocking(void)
{
	int fd[8], n = kinds(fd), on = 1, off = 0;

	for (int i = 0; i < n; i++) {
		CHECK_EQ(ioctl(fd[i], FIONBIO, &on), 0);
		CHECK_EQ(fcntl(fd[i], F_GETFL) & O_NONBLOCK, O_NONBLOCK);
		CHECK_EQ(ioctl(fd[i], FIONBIO, &off), 0);
		CHECK_EQ(fcntl(fd[i], F_GETFL) & O_NONBLOCK, 0);
		CHECK_FAILS(ioctl(fd[i], FIONBIO, NOWHERE), EFAULT);
	}
	close_all(fd, n);
}

static void fioasync_needs_a_method(void)
{
	int fd[8], n = kinds(fd), on = 1, off = 0;

	CHECK_EQ(ioctl(fd[0], FIOASYNC, &on), 0);
	CHECK_EQ(fcntl(fd[0], F_GETFL) & FASYNC, FASYNC);
	CHECK_EQ(ioctl(fd[0], FIOASYNC, &off), 0);
	CHECK_EQ(fcntl(fd[0], F_GETFL) & FASYNC, 0);
	CHECK_FAILS(ioctl(fd[2], FIOASYNC, &on), ENOTTY);
	CHECK_FAILS(ioctl(fd[4], FIOASYNC, &on), ENOTTY);
	CHECK_EQ(ioctl(fd[4], FIOASYNC, &off), 0);	/* it is off */
	close_all(fd, n);
}

static void bytes_that_wait(void)
{
	int fd[8], n = kinds(fd), count = -1;

	CHECK_EQ(ioctl(fd[0], FIONREAD, &count), 0);
	CHECK_EQ(count, 0);
	write(fd[1], "hello", 5);
	CHECK_EQ(ioctl(fd[0], FIONREAD, &count), 0);
	CHECK_EQ(count, 5);
	lseek(fd[2], 2, SEEK_SET);
	CHECK_EQ(ioctl(fd[2], FIONREAD, &count), 0);
	CHECK_EQ(count, 3);
	CHECK_FAILS(ioctl(fd[4], FIONREAD, &count), ENOTTY);
	close_all(fd, n);
}

static void unknown_ioctls(void)
{
	int fd[8], n = kinds(fd);

	for (int i = 0; i < n; i++)
		CHECK_FAILS(ioctl(fd[i], 0x12345678, 0), ENOTTY);
	close_all(fd, n);
	CHECK_FAILS(ioctl(fd[0], FIOCLEX), EBADF);
}

static volatile sig_atomic_t told;

static void tell(int sig)
{
	told++;
}

static void sigio_tells_of_data(void)
{
	struct sigaction act = { .sa_handler = tell };
	int fd[2], on = 1;

	sigaction(SIGIO, &act, NULL);
	pipe(fd);
	fcntl(fd[0], F_SETOWN, getpid());
	CHECK_EQ(ioctl(fd[0], FIOASYNC, &on), 0);
	told = 0;
	CHECK_EQ(write(fd[1], "x", 1), 1);
	CHECK_EQ(told, 1);
	close(fd[0]);
	close(fd[1]);
	signal(SIGIO, SIG_DFL);
}

int main(void)
{
	RUN(dup_takes_the_lowest);
	RUN(copies_share_the_position);
	RUN(dup2_closes_the_target);
	RUN(dup3_can_close_on_exec);
	RUN(fcntl_duplicates_from);
	RUN(status_flags_are_the_files);
	RUN(owner_is_remembered);
	RUN(numbers_are_limited);
	RUN(the_table_grows);
	RUN(exec_closes_the_marked);
	RUN(every_kind_sets_close_on_exec);
	RUN(every_kind_sets_nonblocking);
	RUN(fioasync_needs_a_method);
	RUN(bytes_that_wait);
	RUN(unknown_ioctls);
	RUN(sigio_tells_of_data);
	unlink(NAME);
	return tap_end();
}
