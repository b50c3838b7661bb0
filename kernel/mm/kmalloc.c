/*
 * kmalloc.c - memory of any size: one slab cache a size class, whole pages above.
 *
 * The page an address lies in tells kfree() where it came from: a slab, or a
 * compound page of its own. Sizes that are powers of two are aligned to
 * themselves, since slabs begin on pages.
 *
 * Context: as gfp says; kfree() anywhere.
 */
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "slab.h"

struct kmem_cache *kmalloc_caches[KMALLOC_SHIFT_HIGH + 1];

static struct kmem_cache class_caches[KMALLOC_SHIFT_HIGH + 1];

/* By kmalloc_index(). */
static const struct {
	unsigned int size;
	const char *name;
} kmalloc_classes[KMALLOC_SHIFT_HIGH + 1] = {
	[1] = { 96, "kmalloc-96" },
	[2] = { 192, "kmalloc-192" },
	[3] = { 8, "kmalloc-8" },
	[4] = { 16, "kmalloc-16" },
	[5] = { 32, "kmalloc-32" },
	[6] = { 64, "kmalloc-64" },
	[7] = { 128, "kmalloc-128" },
	[8] = { 256, "kmalloc-256" },
	[9] = { 512, "kmalloc-512" },
	[10] = { 1024, "kmalloc-1k" },
	[11] = { 2048, "kmalloc-2k" },
	[12] = { 4096, "kmalloc-4k" },
	[13] = { 8192, "kmalloc-8k" },
};

/* For KASAN: of the object that may be used, only the first @size bytes may. */
static inline void mark_size(void *object, size_t size)
{
#if DEBUG_BUILD
	struct page *page = virt_to_head_page(object);

	if (PageSlab(page)) {
		slab_debug_resize(page->slab_cache, object, size);
	} else {
		kasan_poison(object, page_size(page), KASAN_PAGE_REDZONE);
		kasan_unpoison(object, size);
	}
#endif
}

static void *kmalloc_pages(size_t size, gfp_t gfp)
{
	struct page *page;

	if (unlikely(size > KMALLOC_MAX_SIZE))
		return NULL;
	page = alloc_pages(gfp | __GFP_COMP, get_order(size));
	if (page)
		mark_size(page_address(page), size);
	return page ? page_address(page) : NULL;
}

#if DEBUG_BUILD
static __always_inline void *kmalloc_object(size_t size, gfp_t gfp)
{
	void *object = slab_alloc_for(kmalloc_caches[kmalloc_index(size)], gfp, SLAB_FRAME);

	if (object)
		mark_size(object, size);
	return object;
}
#endif

void *__kmalloc(size_t size, gfp_t gfp)
{
	if (unlikely(!size))
		return ZERO_SIZE_PTR;
	if (unlikely(size > KMALLOC_MAX_CACHE_SIZE || gfp & __GFP_DMA))
		return kmalloc_pages(size, gfp);
#if DEBUG_BUILD
	return kmalloc_object(size, gfp);
#else
	return kmem_cache_alloc(kmalloc_caches[kmalloc_index(size)], gfp);
#endif
}
EXPORT_SYMBOL(__kmalloc);
EXPORT_SYMBOL(kmalloc_caches);

#if DEBUG_BUILD
#define FREE_OBJECT(page, object) slab_debug_free((page)->slab_cache, object, SLAB_FRAME)
#else
#define FREE_OBJECT	slab_free_object
#endif

/* Bytes of the object, or of the block, that @page is the head of. */
static inline size_t room_of(struct page *page)
{
	return PageSlab(page) ? page->slab_cache->object_size : page_size(page);
}

void kfree(const void *object)
{
	struct page *page;

	if (ZERO_OR_NULL_PTR(object) || !slab_debug_may_free(NULL, object, SLAB_FRAME))
		return;
	page = virt_to_head_page(object);
	debug_check_no_locks_freed(object, room_of(page));
	debug_check_no_obj_freed(object, room_of(page));
	if (likely(PageSlab(page)))
		FREE_OBJECT(page, (void *)object);
	else if (likely(page_address(page) == object))
		__free_pages(page, compound_order(page));
	else
		panic("kfree(%p): not what kmalloc() returned", object);
}
EXPORT_SYMBOL(kfree);

/* How many bytes may really be used: who asks may use them. */
size_t ksize(const void *object)
{
	struct page *page;
	size_t size;

	if (ZERO_OR_NULL_PTR(object))
		return 0;
	page = virt_to_head_page(object);
	size = room_of(page);
	mark_size((void *)object, size);
	return size;
}
EXPORT_SYMBOL(ksize);

/* @object moved to where @size bytes fit; it stays as it is when NULL is returned. */
void *krealloc(const void *object, size_t size, gfp_t gfp)
{
	size_t have = ksize(object);
	void *bigger;

	if (!size) {
		kfree(object);
		return ZERO_SIZE_PTR;
	}
	if (size <= have) {
		mark_size((void *)object, size);
		return (void *)object;
	}
	bigger = __kmalloc(size, gfp);
	if (bigger && have) {
		memcpy(bigger, object, have);
		kfree(object);
	}
	return bigger;
}
EXPORT_SYMBOL(krealloc);

/* Free what held a secret. */
void kfree_sensitive(const void *object)
{
	size_t size = ksize(object);

	if (size)
		memset((void *)object, 0, size);
	kfree(object);
}
EXPORT_SYMBOL(kfree_sensitive);

bool slab_is_available(void)
{
	return kmalloc_caches[KMALLOC_SHIFT_HIGH] != NULL;
}

void __init kmem_cache_init(void)
{
	unsigned int i, size;

	slab_init_caches();
	for (i = 1; i <= KMALLOC_SHIFT_HIGH; i++) {
		size = kmalloc_classes[i].size;
		slab_cache_setup(&class_caches[i], kmalloc_classes[i].name, size,
				 size & (size - 1) ? 32 : min(size, (unsigned int)PAGE_SIZE), 0);
		kmalloc_caches[i] = &class_caches[i];
	}
}
