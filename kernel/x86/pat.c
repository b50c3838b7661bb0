/*
 * The page attribute table: which caching the PCD and PWT bits of an entry ask
 * for (Intel SDM vol. 3, 12.12).
 *
 *	PCD PWT	at reset		as set here
 *	0   0	write-back		write-back		RAM
 *	0   1	write-through		write-combining		frame buffers
 *	1   0	uncached, MTRRs may weaken that
 *	1   1	uncached		uncached		registers
 *
 * The bit that would choose from the table's second half stays 0: in a directory
 * entry it means a 4 MiB page. No mapping asks for write-through, so no cache
 * needs to be flushed when the table changes.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <asm/cpufeature.h>
#include <asm/pgtable.h>
#include <asm/special_insns.h>

#define MSR_IA32_CR_PAT		0x277
#define PAT_ENTRY(n)		(8 * (n))	/* bits of entry n begin here */
#define PAT_MASK		0xFFULL
#define PAT_WC			0x01ULL
#define PAT_INDEX_WC		1

/* Entry bits for write combining; without the table it is uncached. Set by pat_init(). */
static unsigned long wc_bits __ro_after_init = _PAGE_PCD | _PAGE_PWT;

void __init pat_init(void)
{
	u64 table;

	if (!boot_cpu_has(X86_FEATURE_PAT))
		return;
	rdmsrl(MSR_IA32_CR_PAT, table);
	table &= ~(PAT_MASK << PAT_ENTRY(PAT_INDEX_WC));
	wrmsrl(MSR_IA32_CR_PAT, table | PAT_WC << PAT_ENTRY(PAT_INDEX_WC));
	wc_bits = _PAGE_PWT;
}

pgprot_t pgprot_writecombine(pgprot_t prot)
{
	return __pgprot((pgprot_val(prot) & ~_PAGE_CACHE_MASK) | wc_bits);
}
EXPORT_SYMBOL(pgprot_writecombine);
