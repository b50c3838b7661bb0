/*
 * The state of memory in the log, for SysRq. Numbers are read one by one,
 * unlocked: a moment's picture, not an account. Context: any.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/vmstat.h>

static unsigned long kib_of(unsigned long pages)
{
	return pages << (PAGE_SHIFT - 10);
}

void show_mem(void)
{
	pr_info("Mem-Info:\n");
	pr_info("anon:%lukB cache:%lukB dirty:%lukB writeback:%lukB shmem:%lukB pagetables:%lukB\n",
		kib_of(global_node_page_state(NR_ANON_MAPPED)),
		kib_of(global_node_page_state(NR_FILE_PAGES)),
		kib_of(global_node_page_state(NR_FILE_DIRTY)),
		kib_of(global_node_page_state(NR_WRITEBACK)),
		kib_of(global_node_page_state(NR_SHMEM)),
		kib_of(global_node_page_state(NR_PAGETABLE)));
	for (struct zone *zone = zones; zone < zones + MAX_NR_ZONES; zone++) {
		pr_info("%s free:%lukB min:%lukB low:%lukB high:%lukB managed:%lukB:", zone->name,
			kib_of(zone->nr_free_pages), kib_of(zone->watermark[WMARK_MIN]),
			kib_of(zone->watermark[WMARK_LOW]), kib_of(zone->watermark[WMARK_HIGH]),
			kib_of(zone->managed_pages));
		for (unsigned int order = 0; order < MAX_ORDER; order++)
			pr_cont(" %lu*%lukB", zone->free_area[order].nr_free, kib_of(1UL << order));
		pr_cont("\n");
	}
}
