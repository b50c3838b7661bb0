/* <sys/select.h> */
#ifndef _SYS_SELECT_H
#define _SYS_SELECT_H

#include <signal.h>
#include <sys/types.h>
#include <time.h>
#include <linux/time.h>

#define FD_SETSIZE __FD_SETSIZE
typedef __kernel_fd_set fd_set;

#define __FD_WORD(fd, set) ((set)->fds_bits[(fd) / 32])
#define __FD_BIT(fd) (1UL << (fd) % 32)
#define FD_ZERO(set) __builtin_memset((set), 0, sizeof(fd_set))
#define FD_SET(fd, set) ((void)(__FD_WORD(fd, set) |= __FD_BIT(fd)))
#define FD_CLR(fd, set) ((void)(__FD_WORD(fd, set) &= ~__FD_BIT(fd)))
#define FD_ISSET(fd, set) ((__FD_WORD(fd, set) & __FD_BIT(fd)) != 0)

int pselect(int n, fd_set *r, fd_set *w, fd_set *x, const struct timespec *timeout, const sigset_t *mask);
int select(int n, fd_set *r, fd_set *w, fd_set *x, struct timeval *timeout);

#endif
