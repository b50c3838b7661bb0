/*
 * Of drivers/samples: openbuf, a buffer for each opening; quartet, all ioctl.
 *
 * host: no, because the drivers are Lectern's samples
 */
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <linux/types.h>
#include "case.h"
#include "../../drivers/samples/quartet.h"

#define BUFFER	4096
#define LONG_ENOUGH	5000	/* ms that a wake-up may take */

static char text[BUFFER + 16];
static volatile int signals;
static int fd;

static int run(const char *command)
{
	return WEXITSTATUS(system(command));
}

static void count_signal(int sig)
{
	(void)sig;
	signals++;
}

static void handle(int sig, int flags)
{
	struct sigaction act = { .sa_handler = count_signal, .sa_flags = flags };

	signals = 0;
	sigaction(sig, &act, NULL);
}

/* Is this line in the kernel's log? */
static int logged(const char *format, int number)
{
	static char log[65536];
	char line[100];
	int n = klogctl(3, log, sizeof(log) - 1);

	log[n > 0 ? n : 0] = '\0';
	snprintf(line, sizeof(line), format, number);
	return strstr(log, line) != NULL;
}

/* A child that signals us after a while. */
static pid_t signal_later(int sig)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		nap(30);
		kill(getppid(), sig);
		_exit(0);
	}
	return pid;
}

static void write_later(void)
{
	nap(50);
	CHECK_EQ(write(fd, "later", 5), 5);
}

/* ------------------------------------------------------------------ openbuf */

/* contract: S0-03 S0-05 S0-07 */
static void each_opening_has_its_own_buffer(void)
{
	int other = open("/dev/openbuf", O_RDWR | O_NONBLOCK);

	fd = open("/dev/openbuf", O_RDWR);
	CHECK(fd >= 0 && other >= 0);
	CHECK_EQ(write(fd, "hello", 5), 5);
	CHECK_FAILS(read(other, text, 5), EAGAIN);
	CHECK_EQ(read(fd, text, 5), 5);
	CHECK(!memcmp(text, "hello", 5));
	CHECK(run("rmmod openbuf 2>/dev/null") != 0);	/* THIS_MODULE is in use */
	CHECK_FAILS(lseek(fd, 0, SEEK_SET), ESPIPE);
	close(other);
	close(fd);
}

/* The child that shares the opening closes first: nothing happens; then its last user does. */
static void hold_open(void)
{
	nap(60);
}

/* contract: S0-03 S0-05 S0-07 */
static void release_comes_with_the_last_reference(void)
{
	pid_t pid, holder;
	int copy;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		fd = open("/dev/openbuf", O_RDWR);
		CHECK(logged("openbuf: Device opened by pid %d\n", getpid()));
		copy = dup(fd);
		close(fd);
		CHECK(!logged("openbuf: Device closed by pid %d\n", getpid()));
		fd = copy;
		holder = start(hold_open);
		close(fd);
		CHECK(!logged("openbuf: Device closed by pid %d\n", getpid()));
		CHECK_EQ(reap(holder), 0);
		CHECK(logged("openbuf: Device closed by pid %d\n", holder));
		fflush(stdout);
		_exit(tap_case_failed);
	}
	CHECK_EQ(reap(pid), 0);
}

/* contract: S0-05 S0-06 S0-07 S2-05 */
static void an_empty_buffer_makes_readers_sleep(void)
{
	long before;
	pid_t pid;

	fd = open("/dev/openbuf", O_RDWR);
	CHECK_EQ(write(fd, "first", 5), 5);
	CHECK_EQ(read(fd, text, 5), 5);
	before = now_ms();
	pid = start(write_later);
	CHECK_EQ(read(fd, text, 10), 5);
	CHECK(now_ms() - before >= 45);
	CHECK_EQ(reap(pid), 0);
	CHECK_EQ(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	CHECK_FAILS(read(fd, text, 5), EAGAIN);
	close(fd);
}

/* contract: S0-06 S0-07 */
static void a_full_buffer_is_no_space(void)
{
	fd = open("/dev/openbuf", O_RDWR);
	CHECK_FAILS(write(fd, text, 0), ENOSPC);
	CHECK_EQ(write(fd, text, BUFFER - 6), BUFFER - 6);
	CHECK_EQ(write(fd, text, 16), 6);		/* as much as fits */
	CHECK_FAILS(write(fd, text, 1), ENOSPC);
	CHECK_EQ(read(fd, text, sizeof(text)), BUFFER);
	CHECK_EQ(write(fd, text, 1), 1);
	close(fd);
}

/* contract: S0-04 S0-05 S0-06 S0-07 S3-11 */
static void bad_pointers_lose_nothing(void)
{
	fd = open("/dev/openbuf", O_RDWR | O_NONBLOCK);
	CHECK_FAILS(write(fd, UNMAPPED, 5), EFAULT);
	CHECK_FAILS(write(fd, NOWHERE, 5), EFAULT);
	CHECK_FAILS(read(fd, text, 5), EAGAIN);
	CHECK_EQ(write(fd, "kept", 4), 4);
	CHECK_FAILS(read(fd, UNMAPPED, 4), EFAULT);
	CHECK_FAILS(read(fd, NOWHERE, 4), EFAULT);
	CHECK_EQ(read(fd, text, 2), 2);			/* in part, and then the rest */
	CHECK_EQ(read(fd, text + 2, 10), 2);
	CHECK(!memcmp(text, "kept", 4));
	close(fd);
}

/* contract: S0-05 S0-06 S0-07 */
static void a_signal_ends_or_restarts_the_sleep(void)
{
	pid_t pid, writer;

	fd = open("/dev/openbuf", O_RDWR);
	handle(SIGUSR1, 0);
	pid = signal_later(SIGUSR1);
	CHECK_FAILS(read(fd, text, 5), EINTR);
	CHECK_EQ(signals, 1);
	CHECK_EQ(reap(pid), 0);
	handle(SIGUSR1, SA_RESTART);
	pid = signal_later(SIGUSR1);
	writer = start(write_later);
	CHECK_EQ(read(fd, text, 5), 5);
	CHECK_EQ(signals, 1);
	CHECK_EQ(reap(pid), 0);
	CHECK_EQ(reap(writer), 0);
	close(fd);
}

static const char *cold;	/* a page that has yet to come from a slow disk: who reads it sleeps */

static void write_cold(void)
{
	CHECK_EQ(write(fd, cold, 100), 100);
}

/* The writer keeps the driver's mutex while it waits for the disk; a reader who waits for that gives up. */
/* contract: S0-05 S0-06 */
static void a_signal_ends_the_wait_for_the_mutex(void)
{
	pid_t pid, writer;
	int disk;

	CHECK_EQ(run("modprobe blkram delay_ms=800"), 0);
	disk = open("/dev/blkram0", O_RDONLY);
	cold = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, disk, 1 << 20);
	CHECK(cold != MAP_FAILED);
	fd = open("/dev/openbuf", O_RDWR | O_NONBLOCK);		/* it would not wait for data */
	writer = start(write_cold);
	nap(50);
	handle(SIGUSR1, 0);
	pid = signal_later(SIGUSR1);
	CHECK_FAILS(read(fd, text, 100), EINTR);
	CHECK_EQ(reap(pid), 0);
	CHECK_EQ(reap(writer), 0);
	CHECK_EQ(read(fd, text, 100), 100);
	munmap((void *)cold, PAGE);
	close(disk);
	close(fd);
	CHECK_EQ(run("rmmod blkram"), 0);
}

/* contract: S0-14 S0-15 S2-05 */
static void poll_select_and_epoll_ask_the_driver(void)
{
	struct pollfd p = { .events = POLLIN | POLLOUT };
	struct epoll_event event = { .events = EPOLLIN };
	struct timeval none = { 0, 0 };
	int ep = epoll_create1(0);
	pid_t pid;
	fd_set in;

	p.fd = fd = open("/dev/openbuf", O_RDWR);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event), 0);
	FD_ZERO(&in);
	FD_SET(fd, &in);
	CHECK_EQ(select(fd + 1, &in, NULL, NULL, &none), 0);
	CHECK_EQ(epoll_wait(ep, &event, 1, 0), 0);
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLOUT);
	pid = start(write_later);
	CHECK_EQ(epoll_wait(ep, &event, 1, LONG_ENOUGH), 1);
	CHECK_EQ(reap(pid), 0);
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLIN | POLLOUT);
	FD_SET(fd, &in);
	CHECK_EQ(select(fd + 1, &in, NULL, NULL, &none), 1);
	CHECK_EQ(read(fd, text, 5), 5);
	CHECK_EQ(epoll_wait(ep, &event, 1, 0), 0);
	CHECK_EQ(write(fd, text, BUFFER), BUFFER);
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLIN);
	CHECK_EQ(read(fd, text, BUFFER), BUFFER);

	event.events = EPOLLIN | EPOLLET;
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_MOD, fd, &event), 0);
	CHECK_EQ(write(fd, "ab", 2), 2);
	CHECK_EQ(epoll_wait(ep, &event, 1, 0), 1);
	CHECK_EQ(read(fd, text, 1), 1);
	CHECK_EQ(epoll_wait(ep, &event, 1, 0), 0);	/* who does not drain is not told again */
	close(ep);
	close(fd);
}

/* contract: S0-16 S0-17 */
static void sigio_says_that_there_is_data(void)
{
	int on = 1, copy;

	handle(SIGIO, 0);
	fd = open("/dev/openbuf", O_RDWR);
	CHECK_EQ(write(fd, "a", 1), 1);
	CHECK_EQ(signals, 0);
	CHECK_EQ(fcntl(fd, F_SETOWN, getpid()), 0);
	CHECK_EQ(fcntl(fd, F_GETOWN), getpid());
	CHECK_EQ(write(fd, "a", 1), 1);
	CHECK_EQ(signals, 0);
	CHECK_EQ(fcntl(fd, F_SETFL, O_ASYNC), 0);
	CHECK_EQ(fcntl(fd, F_GETFL) & O_ASYNC, O_ASYNC);
	CHECK_EQ(write(fd, "a", 1), 1);
	CHECK_EQ(signals, 1);
	CHECK_EQ(fcntl(fd, F_SETFL, 0), 0);
	CHECK_EQ(write(fd, "a", 1), 1);
	CHECK_EQ(signals, 1);
	CHECK_EQ(ioctl(fd, FIOASYNC, &on), 0);		/* the other way to say it */
	CHECK_EQ(write(fd, "a", 1), 1);
	CHECK_EQ(signals, 2);
	copy = dup(fd);
	close(fd);
	CHECK_EQ(write(copy, "a", 1), 1);
	CHECK_EQ(signals, 3);
	close(copy);
	fd = open("/dev/openbuf", O_RDWR);		/* none after the last close */
	CHECK_EQ(write(fd, "a", 1), 1);
	CHECK_EQ(signals, 3);
	close(fd);
}

/* contract: S0-03 S0-06 S3-12 */
static void an_open_without_memory_fails(void)
{
	CHECK_EQ(run("rmmod openbuf && modprobe openbuf size=1073741824"), 0);
	CHECK_FAILS(open("/dev/openbuf", O_RDWR), ENOMEM);
	CHECK_EQ(run("rmmod openbuf && modprobe openbuf"), 0);
}

/* ------------------------------------------------------------------ quartet */

/* contract: S0-08 S0-09 S1-04 */
static void one_request_of_each_direction(void)
{
	struct quartet_config config = { .mode = 3, .speed = 9600 };
	struct quartet_params params = { .input_param = 14 };
	__u32 status = 77;

	fd = open("/dev/quartet", O_RDWR);
	CHECK_EQ(ioctl(fd, QUARTET_RESET), 0);
	CHECK_EQ(ioctl(fd, QUARTET_GET_STATUS, &status), 0);
	CHECK_EQ(status, 0);
	CHECK_EQ(ioctl(fd, QUARTET_SET_CONFIG, &config), 0);
	CHECK_EQ(ioctl(fd, QUARTET_GET_STATUS, &status), 0);
	CHECK_EQ(status, QUARTET_STATUS_CONFIGURED);
	CHECK_EQ(ioctl(fd, QUARTET_XFER_PARAMS, &params), 0);
	CHECK_EQ(params.output_result, 42);
	CHECK_EQ(ioctl(fd, QUARTET_RESET), 0);
	CHECK_EQ(ioctl(fd, QUARTET_GET_STATUS, &status), 0);
	CHECK_EQ(status, 0);
	/* direction, size, type, number: the same bits as Linux's */
	CHECK_EQ((unsigned int)QUARTET_GET_STATUS, 0x80040000 | QUARTET_IOC_MAGIC << 8 | 0);
	CHECK_EQ((unsigned int)QUARTET_SET_CONFIG, 0x400c0000 | QUARTET_IOC_MAGIC << 8 | 1);
	CHECK_EQ((unsigned int)QUARTET_XFER_PARAMS, 0xc0080000 | QUARTET_IOC_MAGIC << 8 | 2);
	CHECK_EQ((unsigned int)QUARTET_RESET, QUARTET_IOC_MAGIC << 8 | 3);
	CHECK_EQ(_IOC_DIR(QUARTET_XFER_PARAMS), _IOC_READ | _IOC_WRITE);
	CHECK_EQ(_IOC_SIZE(QUARTET_SET_CONFIG), sizeof(config));
	CHECK_EQ(_IOC_TYPE(QUARTET_RESET), QUARTET_IOC_MAGIC);
	CHECK_EQ(_IOC_NR(QUARTET_RESET), QUARTET_IOC_MAXNR);
	close(fd);
}

/* contract: S0-04 S0-08 S0-09 S3-12 */
static void requests_that_are_wrong(void)
{
	struct quartet_config fast = { .speed = QUARTET_MAX_SPEED + 1 };
	struct quartet_config odd = { .mode = QUARTET_MAX_MODE + 1 };

	fd = open("/dev/quartet", O_RDWR);
	CHECK_FAILS(ioctl(fd, _IOR('R', 0, __u32), text), ENOTTY);
	CHECK_FAILS(ioctl(fd, _IO(QUARTET_IOC_MAGIC, 4)), ENOTTY);
	CHECK_FAILS(ioctl(fd, _IOR(QUARTET_IOC_MAGIC, 0, char), text), ENOTTY);
	CHECK_FAILS(ioctl(fd, _IO(QUARTET_IOC_MAGIC, 1)), ENOTTY);
	CHECK_FAILS(ioctl(fd, QUARTET_GET_STATUS, NOWHERE), EFAULT);
	CHECK_FAILS(ioctl(fd, QUARTET_GET_STATUS, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, QUARTET_SET_CONFIG, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, QUARTET_XFER_PARAMS, NOWHERE), EFAULT);
	CHECK_FAILS(ioctl(fd, QUARTET_SET_CONFIG, &fast), EINVAL);
	CHECK_FAILS(ioctl(fd, QUARTET_SET_CONFIG, &odd), EINVAL);
	close(fd);
}

int main(void)
{
	CHECK_EQ(run("modprobe openbuf && modprobe quartet"), 0);
	RUN(each_opening_has_its_own_buffer);
	RUN(release_comes_with_the_last_reference);
	RUN(an_empty_buffer_makes_readers_sleep);
	RUN(a_full_buffer_is_no_space);
	RUN(bad_pointers_lose_nothing);
	RUN(a_signal_ends_or_restarts_the_sleep);
	RUN(a_signal_ends_the_wait_for_the_mutex);
	RUN(poll_select_and_epoll_ask_the_driver);
	RUN(sigio_says_that_there_is_data);
	RUN(an_open_without_memory_fails);
	RUN(one_request_of_each_direction);
	RUN(requests_that_are_wrong);
	CHECK_EQ(run("rmmod openbuf quartet"), 0);
	return tap_end();
}
