/* What slab.c and kmalloc.c share. */
#ifndef MM_SLAB_H
#define MM_SLAB_H

#include <linux/mm.h>
#include <linux/slab.h>

void slab_init_caches(void);
/* Fill in a cache whose ctor is set already and whose rest is 0. [m] held, or boot. */
void slab_cache_setup(struct kmem_cache *cache, const char *name, unsigned int size,
		      unsigned int align, slab_flags_t flags);
/* @object is in the slab whose head is @page. Context: any. */
void slab_free_object(struct page *page, void *object);

#endif
