/* This CPU's interrupt flag. <linux/irqflags.h> has the names everybody uses. */
#ifndef ASM_IRQFLAGS_H
#define ASM_IRQFLAGS_H

#include <asm/processor.h>

static inline unsigned long arch_local_save_flags(void)
{
	unsigned long flags;

	asm volatile("pushfl; popl %0" : "=rm"(flags) :: "memory");
	return flags;
}

static inline void arch_local_irq_disable(void)
{
	asm volatile("cli" ::: "memory");
}

static inline void arch_local_irq_enable(void)
{
	asm volatile("sti" ::: "memory");
}

static inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	arch_local_irq_disable();
	return flags;
}

static inline int arch_irqs_disabled_flags(unsigned long flags)
{
	return !(flags & X86_EFLAGS_IF);
}

/* Loads no other flag than IF: a full POPF costs more and would restore AC behind SMAP's back. */
static inline void arch_local_irq_restore(unsigned long flags)
{
	if (!arch_irqs_disabled_flags(flags))
		arch_local_irq_enable();
	else
		asm volatile("" ::: "memory");
}

/* Sleep until the next interrupt; STI's one-instruction shadow closes the gap before HLT. */
static inline void native_safe_halt(void)
{
	asm volatile("sti; hlt" ::: "memory");
}

static inline void native_halt(void)
{
	asm volatile("hlt" ::: "memory");
}

#endif
