/* <asm/auxvec.h>: nothing beyond what user space sees. */
#ifndef ASM_AUXVEC_H
#define ASM_AUXVEC_H

#include <uapi/asm/auxvec.h>

#endif
