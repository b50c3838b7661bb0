/* HZ: timer interrupts a second. USER_HZ: those that user space is told about. */
#ifndef ASM_PARAM_H
#define ASM_PARAM_H

#include <uapi/asm/param.h>

#undef HZ
#define HZ		100
#define USER_HZ		100

#endif
