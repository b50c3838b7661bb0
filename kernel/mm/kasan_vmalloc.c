/*
 * Shadow of the vmalloc area: a page of it, for 32 KiB of addresses, is made when
 * the first area comes there, and stays.
 *
 * Locks: shadow_lock guards the shadow's page-table entries.
 */
#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/spinlock.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>

static DEFINE_SPINLOCK(shadow_lock);

static pte_t *shadow_pte(unsigned long shadow)
{
	return pte_offset_kernel(pgd_offset_k(shadow), shadow);
}

/* Instead of the shared page, which is read-only. 0 or -ENOMEM. */
static int make_page(unsigned long shadow)
{
	struct page *page = alloc_page(GFP_KERNEL);
	u32 *word;

	if (!page)
		return -ENOMEM;
	for (word = page_address(page); word < (u32 *)(page_address(page) + PAGE_SIZE); word++)
		*word = KASAN_VMALLOC_INVALID * 0x01010101u;
	spin_lock(&shadow_lock);
	if (!pte_write(*shadow_pte(shadow))) {
		set_pte(shadow_pte(shadow), mk_pte(page, PAGE_KERNEL));
		page = NULL;
	}
	spin_unlock(&shadow_lock);
	flush_tlb_kernel_range(shadow, shadow + PAGE_SIZE);
	if (page)
		__free_page(page);
	return 0;
}

int kasan_vmalloc_alloc(const void *addr, unsigned long size)
{
	unsigned long shadow = (unsigned long)kasan_shadow(addr) & PAGE_MASK;
	unsigned long end = (unsigned long)kasan_shadow(addr + size - 1);

	for (; shadow <= end; shadow += PAGE_SIZE)
		if (!pte_write(*shadow_pte(shadow)) && make_page(shadow))
			return -ENOMEM;
	kasan_unpoison(addr, size);
	return 0;
}

void kasan_vmalloc_free(const void *addr, unsigned long size)
{
	kasan_poison(addr, size, KASAN_VMALLOC_INVALID);
}
