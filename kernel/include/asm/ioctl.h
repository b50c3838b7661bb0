/* <asm/ioctl.h>: nothing beyond what user space sees. */
#ifndef ASM_IOCTL_H
#define ASM_IOCTL_H

#include <uapi/asm/ioctl.h>

#endif
