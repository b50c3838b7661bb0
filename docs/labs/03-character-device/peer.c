/*
 * Lab 03's peer: a program that uses the lockers as any program would.
 * Word: what the nodes in /dev are called. Each case has a driver that was loaded for it.
 */
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static int load_again(void);
#define BEFORE_CASE load_again
#include "../machinery/case.h"
#include "../../../drivers/samples/locker.h"

#define PAGE 4096

static char data[LOCKER_BYTES + 64], seen[LOCKER_BYTES + 64];

static int load_again(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rmmod locker 2>/dev/null; insmod ./locker.ko name=%s 2>/dev/null", words[0]);
	return system(command);
}

static const char *node(int minor)
{
	static char path[64];

	snprintf(path, sizeof(path), "/dev/%s%d", words[0], minor);
	return path;
}

static int opened(int minor)
{
	int fd = open(node(minor), O_RDWR);

	if (fd < 0)
		SAY_NOT("expected open(%s) works seen %s", node(minor), strerror(errno));
	return fd;
}

/* An open locker, whichever this run gives; empty if the ioctl works, else as others left it. */
static int locker(void)
{
	return opened(number() % LOCKER_COUNT);
}

/* ---------------------------------------------------------------- step 1 */

CASE(opens)
{
	for (int i = 0; i < LOCKER_COUNT; i++)
		EXPECT(close(opened(i)), 0);
}

CASE(beyond_the_last)
{
	struct stat st;

	EXPECT(stat(node(0), &st), 0);
	for (int i = LOCKER_COUNT; i < LOCKER_COUNT + 3; i++) {
		unlink("beyond");
		EXPECT(mknod("beyond", S_IFCHR | 0600, makedev(major(st.st_rdev), i)), 0);
		EXPECT_ERROR(open("beyond", O_RDWR), ENODEV);
	}
	EXPECT(unlink("beyond"), 0);
}

CASE(second_is_busy)
{
	int mine = number() % LOCKER_COUNT, other = (mine + 1) % LOCKER_COUNT;

	opened(mine);
	EXPECT_ERROR(open(node(mine), O_RDONLY), EBUSY);
	EXPECT_ERROR(open(node(mine), O_WRONLY), EBUSY);
	opened(other);
}

CASE(free_after_close)
{
	int fd = locker();
	struct stat st;

	EXPECT(fstat(fd, &st), 0);
	EXPECT(close(fd), 0);
	for (int i = 0; i < 3; i++) {
		EXPECT(close(opened(minor(st.st_rdev))), 0);
	}
}

/* A refused open must not free what the first one holds, nor leave it taken when that one goes. */
CASE(refused_changes_nothing)
{
	int mine = number() % LOCKER_COUNT, fd = opened(mine);

	for (int i = 0; i < 3; i++)
		EXPECT_ERROR(open(node(mine), O_RDWR), EBUSY);
	EXPECT(close(fd), 0);
	opened(mine);
}

CASE(held_by_the_last_reference)
{
	int mine = number() % LOCKER_COUNT, fd = opened(mine), copy = dup(fd);

	EXPECT(close(fd), 0);
	EXPECT_ERROR(open(node(mine), O_RDWR), EBUSY);
	EXPECT(close(copy), 0);
	opened(mine);
}

/* ---------------------------------------------------------------- step 2 */

CASE(reads_back)
{
	int fd = locker(), count = 8 + number() % (LOCKER_BYTES - 8);

	fill(data, count);
	EXPECT(write(fd, data, count), count);
	EXPECT(lseek(fd, 0, SEEK_SET), 0);
	EXPECT(read(fd, seen, count), count);
	EXPECT_BYTES(seen, data, count);
}

CASE(goes_on_where_it_was)
{
	int fd = locker();

	fill(data, 24);
	EXPECT(write(fd, data, 7), 7);
	EXPECT(write(fd, data + 7, 17), 17);
	EXPECT(lseek(fd, 0, SEEK_SET), 0);
	EXPECT(read(fd, seen, 11), 11);
	EXPECT(read(fd, seen + 11, 13), 13);
	EXPECT_BYTES(seen, data, 24);
	EXPECT(lseek(fd, 5, SEEK_SET), 5);
	EXPECT(read(fd, seen, 9), 9);
	EXPECT_BYTES(seen, data + 5, 9);
}

/* A locker that is full to its end: the read that meets the end is short, the next says 0. */
CASE(end_of_file)
{
	int fd = locker();

	fill(data, LOCKER_BYTES);
	EXPECT(write(fd, data, LOCKER_BYTES), LOCKER_BYTES);
	EXPECT(lseek(fd, LOCKER_BYTES - 10, SEEK_SET), LOCKER_BYTES - 10);
	EXPECT(read(fd, seen, sizeof(seen)), 10);
	EXPECT_BYTES(seen, data + LOCKER_BYTES - 10, 10);
	EXPECT(read(fd, seen, 1), 0);
	EXPECT(lseek(fd, 100000, SEEK_SET), 100000);
	EXPECT(read(fd, seen, 1), 0);
}

CASE(full)
{
	int fd = opened(LOCKER_COUNT - 1);

	fill(data, sizeof(data));
	EXPECT(lseek(fd, 3, SEEK_SET), 3);
	EXPECT(write(fd, data, sizeof(data)), LOCKER_BYTES - 3);
	EXPECT_ERROR(write(fd, data, 1), ENOSPC);
	EXPECT(lseek(fd, LOCKER_BYTES + 4096, SEEK_SET), LOCKER_BYTES + 4096);
	EXPECT_ERROR(write(fd, data, 1), ENOSPC);
	EXPECT_TRUE(lseek(fd, 1LL << 32, SEEK_SET) == 1LL << 32);
	EXPECT_ERROR(write(fd, data, 1), ENOSPC);
	EXPECT(lseek(fd, 3, SEEK_SET), 3);
	EXPECT(read(fd, seen, sizeof(seen)), LOCKER_BYTES - 3);
	EXPECT_BYTES(seen, data, LOCKER_BYTES - 3);
}

CASE(bad_pointers)
{
	int fd = locker();
	char *nobodys = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	fill(data, 16);
	EXPECT(write(fd, data, 16), 16);
	EXPECT_ERROR(write(fd, nobodys, 8), EFAULT);
	EXPECT_ERROR(write(fd, (void *)0xC0100000, 8), EFAULT);
	EXPECT(lseek(fd, 0, SEEK_CUR), 16);
	EXPECT(lseek(fd, 0, SEEK_SET), 0);
	EXPECT_ERROR(read(fd, nobodys, 8), EFAULT);
	EXPECT_ERROR(read(fd, (void *)0xC0100000, 8), EFAULT);
	EXPECT(lseek(fd, 0, SEEK_CUR), 0);
	EXPECT(read(fd, seen, 16), 16);
	EXPECT_BYTES(seen, data, 16);
}

/* Memory that ends in the middle of the bytes: what could be copied counts, at least its whole words. */
CASE(half_a_copy)
{
	int fd = locker(), n;
	char *two = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *edge = two + PAGE - 6;

	EXPECT(munmap(two + PAGE, PAGE), 0);
	fill(edge, 6);
	EXPECT_BETWEEN(4, n = write(fd, edge, 20), 6);
	EXPECT(lseek(fd, 0, SEEK_CUR), n);
	fill(data, 20);
	EXPECT(lseek(fd, 0, SEEK_SET), 0);
	EXPECT(write(fd, data, 20), 20);
	EXPECT(lseek(fd, 0, SEEK_SET), 0);
	EXPECT_BETWEEN(4, n = read(fd, edge, 20), 6);
	EXPECT(lseek(fd, 0, SEEK_CUR), n);
	EXPECT_BYTES(edge, data, n);
}

CASE(stays_for_the_next)
{
	int mine = number() % LOCKER_COUNT, fd = opened(mine);

	fill(data, 20);
	EXPECT(write(fd, data, 20), 20);
	EXPECT(close(fd), 0);
	fd = opened(mine);
	EXPECT(read(fd, seen, 20), 20);
	EXPECT_BYTES(seen, data, 20);
}

CASE(lockers_are_apart)
{
	int fds[LOCKER_COUNT];

	for (int i = 0; i < LOCKER_COUNT; i++) {
		fds[i] = opened(i);
		memset(data, 'a' + i, 8);
		EXPECT(write(fds[i], data, 8), 8);
	}
	for (int i = 0; i < LOCKER_COUNT; i++) {
		EXPECT(lseek(fds[i], 0, SEEK_SET), 0);
		EXPECT(read(fds[i], seen, 8), 8);
		memset(data, 'a' + i, 8);
		EXPECT_BYTES(seen, data, 8);
	}
}

/* ---------------------------------------------------------------- step 3 */

CASE(clear_forgets)
{
	int fd = locker(), keep = 1 + number() % 12;
	struct locker_clear clear = { .keep = 0 };

	fill(data, 30);
	EXPECT(ioctl(fd, LOCKER_CLEAR, &clear), 0);
	EXPECT(write(fd, data, 30), 30);
	clear.keep = keep;
	EXPECT(ioctl(fd, LOCKER_CLEAR, &clear), 0);
	EXPECT(clear.used, 30);
	EXPECT(lseek(fd, 0, SEEK_SET), 0);
	EXPECT(read(fd, seen, 30), keep);
	EXPECT_BYTES(seen, data, keep);
	clear.keep = 0;
	EXPECT(ioctl(fd, LOCKER_CLEAR, &clear), 0);
	EXPECT(clear.used, keep);
	EXPECT(read(fd, seen, 30), 0);
}

/* What was passed over reads as zeroes, not as what was there before. */
CASE(no_old_bytes)
{
	int fd = locker();
	struct locker_clear clear = { .keep = 0 };

	memset(data, 'x', LOCKER_BYTES);
	EXPECT(write(fd, data, LOCKER_BYTES), LOCKER_BYTES);
	EXPECT(ioctl(fd, LOCKER_CLEAR, &clear), 0);
	EXPECT(lseek(fd, 9, SEEK_SET), 9);
	EXPECT(write(fd, "y", 1), 1);
	EXPECT(lseek(fd, 0, SEEK_SET), 0);
	EXPECT(read(fd, seen, LOCKER_BYTES), 10);
	memset(data, 0, 9);
	data[9] = 'y';
	EXPECT_BYTES(seen, data, 10);
}

CASE(too_much_to_keep)
{
	int fd = locker();
	struct locker_clear clear = { .keep = 0 };

	EXPECT(ioctl(fd, LOCKER_CLEAR, &clear), 0);
	EXPECT(write(fd, "abc", 3), 3);
	clear.keep = 4;
	EXPECT_ERROR(ioctl(fd, LOCKER_CLEAR, &clear), EINVAL);
	clear.keep = -1;
	EXPECT_ERROR(ioctl(fd, LOCKER_CLEAR, &clear), EINVAL);
	EXPECT(lseek(fd, 0, SEEK_SET), 0);
	EXPECT(read(fd, seen, 9), 3);
}

CASE(unknown_requests)
{
	int fd = locker();
	struct locker_clear clear = { .keep = 0 };

	EXPECT_ERROR(ioctl(fd, LOCKER_CLEAR + 1, &clear), ENOTTY);
	EXPECT_ERROR(ioctl(fd, _IO(LOCKER_MAGIC, LOCKER_CLEAR_NR), &clear), ENOTTY);
	EXPECT_ERROR(ioctl(fd, LOCKER_CLEAR ^ 0x100, &clear), ENOTTY);
	EXPECT_ERROR(ioctl(fd, 0x5401, seen), ENOTTY);
}

CASE(request_with_a_bad_pointer)
{
	int fd = locker();
	struct locker_clear clear = { .keep = 0 };
	struct locker_clear *readable = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	readable->keep = 1;
	EXPECT(ioctl(fd, LOCKER_CLEAR, &clear), 0);
	EXPECT(write(fd, "abcd", 4), 4);
	EXPECT_ERROR(ioctl(fd, LOCKER_CLEAR, NULL), EFAULT);
	EXPECT_ERROR(ioctl(fd, LOCKER_CLEAR, (void *)0xC0100000), EFAULT);
	EXPECT(mprotect(readable, PAGE, PROT_READ), 0);
	EXPECT_ERROR(ioctl(fd, LOCKER_CLEAR, readable), EFAULT);
	EXPECT(lseek(fd, 0, SEEK_SET), 0);
	EXPECT(read(fd, seen, 9), 4);
}

int main(int argc, char **argv)
{
	return cases(argc, argv);
}
