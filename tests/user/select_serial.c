/*
 * select_serial - a program asleep in select() is woken by the second serial port.
 *
 * host: no, because it needs a machine with a second serial port and a peer
 *
 * The other end of the line is tests/host/test_hardware.py, which sends a word
 * when it has read "waiting" and asks for that with an argument; else nobody would ever speak.
 */
#include <fcntl.h>
#include <sys/select.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>
#include "tap.h"

#define PORT "/dev/ttyS1"

static int have_peer;

static int open_raw(void)
{
	struct termios t;
	int fd = have_peer ? open(PORT, O_RDWR | O_NOCTTY | O_NONBLOCK) : -1;

	if (fd < 0 || tcgetattr(fd, &t))
		return -1;
	cfmakeraw(&t);
	tcsetattr(fd, TCSANOW, &t);
	return fd;
}

/* Of a silent pipe and the port, only the port becomes readable, and nobody polled. */
static void select_sleeps_until_the_port_speaks(void)
{
	int silent[2], fd = open_raw(), n;
	char word[16] = "";
	fd_set set;

	if (fd < 0)
		SKIP("nobody at the other end of the second serial port");
	CHECK(!pipe(silent));
	FD_ZERO(&set);
	FD_SET(silent[0], &set);
	FD_SET(fd, &set);
	CHECK_EQ(write(fd, "waiting\n", 8), 8);
	CHECK_EQ(select((fd > silent[0] ? fd : silent[0]) + 1, &set, NULL, NULL, NULL), 1);
	CHECK(FD_ISSET(fd, &set));
	CHECK(!FD_ISSET(silent[0], &set));
	for (n = 0; n < 5; usleep(10000)) {
		ssize_t got = read(fd, word + n, 5 - n);

		n += got > 0 ? got : 0;
	}
	CHECK(!strcmp(word, "hello"));
	close(fd);
}

static void select_gives_up_in_time(void)
{
	struct timeval limit = { 0, 50000 };
	int fd = open_raw();
	fd_set set;

	if (fd < 0)
		SKIP("nobody at the other end of the second serial port");
	FD_ZERO(&set);
	FD_SET(fd, &set);
	CHECK_EQ(select(fd + 1, &set, NULL, NULL, &limit), 0);
	CHECK(!FD_ISSET(fd, &set));
	close(fd);
}

int main(int argc, char **argv)
{
	have_peer = argc > 1 && argv[1];
	RUN(select_sleeps_until_the_port_speaks);
	RUN(select_gives_up_in_time);
	return tap_end();
}
