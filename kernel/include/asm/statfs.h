/* <asm/statfs.h>: nothing beyond what user space sees. */
#ifndef ASM_STATFS_H
#define ASM_STATFS_H

#include <uapi/asm/statfs.h>

#endif
