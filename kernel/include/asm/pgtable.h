/*
 * i386 two-level page tables: a directory of 1024 entries, each the address
 * of a table of 1024 entries or, with _PAGE_PSE, a 4 MiB page.
 * (Intel SDM vol. 3, 4.3 "32-bit paging".)
 *
 * The tables of everything above the direct map exist from boot and every
 * directory shares them, so kernel mappings need no copying from one
 * address space to another.
 */
#ifndef ASM_PGTABLE_H
#define ASM_PGTABLE_H

#include <asm/page.h>

#define PGDIR_SHIFT		22
#define PGDIR_SIZE		(1UL << PGDIR_SHIFT)
#define PGDIR_MASK		(~(PGDIR_SIZE - 1))
#define PGDIR_ALIGN(addr)	(((addr) + PGDIR_SIZE - 1) & PGDIR_MASK)
#define PTRS_PER_PGD		1024
#define PTRS_PER_PTE		1024
#define USER_PTRS_PER_PGD	(__PAGE_OFFSET >> PGDIR_SHIFT)

#define _PAGE_PRESENT		0x001UL
#define _PAGE_RW		0x002UL
#define _PAGE_USER		0x004UL
#define _PAGE_PWT		0x008UL
#define _PAGE_PCD		0x010UL
#define _PAGE_ACCESSED		0x020UL
#define _PAGE_DIRTY		0x040UL
#define _PAGE_PSE		0x080UL		/* in a directory entry: 4 MiB page */
#define _PAGE_GLOBAL		0x100UL
#define _PAGE_SPECIAL		0x200UL		/* software: no struct page behind it */
#define _PAGE_SOFTW2		0x400UL
#define _PAGE_SOFTW3		0x800UL

#define _PAGE_TABLE		(_PAGE_PRESENT | _PAGE_RW | _PAGE_USER | _PAGE_ACCESSED | _PAGE_DIRTY)
#define _PAGE_BASE		(_PAGE_PRESENT | _PAGE_ACCESSED)
#define _PAGE_CHG_MASK		(PAGE_MASK | _PAGE_ACCESSED | _PAGE_DIRTY | _PAGE_PCD | _PAGE_PWT | \
				 _PAGE_SPECIAL)

/*
 * Kernel mappings outlive every address space: _PAGE_GLOBAL keeps them in
 * the TLB across a CR3 load, once CR4.PGE is on (harmless before).
 */
#define PAGE_KERNEL		__pgprot(_PAGE_BASE | _PAGE_RW | _PAGE_DIRTY | _PAGE_GLOBAL)
#define PAGE_KERNEL_RO		__pgprot(_PAGE_BASE | _PAGE_GLOBAL)
#define PAGE_KERNEL_EXEC	PAGE_KERNEL	/* no NX bit in these tables */
#define PAGE_KERNEL_NOCACHE	__pgprot(_PAGE_BASE | _PAGE_RW | _PAGE_DIRTY | _PAGE_GLOBAL | \
					 _PAGE_PCD | _PAGE_PWT)
#define PAGE_NONE		__pgprot(0)
#define PAGE_READONLY		__pgprot(_PAGE_BASE | _PAGE_USER)
#define PAGE_COPY		__pgprot(_PAGE_BASE | _PAGE_USER)
#define PAGE_SHARED		__pgprot(_PAGE_BASE | _PAGE_USER | _PAGE_RW)

/* Registers; frame buffers, whose stores may be gathered (uncached without PAT). See pat.c. */
#define _PAGE_CACHE_MASK		(_PAGE_PCD | _PAGE_PWT)
#define pgprot_noncached(prot)		__pgprot(pgprot_val(prot) | _PAGE_CACHE_MASK)
#define pgprot_device(prot)		pgprot_noncached(prot)
pgprot_t pgprot_writecombine(pgprot_t prot);
#define pgprot_writecombine pgprot_writecombine

#define VMALLOC_START		((unsigned long)__VMALLOC_START)
#define VMALLOC_END		((unsigned long)__VMALLOC_END)
/* Modules lie among the other areas of vmalloc(). */
#define MODULES_VADDR		VMALLOC_START
#define MODULES_END		VMALLOC_END
#define MODULES_LEN		(MODULES_END - MODULES_VADDR)
/* Windows for memory that is not mapped for good: none. */
#define PKMAP_BASE		VMALLOC_END
#define LAST_PKMAP		0

extern pgd_t swapper_pg_dir[PTRS_PER_PGD];

#define pgd_index(addr)		((unsigned long)(addr) >> PGDIR_SHIFT)
#define pte_index(addr)		(((unsigned long)(addr) >> PAGE_SHIFT) & (PTRS_PER_PTE - 1))
#define pgd_offset_pgd(pgd, addr) ((pgd) + pgd_index(addr))
#define pgd_offset(mm, addr)	pgd_offset_pgd((mm)->pgd, addr)
#define pgd_offset_k(addr)	pgd_offset_pgd(swapper_pg_dir, addr)

static inline int pgd_none(pgd_t pgd)		{ return !pgd_val(pgd); }
static inline int pgd_present(pgd_t pgd)	{ return !!(pgd_val(pgd) & _PAGE_PRESENT); }
static inline int pgd_large(pgd_t pgd)		{ return !!(pgd_val(pgd) & _PAGE_PSE); }

/* The page table a present, not large, directory entry points to. */
static inline pte_t *pgd_page_vaddr(pgd_t pgd)
{
	return __va(pgd_val(pgd) & PAGE_MASK);
}

static inline pte_t *pte_offset_kernel(pgd_t *pgd, unsigned long addr)
{
	return pgd_page_vaddr(*pgd) + pte_index(addr);
}

static inline void set_pgd(pgd_t *pgdp, pgd_t pgd)	{ *(volatile pgd_t *)pgdp = pgd; }
static inline void pgd_clear(pgd_t *pgdp)		{ set_pgd(pgdp, __pgd(0)); }

static inline int pte_none(pte_t pte)		{ return !pte_val(pte); }
static inline int pte_present(pte_t pte)	{ return !!(pte_val(pte) & _PAGE_PRESENT); }
static inline int pte_write(pte_t pte)		{ return !!(pte_val(pte) & _PAGE_RW); }
static inline int pte_dirty(pte_t pte)		{ return !!(pte_val(pte) & _PAGE_DIRTY); }
static inline int pte_young(pte_t pte)		{ return !!(pte_val(pte) & _PAGE_ACCESSED); }
static inline int pte_special(pte_t pte)	{ return !!(pte_val(pte) & _PAGE_SPECIAL); }

static inline pte_t pte_mkwrite(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_RW); }
static inline pte_t pte_wrprotect(pte_t pte)	{ return __pte(pte_val(pte) & ~_PAGE_RW); }
static inline pte_t pte_mkdirty(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_DIRTY); }
static inline pte_t pte_mkclean(pte_t pte)	{ return __pte(pte_val(pte) & ~_PAGE_DIRTY); }
static inline pte_t pte_mkyoung(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_ACCESSED); }
static inline pte_t pte_mkold(pte_t pte)	{ return __pte(pte_val(pte) & ~_PAGE_ACCESSED); }
static inline pte_t pte_mkspecial(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_SPECIAL); }

static inline unsigned long pte_pfn(pte_t pte)
{
	return pte_val(pte) >> PAGE_SHIFT;
}

static inline pte_t pfn_pte(unsigned long pfn, pgprot_t prot)
{
	return __pte(pfn << PAGE_SHIFT | pgprot_val(prot));
}

/* The same page and history under another protection. */
static inline pte_t pte_modify(pte_t pte, pgprot_t prot)
{
	return __pte((pte_val(pte) & _PAGE_CHG_MASK) | (pgprot_val(prot) & ~_PAGE_CHG_MASK));
}

#define pte_page(pte)		pfn_to_page(pte_pfn(pte))
#define mk_pte(page, prot)	pfn_pte(page_to_pfn(page), prot)

static inline void set_pte(pte_t *ptep, pte_t pte)	{ *(volatile pte_t *)ptep = pte; }
#define set_pte_at(mm, addr, ptep, pte)	set_pte(ptep, pte)
#define pte_clear(mm, addr, ptep)	set_pte(ptep, __pte(0))

/*
 * Take an entry away in one step: another CPU that walks the table may still
 * set ACCESSED or DIRTY, and those bits must not be lost between read and clear.
 */
static inline pte_t ptep_get_and_clear_raw(pte_t *ptep)
{
	pte_t old = __pte(0);

	asm volatile("xchgl %0, %1" : "+r"(old.pte), "+m"(ptep->pte) :: "memory");
	return old;
}
#define ptep_get_and_clear(mm, addr, ptep)	ptep_get_and_clear_raw(ptep)

static inline void ptep_set_wrprotect_raw(pte_t *ptep)
{
	asm volatile("lock; andl %1, %0" : "+m"(ptep->pte) : "i"(~_PAGE_RW) : "memory");
}
#define ptep_set_wrprotect(mm, addr, ptep)	ptep_set_wrprotect_raw(ptep)

#endif
