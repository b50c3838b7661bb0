/*
 * <linux/gfp.h> - pages: how they are asked for.
 *
 *   GFP_KERNEL   may sleep, may reclaim caches: process context
 *   GFP_NOFS, GFP_NOIO  the same, but reclaim must not enter file systems, start I/O
 *   GFP_ATOMIC   never sleeps and may take from the reserve: interrupts, under spinlocks
 *   GFP_NOWAIT   never sleeps, leaves the reserve alone
 *   GFP_DMA      below 16 MiB, for ISA devices; with another GFP_*
 *
 * Sizes are orders: 2^order contiguous, naturally aligned pages.
 */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

#include <linux/types.h>
#include <linux/mmzone.h>
#include <asm/page.h>

#define __GFP_DMA		((__force gfp_t)0x01u)
#define __GFP_HIGHMEM		((__force gfp_t)0x02u)	/* accepted: all memory is direct-mapped */
#define __GFP_MOVABLE		((__force gfp_t)0x08u)	/* accepted: nothing moves */
#define __GFP_RECLAIMABLE	((__force gfp_t)0x10u)	/* accepted */
#define __GFP_HIGH		((__force gfp_t)0x20u)	/* may use the reserve */
#define __GFP_IO		((__force gfp_t)0x40u)
#define __GFP_FS		((__force gfp_t)0x80u)
#define __GFP_ZERO		((__force gfp_t)0x100u)
#define __GFP_ATOMIC		((__force gfp_t)0x200u)
#define __GFP_DIRECT_RECLAIM	((__force gfp_t)0x400u)	/* may sleep */
#define __GFP_KSWAPD_RECLAIM	((__force gfp_t)0x800u)	/* accepted: reclaim is direct */
#define __GFP_RECLAIM		(__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)
#define __GFP_NOWARN		((__force gfp_t)0x2000u)
#define __GFP_RETRY_MAYFAIL	((__force gfp_t)0x4000u)
#define __GFP_NOFAIL		((__force gfp_t)0x8000u)	/* tries until it has it */
#define __GFP_NORETRY		((__force gfp_t)0x10000u)	/* one round of reclaim only */
#define __GFP_MEMALLOC		((__force gfp_t)0x20000u)	/* all of the reserve */
#define __GFP_COMP		((__force gfp_t)0x40000u)	/* a compound page: tails know their head */
#define __GFP_ACCOUNT		((__force gfp_t)0x100000u)	/* accepted */

#define GFP_ATOMIC		(__GFP_HIGH | __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM)
#define GFP_KERNEL		(__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_KERNEL_ACCOUNT	GFP_KERNEL
#define GFP_NOWAIT		__GFP_KSWAPD_RECLAIM
#define GFP_NOIO		__GFP_RECLAIM
#define GFP_NOFS		(__GFP_RECLAIM | __GFP_IO)
#define GFP_USER		GFP_KERNEL
#define GFP_DMA			__GFP_DMA
#define GFP_DMA32		((__force gfp_t)0u)
#define GFP_HIGHUSER		(GFP_USER | __GFP_HIGHMEM)
#define GFP_HIGHUSER_MOVABLE	(GFP_HIGHUSER | __GFP_MOVABLE)

struct page;

/* The order of the smallest block that holds @size bytes. */
static __always_inline unsigned int get_order(unsigned long size)
{
	return size <= PAGE_SIZE ? 0 : 32 - __builtin_clz((size - 1) >> PAGE_SHIFT);
}

static inline bool gfpflags_allow_blocking(gfp_t gfp)
{
	return !!(gfp & __GFP_DIRECT_RECLAIM);
}

/*
 * alloc_pages - 2^order pages in a row, or NULL
 * Each is new (flags 0); the first has one reference.  Context: as @gfp says.
 */
extern struct page *alloc_pages(gfp_t gfp, unsigned int order);
extern void __free_pages(struct page *page, unsigned int order);
/* A page whose last reference is gone, as alloc_pages(…, 0) gave it. Context: any. */
extern void free_unref_page(struct page *page);

/* The same by kernel address, 0 when there is none. */
extern unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
extern unsigned long get_zeroed_page(gfp_t gfp);
extern void free_pages(unsigned long addr, unsigned int order);

/* @size bytes rounded up to pages, not to a power of two; no compound page. */
extern void *alloc_pages_exact(size_t size, gfp_t gfp);
extern void free_pages_exact(void *virt, size_t size);

#define alloc_page(gfp)			alloc_pages(gfp, 0)
#define alloc_pages_node(node, gfp, order) alloc_pages(gfp, order)
#define __get_free_page(gfp)		__get_free_pages(gfp, 0)
#define __get_dma_pages(gfp, order)	__get_free_pages((gfp) | GFP_DMA, order)
#define __free_page(page)		__free_pages(page, 0)
#define free_page(addr)			free_pages(addr, 0)

#endif
