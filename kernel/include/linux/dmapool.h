/*
 * <linux/dmapool.h> - small pieces of coherent memory, aligned, that cross no boundary.
 */
#ifndef _LINUX_DMAPOOL_H
#define _LINUX_DMAPOOL_H

#include <linux/gfp.h>
#include <linux/types.h>

struct device;
struct dma_pool;

/* @align a power of two; @boundary 0 or one. NULL: wrong sizes or no memory. Context: process. */
struct dma_pool *dma_pool_create(const char *name, struct device *dev, size_t size, size_t align,
				 size_t boundary);
/* What was not freed is told. Context: process. */
void dma_pool_destroy(struct dma_pool *pool);
/* Context: as @gfp says. */
void *dma_pool_alloc(struct dma_pool *pool, gfp_t gfp, dma_addr_t *handle);
/* Context: any. */
void dma_pool_free(struct dma_pool *pool, void *vaddr, dma_addr_t addr);

static inline void *dma_pool_zalloc(struct dma_pool *pool, gfp_t gfp, dma_addr_t *handle)
{
	return dma_pool_alloc(pool, gfp | __GFP_ZERO, handle);
}

#endif
