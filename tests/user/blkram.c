/*
 * A block driver from user space: the sample blkram, a disk in memory with a request queue whose
 * requests take time or are lost as its parameters say.
 * host: no, because it loads a module of Lectern's
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include "case.h"
#include "../../drivers/samples/blkram.h"

#define DISK "/dev/blkram0"
#define BLOCK "/sys/block/blkram0/"
#define SIZE (4 << 20)

/* One small file: its text without the newline, in a buffer that the next call overwrites. */
static const char *text_of(const char *path)
{
	static char text[512];
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	close(fd);
	if (n < 0)
		return "(not there)";
	text[n] = 0;
	if (n && text[n - 1] == '\n')
		text[n - 1] = 0;
	return text;
}

static int number(const char *path)
{
	return atoi(text_of(path));
}

static int set(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY), err = 0;

	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		err = errno;
	close(fd);
	return err;
}

/* The nth word of BLOCK/stat, from 0. */
static int stat_field(int n)
{
	char *at = (char *)text_of(BLOCK "stat");
	long value = 0;

	while (n-- >= 0)
		value = strtol(at, &at, 10);
	return value;
}

static void load(const char *parameters)
{
	char line[128];

	snprintf(line, sizeof(line), "modprobe blkram %s", parameters);
	CHECK_EQ(system(line), 0);
}

static void unload(void)
{
	CHECK_EQ(system("rmmod blkram"), 0);
}

static int open_disk(int flags)
{
	int fd = open(DISK, flags);

	CHECK(fd >= 0);
	return fd;
}

/* Reads a page from the driver, not from the cache: its first byte, or -1. */
static int read_page_at(off_t at)
{
	unsigned char page[PAGE];
	int fd = open_disk(O_RDONLY), result = -1;

	if (pread(fd, page, PAGE, at) == PAGE)
		result = page[0];
	close(fd);
	return result;
}

/* ------------------------------------------------------------------ as a device */

/* contract: S0-18 S0-20 S1-05 */
static void disk_and_its_geometry(void)
{
	struct hd_geometry geo = { 0 };
	uint64_t bytes = 0;
	struct stat st;
	int fd, lost = -1;

	load("");
	fd = open_disk(O_RDONLY);
	CHECK_EQ(stat(DISK, &st), 0);
	CHECK(S_ISBLK(st.st_mode));
	CHECK_EQ(st.st_mode & 0777, 0660);
	CHECK_EQ(st.st_uid, 0);
	CHECK_EQ(st.st_gid, 6);
	CHECK_EQ(ioctl(fd, BLKGETSIZE64, &bytes), 0);
	CHECK_EQ(bytes, SIZE);
	CHECK_EQ(ioctl(fd, HDIO_GETGEO, &geo), 0);
	CHECK_EQ(geo.heads, 64);
	CHECK_EQ(geo.sectors, 32);
	CHECK_EQ(geo.cylinders, SIZE / (64 * 32 * 512));
	CHECK_EQ(ioctl(fd, BLKRAM_GET_LOST, &lost), 0);
	CHECK_EQ(lost, 0);
	CHECK_FAILS(ioctl(fd, BLKRAM_GET_LOST, NOWHERE), EFAULT);
	CHECK_FAILS(ioctl(fd, 0x1234, 0), ENOTTY);
	close(fd);
	unload();
	CHECK_FAILS(open(DISK, O_RDONLY), ENOENT);
}

static void attributes_of_disk_and_queue(void)
{
	load("");
	CHECK_EQ(number(BLOCK "size"), SIZE / 512);
	CHECK_EQ(number(BLOCK "ro"), 0);
	CHECK_EQ(number(BLOCK "removable"), 0);
	CHECK_EQ(number(BLOCK "queue/logical_block_size"), 512);
	CHECK_EQ(number(BLOCK "queue/rotational"), 0);
	CHECK_EQ(number(BLOCK "queue/io_timeout"), 1000);
	CHECK_EQ(number(BLOCK "queue/discard_granularity"), 512);
	CHECK(!strcmp(text_of(BLOCK "queue/write_cache"), "write back"));
	CHECK_EQ(set(BLOCK "queue/nr_requests", "1"), 0);
	CHECK_EQ(number(BLOCK "queue/nr_requests"), 4);
	CHECK_EQ(set(BLOCK "queue/nr_requests", "many"), EINVAL);
	CHECK_EQ(set(BLOCK "queue/max_sectors_kb", "1000000"), EINVAL);
	CHECK_EQ(set(BLOCK "queue/logical_block_size", "4096"), EACCES);
	CHECK(!strncmp(text_of("/sys/class/block/blkram0/uevent"), "MAJOR=", 6));
	unload();
}

static void elevator_is_chosen_by_name(void)
{
	load("");
	CHECK(!strcmp(text_of(BLOCK "queue/scheduler"), "[mq-deadline] clook none"));
	CHECK_EQ(set(BLOCK "queue/scheduler", "none\n"), 0);
	CHECK(!strcmp(text_of(BLOCK "queue/scheduler"), "mq-deadline clook [none]"));
	CHECK_EQ(set(BLOCK "queue/scheduler", "clook"), 0);
	CHECK(!strcmp(text_of(BLOCK "queue/scheduler"), "mq-deadline [clook] none"));
	CHECK_EQ(set(BLOCK "queue/scheduler", "bfq"), EINVAL);
	CHECK_EQ(read_page_at(0), 0);
	CHECK(!strcmp(text_of("/sys/block/ram0/queue/scheduler"), "none"));
	CHECK_EQ(set("/sys/block/ram0/queue/scheduler", "clook"), EINVAL);
	unload();
}

/* contract: S0-18 S1-03 S2-03 */
static void open_disk_holds_its_module(void)
{
	int fd;

	load("");
	fd = open_disk(O_RDONLY);
	CHECK(system("rmmod blkram 2>/dev/null") != 0);
	close(fd);
	mkdir("there", 0755);
	CHECK_FAILS(mount(DISK, "there", "ext2", 0, NULL), EINVAL);	/* nothing on it: opened and closed */
	CHECK_FAILS(mount("/dev/zero", "there", "ext2", 0, NULL), ENOTBLK);
	rmdir("there");
	unload();
}

/* ------------------------------------------------------------------ operations */

/* contract: S0-18 S0-20 S0-29 S2-03 */
static void six_operations_reach_the_driver(void)
{
	uint64_t range[2] = { 0, 4096 };
	char page[PAGE];
	int fd;

	load("");
	fd = open_disk(O_RDWR);
	memset(page, 'x', PAGE);
	CHECK_EQ(pwrite(fd, page, PAGE, 0), PAGE);
	CHECK_EQ(pwrite(fd, page, PAGE, 2 * PAGE), PAGE);
	CHECK_EQ(pwrite(fd, page, PAGE, 4 * PAGE), PAGE);
	CHECK_EQ(number(BLOCK "counts/write"), 0);	/* the cache has it */
	CHECK_EQ(number(BLOCK "counts/flush"), 0);
	CHECK_EQ(fsync(fd), 0);
	CHECK(number(BLOCK "counts/write") > 0);
	CHECK_EQ(number(BLOCK "counts/flush"), 1);
	CHECK_EQ(ioctl(fd, BLKFLSBUF, 0), 0);
	CHECK_EQ(read_page_at(0), 'x');
	CHECK(number(BLOCK "counts/read") > 0);
	CHECK_EQ(ioctl(fd, BLKDISCARD, range), 0);
	CHECK_EQ(number(BLOCK "counts/discard"), 1);
	CHECK_EQ(read_page_at(0), 0);			/* the cache no longer has what was there */
	range[0] = 2 * PAGE;
	CHECK_EQ(ioctl(fd, BLKSECDISCARD, range), 0);
	CHECK_EQ(number(BLOCK "counts/secure_erase"), 1);
	CHECK_EQ(read_page_at(2 * PAGE), 0);
	range[0] = 4 * PAGE;
	CHECK_EQ(ioctl(fd, BLKZEROOUT, range), 0);
	CHECK_EQ(number(BLOCK "counts/write_zeroes"), 1);
	CHECK_EQ(read_page_at(4 * PAGE), 0);
	CHECK_EQ(stat_field(11), 2);			/* discards, of both kinds */
	close(fd);
	unload();
}

/* Where the device's data lands: in the cache, once; or in the reader's own page, each time. */
/* contract: S1-09 S2-08 */
static void cache_keeps_what_direct_reads_do_not(void)
{
	char *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd, before;

	load("");
	fd = open_disk(O_RDONLY);
	CHECK_EQ(pread(fd, page, PAGE, 8 * PAGE), PAGE);
	before = number(BLOCK "counts/read");
	CHECK_EQ(pread(fd, page, PAGE, 8 * PAGE), PAGE);
	CHECK_EQ(number(BLOCK "counts/read"), before);
	CHECK_EQ(fcntl(fd, F_SETFL, O_DIRECT), 0);
	CHECK_EQ(pread(fd, page, PAGE, 8 * PAGE), PAGE);
	CHECK_EQ(pread(fd, page, PAGE, 8 * PAGE), PAGE);
	CHECK_EQ(number(BLOCK "counts/read"), before + 2);
	CHECK_FAILS(pread(fd, page + 1, 512, 0), EINVAL);
	close(fd);
	munmap(page, PAGE);
	unload();
}

/* contract: S2-04 */
static void full_cache_is_written_by_itself(void)
{
	char *piece = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd, i;

	load("mib=8");
	fd = open_disk(O_WRONLY);
	CHECK_EQ(write(fd, piece, PAGE), PAGE);
	nap(100);
	CHECK_EQ(number(BLOCK "counts/write"), 0);	/* there is room: it may wait */
	for (i = 1; i < 128; i++)
		CHECK_EQ(write(fd, piece, 16 * PAGE), 16 * PAGE);
	for (i = 0; i < 100 && !number(BLOCK "counts/write"); i++)
		nap(20);
	CHECK(number(BLOCK "counts/write") > 0);	/* and nobody asked for it */
	close(fd);
	munmap(piece, 16 * PAGE);
	unload();
}

/* Each is on the device when it returns, and past its cache with O_SYNC; the end is the device's. */
static void direct_writes_do_not_wait_for_a_flush(void)
{
	char *pages = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd, plain, before;

	load("");
	fd = open_disk(O_RDWR | O_DIRECT);
	plain = open_disk(O_RDONLY);
	CHECK_EQ(pread(plain, pages, 16 * PAGE, 0), 16 * PAGE);
	memset(pages, 'd', 16 * PAGE);
	CHECK_EQ(pwrite(fd, pages, PAGE, PAGE), PAGE);
	CHECK_EQ(number(BLOCK "counts/write"), 1);
	CHECK_EQ(number(BLOCK "counts/flush"), 0);
	CHECK_EQ(pread(plain, pages, 2 * PAGE, 0), 2 * PAGE);
	CHECK_EQ(pages[PAGE - 1], 0);
	CHECK_EQ(pages[PAGE], 'd');
	CHECK_EQ(pwrite(fd, pages + PAGE, 2 * PAGE, SIZE - PAGE), PAGE);
	CHECK_FAILS(pwrite(fd, pages, PAGE, SIZE), ENOSPC);
	CHECK_EQ(pread(fd, pages, 2 * PAGE, SIZE - PAGE), PAGE);
	CHECK_EQ(pages[0], 'd');
	CHECK_EQ(set(BLOCK "queue/max_sectors_kb", "4"), 0);
	before = number(BLOCK "counts/read");
	CHECK_EQ(pread(fd, pages, 16 * PAGE, 0), 16 * PAGE);
	CHECK_EQ(number(BLOCK "counts/read"), before + 16);
	CHECK_EQ(pages[PAGE], 'd');
	close(fd);
	fd = open_disk(O_RDWR | O_DIRECT | O_SYNC);
	CHECK_EQ(pwrite(fd, pages, PAGE, 0), PAGE);
	CHECK_EQ(number(BLOCK "counts/flush"), 1);
	close(fd);
	close(plain);
	munmap(pages, 16 * PAGE);
	unload();
}

/* contract: S1-08 */
static void mapping_is_read_page_by_page(void)
{
	unsigned char *map;
	int fd, before, i;

	load("");
	CHECK_EQ(set(BLOCK "queue/read_ahead_kb", "0"), 0);
	fd = open_disk(O_RDWR);
	map = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 8 * PAGE);
	before = number(BLOCK "counts/read");
	for (i = 0; i < 4; i++)
		CHECK_EQ(map[2 * i * PAGE], 0);
	CHECK_EQ(number(BLOCK "counts/read"), before + 4);
	map[0] = 'm';
	CHECK_EQ(msync(map, PAGE, MS_SYNC), 0);
	CHECK(number(BLOCK "counts/write") > 0);
	munmap(map, 8 * PAGE);
	close(fd);
	CHECK_EQ(read_page_at(8 * PAGE), 'm');
	unload();
}

/* contract: S0-29 */
static void driver_without_them_says_so(void)
{
	uint64_t range[2] = { 0, 4096 };
	int fd;

	load("plain=1");
	fd = open_disk(O_RDWR);
	CHECK_FAILS(ioctl(fd, BLKDISCARD, range), EOPNOTSUPP);
	CHECK_FAILS(ioctl(fd, BLKSECDISCARD, range), EOPNOTSUPP);
	CHECK_FAILS(ioctl(fd, BLKZEROOUT, range), EOPNOTSUPP);
	CHECK_EQ(number(BLOCK "queue/discard_max_bytes"), 0);
	close(fd);
	unload();
}

static void ranges_and_rights_are_checked(void)
{
	static const uint64_t wrong[][2] = {
		{ 1, 512 }, { 0, 511 }, { SIZE, 512 }, { 0, SIZE + 512 }, { ~511ull, 1024 },
	};
	uint64_t range[2] = { 0, 512 };
	int fd, reader, i, yes = 1, no = 0, now = -1;

	load("");
	fd = open_disk(O_RDWR);
	reader = open_disk(O_RDONLY);
	for (i = 0; i < 5; i++) {
		CHECK_FAILS(ioctl(fd, BLKDISCARD, wrong[i]), EINVAL);
		CHECK_FAILS(ioctl(fd, BLKZEROOUT, wrong[i]), EINVAL);
	}
	CHECK_FAILS(ioctl(fd, BLKDISCARD, NOWHERE), EFAULT);
	CHECK_FAILS(ioctl(reader, BLKDISCARD, range), EBADF);
	CHECK_EQ(ioctl(fd, BLKROSET, &yes), 0);
	CHECK_EQ(ioctl(fd, BLKROGET, &now), 0);
	CHECK_EQ(now, 1);
	CHECK_EQ(number(BLOCK "ro"), 1);
	CHECK_FAILS(ioctl(fd, BLKDISCARD, range), EPERM);
	CHECK_FAILS(write(fd, "x", 1), EPERM);
	CHECK_FAILS(mount(DISK, "/tmp", "ext2", 0, NULL), EACCES);
	CHECK_EQ(ioctl(fd, BLKROSET, &no), 0);
	CHECK_EQ(ioctl(fd, BLKDISCARD, range), 0);
	CHECK_EQ(number(BLOCK "counts/discard"), 1);
	close(fd);
	close(reader);
	unload();
}

/* ------------------------------------------------------------------ a busy device */

#define READERS 4

static void read_far_apart(int index, int distance)
{
	CHECK_EQ(read_page_at((off_t)index * distance), 0);
}

/* So many children at once, each reads one page. */
static void start_readers(pid_t *pids, int distance)
{
	int i;

	fflush(stdout);
	for (i = 0; i < READERS; i++) {
		pids[i] = fork();
		if (!pids[i]) {
			tap_case_failed = 0;
			read_far_apart(i, distance);
			fflush(stdout);
			_exit(tap_case_failed);
		}
	}
}

/* contract: S0-19 S1-09 S1-10 S1-12 */
static void requests_wait_while_it_is_busy(void)
{
	pid_t pids[READERS];
	long begin, steps = 0;
	int i, most = 0, before;

	load("delay_ms=300");			/* the first one's: all have come by its end */
	CHECK_EQ(set(BLOCK "queue/read_ahead_kb", "0"), 0);
	before = stat_field(0);
	begin = now_ms();
	start_readers(pids, SIZE / READERS);
	while (now_ms() - begin < 250) {		/* the device works; so do we */
		int waiting = stat_field(8);

		most = waiting > most ? waiting : most;
		steps++;
	}
	CHECK_EQ(set("/sys/module/blkram/parameters/delay_ms", "100"), 0);
	for (i = 0; i < READERS; i++)
		CHECK_EQ(reap(pids[i]), 0);
	printf("# %d at once, %ld steps meanwhile, %ld ms\n", most, steps, now_ms() - begin);
	CHECK_EQ(most, READERS);
	CHECK(steps > 10);
	CHECK(now_ms() - begin >= 300 + (READERS - 1) * 100);	/* one after the other */
	CHECK_EQ(stat_field(8), 0);
	CHECK_EQ(stat_field(0) - before, READERS);
	unload();
}

/* How many merges READERS neighbours bring. */
static int merges_of_neighbours(const char *nomerges)
{
	pid_t pids[READERS];
	int i, merges, before;

	load("delay_ms=50");
	CHECK_EQ(set(BLOCK "queue/read_ahead_kb", "0"), 0);
	CHECK_EQ(set(BLOCK "queue/nomerges", nomerges), 0);
	before = stat_field(2);
	start_readers(pids, PAGE);
	for (i = 0; i < READERS; i++)
		CHECK_EQ(reap(pids[i]), 0);
	merges = stat_field(1);
	CHECK_EQ(stat_field(2) - before, READERS * 8);
	unload();
	return merges;
}

/* contract: S0-19 */
static void waiting_neighbours_are_merged(void)
{
	CHECK(merges_of_neighbours("0") >= 1);
	CHECK_EQ(merges_of_neighbours("2"), 0);
}

/* contract: S0-18 S0-19 */
static void lost_request_is_found_by_the_timeout(void)
{
	char page[PAGE];
	int fd, lost = 0, tries = 0;

	load("timeout_ms=100 drop=4");		/* the scan for partitions meets the first of them */
	fd = open_disk(O_RDONLY);
	CHECK_EQ(ioctl(fd, BLKRAM_GET_LOST, &lost), 0);
	CHECK(lost > 0 && lost < 4);
	CHECK_FAILS(pread(fd, page, PAGE, PAGE), EIO);
	while (pread(fd, page, PAGE, PAGE) != PAGE && ++tries < 4)
		;
	CHECK(tries < 4);
	CHECK_EQ(ioctl(fd, BLKRAM_GET_LOST, &lost), 0);
	CHECK_EQ(lost, 4);
	CHECK_EQ(number(BLOCK "counts/lost"), 4);
	close(fd);
	unload();
}

/* A request that is only slow is given more time. */
static void slow_request_is_not_lost(void)
{
	load("timeout_ms=100 delay_ms=350");
	CHECK_EQ(read_page_at(0), 0);
	CHECK_EQ(number(BLOCK "counts/lost"), 0);
	unload();
}

int main(void)
{
	RUN(disk_and_its_geometry);
	RUN(attributes_of_disk_and_queue);
	RUN(elevator_is_chosen_by_name);
	RUN(open_disk_holds_its_module);
	RUN(six_operations_reach_the_driver);
	RUN(cache_keeps_what_direct_reads_do_not);
	RUN(full_cache_is_written_by_itself);
	RUN(direct_writes_do_not_wait_for_a_flush);
	RUN(mapping_is_read_page_by_page);
	RUN(driver_without_them_says_so);
	RUN(ranges_and_rights_are_checked);
	RUN(requests_wait_while_it_is_busy);
	RUN(waiting_neighbours_are_merged);
	RUN(lost_request_is_found_by_the_timeout);
	RUN(slow_request_is_not_lost);
	return tap_end();
}
