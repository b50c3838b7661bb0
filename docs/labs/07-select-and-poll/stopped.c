/*
 * Lab 07's program for the debugger (tests.py), which stops the machine in the middle of these calls and lets something
 * happen there.  What they return is looked at there, too.
 *
 *	stopped device		epoll asks the device about its exceptional state, again and again
 *	stopped select		select() of three counters, of which the one in the middle is not 0; then of one that is 0, three times
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include "../../../drivers/samples/packt_char.h"

#define ROUNDS	10
#define PATIENCE 5		/* seconds */

static int device(void)
{
	struct epoll_event event = { .events = EPOLLPRI };
	int fd = open("/dev/packt_char", O_RDWR | O_NONBLOCK);

	for (int i = 0; i < ROUNDS; i++) {
		int ep = epoll_create(1);

		ioctl(fd, PACKT_CHAR_URGENT, 0);
		epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event);
		epoll_wait(ep, &event, 1, 0);
		close(ep);
	}
	return 0;
}

/* Of descriptors from first to last. */
static void select_of(int first, int last)
{
	struct timeval t = { PATIENCE, 0 };
	fd_set in;

	FD_ZERO(&in);
	for (int fd = first; fd <= last; fd++)
		FD_SET(fd, &in);
	select(last + 1, &in, NULL, NULL, &t);
}

int main(int argc, char **argv)
{
	unsigned long long count;
	int first;

	if (argc < 2)
		return 2;
	if (!strcmp(argv[1], "device"))
		return device();
	first = eventfd(0, EFD_NONBLOCK);
	eventfd(1, 0);
	select_of(first, eventfd(0, 0));
	for (int i = 0; i < 3; i++) {
		select_of(first, first);
		read(first, &count, sizeof(count));
	}
	return 0;
}
