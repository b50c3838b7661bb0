/* <asm/ioctls.h>: nothing beyond what user space sees. */
#ifndef ASM_IOCTLS_H
#define ASM_IOCTLS_H

#include <uapi/asm/ioctls.h>

#endif
