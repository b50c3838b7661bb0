#ifndef _LINUX_RESTART_BLOCK_H
#define _LINUX_RESTART_BLOCK_H

#include <linux/types.h>

/* What restart_syscall(2) goes on with after a stop: only calls with a relative time-out need it. */
struct restart_block {
	long (*fn)(struct restart_block *block);
	u64 expires;			/* ns since boot */
	clockid_t clockid;
	void __user *rmtp;		/* where the rest of the time is told */
	unsigned int rmtp_kind;		/* 0: old timespec, 1: 64-bit */
	void __user *ufds;		/* poll() */
	int nfds, has_timeout;
	u32 __user *uaddr;		/* futex() */
	u32 val, flags;
};

#endif
