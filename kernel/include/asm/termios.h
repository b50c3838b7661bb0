/* <asm/termios.h>: nothing beyond what user space sees. */
#ifndef ASM_TERMIOS_H
#define ASM_TERMIOS_H

#include <uapi/asm/termios.h>

#endif
