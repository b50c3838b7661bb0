/*
 * Advisory locks: flock() of open files, fcntl() of processes and byte ranges.
 * host: yes
 */
#include <sys/file.h>
#include "case.h"

#define NAME "locks.tmp"

static int fd;

static int set(int file, int command, int type, long start, long len)
{
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = len };

	return fcntl(file, command, &lock);
}

/* What stands against a write lock of @start..: its type, and where it begins. */
static int seen_type, seen_start, seen_len, seen_pid;

static void look(long start, long len)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = len };

	CHECK_EQ(fcntl(fd, F_GETLK, &lock), 0);
	seen_type = lock.l_type;
	seen_start = lock.l_start;
	seen_len = lock.l_len;
	seen_pid = lock.l_pid;
}

static void flock_is_the_open_files(void)
{
	int other = open(NAME, O_RDWR), copy = dup(fd);

	CHECK_EQ(flock(fd, LOCK_EX), 0);
	CHECK_FAILS(flock(other, LOCK_EX | LOCK_NB), EWOULDBLOCK);
	CHECK_FAILS(flock(other, LOCK_SH | LOCK_NB), EWOULDBLOCK);
	CHECK_EQ(flock(copy, LOCK_EX | LOCK_NB), 0);		/* the same open file */
	CHECK_EQ(flock(copy, LOCK_SH), 0);
	CHECK_EQ(flock(other, LOCK_SH | LOCK_NB), 0);
	CHECK_FAILS(flock(fd, LOCK_EX | LOCK_NB), EWOULDBLOCK);
	CHECK_EQ(flock(other, LOCK_UN), 0);
	close(copy);
	CHECK_EQ(flock(fd, LOCK_UN), 0);
	CHECK_FAILS(flock(fd, 77), EINVAL);
	CHECK_FAILS(flock(-1, LOCK_EX), EBADF);
	close(other);
}

static void flock_ends_with_the_last_close(void)
{
	int a = open(NAME, O_RDWR), b = dup(a), other = open(NAME, O_RDWR);

	CHECK_EQ(flock(a, LOCK_EX), 0);
	close(a);
	CHECK_FAILS(flock(other, LOCK_EX | LOCK_NB), EWOULDBLOCK);
	close(b);
	CHECK_EQ(flock(other, LOCK_EX | LOCK_NB), 0);
	close(other);
}

static void wait_for_flock(void)
{
	int other = open(NAME, O_RDWR);
	long began = now_ms();

	CHECK_EQ(flock(other, LOCK_EX), 0);
	CHECK(now_ms() - began >= 20);
}

static void flock_waits(void)
{
	pid_t pid;

	flock(fd, LOCK_EX);
	pid = start(wait_for_flock);
	nap(60);
	flock(fd, LOCK_UN);
	CHECK_EQ(reap(pid), 0);
}

static void ranges_seen_by_the_child(void)
{
	look(0, 0);
	CHECK(seen_type == F_WRLCK && seen_start == 10 && seen_len == 10 && seen_pid == getppid());
	look(15, 1);
	CHECK(seen_type == F_WRLCK && seen_start == 10 && seen_len == 10);
	look(0, 10);
	CHECK_EQ(seen_type, F_UNLCK);
	CHECK_FAILS(set(fd, F_SETLK, F_RDLCK, 19, 1), EAGAIN);
	CHECK_EQ(set(fd, F_SETLK, F_WRLCK, 20, 0), 0);
	CHECK_EQ(set(fd, F_SETLK, F_RDLCK, 30, 1), 0);
}

static void ranges_are_the_processes(void)
{
	CHECK_EQ(set(fd, F_SETLK, F_WRLCK, 10, 10), 0);
	look(0, 0);
	CHECK_EQ(seen_type, F_UNLCK);		/* one's own does not count */
	in_child(ranges_seen_by_the_child);
	CHECK_EQ(set(fd, F_SETLK, F_WRLCK, 20, 0), 0);	/* the child's are gone */
	CHECK_EQ(set(fd, F_SETLK, F_UNLCK, 0, 0), 0);
}

static void split_seen_by_the_child(void)
{
	look(0, 0);
	CHECK(seen_type == F_WRLCK && seen_start == 0 && seen_len == 40);
	look(40, 20);
	CHECK_EQ(seen_type, F_UNLCK);
	look(60, 5);
	CHECK(seen_type == F_RDLCK && seen_start == 60 && seen_len == 10);
	CHECK_EQ(set(fd, F_SETLK, F_RDLCK, 60, 10), 0);
	look(70, 100);
	CHECK(seen_type == F_WRLCK && seen_start == 70 && seen_len == 30);
}

static void ranges_split_and_merge(void)
{
	CHECK_EQ(set(fd, F_SETLK, F_WRLCK, 0, 50), 0);
	CHECK_EQ(set(fd, F_SETLK, F_WRLCK, 50, 50), 0);	/* one of 0..99 */
	CHECK_EQ(set(fd, F_SETLK, F_UNLCK, 40, 20), 0);	/* 0..39, 60..99 */
	CHECK_EQ(set(fd, F_SETLK, F_RDLCK, 60, 10), 0);
	in_child(split_seen_by_the_child);
	CHECK_EQ(set(fd, F_SETLK, F_UNLCK, 0, 0), 0);
}

static void any_close_drops_them_child(void)
{
	look(0, 0);
	CHECK_EQ(seen_type, F_UNLCK);
}

static void any_close_drops_them(void)
{
	CHECK_EQ(set(fd, F_SETLK, F_WRLCK, 0, 10), 0);
	close(open(NAME, O_RDONLY));
	in_child(any_close_drops_them_child);
}

static void wait_for_range(void)
{
	long began = now_ms();

	CHECK_EQ(set(fd, F_SETLKW, F_WRLCK, 5, 1), 0);
	CHECK(now_ms() - began >= 20);
}

static void setlkw_waits(void)
{
	pid_t pid;

	set(fd, F_SETLK, F_WRLCK, 0, 10);
	pid = start(wait_for_range);
	nap(60);
	set(fd, F_SETLK, F_UNLCK, 0, 10);
	CHECK_EQ(reap(pid), 0);
}

static void nothing(int sig)
{
}

static void interrupted_wait(void)
{
	struct sigaction act = { .sa_handler = nothing };

	sigaction(SIGUSR1, &act, NULL);
	CHECK_FAILS(set(fd, F_SETLKW, F_WRLCK, 0, 10), EINTR);
}

static void a_signal_ends_the_wait(void)
{
	pid_t pid;

	set(fd, F_SETLK, F_WRLCK, 0, 10);
	pid = start(interrupted_wait);
	nap(60);
	kill(pid, SIGUSR1);
	CHECK_EQ(reap(pid), 0);
	set(fd, F_SETLK, F_UNLCK, 0, 10);
}

static void take_the_second_then_the_first(void)
{
	CHECK_EQ(set(fd, F_SETLK, F_WRLCK, 1, 1), 0);
	CHECK_EQ(set(fd, F_SETLKW, F_WRLCK, 0, 1), 0);
}

static void a_deadlock_is_seen(void)
{
	pid_t pid;

	set(fd, F_SETLK, F_WRLCK, 0, 1);
	pid = start(take_the_second_then_the_first);
	nap(60);
	CHECK_FAILS(set(fd, F_SETLKW, F_WRLCK, 1, 1), EDEADLK);
	set(fd, F_SETLK, F_UNLCK, 0, 1);
	CHECK_EQ(reap(pid), 0);
}

static void the_open_mode_must_fit(void)
{
	int r = open(NAME, O_RDONLY), w = open(NAME, O_WRONLY);

	CHECK_FAILS(set(r, F_SETLK, F_WRLCK, 0, 1), EBADF);
	CHECK_FAILS(set(w, F_SETLK, F_RDLCK, 0, 1), EBADF);
	CHECK_FAILS(set(fd, F_SETLK, 99, 0, 1), EINVAL);
	CHECK_FAILS(set(fd, F_SETLK, F_WRLCK, -5, 1), EINVAL);
	CHECK_FAILS(fcntl(fd, F_SETLK, NOWHERE), EFAULT);
	close(r);
	close(w);
}

int main(void)
{
	fd = file_with(NAME, "0123456789");
	RUN(flock_is_the_open_files);
	RUN(flock_ends_with_the_last_close);
	RUN(flock_waits);
	RUN(ranges_are_the_processes);
	RUN(ranges_split_and_merge);
	RUN(any_close_drops_them);
	RUN(setlkw_waits);
	RUN(a_signal_ends_the_wait);
	RUN(a_deadlock_is_seen);
	RUN(the_open_mode_must_fit);
	close(fd);
	unlink(NAME);
	return tap_end();
}
