/*
 * Pages and the direct map: physical memory from 0 on is visible at
 * PAGE_OFFSET, up to MAXMEM bytes of it; RAM beyond is named at boot and
 * left alone.
 */
#ifndef ASM_PAGE_H
#define ASM_PAGE_H

#define PAGE_SHIFT		12

#define __PAGE_OFFSET		0xC0000000
#define __DIRECT_MAP_END	0xE8000000
#define __VMALLOC_START		0xE8800000
#define __VMALLOC_END		0xEFFFF000
#define ISA_END_ADDRESS		0x100000	/* below: windows of the hardware */
#define __KASAN_SHADOW_START	0xF0000000
#define __KASAN_SHADOW_END	0xF8000000
#define KASAN_SHADOW_OFFSET	0xD8000000	/* the Makefile tells it to the compiler */

#ifdef __ASSEMBLY__
#define PAGE_SIZE		(1 << PAGE_SHIFT)
#else

#include <linux/types.h>

#define PAGE_SIZE		(1UL << PAGE_SHIFT)
#define PAGE_MASK		(~(PAGE_SIZE - 1))
#define PAGE_ALIGN(addr)	(((addr) + PAGE_SIZE - 1) & PAGE_MASK)
#define PAGE_ALIGNED(addr)	(((unsigned long)(addr) & ~PAGE_MASK) == 0)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

#define PAGE_OFFSET		((unsigned long)__PAGE_OFFSET)
#define MAXMEM			((unsigned long)__DIRECT_MAP_END - PAGE_OFFSET)

/* A page-table entry, a directory entry and their protection bits, kept apart by type. */
typedef struct { unsigned long pte; } pte_t;
typedef struct { unsigned long pgd; } pgd_t;
typedef struct { unsigned long pgprot; } pgprot_t;

#define pte_val(x)		((x).pte)
#define pgd_val(x)		((x).pgd)
#define pgprot_val(x)		((x).pgprot)
#define __pte(x)		((pte_t) { (x) })
#define __pgd(x)		((pgd_t) { (x) })
#define __pgprot(x)		((pgprot_t) { (x) })

#define __pa(x)			((unsigned long)(x) - PAGE_OFFSET)
#define __va(x)			((void *)((unsigned long)(x) + PAGE_OFFSET))

#define PFN_UP(x)		(((x) + PAGE_SIZE - 1) >> PAGE_SHIFT)
#define PFN_DOWN(x)		((x) >> PAGE_SHIFT)
#define PFN_PHYS(x)		((phys_addr_t)(x) << PAGE_SHIFT)
#define PHYS_PFN(x)		((unsigned long)((x) >> PAGE_SHIFT))

/* pfn_to_page() and mem_map are <linux/mm.h>'s. */
#define virt_to_page(kaddr)	pfn_to_page(__pa(kaddr) >> PAGE_SHIFT)
#define page_to_virt(page)	__va(page_to_pfn(page) << PAGE_SHIFT)
#define virt_addr_valid(kaddr)	((unsigned long)(kaddr) >= PAGE_OFFSET && \
				 pfn_valid(__pa(kaddr) >> PAGE_SHIFT))

/* Zero and copy one whole page. Context: any. */
static inline void clear_page(void *page)
{
	unsigned long words = PAGE_SIZE / 4;

	asm volatile("rep; stosl" : "+c"(words), "+D"(page) : "a"(0) : "memory");
}

static inline void copy_page(void *to, const void *from)
{
	unsigned long words = PAGE_SIZE / 4;

	asm volatile("rep; movsl" : "+c"(words), "+D"(to), "+S"(from) :: "memory");
}

#endif /* __ASSEMBLY__ */
#endif
