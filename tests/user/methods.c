/*
 * Which call ends in which method of a character driver, and what a missing method means:
 * the sample module methods.
 *
 * host: no, because the driver is Lectern's sample
 */
#include <dirent.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include "case.h"
#include "../../drivers/samples/methods.h"

static int all, fd;		/* /dev/methods0, and what a case opens */
static char text[100];

static int run(const char *command)
{
	return WEXITSTATUS(system(command));
}

static int calls(enum methods_method method)
{
	return ioctl(all, METHODS_CALLS, method);
}

/* One more call of method after statement, and the result is right. */
#define CHECK_CALLS(method, statement, result) \
	do { \
		int calls_before = calls(method); \
		CHECK_EQ(statement, result); \
		CHECK_EQ(calls(method), calls_before + 1); \
	} while (0)

/* contract: S0-01 S0-02 S2-03 S3-02 */
static void calls_end_in_methods(void)
{
	void *where;
	int before;

	CHECK_CALLS(METHOD_OPEN, (fd = open("/dev/methods0", O_RDWR)) >= 0, 1);
	CHECK_CALLS(METHOD_WRITE, write(fd, "0123456789", 10), 10);
	CHECK_CALLS(METHOD_LLSEEK, lseek(fd, 4, SEEK_SET), 4);
	CHECK_CALLS(METHOD_READ, read(fd, text, 3), 3);
	CHECK(!memcmp(text, "456", 3));
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 7);		/* the position moved on */
	CHECK_CALLS(METHOD_READ, pread(fd, text, 2, 1), 2);
	CHECK(!memcmp(text, "12", 2));
	CHECK_EQ(lseek(fd, -4, SEEK_END), METHODS_SIZE - 4);
	before = calls(METHOD_IOCTL);
	CHECK_EQ(calls(METHOD_IOCTL), before + 1);	/* asking is one, too */
	before = calls(METHOD_MMAP);
	where = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	CHECK(where != MAP_FAILED);
	CHECK_EQ(calls(METHOD_MMAP), before + 1);
	munmap(where, PAGE);
	CHECK_CALLS(METHOD_FSYNC, fsync(fd), 0);
	CHECK_CALLS(METHOD_FSYNC, fdatasync(fd), 0);
	CHECK_CALLS(METHOD_FASYNC, fcntl(fd, F_SETFL, O_ASYNC), 0);
	CHECK_CALLS(METHOD_FASYNC, close(fd), 0);	/* it was still on */
}

/* Then nobody waits for the address space: a release() may wait for who is in a page fault. */
static void unmapping_it_last_releases_it(void)
{
	struct epoll_event event = { .events = EPOLLIN }, *told;
	void *where;
	int ep = epoll_create1(0);

	fd = open("/dev/methods0", O_RDWR);
	where = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	told = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event), 0);
	close(fd);
	CHECK_EQ(epoll_wait(ep, told, 1, 0), 1);	/* the page comes while the epoll is locked */
	CHECK_CALLS(METHOD_RELEASE, munmap(where, PAGE), 0);
	CHECK_EQ(epoll_wait(ep, told, 1, 0), 0);
	munmap(told, PAGE);
	close(ep);
}

/* contract: S0-01 S0-02 S0-15 S3-02 */
static void three_calls_poll(void)
{
	struct pollfd p = { .events = POLLIN };
	struct epoll_event event = { .events = EPOLLIN };
	struct timeval none = { 0, 0 };
	int ep = epoll_create1(0);
	fd_set in;

	p.fd = fd = open("/dev/methods0", O_RDWR);
	CHECK_CALLS(METHOD_POLL, poll(&p, 1, 0), 1);
	FD_ZERO(&in);
	FD_SET(fd, &in);
	CHECK_CALLS(METHOD_POLL, select(fd + 1, &in, NULL, NULL, &none), 1);
	CHECK_CALLS(METHOD_POLL, epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event), 0);
	CHECK_CALLS(METHOD_POLL, epoll_wait(ep, &event, 1, 0), 1);
	close(ep);
	close(fd);
}

/* contract: S0-01 S3-02 */
static void locks_end_in_methods(void)
{
	struct flock lock = { .l_type = F_WRLCK, .l_len = 5 };
	int before;

	fd = open("/dev/methods0", O_RDWR);
	CHECK_CALLS(METHOD_FLOCK, flock(fd, LOCK_EX), 0);
	CHECK_CALLS(METHOD_FLOCK, flock(fd, LOCK_UN), 0);
	CHECK_CALLS(METHOD_LOCK, fcntl(fd, F_SETLK, &lock), 0);
	lock.l_type = F_RDLCK;
	CHECK_CALLS(METHOD_LOCK, fcntl(fd, F_GETLK, &lock), 0);
	CHECK_EQ(lock.l_type, F_UNLCK);			/* one's own is not in the way */
	CHECK_CALLS(METHOD_FLOCK, flock(fd, LOCK_SH), 0);
	before = calls(METHOD_FLOCK);
	CHECK_CALLS(METHOD_LOCK, close(fd), 0);		/* both go, by the driver's methods */
	CHECK_EQ(calls(METHOD_FLOCK), before + 1);
	fd = open("/dev/methods1", O_RDWR);		/* without them the kernel does it */
	before = calls(METHOD_FLOCK);
	CHECK_EQ(flock(fd, LOCK_EX), 0);
	CHECK_EQ(calls(METHOD_FLOCK), before);
	close(fd);
}

/* contract: S0-01 */
static void iterators_and_splice(void)
{
	struct iovec two[2] = { { "ab", 2 }, { "cde", 3 } };
	int p[2];

	CHECK_EQ(pipe(p), 0);
	CHECK_CALLS(METHOD_OPEN, (fd = open("/dev/methods1", O_RDWR)) >= 0, 1);
	CHECK_CALLS(METHOD_WRITE_ITER, writev(fd, two, 2), 5);	/* one call for both */
	CHECK_CALLS(METHOD_WRITE_ITER, write(fd, "f", 1), 1);
	CHECK_CALLS(METHOD_READ_ITER, pread(fd, text, 6, 0), 6);
	CHECK(!memcmp(text, "abcdef", 6));
	CHECK_CALLS(METHOD_READ_ITER, pread(fd, text, sizeof(text), METHODS_SIZE - 3), 3);
	CHECK_EQ(read(fd, text, 0), 0);			/* nothing is no fault */
	CHECK_EQ(write(fd, text, 0), 0);
	lseek(fd, 1, SEEK_SET);
	CHECK_CALLS(METHOD_SPLICE_READ, syscall(SYS_splice, fd, NULL, p[1], NULL, 4, 0), 4);
	CHECK_CALLS(METHOD_SPLICE_WRITE, syscall(SYS_splice, p[0], NULL, fd, NULL, 4, 0), 4);
	CHECK_EQ(pread(fd, text, 9, 0), 9);
	CHECK(!memcmp(text, "abcdebcde", 9));
	close(fd);
	fd = open("/dev/methods0", O_RDWR);
	CHECK_FAILS(syscall(SYS_splice, fd, NULL, p[1], NULL, 4, 0), EINVAL);
	close(fd);
	close(p[0]);
	close(p[1]);
}

static void hold(void)
{
	nap(30);
}

/* contract: S0-01 S0-02 S0-03 S3-02 S3-06 */
static void flush_at_each_close_release_at_the_last(void)
{
	int before, copy;
	pid_t pid;

	fd = open("/dev/methods0", O_RDWR);
	copy = dup(fd);
	pid = start(hold);			/* closes both by its end, and `all` */
	before = calls(METHOD_RELEASE);
	CHECK_CALLS(METHOD_FLUSH, close(copy), 0);
	CHECK_EQ(calls(METHOD_RELEASE), before);
	CHECK_CALLS(METHOD_FLUSH, close(fd), 0);
	CHECK_EQ(calls(METHOD_RELEASE), before);
	CHECK_EQ(reap(pid), 0);
	CHECK_EQ(calls(METHOD_RELEASE), before + 1);
}

/* contract: S3-04 S3-05 S2-15 */
static void a_driver_without_methods(void)
{
	struct pollfd p = { .events = POLLIN | POLLOUT | POLLPRI };
	struct timeval none = { 0, 0 };
	fd_set in, out, ex;

	p.fd = fd = open("/dev/methods2", O_RDWR);
	CHECK(fd >= 0);
	CHECK_FAILS(read(fd, text, 1), EINVAL);
	CHECK_FAILS(write(fd, text, 1), EINVAL);
	CHECK_FAILS(fsync(fd), EINVAL);
	CHECK_FAILS(ioctl(fd, METHODS_CALLS, 0), ENOTTY);
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED && errno == ENODEV);
	CHECK_EQ(lseek(fd, 100, SEEK_SET), 100);
	CHECK_EQ(lseek(fd, 5, SEEK_CUR), 105);
	CHECK_EQ(lseek(fd, -105, SEEK_CUR), 0);
	CHECK_FAILS(lseek(fd, 0, SEEK_END), EINVAL);
	CHECK_FAILS(lseek(fd, -1, SEEK_SET), EINVAL);
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLIN | POLLOUT);		/* and in no exceptional state */
	FD_ZERO(&in);
	FD_SET(fd, &in);
	out = ex = in;
	CHECK_EQ(select(fd + 1, &in, &out, &ex, &none), 2);
	CHECK(FD_ISSET(fd, &in) && FD_ISSET(fd, &out) && !FD_ISSET(fd, &ex));
	CHECK_FAILS(syscall(SYS_getdents64, fd, text, sizeof(text)), ENOTDIR);
	CHECK(!opendir("/dev/methods2") && errno == ENOTDIR);
	CHECK_EQ(flock(fd, LOCK_EX), 0);
	CHECK_EQ(close(fd), 0);
}

/* contract: S3-05 S2-18 */
static void four_requests_come_before_the_driver(void)
{
	int on = 1, off = 0, before;

	fd = open("/dev/methods0", O_RDWR);
	before = calls(METHOD_IOCTL);
	CHECK_EQ(FIOCLEX, 0x5451);
	CHECK_EQ(FIONCLEX, 0x5450);
	CHECK_EQ(FIONBIO, 0x5421);
	CHECK_EQ(FIOASYNC, 0x5452);
	CHECK_EQ(ioctl(fd, FIOCLEX), 0);
	CHECK_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(ioctl(fd, FIONCLEX), 0);
	CHECK_EQ(fcntl(fd, F_GETFD), 0);
	CHECK_EQ(ioctl(fd, FIONBIO, &on), 0);		/* a pointer, and what it points to */
	CHECK_EQ(fcntl(fd, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
	CHECK_EQ(ioctl(fd, FIONBIO, &off), 0);
	CHECK_EQ(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	CHECK_FAILS(ioctl(fd, FIONBIO, 1), EFAULT);
	CHECK_EQ(ioctl(fd, FIOASYNC, &on), 0);
	CHECK_EQ(fcntl(fd, F_GETFL) & (O_ASYNC | O_SYNC), O_ASYNC);
	CHECK_EQ(ioctl(fd, FIOASYNC, &off), 0);
	CHECK_EQ(fcntl(fd, F_GETFL) & O_ASYNC, 0);
	CHECK_EQ(calls(METHOD_IOCTL), before + 1);	/* that one alone */
	CHECK_FAILS(ioctl(fd, METHODS_STRANGE), ENOTTY);	/* -ENOIOCTLCMD of the driver's */
	CHECK_FAILS(ioctl(fd, FIONREAD, text), ENOTTY);
	CHECK_EQ(ioctl(fd, METHODS_MINOR), 0);
	close(fd);
	fd = open("/dev/methods3", O_RDWR);
	CHECK_EQ(ioctl(fd, METHODS_MINOR), 3);		/* a result that is not 0 */
	close(fd);
	fd = open("/dev/methods2", O_RDWR);		/* no driver needed at all */
	CHECK_EQ(ioctl(fd, FIOCLEX), 0);
	CHECK_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	CHECK_FAILS(ioctl(fd, FIOASYNC, &on), ENOTTY);
	close(fd);
}

/* contract: S3-04 */
static void no_position_no_seek(void)
{
	fd = open("/dev/methods3", O_RDWR);
	CHECK_FAILS(lseek(fd, 0, SEEK_SET), ESPIPE);
	CHECK_FAILS(lseek(fd, 0, SEEK_CUR), ESPIPE);
	CHECK_FAILS(pread(fd, text, 1, 0), ESPIPE);
	CHECK_FAILS(pwrite(fd, text, 1, 0), ESPIPE);
	CHECK_EQ(read(fd, text, 1), 1);
	close(fd);
}

/* contract: S0-04 S3-12 */
static void at_the_end_of_the_device(void)
{
	fd = open("/dev/methods0", O_RDWR);
	CHECK_EQ(lseek(fd, METHODS_SIZE - 2, SEEK_SET), METHODS_SIZE - 2);
	CHECK_EQ(write(fd, "abcd", 4), 2);		/* what fits */
	CHECK_FAILS(write(fd, "cd", 2), EINVAL);
	CHECK_EQ(read(fd, text, 2), 0);
	CHECK_EQ(pread(fd, text, 10, METHODS_SIZE - 2), 2);
	CHECK(!memcmp(text, "ab", 2));
	CHECK_EQ(pread(fd, text, 10, METHODS_SIZE + 5), 0);
	CHECK_FAILS(pwrite(fd, text, 10, METHODS_SIZE + 5), EINVAL);
	CHECK_FAILS(pread(fd, UNMAPPED, 10, 0), EFAULT);
	CHECK_FAILS(pwrite(fd, UNMAPPED, 10, 0), EFAULT);
	CHECK_EQ(lseek(fd, 3, SEEK_SET), 3);
	CHECK_FAILS(read(fd, UNMAPPED, 10), EFAULT);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 3);		/* nothing was read: it stays */
	CHECK_FAILS(lseek(fd, 0, 7), EINVAL);
	CHECK_FAILS(lseek(fd, -1, SEEK_SET), EINVAL);
	CHECK_FAILS(lseek(fd, -100, SEEK_CUR), EINVAL);
	CHECK_FAILS(ioctl(fd, _IO('m', 0x7f)), ENOTTY);
	close(fd);
}

/* contract: S1-01 S1-04 S2-20 S3-12 */
static void the_driver_looks_before_it_opens(void)
{
	CHECK_EQ(ioctl(all, METHODS_BREAK, 3), 0);
	CHECK_FAILS(open("/dev/methods3", O_RDWR), ENODEV);
	fd = open("/dev/methods0", O_RDWR);		/* another minor, another device */
	CHECK(fd >= 0);
	close(fd);
	CHECK_EQ(ioctl(all, METHODS_BREAK, -1), 0);
	fd = open("/dev/methods3", O_RDWR);
	CHECK(fd >= 0);
	CHECK_EQ(ioctl(fd, METHODS_MINOR), 3);
	close(fd);
	CHECK_EQ(mknod("wrong_major", S_IFCHR | 0600, makedev(61, 0)), 0);
	CHECK_FAILS(open("wrong_major", O_RDWR), ENODEV);
	unlink("wrong_major");
	CHECK_EQ(mknod("no_major", S_IFCHR | 0600, makedev(62, 0)), 0);
	CHECK_FAILS(open("no_major", O_RDWR), ENXIO);	/* no driver at all */
	unlink("no_major");
}

/* A line of a file, or of what a command says. */
static int says(const char *command, const char *line)
{
	snprintf(text, sizeof(text), "%s | grep -q '%s'", command, line);
	return run(text) == 0;
}

/* What is at fixed places in a PC, and what drivers asked for. */
static void who_has_which_ports_and_memory(void)
{
	CHECK(says("cat /proc/ioports", "^0020-0021 : pic1$"));
	CHECK(says("cat /proc/ioports", "^0060-0060 : keyboard$"));
	CHECK(says("cat /proc/ioports", "^0070-0071 : rtc0$"));
	CHECK(says("cat /proc/ioports", "^01f0-01f7 : ide0$"));
	CHECK(says("cat /proc/ioports", "^0cf8-0cff : PCI conf1$"));
	CHECK(says("cat /proc/iomem", "^00100000-[0-9a-f]* : System RAM$"));
	CHECK(says("cat /proc/iomem", "^  00100000-[0-9a-f]* : Kernel code$"));
	CHECK(says("cat /proc/iomem", "^fee00000-fee00fff : Local APIC$"));
	CHECK(says("cat /proc/iomem", "^  fea00000-feafffff : edu$"));
}

/* What is linked into the kernel need not be loaded, and cannot be. */
static void a_driver_that_is_built_in(void)
{
	CHECK_EQ(run("modprobe gpio-mockup && modprobe rtc_cmos"), 0);
	CHECK(says("modprobe -r lp 2>&1", "module lp is built in"));
	CHECK(says("modprobe nothing 2>&1", "module nothing not found"));
}

/* contract: S0-01 S3-01 S3-03 S3-08 S3-09 */
static void names_and_numbers(void)
{
	struct stat s, t;

	CHECK_EQ(stat("/dev/methods0", &s), 0);
	CHECK_EQ(stat("/dev/methods3", &t), 0);
	CHECK(S_ISCHR(s.st_mode) && (s.st_mode & 07777) == 0600 && !s.st_uid && !s.st_gid);
	CHECK(major(s.st_rdev) <= 254 && major(s.st_rdev) >= 234);
	CHECK_EQ(major(s.st_rdev), major(t.st_rdev));	/* one major, a minor each */
	CHECK_EQ(minor(s.st_rdev), 0);
	CHECK_EQ(minor(t.st_rdev), 3);
	CHECK(says("ls -l /dev/methods3", "^crw------- *1 root *root *2[0-9]*, *3 "));
	CHECK(says("ls -l /dev/hda", "^brw-rw---- *1 root *disk *3, *0 "));
	CHECK(says("cat /proc/devices", "^2[0-9][0-9] methods$"));
	CHECK(says("cat /proc/devices", "^254 "));	/* the first that asked for any */
	CHECK(says("cat /proc/devices", "^ *61 methods-also$"));
	CHECK(says("ls /sys/class/methods", "^methods3$"));
	snprintf(text, sizeof(text), "grep -q MAJOR=%u /sys/dev/char/%u:3/uevent", major(s.st_rdev), major(s.st_rdev));
	CHECK_EQ(run(text), 0);
	CHECK(run("rmmod methods 2>/dev/null") != 0);	/* `all` is open: in use */
	CHECK(run("modprobe packt_char") == 0);
	CHECK_EQ(stat("/dev/packt_char", &t), 0);
	CHECK(major(t.st_rdev) < major(s.st_rdev));	/* from 254 down */
	CHECK_EQ(run("rmmod packt_char"), 0);
}

/* contract: S3-08 S3-10 */
static void numbers_that_clash(void)
{
	close(all);
	CHECK_EQ(run("rmmod methods"), 0);
	CHECK_FAILS(open("/dev/methods0", O_RDWR), ENOENT);
	CHECK_FAILS(access("/sys/class/methods", F_OK), ENOENT);
	CHECK(run("modprobe methods also_major=1 2>/dev/null") != 0);	/* memory's own */
	CHECK(says("dmesg", "\"methods-also\" wants 1:0-0, which is taken"));
	CHECK_FAILS(access("/sys/class/methods", F_OK), ENOENT);	/* and nothing is left */
	CHECK(!says("cat /proc/devices", "methods"));
	CHECK_EQ(run("modprobe methods also_major=61"), 0);
	all = open("/dev/methods0", O_RDWR);
}

int main(void)
{
	CHECK_EQ(run("modprobe methods also_major=61"), 0);
	all = open("/dev/methods0", O_RDWR);
	RUN(calls_end_in_methods);
	RUN(unmapping_it_last_releases_it);
	RUN(three_calls_poll);
	RUN(locks_end_in_methods);
	RUN(iterators_and_splice);
	RUN(flush_at_each_close_release_at_the_last);
	RUN(a_driver_without_methods);
	RUN(four_requests_come_before_the_driver);
	RUN(no_position_no_seek);
	RUN(at_the_end_of_the_device);
	RUN(the_driver_looks_before_it_opens);
	RUN(names_and_numbers);
	RUN(who_has_which_ports_and_memory);
	RUN(a_driver_that_is_built_in);
	RUN(numbers_that_clash);
	close(all);
	CHECK_EQ(run("rmmod methods"), 0);
	return tap_end();
}
