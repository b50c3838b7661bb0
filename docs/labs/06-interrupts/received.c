/* Lab 06, step 2: what comes, by interrupt. */
#include "peer.h"

CASE(receives_by_interrupt)
{
	int fd = line("", O_NONBLOCK), count = 20 + number() % 40;
	unsigned long seed = number();

	EXPECT(mentioned("/proc/interrupts", " 3:", words[0]), 1);
	EXPECT(port_in(WIRE_PORT + UART_IER) & UART_IER_RDI, UART_IER_RDI);
	stream(seed, data, count);
	EXPECT(wire("send %d %lu", count, seed), 0);
	read_all(fd, count);
	EXPECT_BYTES(seen, data, count);
	EXPECT_TRUE(wire("irqs") > 0);
}

CASE(reader_sleeps)
{
	int fd = line("", 0);
	pid_t pid = reader(fd);

	expect_asleep(pid);
	EXPECT(wire("send 1 7"), 0);
	EXPECT(ended_with(pid), 1);
}

/*
 * Two reasons behind one edge: bytes that the UART sent to itself, and an empty transmitter.  A handler that serves one and
 * returns leaves the line up, and no edge comes any more.
 */
CASE(two_causes)
{
	int fd = line("", O_NONBLOCK), ier = port_in(WIRE_PORT + UART_IER), mcr = port_in(WIRE_PORT + UART_MCR);

	fill(data, 10);
	port_out(WIRE_PORT + UART_IER, 0);
	port_out(WIRE_PORT + UART_MCR, mcr | UART_MCR_LOOP);
	for (int i = 0; i < 10; i++)
		port_out(WIRE_PORT + UART_TX, data[i]);
	port_out(WIRE_PORT + UART_MCR, mcr);
	port_out(WIRE_PORT + UART_IER, ier | UART_IER_THRI);
	read_all(fd, 10);
	EXPECT_BYTES(seen, data, 10);
	stream(9, data, 40);
	EXPECT(wire("send 40 9"), 0);
	read_all(fd, 40);
	EXPECT_BYTES(seen, data, 40);
}

/* Far more than the FIFO holds, at once, and nobody reads: the handler has to take it all. */
CASE(bursts)
{
	int fd = line("", O_NONBLOCK), got = 0, n;
	unsigned long seed = number();

	stream(seed, data, PIER_RING);
	EXPECT(wire("send %d %lu", PIER_RING, seed), 0);
	for (int try = 0; try < WIRE_TRIES / 2 && got < PIER_RING; try++) {
		nap(20);
		n = try < 20 ? 0 : read(fd, seen + got, PIER_RING - got);
		if (n > 0)
			got += n;
	}
	EXPECT(got, PIER_RING);
	EXPECT_BYTES(seen, data, PIER_RING);
}

/* All that came is kept, or counted as lost. */
CASE(overruns_are_counted)
{
	int fd = line("", O_NONBLOCK), more = 20 + number() % 200;
	struct pier_counts counts = { 0 };
	unsigned long seed = number();

	stream(seed, data, PIER_RING + more);
	EXPECT(wire("send %d %lu", PIER_RING + more, seed), 0);
	for (int try = 0; try < WIRE_TRIES && counts.received < (unsigned int)(PIER_RING + more); try++) {
		nap(20);
		EXPECT(ioctl(fd, PIER_COUNTS, &counts), 0);
	}
	EXPECT(counts.received, PIER_RING + more);
	EXPECT(counts.overruns, more);
	read_all(fd, PIER_RING);
	EXPECT_BYTES(seen, data, PIER_RING);
	stream(seed + 2, data, 9);
	EXPECT(wire("send 9 %lu", seed + 2), 0);
	read_all(fd, 9);
	EXPECT_BYTES(seen, data, 9);
	EXPECT(ioctl(fd, PIER_COUNTS, &counts), 0);
	EXPECT(counts.overruns, more);
}

/* Around the end of the ring, many times. */
CASE(goes_around)
{
	int fd = line("", O_NONBLOCK), count = 60 + number() % 40;

	for (int round = 0; round < 8; round++) {
		unsigned long seed = number();

		stream(seed, data, count);
		EXPECT(wire("send %d %lu", count, seed), 0);
		read_all(fd, count);
		EXPECT_BYTES(seen, data, count);
	}
}

CASE(without_waiting)
{
	int fd = line("", O_NONBLOCK), n = -1;

	EXPECT_ERROR(read(fd, seen, 10), EAGAIN);
	EXPECT(wire("send 1 1"), 0);
	for (int try = 0; try < WIRE_TRIES && n < 0; try++) {
		nap(10);
		n = read(fd, seen, 10);
	}
	EXPECT(n, 1);
	EXPECT_ERROR(read(fd, seen, 10), EAGAIN);
}

/* One byte for two who wait: the other goes on waiting. */
CASE(two_readers)
{
	int fd = line("", 0), state;
	pid_t one = reader(fd), other = reader(fd), first = 0;

	nap(200);
	EXPECT(wire("send 1 3"), 0);
	for (int try = 0; try < WIRE_TRIES && !first; try++) {
		nap(20);
		first = waitpid(-1, &state, WNOHANG);
	}
	EXPECT_TRUE(first == one || first == other);
	EXPECT(WEXITSTATUS(state), 1);
	nap(200);
	EXPECT(waitpid(one + other - first, &state, WNOHANG), 0);
	EXPECT(wire("send 1 4"), 0);
	EXPECT(ended_with(one + other - first), 1);
}

CASE(a_signal_wakes)
{
	interrupted_read(line("", 0));
}

/* Interrupts of another device on the same line: the kernel has to learn that nobody wanted them, and of its own that it did. */
CASE(not_its_own)
{
	int fd = line("", O_NONBLOCK), before, count = 20 + number() % 20;

	before = wire("unhandled");
	port_out(WIRE_LATCH + UART_LCR, 0);
	for (int i = 0; i < count; i++) {
		port_out(WIRE_LATCH + UART_IER, UART_IER_THRI);
		port_in(WIRE_LATCH + UART_IIR);
		port_out(WIRE_LATCH + UART_IER, 0);
	}
	EXPECT(wire("unhandled") - before, count);
	EXPECT(wire("send 3 1"), 0);
	read_all(fd, 3);
	EXPECT_TRUE(wire("unhandled") < count);	/* it counts anew; an edge or two may have come twice */
}

CASE(shares_its_line)
{
	int tty = open("/dev/ttyS0", O_RDWR | O_NONBLOCK | O_NOCTTY), ok, irq;

	line("", 0);
	irq = open("/sys/class/tty/ttyS0/irq", O_WRONLY);
	EXPECT_TRUE(tty >= 0 && irq >= 0);
	ok = write(irq, "3\n", 2);
	EXPECT(ok, 2);
	EXPECT(mentioned("/proc/interrupts", " 3:", "serial"), 1);
	close(irq);
	irq = open("/sys/class/tty/ttyS0/irq", O_WRONLY);
	EXPECT(write(irq, "4\n", 2), 2);
}

/* Unloaded while bytes come: the UART says no more, and the line is free. */
CASE(quiet_when_unloaded)
{
	for (int i = 0; i < 2; i++) {
		int fd = line("", O_NONBLOCK), irqs;

		EXPECT(wire("send 3 1"), 0);
		read_all(fd, 3);
		close(fd);
		EXPECT(wire("send 100 1"), 0);
		EXPECT(syscall(SYS_delete_module, "pier", O_NONBLOCK), 0);
		EXPECT(port_in(WIRE_PORT + UART_IER), 0);
		EXPECT(mentioned("/proc/interrupts", " 3:", words[0]), 0);
		EXPECT(mentioned("/proc/ioports", "02f8-02ff", ""), 0);
		irqs = wire("irqs");
		EXPECT(wire("send 100 1"), 0);
		nap(300);
		EXPECT(wire("irqs"), irqs);
		EXPECT(wire("new"), 0);
	}
}

int main(int argc, char **argv)
{
	return cases(argc, argv);
}
