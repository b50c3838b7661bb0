/* What slab.c, kmalloc.c and slab_debug.c share. */
#ifndef MM_SLAB_H
#define MM_SLAB_H

#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/stackdepot.h>

struct mutex;
extern struct mutex slab_mutex;			/* this is m */
extern struct list_head slab_caches;		/* [m] */

void slab_init_caches(void);
/* Fill in a cache whose ctor is set already and whose rest is 0. [m] held, or boot. */
void slab_cache_setup(struct kmem_cache *cache, const char *name, unsigned int size,
		      unsigned int align, slab_flags_t flags);
/* @object is in the slab whose head is @page; past the quarantine. Context: any. */
void slab_free_object(struct page *page, void *object);

/* The frame of the function that calls an allocator's: stacks are told from there on. */
#define SLAB_FRAME	((unsigned long)__builtin_frame_address(0))

#if DEBUG_BUILD

#define SLAB_SEQ_KEPT	1u	/* instead of a number: may stay for ever */

/* Behind each object. [o] the one who holds the object, or the slab's or quarantine's lock */
struct slab_meta {
	void *chain;				/* [o] while free: the next */
	depot_stack_handle_t alloc_stack;	/* [o] */
	depot_stack_handle_t free_stack;	/* [o] of the last free */
	u32 seq;				/* [o] which allocation since boot; 0 while free … */
	u16 alloc_pid, free_pid;		/* [o] */
	u32 size;				/* [o] asked for */
};

static inline struct slab_meta *slab_meta(const struct kmem_cache *cache, const void *object)
{
	return (struct slab_meta *)((char *)object + cache->offset);
}

/* kmem_cache_alloc() for the function whose frame that is. */
void *slab_alloc_for(struct kmem_cache *cache, gfp_t gfp, unsigned long frame);

void slab_debug_init(void);
/* The call chain from the function whose frame that is. */
depot_stack_handle_t slab_debug_stack(unsigned long frame);
/* The number of the last allocation. */
u32 slab_debug_seq(void);
void slab_debug_layout(struct kmem_cache *cache);
void slab_debug_new_slab(struct page *page, unsigned int order);
void slab_debug_new_object(struct kmem_cache *cache, void *object);
/* @object was handed out, by the function whose frame that is. */
void slab_debug_alloc(struct kmem_cache *cache, void *object, unsigned long frame);
/* Only @size bytes of it were asked for. */
void slab_debug_resize(struct kmem_cache *cache, void *object, size_t size);
/* Whether @object came from @cache (NULL: from kmalloc()) and is not free yet; if not, told. */
bool slab_debug_may_free(const struct kmem_cache *cache, const void *object, unsigned long frame);
/* Into the quarantine. */
void slab_debug_free(struct kmem_cache *cache, void *object, unsigned long frame);
/* What is in the quarantine goes back to its slabs. */
void slab_debug_drain(void);

#else

static inline void slab_debug_init(void) { }
static inline void slab_debug_alloc(struct kmem_cache *cache, void *object, unsigned long frame) { }
static inline void slab_debug_resize(struct kmem_cache *cache, void *object, size_t size) { }
static inline bool slab_debug_may_free(const struct kmem_cache *cache, const void *object,
				       unsigned long frame)
{
	return true;
}
static inline void slab_debug_drain(void) { }

#endif
#endif
