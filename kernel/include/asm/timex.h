/* get_cycles() by Linux's header name. */
#ifndef ASM_TIMEX_H
#define ASM_TIMEX_H

#include <asm/special_insns.h>

typedef u64 cycles_t;

#define PIT_TICK_RATE	1193182UL	/* Hz of the 8254's input clock */

#endif
