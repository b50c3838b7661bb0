/* <asm/types.h>: nothing beyond what user space sees. */
#ifndef ASM_TYPES_H
#define ASM_TYPES_H

#include <uapi/asm/types.h>

#endif
