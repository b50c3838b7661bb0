/* <asm/fcntl.h>: nothing beyond what user space sees. */
#ifndef ASM_FCNTL_H
#define ASM_FCNTL_H

#include <uapi/asm/fcntl.h>

#endif
