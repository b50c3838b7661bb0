/*
 * eventfd: a counter behind a descriptor; close_range: many descriptors at once.
 * host: yes
 */
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tap.h"

#define SEMAPHORE	1

static int add(int fd, unsigned long long value)
{
	return write(fd, &value, sizeof(value));
}

static long long take(int fd)
{
	long long value;

	return read(fd, &value, sizeof(value)) == sizeof(value) ? value : -1;
}

static void a_read_takes_all(void)
{
	int fd = syscall(SYS_eventfd2, 3, O_NONBLOCK);
	char small[4];

	CHECK(fd >= 0);
	CHECK_EQ(add(fd, 4), 8);
	CHECK_EQ(take(fd), 7);
	CHECK_FAILS(take(fd), EAGAIN);
	CHECK_FAILS(read(fd, small, sizeof(small)), EINVAL);
	CHECK_FAILS(add(fd, -1), EINVAL);
	close(fd);
}

static void a_semaphore_gives_one(void)
{
	int fd = syscall(SYS_eventfd2, 2, O_NONBLOCK | SEMAPHORE);

	CHECK_EQ(take(fd), 1);
	CHECK_EQ(take(fd), 1);
	CHECK_FAILS(take(fd), EAGAIN);
	close(fd);
}

static void poll_follows_the_count(void)
{
	struct pollfd p = { .events = POLLIN | POLLOUT };

	p.fd = syscall(SYS_eventfd, 0);
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLOUT);
	CHECK_EQ(add(p.fd, 0xfffffffffffffffeull), 8);
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLIN);
	close(p.fd);
}

static void a_read_waits_for_a_write(void)
{
	int fd = syscall(SYS_eventfd2, 0, 0), status;
	pid_t pid = fork();

	if (!pid) {
		usleep(20000);
		_exit(add(fd, 5) != 8);
	}
	CHECK_EQ(take(fd), 5);
	waitpid(pid, &status, 0);
	CHECK_EQ(status, 0);
	close(fd);
	CHECK_FAILS(syscall(SYS_eventfd2, 0, 0x100), EINVAL);
}

static void ranges_are_closed(void)
{
	int a = dup2(0, 50), b = dup2(0, 60);

	if (syscall(SYS_close_range, 100, 101, 0) && errno == ENOSYS)
		SKIP("this Linux is older than close_range");
	CHECK_EQ(syscall(SYS_close_range, 51, 60, 0), 0);
	CHECK(fcntl(a, F_GETFD) == 0);
	CHECK_FAILS(fcntl(b, F_GETFD), EBADF);
	CHECK_EQ(syscall(SYS_close_range, 50, ~0u, 4), 0);	/* CLOSE_RANGE_CLOEXEC */
	CHECK_EQ(fcntl(a, F_GETFD), FD_CLOEXEC);
	CHECK_FAILS(syscall(SYS_close_range, 2, 1, 0), EINVAL);
	close(a);
}

int main(void)
{
	RUN(a_read_takes_all);
	RUN(a_semaphore_gives_one);
	RUN(poll_follows_the_count);
	RUN(a_read_waits_for_a_write);
	RUN(ranges_are_closed);
	return tap_end();
}
