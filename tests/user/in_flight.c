/*
 * While the disk's controller moves data the CPU is another process's: the reader
 * sleeps, and a process that never sleeps runs between the start of a transfer
 * and its interrupt.
 *
 *	reader                             watcher
 *	asked = n; read(), sleeps          sees asked, not got, and no interrupt since:
 *	interrupt, wakes; got = n          it runs while the transfer is in flight
 *
 * With the name of a slow disk: the reader sleeps for each transfer, so a driver that spins fails.
 *
 * host: no, because it wants to be root on a machine whose disk is hda
 */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include "case.h"

#define DISK "/dev/hda"
#define READS 56
#define LEAST 3
#define ROUNDS 4
#define BYTES (128 << 10)	/* one transfer at most */
#define APART (1 << 20)		/* nothing read ahead is met again */

static struct {
	volatile int asked, got;
	volatile long interrupts;	/* when it asked */
	volatile int turns[READS + 1], in_flight[READS + 1];
} *shared;

/* How often the disk has interrupted. */
static long disk_interrupts(int fd)
{
	static char text[4096];
	char *row;
	ssize_t got = pread(fd, text, sizeof(text) - 1, 0);

	text[got > 0 ? got : 0] = '\0';
	row = strstr(text, "14:");
	return row ? strtol(row + 3, NULL, 10) : -1;
}

static void watch(void)
{
	int fd = open("/proc/interrupts", O_RDONLY);

	for (;;) {
		int n = shared->asked;

		if (n == shared->got)
			continue;
		shared->turns[n]++;
		if (disk_interrupts(fd) == shared->interrupts)
			shared->in_flight[n]++;
	}
}

static long sleeps(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_nvcsw;
}

static void read_cold(int disk, int interrupts)
{
	static char buf[BYTES];

	memset((void *)shared, 0, sizeof(*shared));
	CHECK_EQ(ioctl(disk, BLKFLSBUF), 0);
	for (int n = 1; n <= READS; n++) {
		sched_yield();			/* the watcher waits for what comes */
		shared->interrupts = disk_interrupts(interrupts);
		shared->asked = n;
		CHECK_EQ(pread(disk, buf, BYTES, (off_t)n * APART), BYTES);
		shared->got = n;
	}
}

/* On a busy host many a transfer ends before the reader could sleep: a few rounds, and few are enough. */
static void others_run_while_a_transfer_is_in_flight(void)
{
	int disk = open(DISK, O_RDONLY), fd = open("/proc/interrupts", O_RDONLY);
	long slept = sleeps(), interrupts = disk_interrupts(fd);
	int turned = 0, flew = 0, rounds = 0;
	pid_t watcher = start(watch);

	CHECK(disk >= 0 && fd >= 0);
	for (; flew < LEAST && rounds < ROUNDS; rounds++) {
		read_cold(disk, fd);
		for (int n = 1; n <= READS; n++) {
			turned += shared->turns[n] > 0;
			flew += shared->in_flight[n] > 0;
		}
	}
	interrupts = disk_interrupts(fd) - interrupts;
	slept = sleeps() - slept;
	kill(watcher, SIGKILL);
	waitpid(watcher, NULL, 0);
	printf("# %d reads, %ld interrupts, %ld sleeps; the watcher ran in %d, in %d before the interrupt\n",
	       rounds * READS, interrupts, slept, turned, flew);
	CHECK(interrupts >= READS);
	CHECK(slept >= LEAST);
	CHECK(turned >= LEAST);
	CHECK(flew >= LEAST);
	close(fd);
	close(disk);
}

/* Nobody else runs, and no transfer ends before the reader could sleep: one each. */
static void reader_sleeps_for_each_transfer(const char *slow)
{
	char *buf = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int disk = open(slow, O_RDONLY | O_DIRECT), fd = open("/proc/interrupts", O_RDONLY), n;
	long slept = 0, interrupts = 0;

	CHECK(disk >= 0 && fd >= 0);
	for (n = 0; n < READS; n++) {
		if (n == READS / 2) {			/* the disk has done what it does in a burst */
			slept = sleeps();
			interrupts = disk_interrupts(fd);
		}
		CHECK_EQ(pread(disk, buf, BYTES, 0), BYTES);
	}
	interrupts = disk_interrupts(fd) - interrupts;
	slept = sleeps() - slept;
	printf("# %ld interrupts, %ld sleeps\n", interrupts, slept);
	CHECK(interrupts >= READS / 2);
	CHECK(slept * 2 >= interrupts);		/* a busy host keeps us from it now and then */
	close(fd);
	close(disk);
}

int main(int argc, char **argv)
{
	if (argc == 2) {
		reader_sleeps_for_each_transfer(argv[1]);
		return tap_case_failed;
	}
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	RUN(others_run_while_a_transfer_is_in_flight);
	return tap_end();
}
