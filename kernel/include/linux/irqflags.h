/* Turning this CPU's interrupts off and back. Context: any; the caller keeps it short. */
#ifndef LINUX_IRQFLAGS_H
#define LINUX_IRQFLAGS_H

#include <asm/irqflags.h>

#if DEBUG_BUILD
/* For reports: the line that turned them off, where they were on before. */
extern unsigned long irqs_off_ip;	/* own CPU */
#define note_irqs_off(flags)								\
	do {										\
		if (!arch_irqs_disabled_flags(flags))					\
			asm volatile("movl $. + 1, %0" : "=m"(irqs_off_ip));		\
	} while (0)
#define local_irq_disable()								\
	do {										\
		unsigned long flags_ = arch_local_irq_save();				\
		note_irqs_off(flags_);							\
	} while (0)
#define local_irq_save(flags)	do { (flags) = arch_local_irq_save(); note_irqs_off(flags); } while (0)
#else
#define local_irq_disable()	arch_local_irq_disable()
#define local_irq_save(flags)	((void)((flags) = arch_local_irq_save()))
#endif
#define local_irq_enable()	arch_local_irq_enable()
#define local_irq_restore(flags) arch_local_irq_restore(flags)
#define local_save_flags(flags)	((void)((flags) = arch_local_save_flags()))
#define irqs_disabled_flags(flags) arch_irqs_disabled_flags(flags)
#define irqs_disabled()		arch_irqs_disabled_flags(arch_local_save_flags())
#define safe_halt()		native_safe_halt()

#endif
