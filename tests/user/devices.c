/*
 * The devices without hardware: null, zero, full, random, mem, kmsg.
 * host: yes
 */
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include "case.h"

static char buf[3 * PAGE];

static int all(const char *p, int n, char c)
{
	while (n-- > 0)
		if (*p++ != c)
			return 0;
	return 1;
}

static void null_takes_all_and_gives_nothing(void)
{
	int fd = open("/dev/null", O_RDWR);

	CHECK_EQ(write(fd, buf, sizeof(buf)), sizeof(buf));
	CHECK_EQ(write(fd, UNMAPPED, 1000), 1000);	/* it does not look */
	CHECK_EQ(read(fd, buf, 10), 0);
	CHECK_EQ(lseek(fd, 100, SEEK_SET), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_END), 0);
	CHECK_FAILS(ftruncate(fd, 0), EINVAL);
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED && errno == ENODEV);
	close(fd);
}

static void zero_gives_zeros(void)
{
	int fd = open("/dev/zero", O_RDWR);

	memset(buf, 'x', sizeof(buf));
	CHECK_EQ(read(fd, buf, 5000), 5000);
	CHECK(all(buf, 5000, 0) && buf[5000] == 'x');
	CHECK_EQ(write(fd, "xyz", 3), 3);
	CHECK_FAILS(read(fd, UNMAPPED, 100), EFAULT);
	close(fd);
}

static void zero_can_be_mapped(void)
{
	int fd = open("/dev/zero", O_RDWR);
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);

	if (!CHECK(p != MAP_FAILED))
		return;
	CHECK(all(p, 2 * PAGE, 0));
	p[5] = 'x';
	CHECK_EQ(read(fd, buf, 10), 10);
	CHECK(all(buf, 10, 0) && p[5] == 'x');
	munmap(p, 2 * PAGE);
	close(fd);
}

static void write_mapped(void)
{
	**(char **)buf = 'c';
}

static void zero_mapped_shared(void)
{
	int fd = open("/dev/zero", O_RDWR);
	char *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (!CHECK(p != MAP_FAILED))
		return;
	close(fd);
	*(char **)buf = p;
	in_child(write_mapped);
	CHECK_EQ(*p, 'c');
	munmap(p, PAGE);
}

static void full_is_full(void)
{
	int fd = open("/dev/full", O_RDWR);

	CHECK_FAILS(write(fd, "x", 1), ENOSPC);
	memset(buf, 'x', 100);
	CHECK_EQ(read(fd, buf, 100), 100);
	CHECK(all(buf, 100, 0));
	close(fd);
}

static void random_is_not_the_same(void)
{
	static const char *const names[] = { "/dev/random", "/dev/urandom" };
	char a[64], b[64];

	for (int i = 0; i < 2; i++) {
		int fd = open(names[i], O_RDWR);

		CHECK_EQ(read(fd, a, 64), 64);
		CHECK_EQ(read(fd, b, 64), 64);
		CHECK(memcmp(a, b, 64) != 0 && !all(a, 64, a[0]));
		CHECK_EQ(write(fd, "stirred", 7), 7);
		CHECK_FAILS(read(fd, UNMAPPED, 10), EFAULT);
		close(fd);
	}
}

/* getrandom(): as /dev/urandom, without a descriptor. */
static void random_by_call(void)
{
	unsigned char a[32], b[32];

	CHECK_EQ(getrandom(a, sizeof(a), 0), sizeof(a));
	CHECK_EQ(getrandom(b, sizeof(b), GRND_NONBLOCK), sizeof(b));
	CHECK(memcmp(a, b, sizeof(a)));
	CHECK_EQ(getrandom(a, 0, 0), 0);
	CHECK_FAILS(getrandom(a, sizeof(a), 0x80), EINVAL);
	CHECK_FAILS(getrandom((void *)8, 16, 0), EFAULT);
}

static void numbers_are_the_known_ones(void)
{
	static const struct { const char *name; int minor; } known[] = {
		{ "/dev/null", 3 }, { "/dev/zero", 5 }, { "/dev/full", 7 },
		{ "/dev/random", 8 }, { "/dev/urandom", 9 },
	};
	struct stat st;

	for (unsigned int i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		CHECK_EQ(stat(known[i].name, &st), 0);
		CHECK(S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, known[i].minor));
		CHECK_EQ(st.st_mode & 0666, 0666);
	}
}

static void nodes_lead_to_the_driver(void)
{
	int fd;

	if (geteuid() != 0)
		SKIP("needs root");
	if (mknod("devices.null", S_IFCHR | 0600, makedev(1, 3)) < 0)
		SKIP("no nodes can be made here");
	fd = open("devices.null", O_RDWR);
	if (fd < 0 && errno == EACCES) {
		unlink("devices.null");
		SKIP("mounted without devices");
	}
	CHECK_EQ(write(fd, "x", 1), 1);
	CHECK_EQ(read(fd, buf, 1), 0);
	close(fd);
	unlink("devices.null");
}

static void a_node_without_a_driver(void)
{
	if (geteuid() != 0 || mknod("devices.none", S_IFCHR | 0600, makedev(1, 200)) < 0)
		SKIP("no nodes can be made here");
	errno = 0;
	if (open("devices.none", O_RDWR) < 0 && errno == EACCES) {
		unlink("devices.none");
		SKIP("mounted without devices");
	}
	CHECK_EQ(errno, ENXIO);
	unlink("devices.none");
	mknod("devices.none", S_IFCHR | 0600, makedev(240, 200));
	CHECK_FAILS(open("devices.none", O_RDWR), ENXIO);
	unlink("devices.none");
	mknod("devices.none", S_IFBLK | 0600, makedev(240, 200));
	CHECK_FAILS(open("devices.none", O_RDONLY), ENXIO);
	unlink("devices.none");
}

/* The BIOS area is RAM or ROM on every PC. */
static void mem_shows_the_machine(void)
{
	int fd;

	if (geteuid() != 0 || access("/dev/mem", F_OK) < 0)
		SKIP("needs root and /dev/mem");
	fd = open("/dev/mem", O_RDONLY);
	if (fd < 0)
		SKIP("this kernel keeps its memory to itself");
	CHECK_EQ(lseek(fd, 0xF0000, SEEK_SET), 0xF0000);
	if (read(fd, buf, 64) < 0)
		SKIP("this kernel keeps its memory to itself");
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 0xF0040);
	CHECK_FAILS(write(fd, "x", 1), EBADF);
	close(fd);
}

/* Devices have read() and write() alone: the kernel goes from one buffer to the next. */
static void empty_buffers_are_passed_over(void)
{
	struct iovec vec[4] = { { buf, 0 }, { buf, 3 }, { buf, 0 }, { buf + 3, 2 } };
	int fd = open("/dev/random", O_RDWR);

	memset(buf, 'x', 6);
	CHECK_EQ(readv(fd, vec, 4), 5);
	CHECK_EQ(buf[5], 'x');
	close(fd);
	fd = open("/sys/kernel/uevent_seqnum", O_RDONLY);
	CHECK(fd < 0 || readv(fd, vec, 4) > 0);
	close(fd);
}

static void kmsg_for_writing_has_no_place(void)
{
	struct pollfd p = { .fd = open("/dev/kmsg", O_WRONLY), .events = POLLIN };

	if (p.fd < 0)
		SKIP("no /dev/kmsg here, or not root");
	if (lseek(p.fd, 0, SEEK_SET) >= 0)
		SKIP("another device's name");
	CHECK_EQ(errno, EBADF);
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLERR);
	close(p.fd);
}

static void kmsg_takes_and_gives_records(void)
{
	int fd, n, found = 0;

	if (geteuid() != 0)
		SKIP("needs root");
	fd = open("/dev/kmsg", O_RDWR | O_NONBLOCK);
	if (fd < 0)
		SKIP("no /dev/kmsg here");
	CHECK_EQ(lseek(fd, 0, SEEK_END), 0);
	CHECK_FAILS(read(fd, buf, 512), EAGAIN);
	n = sprintf(buf, "<6>devices test %d\n", getpid());
	CHECK_EQ(write(fd, buf, n), n);
	while ((n = read(fd, buf, sizeof(buf) - 1)) > 0) {	/* each read: one record */
		buf[n] = 0;
		found |= strstr(buf, "devices test") && strchr(buf, ';') && buf[n - 1] == '\n';
	}
	CHECK(n < 0 && errno == EAGAIN);
	CHECK(found);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_FAILS(read(fd, buf, 1), EINVAL);			/* too short for a record */
	CHECK_FAILS(lseek(fd, 5, SEEK_SET), ESPIPE);
	close(fd);
}

static void syslog_reads_all(void)
{
	int size = klogctl(10, NULL, 0), n;

	if (size < 0)
		SKIP("not permitted here");
	CHECK(size > 0);
	n = klogctl(3, buf, sizeof(buf));
	CHECK(n >= 0 && n <= (int)sizeof(buf));
	CHECK_FAILS(klogctl(3, NULL, 10), EINVAL);
	CHECK_FAILS(klogctl(3, buf, -1), EINVAL);
	CHECK_FAILS(klogctl(77, buf, 10), EINVAL);
}

int main(void)
{
	RUN(null_takes_all_and_gives_nothing);
	RUN(zero_gives_zeros);
	RUN(zero_can_be_mapped);
	RUN(zero_mapped_shared);
	RUN(full_is_full);
	RUN(random_is_not_the_same);
	RUN(random_by_call);
	RUN(numbers_are_the_known_ones);
	RUN(nodes_lead_to_the_driver);
	RUN(a_node_without_a_driver);
	RUN(mem_shows_the_machine);
	RUN(kmsg_takes_and_gives_records);
	RUN(kmsg_for_writing_has_no_place);
	RUN(empty_buffers_are_passed_over);
	RUN(syslog_reads_all);
	return tap_end();
}
