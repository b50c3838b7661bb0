/*
 * The local APIC: kernel/irq/apic.c. Its vectors lie behind those of the 8259s,
 * so that each is an interrupt line as the others are.
 */
#ifndef ASM_APIC_H
#define ASM_APIC_H

#include <linux/types.h>
#include <asm/irq.h>

/* Lines: messages of devices (MSI), then its own three. The last vector ends in 1111b, as it must. */
#define LAPIC_FIRST_MSI		NR_IRQS_LEGACY
#define LAPIC_TIMER_IRQ		(NR_IRQS_VECTORS - 3)
#define LAPIC_ERROR_IRQ		(NR_IRQS_VECTORS - 2)
#define LAPIC_SPURIOUS_IRQ	(NR_IRQS_VECTORS - 1)

/* A line for messages: its number, -ENODEV without a local APIC, -ENOSPC. Context: process. */
int lapic_alloc_irq(void);
void lapic_free_irq(int irq);

/* What a device is to write, and where, to raise a line. */
struct msi_msg {
	u32 address_lo, address_hi, data;
};

void lapic_compose_msg(int irq, struct msi_msg *msg);

/* Interrupt once, in @ns from now, into hrtimer_interrupt(); replaces an earlier wish. Interrupts off. */
void lapic_timer_arm(u64 ns);
/* Whether that works; else hrtimers go by the tick. */
extern bool lapic_timer_runs;

#endif
