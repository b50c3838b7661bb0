/* A disk in plain memory for the suites of storage: what was read and written is counted. */
#ifndef TESTS_KERNEL_TEST_DISK_H
#define TESTS_KERNEL_TEST_DISK_H

#include <linux/blkdev.h>

struct test_disk {
	struct gendisk *disk;
	struct block_device *bdev;	/* open while the test runs */
	u8 *data;
	sector_t sectors;
	int major;
	unsigned int reads, writes, flushes;	/* bios */
	unsigned int fail_reads, fail_writes;	/* so many of the next ones fail */
};

/* Name and size; opened for reading and writing. 0 or -errno. */
int test_disk_create(struct test_disk *td, const char *name, sector_t sectors);
void test_disk_destroy(struct test_disk *td);

#endif
