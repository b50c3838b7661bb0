/*
 * O_DIRECT: a file's bytes past the page cache, and what both ways see of each other.
 * host: yes
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include "case.h"

#define NAME "direct"
#define LONG (40 * PAGE)	/* more than one transfer */

static char *buffer;		/* LONG bytes, page aligned */

/* Opens it for both ways, or skips the case where the file system cannot. */
#define OPEN_DIRECT(fd, flags) do {					\
	fd = open(NAME, O_RDWR | O_DIRECT | (flags), 0644);		\
	if (fd < 0 && errno == EINVAL)					\
		SKIP("this file system has no O_DIRECT");		\
	CHECK(fd >= 0);							\
} while (0)

static void fill(int seed)
{
	int i;

	for (i = 0; i < LONG; i++)
		buffer[i] = (i / 512 + i + seed) & 0x7f;
}

static int is_filled(int seed, int bytes)
{
	int i;

	for (i = 0; i < bytes; i++)
		if (buffer[i] != ((i / 512 + i + seed) & 0x7f))
			return 0;
	return 1;
}

static void reads_what_was_written_by_the_cache(void)
{
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);

	fill(1);
	CHECK_EQ(write(plain, buffer, LONG), LONG);
	OPEN_DIRECT(fd, 0);
	memset(buffer, 0, LONG);
	CHECK_EQ(read(fd, buffer, LONG), LONG);
	CHECK(is_filled(1, LONG));
	CHECK_EQ(read(fd, buffer, PAGE), 0);
	close(plain);
	close(fd);
	unlink(NAME);
}

static void writes_are_seen_by_the_cache(void)
{
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);

	fill(1);
	CHECK_EQ(write(plain, buffer, LONG), LONG);
	CHECK_EQ(pread(plain, buffer, LONG, 0), LONG);
	OPEN_DIRECT(fd, 0);
	fill(2);
	CHECK_EQ(pwrite(fd, buffer, LONG - PAGE, 0), LONG - PAGE);
	memset(buffer, 0, LONG);
	CHECK_EQ(pread(plain, buffer, LONG - PAGE, 0), LONG - PAGE);
	CHECK(is_filled(2, LONG - PAGE));
	close(plain);
	close(fd);
	unlink(NAME);
}

/* Past the end, and into a hole. */
static void writes_find_new_blocks(void)
{
	struct stat st;
	int fd;

	OPEN_DIRECT(fd, O_CREAT | O_TRUNC);
	fill(3);
	CHECK_EQ(pwrite(fd, buffer, 2 * PAGE, 8 * PAGE), 2 * PAGE);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_size, 10 * PAGE);
	CHECK_EQ(pwrite(fd, buffer, 2 * PAGE, 2 * PAGE), 2 * PAGE);
	memset(buffer, 'x', LONG);
	CHECK_EQ(pread(fd, buffer, 2 * PAGE, 0), 2 * PAGE);
	CHECK_EQ(buffer[0] | buffer[2 * PAGE - 1], 0);
	CHECK_EQ(pread(fd, buffer, 2 * PAGE, 2 * PAGE), 2 * PAGE);
	CHECK(is_filled(3, 2 * PAGE));
	CHECK_EQ(pread(fd, buffer, 2 * PAGE, 8 * PAGE), 2 * PAGE);
	CHECK(is_filled(3, 2 * PAGE));
	close(fd);
	unlink(NAME);
}

static void end_of_the_file_cuts_a_read(void)
{
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);

	fill(4);
	CHECK_EQ(write(plain, buffer, 5000), 5000);
	OPEN_DIRECT(fd, 0);
	memset(buffer, 0, LONG);
	CHECK_EQ(read(fd, buffer, 2 * PAGE), 5000);
	CHECK(is_filled(4, 5000));
	close(plain);
	close(fd);
	unlink(NAME);
}

static void what_is_not_aligned_is_einval(void)
{
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);

	fill(5);
	CHECK_EQ(write(plain, buffer, PAGE), PAGE);
	OPEN_DIRECT(fd, 0);
	CHECK_FAILS(pread(fd, buffer, 100, 0), EINVAL);
	CHECK_FAILS(pread(fd, buffer, 512, 10), EINVAL);
	CHECK_FAILS(pwrite(fd, buffer, 100, 0), EINVAL);
	CHECK_FAILS(pread(fd, NOWHERE, 512, 0), EFAULT);
	CHECK_FAILS(pread(fd, UNMAPPED, 512, 0), EFAULT);
	CHECK_EQ(pread(fd, buffer, PAGE, 0), PAGE);
	CHECK_EQ(fcntl(plain, F_SETFL, O_DIRECT), 0);
	CHECK(fcntl(plain, F_GETFL) & O_DIRECT);
	CHECK_FAILS(pread(plain, buffer, 100, 0), EINVAL);
	CHECK_EQ(fcntl(plain, F_SETFL, 0), 0);
	CHECK_EQ(pread(plain, buffer, 100, 0), 100);
	close(plain);
	close(fd);
	unlink(NAME);
}

/* The last sector is the file's only in part: a write to all of it moves the end. */
static void end_moves_within_its_sector(void)
{
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);
	struct stat st;

	fill(6);
	CHECK_EQ(write(plain, buffer, 5000), 5000);
	OPEN_DIRECT(fd, 0);
	CHECK_EQ(pwrite(fd, buffer + 4096, 1024, 4096), 1024);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_size, 5120);
	memset(buffer, 0, LONG);
	CHECK_EQ(pread(fd, buffer, 2 * PAGE, 0), 5120);
	CHECK(is_filled(6, 5120));
	close(plain);
	close(fd);
	unlink(NAME);
}

/* In place as far as there is a place, then beyond. */
static void writes_go_on_past_the_end(void)
{
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);

	fill(7);
	CHECK_EQ(write(plain, buffer, 2 * PAGE), 2 * PAGE);
	OPEN_DIRECT(fd, 0);
	fill(8);
	CHECK_EQ(write(fd, buffer, 4 * PAGE), 4 * PAGE);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 4 * PAGE);
	CHECK_EQ(lseek(fd, 0, SEEK_END), 4 * PAGE);
	CHECK_EQ(fcntl(fd, F_SETFL, O_DIRECT | O_APPEND), 0);
	CHECK_EQ(pwrite(fd, buffer + 4 * PAGE, PAGE, 0), PAGE);	/* appended all the same */
	memset(buffer, 0, LONG);
	CHECK_EQ(pread(fd, buffer, LONG, 0), 5 * PAGE);
	CHECK(is_filled(8, 5 * PAGE));
	close(plain);
	close(fd);
	unlink(NAME);
}

static void limit_of_a_file_holds(void)
{
	struct rlimit limit = { 2 * PAGE, RLIM_INFINITY };
	int fd;

	OPEN_DIRECT(fd, O_CREAT | O_TRUNC);
	CHECK_EQ(pwrite(fd, buffer, 4 * PAGE, 0), 4 * PAGE);
	signal(SIGXFSZ, SIG_IGN);
	CHECK_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
	CHECK_EQ(pwrite(fd, buffer, 2 * PAGE, PAGE), PAGE);
	CHECK_FAILS(pwrite(fd, buffer, PAGE, 2 * PAGE), EFBIG);
	limit.rlim_cur = RLIM_INFINITY;
	CHECK_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
	close(fd);
	unlink(NAME);
}

static void vectors_are_filled_in_their_order(void)
{
	struct iovec vec[4] = {
		{ buffer, 512 }, { buffer + 4 * PAGE, 0 }, { buffer + 8 * PAGE, PAGE }, { buffer + 1024, 1536 },
	};
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);
	char *page = buffer + LONG - 2 * PAGE;

	fill(9);
	CHECK_EQ(write(plain, buffer, 2 * PAGE), 2 * PAGE);
	OPEN_DIRECT(fd, 0);
	memset(buffer, 0, LONG);
	CHECK_EQ(preadv(fd, vec, 4, 512), 512 + PAGE + 1536);
	CHECK_EQ(pread(plain, page, 2 * PAGE, 0), 2 * PAGE);
	CHECK(!memcmp(buffer, page + 512, 512));
	CHECK(!memcmp(buffer + 8 * PAGE, page + 1024, PAGE));
	CHECK(!memcmp(buffer + 1024, page + 1024 + PAGE, 1536));
	CHECK_EQ(pwritev(fd, vec, 4, 0), 512 + PAGE + 1536);
	CHECK_EQ(pread(plain, page, 2 * PAGE, 0), 2 * PAGE);
	CHECK(!memcmp(buffer + 8 * PAGE, page + 512, PAGE));
	vec[1].iov_len = 100;
	vec[2].iov_len = PAGE - 100;
	CHECK_FAILS(preadv(fd, vec, 4, 0), EINVAL);
	close(plain);
	close(fd);
	unlink(NAME);
}

static void empty_buffers_are_stepped_over(void)
{
	struct iovec vec[4] = { { buffer, 0 }, { buffer + PAGE, 512 }, { buffer, 0 }, { buffer + 2 * PAGE, 512 } };
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);

	fill(3);
	CHECK_EQ(write(plain, buffer, 1024), 1024);
	OPEN_DIRECT(fd, 0);
	memset(buffer, 0, LONG);
	CHECK_EQ(readv(fd, vec, 4), 1024);
	memcpy(buffer, buffer + PAGE, 512);
	memcpy(buffer + 512, buffer + 2 * PAGE, 512);
	CHECK(is_filled(3, 1024));
	CHECK_EQ(pwritev(fd, vec, 4, 0), 1024);
	CHECK_EQ(pwritev(fd, vec, 1, 0), 0);
	CHECK_EQ(preadv(fd, vec, 1, 0), 0);
	close(plain);
	close(fd);
	unlink(NAME);
}

/* The cache has none of the page, and the bytes for it end, or are to be found only when they are read. */
static void writes_over_unread_pages_end_where_their_source_does(void)
{
	char *two = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *fresh = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct iovec bad[2] = { { two + PAGE - 2, 99 }, { fresh, PAGE } }, late[2] = { { two, 100 }, { fresh, PAGE } };
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);

	fill(4);
	CHECK_EQ(write(plain, buffer, 4 * PAGE), 4 * PAGE);
	munmap(two + PAGE, PAGE);
	memset(two, 'x', PAGE);
	OPEN_DIRECT(fd, 0);
	CHECK_EQ(pwrite(fd, buffer, 4 * PAGE, 0), 4 * PAGE);
	CHECK_EQ(pwrite(plain, two + 97, PAGE, 0), PAGE - 97);
	CHECK_EQ(pwritev(plain, bad, 2, PAGE), 2);
	CHECK_EQ(pwritev(plain, late, 2, 2 * PAGE), PAGE + 100);
	memset(buffer, 'x', PAGE - 97);
	memset(buffer + PAGE, 'x', 2);
	memset(buffer + 2 * PAGE, 'x', 100);
	memset(buffer + 2 * PAGE + 100, 0, PAGE);
	CHECK_EQ(pread(fd, buffer + 4 * PAGE, 4 * PAGE, 0), 4 * PAGE);
	CHECK(!memcmp(buffer, buffer + 4 * PAGE, 4 * PAGE));
	munmap(two, PAGE);
	munmap(fresh, PAGE);
	close(plain);
	close(fd);
	unlink(NAME);
}

static void mappings_see_what_was_written(void)
{
	int fd, plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);
	char *map;

	fill(10);
	CHECK_EQ(write(plain, buffer, 2 * PAGE), 2 * PAGE);
	OPEN_DIRECT(fd, 0);
	map = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, plain, 0);
	map[0] = map[PAGE] = 'm';
	CHECK_EQ(pread(fd, buffer, 2 * PAGE, 0), 2 * PAGE);
	CHECK_EQ(buffer[0] + buffer[PAGE], 2 * 'm');
	fill(11);
	CHECK_EQ(pwrite(fd, buffer, PAGE, 0), PAGE);
	CHECK(!memcmp(map, buffer, PAGE));
	CHECK_EQ(map[PAGE], 'm');
	munmap(map, 2 * PAGE);
	close(plain);
	close(fd);
	unlink(NAME);
}

/* Through a pipe: no buffer of the process's is in it. */
static void splices_are_as_good(void)
{
	loff_t from = PAGE, to = 0;
	int fd, ends[2], plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);

	fill(12);
	CHECK_EQ(write(plain, buffer, 2 * PAGE), 2 * PAGE);
	OPEN_DIRECT(fd, 0);
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(splice(fd, &from, ends[1], NULL, PAGE, 0), PAGE);
	CHECK_EQ(splice(ends[0], NULL, fd, &to, PAGE, 0), PAGE);
	CHECK_EQ(pread(plain, buffer, PAGE, 0), PAGE);
	CHECK_EQ(pread(fd, buffer + PAGE, PAGE, PAGE), PAGE);
	CHECK(!memcmp(buffer, buffer + PAGE, PAGE));
	fill(12);
	CHECK_EQ(pread(fd, buffer, PAGE, PAGE), PAGE);
	CHECK(!memcmp(buffer, buffer + PAGE, PAGE));
	close(ends[0]);
	close(ends[1]);
	close(plain);
	close(fd);
	unlink(NAME);
}

static void what_has_no_disk_is_refused(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	CHECK_FAILS(open("/dev/zero", O_RDONLY | O_DIRECT), EINVAL);
	CHECK_FAILS(open("/proc/self/stat", O_RDONLY | O_DIRECT), EINVAL);
	CHECK_FAILS(fcntl(fd, F_SETFL, O_DIRECT), EINVAL);
	CHECK_EQ(fcntl(fd, F_GETFL) & O_DIRECT, 0);
	close(fd);
}

/* ------------------------------------------------------------------ all ways at once */

#define STEPS 2000

static struct {
	char bytes[LONG];		/* what the file holds, by our own account */
	long size;
	int plain, direct;
	char *map;
	unsigned int seed;
} model;

static unsigned int chance(unsigned int n)
{
	model.seed = model.seed * 1103515245 + 12345;
	return (model.seed >> 8) % n;
}

static void invent(char *at, long len)
{
	while (len-- > 0)
		*at++ = 1 + chance(127);
}

static int write_some(int fd, long at, long len)
{
	invent(buffer, len);
	memcpy(model.bytes + at, buffer, len);
	model.size = at + len > model.size ? at + len : model.size;
	return pwrite(fd, buffer, len, at) == len;
}

static int read_some(int fd, long at, long len)
{
	long want = at >= model.size ? 0 : model.size - at < len ? model.size - at : len;

	return pread(fd, buffer, len, at) == want && !memcmp(buffer, model.bytes + at, want);
}

static int cut(long size)
{
	if (size < model.size)
		memset(model.bytes + size, 0, model.size - size);
	model.size = size;
	return !ftruncate(model.plain, size);
}

/* By write() or read(), by the cache or past it, or by a mapping. */
static int one_step(void)
{
	int way = chance(16), direct = way < 6;
	long at = chance(LONG), len = 1 + chance(chance(3) ? 3 * PAGE : 16 * PAGE);

	if (direct) {
		at &= ~511;
		len = (len + 511) & ~511;
	}
	len = len > LONG - at ? LONG - at : len;
	if (way == 15)
		return cut(at);
	if (way < 12)
		return (way % 2 ? write_some : read_some)(direct ? model.direct : model.plain, at, len);
	if (at >= model.size)
		return 1;
	len = len > model.size - at ? model.size - at : len;
	if (way == 12)
		return !memcmp(model.map + at, model.bytes + at, len);
	invent(model.bytes + at, len);
	memcpy(model.map + at, model.bytes + at, len);
	return 1;
}

static void all_ways_agree(void)
{
	struct stat st;
	int step;

	model.plain = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0644);
	OPEN_DIRECT(model.direct, 0);
	model.map = mmap(NULL, LONG, PROT_READ | PROT_WRITE, MAP_SHARED, model.plain, 0);
	for (step = 0; step < STEPS && one_step(); step++)
		;
	CHECK_EQ(step, STEPS);
	CHECK_EQ(fstat(model.plain, &st), 0);
	CHECK_EQ(st.st_size, model.size);
	munmap(model.map, LONG);
	close(model.direct);
	close(model.plain);
	unlink(NAME);
}

int main(void)
{
	buffer = mmap(NULL, LONG, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	RUN(reads_what_was_written_by_the_cache);
	RUN(writes_are_seen_by_the_cache);
	RUN(writes_find_new_blocks);
	RUN(end_of_the_file_cuts_a_read);
	RUN(what_is_not_aligned_is_einval);
	RUN(end_moves_within_its_sector);
	RUN(writes_go_on_past_the_end);
	RUN(limit_of_a_file_holds);
	RUN(vectors_are_filled_in_their_order);
	RUN(empty_buffers_are_stepped_over);
	RUN(writes_over_unread_pages_end_where_their_source_does);
	RUN(mappings_see_what_was_written);
	RUN(splices_are_as_good);
	RUN(all_ways_agree);
	RUN(what_has_no_disk_is_refused);
	return tap_end();
}
