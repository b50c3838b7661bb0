/*
 * slab.c - caches of equal objects.
 *
 * A slab is a block of 1 to 8 pages cut into objects; the struct page of its
 * first page is its head. Free objects form a chain through a word inside
 * themselves (behind the object when a constructor's work must survive).
 *
 * Each cache has one active slab whose whole chain it has taken over: taking
 * an object is one pop, giving back to the active slab one push. Slabs that
 * are not active are on the list partial, full or empty, and keep their own
 * chain and count; page->inuse counts the objects that are not on it.
 *
 * Context: any, also interrupts; making a slab as gfp says. Locks: cache->lock,
 * then zone->lock. slab_mutex guards the list of caches.
 */
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "slab.h"

#define EMPTY_SLABS_MAX	2	/* kept by a cache before pages go back */
#define GOOD_SLAB_OBJECTS 8	/* a slab should hold this many … */
#define MAX_SLAB_ORDER	3	/* … if that many pages are enough for it */
#define CACHE_LINE	32

struct list_head slab_caches = LIST_HEAD_INIT(slab_caches);	/* slab_mutex */
DEFINE_MUTEX(slab_mutex);

/* Caches that exist before there is a cache to take them from. */
static struct kmem_cache cache_of_caches;
static atomic_t nr_slab_pages = ATOMIC_INIT(0);

static inline void **chain_word(struct kmem_cache *cache, void *object)
{
	return (void **)((char *)object + cache->offset);
}

static inline unsigned int left_of(const struct kmem_cache *cache)
{
#if DEBUG_BUILD
	return cache->left;
#else
	return 0;
#endif
}

/* ------------------------------------------------------------------ slabs */

static struct page *alloc_slab_pages(struct kmem_cache *cache, gfp_t gfp, unsigned int *order)
{
	gfp_t eager = (gfp | __GFP_NOWARN) & ~(__GFP_DIRECT_RECLAIM | __GFP_NOFAIL | __GFP_HIGH);
	struct page *page;

	gfp = (gfp | __GFP_COMP) & ~__GFP_ZERO;
	*order = cache->order;
	if (cache->order > cache->min_order) {
		page = alloc_pages((eager | __GFP_COMP) & ~__GFP_ZERO, cache->order);
		if (page)
			return page;
		*order = cache->min_order;
	}
	return alloc_pages(gfp, *order);
}

/* A slab with all objects free and constructed, on no list yet. */
static struct page *new_slab(struct kmem_cache *cache, gfp_t gfp)
{
	unsigned int order, i;
	struct page *page = alloc_slab_pages(cache, gfp, &order);
	char *object;

	if (!page)
		return NULL;
	atomic_add(1 << order, &nr_slab_pages);
	__SetPageSlab(page);
	page->slab_cache = cache;
	page->objects = ((PAGE_SIZE << order) - left_of(cache)) / cache->size;
	page->inuse = 0;
	page->freelist = NULL;
	object = (char *)page_address(page) + left_of(cache) + page->objects * cache->size;
#if DEBUG_BUILD
	slab_debug_new_slab(page, order);
#endif
	for (i = 0; i < page->objects; i++) {
		object -= cache->size;
#if DEBUG_BUILD
		slab_debug_new_object(cache, object);
#else
		if (cache->ctor)
			cache->ctor(object);
#endif
		*chain_word(cache, object) = page->freelist;
		page->freelist = object;
	}
	return page;
}

static void discard_slab(struct page *page)
{
	atomic_sub(1 << compound_order(page), &nr_slab_pages);
	__ClearPageSlab(page);
	page->mapping = NULL;
	put_page(page);
}

/* Put a slab that is not active on the list of its kind. [c] held. */
static void file_slab(struct kmem_cache *cache, struct page *page)
{
	if (page->inuse == page->objects)
		list_add(&page->slab_list, &cache->full);
	else if (page->inuse)
		list_add(&page->slab_list, &cache->partial);
	else {
		list_add(&page->slab_list, &cache->empty);
		cache->nr_empty++;
	}
}

/* Make @page the slab that objects are taken from. [c] held. */
static void activate_slab(struct kmem_cache *cache, struct page *page)
{
	if (cache->active)		/* its chain is used up */
		file_slab(cache, cache->active);
	cache->active = page;
	cache->freelist = page->freelist;
	/* What its chain held counts as used while the cache has it. */
	page->freelist = NULL;
	cache->nr_objects += page->objects - page->inuse;
	page->inuse = page->objects;
}

/* The active slab is used up: take the next one, or make one. [c] held on entry and exit. */
static bool refill(struct kmem_cache *cache, gfp_t gfp, unsigned long *irq_flags)
	__must_hold(&cache->lock)
{
	struct page *page;

	if (!list_empty(&cache->partial)) {
		page = list_first_entry(&cache->partial, struct page, slab_list);
	} else if (!list_empty(&cache->empty)) {
		page = list_first_entry(&cache->empty, struct page, slab_list);
		cache->nr_empty--;
	} else {
		spin_unlock_irqrestore(&cache->lock, *irq_flags);
		page = new_slab(cache, gfp);
		spin_lock_irqsave(&cache->lock, *irq_flags);
		if (!page)
			return cache->freelist != NULL;
		cache->nr_slabs++;
		if (cache->freelist) {		/* another CPU was faster */
			file_slab(cache, page);
			return true;
		}
		activate_slab(cache, page);
		return true;
	}
	list_del(&page->slab_list);
	activate_slab(cache, page);
	return true;
}

/* ------------------------------------------------------------------ objects */

/* @frame: see SLAB_FRAME. */
static __always_inline void *slab_alloc(struct kmem_cache *cache, gfp_t gfp, unsigned long frame)
{
	unsigned long flags;
	void *object;

	might_sleep_if(gfp & __GFP_DIRECT_RECLAIM);
	spin_lock_irqsave(&cache->lock, flags);
	while (unlikely(!cache->freelist)) {
		if (!refill(cache, gfp, &flags)) {
			spin_unlock_irqrestore(&cache->lock, flags);
			return NULL;
		}
	}
	object = cache->freelist;
	cache->freelist = *chain_word(cache, object);
	spin_unlock_irqrestore(&cache->lock, flags);
	slab_debug_alloc(cache, object, frame);
	if (unlikely(gfp & __GFP_ZERO))
		memset(object, 0, cache->object_size);
	return object;
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	return slab_alloc(cache, gfp, SLAB_FRAME);
}
EXPORT_SYMBOL(kmem_cache_alloc);

#if DEBUG_BUILD
void *slab_alloc_for(struct kmem_cache *cache, gfp_t gfp, unsigned long frame)
{
	return slab_alloc(cache, gfp, frame);
}
#endif

/* An object comes back to a slab that is not active. [c] held. Returns a slab to discard. */
static struct page *free_to_slab(struct kmem_cache *cache, struct page *page, void *object)
{
	*chain_word(cache, object) = page->freelist;
	page->freelist = object;
	cache->nr_objects--;
	if (page->inuse-- == page->objects)
		list_move(&page->slab_list, &cache->partial);
	if (likely(page->inuse))
		return NULL;
	list_del(&page->slab_list);
	if (cache->nr_empty >= EMPTY_SLABS_MAX) {
		cache->nr_slabs--;
		return page;
	}
	file_slab(cache, page);
	return NULL;
}

static __cold void bad_free(struct kmem_cache *cache, const void *object, const char *what)
{
	panic("%s: %s of %p", cache ? cache->name : "slab", what, object);
}

/* @page is the head of the slab that holds @object. */
static inline void slab_free(struct kmem_cache *cache, struct page *page, void *object)
{
	struct page *discard = NULL;
	unsigned long flags;

	spin_lock_irqsave(&cache->lock, flags);
	if (page == cache->active) {
		if (unlikely(object == cache->freelist))
			bad_free(cache, object, "double free");
		*chain_word(cache, object) = cache->freelist;
		cache->freelist = object;
	} else {
		if (unlikely(object == page->freelist || !page->inuse))
			bad_free(cache, object, "double free");
		discard = free_to_slab(cache, page, object);
	}
	spin_unlock_irqrestore(&cache->lock, flags);
	if (unlikely(discard))
		discard_slab(discard);
}

#if DEBUG_BUILD
void kmem_cache_free(struct kmem_cache *cache, void *object)
{
	if (slab_debug_may_free(cache, object, SLAB_FRAME))
		slab_debug_free(cache, object, SLAB_FRAME);
}
#else
void kmem_cache_free(struct kmem_cache *cache, void *object)
{
	struct page *page = virt_to_head_page(object);

	if (unlikely(page->slab_cache != cache || !PageSlab(page)))
		bad_free(cache, object, "free to the wrong cache");
	debug_check_no_obj_freed(object, cache->object_size);
	debug_check_no_locks_freed(object, cache->object_size);
	slab_free(cache, page, object);
}
#endif
EXPORT_SYMBOL(kmem_cache_free);

void slab_free_object(struct page *page, void *object)
{
	slab_free(page->slab_cache, page, object);
}

/* ------------------------------------------------------------------ caches */

static unsigned int order_for(const struct kmem_cache *cache, unsigned int objects)
{
	return get_order(left_of(cache) + (unsigned long)cache->size * objects);
}

/* The smallest block that holds enough objects and wastes at most an eighth of itself. */
static unsigned int choose_order(const struct kmem_cache *cache)
{
	unsigned int order = order_for(cache, 1), size = cache->size;

	while (order < MAX_SLAB_ORDER) {
		unsigned long block = (PAGE_SIZE << order) - left_of(cache);

		if (block / size >= min(GOOD_SLAB_OBJECTS, size >= 1024 ? 4 : 8) &&
		    block % size <= block / 8)
			break;
		order++;
	}
	return order;
}

void slab_cache_setup(struct kmem_cache *cache, const char *name, unsigned int size,
		      unsigned int align, slab_flags_t flags)
{
	spin_lock_init(&cache->lock);
	INIT_LIST_HEAD(&cache->partial);
	INIT_LIST_HEAD(&cache->full);
	INIT_LIST_HEAD(&cache->empty);
	cache->name = name;
	cache->flags = flags;
	cache->refcount = 1;
	cache->object_size = size;
	if (flags & SLAB_HWCACHE_ALIGN && size >= CACHE_LINE / 2)
		align = max(align, (unsigned int)CACHE_LINE);
	cache->align = max(align, (unsigned int)sizeof(void *));
	/* A constructed object is not written to while it is free: its chain word lies behind it. */
	cache->offset = cache->ctor ? ALIGN(size, sizeof(void *)) : 0;
	cache->size = ALIGN(max(size, (unsigned int)sizeof(void *)) +
			    (cache->ctor ? sizeof(void *) : 0), cache->align);
#if DEBUG_BUILD
	slab_debug_layout(cache);
#endif
	cache->order = choose_order(cache);
	cache->min_order = order_for(cache, 1);
	list_add_tail(&cache->list, &slab_caches);
}

/*
 * kmem_cache_create - @align a power of two or 0; @ctor or NULL; NULL when out of memory
 * @name must live as long as the cache. Context: process.
 */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     slab_flags_t flags, void (*ctor)(void *object))
{
	struct kmem_cache *cache = NULL;

	if (size && size <= KMALLOC_MAX_SIZE / 4 && align <= PAGE_SIZE && !(align & (align - 1)))
		cache = kmem_cache_zalloc(&cache_of_caches, GFP_KERNEL);
	if (!cache) {
		if (flags & SLAB_PANIC)
			panic("cannot create the slab cache %s", name);
		return NULL;
	}
	cache->ctor = ctor;
	mutex_lock(&slab_mutex);
	slab_cache_setup(cache, name, size, align, flags);
	mutex_unlock(&slab_mutex);
	return cache;
}
EXPORT_SYMBOL(kmem_cache_create);

/* Take the slabs without used objects away. Returns 0 when nothing is left in the cache. */
int kmem_cache_shrink(struct kmem_cache *cache)
{
	struct page *active, *page, *next;
	LIST_HEAD(discard);
	unsigned long flags;
	unsigned int left;
	void *object;

	slab_debug_drain();
	spin_lock_irqsave(&cache->lock, flags);
	active = cache->active;
	if (active) {
		/* Give the active slab its chain back, counted. */
		active->freelist = cache->freelist;
		for (object = active->freelist; object; object = *chain_word(cache, object)) {
			active->inuse--;
			cache->nr_objects--;
		}
		cache->active = NULL;
		cache->freelist = NULL;
		file_slab(cache, active);
	}
	list_splice_init(&cache->empty, &discard);
	cache->nr_slabs -= cache->nr_empty;
	cache->nr_empty = 0;
	left = cache->nr_slabs;
	spin_unlock_irqrestore(&cache->lock, flags);
	list_for_each_entry_safe(page, next, &discard, slab_list)
		discard_slab(page);
	return left;
}
EXPORT_SYMBOL(kmem_cache_shrink);

void kmem_cache_destroy(struct kmem_cache *cache)
{
	if (!cache)
		return;
	if (WARN(kmem_cache_shrink(cache), "slab cache %s destroyed with objects in use",
		 cache->name))
		return;
	mutex_lock(&slab_mutex);
	list_del(&cache->list);
	mutex_unlock(&slab_mutex);
	kmem_cache_free(&cache_of_caches, cache);
}
EXPORT_SYMBOL(kmem_cache_destroy);

unsigned int kmem_cache_size(struct kmem_cache *cache)
{
	return cache->object_size;
}
EXPORT_SYMBOL(kmem_cache_size);

unsigned long slab_pages(void)
{
	return atomic_read(&nr_slab_pages);
}

int slab_for_each(int (*show)(const struct slabinfo *info, void *arg), void *arg)
{
	struct kmem_cache *cache;
	struct slabinfo info;
	int ret = 0;

	mutex_lock(&slab_mutex);
	list_for_each_entry(cache, &slab_caches, list) {
		info.name = cache->name;
		info.object_size = cache->object_size;
		info.pages_per_slab = 1 << cache->order;
		info.objects_per_slab = ((PAGE_SIZE << cache->order) - left_of(cache)) / cache->size;
		info.num_slabs = cache->nr_slabs;
		info.active_slabs = cache->nr_slabs - cache->nr_empty;
		info.num_objs = info.num_slabs * info.objects_per_slab;
		info.active_objs = cache->nr_objects;
		ret = show(&info, arg);
		if (ret)
			break;
	}
	mutex_unlock(&slab_mutex);
	return ret;
}

void __init slab_init_caches(void)
{
	slab_debug_init();
	slab_cache_setup(&cache_of_caches, "kmem_cache", sizeof(struct kmem_cache), CACHE_LINE, 0);
}
