/*
 * What lab 08's cases have in common. Word: what the nodes in /dev begin with. Each case has a driver that
 * was loaded for it.
 */
#ifndef LAB08_PEER_H
#define LAB08_PEER_H

#include <elf.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

static inline int load_again(void);
#define BEFORE_CASE load_again
#include "../machinery/case.h"
#include "../../../drivers/samples/porthole.h"

#define PAGE		4096
#define REGS_BYTES	0x100000
#define FOUR_GIB	0x100000000ll	/* an offset that is 0 in 32 bits */
#define ID		0x00
#define LIVENESS	0x04
#define FACTORIAL	0x08
#define STATUS		0x20
#define COMPUTING	1
#define DMA_SRC		0x80
#define DMA_DST		0x88
#define DMA_COUNT	0x90
#define DMA_CMD		0x98
#define RUN		1
#define FROM_CARD	2
#define CARD_MEMORY	0x40000
#define NOBODY		1000

static inline int load_again(void)
{
	char command[160];

	snprintf(command, sizeof(command), "rmmod porthole 2>/dev/null; insmod ./porthole.ko name=%s 2>/dev/null", words[0]);
	return system(command);
}

static inline int node(const char *kind, int how)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/dev/%s-%s", words[0], kind);
	fd = open(path, how);
	if (fd < 0)
		SAY_NOT("expected open(%s) works seen %s", path, strerror(errno));
	return fd;
}

static inline void *map(int fd, size_t bytes, int prot, off_t at)
{
	void *p = mmap(NULL, bytes, prot, MAP_SHARED, fd, at);

	if (p == MAP_FAILED)
		SAY_NOT("expected %lu bytes from %#lx on can be mapped seen %s", (unsigned long)bytes, (unsigned long)at, strerror(errno));
	return p;
}

#define NO_MAP(fd, bytes, prot, at, error) \
	EXPECT_ERROR((long)mmap(NULL, bytes, prot, MAP_SHARED, fd, at), error)

static inline volatile uint32_t *registers(void)
{
	return map(node("regs", O_RDWR), REGS_BYTES, PROT_READ | PROT_WRITE, 0);
}

static inline uint32_t reg(volatile uint32_t *regs, int at)
{
	return regs[at / 4];
}

static inline void set(volatile uint32_t *regs, int at, uint32_t value)
{
	regs[at / 4] = value;
}

/* The page faults of this process so far. */
static inline long faults(void)
{
	struct rusage used;

	EXPECT(getrusage(RUSAGE_SELF, &used), 0);
	return used.ru_minflt;
}

/* Which signal an access brings, in a process of its own; 0: none. */
static inline int signal_of(volatile char *p, int store)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		if (store)
			*p = 1;
		else
			(void)*p;
		_exit(0);
	}
	EXPECT(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* What the kernel says is free. */
static inline long free_kb(void)
{
	char text[512] = "", *p;
	int fd = open("/proc/meminfo", O_RDONLY);

	EXPECT_TRUE(read(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	p = strstr(text, "MemFree:");
	EXPECT_TRUE(p != NULL);
	return strtol(p + 8, NULL, 10);
}

/* How much a core holds of the memory at p; -1: it does not mention it. */
static inline long dumped(int core, const void *p)
{
	Elf32_Ehdr head;
	Elf32_Phdr segment;

	EXPECT(pread(core, &head, sizeof(head), 0), sizeof(head));
	for (int i = 0; i < head.e_phnum; i++) {
		EXPECT(pread(core, &segment, sizeof(segment), head.e_phoff + i * sizeof(segment)), sizeof(segment));
		if (segment.p_type == PT_LOAD && (uintptr_t)p - segment.p_vaddr < segment.p_memsz)
			return segment.p_filesz;
	}
	return -1;
}

#endif
