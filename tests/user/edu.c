/*
 * /dev/edu0: one register reached by read(), ioctl and a mapping; its interrupt; DMA from pages that are anywhere.
 * host: no, because it needs QEMU's card and Lectern's driver for it
 */
#include <linux/edu.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include "case.h"

#define EDU "/dev/edu0"
#define ATTR "/sys/class/misc/edu0/"
#define TEN_FACTORIAL 3628800u
#define BIT 0x40

static volatile unsigned int *registers(int fd)
{
	void *regs = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, EDU_MAP_REGS);

	return regs == MAP_FAILED ? NULL : regs;
}

static void set_attribute(const char *name, const char *value)
{
	int fd = open(name, O_WRONLY);

	CHECK_EQ(write(fd, value, strlen(value)), strlen(value));
	close(fd);
}

static struct edu_info info_of(int fd)
{
	struct edu_info info = { 0 };

	CHECK(!ioctl(fd, EDU_GET_INFO, &info));
	return info;
}

/* What /proc/interrupts says of the card's line. */
static long interrupts(void)
{
	char line[200];
	FILE *f = fopen("/proc/interrupts", "r");
	long count = -1;

	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, " edu0"))
			count = atol(strchr(line, ':') + 1);
	if (f)
		fclose(f);
	return count;
}

/* contract: S1-01 S1-02 S1-06 S1-12 */
static void factorial_by_read(void)
{
	int fd = open(EDU, O_RDWR), other = open(EDU, O_RDWR);
	unsigned int n = 10, four = 4, result = 0;
	long before = interrupts();

	if (!CHECK(fd >= 0 && other >= 0 && before >= 0))
		return;
	CHECK_EQ(write(fd, &n, sizeof(n)), 4);
	CHECK_EQ(write(other, &four, sizeof(four)), 4);
	CHECK_EQ(read(fd, &result, sizeof(result)), 4);
	CHECK_EQ(result, TEN_FACTORIAL);
	CHECK_EQ(read(other, &result, sizeof(result)), 4);
	CHECK_EQ(result, 24);
	CHECK_EQ(interrupts() - before, 2);	/* the driver slept until the card was ready */
	CHECK_EQ(read(other, &result, sizeof(result)), 4);
	CHECK_EQ(result, 24);			/* the register as it is */
	CHECK_EQ(interrupts() - before, 2);
	CHECK_FAILS(write(fd, &n, 3), EINVAL);
	CHECK_FAILS(read(fd, &result, 8), EINVAL);
	CHECK_FAILS(write(fd, NOWHERE, 4), EFAULT);
	CHECK_FAILS(read(fd, NOWHERE, 4), EFAULT);
	CHECK_FAILS(lseek(fd, 0, SEEK_SET), ESPIPE);
	close(fd);
	close(other);
}

/* contract: S1-04 S1-12 S0-32 */
static void factorial_by_ioctl(void)
{
	int fd = open(EDU, O_RDWR);
	unsigned int value = 10;
	struct edu_info info;

	CHECK(!ioctl(fd, EDU_FACTORIAL, &value));
	CHECK_EQ(value, TEN_FACTORIAL);
	value = 0x12345678;
	CHECK(!ioctl(fd, EDU_LIVENESS, &value));
	CHECK_EQ(value, ~0x12345678u);
	info = info_of(fd);			/* several values of one moment */
	CHECK_EQ(info.id & 0xffff, 0xed);
	CHECK_EQ(info.status & EDU_STATUS_COMPUTING, 0);
	CHECK(info.interrupts > 0);
	CHECK_FAILS(ioctl(fd, EDU_FACTORIAL, NOWHERE), EFAULT);
	CHECK_FAILS(ioctl(fd, EDU_GET_INFO, NOWHERE), EFAULT);
	CHECK_FAILS(ioctl(fd, _IO(EDU_IOC_MAGIC, 99), 0), ENOTTY);
	close(fd);
}

/* contract: S0-13 S1-07 S1-08 S1-12 */
static void factorial_by_mapped_registers(void)
{
	int fd = open(EDU, O_RDWR);
	volatile unsigned int *regs = registers(fd);
	long tries = 0;

	if (!CHECK(regs != NULL))
		return;
	CHECK_EQ(regs[EDU_REG_ID / 4], info_of(fd).id);
	regs[EDU_REG_LIVENESS / 4] = 0x0f;
	CHECK_EQ(regs[EDU_REG_LIVENESS / 4], ~0x0fu);
	regs[EDU_REG_STATUS / 4] = 0;			/* no interrupt: we look */
	regs[EDU_REG_FACTORIAL / 4] = 10;
	while (regs[EDU_REG_STATUS / 4] & EDU_STATUS_COMPUTING && tries++ < 10000000)
		;
	CHECK_EQ(regs[EDU_REG_FACTORIAL / 4], TEN_FACTORIAL);
	munmap((void *)regs, PAGE);
	close(fd);
}

/* contract: S1-07 S0-12 */
static void bad_mappings_are_refused(void)
{
	int fd = open(EDU, O_RDWR);
	int rw = PROT_READ | PROT_WRITE;

	CHECK_FAILS(mmap(NULL, 2 * PAGE, rw, MAP_SHARED, fd, EDU_MAP_REGS), EINVAL);
	CHECK_FAILS(mmap(NULL, PAGE, rw, MAP_SHARED, fd, PAGE), EINVAL);
	CHECK_FAILS(mmap(NULL, PAGE, rw, MAP_SHARED, fd, EDU_MAP_DMA + PAGE), EINVAL);
	CHECK_FAILS(mmap(NULL, PAGE, rw, MAP_PRIVATE, fd, EDU_MAP_REGS), EINVAL);
	close(fd);
}

/* contract: S0-32 */
static void factorial_by_attribute(void)
{
	char text[32] = "";
	int fd;

	set_attribute(ATTR "factorial", "10\n");
	fd = open(ATTR "factorial", O_RDWR);
	CHECK(read(fd, text, sizeof(text) - 1) > 0);
	CHECK(!strcmp(text, "3628800\n"));
	CHECK_FAILS(write(fd, "ten\n", 4), EINVAL);
	close(fd);
}

/* The best of some batches, in ns a round: what else the host does is not in it. */
#define NS_A_ROUND(statement) \
	({ \
		long best = -1; \
		for (int batch = 0; batch < 20; batch++) { \
			struct timespec from, to; \
			long took; \
			clock_gettime(CLOCK_MONOTONIC, &from); \
			for (int round = 0; round < 100; round++) \
				statement; \
			clock_gettime(CLOCK_MONOTONIC, &to); \
			took = ((to.tv_sec - from.tv_sec) * 1000000000L + to.tv_nsec - from.tv_nsec) / 100; \
			best = best < 0 || took < best ? took : best; \
		} \
		best; \
	})

/* contract: S0-32 S1-14 */
static void a_mapping_beats_calls(void)
{
	int fd = open(EDU, O_RDWR), attr = open(ATTR "id", O_RDONLY);
	volatile unsigned int *regs = registers(fd);
	unsigned int value = 0;
	char text[16];
	long map, store, call, put, request, attribute;

	if (!CHECK(regs != NULL && attr >= 0))
		return;
	map = NS_A_ROUND(value = regs[EDU_REG_FACTORIAL / 4]);
	store = NS_A_ROUND(regs[EDU_REG_LIVENESS / 4] = value);
	call = NS_A_ROUND(read(fd, &value, 4));
	put = NS_A_ROUND(write(fd, &value, 4));		/* kept by the driver for the next read() */
	request = NS_A_ROUND(ioctl(fd, EDU_LIVENESS, &value));
	attribute = NS_A_ROUND(pread(attr, text, sizeof(text), 0));
	printf("# ns: mapped register %ld, stored %ld, read() %ld, write() %ld, ioctl %ld, attribute %ld\n",
	       map, store, call, put, request, attribute);
	CHECK(map < call && store < put && map < request);
	CHECK(request < attribute);
	munmap((void *)regs, PAGE);
	close(attr);
	close(fd);
}

static volatile int signalled;

static void note(int sig)
{
	signalled = sig;
}

static void wait_for_bit(void)
{
	int fd = open(EDU, O_RDWR);
	unsigned int raised = 0;

	CHECK(!ioctl(fd, EDU_WAIT, &raised));
	CHECK_EQ(raised, BIT);
}

/* contract: S1-04 */
static void interrupts_wake_and_signal(void)
{
	int fd = open(EDU, O_RDWR | O_NONBLOCK);
	struct pollfd pollfd = { .fd = fd, .events = POLLPRI | POLLIN | POLLOUT };
	unsigned int raised = 0;
	pid_t pid;

	CHECK_FAILS(ioctl(fd, EDU_WAIT, &raised), EAGAIN);
	CHECK_EQ(poll(&pollfd, 1, 0), 1);
	CHECK_EQ(pollfd.revents, POLLIN | POLLOUT);
	signal(SIGIO, note);
	CHECK(!fcntl(fd, F_SETOWN, getpid()));
	CHECK(!fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK | O_ASYNC));
	CHECK(!ioctl(fd, EDU_RAISE, BIT));
	CHECK_EQ(signalled, SIGIO);
	CHECK_EQ(poll(&pollfd, 1, 0), 1);
	CHECK(pollfd.revents & POLLPRI);
	CHECK(!ioctl(fd, EDU_WAIT, &raised));
	CHECK_EQ(raised, BIT);
	CHECK_FAILS(ioctl(fd, EDU_RAISE, 0), EINVAL);
	CHECK_FAILS(ioctl(fd, EDU_RAISE, EDU_IRQ_DMA), EINVAL);
	pid = start(wait_for_bit);
	nap(50);				/* it sleeps by now */
	CHECK(!ioctl(fd, EDU_RAISE, BIT));
	CHECK_EQ(reap(pid), 0);
	close(fd);
}

static unsigned char out[3 * PAGE] __attribute__((aligned(PAGE)));
static unsigned char in[3 * PAGE] __attribute__((aligned(PAGE)));

static int dma(int fd, void *addr, unsigned int len, unsigned int flags)
{
	struct edu_dma request = { .addr = (unsigned long)addr, .len = len, .flags = flags };

	return ioctl(fd, EDU_DMA, &request);
}

/* All that the card holds, over a page's end: @transfers there and as many back, and not a byte beside. */
static void there_and_back(unsigned int flags, int transfers)
{
	int fd = open(EDU, O_RDWR);
	unsigned int at = PAGE - 1000, len = EDU_DMA_SIZE, i, dmas = info_of(fd).dmas;

	for (i = 0; i < sizeof(out); i++)
		out[i] = i * 7 + i / 256 + flags;
	memset(in, 0xee, sizeof(in));
	CHECK_EQ(dma(fd, out + at, len, flags), transfers);
	CHECK_EQ(dma(fd, in + at, len, flags | EDU_DMA_FROM_CARD), transfers);
	CHECK_EQ(info_of(fd).dmas - dmas, 2 * transfers);
	CHECK(!memcmp(in + at, out + at, len));
	CHECK(in[at - 1] == 0xee && in[at + len] == 0xee);
	close(fd);
}

/* contract: S0-24 S0-26 S1-11 S1-13 */
static void dma_a_transfer_a_page(void)
{
	there_and_back(0, 2);
}

/* contract: S0-24 S1-11 S1-13 */
static void dma_through_a_contiguous_buffer(void)
{
	there_and_back(EDU_DMA_BOUNCE, 1);
}

/* contract: S0-13 S1-12 */
static void dma_of_the_mapped_buffer(void)
{
	int fd = open(EDU, O_RDWR);
	char *buffer = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, EDU_MAP_DMA);

	if (!CHECK(buffer != MAP_FAILED))
		return;
	strcpy(buffer, "coherent");
	CHECK_EQ(dma(fd, NULL, 100, EDU_DMA_BUFFER), 1);
	memset(buffer, 0, PAGE);
	CHECK_EQ(dma(fd, (void *)50, 100, EDU_DMA_BUFFER | EDU_DMA_FROM_CARD), 1);
	CHECK(!strcmp(buffer + 50, "coherent"));
	munmap(buffer, PAGE);
	close(fd);
}

static void dma_checks_what_it_is_asked(void)
{
	int fd = open(EDU, O_RDWR);
	struct edu_dma beyond = { .addr = (unsigned long)out, .offset = 4000, .len = EDU_DMA_SIZE - 4000 + 1 };

	CHECK_FAILS(ioctl(fd, EDU_DMA, NOWHERE), EFAULT);
	CHECK_FAILS(ioctl(fd, EDU_DMA, &beyond), EINVAL);
	CHECK_FAILS(dma(fd, out, 0, 0), EINVAL);
	CHECK_FAILS(dma(fd, out, EDU_DMA_SIZE + 1, 0), EINVAL);
	CHECK_FAILS(dma(fd, out, 8, 0x80), EINVAL);
	CHECK_FAILS(dma(fd, (void *)4095, 2, EDU_DMA_BUFFER), EINVAL);
	CHECK_FAILS(dma(fd, UNMAPPED, 8, 0), EFAULT);
	CHECK_FAILS(dma(fd, UNMAPPED, 8, EDU_DMA_BOUNCE), EFAULT);
	CHECK_FAILS(dma(fd, (void *)dma_checks_what_it_is_asked, 8, EDU_DMA_FROM_CARD), EFAULT);
	close(fd);
}

#define DMA_MS 100			/* that a transfer takes */

static long epoch;

/* Marks each millisecond in which it runs. */
static void mark_for_ever(void)
{
	for (;;) {
		unsigned long at = now_ms() - epoch;

		if (at < PAGE)
			out[at] = 1;
	}
}

/* A driver that spins for its card gives the processor away only at the end. */
/* contract: S1-09 S1-12 */
static void others_run_during_dma(void)
{
	int fd = open(EDU, O_RDWR), marks = 0, from, at;
	pid_t pid;

	mmap(out, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	epoch = now_ms();
	pid = start(mark_for_ever);
	nap(30);
	from = now_ms() - epoch;
	CHECK_EQ(dma(fd, in, 8, EDU_DMA_BOUNCE), 1);
	for (at = from + 10; at < from + DMA_MS - 10; at++)
		marks += out[at];
	printf("# ran in %d of %d ms\n", marks, DMA_MS - 20);
	CHECK(marks > 2);
	kill(pid, SIGKILL);
	CHECK_EQ(reap(pid), 128 + SIGKILL);
	close(fd);
}

/* contract: S0-25 */
static void silence_ends_with_an_error(void)
{
	int fd = open(EDU, O_RDWR);
	unsigned int n = 3, dmas;
	long from = now_ms();

	set_attribute(ATTR "fault", "1");
	CHECK_FAILS(ioctl(fd, EDU_FACTORIAL, &n), EIO);
	CHECK(now_ms() - from >= 900);
	CHECK_FAILS(dma(fd, out, 8, EDU_DMA_BOUNCE), EIO);
	CHECK_FAILS(dma(fd, out, 8, 0), EIO);
	set_attribute(ATTR "fault", "2");	/* no mapping: no transfer, and nothing to wait for */
	dmas = info_of(fd).dmas;
	from = now_ms();
	CHECK_FAILS(dma(fd, out, 8, 0), EIO);
	CHECK(now_ms() - from < 900);
	CHECK_EQ(info_of(fd).dmas, dmas);
	set_attribute(ATTR "fault", "0");
	CHECK(!ioctl(fd, EDU_FACTORIAL, &n));
	CHECK_EQ(n, 6);
	CHECK_EQ(dma(fd, out, 8, 0), 1);
	close(fd);
}

static volatile unsigned int *mapped;

static void touch_mapped(void)
{
	signal(SIGBUS, SIG_DFL);
	(void)mapped[EDU_REG_ID / 4];
}

static void an_open_file_outlives_the_card(void)
{
	int fd = open(EDU, O_RDWR);
	struct pollfd pollfd = { .fd = fd, .events = POLLIN };
	unsigned int n = 3;
	char slot[64];
	ssize_t len = readlink(ATTR "device", slot, sizeof(slot) - 1);

	if (!CHECK(fd >= 0 && len > 0))
		return;
	slot[len] = 0;
	memmove(slot, strrchr(slot, '/') + 1, strlen(strrchr(slot, '/')));
	mapped = registers(fd);
	set_attribute("/sys/bus/pci/drivers/edu/unbind", slot);
	CHECK_EQ(reap(start(touch_mapped)), 128 + SIGBUS);
	CHECK_FAILS(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, EDU_MAP_DMA), ENODEV);
	CHECK_FAILS(ioctl(fd, EDU_FACTORIAL, &n), ENODEV);
	CHECK_FAILS(ioctl(fd, EDU_WAIT, &n), ENODEV);
	CHECK_FAILS(read(fd, &n, 4), ENODEV);
	CHECK_EQ(poll(&pollfd, 1, 0), 1);
	CHECK(pollfd.revents & POLLHUP);
	CHECK_FAILS(open(EDU, O_RDWR), ENOENT);
	munmap((void *)mapped, PAGE);
	close(fd);				/* the last use: its number is free again */
	set_attribute("/sys/bus/pci/drivers/edu/bind", slot);
	fd = open(EDU, O_RDWR);
	CHECK(!ioctl(fd, EDU_FACTORIAL, &n));
	close(fd);
}

int main(void)
{
	RUN(factorial_by_read);
	RUN(factorial_by_ioctl);
	RUN(factorial_by_mapped_registers);
	RUN(bad_mappings_are_refused);
	RUN(factorial_by_attribute);
	RUN(a_mapping_beats_calls);
	RUN(interrupts_wake_and_signal);
	RUN(dma_a_transfer_a_page);
	RUN(dma_through_a_contiguous_buffer);
	RUN(dma_of_the_mapped_buffer);
	RUN(dma_checks_what_it_is_asked);
	RUN(others_run_during_dma);
	RUN(silence_ends_with_an_error);
	RUN(an_open_file_outlives_the_card);
	return tap_end();
}
