/* <poll.h> */
#ifndef _POLL_H
#define _POLL_H

#include <linux/poll.h>
#include <signal.h>

typedef unsigned long nfds_t;

int poll(struct pollfd *fds, nfds_t n, int timeout);
int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout, const sigset_t *mask);

#endif
