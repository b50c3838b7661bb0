/* Lab 06, step 1: without interrupts. */
#include "peer.h"

CASE(nothing_there)
{
	EXPECT_ERROR(load("irq=0 port=0x3e8"), ENODEV);
	EXPECT(mentioned("/proc/ioports", "03e8-", ""), 0);
	EXPECT_ERROR(load("irq=0 port=0x3e8"), ENODEV);
	EXPECT(load("irq=0"), 0);
}

CASE(another_has_it)
{
	EXPECT_ERROR(load("irq=0 port=0x3f8"), EBUSY);
	EXPECT(mentioned("/proc/ioports", "03f8-03ff", "serial"), 1);
	EXPECT(load("irq=0"), 0);
}

CASE(claims_its_ports)
{
	line("irq=0", 0);
	EXPECT(mentioned("/proc/ioports", "02f8-02ff", words[0]), 1);
}

CASE(sets_up_the_line)
{
	int lcr, low, high;

	port_out(WIRE_PORT + UART_IER, UART_IER_MSI);
	line("irq=0", 0);
	lcr = port_in(WIRE_PORT + UART_LCR);
	EXPECT(lcr, UART_LCR_WLEN8);
	port_out(WIRE_PORT + UART_LCR, lcr | UART_LCR_DLAB);
	low = port_in(WIRE_PORT + UART_DLL);
	high = port_in(WIRE_PORT + UART_DLM);
	port_out(WIRE_PORT + UART_LCR, lcr);
	EXPECT(low | high << 8, 1);
	EXPECT(port_in(WIRE_PORT + UART_IIR) & 0xc0, 0xc0);
	EXPECT(port_in(WIRE_PORT + UART_IER), 0);
	EXPECT(port_in(WIRE_PORT + UART_MCR) & ~UART_MCR_OUT1, UART_MCR_DTR | UART_MCR_RTS | UART_MCR_OUT2);
}

CASE(writes)
{
	int fd = line("irq=0", 0), count = 100 + number() % 400, first = 1 + number() % 40;
	unsigned long seed = number();

	stream(seed, data, count);
	EXPECT(write(fd, data, first), first);
	EXPECT(write(fd, data + first, count - first), count - first);
	expect_heard(count, seed);
}

CASE(reads)
{
	int fd = line("irq=0", 0), count = 100 + number() % 100;
	unsigned long seed = number();

	stream(seed, data, count);
	EXPECT(wire("send %d %lu", count, seed), 0);
	EXPECT(read(fd, seen, 1), 1);
	EXPECT_BYTES(seen, data, 1);
	read_all(fd, count - 1);
	EXPECT_BYTES(seen, data + 1, count - 1);
}

CASE(polled_has_no_interrupts)
{
	int fd = line("irq=0", 0);
	unsigned long seed = number();

	stream(seed, data, 64);
	EXPECT(write(fd, data, 64), 64);
	EXPECT(wire("send 64 %lu", seed), 0);
	read_all(fd, 64);
	EXPECT(wire("irqs"), 0);
}

CASE(polled_without_waiting)
{
	int fd = line("irq=0", O_NONBLOCK);
	pid_t pid;

	EXPECT_ERROR(read(fd, seen, 10), EAGAIN);
	EXPECT(fcntl(fd, F_SETFL, 0), 0);
	pid = reader(fd);
	nap(300);
	EXPECT(waitpid(pid, NULL, WNOHANG), 0);
	EXPECT(wire("send 1 1"), 0);
	EXPECT(ended_with(pid), 1);
}

/* The far end takes nothing: what was accepted arrives later, and no byte else. */
CASE(never_ready)
{
	int fd = line("irq=0", 0), done;
	unsigned long seed = number();
	long began, ended;

	stream(seed, data, LOTS);
	EXPECT(wire("hold"), 0);
	done = write(fd, data, LOTS);
	EXPECT_TRUE(done > 0 && done < LOTS);
	began = now_ms();
	EXPECT_ERROR(write(fd, data, 1), EIO);
	ended = now_ms();
	EXPECT_TRUE(ended - began >= 500 && ended - began < 4000);
	EXPECT(wire("listen"), 0);
	expect_heard(done, seed);
	stream(seed, data, LOTS);
	EXPECT(write(fd, data, 5), 5);
	EXPECT(heard(done + 5), done + 5);
}

CASE(bad_pointers)
{
	int fd = line("irq=0", 0);
	char *nobodys = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	EXPECT_ERROR(write(fd, nobodys, 8), EFAULT);
	EXPECT_ERROR(write(fd, (void *)0xC0100000, 8), EFAULT);
	EXPECT(wire("send 2 1"), 0);
	EXPECT_ERROR(read(fd, nobodys, 1), EFAULT);
	EXPECT(wire("heard"), 0);
}

CASE(a_signal_ends_the_wait)
{
	interrupted_read(line("irq=0", 0));
}

CASE(gives_back_its_ports)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/dev/%s", words[0]);
	for (int i = 0; i < 3; i++) {
		close(line("irq=0", 0));
		EXPECT(syscall(SYS_delete_module, "pier", O_NONBLOCK), 0);
		EXPECT(mentioned("/proc/ioports", "02f8-02ff", ""), 0);
		EXPECT_ERROR(stat(path, &st), ENOENT);
	}
}

int main(int argc, char **argv)
{
	return cases(argc, argv);
}
