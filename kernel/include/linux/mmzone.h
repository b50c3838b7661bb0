/*
 * <linux/mmzone.h> - the two stretches of physical memory that pages come from:
 * the first 16 MiB, which ISA DMA reaches, and the rest.
 *
 * Ordinary requests take from ZONE_NORMAL and fall back on ZONE_DMA.
 */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H

#include <linux/types.h>
#include <linux/spinlock.h>

#define MAX_ORDER		11		/* orders 0 … 10: up to 4 MiB */
#define MAX_ORDER_NR_PAGES	(1 << (MAX_ORDER - 1))
#define MAX_DMA_PFN		(16UL << 20 >> 12)

enum zone_type { ZONE_DMA, ZONE_NORMAL, MAX_NR_ZONES };
enum zone_watermarks { WMARK_MIN, WMARK_LOW, WMARK_HIGH, NR_WMARK };

struct free_area {
	struct list_head free_list;		/* [z] by page->buddy_list */
	unsigned long nr_free;			/* [z] blocks, not pages */
};

/* [z] lock, irq-safe   [I] set at boot, then constant */
struct zone {
	spinlock_t lock;			/* this is z */
	unsigned int hot_count;			/* [z] */
	struct list_head hot;			/* [z] single free pages not given to the buddies yet */
	unsigned long nr_free_pages;		/* [z] in buddies and hot */
	unsigned long watermark[NR_WMARK];	/* [I] in pages */
	unsigned long managed_pages;		/* [z] that were ever free */
	struct free_area free_area[MAX_ORDER];	/* [z] */
	const char *name;			/* [I] */
};

extern struct zone zones[MAX_NR_ZONES];

#endif
