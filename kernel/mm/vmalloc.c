/*
 * vmalloc.c - kernel addresses apart from the direct map: pages side by side
 * that are scattered in memory, and device registers.
 *
 * The areas between VMALLOC_START and VMALLOC_END lie in one list by address.
 * Each has an unmapped guard page behind it, and the page before VMALLOC_START
 * is unmapped, so every area is guarded on both sides. All page tables of the
 * range exist from boot and belong to every address space: mapping is writing
 * entries of swapper's tables, no other directory must learn of it.
 *
 * Context: process, may sleep, unless a function says otherwise.
 * Locks: vmap_lock guards the list; the entries of an area belong to its owner.
 */
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include <asm/pgtable.h>
#include <asm/set_memory.h>
#include <asm/tlbflush.h>
#include "internal.h"

static DEFINE_SPINLOCK(vmap_lock);
static LIST_HEAD(vmap_areas);			/* vmap_lock: struct vm_struct by address */
static unsigned long vmap_nr_pages;		/* vmap_lock */
static struct kmem_cache *vm_struct_cache;

/* ------------------------------------------------------------------ addresses */

/* The first gap of @size bytes at a multiple of @align. [vmap_lock] held. */
static bool link_area(struct vm_struct *area, unsigned long align)
{
	unsigned long start = ALIGN(VMALLOC_START, align);
	struct vm_struct *next;

	list_for_each_entry(next, &vmap_areas, list) {
		if (start + area->size <= (unsigned long)next->addr)
			break;
		start = ALIGN((unsigned long)next->addr + next->size, align);
	}
	if (start >= VMALLOC_END || area->size > VMALLOC_END - start)
		return false;
	area->addr = (void *)start;
	list_add_tail(&area->list, &next->list);
	return true;
}

/* Addresses for @size bytes and a guard page, or NULL. */
static struct vm_struct *get_aligned_area(unsigned long size, unsigned long align,
					  unsigned long flags, const void *caller)
{
	unsigned long wanted = size;
	struct vm_struct *area;
	bool found;

	size = PAGE_ALIGN(size);
	if (!size || size >= VMALLOC_END - VMALLOC_START)
		return NULL;
	area = kmem_cache_zalloc(vm_struct_cache, GFP_KERNEL);
	if (!area)
		return NULL;
	area->size = size + PAGE_SIZE;
	area->flags = flags;
	area->caller = caller;
	spin_lock(&vmap_lock);
	found = link_area(area, align);
	spin_unlock(&vmap_lock);
	if (found && !kasan_vmalloc_alloc(area->addr, wanted))
		return area;
	if (DEBUG_BUILD && found) {
		spin_lock(&vmap_lock);
		list_del(&area->list);
		spin_unlock(&vmap_lock);
	}
	kmem_cache_free(vm_struct_cache, area);
	return NULL;
}

struct vm_struct *get_vm_area(unsigned long size, unsigned long flags)
{
	return get_aligned_area(size, PAGE_SIZE, flags, __builtin_return_address(0));
}
EXPORT_SYMBOL(get_vm_area);

/* The area that begins at @addr. [vmap_lock] held. */
static struct vm_struct *lookup_area(const void *addr)
{
	struct vm_struct *area;

	list_for_each_entry(area, &vmap_areas, list)
		if (area->addr == addr)
			return area;
	return NULL;
}

struct vm_struct *find_vm_area(const void *addr)
{
	struct vm_struct *area;

	spin_lock(&vmap_lock);
	area = lookup_area(addr);
	spin_unlock(&vmap_lock);
	return area;
}

/* ------------------------------------------------------------------ entries */

static inline pte_t *kernel_pte(unsigned long addr)
{
	return pte_offset_kernel(pgd_offset_k(addr), addr);
}

static void unmap_kernel_range(unsigned long start, unsigned long end)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE)
		set_pte(kernel_pte(addr), __pte(0));
	flush_tlb_kernel_range(start, end);
}

/* Entries that were empty are not in any TLB: nothing to flush. */
static void map_pages(unsigned long addr, struct page **pages, unsigned int count, pgprot_t prot)
{
	unsigned int i;

	for (i = 0; i < count; i++, addr += PAGE_SIZE)
		set_pte(kernel_pte(addr), mk_pte(pages[i], prot));
}

int vmap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot)
{
	unsigned long pfn = phys >> PAGE_SHIFT;

	for (; addr < end; addr += PAGE_SIZE)
		set_pte(kernel_pte(addr), pfn_pte(pfn++, prot));
	return 0;
}

static int set_protection(unsigned long addr, int numpages, pgprot_t prot)
{
	for (unsigned long end = addr + numpages * PAGE_SIZE; addr < end; addr += PAGE_SIZE)
		set_pte(kernel_pte(addr), pfn_pte(pte_pfn(*kernel_pte(addr)), prot));
	flush_tlb_kernel_range(addr - numpages * PAGE_SIZE, addr);
	return 0;
}

int set_memory_ro(unsigned long addr, int numpages)
{
	return set_protection(addr, numpages, PAGE_KERNEL_RO);
}

int set_memory_rw(unsigned long addr, int numpages)
{
	return set_protection(addr, numpages, PAGE_KERNEL);
}

/* Unmap the area that begins at @addr and take it off the list: the caller frees it. */
struct vm_struct *remove_vm_area(const void *addr)
{
	struct vm_struct *area = find_vm_area(addr);

	if (!area)
		return NULL;
	debug_check_no_obj_freed(addr, area->size - PAGE_SIZE);
	unmap_kernel_range((unsigned long)addr, (unsigned long)addr + area->size - PAGE_SIZE);
	kasan_vmalloc_free(addr, area->size - PAGE_SIZE);
	spin_lock(&vmap_lock);
	list_del(&area->list);
	vmap_nr_pages -= area->nr_pages;
	spin_unlock(&vmap_lock);
	return area;
}

void free_vm_area(struct vm_struct *area)
{
	if (remove_vm_area(area->addr))
		kmem_cache_free(vm_struct_cache, area);
}
EXPORT_SYMBOL(free_vm_area);

/* ------------------------------------------------------------------ vmalloc, vmap */

static void free_area_pages(struct vm_struct *area)
{
	unsigned int i;

	for (i = 0; i < area->nr_pages; i++)
		__free_page(area->pages[i]);
	kvfree(area->pages);
	area->pages = NULL;
	area->nr_pages = 0;
}

static int alloc_area_pages(struct vm_struct *area, gfp_t gfp)
{
	unsigned int want = (area->size - PAGE_SIZE) >> PAGE_SHIFT;

	area->pages = kvmalloc_array(want, sizeof(struct page *), gfp & ~__GFP_ZERO);
	if (!area->pages)
		return -ENOMEM;
	while (area->nr_pages < want) {
		area->pages[area->nr_pages] = alloc_page(gfp);
		if (!area->pages[area->nr_pages]) {
			free_area_pages(area);
			return -ENOMEM;
		}
		area->nr_pages++;
	}
	return 0;
}

static void *vmalloc_aligned(unsigned long size, unsigned long align, gfp_t gfp,
			     unsigned long flags, const void *caller)
{
	struct vm_struct *area;

	might_sleep();
	if (PFN_UP(size) > totalram_pages())
		return NULL;
	area = get_aligned_area(size, align, VM_ALLOC | flags, caller);
	if (!area)
		return NULL;
	if (alloc_area_pages(area, gfp)) {
		free_vm_area(area);
		return NULL;
	}
	map_pages((unsigned long)area->addr, area->pages, area->nr_pages, PAGE_KERNEL);
	spin_lock(&vmap_lock);
	vmap_nr_pages += area->nr_pages;
	spin_unlock(&vmap_lock);
	return area->addr;
}

void *__vmalloc(unsigned long size, gfp_t gfp)
{
	return vmalloc_aligned(size, PAGE_SIZE, gfp, 0, __builtin_return_address(0));
}
EXPORT_SYMBOL(__vmalloc);

void *vmalloc(unsigned long size)
{
	return vmalloc_aligned(size, PAGE_SIZE, GFP_KERNEL, 0, __builtin_return_address(0));
}
EXPORT_SYMBOL(vmalloc);

void *vzalloc(unsigned long size)
{
	return vmalloc_aligned(size, PAGE_SIZE, GFP_KERNEL | __GFP_ZERO, 0,
			       __builtin_return_address(0));
}
EXPORT_SYMBOL(vzalloc);

/* Zeroed, and allowed to be mapped by remap_vmalloc_range(). */
void *vmalloc_user(unsigned long size)
{
	return vmalloc_aligned(size, PAGE_SIZE, GFP_KERNEL | __GFP_ZERO, VM_USERMAP,
			       __builtin_return_address(0));
}
EXPORT_SYMBOL(vmalloc_user);

void vfree(const void *addr)
{
	struct vm_struct *area;

	if (!addr)
		return;
	might_sleep();
	area = remove_vm_area(addr);
	if (WARN(!area || !(area->flags & VM_ALLOC), "vfree(%p): not an area of vmalloc()", addr))
		return;
	free_area_pages(area);
	kmem_cache_free(vm_struct_cache, area);
}
EXPORT_SYMBOL(vfree);

/* Map @count pages side by side; they stay the caller's. */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)
{
	struct vm_struct *area;

	might_sleep();
	if (count > totalram_pages())
		return NULL;
	area = get_aligned_area((unsigned long)count << PAGE_SHIFT, PAGE_SIZE, VM_MAP | flags,
				__builtin_return_address(0));
	if (!area)
		return NULL;
	map_pages((unsigned long)area->addr, pages, count, prot);
	return area->addr;
}
EXPORT_SYMBOL(vmap);

void vunmap(const void *addr)
{
	struct vm_struct *area;

	might_sleep();
	if (!addr)
		return;
	area = remove_vm_area(addr);
	if (!WARN(!area, "vunmap(%p): no such area", addr))
		kmem_cache_free(vm_struct_cache, area);
}
EXPORT_SYMBOL(vunmap);

unsigned long vmalloc_to_pfn(const void *addr)
{
	return pte_pfn(*kernel_pte((unsigned long)addr));
}
EXPORT_SYMBOL(vmalloc_to_pfn);

struct page *vmalloc_to_page(const void *addr)
{
	if (!is_vmalloc_addr(addr) || !pte_present(*kernel_pte((unsigned long)addr)))
		return NULL;
	return pfn_to_page(vmalloc_to_pfn(addr));
}
EXPORT_SYMBOL(vmalloc_to_page);

/* ------------------------------------------------------------------ reports, bring-up */

void vmalloc_for_each(void (*show)(const struct vm_struct *area, void *arg), void *arg)
{
	struct vm_struct *area;

	spin_lock(&vmap_lock);
	list_for_each_entry(area, &vmap_areas, list)
		show(area, arg);
	spin_unlock(&vmap_lock);
}

unsigned long vmalloc_nr_pages(void)
{
	return READ_ONCE(vmap_nr_pages);
}

void *vmalloc_stack(unsigned long size)
{
	return vmalloc_aligned(size, size, GFP_KERNEL, VM_STACK_AREA,
			       __builtin_return_address(0));
}

void __init vmalloc_init(void)
{
	vm_struct_cache = KMEM_CACHE(vm_struct, SLAB_PANIC);
}
