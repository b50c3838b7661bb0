/* Loading an address space into the CPU. */
#ifndef ASM_MMU_CONTEXT_H
#define ASM_MMU_CONTEXT_H

#include <linux/mm_types.h>
#include <asm/page.h>
#include <asm/special_insns.h>

/* Load @next's page directory, unless it is the one loaded. Context: interrupts off, or exec. */
static inline void switch_mm(struct mm_struct *prev, struct mm_struct *next,
			     struct task_struct *tsk)
{
	if (prev != next)
		write_cr3(__pa(next->pgd));
}

#define activate_mm(prev, next)	switch_mm(prev, next, NULL)

#endif
