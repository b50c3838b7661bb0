/*
 * page_alloc.c - physical memory by the page: a binary buddy allocator.
 *
 * Free memory lies in blocks of 2^order pages, aligned to their size, on one
 * list an order and zone.  Taking splits a bigger block; giving back joins a
 * block with its buddy (the block whose number differs in that one bit) while
 * that is free too.
 *
 * Single pages, nearly all of the traffic, go through the zone's hot list
 * first: a stack of at most HOT_MAX pages that the buddies do not know of. The
 * page freed last is handed out first, and no joining and splitting happens
 * for a page that is wanted again at once.
 *
 * Watermarks keep a reserve: ordinary requests stop at WMARK_MIN and reclaim
 * caches; GFP_ATOMIC may take half of the rest, PF_MEMALLOC (who frees memory)
 * all of it.
 *
 * Context: any, also interrupts. Locks: zone->lock, innermost.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include <linux/thread_info.h>
#include <asm/setup.h>
#include "internal.h"
#include "slab.h"

#define HOT_MAX		96
#define HOT_BATCH	48	/* how many go to the buddies when the stack is full */
#define HOT_REFILL_ORDER 3	/* the biggest block that is taken apart when it is empty */
#define RECLAIM_ROUNDS	12

struct page *mem_map;
EXPORT_SYMBOL(mem_map);
unsigned long max_mapnr;
EXPORT_SYMBOL(max_mapnr);
void *high_memory;
EXPORT_SYMBOL(high_memory);
struct zone zones[MAX_NR_ZONES] = {
	[ZONE_DMA] = { .name = "DMA" },
	[ZONE_NORMAL] = { .name = "Normal" },
};

/* What must not be set in a page that is given back: somebody still uses it. */
#define PAGE_FLAGS_IN_USE (1UL << PG_locked | 1UL << PG_lru | 1UL << PG_slab | \
			   1UL << PG_reserved | 1UL << PG_private | 1UL << PG_writeback | \
			   1UL << PG_buddy | 1UL << PG_tail)

static struct zone *page_zone(struct page *page)
{
	return &zones[page_to_pfn(page) < MAX_DMA_PFN ? ZONE_DMA : ZONE_NORMAL];
}

static void add_block(struct zone *zone, struct page *page, unsigned int order)
{
	__SetPageBuddy(page);
	page->order = order;
	list_add(&page->buddy_list, &zone->free_area[order].free_list);
	zone->free_area[order].nr_free++;
}

static void take_block(struct zone *zone, struct page *page)
{
	__ClearPageBuddy(page);
	list_del(&page->buddy_list);
	zone->free_area[page->order].nr_free--;
}

/* Join the block with its buddies as far as they are free. [z] held. */
static void buddy_free(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page), mate_pfn;
	struct page *mate;

	for (; order < MAX_ORDER - 1; order++) {
		mate_pfn = pfn ^ (1UL << order);
		if (mate_pfn >= max_mapnr)
			break;
		mate = pfn_to_page(mate_pfn);
		if (!PageBuddy(mate) || mate->order != order)
			break;
		take_block(zone, mate);
		pfn &= mate_pfn;
	}
	add_block(zone, pfn_to_page(pfn), order);
}

/* Split the smallest block that is big enough. [z] held. */
static struct page *buddy_alloc(struct zone *zone, unsigned int order)
{
	unsigned int have;
	struct page *page;

	for (have = order; have < MAX_ORDER; have++)
		if (!list_empty(&zone->free_area[have].free_list))
			break;
	if (have == MAX_ORDER)
		return NULL;
	page = list_first_entry(&zone->free_area[have].free_list, struct page, buddy_list);
	take_block(zone, page);
	while (have > order) {
		have--;
		add_block(zone, page + (1UL << have), have);
	}
	return page;
}

/* Move the coldest @count hot pages to the buddies. [z] held. */
static void cool_down(struct zone *zone, unsigned int count)
{
	struct page *page;

	while (count-- && zone->hot_count) {
		page = list_last_entry(&zone->hot, struct page, lru);
		list_del(&page->lru);
		zone->hot_count--;
		buddy_free(zone, page, 0);
	}
}

/* The hot list is empty and the zone is not: take its smallest block apart. [z] held. */
static void heat_up(struct zone *zone)
{
	unsigned int order = 0, i;
	struct page *page;

	while (order < HOT_REFILL_ORDER && list_empty(&zone->free_area[order].free_list))
		order++;
	/* Free pages that are not hot are in blocks: there is one, or order 3 splits a bigger. */
	page = buddy_alloc(zone, order);
	for (i = 0; i < 1U << order; i++)
		list_add_tail(&page[i].lru, &zone->hot);
	zone->hot_count += 1U << order;
}

void drain_hot_pages(void)
{
	unsigned long flags;
	struct zone *zone;

	for (zone = zones; zone < zones + MAX_NR_ZONES; zone++) {
		spin_lock_irqsave(&zone->lock, flags);
		cool_down(zone, zone->hot_count);
		spin_unlock_irqrestore(&zone->lock, flags);
	}
}

/* The page freed last, if the zone has more than @reserve: nearly every request ends here. */
static inline struct page *hot_page(struct zone *zone, unsigned long reserve)
{
	struct page *page = NULL;
	unsigned long flags;

	spin_lock_irqsave(&zone->lock, flags);
	if (likely(zone->nr_free_pages > reserve)) {
		if (unlikely(!zone->hot_count))
			heat_up(zone);
		page = list_first_entry(&zone->hot, struct page, lru);
		__list_del_entry(&page->lru);
		zone->hot_count--;
		zone->nr_free_pages--;
	}
	spin_unlock_irqrestore(&zone->lock, flags);
	return page;
}

/* One block, unless the zone would then have fewer than @reserve pages. */
static struct page *zone_alloc(struct zone *zone, unsigned int order, unsigned long reserve)
{
	struct page *page = NULL;
	unsigned long flags;

	if (!order)
		return hot_page(zone, reserve);
	spin_lock_irqsave(&zone->lock, flags);
	if (zone->nr_free_pages >= reserve + (1UL << order)) {
		page = buddy_alloc(zone, order);
		if (page)
			zone->nr_free_pages -= 1UL << order;
	}
	spin_unlock_irqrestore(&zone->lock, flags);
	return page;
}

static unsigned long reserve_of(struct zone *zone, gfp_t gfp)
{
	if (gfp & __GFP_MEMALLOC)
		return 0;
	if (gfp & __GFP_HIGH)
		return zone->watermark[WMARK_MIN] / 2;
	return zone->watermark[WMARK_MIN];
}

static struct page *zones_alloc(gfp_t gfp, unsigned int order)
{
	struct zone *normal = &zones[ZONE_NORMAL], *dma = &zones[ZONE_DMA];
	struct page *page;

	if (likely(!(gfp & __GFP_DMA))) {
		page = zone_alloc(normal, order, reserve_of(normal, gfp));
		if (likely(page))
			return page;
		/* Who does not need it leaves some DMA memory to those who do. */
		return zone_alloc(dma, order, reserve_of(dma, gfp) +
				  (normal->managed_pages ? dma->managed_pages / 32 : 0));
	}
	return zone_alloc(dma, order, reserve_of(dma, gfp));
}

/* Nothing at hand: gather scattered pages, then reclaim and look again, for a while. */
static struct page *alloc_pages_slow(gfp_t gfp, unsigned int order)
{
	bool may_sleep = gfpflags_allow_blocking(gfp) && !in_atomic();
	int patience = gfp & __GFP_NORETRY ? 1 : RECLAIM_ROUNDS;
	struct page *page;

	if (current->flags & PF_MEMALLOC || test_thread_flag(TIF_MEMDIE)) {
		gfp |= __GFP_MEMALLOC;		/* who is about to free memory */
		may_sleep &= !(current->flags & PF_MEMALLOC);
	}
	for (;;) {
		slab_debug_drain();
		drain_hot_pages();
		page = zones_alloc(gfp, order);
		if (page || !may_sleep)
			break;
		patience -= shrink_caches(gfp) ? 1 : RECLAIM_ROUNDS / 3;
		if (patience < 0 && !(gfp & __GFP_NOFAIL))
			break;
		cond_resched();
	}
	if (!page && !(gfp & __GFP_NOWARN) && printk_ratelimit())
		pr_warn("%s: no block of order %u (gfp %#x), %lu pages free\n",
			current->comm, order, gfp, nr_free_pages());
	return page;
}

/* A page that is handed out has no flag, no user; prepare_block() adds the reference. */
static inline void prepare_page(struct page *page)
{
	page->flags = 0;
	atomic_set(&page->_mapcount, -1);
	page->mapping = NULL;
	page->private = 0;
}

static void prepare_block(struct page *page, unsigned int order, gfp_t gfp)
{
	unsigned long i;

	for (i = 0; i < 1UL << order; i++) {
		prepare_page(page + i);
		if (gfp & __GFP_ZERO)
			clear_page(page_address(page + i));
	}
	if (gfp & __GFP_COMP) {
		__SetPageHead(page);
		for (i = 1; i < 1UL << order; i++) {
			__SetPageTail(page + i);
			page[i].compound_head = page;
		}
		page[1].compound_order = order;
	}
}

/* For KASAN's reports: who had the page last. @frame: see SLAB_FRAME. */
static inline void note_alloc(struct page *page, unsigned int order, unsigned long frame)
{
#if DEBUG_BUILD
	depot_stack_handle_t stack = slab_debug_stack(frame);

	for (unsigned int i = 0; i < 1U << order; i++) {
		page[i].alloc_stack = stack;
		page[i].free_stack = 0;
	}
#endif
}

static inline void note_free(struct page *page, unsigned int order, unsigned long frame)
{
#if DEBUG_BUILD
	depot_stack_handle_t stack = slab_debug_stack(frame);

	for (unsigned int i = 0; i < 1U << order; i++)
		page[i].free_stack = stack;
#endif
}

static struct page *alloc_block(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (unlikely(order >= MAX_ORDER))
		return NULL;
	page = zones_alloc(gfp, order);
	if (unlikely(!page))
		page = alloc_pages_slow(gfp, order);
	return page;
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct zone *normal = &zones[ZONE_NORMAL];
	struct page *page = NULL;

	might_sleep_if(gfp & __GFP_DIRECT_RECLAIM);
	if (likely(!order && !(gfp & __GFP_DMA)))
		page = hot_page(normal, normal->watermark[WMARK_MIN]);
	if (unlikely(!page)) {
		page = alloc_block(gfp, order);
		if (!page)
			return NULL;
	}
	init_page_count(page);
	kasan_unpoison(page_address(page), PAGE_SIZE << order);
	note_alloc(page, order, SLAB_FRAME);
	if (unlikely(order)) {
		prepare_block(page, order, gfp);
		return page;
	}
	prepare_page(page);
	if (gfp & __GFP_ZERO)
		clear_page(page_address(page));
	return page;
}
EXPORT_SYMBOL(alloc_pages);

static __cold void bad_page(struct page *page)
{
	panic("page %#lx freed in use: flags %#lx, references %d, mappings %d",
	      page_to_pfn(page), page->flags, atomic_read(&page->_refcount),
	      page_mapcount(page));
}

/* Context: any; the page's last reference is gone. */
void free_unref_page(struct page *page)
{
	struct zone *zone = page_zone(page);
	unsigned long flags;

	if (unlikely(page->flags & PAGE_FLAGS_IN_USE || atomic_read(&page->_mapcount) != -1))
		bad_page(page);
	page->flags = 0;
	kasan_poison(page_address(page), PAGE_SIZE, KASAN_FREE_PAGE);
	note_free(page, 0, SLAB_FRAME);
	spin_lock_irqsave(&zone->lock, flags);
	if (unlikely(zone->hot_count >= HOT_MAX))
		cool_down(zone, HOT_BATCH);
	list_add(&page->lru, &zone->hot);
	zone->hot_count++;
	zone->nr_free_pages++;
	spin_unlock_irqrestore(&zone->lock, flags);
}

static void free_block(struct page *page, unsigned int order)
{
	struct zone *zone = page_zone(page);
	unsigned long flags, i;

	for (i = 0; i < 1UL << order; i++) {
		if (PageTail(page + i))
			__ClearPageTail(page + i);
		if (page[i].flags & PAGE_FLAGS_IN_USE || atomic_read(&page[i]._mapcount) != -1)
			bad_page(page + i);
		page[i].flags = 0;
	}
	kasan_poison(page_address(page), PAGE_SIZE << order, KASAN_FREE_PAGE);
	note_free(page, order, SLAB_FRAME);
	spin_lock_irqsave(&zone->lock, flags);
	buddy_free(zone, page, order);
	zone->nr_free_pages += 1UL << order;
	spin_unlock_irqrestore(&zone->lock, flags);
}

void __put_page(struct page *page)
{
	if (likely(!PageHead(page)))
		free_unref_page(page);
	else
		free_block(page, compound_order(page));
}
EXPORT_SYMBOL(__put_page);

void __free_pages(struct page *page, unsigned int order)
{
	if (!put_page_testzero(page))
		return;
	if (!order)
		free_unref_page(page);
	else
		free_block(page, order);
}
EXPORT_SYMBOL(__free_pages);

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp, order);

	return page ? (unsigned long)page_address(page) : 0;
}
EXPORT_SYMBOL(__get_free_pages);

unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}
EXPORT_SYMBOL(get_zeroed_page);

void free_pages(unsigned long addr, unsigned int order)
{
	if (addr)
		__free_pages(virt_to_page(addr), order);
}
EXPORT_SYMBOL(free_pages);

/* A block of the next order, its pages made single, those behind @size given back. */
void *alloc_pages_exact(size_t size, gfp_t gfp)
{
	unsigned int order = get_order(size);
	unsigned long i, used = PFN_UP(size);
	struct page *page = alloc_pages(gfp & ~__GFP_COMP, order);

	if (!page)
		return NULL;
	for (i = 1; i < 1UL << order; i++)
		init_page_count(page + i);
	for (i = used; i < 1UL << order; i++)
		__free_page(page + i);
	return page_address(page);
}
EXPORT_SYMBOL(alloc_pages_exact);

void free_pages_exact(void *virt, size_t size)
{
	struct page *page = virt_to_page(virt);
	unsigned long i;

	for (i = 0; i < PFN_UP(size); i++)
		__free_page(page + i);
}
EXPORT_SYMBOL(free_pages_exact);
