/*
 * The errnos of user space, and those that never leave the kernel.
 */
#ifndef _LINUX_ERRNO_H
#define _LINUX_ERRNO_H

#include <uapi/linux/errno.h>

#define ERESTARTSYS	512	/* restart, or EINTR when a handler wants no SA_RESTART */
#define ERESTARTNOINTR	513	/* always restart */
#define ERESTARTNOHAND	514	/* restart unless a handler ran */
#define ENOIOCTLCMD	515	/* becomes ENOTTY */
#define ERESTART_RESTARTBLOCK 516 /* restart through sys_restart_syscall */
#define EPROBE_DEFER	517
#define EOPENSTALE	518
#define ENOPARAM	519
#define ENOTSUPP	524
#define EIOCBQUEUED	529

#endif
