/*
 * tmpfs with a limit: what is written and what is stored through a mapping count,
 * and what is cut off or removed is free again.
 *
 * host: no, because it mounts
 */
#include <setjmp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include "case.h"

#define DIR_NAME "limited.tmp"
#define NAME DIR_NAME "/file"
#define LIMIT 16		/* pages */

static sigjmp_buf out;

static void no_memory_behind(int sig)
{
	siglongjmp(out, sig);
}

/* How many of @pages a shared mapping of the file can store to before SIGBUS. */
static int stores(int fd, int pages)
{
	char *map = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	volatile int n = 0;

	CHECK(map != MAP_FAILED);
	signal(SIGBUS, no_memory_behind);
	if (!sigsetjmp(out, 1))
		for (; n < pages; n++)
			map[n * PAGE] = 1;
	signal(SIGBUS, SIG_DFL);
	munmap(map, pages * PAGE);
	return n;
}

static void a_mapping_counts(void)
{
	int fd = open(NAME, O_RDWR | O_CREAT, 0600);

	CHECK_EQ(ftruncate(fd, 2 * LIMIT * PAGE), 0);
	CHECK_EQ(stores(fd, 2 * LIMIT), LIMIT);
	CHECK_FAILS(pwrite(fd, "x", 1, 2 * LIMIT * PAGE), ENOSPC);
	CHECK_EQ(ftruncate(fd, 0), 0);
	CHECK_EQ(pwrite(fd, "x", 1, 0), 1);
	close(fd);
	CHECK_EQ(unlink(NAME), 0);
}

static void removed_files_are_free_again(void)
{
	static char page[PAGE];
	int fd = open(NAME, O_RDWR | O_CREAT, 0600), n = 0;

	while (write(fd, page, PAGE) == PAGE)
		n++;
	CHECK_EQ(errno, ENOSPC);
	CHECK_EQ(n, LIMIT);
	CHECK_EQ(unlink(NAME), 0);
	close(fd);
	fd = open(NAME, O_RDWR | O_CREAT, 0600);
	CHECK_EQ(write(fd, page, PAGE), PAGE);
	close(fd);
}

int main(void)
{
	if (mkdir(DIR_NAME, 0700) || mount("none", DIR_NAME, "tmpfs", 0, "size=64k")) {
		printf("# cannot mount: errno %d\n1..0 # SKIP cannot mount\n", errno);
		return 0;
	}
	RUN(a_mapping_counts);
	RUN(removed_files_are_free_again);
	umount(DIR_NAME);
	rmdir(DIR_NAME);
	return tap_end();
}
