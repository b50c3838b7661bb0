/*
 * A case's way to the far end of the second serial line (wire.py), and to the ports as the hardware has them.
 * Beside case.h, on a kernel with the command line 8250.nr_uarts=1.
 */
#ifndef LABS_WIRE_H
#define LABS_WIRE_H

#include <stdarg.h>
#include "case.h"

#define WIRE_PORT	0x2f8		/* the line's UART, the student's */
#define WIRE_LATCH	0x2e8		/* the fourth port, where answers come */
#define WIRE_TRIES	200		/* looks at what takes a moment, 20 ms apart */

static inline unsigned int port_in(unsigned int port)
{
	int fd = open("/dev/port", O_RDONLY);
	unsigned char value = 0xff;

	if (pread(fd, &value, 1, port) != 1)
		SAY_NOT("expected /dev/port can be read seen %s", strerror(errno));
	close(fd);
	return value;
}

static inline void port_out(unsigned int port, unsigned char value)
{
	int fd = open("/dev/port", O_WRONLY);

	if (pwrite(fd, &value, 1, port) != 1)
		SAY_NOT("expected /dev/port can be written seen %s", strerror(errno));
	close(fd);
}

/* What the far end answers to this request; -1 if it does not. */
static inline int wire(const char *format, ...)
{
	unsigned int sequence = (port_in(WIRE_LATCH + 7) + 1) & 0xff;
	va_list args;

	port_out(WIRE_LATCH + 3, 0x80);		/* its first two ports are the divisor: 16 bits that do nothing */
	printf("wire %u ", sequence);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
	for (int try = 0; try < WIRE_TRIES * 20; try++) {
		if (port_in(WIRE_LATCH + 7) == sequence)
			return port_in(WIRE_LATCH) | port_in(WIRE_LATCH + 1) << 8;
		nap(2);
	}
	return -1;
}

/* The bytes of `wire send`, and those that `wire same` compares with. */
static inline void stream(unsigned long seed, void *buf, size_t count)
{
	unsigned long kept = random_state;

	random_state = seed | 1;
	fill(buf, count);
	random_state = kept;
}

/* Waits until the far end has heard so many bytes; how many it has then. */
static inline int heard(int count)
{
	int now = -1;

	for (int try = 0; try < WIRE_TRIES; try++) {
		now = wire("heard");
		if (now >= count)
			break;
		nap(20);
	}
	return now;
}

#endif
