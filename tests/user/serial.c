/*
 * The second serial port with its output turned back into its input (loop-back): interrupts and polling,
 * modem lines, counters, a lost carrier.
 * host: no, because it needs a serial port that is nobody's
 */
#include <linux/serial.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include "case.h"

#define PORT "/dev/ttyS1"
#define ATTR "/sys/class/tty/ttyS1/"
#define LINE 3
#define RING 2000

static char out[RING], in[RING];

/* What /proc/interrupts says of line 3; -1: nobody has it. */
static long interrupts(void)
{
	char line[200];
	FILE *f = fopen("/proc/interrupts", "r");
	long count = -1;

	while (f && fgets(line, sizeof(line), f))
		if (atoi(line) == LINE && strstr(line, "serial"))
			count = atol(strchr(line, ':') + 1);
	if (f)
		fclose(f);
	return count;
}

static void set_attr(const char *name, const char *value, int error)
{
	int fd = open(name, O_WRONLY);

	if (error)
		CHECK_FAILS(write(fd, value, strlen(value)), error);
	else
		CHECK_EQ(write(fd, value, strlen(value)), strlen(value));
	close(fd);
}

static int get_attr(const char *name)
{
	char text[32] = "";
	int fd = open(name, O_RDONLY);

	CHECK(read(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	return strtol(text, NULL, 0);
}

static int open_looped(unsigned int cflag)
{
	int fd = open(PORT, O_RDWR | O_NOCTTY | O_NONBLOCK), lines = TIOCM_LOOP | TIOCM_OUT2;
	struct termios t;

	CHECK(fd >= 0 && !tcgetattr(fd, &t));
	cfmakeraw(&t);
	t.c_cflag = (t.c_cflag & ~(CLOCAL | CRTSCTS)) | CREAD | cflag;
	CHECK(!tcsetattr(fd, TCSANOW, &t));
	CHECK(!ioctl(fd, TIOCMBIS, &lines));
	return fd;
}

static void there_and_back(int fd, int size)
{
	int n, got = 0;

	for (n = 0; n < size; n++)
		out[n] = n * 7 + size;
	memset(in, 0, sizeof(in));
	CHECK_EQ(write(fd, out, size), size);
	while (got < size) {
		struct pollfd p = { fd, POLLIN, 0 };

		if (poll(&p, 1, 3000) != 1 || (n = read(fd, in + got, size - got)) <= 0)
			break;
		got += n;
	}
	CHECK_EQ(got, size);
	CHECK(!memcmp(out, in, size));
}

static int set_irq(int fd, int irq)
{
	struct serial_struct info;

	CHECK(!ioctl(fd, TIOCGSERIAL, &info));
	info.irq = irq;
	return ioctl(fd, TIOCSSERIAL, &info);
}

/* contract: S2-06 */
static void polled_takes_no_interrupt(void)
{
	int fd = open_looped(CLOCAL);
	long before = interrupts();

	CHECK(before >= 0);
	there_and_back(fd, RING);
	CHECK(interrupts() > before);
	CHECK(!set_irq(fd, 0));
	CHECK_EQ(get_attr(ATTR "irq"), 0);
	CHECK_EQ(interrupts(), -1);
	before = get_attr(ATTR "irq");
	there_and_back(fd, RING);
	set_attr(ATTR "irq", "3\n", 0);
	before = interrupts();
	there_and_back(fd, 500);
	CHECK(interrupts() > before && before >= 0);
	close(fd);
}

/* The count of the line stands still meanwhile; bytes that were under way are not lost. */
static void switched_under_way(void)
{
	int fd = open_looped(CLOCAL), got = 0, n, tries;
	long before;

	memset(out, 's', RING);
	CHECK_EQ(write(fd, out, RING), RING);
	before = interrupts();
	CHECK(!set_irq(fd, 0));
	nap(300);
	CHECK(!set_irq(fd, LINE));
	CHECK(interrupts() - before < RING / 8);	/* the timer took most of it */
	for (tries = 0; got < RING && tries < 100; tries++, nap(10))
		while ((n = read(fd, in, sizeof(in))) > 0)
			got += n;
	CHECK_EQ(got, RING);
	close(fd);
}

static void settings(void)
{
	int fd = open_looped(CLOCAL);
	struct serial_struct info;

	CHECK(!ioctl(fd, TIOCGSERIAL, &info));
	CHECK(info.type == PORT_16550A && info.line == 1 && info.port == 0x2f8 && info.irq == LINE);
	CHECK_EQ(get_attr(ATTR "port"), 0x2f8);
	CHECK_EQ(get_attr(ATTR "line"), 1);
	CHECK_EQ(get_attr(ATTR "type"), PORT_16550A);
	CHECK_EQ(get_attr(ATTR "xmit_fifo_size"), 16);
	info.port = 0x300;
	CHECK_FAILS(ioctl(fd, TIOCSSERIAL, &info), EINVAL);
	CHECK_FAILS(set_irq(fd, 1), EBUSY);		/* the keyboard's */
	CHECK_FAILS(set_irq(fd, 99), EINVAL);
	set_attr(ATTR "irq", "99\n", EINVAL);
	set_attr(ATTR "irq", "x\n", EINVAL);
	CHECK_EQ(get_attr(ATTR "irq"), LINE);
	there_and_back(fd, 100);			/* the old line serves on */
	CHECK_FAILS(open(ATTR "type", O_WRONLY), EACCES);
	close(fd);
}

static void watch_a_line(void)
{
	int fd = open(PORT, O_RDWR | O_NOCTTY | O_NONBLOCK);

	CHECK(!ioctl(fd, TIOCMIWAIT, TIOCM_RNG));
	close(fd);
}

static int lines_of(int fd)
{
	int lines = 0;

	CHECK(!ioctl(fd, TIOCMGET, &lines));
	return lines;
}

/* Looped, DTR is seen as DSR, RTS as CTS, OUT1 as RI and OUT2 as the carrier. */
static void modem_lines(void)
{
	int fd = open_looped(CLOCAL), line;
	struct serial_icounter_struct before, after;
	pid_t pid;

	line = TIOCM_DTR | TIOCM_OUT1;
	CHECK(!ioctl(fd, TIOCMBIC, &line));
	CHECK(!(lines_of(fd) & (TIOCM_DTR | TIOCM_DSR | TIOCM_RI)));
	CHECK(!ioctl(fd, TIOCGICOUNT, &before));
	line = TIOCM_DTR;
	CHECK(!ioctl(fd, TIOCMBIS, &line));
	CHECK((lines_of(fd) & (TIOCM_DTR | TIOCM_DSR | TIOCM_CAR)) == (TIOCM_DTR | TIOCM_DSR | TIOCM_CAR));
	pid = start(watch_a_line);
	nap(50);
	line = TIOCM_OUT1;
	CHECK(!ioctl(fd, TIOCMBIS, &line));
	CHECK_EQ(reap(pid), 0);
	CHECK(!ioctl(fd, TIOCGICOUNT, &after));
	CHECK_EQ(after.dsr - before.dsr, 1);
	CHECK_EQ(after.rng - before.rng, 1);
	CHECK_EQ(after.cts, before.cts);
	close(fd);
}

static void cts_holds_the_sender(void)
{
	int fd = open_looped(CLOCAL | CRTSCTS), line = TIOCM_RTS;

	there_and_back(fd, 100);
	CHECK(!ioctl(fd, TIOCMBIC, &line));
	CHECK_EQ(write(fd, "held", 4), 4);
	nap(50);
	CHECK_FAILS(read(fd, in, 4), EAGAIN);
	CHECK(!ioctl(fd, TIOCMBIS, &line));
	nap(50);
	CHECK_EQ(read(fd, in, 4), 4);
	close(fd);
}

static void bytes_are_counted(void)
{
	int fd = open_looped(CLOCAL);
	struct serial_icounter_struct before, after;

	CHECK(!ioctl(fd, TIOCGICOUNT, &before));
	there_and_back(fd, 300);
	CHECK(!ioctl(fd, TIOCGICOUNT, &after));
	CHECK_EQ(after.rx - before.rx, 300);
	CHECK_EQ(after.tx - before.tx, 300);
	CHECK_EQ(after.overrun, before.overrun);
	close(fd);
}

/* Twenty bytes between two looks of the timer are more than the receiver holds. */
static void overruns_are_counted(void)
{
	int fd = open_looped(CLOCAL), port = open("/dev/port", O_RDWR), n, lsr;
	struct serial_icounter_struct before, after;

	CHECK(!set_irq(fd, 0));
	CHECK(!ioctl(fd, TIOCGICOUNT, &before));
	for (n = 0; n < 100; n++) {
		CHECK_EQ(pwrite(port, "x", 1, 0x2f8), 1);
		CHECK(!ioctl(fd, TIOCSERGETLSR, &lsr));		/* which looks, and takes nothing away */
	}
	nap(50);
	CHECK(!ioctl(fd, TIOCGICOUNT, &after));
	CHECK(after.overrun > before.overrun);
	CHECK(after.rx - before.rx >= 16 && after.rx - before.rx < 100);
	CHECK(!set_irq(fd, LINE) && !tcflush(fd, TCIFLUSH));
	close(fd);
	close(port);
}

/* contract: S0-31 */
static void a_lost_carrier_hangs_up(void)
{
	int fd = open_looped(0), line = TIOCM_OUT2, tries;
	struct pollfd p = { fd, POLLIN, 0 };
	fd_set set;

	CHECK_EQ(poll(&p, 1, 0), 0);
	CHECK(!ioctl(fd, TIOCMBIC, &line));
	for (tries = 0; tries < 100 && !(p.revents & POLLHUP); tries++, nap(5))
		poll(&p, 1, 0);
	CHECK(p.revents & POLLHUP);
	CHECK(p.revents & POLLIN);
	FD_ZERO(&set);
	FD_SET(fd, &set);
	CHECK_EQ(select(fd + 1, &set, NULL, NULL, NULL), 1);
	CHECK(FD_ISSET(fd, &set));
	CHECK_EQ(read(fd, in, 1), 0);
	CHECK_FAILS(write(fd, in, 1), EIO);
	close(fd);
}

static void open_and_wait(void)
{
	int fd = open(PORT, O_RDWR | O_NOCTTY);

	CHECK(fd >= 0);
	close(fd);
}

/* contract: S2-10 */
static void an_open_waits_for_the_carrier(void)
{
	int fd = open_looped(CLOCAL), line = TIOCM_OUT2, status;
	struct termios t;
	pid_t pid;

	CHECK(!ioctl(fd, TIOCMBIC, &line));
	CHECK(!tcgetattr(fd, &t));
	t.c_cflag &= ~CLOCAL;
	CHECK(!tcsetattr(fd, TCSANOW, &t));
	pid = start(open_and_wait);
	nap(60);
	CHECK_EQ(waitpid(pid, &status, WNOHANG), 0);
	CHECK(!ioctl(fd, TIOCMBIS, &line));
	CHECK_EQ(reap(pid), 0);
	t.c_cflag |= CLOCAL;
	CHECK(!tcsetattr(fd, TCSANOW, &t));
	close(fd);
}

static void bad_pointers(void)
{
	int fd = open_looped(CLOCAL);
	static const unsigned int commands[] = {
		TIOCGSERIAL, TIOCSSERIAL, TIOCGICOUNT, TIOCMGET, TIOCMSET, TIOCMBIS, TIOCMBIC, TIOCSERGETLSR, TCGETS, TCSETS,
	};
	unsigned int i;

	for (i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		CHECK_FAILS(ioctl(fd, commands[i], UNMAPPED), EFAULT);
		CHECK_FAILS(ioctl(fd, commands[i], NOWHERE), EFAULT);
	}
	CHECK_FAILS(write(fd, UNMAPPED, 10), EFAULT);
	CHECK_FAILS(open("/dev/ttyS3", O_RDWR), ENOENT);
	close(fd);
}

int main(void)
{
	RUN(polled_takes_no_interrupt);
	RUN(switched_under_way);
	RUN(settings);
	RUN(modem_lines);
	RUN(cts_holds_the_sender);
	RUN(bytes_are_counted);
	RUN(overruns_are_counted);
	RUN(a_lost_carrier_hangs_up);
	RUN(an_open_waits_for_the_carrier);
	RUN(bad_pointers);
	return tap_end();
}
