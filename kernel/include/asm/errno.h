/* <asm/errno.h>: nothing beyond what user space sees. */
#ifndef ASM_ERRNO_H
#define ASM_ERRNO_H

#include <uapi/asm/errno.h>

#endif
