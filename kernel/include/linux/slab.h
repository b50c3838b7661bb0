/*
 * <linux/slab.h> - objects smaller, or not much larger, than a page.
 *
 *   kmalloc() and friends   any size; kfree() finds out where it came from
 *   kmem_cache_*            many objects of one size, optionally constructed once
 *
 * A slab is one block of pages cut into objects of one cache; free objects are
 * chained through themselves.  Context: as gfp says; freeing is allowed anywhere.
 * A constructor runs once for each object when its slab is made: an object is
 * to be freed in the constructed state.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/types.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/overflow.h>
#include <linux/spinlock.h>

#define SLAB_CONSISTENCY_CHECKS	((__force slab_flags_t)0x100u)
#define SLAB_RED_ZONE		((__force slab_flags_t)0x400u)	/* DEBUG=1 has these for all caches */
#define SLAB_STORE_USER		((__force slab_flags_t)0x10000u)
#define SLAB_HWCACHE_ALIGN	((__force slab_flags_t)0x2000u)
#define SLAB_PANIC		((__force slab_flags_t)0x40000u)
#define SLAB_RECLAIM_ACCOUNT	((__force slab_flags_t)0x20000u)
#define SLAB_CACHE_DMA		((__force slab_flags_t)0x4000u)
#define SLAB_TYPESAFE_BY_RCU	((__force slab_flags_t)0x80000u)
#define SLAB_MEM_SPREAD		((__force slab_flags_t)0x100000u)
#define SLAB_ACCOUNT		((__force slab_flags_t)0x4000000u)
#define SLAB_POISON		((__force slab_flags_t)0x800u)

#define ARCH_KMALLOC_MINALIGN	8
#define ZERO_SIZE_PTR		((void *)16)
#define ZERO_OR_NULL_PTR(x)	((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)

/* kmalloc classes: 8 … 8192 by powers of two, and 96 and 192; above: whole pages. */
#define KMALLOC_SHIFT_LOW	3
#define KMALLOC_SHIFT_HIGH	13
#define KMALLOC_MAX_CACHE_SIZE	(1UL << KMALLOC_SHIFT_HIGH)
#define KMALLOC_MAX_SIZE	(PAGE_SIZE << (MAX_ORDER - 1))

struct page;

/* [c] lock, irq-safe   [I] set by create, then constant   [m] slab_mutex */
struct kmem_cache {
	spinlock_t lock;			/* this is c */
	void *freelist;				/* [c] free objects of the active slab */
	struct page *active;			/* [c] slab that objects are taken from */
	unsigned int offset;			/* [I] of the chain word in a free object */
	struct list_head partial;		/* [c] slabs with free and used objects */
	struct list_head full;			/* [c] slabs without free objects */
	struct list_head empty;			/* [c] at most EMPTY_SLABS_MAX kept */
	unsigned int nr_empty;			/* [c] */
	unsigned int nr_slabs;			/* [c] */
	unsigned long nr_objects;		/* [c] in use, those of the active slab aside */
	unsigned int object_size, size, align;	/* [I] in bytes: asked for, with padding */
	unsigned int order, min_order;		/* [I] of a slab; when memory is short */
#if DEBUG_BUILD
	unsigned int left;			/* [I] bytes before a slab's first object */
#endif
	slab_flags_t flags;			/* [I] */
	void (*ctor)(void *object);		/* [I] */
	const char *name;			/* [I] */
	int refcount;				/* [m] */
	struct list_head list;			/* [m] on slab_caches */
};

extern struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
					    unsigned int align, slab_flags_t flags,
					    void (*ctor)(void *object));
extern void kmem_cache_destroy(struct kmem_cache *cache);
extern void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp) __malloc;
extern void kmem_cache_free(struct kmem_cache *cache, void *object);
extern int kmem_cache_shrink(struct kmem_cache *cache);
extern unsigned int kmem_cache_size(struct kmem_cache *cache);
extern bool slab_is_available(void);

#define KMEM_CACHE(s, flags) \
	kmem_cache_create(#s, sizeof(struct s), __alignof__(struct s), flags, NULL)

static inline void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp)
{
	return kmem_cache_alloc(cache, gfp | __GFP_ZERO);
}

extern struct kmem_cache *kmalloc_caches[KMALLOC_SHIFT_HIGH + 1];

extern void *__kmalloc(size_t size, gfp_t gfp) __malloc;
extern void kfree(const void *object);
extern void kfree_sensitive(const void *object);
extern size_t ksize(const void *object);
extern void *krealloc(const void *object, size_t size, gfp_t gfp);

/* Index of the class for @size; 1 and 2 stand for 96 and 192. */
static __always_inline unsigned int kmalloc_index(size_t size)
{
	if (size <= 8)
		return 3;
	if (size > 64 && size <= 96)
		return 1;
	if (size > 128 && size <= 192)
		return 2;
	return 32 - __builtin_clz((unsigned int)size - 1);
}

#if DEBUG_BUILD
/* KASAN is to know the size, not only its class, and the place, not this line. */
#define kmalloc(size, gfp)	__kmalloc(size, gfp)
#define kzalloc(size, gfp)	__kmalloc(size, (gfp) | __GFP_ZERO)
#else
/* kmalloc - @size bytes, or NULL; a constant size picks its class at compile time */
static __always_inline void *kmalloc(size_t size, gfp_t gfp)
{
	if (__builtin_constant_p(size) && size && size <= KMALLOC_MAX_CACHE_SIZE &&
	    __builtin_constant_p(gfp) && !(gfp & __GFP_DMA))
		return kmem_cache_alloc(kmalloc_caches[kmalloc_index(size)], gfp);
	return __kmalloc(size, gfp);
}

static __always_inline void *kzalloc(size_t size, gfp_t gfp)
{
	return kmalloc(size, gfp | __GFP_ZERO);
}
#endif

static inline void *kmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return __kmalloc(bytes, gfp);
}

static inline void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	return kmalloc_array(n, size, gfp | __GFP_ZERO);
}

static inline void *krealloc_array(void *object, size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return krealloc(object, bytes, gfp);
}

#define kmalloc_node(size, gfp, node)	kmalloc(size, gfp)
#define kzalloc_node(size, gfp, node)	kzalloc(size, gfp)
#define kzfree(object)			kfree_sensitive(object)

/* One row of /proc/slabinfo. */
struct slabinfo {
	const char *name;
	unsigned long active_objs, num_objs, active_slabs, num_slabs;
	unsigned int object_size, objects_per_slab, pages_per_slab;
};

/* Call @show for every cache. Context: process; takes slab_mutex. */
extern int slab_for_each(int (*show)(const struct slabinfo *info, void *arg), void *arg);
/* Pages that slabs hold. */
extern unsigned long slab_pages(void);

extern void kmem_cache_init(void);

#endif
