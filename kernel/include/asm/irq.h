/* Interrupt lines and the vectors they arrive on. */
#ifndef ASM_IRQ_H
#define ASM_IRQ_H

#define NR_IRQS_LEGACY		16	/* of the 8259s */
#define NR_IRQS_VECTORS		32	/* with the local APIC's, <asm/apic.h>: those that entry.asm knows */
#define NR_IRQS			64	/* with those that a driver raises, as a GPIO chip's */

#define FIRST_EXTERNAL_VECTOR	0x20	/* the 8259s are moved here, off the exceptions */
#define IA32_SYSCALL_VECTOR	0x80

#endif
