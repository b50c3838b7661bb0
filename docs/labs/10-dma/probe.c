/*
 * Lab 10's hand on the second disk: does what its words say, one after the other, in one process.
 *
 *	probe TOKEN 'read SECTOR COUNT SKEW' 'write SECTOR COUNT SEED' 'dma 0|1' 'lose N' …
 *
 * and says of each, in a line that begins with the token: what the call returned, the errno, milliseconds, instructions
 * and a sum of the data. Past the page cache, so that each is a request of the driver's. SKEW: sectors from
 * the beginning of a page to the buffer.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <linux/hdreg.h>

#define SECTOR		512
#define MOST		2048		/* sectors a call */
#define DISK		"/dev/hdb"
#define LOSE		"/sys/module/irq/parameters/lose_irqs"

static char *room;

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static unsigned long long clock_now(void)
{
	unsigned long long now;

	__asm__ volatile("rdtsc" : "=A"(now));
	return now;
}

/* FNV-1a, over words. */
static unsigned int sum_of(const char *data, long bytes)
{
	unsigned int sum = 2166136261u;
	const unsigned int *word = (const unsigned int *)data;

	for (; bytes >= 4; bytes -= 4)
		sum = (sum ^ *word++) * 16777619u;
	return sum;
}

static void make(char *data, long bytes, unsigned int seed)
{
	unsigned int *word = (unsigned int *)data;

	for (long i = 0; i < bytes / 4; i++)
		word[i] = (seed + i) * 2654435761u;
}

static long lose(const char *count)
{
	int fd = open(LOSE, O_WRONLY);
	long result = write(fd, count, strlen(count));

	close(fd);
	return result < 0 ? -1 : 0;
}

static long one(int fd, const char *what, long a, long b, long c)
{
	char number[16];

	if (!strcmp(what, "read")) {
		memset(room, 0xee, MOST * SECTOR);
		return pread(fd, room + c * SECTOR, b * SECTOR, (off_t)a * SECTOR);
	}
	if (!strcmp(what, "write")) {
		make(room, b * SECTOR, c);
		return pwrite(fd, room, b * SECTOR, (off_t)a * SECTOR);
	}
	if (!strcmp(what, "dma"))
		return ioctl(fd, HDIO_SET_DMA, a);
	snprintf(number, sizeof(number), "%ld", a);
	return lose(number);
}

int main(int argc, char **argv)
{
	int fd = open(DISK, O_RDWR | O_DIRECT);

	room = mmap(NULL, (MOST + 8) * SECTOR, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(room, 0, (MOST + 8) * SECTOR);
	sync();
	for (int i = 2; i < argc; i++) {
		char what[16] = "";
		long a = 0, b = 0, c = 0, ms, result;
		unsigned long long clock;

		sscanf(argv[i], "%15s %ld %ld %ld", what, &a, &b, &c);
		ms = now_ms();
		clock = clock_now();
		errno = 0;
		result = one(fd, what, a, b, c);
		clock = clock_now() - clock;
		printf("%s %s %ld %d %ld %llu %08x\n", argv[1], what, result, errno, now_ms() - ms, clock,
		       result > 0 ? sum_of(room + (strcmp(what, "read") ? 0 : c * SECTOR), result) : 0);
		fflush(stdout);
	}
	return 0;
}
