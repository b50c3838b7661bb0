/*
 * Of drivers/samples: packt_char, states to wait for; maponly, a page to map. And the select program.
 *
 * host: no, because the drivers are Lectern's samples
 */
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include "case.h"
#include "../../drivers/samples/packt_char.h"

#define LONG_ENOUGH	5000	/* ms that a wake-up may take */

static char text[4096];
static int fd;

/* Which of these a wake-up brings; 0 if only the last look of poll() sees it. */
static int awaited(short events)
{
	struct pollfd p = { .fd = fd, .events = events };
	long start = now_ms();

	return poll(&p, 1, LONG_ENOUGH) == 1 && now_ms() - start < LONG_ENOUGH / 2 ? p.revents : 0;
}

static int run(const char *command)
{
	return WEXITSTATUS(system(command));
}

static void write_later(void)
{
	nap(50);
	CHECK_EQ(write(fd, "later", 5), 5);
}

/* What of these poll() says now. */
static int asked(short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	return poll(&p, 1, 0) == 1 ? p.revents : 0;
}

static int now(void)
{
	return asked(POLLIN | POLLOUT | POLLPRI);
}

/* What select() says now: 1 readable, 2 writable, 4 exceptional. */
static int selected(void)
{
	struct timeval none = { 0, 0 };
	fd_set set[3];
	int i;

	for (i = 0; i < 3; i++) {
		FD_ZERO(&set[i]);
		FD_SET(fd, &set[i]);
	}
	CHECK(select(fd + 1, &set[0], &set[1], &set[2], &none) >= 0);
	return (FD_ISSET(fd, &set[0]) ? 1 : 0) + (FD_ISSET(fd, &set[1]) ? 2 : 0) +
	       (FD_ISSET(fd, &set[2]) ? 4 : 0);
}

/* contract: S0-14 S3-04 S3-15 S3-20 */
static void readiness_comes_and_goes(void)
{
	fd = open("/dev/packt_char", O_RDWR | O_NONBLOCK);
	CHECK_EQ(now(), POLLOUT);
	CHECK_EQ(asked(POLLOUT | POLLWRNORM), POLLOUT | POLLWRNORM);
	CHECK_EQ(asked(POLLIN | POLLRDNORM), 0);
	CHECK_EQ(selected(), 2);
	CHECK_EQ(write(fd, text, 10), 10);
	CHECK_EQ(now(), POLLIN | POLLOUT);
	CHECK_EQ(asked(POLLIN | POLLRDNORM), POLLIN | POLLRDNORM);
	CHECK_EQ(asked(POLLOUT | POLLWRNORM), POLLOUT | POLLWRNORM);
	CHECK_EQ(write(fd, text, sizeof(text)), PACKT_CHAR_SIZE - 10);
	CHECK_EQ(now(), POLLIN);
	CHECK_EQ(asked(POLLOUT | POLLWRNORM), 0);
	CHECK_EQ(selected(), 1);
	CHECK_FAILS(write(fd, text, 1), EAGAIN);
	CHECK_EQ(read(fd, text, 1), 1);
	CHECK_EQ(now(), POLLIN | POLLOUT);
	CHECK_EQ(read(fd, text, sizeof(text)), PACKT_CHAR_SIZE - 1);
	CHECK_EQ(now(), POLLOUT);
	CHECK_FAILS(read(fd, text, 1), EAGAIN);
	CHECK_FAILS(lseek(fd, 0, SEEK_SET), ESPIPE);	/* a method of its own, no_llseek */
	close(fd);
}

static void read_later(void)
{
	nap(50);
	CHECK_EQ(read(fd, text, sizeof(text)), PACKT_CHAR_SIZE);
}

/* contract: S0-14 S0-15 S3-15 S3-20 */
static void a_read_wakes_writers_and_a_write_readers(void)
{
	pid_t pid;

	fd = open("/dev/packt_char", O_RDWR);
	pid = start(write_later);
	CHECK_EQ(awaited(POLLIN), POLLIN);
	CHECK_EQ(reap(pid), 0);
	CHECK_EQ(write(fd, text, sizeof(text)), PACKT_CHAR_SIZE - 5);
	pid = start(read_later);
	CHECK_EQ(awaited(POLLOUT), POLLOUT);
	CHECK_EQ(reap(pid), 0);
	close(fd);
}

static const char *cold;	/* a page that has yet to come from a slow disk: who reads it sleeps */

static void write_cold_later(void)
{
	nap(50);
	CHECK_EQ(write(fd, cold, 100), 100);
}

/* A wake-up before the state changes would be for nothing: we look while the writer waits for the disk. */
/* contract: S3-11 S3-19 */
static void the_state_changes_before_the_wake_up(void)
{
	pid_t pid;
	int disk;

	CHECK_EQ(run("modprobe blkram delay_ms=50"), 0);
	disk = open("/dev/blkram0", O_RDONLY);
	cold = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, disk, 1 << 20);
	CHECK(cold != MAP_FAILED);
	fd = open("/dev/packt_char", O_RDWR);
	pid = start(write_cold_later);
	CHECK_EQ(awaited(POLLIN), POLLIN);
	CHECK_EQ(reap(pid), 0);
	CHECK_EQ(read(fd, text, sizeof(text)), 100);
	munmap((void *)cold, PAGE);
	close(disk);
	close(fd);
	CHECK_EQ(run("rmmod blkram"), 0);
}

static void make_urgent_later(void)
{
	nap(40);
	CHECK_EQ(ioctl(fd, PACKT_CHAR_URGENT, 1), 0);
}

/* contract: S0-14 S0-15 S3-21 */
static void the_exceptional_state(void)
{
	struct epoll_event event = { .events = EPOLLPRI };
	struct timeval long_enough = { .tv_sec = LONG_ENOUGH / 1000 };
	int ep = epoll_create1(0);
	long since;
	fd_set ex;
	pid_t pid;

	fd = open("/dev/packt_char", O_RDWR);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event), 0);
	CHECK_EQ(epoll_wait(ep, &event, 1, 0), 0);
	FD_ZERO(&ex);
	FD_SET(fd, &ex);
	pid = start(make_urgent_later);
	since = now_ms();
	CHECK_EQ(select(fd + 1, NULL, NULL, &ex, &long_enough), 1);
	CHECK(now_ms() - since < LONG_ENOUGH / 2);
	CHECK(FD_ISSET(fd, &ex));
	CHECK_EQ(reap(pid), 0);
	CHECK_EQ(selected(), 2 | 4);
	CHECK_EQ(now(), POLLOUT | POLLPRI);
	CHECK_EQ(epoll_wait(ep, &event, 1, 0), 1);
	CHECK_EQ(event.events, EPOLLPRI);
	CHECK_EQ(ioctl(fd, PACKT_CHAR_URGENT, 0), 0);
	CHECK_EQ(now(), POLLOUT);
	CHECK_EQ(selected(), 2);
	close(ep);
	close(fd);
}

static void unplug_later(void)
{
	nap(40);
	CHECK_EQ(ioctl(fd, PACKT_CHAR_UNPLUG, 1), 0);
}

static void fail_later(void)
{
	nap(40);
	CHECK_EQ(ioctl(fd, PACKT_CHAR_ERROR, 1), 0);
}

/* contract: S0-14 S0-31 */
static void who_sleeps_is_told_of_the_end(void)
{
	struct timeval long_enough = { .tv_sec = LONG_ENOUGH / 1000 };
	struct pollfd p = { .events = 0 };	/* neither need be asked for */
	fd_set in;
	pid_t pid;

	p.fd = fd = open("/dev/packt_char", O_RDWR);
	pid = start(unplug_later);
	CHECK_EQ(poll(&p, 1, LONG_ENOUGH), 1);
	CHECK_EQ(p.revents, POLLHUP);
	CHECK_EQ(reap(pid), 0);
	CHECK_EQ(ioctl(fd, PACKT_CHAR_UNPLUG, 0), 0);
	FD_ZERO(&in);
	FD_SET(fd, &in);
	pid = start(fail_later);
	CHECK_EQ(select(fd + 1, &in, NULL, NULL, &long_enough), 1);
	CHECK(FD_ISSET(fd, &in));
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLERR);
	CHECK_EQ(reap(pid), 0);
	CHECK_FAILS(read(fd, text, 1), EIO);
	close(fd);
}

/* contract: S0-15 */
static void a_wake_up_makes_them_ask_and_sleep_on(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	struct timeval a_while = { .tv_usec = 100000 };
	struct pollfd p = { .events = POLLIN };
	int ep = epoll_create1(0), way;
	fd_set in;
	pid_t pid;

	p.fd = fd = open("/dev/packt_char", O_RDWR);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event), 0);
	FD_ZERO(&in);
	FD_SET(fd, &in);
	for (way = 0; way < 3; way++) {
		long before = now_ms();

		pid = start(make_urgent_later);		/* not what is waited for */
		CHECK_EQ(way == 0 ? poll(&p, 1, 100) : way == 1 ? epoll_wait(ep, &event, 1, 100) :
			 select(fd + 1, &in, NULL, NULL, &a_while), 0);
		CHECK(now_ms() - before >= 95);
		CHECK_EQ(reap(pid), 0);
		CHECK_EQ(ioctl(fd, PACKT_CHAR_URGENT, 0), 0);
	}
	close(ep);
	close(fd);
}

/* contract: S0-14 S0-31 */
static void gone_and_failed(void)
{
	fd = open("/dev/packt_char", O_RDWR);
	CHECK_EQ(ioctl(fd, PACKT_CHAR_UNPLUG, 1), 0);
	CHECK_EQ(now(), POLLHUP);
	CHECK_EQ(selected(), 1);		/* readable: a read would not sleep */
	CHECK_EQ(read(fd, text, 1), 0);
	CHECK_FAILS(write(fd, text, 1), ENODEV);
	CHECK_EQ(ioctl(fd, PACKT_CHAR_UNPLUG, 0), 0);
	CHECK_EQ(ioctl(fd, PACKT_CHAR_ERROR, 1), 0);
	CHECK_EQ(now(), POLLOUT | POLLERR);
	CHECK_EQ(selected(), 1 | 2);
	CHECK_FAILS(read(fd, text, 1), EIO);
	CHECK_EQ(now(), POLLOUT);
	close(fd);
}

/* Reads what a program says, if it does in good time. */
static int said(int from, char *to)
{
	struct pollfd p = { .fd = from, .events = POLLIN };

	return poll(&p, 1, LONG_ENOUGH) == 1 ? read(from, to, 100) : -1;
}

/* The ticks that the select program has used, when it is asleep; -1 if it is not. */
static int ticks_asleep(pid_t pid)
{
	char line[256] = "", *at;
	int user = 0, kernel = 0, stat;

	snprintf(text, sizeof(text), "/proc/%d/stat", pid);
	stat = open(text, O_RDONLY);
	CHECK(read(stat, line, sizeof(line) - 1) > 0);
	close(stat);
	at = strstr(line, "(select) S ");
	if (!at || sscanf(at + 11, "%*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %d %d", &user, &kernel) != 2)
		return -1;
	return user + kernel;
}

/* contract: S3-16 */
static void the_select_program_sleeps_until_somebody_writes(void)
{
	int out[2], status, used;
	pid_t pid;

	CHECK_EQ(pipe(out), 0);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		dup2(out[1], 1);
		close(out[0]);
		close(out[1]);
		execlp("select", "select", "/dev/packt_char", "2", NULL);
		_exit(127);
	}
	close(out[1]);
	nap(200);
	for (int i = 0; (used = ticks_asleep(pid)) < 0 && i < 100; i++)
		nap(20);
	nap(200);
	CHECK(used >= 0);
	CHECK_EQ(ticks_asleep(pid), used);		/* it sleeps, and costs nothing */
	fd = open("/dev/packt_char", O_WRONLY);
	CHECK_EQ(write(fd, "first", 5), 5);
	CHECK_EQ(said(out[0], text), 5);
	CHECK_EQ(write(fd, "second", 6), 6);
	CHECK_EQ(said(out[0], text + 5), 6);
	CHECK(!memcmp(text, "firstsecond", 11));
	if (tap_case_failed)
		kill(pid, SIGKILL);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
	close(out[0]);
	close(fd);
}

/* ------------------------------------------------------------------ maponly */

/* contract: S1-01 S1-02 S1-08 S3-05 */
static void what_can_only_be_mapped(void)
{
	volatile unsigned long *page;

	fd = open("/dev/maponly", O_RDWR);
	CHECK(fd >= 0);
	CHECK_FAILS(open("/dev/maponly", O_RDWR), EBUSY);	/* for one user */
	CHECK_FAILS(read(fd, text, 1), EINVAL);
	CHECK_FAILS(write(fd, text, 1), EINVAL);
	CHECK_FAILS(ioctl(fd, PACKT_CHAR_URGENT, 1), ENOTTY);
	CHECK(mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED && errno == EINVAL);
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, PAGE) == MAP_FAILED && errno == EINVAL);
	page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(page != MAP_FAILED);
	page[1] = 0x1234;
	CHECK_EQ(page[0], 1);
	close(fd);
	CHECK_FAILS(open("/dev/maponly", O_RDWR), EBUSY);	/* the mapping still uses it */
	CHECK_EQ(munmap((void *)page, PAGE), 0);
	fd = open("/dev/maponly", O_RDWR);
	CHECK(fd >= 0);
	page = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	CHECK_EQ(page[0], 2);
	CHECK_EQ(page[1], 0x1234);
	munmap((void *)page, PAGE);
	close(fd);
	CHECK_EQ(run("rmmod maponly && modprobe maponly many=1"), 0);	/* the driver's choice */
	fd = open("/dev/maponly", O_RDWR);
	CHECK_EQ(close(open("/dev/maponly", O_RDWR)), 0);
	close(fd);
}

int main(void)
{
	CHECK_EQ(run("modprobe packt_char && modprobe maponly"), 0);
	RUN(readiness_comes_and_goes);
	RUN(a_read_wakes_writers_and_a_write_readers);
	RUN(the_state_changes_before_the_wake_up);
	RUN(the_exceptional_state);
	RUN(who_sleeps_is_told_of_the_end);
	RUN(a_wake_up_makes_them_ask_and_sleep_on);
	RUN(gone_and_failed);
	RUN(the_select_program_sleeps_until_somebody_writes);
	RUN(what_can_only_be_mapped);
	CHECK_EQ(run("rmmod packt_char maponly"), 0);
	return tap_end();
}
