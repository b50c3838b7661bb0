/*
 * DMA pools: see <linux/dmapool.h>. Pages of coherent memory cut into pieces;
 * the free ones are a chain through themselves.
 *
 * Locks: the pool's, irq-safe.
 */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>

/* [l] lock, else constant */
struct dma_pool {
	spinlock_t lock;		/* this is l */
	struct list_head chunks;	/* [l] struct chunk */
	void *free;			/* [l] chain of pieces */
	unsigned int in_use;		/* [l] */
	size_t size, chunk_size, boundary;
	struct device *dev;
	char name[32];
};

/* A stretch of coherent memory. */
struct chunk {
	struct list_head list;
	void *cpu;
	dma_addr_t handle;
};

struct dma_pool *dma_pool_create(const char *name, struct device *dev, size_t size, size_t align,
				 size_t boundary)
{
	struct dma_pool *pool;

	align = align ?: 1;
	if (!size || align & (align - 1) || boundary & (boundary - 1))
		return NULL;
	size = ALIGN(max(size, sizeof(void *)), align);
	if (boundary && boundary < size)
		return NULL;
	pool = kzalloc(sizeof(*pool), GFP_KERNEL);
	if (!pool)
		return NULL;
	spin_lock_init(&pool->lock);
	INIT_LIST_HEAD(&pool->chunks);
	pool->size = size;
	pool->chunk_size = max_t(size_t, size, PAGE_SIZE);
	pool->boundary = boundary ?: pool->chunk_size;
	pool->dev = dev;
	strscpy(pool->name, name, sizeof(pool->name));
	return pool;
}
EXPORT_SYMBOL(dma_pool_create);

void dma_pool_destroy(struct dma_pool *pool)
{
	struct chunk *chunk, *next;

	if (!pool)
		return;
	if (WARN(pool->in_use, "dma_pool %s: destroyed with %u pieces in use\n", pool->name, pool->in_use))
		return;
	list_for_each_entry_safe(chunk, next, &pool->chunks, list) {
		dma_free_coherent(pool->dev, pool->chunk_size, chunk->cpu, chunk->handle);
		kfree(chunk);
	}
	kfree(pool);
}
EXPORT_SYMBOL(dma_pool_destroy);

/* Another chunk's pieces, none across a boundary. */
static int grow(struct dma_pool *pool, gfp_t gfp)
{
	struct chunk *chunk = kmalloc(sizeof(*chunk), gfp);
	unsigned long flags;

	if (!chunk)
		return -ENOMEM;
	chunk->cpu = dma_alloc_coherent(pool->dev, pool->chunk_size, &chunk->handle, gfp);
	if (!chunk->cpu) {
		kfree(chunk);
		return -ENOMEM;
	}
	spin_lock_irqsave(&pool->lock, flags);
	list_add(&chunk->list, &pool->chunks);
	for (size_t at = 0; at + pool->size <= pool->chunk_size; at += pool->size) {
		if (at / pool->boundary != (at + pool->size - 1) / pool->boundary)
			at = ALIGN(at, pool->boundary);
		if (at + pool->size > pool->chunk_size)
			break;
		*(void **)(chunk->cpu + at) = pool->free;
		pool->free = chunk->cpu + at;
	}
	spin_unlock_irqrestore(&pool->lock, flags);
	return 0;
}

void *dma_pool_alloc(struct dma_pool *pool, gfp_t gfp, dma_addr_t *handle)
{
	unsigned long flags;
	void *piece;

	for (;;) {
		spin_lock_irqsave(&pool->lock, flags);
		piece = pool->free;
		if (piece) {
			pool->free = *(void **)piece;
			pool->in_use++;
		}
		spin_unlock_irqrestore(&pool->lock, flags);
		if (piece)
			break;
		if (grow(pool, gfp & ~__GFP_ZERO))
			return NULL;
	}
	if (gfp & __GFP_ZERO)
		memset(piece, 0, pool->size);
	*handle = __pa(piece);
	return piece;
}
EXPORT_SYMBOL(dma_pool_alloc);

void dma_pool_free(struct dma_pool *pool, void *vaddr, dma_addr_t addr)
{
	unsigned long flags;

	if (WARN(__pa(vaddr) != addr, "dma_pool %s: %p is not at %pad\n", pool->name, vaddr, &addr))
		return;
	spin_lock_irqsave(&pool->lock, flags);
	*(void **)vaddr = pool->free;
	pool->free = vaddr;
	pool->in_use--;
	spin_unlock_irqrestore(&pool->lock, flags);
}
EXPORT_SYMBOL(dma_pool_free);
