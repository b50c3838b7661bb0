/*
 * What DEBUG=1 adds to slabs: who allocated and freed each object, redzones,
 * and a quarantine, so that an object that was freed stays unused for a while.
 *
 * A slot of a slab, from cache->left on, every cache->size bytes:
 *
 *	object | redzone, 8 bytes or more | struct slab_meta
 *
 * The quarantine is a queue of freed objects, of at most quarantine_limit bytes;
 * what drops out at its end goes back to its slab.
 *
 * Not instrumented: it writes behind the objects. Context: any.
 * Locks: quarantine_lock, irq-safe; never held while a cache's lock is taken.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/kmemleak.h>
#include <linux/mm.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "slab.h"

#define STACK_DEPTH	8	/* of what is kept of each allocation */
#define REDZONE_MIN	8

static DEFINE_RAW_SPINLOCK(quarantine_lock);
static struct slab_meta *oldest, *newest;	/* [quarantine_lock] linked by chain */
static unsigned long quarantined;		/* [quarantine_lock] bytes */
static atomic_t last_seq = ATOMIC_INIT(SLAB_SEQ_KEPT);

depot_stack_handle_t slab_debug_stack(unsigned long frame)
{
	unsigned long entries[STACK_DEPTH];

	return stack_depot_save(entries, stack_trace_save_from(frame, entries, STACK_DEPTH));
}

/* ------------------------------------------------------------------ slabs */

void slab_debug_layout(struct kmem_cache *cache)
{
	unsigned int end = ALIGN(cache->object_size, KASAN_GRANULE) + REDZONE_MIN;

	cache->align = max(cache->align, (unsigned int)KASAN_GRANULE);
	cache->size = ALIGN(end + sizeof(struct slab_meta), cache->align);
	/* At the slot's end: what overruns the object by a little spares it. */
	cache->offset = cache->size - sizeof(struct slab_meta);
	cache->left = cache->align;
}

/* All of @page's slots are redzone, and free. */
void slab_debug_new_slab(struct page *page, unsigned int order)
{
	kasan_poison(page_address(page), PAGE_SIZE << order, KASAN_SLAB_REDZONE);
}

void slab_debug_new_object(struct kmem_cache *cache, void *object)
{
	*slab_meta(cache, object) = (struct slab_meta){ };	/* memset() would be checked */
	kasan_unpoison(object, cache->object_size);
	if (cache->ctor)
		cache->ctor(object);
	kasan_poison(object, cache->object_size, KASAN_SLAB_FREE);
}

/* The slot that @addr lies in: its object, or NULL outside of all. */
static void *slot_of(const struct page *page, unsigned long addr)
{
	const struct kmem_cache *cache = page->slab_cache;
	unsigned long first = (unsigned long)page_address(page) + cache->left;
	unsigned long nr = addr < first ? 0 : (addr - first) / cache->size;

	return nr < page->objects ? (void *)(first + nr * cache->size) : NULL;
}

/* ------------------------------------------------------------------ objects */

u32 slab_debug_seq(void)
{
	return atomic_read(&last_seq);
}

static u32 next_seq(void)
{
	u32 seq;

	do {
		seq = atomic_inc_return(&last_seq);
	} while (!seq || seq == SLAB_SEQ_KEPT);
	return seq;
}

void kmemleak_not_leak(const void *object)
{
	struct page *page;

	if (ZERO_OR_NULL_PTR(object))
		return;
	page = virt_to_head_page(object);
	if (PageSlab(page))
		slab_meta(page->slab_cache, object)->seq = SLAB_SEQ_KEPT;
}
EXPORT_SYMBOL(kmemleak_not_leak);

void slab_debug_alloc(struct kmem_cache *cache, void *object, unsigned long frame)
{
	struct slab_meta *meta = slab_meta(cache, object);

	meta->alloc_stack = slab_debug_stack(frame);
	meta->alloc_pid = in_interrupt() ? LEAK_PID_IRQ : task_pid_nr(current);
	meta->size = cache->object_size;
	meta->free_stack = 0;
	meta->seq = cache->flags & SLAB_RECLAIM_ACCOUNT ? SLAB_SEQ_KEPT : next_seq();
	kasan_unpoison(object, cache->object_size);
}

void slab_debug_resize(struct kmem_cache *cache, void *object, size_t size)
{
	slab_meta(cache, object)->size = size;
	kasan_poison(object, cache->object_size, KASAN_SLAB_REDZONE);
	kasan_unpoison(object, size);
}

bool slab_debug_may_free(const struct kmem_cache *cache, const void *object, unsigned long frame)
{
	const char *what = "invalid-free";
	struct page *page;

	if (virt_addr_valid(object)) {
		page = virt_to_head_page(object);
		if (*kasan_shadow(object) == KASAN_FREE_PAGE)
			what = "double-free";
		else if (!PageSlab(page) && !cache && page_address(page) == object)
			return true;
		else if (PageSlab(page) && (!cache || cache == page->slab_cache) &&
			 slot_of(page, (unsigned long)object) == object) {
			if (slab_meta(page->slab_cache, object)->seq)
				return true;
			what = "double-free";
		}
	}
	kasan_report_free(what, object, frame);
	return false;
}

/* The oldest if there are more than @limit bytes; its page must still be looked up. */
static void *take_oldest(unsigned long limit)
{
	struct slab_meta *meta = NULL;
	struct page *page;
	unsigned long flags;
	void *object = NULL;

	raw_spin_lock_irqsave(&quarantine_lock, flags);
	if (quarantined > limit) {
		meta = oldest;
		page = virt_to_head_page(meta);
		object = slot_of(page, (unsigned long)meta);
		oldest = meta->chain;
		if (!oldest)
			newest = NULL;
		quarantined -= page->slab_cache->size;
	}
	raw_spin_unlock_irqrestore(&quarantine_lock, flags);
	return object;
}

static void shrink_quarantine(unsigned long limit)
{
	void *object;

	while ((object = take_oldest(limit)) != NULL)
		slab_free_object(virt_to_head_page(object), object);
}

void slab_debug_drain(void)
{
	shrink_quarantine(0);
}

void slab_debug_free(struct kmem_cache *cache, void *object, unsigned long frame)
{
	struct slab_meta *meta = slab_meta(cache, object);
	unsigned long flags;

	meta->free_stack = slab_debug_stack(frame);
	meta->free_pid = task_pid_nr(current);
	meta->seq = 0;
	meta->chain = NULL;
	kasan_poison(object, cache->object_size, KASAN_SLAB_FREE);
	raw_spin_lock_irqsave(&quarantine_lock, flags);
	if (newest)
		newest->chain = meta;
	else
		oldest = meta;
	newest = meta;
	quarantined += cache->size;
	raw_spin_unlock_irqrestore(&quarantine_lock, flags);
	shrink_quarantine(clamp(totalram_pages() * PAGE_SIZE / 64, 256UL << 10, 4UL << 20));
}

/* ------------------------------------------------------------------ reports */

static void describe_object(const struct page *page, void *object, unsigned long addr)
{
	const struct kmem_cache *cache = page->slab_cache;
	const struct slab_meta *meta = slab_meta(cache, object);
	unsigned long start = (unsigned long)object, end = start + meta->size;
	char title[48];

	if (addr < start)
		report_line("address %08lx is %lu bytes to the left of the %u-byte object %08lx of %s",
			    addr, start - addr, meta->size, start, cache->name);
	else if (addr >= end)
		report_line("address %08lx is %lu bytes to the right of the %u-byte object %08lx of %s",
			    addr, addr - end, meta->size, start, cache->name);
	else
		report_line("address %08lx is %lu bytes inside the %u-byte object %08lx of %s",
			    addr, addr - start, meta->size, start, cache->name);
	if (!meta->alloc_stack)
		return;
	snprintf(title, sizeof(title), "Allocated by task %u:", meta->alloc_pid);
	report_saved_stack(title, meta->alloc_stack);
	if (!meta->free_stack)
		return;
	snprintf(title, sizeof(title), "Freed by task %u:", meta->free_pid);
	report_saved_stack(title, meta->free_stack);
}

/* Redzones lie behind objects; but one directly before an object is meant for that. */
static void *nearest_object(const struct page *page, unsigned long addr)
{
	const struct kmem_cache *cache = page->slab_cache;
	void *object = slot_of(page, addr), *next = slot_of(page, addr + cache->size);
	const struct slab_meta *meta;

	if (!object || !next)
		return object;
	meta = slab_meta(cache, object);
	if (addr >= (unsigned long)object + meta->size &&
	    (unsigned long)next - addr < addr - ((unsigned long)object + meta->size) &&
	    slab_meta(cache, next)->alloc_stack)
		return next;
	return object;
}

static void describe_address(unsigned long addr)
{
	struct page *page;
	void *object;

	if (!virt_addr_valid(addr)) {
		report_line("address %08lx lies in %s", addr,
			    is_vmalloc_addr((void *)addr) ? "the vmalloc area" : "no memory");
		return;
	}
	page = virt_to_head_page(addr);
	object = PageSlab(page) ? nearest_object(page, addr) : NULL;
	if (object) {
		describe_object(page, object, addr);
		return;
	}
	report_line("address %08lx lies in page %lx: flags %lx, references %d", addr,
		    page_to_pfn(page), page->flags, page_count(page));
	if (page->alloc_stack)
		report_saved_stack("Allocated at:", page->alloc_stack);
	if (page->free_stack)
		report_saved_stack("Freed at:", page->free_stack);
}

void __init slab_debug_init(void)
{
	kasan_describe = describe_address;
}
