/* <asm/bitsperlong.h>: nothing beyond what user space sees. */
#ifndef ASM_BITSPERLONG_H
#define ASM_BITSPERLONG_H

#include <uapi/asm/bitsperlong.h>

#endif
