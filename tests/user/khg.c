/*
 * The two samples of 1996, as programs see them: foo1996, a line that brings back what is written,
 * and rd1996, a disk behind a strategy routine.
 * host: no, because it loads modules of ours
 */
#include <dirent.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "../../drivers/samples/foo1996.h"
#include "../../drivers/samples/rd1996.h"
#include "case.h"
#include "ext2_image.h"

#define DEV(major, minor)	((major) << 8 | (minor))

static int line;			/* /dev/foo0 of 1996, which programs make themselves */
static char buf[4096];

static int node(const char *name, mode_t type, int number)
{
	return mknod(name, type | 0600, number);
}

static int open_line(int flags)
{
	line = open("foo0", flags);
	return CHECK(line >= 0);
}

/* Whether select() finds the line in its set within ms; -1 if it took long: that was its last look, not a wake-up. */
static int selected(int set, int ms)
{
	struct timeval patience = { .tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000 };
	long start_ms = now_ms();
	fd_set sets[3];
	int ready;

	for (int i = 0; i < 3; i++)
		FD_ZERO(&sets[i]);
	FD_SET(line, &sets[set]);
	ready = select(line + 1, &sets[0], &sets[1], &sets[2], &patience);
	return ready && ms >= 1000 && now_ms() - start_ms > ms / 2 ? -1 : ready;
}

/* ------------------------------------------------------------------ the line */

/* contract: S2-01 S2-22 */
static void init_registers_and_says_so(void)
{
	FILE *pipe;

	CHECK_FAILS(open("foo0", O_RDWR), ENXIO);
	CHECK_EQ(system("modprobe foo1996"), 0);
	pipe = popen("dmesg | tail -n 3; cat /proc/devices", "r");
	buf[fread(buf, 1, sizeof(buf) - 1, pipe)] = '\0';
	pclose(pipe);
	CHECK(strstr(buf, "foo: a line of 64 bytes") != NULL);
	CHECK(strstr(buf, "\n 60 foo\n") != NULL);
}

/* contract: S2-05 S2-07 S2-08 */
static void what_is_written_comes_back(void)
{
	long start = now_ms();

	if (!open_line(O_RDWR))
		return;
	CHECK_EQ(ioctl(line, FOO_DELAY, 100), 0);
	CHECK_EQ(write(line, "hello, line", 11), 11);
	CHECK_EQ(read(line, buf, 100), 11);		/* not before all of it is there */
	CHECK(now_ms() - start >= 90);
	CHECK(!memcmp(buf, "hello, line", 11));
	CHECK_EQ(write(line, "abcdef", 6), 6);
	CHECK_EQ(read(line, buf, 2), 2);
	CHECK_EQ(read(line, buf + 2, 9), 4);
	CHECK(!memcmp(buf, "abcdef", 6));
	CHECK_EQ(ioctl(line, FOO_DELAY, 20), 0);
	close(line);
}

/* contract: S2-07 */
static void bad_pointers_are_efault(void)
{
	if (!open_line(O_RDWR))
		return;
	CHECK_FAILS(write(line, UNMAPPED, 10), EFAULT);
	CHECK_FAILS(read(line, UNMAPPED, 10), EFAULT);
	CHECK_FAILS(read(line, NOWHERE, 10), EFAULT);
	close(line);
}

static void interrupted(int signal)
{
}

static void read_until_a_signal(void)
{
	CHECK_FAILS(read(line, buf, 1), EINTR);
}

/* contract: S2-10 S2-14 */
static void signals_end_a_slow_sleep(void)
{
	struct sigaction action = { .sa_handler = interrupted };
	int status = -1;
	pid_t child;

	if (!open_line(O_RDWR))
		return;
	sigaction(SIGUSR1, &action, NULL);
	child = start(read_until_a_signal);
	for (int i = 0; i < 100 && !waitpid(child, &status, WNOHANG); i++) {
		nap(20);
		kill(child, SIGUSR1);		/* one that comes before the sleep is no use */
	}
	CHECK_EQ(status, 0);
	fcntl(line, F_SETFL, O_NONBLOCK);
	CHECK_FAILS(read(line, buf, 1), EAGAIN);	/* f_flags, as the driver sees them */
	close(line);
}

/* contract: S2-20 S2-21 */
static void one_at_a_time_and_the_last_close(void)
{
	int copy, releases;

	if (!open_line(O_RDWR))
		return;
	CHECK_FAILS(open("foo0", O_RDWR), EBUSY);
	CHECK_FAILS(open("foo9", O_RDWR), ENODEV);
	releases = ioctl(line, FOO_RELEASES);
	copy = dup(line);
	close(line);
	CHECK_EQ(ioctl(copy, FOO_RELEASES), releases);	/* not the last */
	CHECK_FAILS(open("foo0", O_RDWR), EBUSY);
	close(copy);
	if (!open_line(O_RDWR))
		return;
	CHECK_EQ(ioctl(line, FOO_RELEASES), releases + 1);
	close(line);
}

/* contract: S2-14 S2-11 */
static void the_driver_sees_inode_and_file(void)
{
	struct stat st;
	int fd;

	if (!open_line(O_RDWR | O_NONBLOCK))
		return;
	fd = open("foo1", O_RDONLY | O_NONBLOCK);
	stat("foo1", &st);
	CHECK_EQ(ioctl(line, FOO_INODE, 0), 0);
	CHECK_EQ(ioctl(fd, FOO_INODE, 0), 1);
	CHECK_EQ(ioctl(fd, FOO_INODE, 1), (int)st.st_mode);
	CHECK_EQ(ioctl(fd, FOO_INODE, 3) & (O_ACCMODE | O_NONBLOCK), O_RDONLY | O_NONBLOCK);
	CHECK_EQ(ioctl(line, FOO_INODE, 3) & O_ACCMODE, O_RDWR);
	CHECK_EQ(write(line, "12345", 5), 5);
	CHECK_EQ(selected(0, 5000), 1);
	CHECK_EQ(read(line, buf, 5), 5);
	CHECK_EQ(ioctl(line, FOO_INODE, 4), 5);
	CHECK_FAILS(ioctl(line, FOO_INODE, 99), EINVAL);
	CHECK_FAILS(lseek(line, 0, SEEK_SET), ESPIPE);	/* it has a method to say so */
	close(fd);
	close(line);
}

/* ------------------------------------------------------------------ select */

/* contract: S2-16 */
static void select_knows_three_states(void)
{
	if (!open_line(O_RDWR))
		return;
	CHECK_EQ(selected(0, 0), 0);
	CHECK_EQ(selected(1, 0), 1);
	CHECK_EQ(selected(2, 0), 0);
	CHECK_EQ(ioctl(line, FOO_DELAY, 500), 0);
	CHECK_EQ(write(line, "x", 1), 1);
	CHECK_EQ(selected(1, 0), 0);			/* the line is busy */
	CHECK_EQ(selected(0, 5000), 1);			/* woken by the interrupt */
	CHECK_EQ(ioctl(line, FOO_DELAY, 20), 0);
	CHECK_EQ(selected(1, 0), 0);
	CHECK_EQ(read(line, buf, 1), 1);
	CHECK_EQ(selected(0, 0), 0);
	CHECK_EQ(selected(1, 0), 1);
	CHECK_EQ(ioctl(line, FOO_ALARM, 1), 0);
	CHECK_EQ(selected(2, 0), 1);
	CHECK_EQ(ioctl(line, FOO_ALARM, 0), 0);
	CHECK_EQ(selected(2, 0), 0);
	close(line);
}

static void raise_alarm_later(void)
{
	nap(100);
	ioctl(line, FOO_ALARM, 1);
}

/* contract: S2-16 */
static void select_sleeps_until_woken_or_in_time(void)
{
	struct timeval tenth = { .tv_usec = 100000 };
	long start_ms = now_ms();
	pid_t child;

	if (!open_line(O_RDWR))
		return;
	child = start(raise_alarm_later);
	CHECK_EQ(selected(2, 5000), 1);
	CHECK(now_ms() - start_ms >= 90);
	CHECK_EQ(reap(child), 0);
	ioctl(line, FOO_ALARM, 0);
	start_ms = now_ms();
	CHECK_EQ(selected(0, 100), 0);			/* nothing came */
	CHECK(now_ms() - start_ms >= 95);
	start_ms = now_ms();
	CHECK_EQ(select(0, NULL, NULL, NULL, &tenth), 0);	/* a timer, no more */
	CHECK(now_ms() - start_ms >= 95);
	close(line);
}

/* contract: S2-16 */
static void poll_and_epoll_ask_the_old_method(void)
{
	struct pollfd pfd = { .events = POLLIN | POLLOUT | POLLPRI };
	struct epoll_event event = { .events = EPOLLIN };
	int ep = epoll_create1(0);

	if (!open_line(O_RDWR))
		return;
	pfd.fd = line;
	CHECK_EQ(poll(&pfd, 1, 0), 1);
	CHECK_EQ(pfd.revents, POLLOUT);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, line, &event), 0);
	CHECK_EQ(epoll_wait(ep, &event, 1, 0), 0);
	CHECK_EQ(write(line, "x", 1), 1);
	CHECK_EQ(epoll_wait(ep, &event, 1, 2000), 1);
	CHECK_EQ(event.events, EPOLLIN);
	CHECK_EQ(read(line, buf, 1), 1);
	CHECK_EQ(epoll_wait(ep, &event, 1, 0), 0);
	CHECK_EQ(write(line, "y", 1), 1);		/* after it was ready once, too */
	CHECK_EQ(epoll_wait(ep, &event, 1, 2000), 1);
	CHECK_EQ(read(line, buf, 1), 1);
	close(ep);
	close(line);
}

/* ------------------------------------------------------------------ ioctl */

/* contract: S2-18 */
static void four_requests_never_reach_the_driver(void)
{
	int on = 1, off = 0, calls;

	if (!open_line(O_RDWR))
		return;
	CHECK_EQ(FIOCLEX, 0x5451);
	CHECK_EQ(FIONCLEX, 0x5450);
	CHECK_EQ(FIONBIO, 0x5421);
	CHECK_EQ(FIOASYNC, 0x5452);
	calls = ioctl(line, FOO_CALLS);
	CHECK_EQ(ioctl(line, FIOCLEX), 0);
	CHECK_EQ(fcntl(line, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(ioctl(line, FIONCLEX), 0);
	CHECK_EQ(fcntl(line, F_GETFD), 0);
	CHECK_EQ(ioctl(line, FIONBIO, &on), 0);
	CHECK(fcntl(line, F_GETFL) & O_NONBLOCK);
	CHECK_FAILS(read(line, buf, 1), EAGAIN);
	CHECK_EQ(ioctl(line, FIONBIO, &off), 0);	/* what it points to, not that it points */
	CHECK(!(fcntl(line, F_GETFL) & O_NONBLOCK));
	CHECK_FAILS(ioctl(line, FIONBIO, UNMAPPED), EFAULT);
	CHECK_EQ(ioctl(line, FIOASYNC, &on), 0);
	CHECK((fcntl(line, F_GETFL) & (FASYNC | O_SYNC)) == (FASYNC | O_SYNC));
	CHECK_EQ(ioctl(line, FIOASYNC, &off), 0);
	CHECK(!(fcntl(line, F_GETFL) & (FASYNC | O_SYNC)));
	CHECK_EQ(ioctl(line, FOO_CALLS), calls + 1);	/* an answer of the driver's own */
	CHECK_FAILS(ioctl(line, 0x5453), EINVAL);	/* not one of the four */
	CHECK_EQ(ioctl(line, FOO_CALLS), calls + 3);
	close(line);
}

/* contract: S2-12 S2-13 S2-15 S2-17 S2-21 */
static void a_bare_device_takes_the_defaults(void)
{
	int fd = open("foo2", O_RDWR), on = 1;

	CHECK_FAILS(read(fd, buf, 1), EINVAL);
	CHECK_FAILS(write(fd, buf, 1), EINVAL);
	CHECK_FAILS(ioctl(fd, FOO_CALLS), EINVAL);
	CHECK_EQ(ioctl(fd, FIONBIO, &on), 0);		/* needs no method */
	CHECK_EQ(lseek(fd, 5, SEEK_SET), 5);
	CHECK_EQ(lseek(fd, 5, SEEK_CUR), 10);
	CHECK_EQ(lseek(fd, -1, SEEK_END), 999);
	CHECK_EQ(syscall(SYS_getdents64, fd, buf, sizeof(buf)), -1);
	CHECK_EQ(errno, ENOTDIR);
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED && errno == ENODEV);
	CHECK_EQ(close(fd), 0);
}

static void open_modem(void)
{
	int fd = open("foo1", O_RDWR);

	CHECK(fd >= 0);
}

/* contract: S2-09 S2-10 */
static void open_waits_for_the_other_end(void)
{
	pid_t child;
	int status;

	if (!open_line(O_RDWR))
		return;
	child = start(open_modem);
	nap(100);
	CHECK_EQ(waitpid(child, &status, WNOHANG), 0);	/* it sleeps in open() */
	CHECK_EQ(ioctl(line, FOO_CARRIER, 1), 0);
	CHECK_EQ(reap(child), 0);
	CHECK_EQ(ioctl(line, FOO_CARRIER, 0), 0);
	child = start(open_modem);
	nap(50);
	kill(child, SIGTERM);
	CHECK_EQ(reap(child), 128 + SIGTERM);
	close(line);
}

/* contract: S2-21 S2-22 S3-03 */
static void an_open_file_keeps_the_module(void)
{
	if (!open_line(O_RDWR))
		return;
	CHECK_EQ(write(line, "pending", 7), 7);		/* its timer runs when the module goes */
	CHECK(system("rmmod foo1996 2>/dev/null") != 0);
	close(line);
	CHECK_EQ(system("rmmod foo1996"), 0);
	CHECK_FAILS(open("foo0", O_RDWR), ENXIO);
}

/* ------------------------------------------------------------------ the disk */

/* contract: S2-03 S2-04 S2-13 */
static void blocks_go_through_the_cache(void)
{
	int disk, reads;
	char *page;

	CHECK_EQ(system("modprobe rd1996"), 0);
	disk = open("bar", O_RDWR);
	if (!CHECK(disk >= 0))
		return;
	CHECK_FAILS(open("bar1", O_RDWR), ENXIO);
	CHECK_FAILS(ioctl(disk, _IO('f', 0x7f)), EINVAL);	/* the driver's answer */
	CHECK_EQ(lseek(disk, 100000, SEEK_SET), 100000);
	CHECK_EQ(write(disk, "anywhere", 8), 8);
	CHECK_EQ(ioctl(disk, BAR_WRITES), 0);		/* in the cache */
	CHECK_EQ(lseek(disk, 100000, SEEK_SET), 100000);
	CHECK_EQ(read(disk, buf, 8), 8);
	CHECK(!memcmp(buf, "anywhere", 8));
	CHECK_EQ(fsync(disk), 0);
	CHECK(ioctl(disk, BAR_WRITES) > 0);
	reads = ioctl(disk, BAR_READS);
	CHECK_EQ(lseek(disk, 100000, SEEK_SET), 100000);
	CHECK_EQ(read(disk, buf, 8), 8);
	CHECK_EQ(ioctl(disk, BAR_READS), reads);	/* a hit */
	CHECK_EQ(lseek(disk, 5000, SEEK_SET), 5000);
	CHECK_EQ(read(disk, buf, 8), 8);
	CHECK(ioctl(disk, BAR_READS) > reads);		/* a miss */
	CHECK_EQ(lseek(disk, 0, SEEK_END), BAR_KIB * 1024);
	page = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, disk, 98304);
	CHECK_EQ(close(disk), 0);
	CHECK(!memcmp(page + 100000 - 98304, "anywhere", 8));
	CHECK_EQ(munmap(page, PAGE), 0);		/* the device is closed by this */
	disk = open("bar", O_RDONLY);			/* the last close left nothing in the cache */
	CHECK_EQ(lseek(disk, 100000, SEEK_SET), 100000);
	CHECK_EQ(read(disk, buf, 8), 8);
	CHECK(!memcmp(buf, "anywhere", 8));
	CHECK_EQ(close(disk), 0);
}

static unsigned char image[EXT2_USED * EXT2_BLOCK];

/* contract: S2-03 */
static void only_a_block_device_is_mounted(void)
{
	int fd;

	CHECK_EQ(mkdir("mnt", 0755), 0);
	CHECK_FAILS(mount("foo0", "mnt", "ext2", 0, NULL), ENOTBLK);
	CHECK_FAILS(mount("bar", "mnt", "ext2", 0, NULL), EINVAL);	/* nothing is on it yet */
	ext2_image(image, BAR_KIB);
	fd = open("bar", O_WRONLY);
	CHECK_EQ(write(fd, image, sizeof(image)), sizeof(image));
	close(fd);
	CHECK_EQ(mount("bar", "mnt", "ext2", 0, NULL), 0);
	fd = file_with("mnt/file", "kept by a strategy routine of 1996");
	close(fd);
	CHECK_EQ(umount("mnt"), 0);
	CHECK_EQ(mount("bar", "mnt", "ext2", MS_RDONLY, NULL), 0);
	fd = open("mnt/file", O_RDONLY);
	CHECK_EQ(read(fd, buf, 100), 34);
	CHECK(!memcmp(buf, "kept by a strategy routine of 1996", 34));
	close(fd);
	CHECK(system("rmmod rd1996 2>/dev/null") != 0);		/* it is mounted */
	CHECK_EQ(umount("mnt"), 0);
	rmdir("mnt");
	CHECK_EQ(system("rmmod rd1996"), 0);
}

int main(void)
{
	int made = node("foo0", S_IFCHR, DEV(FOO_MAJOR, 0)) || node("foo1", S_IFCHR, DEV(FOO_MAJOR, 1)) ||
		   node("foo2", S_IFCHR, DEV(FOO_MAJOR, 2)) || node("foo9", S_IFCHR, DEV(FOO_MAJOR, 9)) ||
		   node("bar", S_IFBLK, DEV(BAR_MAJOR, 0)) || node("bar1", S_IFBLK, DEV(BAR_MAJOR, 1));

	CHECK(!made);
	RUN(init_registers_and_says_so);
	RUN(what_is_written_comes_back);
	RUN(bad_pointers_are_efault);
	RUN(signals_end_a_slow_sleep);
	RUN(one_at_a_time_and_the_last_close);
	RUN(the_driver_sees_inode_and_file);
	RUN(select_knows_three_states);
	RUN(select_sleeps_until_woken_or_in_time);
	RUN(poll_and_epoll_ask_the_old_method);
	RUN(four_requests_never_reach_the_driver);
	RUN(a_bare_device_takes_the_defaults);
	RUN(open_waits_for_the_other_end);
	RUN(an_open_file_keeps_the_module);
	RUN(blocks_go_through_the_cache);
	RUN(only_a_block_device_is_mounted);
	for (const char *const *name = (const char *const[]){ "foo0", "foo1", "foo2", "foo9", "bar", "bar1", NULL };
	     *name; name++)
		unlink(*name);
	return tap_end();
}
