/*
 * epoll: level, edge, once; what is watched and what is not; epolls in epolls.
 * host: yes
 */
#include <poll.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "case.h"

static int ep;

static int event_fd(int flags)
{
	return syscall(SYS_eventfd2, 0, O_NONBLOCK | flags);
}

static void add(int fd, unsigned long long value)
{
	CHECK_EQ(write(fd, &value, sizeof(value)), 8);
}

static void drain(int fd)
{
	unsigned long long value;

	CHECK_EQ(read(fd, &value, sizeof(value)), 8);
}

static int watch(int on, int op, int fd, unsigned int events)
{
	struct epoll_event event = { .events = events, .data.u64 = 0x1234567800000000ull + fd };

	return epoll_ctl(on, op, fd, &event);
}

/* What epoll_wait() tells of the one descriptor that has something: its events; 0: nothing. */
static unsigned int told(int on, int ms)
{
	struct epoll_event event = { 0 };
	int n = epoll_wait(on, &event, 1, ms);

	CHECK(n == 0 || n == 1);
	return n == 1 ? event.events : 0;
}

static void errors(void)
{
	int fd = event_fd(0), file = file_with("regular", "text");
	struct epoll_event event = { .events = EPOLLIN };

	CHECK_FAILS(epoll_create(0), EINVAL);
	CHECK_FAILS(epoll_create1(1), EINVAL);
	CHECK_FAILS(watch(ep, EPOLL_CTL_ADD, file, EPOLLIN), EPERM);
	CHECK_FAILS(watch(ep, EPOLL_CTL_ADD, 99, EPOLLIN), EBADF);
	CHECK_FAILS(watch(99, EPOLL_CTL_ADD, fd, EPOLLIN), EBADF);
	CHECK_FAILS(watch(ep, EPOLL_CTL_ADD, ep, EPOLLIN), EINVAL);
	CHECK_FAILS(watch(fd, EPOLL_CTL_ADD, ep, EPOLLIN), EINVAL);
	CHECK_FAILS(epoll_ctl(ep, EPOLL_CTL_ADD, fd, NULL), EFAULT);
	CHECK_FAILS(watch(ep, EPOLL_CTL_DEL, fd, 0), ENOENT);
	CHECK_FAILS(watch(ep, EPOLL_CTL_MOD, fd, EPOLLIN), ENOENT);
	CHECK_FAILS(watch(ep, 4, fd, EPOLLIN), EINVAL);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN), 0);
	CHECK_FAILS(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN), EEXIST);
	CHECK_FAILS(epoll_wait(ep, &event, 0, 0), EINVAL);
	CHECK_FAILS(epoll_wait(ep, &event, -1, 0), EINVAL);
	CHECK_FAILS(epoll_wait(fd, &event, 1, 0), EINVAL);
	CHECK_FAILS(epoll_wait(99, &event, 1, 0), EBADF);
	add(fd, 1);
	CHECK_FAILS(epoll_wait(ep, UNMAPPED, 1, 0), EFAULT);
	CHECK_EQ(told(ep, 0), EPOLLIN);		/* it was not lost */
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_DEL, fd, NULL), 0);
	CHECK_EQ(told(ep, 0), 0);
	CHECK_FAILS(read(ep, &event, sizeof(event)), EINVAL);
	close(fd);
	close(file);
}

/* contract: S0-15 */
static void level_tells_as_long_as_it_is_so(void)
{
	int fd = event_fd(0);

	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN), 0);
	CHECK_EQ(told(ep, 0), 0);
	add(fd, 1);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	drain(fd);
	CHECK_EQ(told(ep, 0), 0);
	close(fd);
}

/* contract: S0-15 */
static void edge_tells_of_changes_only(void)
{
	int p[2], fd = event_fd(0);
	char c;

	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLET), 0);
	add(fd, 1);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	CHECK_EQ(told(ep, 0), 0);	/* still readable, told once */
	add(fd, 1);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	close(fd);

	CHECK_EQ(pipe(p), 0);		/* who does not drain is not told of the rest */
	CHECK_EQ(write(p[1], "abc", 3), 3);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, p[0], EPOLLIN | EPOLLET), 0);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	CHECK_EQ(read(p[0], &c, 1), 1);
	CHECK_EQ(told(ep, 0), 0);
	CHECK_EQ(read(p[0], &c, 1), 1);
	CHECK_EQ(read(p[0], &c, 1), 1);
	CHECK_EQ(write(p[1], "d", 1), 1);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	close(p[0]);
	close(p[1]);
}

static void once_until_it_is_asked_again(void)
{
	int fd = event_fd(0);

	add(fd, 1);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLONESHOT), 0);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	CHECK_EQ(told(ep, 0), 0);
	add(fd, 1);
	CHECK_EQ(told(ep, 0), 0);
	CHECK_EQ(watch(ep, EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLONESHOT), 0);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	CHECK_EQ(told(ep, 0), 0);
	close(fd);
}

static void other_events_are_asked_for(void)
{
	int fd = event_fd(0);

	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN), 0);
	CHECK_EQ(told(ep, 0), 0);
	CHECK_EQ(watch(ep, EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLOUT), 0);
	CHECK_EQ(told(ep, 0), EPOLLOUT);
	add(fd, 1);
	CHECK_EQ(told(ep, 0), EPOLLIN | EPOLLOUT);
	CHECK_EQ(watch(ep, EPOLL_CTL_MOD, fd, 0), 0);
	CHECK_EQ(told(ep, 0), 0);
	close(fd);
}

/* contract: S0-31 */
static void hang_up_and_error_need_not_be_asked_for(void)
{
	struct timeval soon = { 0, 0 };
	struct pollfd p = { .events = 0 };
	fd_set in, ex;
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, ends[0], 0), 0);
	CHECK_EQ(told(ep, 0), 0);
	close(ends[1]);
	CHECK_EQ(told(ep, 0), EPOLLHUP);
	p.fd = ends[0];
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLHUP);
	FD_ZERO(&in);
	FD_SET(ends[0], &in);
	ex = in;
	CHECK_EQ(select(ends[0] + 1, &in, NULL, &ex, &soon), 1);
	CHECK(FD_ISSET(ends[0], &in) && !FD_ISSET(ends[0], &ex));
	close(ends[0]);

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, ends[1], 0), 0);
	close(ends[0]);
	CHECK_EQ(told(ep, 0), EPOLLERR);
	p.fd = ends[1];
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLERR);
	FD_ZERO(&in);
	FD_SET(ends[1], &in);
	CHECK_EQ(select(ends[1] + 1, &in, NULL, NULL, &soon), 1);
	CHECK(FD_ISSET(ends[1], &in));
	close(ends[1]);
	CHECK_EQ(told(ep, 0), 0);
}

static void the_last_descriptor_takes_it_along(void)
{
	int fd = event_fd(0), copy = dup(fd);

	add(fd, 1);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN), 0);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, copy, EPOLLIN), 0);	/* another descriptor */
	CHECK_EQ(watch(ep, EPOLL_CTL_DEL, copy, EPOLLIN), 0);
	close(fd);
	CHECK_EQ(told(ep, 0), EPOLLIN);		/* the file is still open */
	CHECK_FAILS(watch(ep, EPOLL_CTL_DEL, fd, 0), EBADF);
	close(copy);
	CHECK_EQ(told(ep, 0), 0);
}

static void many_at_once_and_by_turns(void)
{
	struct epoll_event events[4];
	unsigned long long seen = 0;
	int fds[6], i, n;

	for (i = 0; i < 6; i++) {
		fds[i] = event_fd(0);
		CHECK_EQ(watch(ep, EPOLL_CTL_ADD, fds[i], EPOLLIN), 0);
		add(fds[i], 1);
	}
	n = epoll_wait(ep, events, 4, -1);
	CHECK_EQ(n, 4);
	for (i = 0; i < n; i++) {
		CHECK(events[i].data.u64 >> 32 == 0x12345678);
		seen |= 1ull << events[i].data.u32;
	}
	n = epoll_wait(ep, events, 4, -1);	/* those not told yet come first */
	CHECK_EQ(n, 4);
	for (i = 0; i < n; i++)
		seen |= 1ull << events[i].data.u32;
	for (i = 0; i < 6; i++) {
		CHECK(seen & 1ull << fds[i]);
		close(fds[i]);
	}
}

static int shared;

static void write_later(void)
{
	nap(30);
	add(shared, 1);
}

/* contract: S0-15 */
static void it_sleeps_until_something_happens(void)
{
	long before = now_ms();
	pid_t pid;

	shared = event_fd(0);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, shared, EPOLLIN), 0);
	CHECK_EQ(told(ep, 40), 0);
	CHECK(now_ms() - before >= 40);
	before = now_ms();
	pid = start(write_later);
	CHECK_EQ(told(ep, -1), EPOLLIN);
	CHECK(now_ms() - before >= 25);
	CHECK_EQ(reap(pid), 0);
	close(shared);
}

static void note(int sig)
{
	(void)sig;
}

static void a_signal_ends_the_wait(void)
{
	struct sigaction act = { .sa_handler = note, .sa_flags = SA_RESTART };
	struct epoll_event event;
	sigset_t all, none;
	pid_t pid;

	sigaction(SIGUSR1, &act, NULL);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		nap(30);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	CHECK_FAILS(epoll_wait(ep, &event, 1, 5000), EINTR);	/* SA_RESTART or not */
	CHECK_EQ(reap(pid), 0);

	sigfillset(&all);
	sigemptyset(&none);
	sigprocmask(SIG_BLOCK, &all, NULL);
	kill(getpid(), SIGUSR1);
	CHECK_EQ(epoll_wait(ep, &event, 1, 0), 0);
	CHECK_FAILS(epoll_pwait(ep, &event, 1, 5000, &none), EINTR);
	CHECK_FAILS(syscall(SYS_epoll_pwait, ep, &event, 1, 0, &none, 4), EINVAL);
	sigprocmask(SIG_UNBLOCK, &all, NULL);
}

static void epolls_in_epolls(void)
{
	struct timeval soon = { 0, 0 };
	int fd = event_fd(0), inner = epoll_create1(EPOLL_CLOEXEC);
	struct pollfd p = { .events = POLLIN };
	fd_set in;

	CHECK_EQ(fcntl(inner, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(watch(inner, EPOLL_CTL_ADD, fd, EPOLLIN), 0);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, inner, EPOLLIN), 0);
	CHECK_EQ(told(ep, 0), 0);
	add(fd, 1);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	CHECK_EQ(told(ep, 0), EPOLLIN);
	p.fd = ep;
	CHECK_EQ(poll(&p, 1, 0), 1);
	FD_ZERO(&in);
	FD_SET(ep, &in);
	CHECK_EQ(select(ep + 1, &in, NULL, NULL, &soon), 1);
	drain(fd);
	CHECK_EQ(poll(&p, 1, 0), 0);
	CHECK_EQ(told(ep, 0), 0);
	shared = fd;
	CHECK_EQ(reap(start(write_later)), 0);
	CHECK_EQ(poll(&p, 1, -1), 1);
	CHECK_EQ(told(ep, -1), EPOLLIN);
	close(inner);
	CHECK_EQ(told(ep, 0), 0);
	close(fd);
}

static void no_circles_and_no_high_towers(void)
{
	int tower[12], i, err = 0;

	for (i = 0; i < 3; i++)
		tower[i] = epoll_create1(0);
	CHECK_EQ(watch(tower[0], EPOLL_CTL_ADD, tower[1], EPOLLIN), 0);
	CHECK_EQ(watch(tower[1], EPOLL_CTL_ADD, tower[2], EPOLLIN), 0);
	CHECK_FAILS(watch(tower[2], EPOLL_CTL_ADD, tower[0], EPOLLIN), ELOOP);
	CHECK_FAILS(watch(tower[1], EPOLL_CTL_ADD, tower[0], EPOLLIN), ELOOP);
	for (i = 0; i < 3; i++)
		close(tower[i]);
	tower[0] = epoll_create1(0);
	for (i = 1; i < 12; i++) {
		tower[i] = epoll_create1(0);
		if (!err && watch(tower[i], EPOLL_CTL_ADD, tower[i - 1], EPOLLIN) < 0) {
			err = errno;
			printf("# %d epolls are too many\n", i + 1);
			CHECK_EQ(i, 5);
		}
	}
	CHECK_EQ(err, ELOOP);
	for (i = 0; i < 12; i++)
		close(tower[i]);
}

/* One event wakes all above by all ways: Linux lets two floors have 500, three 100. */
static void not_too_many_ways_up(void)
{
	enum { WIDTH = 30 };
	int fd = event_fd(0), low[WIDTH], high[WIDTH], i, j, added = 0, refused = 0;

	for (i = 0; i < WIDTH; i++) {
		low[i] = epoll_create1(0);
		high[i] = epoll_create1(0);
		CHECK_EQ(watch(low[i], EPOLL_CTL_ADD, fd, EPOLLIN), 0);
	}
	for (i = 0; i < WIDTH; i++)
		for (j = 0; j < WIDTH; j++) {
			if (!watch(high[i], EPOLL_CTL_ADD, low[j], EPOLLIN))
				added++;
			else
				refused += errno == EINVAL;
		}
	CHECK_EQ(added, 500);
	CHECK_EQ(refused, WIDTH * WIDTH - 500);
	for (i = 0; i < WIDTH; i++) {
		close(low[i]);
		close(high[i]);
	}
	close(fd);
}

static void sleep_for_one(void)
{
	struct epoll_event event;
	int own = epoll_create1(0), n;

	CHECK_EQ(watch(own, EPOLL_CTL_ADD, shared, EPOLLIN | EPOLLET | EPOLLEXCLUSIVE), 0);
	n = epoll_wait(own, &event, 1, 200);
	fflush(stdout);
	_exit(n == 1 ? 10 : n);
}

static void exclusive_wakes_not_all(void)
{
	int i, woken = 0, fd = event_fd(0);
	pid_t pids[4];

	CHECK_FAILS(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT), EINVAL);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLEXCLUSIVE), 0);
	CHECK_FAILS(watch(ep, EPOLL_CTL_MOD, fd, EPOLLIN), EINVAL);
	CHECK_FAILS(watch(ep, EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLEXCLUSIVE), EINVAL);
	close(fd);
	shared = event_fd(0);
	for (i = 0; i < 4; i++)
		pids[i] = start(sleep_for_one);
	nap(80);
	add(shared, 1);
	for (i = 0; i < 4; i++)
		woken += reap(pids[i]) == 10;
	CHECK_EQ(woken, 1);
	close(shared);
}

/* The least of several times that a call took, in cycles. */
static unsigned int least_cycles(int on)
{
	struct epoll_event event;
	unsigned int best = ~0u, lo, lo2, hi, i;

	for (i = 0; i < 200; i++) {
		__asm__ volatile("rdtsc" : "=a"(lo), "=d"(hi));
		epoll_wait(on, &event, 1, 0);
		__asm__ volatile("rdtsc" : "=a"(lo2), "=d"(hi));
		if (lo2 - lo < best)
			best = lo2 - lo;
	}
	return best;
}

static void those_at_rest_cost_nothing(void)
{
	enum { IDLE = 10000 };
	struct rlimit limit = { IDLE + 100, IDLE + 100 };
	int silent[2], fd = event_fd(0), i, added = 0;
	unsigned int alone, among;

	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		SKIP("not root: no 10,000 descriptors");
	CHECK_EQ(pipe(silent), 0);
	add(fd, 1);
	CHECK_EQ(watch(ep, EPOLL_CTL_ADD, fd, EPOLLIN), 0);
	alone = least_cycles(ep);
	for (i = 0; i < IDLE; i++)
		added += watch(ep, EPOLL_CTL_ADD, dup(silent[0]), EPOLLIN) == 0;
	CHECK_EQ(added, IDLE);
	among = least_cycles(ep);
	printf("# %u cycles with one, %u with 10,000 idle ones\n", alone, among);
	CHECK(among < 3 * alone);
	CHECK_EQ(told(ep, 0), EPOLLIN);
}

static void idle_in_child(void)
{
	in_child(those_at_rest_cost_nothing);
}

/* Each case with an epoll of its own. */
#define RUN_EPOLL(function) do { ep = epoll_create(1); RUN(function); close(ep); } while (0)

int main(void)
{
	RUN_EPOLL(errors);
	RUN_EPOLL(level_tells_as_long_as_it_is_so);
	RUN_EPOLL(edge_tells_of_changes_only);
	RUN_EPOLL(once_until_it_is_asked_again);
	RUN_EPOLL(other_events_are_asked_for);
	RUN_EPOLL(hang_up_and_error_need_not_be_asked_for);
	RUN_EPOLL(the_last_descriptor_takes_it_along);
	RUN_EPOLL(many_at_once_and_by_turns);
	RUN_EPOLL(it_sleeps_until_something_happens);
	RUN_EPOLL(a_signal_ends_the_wait);
	RUN_EPOLL(epolls_in_epolls);
	RUN_EPOLL(no_circles_and_no_high_towers);
	RUN_EPOLL(not_too_many_ways_up);
	RUN_EPOLL(exclusive_wakes_not_all);
	RUN_EPOLL(idle_in_child);
	return tap_end();
}
