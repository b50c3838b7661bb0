/*
 * Lab 08, seen from outside: maps what it is told, writes, says where, and goes on and on in its own code,
 * so that the emulator's monitor finds its page table in use.
 *	looked NAME TOKEN PAGE SEED	PAGE: of the registers; SEED: what it writes to the buffer and the pages
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/mman.h>
#include "../../../drivers/samples/porthole.h"

#define PAGE		4096
#define LIVENESS	(0x04 / 4)
#define STEP		1664525u
#define ADD		1013904223u

static void *map(const char *name, const char *kind, size_t bytes, off_t at)
{
	char path[64];
	int fd;
	void *p;

	snprintf(path, sizeof(path), "/dev/%s-%s", name, kind);
	fd = open(path, O_RDWR);
	p = fd < 0 ? MAP_FAILED : mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, at);
	return p == MAP_FAILED ? NULL : p;
}

/* Where the driver says that the card sees the buffer. */
static unsigned long bus(void)
{
	char text[32] = "";
	int fd = open("/sys/module/porthole/parameters/bus", O_RDONLY);

	return fd >= 0 && read(fd, text, sizeof(text) - 1) > 0 ? strtoul(text, NULL, 10) : 0;
}

int main(int argc, char **argv)
{
	int page = atoi(argv[3]);
	uint32_t seed = strtoul(argv[4], NULL, 10);
	volatile uint32_t *regs = map(argv[1], "regs", PAGE, 0);
	char *later = map(argv[1], "regs", PAGE, page * PAGE);
	uint32_t *buffer = map(argv[1], "dma", PORTHOLE_BUFFER_PAGES * PAGE, 0);
	uint32_t *pages = map(argv[1], "pages", PORTHOLE_LEAVES * PAGE, 0);

	if (regs) {
		regs[LIVENESS] = seed;
		(void)regs[0];
	}
	for (int i = 0; i < PORTHOLE_BUFFER_PAGES && buffer; i++)
		buffer[i * PAGE / 4] = seed += i * STEP + ADD;
	for (int i = 0; i < PORTHOLE_LEAVES - 1 && pages; i += 2)
		pages[i * PAGE / 4] = 1;
	printf("%s %lx %lx %lx %lx %lx\n", argv[2], (unsigned long)regs, (unsigned long)later, (unsigned long)buffer, (unsigned long)pages, bus());
	fflush(stdout);
	for (;;)
		;
}
