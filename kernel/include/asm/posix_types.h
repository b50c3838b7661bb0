/* <asm/posix_types.h>: nothing beyond what user space sees. */
#ifndef ASM_POSIX_TYPES_H
#define ASM_POSIX_TYPES_H

#include <uapi/asm/posix_types.h>

#endif
