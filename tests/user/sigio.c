/*
 * SIGIO: a signal when a descriptor becomes ready. Who gets it, which one, and when not.
 * host: yes
 */
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include "case.h"

static int p[2];
static volatile int got, code, descriptor, band;

static void note(int sig, siginfo_t *info, void *context)
{
	(void)context;
	got = sig;
	code = info->si_code;
	descriptor = info->si_fd;
	band = info->si_band;
}

static void handle(int sig)
{
	struct sigaction act = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };

	got = 0;
	sigaction(sig, &act, NULL);
}

/* Which signal a byte into the pipe makes; 0: none. */
static int told_of_a_byte(void)
{
	char c;

	got = 0;
	CHECK_EQ(write(p[1], "x", 1), 1);
	CHECK_EQ(read(p[0], &c, 1), 1);
	return got;
}

/* contract: S0-17 */
static void owner_and_flag_are_both_needed(void)
{
	int off = 0, on = 1;

	CHECK_EQ(told_of_a_byte(), 0);
	CHECK_EQ(fcntl(p[0], F_SETFL, O_ASYNC), 0);
	CHECK_EQ(fcntl(p[0], F_GETOWN), 0);
	CHECK_EQ(told_of_a_byte(), 0);
	CHECK_EQ(fcntl(p[0], F_SETOWN, getpid()), 0);
	CHECK_EQ(told_of_a_byte(), SIGIO);
	CHECK_EQ(ioctl(p[0], FIOASYNC, &off), 0);
	CHECK_EQ(told_of_a_byte(), 0);
	CHECK_EQ(ioctl(p[0], FIOASYNC, &on), 0);
	CHECK_EQ(told_of_a_byte(), SIGIO);
	CHECK_EQ(fcntl(p[0], F_SETOWN, 0), 0);		/* nobody */
	CHECK_EQ(told_of_a_byte(), 0);
}

/* contract: S0-16 */
static void a_signal_of_ones_choice_tells_what(void)
{
	CHECK_EQ(fcntl(p[0], F_SETOWN, getpid()), 0);
	CHECK_EQ(fcntl(p[0], F_SETSIG, SIGUSR2), 0);
	CHECK_EQ(fcntl(p[0], F_GETSIG), SIGUSR2);
	CHECK_EQ(fcntl(p[0], F_SETFL, O_ASYNC), 0);
	CHECK_EQ(told_of_a_byte(), SIGUSR2);
	CHECK_EQ(code, POLL_IN);
	CHECK_EQ(descriptor, p[0]);
	CHECK_EQ(band, POLLIN | POLLRDNORM);
	CHECK_EQ(fcntl(p[0], F_SETSIG, 0), 0);
	CHECK_EQ(told_of_a_byte(), SIGIO);
}

static void a_group_can_own_it(void)
{
	struct f_owner_ex owner = { .type = F_OWNER_PGRP }, now = { 0, 0 };

	CHECK_EQ(setpgid(0, 0), 0);
	owner.pid = getpid();
	CHECK_EQ(fcntl(p[0], F_SETOWN_EX, &owner), 0);
	CHECK_EQ(fcntl(p[0], F_GETOWN_EX, &now), 0);
	CHECK_EQ(now.type, F_OWNER_PGRP);
	CHECK_EQ(now.pid, getpid());
	CHECK_EQ(fcntl(p[0], F_SETFL, O_ASYNC), 0);
	CHECK_EQ(told_of_a_byte(), SIGIO);
	owner.type = 7;
	CHECK_FAILS(fcntl(p[0], F_SETOWN_EX, &owner), EINVAL);
}

static void group_in_child(void)
{
	in_child(a_group_can_own_it);
}

/* contract: S0-17 */
static void none_after_the_close(void)
{
	int copy = dup(p[0]), other[2];

	CHECK_EQ(fcntl(p[0], F_SETOWN, getpid()), 0);
	CHECK_EQ(fcntl(p[0], F_SETFL, O_ASYNC), 0);
	close(p[0]);
	p[0] = copy;
	CHECK_EQ(told_of_a_byte(), SIGIO);		/* the file is still open */
	close(p[0]);
	got = 0;
	signal(SIGPIPE, SIG_IGN);
	CHECK_FAILS(write(p[1], "x", 1), EPIPE);
	CHECK_EQ(got, 0);
	signal(SIGPIPE, SIG_DFL);
	CHECK_EQ(pipe(other), 0);			/* the number is another file's now */
	p[0] = other[0];
	close(p[1]);
	p[1] = other[1];
	CHECK_EQ(told_of_a_byte(), 0);
}

/* What has no such method takes the flag in silence from one call, and not at all from the other. */
static void some_have_no_such_method(void)
{
	int fd = syscall(SYS_eventfd2, 0, 0), on = 1;

	CHECK_EQ(fcntl(fd, F_SETFL, O_ASYNC), 0);
	CHECK_EQ(fcntl(fd, F_GETFL) & O_ASYNC, 0);
	CHECK_FAILS(ioctl(fd, FIOASYNC, &on), ENOTTY);
	close(fd);
}

/* Each case with a pipe of its own. */
#define RUN_PIPE(function) \
	do { CHECK_EQ(pipe(p), 0); RUN(function); close(p[0]); close(p[1]); } while (0)

int main(void)
{
	handle(SIGIO);
	handle(SIGUSR2);
	RUN_PIPE(owner_and_flag_are_both_needed);
	RUN_PIPE(a_signal_of_ones_choice_tells_what);
	RUN_PIPE(group_in_child);
	RUN_PIPE(none_after_the_close);
	RUN_PIPE(some_have_no_such_method);
	return tap_end();
}
