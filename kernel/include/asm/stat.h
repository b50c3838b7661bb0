/* <asm/stat.h>: nothing beyond what user space sees. */
#ifndef ASM_STAT_H
#define ASM_STAT_H

#include <uapi/asm/stat.h>

#endif
