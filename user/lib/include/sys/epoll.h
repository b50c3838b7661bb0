/* <sys/epoll.h> */
#ifndef _SYS_EPOLL_H
#define _SYS_EPOLL_H

#include <linux/eventpoll.h>

int epoll_create(int size);
int epoll_create1(int flags);
int epoll_ctl(int epfd, int op, int fd, struct epoll_event *event);
int epoll_wait(int epfd, struct epoll_event *events, int max, int timeout);

#endif
