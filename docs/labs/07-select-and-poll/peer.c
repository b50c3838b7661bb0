/*
 * Lab 07's peer: a program that waits with poll(), select() and epoll, as any would. Each case has a device that
 * was loaded for it. Who changes the state is another process.
 */
#include <poll.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>

static int load_again(void);
#define BEFORE_CASE load_again
#include "../machinery/case.h"
#include "../../../drivers/samples/packt_char.h"

#define ALL	(POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM | POLLPRI)
#define IN	(POLLIN | POLLRDNORM)
#define OUT	(POLLOUT | POLLWRNORM)
#define PAIRS	6

static char data[2 * PACKT_CHAR_SIZE];
static int fd;

static int load_again(void)
{
	return system("rmmod packt_char 2>/dev/null; insmod ./packt_char.ko 2>/dev/null");
}

static void device(void)
{
	fd = open("/dev/packt_char", O_RDWR | O_NONBLOCK);
	if (fd < 0)
		SAY_NOT("expected open(%s) works seen %s", "/dev/packt_char", strerror(errno));
}

static int now(void)
{
	struct pollfd p = { .fd = fd, .events = ALL };

	return poll(&p, 1, 0) == 1 ? p.revents : 0;
}

static int watch(int what, unsigned int events)
{
	struct epoll_event event = { .events = events, .data.fd = what };
	int ep = epoll_create(1);

	EXPECT(epoll_ctl(ep, EPOLL_CTL_ADD, what, &event), 0);
	return ep;
}

static int told(int ep, int ms)
{
	struct epoll_event event = { .events = 0 };

	return epoll_wait(ep, &event, 1, ms) == 1 ? (int)event.events : 0;
}

/* Another process does this a while later; what ep (which sleeps by then) was told, and in time. */
#define TOLD_AFTER(ep, doing) \
	({ \
		long began = now_ms(); \
		int seen; \
		if (!fork()) { \
			nap(60 + number() % 60); \
			_exit((long)(doing) < 0); \
		} \
		seen = told(ep, 2000); \
		EXPECT_BETWEEN(0, now_ms() - began, 999); \
		wait(NULL); \
		seen; \
	})

/* ---------------------------------------------------------------- step 1 */

CASE(tells_room)
{
	device();
	EXPECT(now(), OUT);
}

CASE(tells_bytes)
{
	int count = 1 + number() % (PACKT_CHAR_SIZE - 2);

	device();
	EXPECT(write(fd, data, count), count);
	EXPECT(now(), IN | OUT);
	EXPECT(write(fd, data, sizeof(data)), PACKT_CHAR_SIZE - count);
	EXPECT(now(), IN);
	EXPECT(read(fd, data, 1), 1);
	EXPECT(now(), IN | OUT);
	EXPECT(read(fd, data, sizeof(data)), PACKT_CHAR_SIZE - 1);
	EXPECT(now(), OUT);
}

CASE(tells_urgent)
{
	device();
	EXPECT(ioctl(fd, PACKT_CHAR_URGENT, 1), 0);
	EXPECT(now(), OUT | POLLPRI);
	EXPECT(ioctl(fd, PACKT_CHAR_URGENT, 0), 0);
	EXPECT(now(), OUT);
}

CASE(tells_unplugged)
{
	device();
	EXPECT(write(fd, data, 3), 3);
	EXPECT(ioctl(fd, PACKT_CHAR_UNPLUG, 1), 0);
	EXPECT(now(), IN | POLLHUP);
	EXPECT(read(fd, data, 3), 3);
	EXPECT(now(), POLLHUP);
	EXPECT(ioctl(fd, PACKT_CHAR_UNPLUG, 0), 0);
	EXPECT(now(), OUT);
}

CASE(tells_error)
{
	device();
	EXPECT(ioctl(fd, PACKT_CHAR_ERROR, 1), 0);
	EXPECT(now(), OUT | POLLERR);
	EXPECT_ERROR(read(fd, data, 1), EIO);
	EXPECT(now(), OUT);
}

/* Another process does this a while later to a device that was opened without O_NONBLOCK; what a call that sleeps there returns, in time. */
#define SLEEPS_UNTIL(call, doing) \
	({ \
		long began = now_ms(), seen; \
		if (!fork()) { \
			nap(60 + number() % 60); \
			_exit((long)(doing) < 0); \
		} \
		seen = (call); \
		EXPECT_TRUE(now_ms() - began >= 50 && now_ms() - began < 1000); \
		seen; \
	})

CASE(write_wakes)
{
	int slow = open("/dev/packt_char", O_RDWR);

	device();
	EXPECT(TOLD_AFTER(watch(fd, EPOLLIN), write(fd, data, 1 + number() % 50)), EPOLLIN);
	EXPECT_TRUE(read(fd, data, sizeof(data)) > 0);
	EXPECT(SLEEPS_UNTIL(read(slow, data, 20), write(fd, data, 7)), 7);
}

CASE(read_wakes)
{
	int slow = open("/dev/packt_char", O_RDWR);

	device();
	EXPECT(write(fd, data, sizeof(data)), PACKT_CHAR_SIZE);
	EXPECT(TOLD_AFTER(watch(fd, EPOLLOUT), read(fd, data, 1 + number() % 50)), EPOLLOUT);
	EXPECT_TRUE(write(fd, data, sizeof(data)) > 0);
	EXPECT(SLEEPS_UNTIL(write(slow, data, 20), read(fd, data, 7)), 7);
}

CASE(urgent_wakes)
{
	device();
	EXPECT(TOLD_AFTER(watch(fd, EPOLLPRI), ioctl(fd, PACKT_CHAR_URGENT, 1)), EPOLLPRI);
}

/* Who polls learns it, and so does who sleeps in read() or write(). */
CASE(unplug_wakes)
{
	int slow = open("/dev/packt_char", O_RDWR);

	device();
	EXPECT(TOLD_AFTER(watch(fd, EPOLLIN), ioctl(fd, PACKT_CHAR_UNPLUG, 1)), EPOLLHUP);
	EXPECT(ioctl(fd, PACKT_CHAR_UNPLUG, 0), 0);
	EXPECT(SLEEPS_UNTIL(read(slow, data, 1), ioctl(fd, PACKT_CHAR_UNPLUG, 1)), 0);
	EXPECT(ioctl(fd, PACKT_CHAR_UNPLUG, 0), 0);
	EXPECT(write(fd, data, sizeof(data)), PACKT_CHAR_SIZE);
	EXPECT_ERROR(SLEEPS_UNTIL(write(slow, data, 1), ioctl(fd, PACKT_CHAR_UNPLUG, 1)), ENODEV);
}

/* Something else is ready at the moment of the first question: the item stands on all queues nevertheless. */
CASE(queued_though_ready)
{
	int ep;

	device();
	ep = watch(fd, EPOLLIN | EPOLLOUT | EPOLLPRI | EPOLLET);
	EXPECT(told(ep, 0), EPOLLOUT);
	EXPECT(told(ep, 0), 0);
	EXPECT(TOLD_AFTER(ep, write(fd, data, 5)), EPOLLIN | EPOLLOUT);
}

/* ---------------------------------------------------------------- step 2 */

static int pipes[PAIRS][2];

/* Pipes at random descriptors. */
static void make_pipes(void)
{
	for (int i = 0; i < PAIRS; i++) {
		EXPECT(pipe(pipes[i]), 0);
		for (int end = 0; end < 2; end++) {
			int at = 20 + 40 * i + 20 * end + number() % 20;

			EXPECT(dup2(pipes[i][end], at), at);
			EXPECT(close(pipes[i][end]), 0);
			pipes[i][end] = at;
		}
	}
}

static int select_for(int what, fd_set *in, long ms)
{
	struct timeval t = { ms / 1000, ms % 1000 * 1000 };

	FD_ZERO(in);
	FD_SET(what, in);
	return select(what + 1, in, NULL, NULL, &t);
}

/* Each descriptor in random sets, some pipes with bytes: just the bits that are so, and as many as the result says. */
CASE(answers_bits)
{
	struct timeval none = { 0, 0 };
	fd_set set[3], wanted[3];
	int count, full;

	make_pipes();
	for (int round = 0; round < 8; round++) {
		for (int i = 0; i < 3; i++) {
			FD_ZERO(&set[i]);
			FD_ZERO(&wanted[i]);
		}
		full = round ? number() % PAIRS : 0;
		if (round)
			EXPECT(write(pipes[full][1], data, 2), 2);
		count = 0;
		for (int i = 0; i < PAIRS; i++) {
			struct pollfd p = { .fd = pipes[i][0], .events = POLLIN };
			int ready = poll(&p, 1, 0), sets = i ? number() % 8 : 7;

			if (sets & 1)
				FD_SET(pipes[i][0], &set[0]);
			if (sets & 1 && ready)
				FD_SET(pipes[i][0], &wanted[0]), count++;
			if (sets & 2)
				FD_SET(pipes[i][1], &set[1]), FD_SET(pipes[i][1], &wanted[1]), count++;
			if (sets & 4)
				FD_SET(pipes[i][0], &set[2]), FD_SET(pipes[i][1], &set[0]);
		}
		EXPECT(select(300, &set[0], &set[1], &set[2], &none), count);
		EXPECT_BYTES(&set[0], &wanted[0], sizeof(fd_set));
		EXPECT_BYTES(&set[1], &wanted[1], sizeof(fd_set));
		EXPECT_BYTES(&set[2], &wanted[2], sizeof(fd_set));
	}
}

CASE(only_below_n)
{
	struct timeval none = { 0, 0 };
	fd_set out;

	make_pipes();
	FD_ZERO(&out);
	FD_SET(pipes[2][1], &out);
	FD_SET(pipes[4][1], &out);
	FD_SET(pipes[4][1] + 21, &out);		/* is not open */
	EXPECT(close(pipes[5][0]), 0);
	EXPECT(select(pipes[4][1], NULL, &out, NULL, &none), 1);
	EXPECT_TRUE(FD_ISSET(pipes[2][1], &out));
	EXPECT_TRUE(!FD_ISSET(pipes[4][1], &out));
	EXPECT(select(0, NULL, NULL, NULL, &none), 0);
}

CASE(negative)
{
	struct timeval none = { 0, 0 };
	fd_set in;

	FD_ZERO(&in);
	EXPECT_ERROR(select(-1, &in, NULL, NULL, &none), EINVAL);
	EXPECT_ERROR(select(-1 - (int)(number() % 100000), NULL, NULL, NULL, &none), EINVAL);
}

CASE(not_open)
{
	fd_set in, ex;

	make_pipes();
	EXPECT(close(pipes[3][0]), 0);
	EXPECT_ERROR(select_for(pipes[3][0], &in, 0), EBADF);
	EXPECT_TRUE(FD_ISSET(pipes[3][0], &in));	/* as it was */
	FD_ZERO(&ex);
	FD_SET(900, &ex);
	EXPECT_ERROR(select(1000, NULL, NULL, &ex, NULL), EBADF);
}

static char state_of(pid_t pid)
{
	char path[32], text[256] = "";
	int at;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	at = open(path, O_RDONLY);
	read(at, text, sizeof(text) - 1);
	close(at);
	return strrchr(text, ')') ? strrchr(text, ')')[2] : '?';
}

/* Another process looks at us: S, each time, and we use none of the processor's time. */
CASE(sleeps)
{
	fd_set in;
	struct tms before, after;
	pid_t us = getpid(), watcher;
	int status, ends[2];

	EXPECT(pipe(ends), 0);
	watcher = fork();
	if (!watcher) {
		for (int i = 0; i < 5; i++) {
			char state;

			nap(50 + number() % 30);
			state = state_of(us);
			if (state != 'S')
				_exit(state);
		}
		_exit(0);
	}
	times(&before);
	EXPECT(select_for(ends[0], &in, 600), 0);
	times(&after);
	EXPECT(waitpid(watcher, &status, 0), watcher);
	if (status)
		SAY_NOT("expected state S in /proc/%d/stat, five times seen %c", us, WEXITSTATUS(status));
	EXPECT_BETWEEN(0, after.tms_stime + after.tms_utime - before.tms_stime - before.tms_utime, 9);
}

CASE(wakes_at_once)
{
	fd_set in;
	long began = now_ms();
	int ends[2];

	EXPECT(pipe(ends), 0);
	if (!fork()) {
		nap(60 + number() % 60);
		_exit(write(ends[1], "x", 1) != 1);
	}
	EXPECT(select_for(ends[0], &in, 3000), 1);
	EXPECT_TRUE(FD_ISSET(ends[0], &in));
	EXPECT_BETWEEN(0, now_ms() - began, 999);
}

CASE(time_is_up)
{
	fd_set in;
	long began = now_ms(), ms = 100 + number() % 200;
	int ends[2];

	EXPECT(pipe(ends), 0);
	EXPECT(select_for(ends[0], &in, ms), 0);
	EXPECT_TRUE(!FD_ISSET(ends[0], &in));
	EXPECT_BETWEEN(ms, now_ms() - began, ms + 200);
}

CASE(time_left)
{
	struct timeval t = { 3, 0 };
	fd_set out;
	int ends[2];

	EXPECT(pipe(ends), 0);
	FD_ZERO(&out);
	FD_SET(ends[0], &out);
	if (!fork()) {
		nap(300);
		_exit(write(ends[1], "x", 1) != 1);
	}
	EXPECT(select(ends[0] + 1, &out, NULL, NULL, &t), 1);
	EXPECT_BETWEEN(2200, t.tv_sec * 1000 + t.tv_usec / 1000, 2750);
}

static void handler(int number_of_it)
{
	(void)number_of_it;
}

CASE(signal_ends)
{
	fd_set in;
	long began = now_ms();
	pid_t us = getpid();
	int ends[2];

	EXPECT(pipe(ends), 0);
	signal(SIGUSR1, handler);
	if (!fork()) {
		nap(100);
		_exit(kill(us, SIGUSR1));
	}
	EXPECT_ERROR(select_for(ends[0], &in, 2000), EINTR);
	EXPECT_TRUE(FD_ISSET(ends[0], &in));	/* as it was */
	EXPECT_BETWEEN(0, now_ms() - began, 999);
}

/* 400 ms from now, and after 100 of them stopped for 500. What select() returned, or 100 + its error; -1: too early or late. */
static int stopped_in_select(int protection, long earliest, long latest)
{
	struct timeval *t = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	long began = now_ms();
	pid_t pid = fork();
	int status;

	if (!pid) {
		t->tv_usec = 400000;
		mprotect(t, 4096, protection);
		status = syscall(SYS__newselect, 0, NULL, NULL, NULL, t);
		_exit(status < 0 ? 100 + errno : status);
	}
	nap(100);
	kill(pid, SIGSTOP);
	nap(500);
	kill(pid, SIGCONT);
	waitpid(pid, &status, 0);
	began = now_ms() - began;
	return began >= earliest && began < latest ? WEXITSTATUS(status) : -1;
}

/* It goes on with what is left, if that could be written down. */
CASE(stopped_in_between)
{
	EXPECT(stopped_in_select(PROT_READ | PROT_WRITE, 840, 1000), 0);
	EXPECT(stopped_in_select(PROT_READ, 550, 700), 100 + EINTR);
}

/* ---------------------------------------------------------------- step 3 */

static int ends[2];

static int watch_pipe(unsigned int how)
{
	EXPECT(pipe(ends), 0);
	return watch(ends[0], EPOLLIN | how);
}

CASE(level_again)
{
	int ep = watch_pipe(0);

	EXPECT(write(ends[1], data, 9), 9);
	for (int i = 0; i < 3; i++)
		EXPECT(told(ep, 0), EPOLLIN);
	EXPECT(read(ends[0], data, 4), 4);
	EXPECT(told(ep, 0), EPOLLIN);
}

CASE(level_ends)
{
	int ep = watch_pipe(0);

	EXPECT(write(ends[1], data, 9), 9);
	EXPECT(told(ep, 0), EPOLLIN);
	EXPECT(read(ends[0], data, 9), 9);
	EXPECT(told(ep, 50), 0);
	EXPECT(TOLD_AFTER(ep, write(ends[1], data, 1)), EPOLLIN);
}

CASE(edge_once)
{
	int ep = watch_pipe(EPOLLET);

	EXPECT(write(ends[1], data, 9), 9);
	EXPECT(told(ep, 0), EPOLLIN);
	EXPECT(told(ep, 50), 0);
	EXPECT(read(ends[0], data, 9), 9);
	EXPECT(TOLD_AFTER(ep, write(ends[1], data, 1)), EPOLLIN);
	EXPECT(told(ep, 0), 0);
}

CASE(one_shot)
{
	struct epoll_event again = { .events = EPOLLIN | EPOLLONESHOT };
	int ep = watch_pipe(EPOLLONESHOT);

	for (int i = 0; i < 3; i++) {
		EXPECT(write(ends[1], data, 2), 2);
		EXPECT(told(ep, 0), EPOLLIN);
		EXPECT(read(ends[0], data, 2), 2);
		EXPECT(write(ends[1], data, 2), 2);	/* into an empty pipe: whoever waits for it is woken */
		EXPECT(told(ep, 50), 0);
		EXPECT(epoll_ctl(ep, EPOLL_CTL_MOD, ends[0], &again), 0);
		EXPECT(told(ep, 0), EPOLLIN);
		EXPECT(read(ends[0], data, 2), 2);
		EXPECT(epoll_ctl(ep, EPOLL_CTL_MOD, ends[0], &again), 0);
	}
}

/* Three that are ready, and room for two answers: each is told as often as the others. */
CASE(takes_turns)
{
	struct epoll_event event = { .events = EPOLLIN }, answers[2];
	int ep = watch_pipe(0), others[2][2], times[64] = { 0 };

	EXPECT(write(ends[1], data, 1), 1);
	for (int i = 0; i < 2; i++) {
		EXPECT(pipe(others[i]), 0);
		event.data.fd = others[i][0];
		EXPECT(epoll_ctl(ep, EPOLL_CTL_ADD, others[i][0], &event), 0);
		EXPECT(write(others[i][1], data, 1), 1);
	}
	for (int i = 0; i < 6; i++) {
		EXPECT(epoll_wait(ep, answers, 2, 0), 2);
		times[answers[0].data.fd % 64]++;
		times[answers[1].data.fd % 64]++;
	}
	EXPECT(times[others[0][0]], 4);
	EXPECT(times[others[1][0]], 4);
}

int main(int argc, char **argv)
{
	return cases(argc, argv);
}
