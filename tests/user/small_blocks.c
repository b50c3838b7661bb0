/*
 * Pages of more than one block: a store through a mapping after the file grew, and
 * a disk that becomes full in the middle of a page. Told apart from what the cache
 * still knows only by `small_blocks check` after the file system was mounted anew;
 * tests/host/test_disk.py does that on a small disk with blocks of 1 KiB.
 * host: yes
 */
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "case.h"

#define GROWN "grown.tmp"
#define SPARSE "sparse.tmp"
#define STRANGER 0xaa
#define SMALL_DISK (2 << 20)

static char buf[PAGE];

static void check_grown(void)
{
	int fd = open(GROWN, O_RDONLY);

	CHECK_EQ(read(fd, buf, PAGE), PAGE);
	CHECK_EQ(buf[0], 1);
	CHECK_EQ(buf[2000], 2);
	CHECK_EQ(buf[3000], 3);
	close(fd);
}

static void a_mapping_stores_behind_the_old_end(void)
{
	int fd = open(GROWN, O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *map;

	CHECK_EQ(ftruncate(fd, 1000), 0);
	map = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(map != MAP_FAILED);
	map[0] = 1;
	CHECK_EQ(ftruncate(fd, 2048), 0);
	map[2000] = 2;
	CHECK_EQ(pwrite(fd, "end", 1, PAGE - 1), 1);
	map[3000] = 3;
	CHECK_EQ(munmap(map, PAGE), 0);
	close(fd);
	check_grown();
}

static void check_sparse(void)
{
	int fd = open(SPARSE, O_RDONLY), i;

	CHECK_EQ(pread(fd, buf, PAGE, 2 * PAGE), PAGE);
	for (i = 0; i < PAGE; i++)
		CHECK((unsigned char)buf[i] != STRANGER);
	close(fd);
}

/* All blocks but a few get bytes, and the few had some: a page cannot be written whole then. */
static void fill_the_disk(void)
{
	int fill = open("fill.tmp", O_RDWR | O_CREAT, 0600);
	int last = open("last.tmp", O_RDWR | O_CREAT, 0600);

	memset(buf, STRANGER, sizeof(buf));
	CHECK_EQ(write(last, buf, PAGE / 2), PAGE / 2);
	CHECK_EQ(fsync(last), 0);
	while (write(fill, buf, 1024) > 0)
		;
	close(fill);
	close(last);
	CHECK_EQ(unlink("last.tmp"), 0);
	sync();
}

static void a_full_disk_leaves_zeroes_in_a_hole(void)
{
	struct { int type, bsize, blocks, more[61]; } fs;
	int fd;

	if (syscall(SYS_statfs, ".", &fs) || (long long)fs.blocks * fs.bsize > SMALL_DISK)
		SKIP("the disk is too large to fill");
	fd = open(SPARSE, O_RDWR | O_CREAT, 0600);
	CHECK_EQ(ftruncate(fd, 5 * PAGE), 0);
	CHECK_EQ(pwrite(fd, "x", 1, 0), 1);
	fill_the_disk();
	memset(buf, 0x55, sizeof(buf));
	CHECK_FAILS(pwrite(fd, buf, PAGE, 2 * PAGE), ENOSPC);
	close(fd);
	check_sparse();
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "check")) {
		RUN(check_grown);
		RUN(check_sparse);
	} else {
		RUN(a_mapping_stores_behind_the_old_end);
		RUN(a_full_disk_leaves_zeroes_in_a_hole);
	}
	return tap_end();
}
