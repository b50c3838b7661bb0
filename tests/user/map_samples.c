/*
 * Of drivers/samples: mapkinds, whose four devices are mapped each in another way; and
 * maponly, which can do nothing else. Then a block device, and files by several processes.
 *
 * host: no, because the drivers are Lectern's samples
 */
#include <setjmp.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include "case.h"

#define RW (PROT_READ | PROT_WRITE)
#define DISPI_ID 0x500		/* of the display adaptor's registers */

static sigjmp_buf back;

static void jump(int sig)
{
	siglongjmp(back, sig);
}

/* The signal that reading a byte brings, or 0. */
static int touch(volatile char *p)
{
	int sig;

	signal(SIGSEGV, jump);
	signal(SIGBUS, jump);
	sig = sigsetjmp(back, 1);
	if (!sig)
		(void)*p;
	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
	return sig;
}

static int run(const char *command)
{
	return WEXITSTATUS(system(command));
}

/* Mapped shared, or an errno as a small negative number. */
static char *map(const char *path, size_t len, int prot, off_t offset)
{
	int fd = open(path, prot & PROT_WRITE ? O_RDWR : O_RDONLY);
	char *p = fd < 0 ? MAP_FAILED : mmap(NULL, len, prot, MAP_SHARED, fd, offset);
	int err = errno;

	close(fd);
	return p == MAP_FAILED ? (char *)(long)-err : p;
}

#define CHECK_MAPPED(p) CHECK((unsigned long)(p) < (unsigned long)-4096)
#define CHECK_NOT_MAPPED(p, error) CHECK_EQ((long)(p), -(error))

static int adaptor;		/* this machine has one */

/* contract: S0-12 S0-13 S1-07 S1-08 */
static void registers_answer_the_program(void)
{
	volatile uint16_t *id;
	char *regs;

	if (!adaptor)
		SKIP("this machine has no display adaptor");
	regs = map("/dev/map-regs", PAGE, RW, 0);
	if (!CHECK_MAPPED(regs))
		return;
	id = (uint16_t *)(regs + DISPI_ID);
	CHECK_EQ(*id & 0xfff0, 0xb0c0);
	*id = 0xb0c4;			/* an older one, please */
	CHECK_EQ(*id, 0xb0c4);
	*id = 0xb0c5;
	munmap(regs, PAGE);
	CHECK_NOT_MAPPED(map("/dev/map-regs", 2 * PAGE, RW, 0), EINVAL);
	CHECK_NOT_MAPPED(map("/dev/map-regs", PAGE, RW, PAGE), EINVAL);
	CHECK_NOT_MAPPED(map("/dev/map-regs", PAGE, RW, 0x7ffff000), EINVAL);
}

static void without_the_right(void)
{
	setuid(1000);
	CHECK_NOT_MAPPED(map("/dev/map-regs", PAGE, RW, 0), EPERM);
	CHECK_MAPPED(map("/dev/map-dma", PAGE, RW, 0));
}

/* contract: S0-13 */
static void a_driver_may_refuse(void)
{
	in_child(without_the_right);
}

/* contract: S0-13 */
static void the_frame_is_the_screens(void)
{
	uint32_t pixel = 0;
	char *frame;
	int fd;

	if (!adaptor)
		SKIP("this machine has no display adaptor");
	fd = open("/dev/fb0", O_RDWR);
	frame = map("/dev/map-frame", 16 * PAGE, RW, 0);
	if (!CHECK_MAPPED(frame) || !CHECK(fd >= 0))
		return;
	*(uint32_t *)(frame + 5 * PAGE) = 0x00abcdef;
	lseek(fd, 5 * PAGE, SEEK_SET);
	CHECK(read(fd, &pixel, 4) == 4 && pixel == 0x00abcdef);
	close(fd);
	munmap(frame, 16 * PAGE);
	CHECK_NOT_MAPPED(map("/dev/map-frame", PAGE, RW, 0x7ffff000), EINVAL);
}

/* contract: S0-11 S0-12 S0-13 */
static void the_dma_buffer_is_the_kernels(void)
{
	char *p = map("/dev/map-dma", 4 * PAGE, RW, 0), text[8] = "";
	int fd = open("/dev/map-dma", O_RDWR);

	if (!CHECK_MAPPED(p))
		return;
	strcpy(p + 2 * PAGE, "mapped");
	CHECK(pread(fd, text, 7, 2 * PAGE) == 7 && !strcmp(text, "mapped"));
	CHECK(pwrite(fd, "written", 8, 3 * PAGE) == 8 && !strcmp(p + 3 * PAGE, "written"));
	munmap(p, 4 * PAGE);
	close(fd);
	CHECK_NOT_MAPPED(map("/dev/map-dma", 5 * PAGE, RW, 0), EINVAL);
	CHECK_NOT_MAPPED(map("/dev/map-dma", 4 * PAGE, RW, PAGE), ENXIO);
}

/* contract: S0-13 */
static void shared_pages_come_as_they_are_touched(void)
{
	char *p = map("/dev/map-shared", 10 * PAGE, RW, 0), text[8] = "";
	int fd = open("/dev/map-shared", O_RDONLY);
	char *q = mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE, fd, 3 * PAGE);

	if (!CHECK_MAPPED(p) || !CHECK_MAPPED(q))
		return;
	if (!fork()) {
		strcpy(p + 3 * PAGE, "child");
		_exit(0);
	}
	wait(NULL);
	CHECK(!strcmp(p + 3 * PAGE, "child") && !strcmp(q, "child"));
	CHECK(pread(fd, text, 6, 3 * PAGE) == 6 && !strcmp(text, "child"));
	/* Its last page is there, the one behind is not. */
	CHECK_EQ(touch(p + 7 * PAGE), 0);
	CHECK_EQ(touch(p + 8 * PAGE), SIGBUS);
	munmap(q, 2 * PAGE);
	munmap(p, 10 * PAGE);
	close(fd);
}

/* contract: S0-25 */
static void a_buffer_that_nobody_has_is_no_memory(void)
{
	CHECK_EQ(run("rmmod mapkinds"), 0);
	CHECK_EQ(run("modprobe mapkinds dma_size=0x10000000 2>&1 | grep -q 'Cannot allocate memory'"), 0);
	CHECK_FAILS(access("/dev/map-regs", F_OK), ENOENT);
	CHECK_EQ(run("modprobe mapkinds"), 0);
}

static void what_is_mapped_keeps_the_module(void)
{
	char *p = map("/dev/map-dma", PAGE, PROT_READ, 0);

	CHECK(run("rmmod mapkinds 2>/dev/null") != 0);
	CHECK_EQ(touch(p), 0);
	CHECK_FAILS(mremap(p, PAGE, 2 * PAGE, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0, EFAULT);
	munmap(p, PAGE);
	CHECK_EQ(run("rmmod mapkinds && modprobe mapkinds"), 0);
}

/* contract: S2-19 */
static void protections_are_kept(void)
{
	int fd = open("/dev/map-dma", O_RDONLY);
	char *p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);

	CHECK_EQ(touch(p), 0);
	CHECK_FAILS(mprotect(p, PAGE, RW), EACCES);		/* the file is open for reading */
	CHECK_EQ(mprotect(p, PAGE, PROT_NONE), 0);
	CHECK_EQ(touch(p), SIGSEGV);
	CHECK_EQ(mprotect(p, PAGE, PROT_READ | PROT_EXEC), 0);
	CHECK_EQ(touch(p), 0);
	munmap(p, PAGE);
	p = mmap(NULL, PAGE, PROT_NONE, MAP_SHARED, fd, 0);
	CHECK_EQ(touch(p), SIGSEGV);
	munmap(p, PAGE);
	CHECK_FAILS(mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED ? -1 : 0, EACCES);
	close(fd);
	fd = open("/dev/map-dma", O_WRONLY);
	CHECK_FAILS(mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED ? -1 : 0, EACCES);
	close(fd);
}

/* contract: S1-08 */
static void a_driver_that_only_maps(void)
{
	unsigned long *p, before;
	int fd;

	CHECK_EQ(run("modprobe maponly"), 0);
	fd = open("/dev/maponly", O_RDWR);
	p = mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0);
	if (!CHECK(fd >= 0 && p != MAP_FAILED))
		return;
	before = p[0];
	CHECK_FAILS(read(fd, &before, 1), EINVAL);
	CHECK_FAILS(ioctl(fd, 1, 0), ENOTTY);
	p[1] = 99;			/* no call goes to the driver for this */
	CHECK_EQ(p[1], 99);
	close(fd);
	munmap(p, PAGE);
	CHECK_EQ(run("rmmod maponly"), 0);
}

/* contract: S1-08 */
static void a_block_device_is_mapped_page_by_page(void)
{
	char sector[512] = "", *p = map("/dev/hda", 16 * PAGE, PROT_READ, 0);
	int fd = open("/dev/hda", O_RDONLY);
	unsigned char there[16];

	if (!CHECK_MAPPED(p))
		return;
	/* The superblock of its file system, by both ways; what was not touched is not fetched. */
	CHECK(pread(fd, sector, 512, 1024) == 512 && !memcmp(p + 1024, sector, 512));
	CHECK_EQ((unsigned char)p[1024 + 56] | (unsigned char)p[1024 + 57] << 8, 0xef53);
	CHECK_EQ(mincore(p, 16 * PAGE, there), 0);
	CHECK(there[0] & 1);
	munmap(p, 16 * PAGE);
	close(fd);
}

/* Files, for the whole of it. */
static void a_file_is_shared_and_written_back(void)
{
	int fd = file_with("mapped", "old words");
	char *p, text[10] = "";

	ftruncate(fd, PAGE + 10);
	p = mmap(NULL, 3 * PAGE, RW, MAP_SHARED, fd, 0);
	if (!fork()) {
		memcpy(p, "new", 3);
		_exit(0);
	}
	wait(NULL);
	CHECK(!memcmp(p, "new words", 9));
	CHECK_EQ(msync(p, PAGE, MS_SYNC), 0);
	CHECK(pread(fd, text, 9, 0) == 9 && !strcmp(text, "new words"));
	CHECK_EQ(touch(p + PAGE + 100), 0);		/* the rest of its last page: zeroes */
	CHECK_EQ(touch(p + 2 * PAGE), SIGBUS);
	ftruncate(fd, 0);
	CHECK_EQ(touch(p), SIGBUS);			/* what is cut off is gone for all */
	munmap(p, 3 * PAGE);
	close(fd);
	unlink("mapped");
}

int main(void)
{
	adaptor = access("/dev/fb0", F_OK) == 0;
	CHECK_EQ(run("modprobe mapkinds"), 0);
	RUN(registers_answer_the_program);
	RUN(a_driver_may_refuse);
	RUN(the_frame_is_the_screens);
	RUN(the_dma_buffer_is_the_kernels);
	RUN(shared_pages_come_as_they_are_touched);
	RUN(a_buffer_that_nobody_has_is_no_memory);
	RUN(what_is_mapped_keeps_the_module);
	RUN(protections_are_kept);
	RUN(a_driver_that_only_maps);
	RUN(a_block_device_is_mapped_page_by_page);
	RUN(a_file_is_shared_and_written_back);
	run("rmmod mapkinds");
	return tap_end();
}
