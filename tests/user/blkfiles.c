/*
 * From an ordinary file down to the driver of its disk: a file system on the sample blkram, which
 * counts what it is asked for, and the root's own disk, which moves data by DMA.
 * host: no, because it loads a module of Lectern's and wants to be root on a machine whose disk is hda
 */
#include <dirent.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <linux/hdreg.h>
#include "case.h"
#include "ext2_image.h"

#define RAM "/dev/blkram0"
#define BLOCK "/sys/block/blkram0/"
#define KIB 1024
#define PAGES 3			/* of the file: its blocks stand in the inode itself */
#define PRD "/sys/kernel/debug/ide/ide0/prd"
#define PROGRAMS "/tests/"

static int count(const char *of)
{
	char path[64], text[16] = "-1";
	int fd;

	snprintf(path, sizeof(path), BLOCK "counts/%s", of);
	fd = open(path, O_RDONLY);
	CHECK(read(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	return atoi(text);
}

static void load_with_file_system(void)
{
	static unsigned char image[EXT2_USED * EXT2_BLOCK];
	int fd;

	CHECK_EQ(system("modprobe blkram mib=1 && echo 0 >" BLOCK "queue/read_ahead_kb"), 0);
	ext2_image(image, KIB);
	fd = open(RAM, O_WRONLY);
	CHECK_EQ(write(fd, image, sizeof(image)), sizeof(image));
	close(fd);
	mkdir("mnt", 0755);
}

static void unload(void)
{
	rmdir("mnt");
	CHECK_EQ(system("rmmod blkram"), 0);
}

/* contract: S1-03 */
static void a_mount_opens_the_device_and_its_end_closes_it(void)
{
	int opens, closes, fd;

	load_with_file_system();
	opens = count("open");
	closes = count("close");
	CHECK_EQ(mount(RAM, "mnt", "ext2", 0, NULL), 0);
	CHECK_EQ(count("open") - opens, 1);
	fd = file_with("mnt/file", "a file's opening is not the device's");
	close(fd);
	CHECK_EQ(count("open") - opens, 1);
	CHECK(system("rmmod blkram 2>/dev/null") != 0);
	CHECK_EQ(count("close") - closes, 0);
	fd = open(RAM, O_RDONLY);			/* by a program, too */
	CHECK_EQ(count("open") - opens, 2);
	close(fd);
	CHECK_EQ(count("close") - closes, 1);
	CHECK_EQ(umount("mnt"), 0);
	CHECK_EQ(count("close") - closes, 2);
	CHECK_FAILS(mount(RAM, "mnt", "ext3", 0, NULL), ENODEV);
	CHECK_EQ(count("open"), opens + 2);
	unload();
}

/* Each page that is touched is one request, and the page between them none. */
/* contract: S1-08 S1-09 */
static void a_files_pages_come_from_the_driver_one_by_one(void)
{
	static char page[PAGE];
	struct rusage before, after;
	unsigned char there[PAGES];
	char *map;
	int fd, i, reads;

	load_with_file_system();
	CHECK_EQ(mount(RAM, "mnt", "ext2", 0, NULL), 0);
	fd = open("mnt/file", O_RDWR | O_CREAT, 0644);
	for (i = 0; i < PAGES; i++) {
		memset(page, 'a' + i, PAGE);
		CHECK_EQ(write(fd, page, PAGE), PAGE);
	}
	close(fd);
	CHECK_EQ(umount("mnt"), 0);
	CHECK_EQ(mount(RAM, "mnt", "ext2", 0, NULL), 0);
	fd = open("mnt/file", O_RDONLY);
	map = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	CHECK(map != MAP_FAILED);
	reads = count("read");
	CHECK_EQ(map[7], 'a');
	CHECK_EQ(count("read") - reads, 1);
	CHECK_EQ(map[2 * PAGE], 'c');
	CHECK_EQ(count("read") - reads, 2);
	CHECK_EQ(mincore(map, PAGES * PAGE, there), 0);
	CHECK((there[0] & 1) && !(there[1] & 1) && (there[2] & 1));
	CHECK_EQ(system("echo 50 >/sys/module/blkram/parameters/delay_ms"), 0);
	getrusage(RUSAGE_SELF, &before);
	CHECK_EQ(pread(fd, page, PAGE, PAGE), PAGE);	/* read() asks in the same way, */
	getrusage(RUSAGE_SELF, &after);
	CHECK(after.ru_nvcsw > before.ru_nvcsw);	/* and sleeps until the device is done */
	CHECK(page[0] == 'b' && page[PAGE - 1] == 'b');
	CHECK_EQ(count("read") - reads, 3);
	CHECK_EQ(pread(fd, page, PAGE, 0), PAGE);	/* the file system has it */
	CHECK_EQ(count("read") - reads, 3);
	munmap(map, PAGES * PAGE);
	close(fd);
	CHECK_EQ(umount("mnt"), 0);
	unload();
}

/* What /proc/interrupts says of the disk's line. */
static long interrupts(void)
{
	char line[200];
	FILE *f = fopen("/proc/interrupts", "r");
	long n = -1;

	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, " ide0"))
			n = atol(strchr(line, ':') + 1);
	if (f)
		fclose(f);
	return n;
}

static int cached(int fd)
{
	void *map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	unsigned char there = 1;

	CHECK_EQ(mincore(map, PAGE, &there), 0);
	munmap(map, PAGE);
	return there & 1;
}

/* A file of the root's disk whose first page nobody has read; -1. */
static int unread_file(void)
{
	DIR *dir = opendir(PROGRAMS);
	struct dirent *entry;
	char path[300];
	int fd = -1;

	while (fd < 0 && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), PROGRAMS "%s", entry->d_name);
		fd = open(path, O_RDONLY);
		if (fd >= 0 && (entry->d_name[0] == '.' || cached(fd))) {
			close(fd);
			fd = -1;
		}
	}
	closedir(dir);
	return fd;
}

/* contract: S1-09 S1-12 */
static void an_ordinary_read_is_a_transfer_by_dma(void)
{
	static char page[PAGE], table[256];
	int fd = unread_file(), disk = open("/dev/hda", O_RDONLY), prd;
	long dma = 0, taken = interrupts();

	if (!CHECK(fd >= 0) || ioctl(disk, HDIO_GET_DMA, &dma) < 0 || !dma)
		SKIP("no DMA here");
	CHECK_EQ(pread(fd, page, PAGE, 0), PAGE);
	CHECK(!memcmp(page, "\177ELF", 4));
	CHECK(interrupts() > taken);			/* the disk said when it was done, */
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
	prd = open(PRD, O_RDONLY);			/* and had been told where to put it */
	CHECK(read(prd, table, sizeof(table) - 1) > 0);
	CHECK(strtoul(table + 2, NULL, 16) >= PAGE && strstr(table, " last\n"));
	CHECK(cached(fd));
	close(prd);
	close(disk);
	close(fd);
}

int main(void)
{
	RUN(a_mount_opens_the_device_and_its_end_closes_it);
	RUN(a_files_pages_come_from_the_driver_one_by_one);
	RUN(an_ordinary_read_is_a_transfer_by_dma);
	return tap_end();
}
