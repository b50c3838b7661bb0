/* <linux/unistd.h>: the numbers of the system calls; <asm/unistd.h> is made from kernel/sys/syscalls.tbl */
#ifndef _UAPI_LINUX_UNISTD_H
#define _UAPI_LINUX_UNISTD_H

#include <asm/unistd.h>

#endif
