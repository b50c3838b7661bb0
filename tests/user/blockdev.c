/*
 * Block devices as files: sizes, geometry, claims, the switch between DMA and PIO.
 * Rows S0-18, S0-20, S0-29, S1-03, S1-05 and S1-12 of the driver contract.
 * host: no, because it wants to be root on a machine whose disk is hda
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include "case.h"

#define DISK "/dev/hda"
#define RAM "/dev/ram0"

static void sizes_agree(void)
{
	unsigned long sectors = 0;
	uint64_t bytes = 0;
	int sector = 0, block = 0, fd = open(DISK, O_RDONLY);

	CHECK(fd >= 0);
	CHECK_EQ(ioctl(fd, BLKGETSIZE, &sectors), 0);
	CHECK_EQ(ioctl(fd, BLKGETSIZE64, &bytes), 0);
	CHECK_EQ(ioctl(fd, BLKSSZGET, &sector), 0);
	CHECK_EQ(ioctl(fd, BLKBSZGET, &block), 0);
	CHECK(bytes > 0);
	CHECK_EQ(bytes, (uint64_t)sectors * 512);
	CHECK_EQ(sector, 512);
	CHECK(block >= sector && block <= PAGE);
	CHECK_EQ(lseek(fd, 0, SEEK_END), (off_t)bytes);
	close(fd);
}

static void node_is_a_block_device(void)
{
	struct stat st;

	CHECK_EQ(stat(DISK, &st), 0);
	CHECK(S_ISBLK(st.st_mode));
	CHECK_EQ(st.st_rdev >> 8, 3);
	CHECK_EQ(st.st_rdev & 0xff, 0);
}

/* contract: S1-05 */
static void geometry_and_identity(void)
{
	struct hd_geometry geo;
	struct hd_driveid id;
	int fd = open(DISK, O_RDONLY);

	CHECK_EQ(ioctl(fd, HDIO_GETGEO, &geo), 0);
	CHECK(geo.heads && geo.sectors && geo.cylinders);
	CHECK_EQ(geo.start, 0);
	CHECK_FAILS(ioctl(fd, HDIO_GETGEO, NULL), EINVAL);
	CHECK_EQ(ioctl(fd, HDIO_GET_IDENTITY, &id), 0);
	CHECK(id.model[0] != 0);
	CHECK_FAILS(ioctl(fd, HDIO_GET_IDENTITY, NOWHERE), EFAULT);
	close(fd);
}

/* contract: S1-05 */
static void unknown_requests_are_enotty(void)
{
	uint64_t range[2] = { 0, 4096 };
	int disk = open(DISK, O_RDONLY), ram = open(RAM, O_RDWR);

	CHECK_FAILS(ioctl(disk, 0x1234, 0), ENOTTY);
	CHECK_FAILS(ioctl(ram, 0x1234, 0), ENOTTY);
	CHECK_FAILS(ioctl(ram, HDIO_GETGEO, range), ENOTTY);
	CHECK_FAILS(ioctl(disk, BLKDISCARD, range), EBADF);
	CHECK_FAILS(ioctl(ram, BLKDISCARD, range), EOPNOTSUPP);
	CHECK_FAILS(ioctl(ram, BLKZEROOUT, range), EOPNOTSUPP);
	range[0] = 1;
	CHECK_FAILS(ioctl(ram, BLKZEROOUT, range), EINVAL);
	range[0] = range[1] = 0;
	CHECK_FAILS(ioctl(ram, BLKZEROOUT, range), EINVAL);
	close(disk);
	close(ram);
}

/* The same sectors both ways; the cache is dropped between. */
static void dma_and_pio_agree(void)
{
	static char by_dma[8 * PAGE], by_pio[8 * PAGE];
	long was = 0, now = 1;
	int fd = open(DISK, O_RDONLY);

	CHECK_EQ(ioctl(fd, HDIO_GET_DMA, &was), 0);
	if (ioctl(fd, HDIO_SET_DMA, 1) < 0) {
		close(fd);
		SKIP("no DMA here");
	}
	CHECK_EQ(ioctl(fd, BLKFLSBUF, 0), 0);
	CHECK_EQ(pread(fd, by_dma, sizeof(by_dma), 0), (ssize_t)sizeof(by_dma));
	CHECK_EQ(ioctl(fd, HDIO_SET_DMA, 0), 0);
	CHECK_EQ(ioctl(fd, HDIO_GET_DMA, &now), 0);
	CHECK_EQ(now, 0);
	CHECK_EQ(ioctl(fd, BLKFLSBUF, 0), 0);
	CHECK_EQ(pread(fd, by_pio, sizeof(by_pio), 0), (ssize_t)sizeof(by_pio));
	CHECK(!memcmp(by_dma, by_pio, sizeof(by_dma)));
	CHECK_FAILS(ioctl(fd, HDIO_SET_DMA, 7), EINVAL);
	CHECK_EQ(ioctl(fd, HDIO_SET_DMA, was), 0);
	close(fd);
}

/* contract: S1-03 */
static void mounted_disk_is_claimed(void)
{
	int fd = open(DISK, O_RDONLY), size = 512;

	CHECK(fd >= 0);
	CHECK_FAILS(ioctl(fd, BLKBSZSET, &size), EBUSY);
	CHECK_FAILS(ioctl(fd, BLKBSZSET, NULL), EINVAL);
	close(fd);
	CHECK_FAILS(open(DISK, O_RDONLY | O_EXCL), EBUSY);
}

static void content_ends_with_the_device(void)
{
	char byte = 'x', back = 0;
	int fd = open(RAM, O_RDWR);
	off_t end = lseek(fd, 0, SEEK_END);

	CHECK_EQ(write(fd, &byte, 1), -1);
	CHECK_EQ(errno, ENOSPC);
	CHECK_EQ(read(fd, &back, 1), 0);
	CHECK_EQ(pwrite(fd, &byte, 1, end - 1), 1);
	CHECK_EQ(pread(fd, &back, 1, end - 1), 1);
	CHECK_EQ(back, 'x');
	CHECK_EQ(fsync(fd), 0);
	close(fd);
}

static void what_is_no_file_system_is_refused(void)
{
	mkdir("there", 0755);
	CHECK_FAILS(mount(RAM, "there", "ext2", 0, NULL), EINVAL);
	CHECK_FAILS(mount("/dev/null", "there", "ext2", 0, NULL), ENOTBLK);
	CHECK_FAILS(mount("/dev/nothing", "there", "ext2", 0, NULL), ENOENT);
	rmdir("there");
}

/* How many flushes the root's disk has done. */
static long flushes(void)
{
	char text[256], *at = text;
	int fd = open("/sys/block/hda/stat", O_RDONLY), i;
	ssize_t n = read(fd, text, sizeof(text) - 1);
	long value = 0;

	close(fd);
	text[n > 0 ? n : 0] = 0;
	for (i = 0; i <= 15; i++)
		value = strtol(at, &at, 10);
	return value;
}

/* What is there already is written in place; with O_SYNC the disk's own cache is written, too. */
static void direct_writes_are_waited_for(void)
{
	static char page[PAGE] __attribute__((aligned(PAGE)));
	const char *name = "/root/blockdev";
	int fd = open(name, O_RDWR | O_CREAT | O_DIRECT, 0644);
	long before;

	CHECK_EQ(pwrite(fd, page, PAGE, 0), PAGE);
	before = flushes();
	CHECK_EQ(pwrite(fd, page, PAGE, 0), PAGE);
	CHECK_EQ(flushes(), before);
	close(fd);
	fd = open(name, O_RDWR | O_DIRECT | O_SYNC);
	CHECK_EQ(pwrite(fd, page, PAGE, 0), PAGE);
	CHECK(flushes() > before);
	close(fd);
	unlink(name);
}

/* A driver without a queue; by the process's pages, and by a pipe's. */
static void disk_in_memory_is_direct_too(void)
{
	static char pages[2 * PAGE] __attribute__((aligned(PAGE)));
	int fd = open(RAM, O_RDWR | O_DIRECT), ends[2];
	loff_t at = PAGE;

	CHECK_EQ(pipe(ends), 0);
	memset(pages, 'r', PAGE);
	CHECK_EQ(pwrite(fd, pages, PAGE, 0), PAGE);
	memset(pages, 's', PAGE);
	CHECK_EQ(write(ends[1], pages, PAGE), PAGE);
	CHECK_EQ(splice(ends[0], NULL, fd, &at, PAGE, 0), PAGE);
	CHECK_EQ(pread(fd, pages, 2 * PAGE, 0), 2 * PAGE);
	CHECK(pages[0] == 'r' && pages[PAGE - 1] == 'r' && pages[PAGE] == 's' && pages[2 * PAGE - 1] == 's');
	close(ends[0]);
	close(ends[1]);
	close(fd);
}

int main(void)
{
	RUN(sizes_agree);
	RUN(node_is_a_block_device);
	RUN(geometry_and_identity);
	RUN(unknown_requests_are_enotty);
	RUN(dma_and_pio_agree);
	RUN(mounted_disk_is_claimed);
	RUN(content_ends_with_the_device);
	RUN(what_is_no_file_system_is_refused);
	RUN(direct_writes_are_waited_for);
	RUN(disk_in_memory_is_direct_too);
	return tap_end();
}
