/* Lab 08's peer: a program that drives the card through what it has mapped. */
#include "peer.h"

/* ---------------------------------------------------------------- step 1 */

CASE(alive)
{
	volatile uint32_t *regs = registers();

	EXPECT(reg(regs, ID) & 0xffff, 0x00ed);
	for (int i = 0; i < 5; i++) {
		uint32_t value = number();

		set(regs, LIVENESS, value);
		EXPECT(reg(regs, LIVENESS), (long)~value);
	}
}

CASE(computes)
{
	volatile uint32_t *regs = registers();

	for (int i = 0; i < 4; i++) {
		uint32_t n = 3 + number() % 9, product = 1;
		long until = now_ms() + 5000;

		for (uint32_t k = 2; k <= n; k++)
			product *= k;
		set(regs, FACTORIAL, n);
		while (reg(regs, STATUS) & COMPUTING)
			EXPECT_TRUE(now_ms() < until);
		EXPECT(reg(regs, FACTORIAL), product);
	}
}

/* It is all there when mmap() returns: no access costs a fault. */
CASE(at_once)
{
	volatile uint32_t *regs = registers();
	long before = faults(), again = faults();

	EXPECT(again, before);
	for (int i = 0; i < 32; i++) {
		set(regs, LIVENESS, i);
		(void)*(volatile uint32_t *)((char *)regs + (number() % 64) * PAGE);
	}
	EXPECT(faults() - before, 0);
}

CASE(not_beyond)
{
	int fd = node("regs", O_RDWR), rw = PROT_READ | PROT_WRITE;

	map(fd, PAGE, rw, REGS_BYTES - PAGE);
	map(fd, 1, rw, 0);
	NO_MAP(fd, REGS_BYTES + PAGE, rw, 0, EINVAL);
	NO_MAP(fd, REGS_BYTES + 1, rw, 0, EINVAL);
	NO_MAP(fd, PAGE, rw, REGS_BYTES, EINVAL);
	NO_MAP(fd, PAGE, rw, REGS_BYTES + (number() % 100 + 1) * PAGE, EINVAL);
}

CASE(not_across)
{
	int fd = node("regs", O_RDWR), pages = 2 + number() % 50;

	map(fd, pages * PAGE, PROT_READ, REGS_BYTES - pages * PAGE);
	NO_MAP(fd, (pages + 1) * PAGE, PROT_READ, REGS_BYTES - pages * PAGE, EINVAL);
	NO_MAP(fd, REGS_BYTES, PROT_READ, PAGE, EINVAL);
}

CASE(not_around)
{
	int fd = node("regs", O_RDWR);

	NO_MAP(fd, PAGE, PROT_READ, FOUR_GIB, EINVAL);
	NO_MAP(fd, 3 * PAGE, PROT_READ, FOUR_GIB - 2 * PAGE, EINVAL);
	NO_MAP(fd, PAGE, PROT_READ, FOUR_GIB + 4 * PAGE, EINVAL);
}

/* Another place of the card is another register: 64 KiB on there is none, the card says ~0 or 0. */
CASE(by_offset)
{
	int fd = node("regs", O_RDWR), page = 1 + number() % 200;
	volatile uint32_t *first = map(fd, PAGE, PROT_READ | PROT_WRITE, 0), *later = map(fd, PAGE, PROT_READ | PROT_WRITE, page * PAGE);

	EXPECT_TRUE((reg(first, ID) & 0xffff) == 0x00ed);
	EXPECT_TRUE((reg(later, ID) & 0xffff) != 0x00ed);
}

CASE(stays_while_mapped)
{
	int fd = node("regs", O_RDWR);
	volatile uint32_t *regs = map(fd, PAGE, PROT_READ | PROT_WRITE, 0);

	EXPECT(close(fd), 0);
	EXPECT_TRUE(system("rmmod porthole 2>/dev/null") != 0);
	set(regs, LIVENESS, 77);
	EXPECT(reg(regs, LIVENESS), (long)~77u);
	EXPECT(munmap((void *)regs, PAGE), 0);
	EXPECT(system("rmmod porthole"), 0);
}

/* ---------------------------------------------------------------- step 2 */

static uint32_t bus_address(void)
{
	char text[32] = "";
	int fd = open("/sys/module/porthole/parameters/bus", O_RDONLY);

	EXPECT_TRUE(fd >= 0 && read(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	return strtoul(text, NULL, 10);
}

static void transfer(volatile uint32_t *regs, uint32_t src, uint32_t dst, uint32_t count, uint32_t direction)
{
	long until = now_ms() + 5000;

	set(regs, DMA_SRC, src);
	set(regs, DMA_DST, dst);
	set(regs, DMA_COUNT, count);
	set(regs, DMA_CMD, RUN | direction);
	while (reg(regs, DMA_CMD) & RUN)
		EXPECT_TRUE(now_ms() < until);
}

static char *buffer(void)
{
	return map(node("dma", O_RDWR), PORTHOLE_BUFFER_PAGES * PAGE, PROT_READ | PROT_WRITE, 0);
}

/* Random bytes to the card and back to another page: the program makes no call meanwhile. */
CASE(card_moves)
{
	char *p = buffer(), *last = p + (PORTHOLE_BUFFER_PAGES - 1) * PAGE;
	volatile uint32_t *regs = registers();
	uint32_t bus = bus_address(), count = 200 + number() % 3000, at = number() % 500;
	char kept[4096];

	EXPECT_TRUE(bus && bus % PAGE == 0);
	fill(kept, count);
	memcpy(p + at, kept, count);
	transfer(regs, bus + at, CARD_MEMORY, count, 0);
	memset(p, 0, PAGE);
	transfer(regs, CARD_MEMORY, bus + (last - p) + at, count, FROM_CARD);
	EXPECT_BYTES(last + at, kept, count);
	EXPECT(last[at + count], 0);
}

CASE(buffer_by_offset)
{
	int fd = node("dma", O_RDWR), last = PORTHOLE_BUFFER_PAGES - 1;
	char *all = map(fd, PORTHOLE_BUFFER_PAGES * PAGE, PROT_READ | PROT_WRITE, 0);
	char *one = map(fd, PAGE, PROT_READ | PROT_WRITE, last * PAGE), kept[64];

	fill(kept, sizeof(kept));
	memcpy(all + last * PAGE + 100, kept, sizeof(kept));
	EXPECT_BYTES(one + 100, kept, sizeof(kept));
}

CASE(buffer_bounds)
{
	int fd = node("dma", O_RDWR);

	map(fd, PAGE, PROT_READ, (PORTHOLE_BUFFER_PAGES - 1) * PAGE);
	NO_MAP(fd, (PORTHOLE_BUFFER_PAGES + 1) * PAGE, PROT_READ, 0, EINVAL);
	NO_MAP(fd, PAGE, PROT_READ, PORTHOLE_BUFFER_PAGES * PAGE, EINVAL);
	NO_MAP(fd, 2 * PAGE, PROT_READ, (PORTHOLE_BUFFER_PAGES - 1) * PAGE, EINVAL);
	NO_MAP(fd, PAGE, PROT_READ, FOUR_GIB, EINVAL);
}

/* Loaded and unloaded many times, with the buffer mapped each time, memory stays as it was. */
CASE(gives_back)
{
	long before = 0;

	for (int i = 0; i < 24; i++) {
		int fd;
		char *p;

		EXPECT(load_again(), 0);
		fd = node("dma", O_RDWR);
		p = map(fd, PORTHOLE_BUFFER_PAGES * PAGE, PROT_READ | PROT_WRITE, 0);
		*p = 1;
		EXPECT(munmap(p, PORTHOLE_BUFFER_PAGES * PAGE), 0);
		EXPECT(close(fd), 0);
		if (i == 3)
			before = free_kb();
	}
	EXPECT_TRUE(before - free_kb() < 20 * PORTHOLE_BUFFER_PAGES * 4 / 2);
}

/* ---------------------------------------------------------------- step 3 */

#define ALL_LEAVES (PORTHOLE_LEAVES * PAGE)

static char *leaves(int fd)
{
	return map(fd, ALL_LEAVES, PROT_READ | PROT_WRITE, 0);
}

/* A page comes when it is touched, one fault each, zeroed. */
CASE(one_by_one)
{
	int touch = 2 + number() % (PORTHOLE_LEAVES - 2);
	char *p = leaves(node("pages", O_RDWR));
	long before = faults();

	EXPECT(faults(), before);
	for (int i = 0; i < touch; i++)
		p[i * PAGE + 5] = i + 1;
	EXPECT(faults() - before, touch);
	for (int i = 0; i < touch; i++)
		EXPECT(p[i * PAGE + 5], i + 1);
}

CASE(zeroed)
{
	char *p = leaves(node("pages", O_RDWR));
	unsigned char any = 0;

	for (int i = 0; i < ALL_LEAVES; i++)
		any |= p[i];
	EXPECT(any, 0);
}

CASE(seen_by_all)
{
	int fd = node("pages", O_RDWR), other = node("pages", O_RDWR), page = number() % (PORTHOLE_LEAVES - 1);
	char *p = leaves(fd), *q = leaves(other), *one = map(fd, PAGE, PROT_READ, (page + 1) * PAGE), kept[32];

	fill(kept, sizeof(kept));
	memcpy(p + (page + 1) * PAGE, kept, sizeof(kept));
	EXPECT_BYTES(q + (page + 1) * PAGE, kept, sizeof(kept));
	EXPECT_BYTES(one, kept, sizeof(kept));
}

CASE(bus_error_past_the_end)
{
	int fd = node("pages", O_RDWR);
	char *p = map(fd, ALL_LEAVES + 2 * PAGE, PROT_READ | PROT_WRITE, 0), *far = map(fd, PAGE, PROT_READ, ALL_LEAVES + 8 * PAGE);

	EXPECT(signal_of(p + ALL_LEAVES - 1, 1), 0);
	EXPECT(signal_of(p + ALL_LEAVES, 0), SIGBUS);
	EXPECT(signal_of(p + ALL_LEAVES + PAGE, 1), SIGBUS);
	EXPECT(signal_of(far, 0), SIGBUS);
}

/* A child that ends takes nothing from its parent: what the other mappings wrote is still there for a new one. */
CASE(outlives_the_child)
{
	int fd = node("pages", O_RDWR), status, value = 1 + number() % 100;
	char *p = leaves(fd);
	pid_t pid;

	p[PAGE] = value;
	pid = fork();
	if (!pid)
		_exit(0);
	EXPECT(waitpid(pid, &status, 0), pid);
	EXPECT(leaves(fd)[PAGE], value);
}

CASE(cut_in_two)
{
	int fd = node("pages", O_RDWR), value = 1 + number() % 100;
	char *p = leaves(fd), *fresh;

	p[0] = value;
	EXPECT(munmap(p + 2 * PAGE, PAGE), 0);
	EXPECT(munmap(p, 2 * PAGE), 0);
	fresh = map(fd, PAGE, PROT_READ, 0);
	EXPECT(*fresh, value);
}

CASE(gone_with_the_last)
{
	int fd = node("pages", O_RDWR);
	char *p = leaves(fd), *q;

	p[3] = 9;
	EXPECT(munmap(p, ALL_LEAVES), 0);
	q = leaves(fd);
	EXPECT(q[3], 0);
}

/* Touched and unmapped many times, as well. */
CASE(last_frees)
{
	int fd = node("pages", O_RDWR);
	long before = 0;

	for (int i = 0; i < 24; i++) {
		char *p = leaves(fd);

		for (int page = 0; page < PORTHOLE_LEAVES - 1; page++)
			p[page * PAGE] = 1;
		EXPECT(munmap(p, ALL_LEAVES), 0);
		if (i == 3)
			before = free_kb();
	}
	EXPECT_TRUE(before - free_kb() < 20 * (PORTHOLE_LEAVES - 1) * 4 / 2);
}

CASE(private_is_refused)
{
	int fd = node("pages", O_RDWR);

	EXPECT_ERROR((long)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0), EINVAL);
}

CASE(does_not_grow)
{
	char *p = map(node("pages", O_RDWR), 2 * PAGE, PROT_READ | PROT_WRITE, 0);

	p[0] = 1;
	EXPECT_ERROR((long)mremap(p, 2 * PAGE, 4 * PAGE, MREMAP_MAYMOVE), EFAULT);
}

/* Through a node without a name: of such a file even a shared mapping is dumped, unless it says no. */
CASE(in_no_core_dump)
{
	char *own = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *p;
	struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	int fd = node("pages", O_RDWR), status, core;
	struct stat st;
	pid_t pid;

	EXPECT(fstat(fd, &st), 0);
	EXPECT(mknod("nameless", S_IFCHR | 0600, st.st_rdev), 0);
	fd = open("nameless", O_RDWR);
	EXPECT(unlink("nameless"), 0);
	p = leaves(fd);
	p[0] = own[0] = 1;
	unlink("core");
	pid = fork();
	if (!pid) {
		setrlimit(RLIMIT_CORE, &all);
		abort();
	}
	EXPECT(waitpid(pid, &status, 0), pid);
	core = open("core", O_RDONLY);
	EXPECT(dumped(core, own), PAGE);
	EXPECT(dumped(core, p), 0);
}

CASE(writers_need_the_right)
{
	int fd = node("regs", O_RDWR);

	EXPECT(setuid(NOBODY), 0);
	NO_MAP(fd, PAGE, PROT_READ | PROT_WRITE, 0, EPERM);
	NO_MAP(fd, PAGE, PROT_WRITE, 0, EPERM);
}

CASE(readers_need_none)
{
	int fd = node("regs", O_RDWR);
	volatile uint32_t *regs;

	EXPECT(setuid(NOBODY), 0);
	regs = map(fd, PAGE, PROT_READ, 0);
	EXPECT(reg(regs, ID) & 0xffff, 0x00ed);
	EXPECT(signal_of((volatile char *)regs + LIVENESS, 1), SIGSEGV);
}

CASE(not_later_either)
{
	int fd = node("regs", O_RDWR);
	void *regs;

	EXPECT(setuid(NOBODY), 0);
	regs = map(fd, PAGE, PROT_READ, 0);
	EXPECT_ERROR(mprotect(regs, PAGE, PROT_READ | PROT_WRITE), EACCES);
}

int main(int argc, char **argv)
{
	return cases(argc, argv);
}
