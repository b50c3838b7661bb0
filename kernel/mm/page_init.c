/*
 * page_init.c - how the page allocator comes by its memory, and what is told
 * of it: the frame table, the watermarks, the counters of /proc/meminfo.
 *
 * The boot allocator hands over every free range once; the bring-up code is
 * given back later by free_initmem().
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>
#include <uapi/linux/sysinfo.h>
#include <asm/setup.h>
#include "internal.h"

atomic_t vm_node_stat[NR_VM_NODE_STAT_ITEMS];
struct page *empty_zero_page;

static unsigned long first_unseen_pfn __initdata;

/* Give frames that were in use from the start to the buddies, the bigger blocks first. */
static void hand_over(unsigned long start_pfn, unsigned long end_pfn)
{
	unsigned int order;
	struct page *page;

	while (start_pfn < end_pfn) {
		order = start_pfn ? __ffs(start_pfn) : MAX_ORDER - 1;
		order = min(order, (unsigned int)MAX_ORDER - 1);
		while (start_pfn + (1UL << order) > end_pfn)
			order--;
		page = pfn_to_page(start_pfn);
		zones[start_pfn < MAX_DMA_PFN ? ZONE_DMA : ZONE_NORMAL].managed_pages +=
			1UL << order;
		init_page_count(page);
		atomic_set(&page->_mapcount, -1);
		__free_pages(page, order);
		start_pfn += 1UL << order;
	}
}

/* The boot allocator's free ranges in ascending order: what lies between is in use for good. */
static void __init free_range(unsigned long start_pfn, unsigned long end_pfn)
{
	unsigned long pfn;

	for (pfn = first_unseen_pfn; pfn < start_pfn; pfn++)
		__SetPageReserved(pfn_to_page(pfn));
	for (pfn = start_pfn; pfn < end_pfn; pfn++)
		atomic_set(&pfn_to_page(pfn)->_mapcount, -1);
	hand_over(start_pfn, end_pfn);
	first_unseen_pfn = end_pfn;
}

static void __init set_watermarks(void)
{
	unsigned long total = totalram_pages(), all_min = clamp(total / 128, 16UL, 512UL), min;
	struct zone *zone;

	for (zone = zones; zone < zones + MAX_NR_ZONES; zone++) {
		min = all_min * zone->managed_pages / total;
		zone->watermark[WMARK_MIN] = min;
		zone->watermark[WMARK_LOW] = min + min / 4;
		zone->watermark[WMARK_HIGH] = min + min / 2;
	}
}

void __init page_alloc_init(void)
{
	unsigned long pfn;
	unsigned int i, order;

	mem_map = boot_alloc(max_low_pfn * sizeof(struct page), 32);
	max_mapnr = max_low_pfn;
	high_memory = __va(max_low_pfn << PAGE_SHIFT);
	for (i = 0; i < MAX_NR_ZONES; i++) {
		spin_lock_init(&zones[i].lock);
		INIT_LIST_HEAD(&zones[i].hot);
		for (order = 0; order < MAX_ORDER; order++)
			INIT_LIST_HEAD(&zones[i].free_area[order].free_list);
	}
	boot_memory_release(free_range);
	for (pfn = first_unseen_pfn; pfn < max_mapnr; pfn++)
		__SetPageReserved(pfn_to_page(pfn));
	set_watermarks();

	empty_zero_page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	__SetPageReserved(empty_zero_page);
}

void __init mm_init(void)
{
	page_alloc_init();
	kmem_cache_init();
	vmalloc_init();
}

void free_reserved_area(void *start, void *end, const char *what)
{
	unsigned long pfn, first = PFN_UP(__pa(start)), last = PFN_DOWN(__pa(end));

	for (pfn = first; pfn < last; pfn++) {
		__ClearPageReserved(pfn_to_page(pfn));
		atomic_set(&pfn_to_page(pfn)->_mapcount, -1);
	}
	hand_over(first, last);
	if (what)
		pr_info("memory: %lu KiB of %s given back\n", (last - first) * 4, what);
}

void free_initmem(void)
{
	free_reserved_area(__init_begin, __init_end, "bring-up code");
}

unsigned long totalram_pages(void)
{
	return zones[ZONE_DMA].managed_pages + zones[ZONE_NORMAL].managed_pages;
}
EXPORT_SYMBOL(totalram_pages);

unsigned long nr_free_pages(void)
{
	return READ_ONCE(zones[ZONE_DMA].nr_free_pages) +
	       READ_ONCE(zones[ZONE_NORMAL].nr_free_pages);
}

bool zones_below(enum zone_watermarks mark)
{
	return nr_free_pages() < zones[ZONE_DMA].watermark[mark] +
				 zones[ZONE_NORMAL].watermark[mark];
}

/* Caches count half where dropping them needs a write first or hurts at once. */
long si_mem_available(void)
{
	unsigned long reserve = zones[ZONE_DMA].watermark[WMARK_LOW] +
				zones[ZONE_NORMAL].watermark[WMARK_LOW];
	unsigned long cached = global_node_page_state(NR_FILE_PAGES);
	unsigned long pinned = global_node_page_state(NR_SHMEM) +
			       global_node_page_state(NR_FILE_DIRTY) / 2;
	long available = nr_free_pages() - reserve;

	if (cached > pinned)
		available += cached - pinned;
	return max(available, 0L);
}

void si_meminfo(struct sysinfo *info)
{
	info->totalram = totalram_pages();
	info->freeram = nr_free_pages();
	info->sharedram = global_node_page_state(NR_SHMEM);
	info->bufferram = global_node_page_state(NR_BLOCKDEV_PAGES);
	info->totalhigh = 0;
	info->freehigh = 0;
	info->mem_unit = PAGE_SIZE;
}
