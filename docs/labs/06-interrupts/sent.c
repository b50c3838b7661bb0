/* Lab 06, step 3: what goes, by interrupt. */
#include "peer.h"

/* Writes of a stream until the driver takes no more; how many bytes it took. */
static int fill_up(int fd, unsigned long seed)
{
	int done = 0, n, misses = 0;

	stream(seed, data, LOTS);
	EXPECT(wire("hold"), 0);
	while (done < LOTS && misses < 10) {
		n = write(fd, data + done, LOTS - done);
		if (n > 0) {
			done += n;
			misses = 0;
			continue;
		}
		EXPECT_TRUE(n == -1 && errno == EAGAIN);
		misses++;
		nap(20);
	}
	EXPECT_TRUE(done < LOTS);
	return done;
}

CASE(sends_by_interrupt)
{
	int fd = line("", 0), count = 100 + number() % 150;
	unsigned long seed = number();

	stream(seed, data, count);
	EXPECT(write(fd, data, count), count);
	expect_heard(count, seed);
	EXPECT_TRUE(wire("irqs") > 0);
}

CASE(silent_when_empty)
{
	int fd = line("", 0), ier;

	for (int i = 0; i < 3; i++) {
		EXPECT(write(fd, "abcdefghijklmnopqrstuvwxyz", 26), 26);
		EXPECT(heard(26 * (i + 1)), 26 * (i + 1));
		nap(50);
		ier = port_in(WIRE_PORT + UART_IER);
		EXPECT(ier & UART_IER_THRI, 0);
		EXPECT(ier & UART_IER_RDI, UART_IER_RDI);
	}
}

CASE(sends_a_lot)
{
	int fd = line("", 0);
	unsigned long seed = number();

	stream(seed, data, LOTS);
	for (int at = 0; at < LOTS; at += LOTS / 4)
		EXPECT(write(fd, data + at, LOTS / 4), LOTS / 4);
	expect_heard(LOTS, seed);
}

/* What did not fit is not taken, and what was taken arrives. */
CASE(full_without_waiting)
{
	int fd = line("", O_NONBLOCK), done;
	unsigned long seed = number();

	done = fill_up(fd, seed);
	EXPECT_ERROR(write(fd, data, 1), EAGAIN);
	EXPECT(wire("listen"), 0);
	expect_heard(done, seed);
}

CASE(writer_sleeps)
{
	int fd = line("", 0), n;
	unsigned long seed = number();
	pid_t pid;

	stream(seed, data, LOTS);
	EXPECT(wire("hold"), 0);
	pid = fork();
	if (!pid) {
		n = write(fd, data, LOTS);
		_exit(n == LOTS ? 0 : 1);
	}
	expect_asleep(pid);
	EXPECT(wire("listen"), 0);
	EXPECT(ended_with(pid), 0);
	expect_heard(LOTS, seed);
}

/* The last close() returns when the last byte has left the UART: whoever unloads the driver then loses none. */
CASE(close_waits)
{
	int fd = line("", O_NONBLOCK), done;
	unsigned long seed = number();
	pid_t pid;

	done = fill_up(fd, seed);
	pid = fork();
	if (!pid)
		_exit(close(fd) ? 1 : 0);
	EXPECT(close(fd), 0);
	nap(400);
	EXPECT(waitpid(pid, NULL, WNOHANG), 0);
	EXPECT(wire("listen"), 0);
	EXPECT(ended_with(pid), 0);
	EXPECT(syscall(SYS_delete_module, "pier", O_NONBLOCK), 0);
	expect_heard(done, seed);
}

/* The ring is empty, but a byte is stuck in the UART: it has not left yet. */
CASE(close_waits_for_the_last)
{
	int fd = line("", O_NONBLOCK), done = 0, looks = 0;
	unsigned long seed = number();
	pid_t pid;

	stream(seed, data, LOTS);
	EXPECT(wire("hold"), 0);
	while (looks < 5 && done < LOTS) {
		if (!looks)
			EXPECT(write(fd, data + done++, 1), 1);
		looks = port_in(WIRE_PORT + UART_LSR) & UART_LSR_TEMT ? 0 : looks + 1;
		if (looks)
			nap(20);
	}
	EXPECT_TRUE(done < LOTS);
	pid = fork();
	if (!pid)
		_exit(close(fd) ? 1 : 0);
	EXPECT(close(fd), 0);
	nap(400);
	EXPECT(waitpid(pid, NULL, WNOHANG), 0);
	EXPECT(wire("listen"), 0);
	EXPECT(ended_with(pid), 0);
	expect_heard(done, seed);
}

/* A close that waits, and a kill: the process goes, although the far end takes nothing. */
CASE(a_kill_ends_the_close)
{
	int fd = line("", O_NONBLOCK);
	pid_t pid;

	fill_up(fd, number());
	pid = fork();
	if (!pid)
		_exit(close(fd) ? 1 : 0);
	EXPECT(close(fd), 0);
	nap(200);
	EXPECT(kill(pid, SIGKILL), 0);
	EXPECT(ended_with(pid), -SIGKILL);
}

CASE(both_ways)
{
	int fd = line("", O_NONBLOCK), state;
	unsigned long out = number(), back = number();
	pid_t pid;

	stream(out, data, 1500);
	pid = fork();
	for (int at = 0, n; !pid; at += n > 0 ? n : 0) {
		n = write(fd, data + at, 1500 - at);
		if (at + n == 1500)
			_exit(0);
		nap(2);
	}
	for (int round = 0; round < 10; round++) {
		stream(back + round * 2, data, 100);
		EXPECT(wire("send 100 %lu", back + round * 2), 0);
		read_all(fd, 100);
		EXPECT_BYTES(seen, data, 100);
	}
	EXPECT(waitpid(pid, &state, 0), pid);
	EXPECT(state, 0);
	expect_heard(1500, out);
}

CASE(bad_pointer_to_the_ring)
{
	int fd = line("", O_NONBLOCK), tries = WIRE_TRIES;
	char *two = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *nobodys = two + PAGE;

	EXPECT(munmap(nobodys, PAGE), 0);
	EXPECT_ERROR(write(fd, nobodys, 8), EFAULT);
	EXPECT_ERROR(write(fd, (void *)0xC0100000, 8), EFAULT);
	nap(50);
	EXPECT(wire("heard"), 0);
	EXPECT(wire("send 3 1"), 0);
	while (read(fd, nobodys, 1) == -1 && errno == EAGAIN && tries--)
		nap(10);
	EXPECT_TRUE(errno == EFAULT);
}

int main(int argc, char **argv)
{
	return cases(argc, argv);
}
