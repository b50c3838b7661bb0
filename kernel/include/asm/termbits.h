/* <asm/termbits.h>: nothing beyond what user space sees. */
#ifndef ASM_TERMBITS_H
#define ASM_TERMBITS_H

#include <uapi/asm/termbits.h>

#endif
