/*
 * ioremap.c - device registers and memory at kernel addresses, uncached.
 *
 * Physical addresses from the bus (a PCI BAR, the VGA window) are mapped into
 * the vmalloc range; RAM that the page allocator owns is refused, since two
 * mappings of one page with different caching are undefined (Intel SDM vol. 3,
 * 12.12.4). For the same reason a process gets the caching that the kernel's own
 * mapping has, whatever its driver asks for: phys_caching().
 *
 * Context: process; may sleep.
 */
#include <linux/export.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include <asm/pgtable.h>
#include "internal.h"

static bool is_ram(unsigned long first_pfn, unsigned long last_pfn)
{
	unsigned long pfn;

	for (pfn = first_pfn; pfn <= last_pfn && pfn_valid(pfn); pfn++)
		if (!PageReserved(pfn_to_page(pfn)))
			return true;
	return false;
}

/* What the kernel itself maps of a physical range, and how. */
struct kernel_view {
	phys_addr_t first, last;
	unsigned long caching;
	bool found;
};

/* [vmap_lock] held */
static void look_at_area(const struct vm_struct *area, void *arg)
{
	unsigned long addr = (unsigned long)area->addr;
	struct kernel_view *view = arg;
	pte_t pte;

	if (!(area->flags & VM_IOREMAP) || area->phys_addr > view->last ||
	    area->phys_addr + (area->size - PAGE_SIZE - 1) < view->first)
		return;
	pte = *pte_offset_kernel(pgd_offset_k(addr), addr);
	view->caching = pte_val(pte) & _PAGE_CACHE_MASK;
	view->found |= pte_present(pte);
}

/* RAM behind the hardware's windows is cached, device memory as ioremap() was asked for it. */
pgprot_t phys_caching(unsigned long pfn, unsigned long size, pgprot_t prot)
{
	struct kernel_view view = { .first = PFN_PHYS(pfn), .last = PFN_PHYS(pfn) + (size - 1) };

	if (pfn_valid(pfn) && view.first >= ISA_END_ADDRESS)
		view.found = true;
	else
		vmalloc_for_each(look_at_area, &view);
	if (!view.found)
		return prot;
	return __pgprot((pgprot_val(prot) & ~_PAGE_CACHE_MASK) | view.caching);
}

static void __iomem *map_device(phys_addr_t phys, size_t size, pgprot_t prot)
{
	unsigned long offset = offset_in_page(phys);
	phys_addr_t last = phys + size - 1;
	struct vm_struct *area;
	unsigned long addr;

	might_sleep();
	if (!size || last < phys || is_ram(PHYS_PFN(phys), PHYS_PFN(last)))
		return NULL;
	area = get_vm_area(size + offset, VM_IOREMAP);
	if (!area)
		return NULL;
	area->phys_addr = phys - offset;
	addr = (unsigned long)area->addr;
	vmap_page_range(addr, addr + area->size - PAGE_SIZE, phys - offset, prot);
	return (void __iomem *)(addr + offset);
}

void __iomem *ioremap(phys_addr_t phys, unsigned long size)
{
	return map_device(phys, size, PAGE_KERNEL_NOCACHE);
}
EXPORT_SYMBOL(ioremap);

/* For frame buffers: writes may be gathered. */
void __iomem *ioremap_wc(phys_addr_t phys, unsigned long size)
{
	return map_device(phys, size, pgprot_writecombine(PAGE_KERNEL));
}
EXPORT_SYMBOL(ioremap_wc);

/*
 * memremap - memory without side effects: tables of the firmware, frame buffers
 * @flags: MEMREMAP_WB ordinary caching (RAM is allowed: its direct mapping is returned),
 * MEMREMAP_WT write-through, MEMREMAP_WC writes may be gathered. NULL on failure.
 */
void *memremap(phys_addr_t phys, size_t size, unsigned long flags)
{
	phys_addr_t last = phys + size - 1;

	if (flags & MEMREMAP_WB && size && last >= phys && pfn_valid(PHYS_PFN(last)))
		return __va(phys);
	return (void __force *)map_device(phys, size, flags & MEMREMAP_WB ? PAGE_KERNEL :
					  pgprot_writecombine(PAGE_KERNEL));
}
EXPORT_SYMBOL(memremap);

void memunmap(void *addr)
{
	iounmap((void __iomem *)addr);
}
EXPORT_SYMBOL(memunmap);

void iounmap(volatile void __iomem *addr)
{
	void *start = (void *)((unsigned long)addr & PAGE_MASK);

	if (is_vmalloc_addr(start))
		vunmap(start);
}
EXPORT_SYMBOL(iounmap);
