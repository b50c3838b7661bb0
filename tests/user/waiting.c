/*
 * select, pselect, poll and ppoll: which descriptors are ready for what, and
 * how long to wait for them.
 * host: yes
 */
#include <poll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include "case.h"

#define NAME "waiting.tmp"

struct wide_timespec {
	long long tv_sec, tv_nsec;
};

static int fd[2];

static int ready(int file, int events)
{
	struct pollfd p = { .fd = file, .events = events };

	return poll(&p, 1, 0) < 0 ? -1 : p.revents;
}

static void write_after(void)
{
	nap(40);
	CHECK_EQ(write(fd[1], "x", 1), 1);
}

static void pipes_become_ready(void)
{
	char page[4096];

	pipe(fd);
	CHECK_EQ(ready(fd[0], POLLIN), 0);
	CHECK_EQ(ready(fd[1], POLLOUT), POLLOUT);
	write(fd[1], "x", 1);
	CHECK_EQ(ready(fd[0], POLLIN | POLLOUT), POLLIN);
	fcntl(fd[1], F_SETFL, O_NONBLOCK);
	while (write(fd[1], page, sizeof(page)) > 0)
		;
	CHECK_EQ(ready(fd[1], POLLOUT), 0);
	close(fd[1]);
	CHECK_EQ(ready(fd[0], POLLIN), POLLIN | POLLHUP);
	close(fd[0]);
	pipe(fd);
	close(fd[0]);
	CHECK_EQ(ready(fd[1], POLLOUT), POLLOUT | POLLERR);
	close(fd[1]);
}

static void the_rest_is_always_ready(void)
{
	int file = file_with(NAME, ""), null = open("/dev/null", O_RDWR), dir = open(".", O_RDONLY);

	CHECK_EQ(ready(file, POLLIN | POLLOUT), POLLIN | POLLOUT);
	CHECK_EQ(ready(null, POLLIN | POLLOUT), POLLIN | POLLOUT);
	CHECK_EQ(ready(dir, POLLIN), POLLIN);
	close(dir);
	CHECK_EQ(ready(dir, POLLIN), POLLNVAL);
	CHECK_EQ(ready(-1, POLLIN), 0);		/* negative: left out */
	close(file);
	close(null);
	unlink(NAME);
}

static void poll_counts_descriptors(void)
{
	struct pollfd p[4];

	pipe(fd);
	write(fd[1], "x", 1);
	for (int i = 0; i < 4; i++)
		p[i] = (struct pollfd){ .fd = i == 3 ? -1 : fd[i & 1], .events = POLLIN | POLLOUT, .revents = 0x55 };
	CHECK_EQ(poll(p, 4, -1), 3);
	CHECK(p[0].revents == POLLIN && p[1].revents == POLLOUT && p[2].revents == POLLIN && p[3].revents == 0);
	CHECK_FAILS(syscall(SYS_poll, NOWHERE, 1, 0), EFAULT);
	CHECK_FAILS(syscall(SYS_poll, p, 1 << 28, 0), EINVAL);
	close(fd[0]);
	close(fd[1]);
}

static void poll_times_out(void)
{
	struct pollfd p = { .events = POLLIN };
	long began = now_ms();

	pipe(fd);
	p.fd = fd[0];
	CHECK_EQ(poll(&p, 1, 50), 0);
	CHECK(now_ms() - began >= 49 && now_ms() - began < 2000);
	began = now_ms();
	CHECK_EQ(poll(NULL, 0, 30), 0);
	CHECK(now_ms() - began >= 29);
	close(fd[0]);
	close(fd[1]);
}

static void poll_wakes_up(void)
{
	struct pollfd p = { .events = POLLIN };
	long began = now_ms();
	pid_t pid;

	pipe(fd);
	pid = start(write_after);
	p.fd = fd[0];
	CHECK_EQ(poll(&p, 1, 5000), 1);
	CHECK(now_ms() - began >= 30 && now_ms() - began < 4000);
	CHECK_EQ(p.revents, POLLIN);
	CHECK_EQ(reap(pid), 0);
	close(fd[0]);
	close(fd[1]);
}

static void select_marks_the_ready(void)
{
	struct timeval zero = { 0, 0 };
	fd_set r, w;

	pipe(fd);
	FD_ZERO(&r);
	FD_ZERO(&w);
	FD_SET(fd[0], &r);
	FD_SET(fd[1], &w);
	CHECK_EQ(select(fd[1] + 1, &r, &w, NULL, &zero), 1);
	CHECK(!FD_ISSET(fd[0], &r) && FD_ISSET(fd[1], &w));
	write(fd[1], "x", 1);
	FD_SET(fd[0], &r);
	CHECK_EQ(select(fd[1] + 1, &r, &w, NULL, NULL), 2);
	CHECK(FD_ISSET(fd[0], &r) && FD_ISSET(fd[1], &w));
	FD_SET(25, &r);
	CHECK_FAILS(select(26, &r, NULL, NULL, &zero), EBADF);
	CHECK_FAILS(select(-1, NULL, NULL, NULL, &zero), EINVAL);
	CHECK_FAILS(select(fd[1] + 1, NOWHERE, NULL, NULL, &zero), EFAULT);
	close(fd[0]);
	close(fd[1]);
}

static void select_says_the_time_left(void)
{
	struct timeval t = { 5, 0 };
	fd_set r;

	pipe(fd);
	start(write_after);
	FD_ZERO(&r);
	FD_SET(fd[0], &r);
	CHECK_EQ(syscall(SYS__newselect, fd[0] + 1, &r, NULL, NULL, &t), 1);
	CHECK(t.tv_sec == 4 && t.tv_usec > 0);
	CHECK_EQ(reap(-1), 0);
	FD_SET(fd[0], &r);
	t = (struct timeval){ 0, -1 };
	CHECK_FAILS(select(fd[0] + 1, &r, NULL, NULL, &t), EINVAL);
	close(fd[0]);
	close(fd[1]);
}

static void select_times_out(void)
{
	struct timeval t = { 0, 40000 };
	long began = now_ms();
	fd_set r;

	pipe(fd);
	FD_ZERO(&r);
	FD_SET(fd[0], &r);
	CHECK_EQ(select(fd[0] + 1, &r, NULL, NULL, &t), 0);
	CHECK(now_ms() - began >= 39);
	CHECK(!FD_ISSET(fd[0], &r) && t.tv_sec == 0 && t.tv_usec == 0);
	close(fd[0]);
	close(fd[1]);
}

static void the_select_of_1992(void)
{
	struct timeval t = { 0, 0 };
	fd_set r;
	struct { unsigned long n; fd_set *r, *w, *x; struct timeval *t; } args;

	pipe(fd);
	write(fd[1], "x", 1);
	FD_ZERO(&r);
	FD_SET(fd[0], &r);
	args.n = fd[0] + 1;
	args.r = &r;
	args.w = args.x = NULL;
	args.t = &t;
	CHECK_EQ(syscall(SYS_select, &args), 1);
	CHECK(FD_ISSET(fd[0], &r));
	CHECK_FAILS(syscall(SYS_select, NOWHERE), EFAULT);
	close(fd[0]);
	close(fd[1]);
}

static void wide_times(void)
{
	struct wide_timespec t = { 0, 30000000 };
	struct pollfd p = { .events = POLLIN };
	long began = now_ms();
	fd_set r;

	pipe(fd);
	p.fd = fd[0];
	CHECK_EQ(syscall(SYS_ppoll_time64, &p, 1, &t, NULL, 8), 0);
	CHECK(now_ms() - began >= 29 && t.tv_sec == 0 && t.tv_nsec == 0);
	t = (struct wide_timespec){ 0, 30000000 };
	began = now_ms();
	FD_ZERO(&r);
	FD_SET(fd[0], &r);
	CHECK_EQ(syscall(SYS_pselect6_time64, fd[0] + 1, &r, NULL, NULL, &t, NULL), 0);
	CHECK(now_ms() - began >= 29 && t.tv_nsec == 0);
	t.tv_nsec = 1000000000;
	CHECK_FAILS(syscall(SYS_ppoll_time64, &p, 1, &t, NULL, 8), EINVAL);
	CHECK_FAILS(syscall(SYS_ppoll_time64, &p, 1, NULL, &r, 7), EINVAL);
	close(fd[0]);
	close(fd[1]);
}

static volatile sig_atomic_t caught;

static void count(int sig)
{
	caught++;
}

static void kill_parent(void)
{
	nap(40);
	kill(getppid(), SIGUSR1);
}

static void signals_end_the_wait(void)
{
	struct sigaction act = { .sa_handler = count, .sa_flags = SA_RESTART };
	struct timeval t = { 5, 0 };
	pid_t pid;

	sigaction(SIGUSR1, &act, NULL);
	pid = start(kill_parent);
	CHECK_FAILS(poll(NULL, 0, 5000), EINTR);	/* SA_RESTART does not help */
	CHECK_EQ(caught, 1);
	CHECK_EQ(reap(pid), 0);
	pid = start(kill_parent);
	CHECK_FAILS(select(0, NULL, NULL, NULL, &t), EINTR);
	CHECK_EQ(caught, 2);
	CHECK_EQ(reap(pid), 0);
	signal(SIGUSR1, SIG_DFL);
}

static struct timeval *limit;		/* 80 ms, in a page of its own */

/* It was stopped after 30 ms, for 100: what is left of its time is 50. */
static void wait_across_a_stop(void)
{
	long began = now_ms();

	CHECK_EQ(syscall(SYS__newselect, 0, NULL, NULL, NULL, limit), 0);
	CHECK(now_ms() - began >= 140 && limit->tv_usec == 0);
}

static void stopped_and_untold(void)
{
	mprotect(limit, PAGE, PROT_READ);
	CHECK_FAILS(syscall(SYS__newselect, 0, NULL, NULL, NULL, limit), EINTR);
}

static void select_goes_on_after_a_stop(void)
{
	void (*const calls[])(void) = { wait_across_a_stop, stopped_and_untold };
	pid_t pid;

	limit = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	*limit = (struct timeval){ 0, 80000 };
	for (int i = 0; i < 2; i++) {
		pid = start(calls[i]);
		nap(30);
		kill(pid, SIGSTOP);
		nap(100);
		kill(pid, SIGCONT);
		CHECK_EQ(reap(pid), 0);
	}
	munmap(limit, PAGE);
}

#define MANY 100

static void many_descriptors(void)
{
	struct pollfd p[MANY];
	int pipes[2], n = 0;

	pipe(fd);
	pipe(pipes);
	for (int i = 0; i < MANY; i++)
		p[i] = (struct pollfd){ .fd = i == 77 ? pipes[0] : dup(fd[0]), .events = POLLIN };
	write(pipes[1], "x", 1);
	CHECK_EQ(poll(p, MANY, 1000), 1);
	CHECK_EQ(p[77].revents, POLLIN);
	write(fd[1], "y", 1);
	CHECK_EQ(poll(p, MANY, 1000), MANY);
	for (int i = 0; i < MANY; i++)
		n += close(p[i].fd) == 0;
	CHECK_EQ(n, MANY);
	close(pipes[1]);
	close(fd[0]);
	close(fd[1]);
}

int main(void)
{
	RUN(pipes_become_ready);
	RUN(the_rest_is_always_ready);
	RUN(poll_counts_descriptors);
	RUN(poll_times_out);
	RUN(poll_wakes_up);
	RUN(select_marks_the_ready);
	RUN(select_says_the_time_left);
	RUN(select_times_out);
	RUN(the_select_of_1992);
	RUN(wide_times);
	RUN(signals_end_the_wait);
	RUN(select_goes_on_after_a_stop);
	RUN(many_descriptors);
	return tap_end();
}
