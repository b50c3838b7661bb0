/* Shared by select.c, poll.c and their system calls. */
#ifndef FS_SELECT_H
#define FS_SELECT_H

#include <linux/poll.h>

int poll_schedule_timeout(struct poll_wqueues *pwq, ktime_t *expires);
int core_sys_select(int n, __kernel_fd_set __user *sets[3], ktime_t *expires, bool no_wait);
int do_sys_poll(struct pollfd __user *ufds, unsigned int nfds, ktime_t *expires, bool no_wait);

#endif
