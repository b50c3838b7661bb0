/* Forgetting translations after page tables changed. */
#include <linux/export.h>
#include <linux/mm_types.h>
#include <linux/sched.h>
#include <asm/tlbflush.h>

/* From here on reloading CR3 is cheaper than page after page. */
#define FLUSH_PAGES_MAX	32

static bool loaded_here(const struct mm_struct *mm)
{
	return current->active_mm == mm;
}

/* CR4.PGE off and on forgets global entries as well (Intel SDM vol. 3, 4.10.4.1). */
void flush_tlb_all(void)
{
	unsigned long cr4 = read_cr4(), flags;

	if (!(cr4 & X86_CR4_PGE)) {
		__flush_tlb();
		return;
	}
	local_irq_save(flags);
	write_cr4(cr4 & ~X86_CR4_PGE);
	write_cr4(cr4);
	local_irq_restore(flags);
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	unsigned long addr;

	if ((end - start) >> PAGE_SHIFT > FLUSH_PAGES_MAX) {
		flush_tlb_all();
		return;
	}
	for (addr = start; addr < end; addr += PAGE_SIZE)
		__flush_tlb_one(addr);
}
EXPORT_SYMBOL(flush_tlb_kernel_range);

void flush_tlb_mm(struct mm_struct *mm)
{
	if (loaded_here(mm))
		__flush_tlb();
}

void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long addr;

	if (!loaded_here(vma->vm_mm))
		return;
	if ((end - start) >> PAGE_SHIFT > FLUSH_PAGES_MAX) {
		__flush_tlb();
		return;
	}
	for (addr = start; addr < end; addr += PAGE_SIZE)
		__flush_tlb_one(addr);
}
EXPORT_SYMBOL(flush_tlb_range);

void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr)
{
	if (loaded_here(vma->vm_mm))
		__flush_tlb_one(addr);
}
EXPORT_SYMBOL(flush_tlb_page);
