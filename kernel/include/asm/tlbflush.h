/*
 * Forgetting translations. One CPU runs; a second one will need the remote
 * half here and nowhere else.
 */
#ifndef ASM_TLBFLUSH_H
#define ASM_TLBFLUSH_H

#include <asm/page.h>
#include <asm/special_insns.h>
#include <linux/mm_types.h>

struct mm_struct;
struct vm_area_struct;

static inline void __flush_tlb_one(unsigned long addr)
{
	asm volatile("invlpg (%0)" :: "r"(addr) : "memory");
}

/* Everything but global (kernel) entries. */
static inline void __flush_tlb(void)
{
	write_cr3(read_cr3());
}

/*
 * flush_tlb_kernel_range - after kernel mappings changed; also global ones
 * flush_tlb_range, flush_tlb_page, flush_tlb_mm - after user mappings changed
 * Context: any. A user flush of an address space that is not loaded costs a compare.
 */
void flush_tlb_all(void);
void flush_tlb_kernel_range(unsigned long start, unsigned long end);
void flush_tlb_mm(struct mm_struct *mm);
void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);
void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr);

/* Load @next's page directory, unless it is the one loaded. Context: interrupts off, or exec. */
static inline void switch_mm(struct mm_struct *prev, struct mm_struct *next,
			     struct task_struct *tsk)
{
	if (prev != next)
		write_cr3(__pa(next->pgd));
}

#define activate_mm(prev, next)	switch_mm(prev, next, NULL)

#endif
