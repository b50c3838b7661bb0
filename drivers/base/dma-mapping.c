/*
 * The DMA API: see <linux/dma-mapping.h>.
 *
 * A bus address is a physical address here. What must be bounced has a record,
 * found by its bus address:
 *
 *	map	record, copy of the buffer if the device reads it
 *	sync	one way or the other, a part of it
 *	unmap	copy back if the device wrote it, record and copy freed
 *
 * Locks: bounce_lock, irq-safe. Context: any.
 */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/report.h>
#include <linux/slab.h>
#include <linux/string.h>

#define BOUNCE_BUCKETS	64
#define MIN_DMA_MASK	DMA_BIT_MASK(24)	/* ZONE_DMA's end */

/* A streaming mapping that the device has as a copy. */
struct bounce {
	struct hlist_node hash;		/* bounce_lock */
	struct device *dev;
	void *cpu;			/* the driver's buffer */
	void *copy;			/* pages of their own */
	size_t size;
	enum dma_data_direction dir;
	bool with_cpu;			/* bounce_lock: lent back by a sync */
	depot_stack_handle_t mapped;	/* who mapped it, DEBUG=1 */
};

static DEFINE_SPINLOCK(bounce_lock);
static struct hlist_head bounces[BOUNCE_BUCKETS];	/* bounce_lock, by the copy's page */

/* ------------------------------------------------------------------ coherent */

/* 2^order pages that a mask reaches, or NULL. */
static void *alloc_reachable(u64 mask, gfp_t gfp, unsigned int order)
{
	unsigned long pages = __get_free_pages(gfp, order);

	if (pages && (u64)__pa(pages) + (PAGE_SIZE << order) - 1 > mask) {
		free_pages(pages, order);
		pages = __get_free_pages(gfp | GFP_DMA, order);
	}
	return (void *)pages;
}

void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp)
{
	u64 mask = dev && dev->coherent_dma_mask ? dev->coherent_dma_mask : DMA_BIT_MASK(32);
	void *cpu;

	if (WARN(!size, "dma_alloc_coherent: of no size\n"))
		return NULL;
	cpu = alloc_reachable(mask, (gfp & ~GFP_DMA) | __GFP_ZERO, get_order(size));
	if (cpu)
		*handle = __pa(cpu);
	return cpu;
}
EXPORT_SYMBOL(dma_alloc_coherent);

void dma_free_coherent(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle)
{
	if (!cpu_addr)
		return;
	WARN(__pa(cpu_addr) != handle, "dma_free_coherent: %p is not at %pad\n", cpu_addr, &handle);
	free_pages((unsigned long)cpu_addr, get_order(size));
}
EXPORT_SYMBOL(dma_free_coherent);

/* A device-managed one. */
struct managed {
	size_t size;
	void *cpu;
	dma_addr_t handle;
};

static void managed_release(struct device *dev, void *res)
{
	struct managed *managed = res;

	dma_free_coherent(dev, managed->size, managed->cpu, managed->handle);
}

static int managed_match(struct device *dev, void *res, void *cpu)
{
	return ((struct managed *)res)->cpu == cpu;
}

void *dmam_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp)
{
	struct managed *managed = devres_alloc(managed_release, sizeof(*managed), gfp);

	if (!managed)
		return NULL;
	managed->cpu = dma_alloc_coherent(dev, size, handle, gfp);
	if (!managed->cpu) {
		devres_free(managed);
		return NULL;
	}
	managed->size = size;
	managed->handle = *handle;
	devres_add(dev, managed);
	return managed->cpu;
}
EXPORT_SYMBOL(dmam_alloc_coherent);

void dmam_free_coherent(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle)
{
	WARN_ON(devres_release(dev, managed_release, managed_match, cpu_addr));
}
EXPORT_SYMBOL(dmam_free_coherent);

int dma_mmap_coherent(struct device *dev, struct vm_area_struct *vma, void *cpu_addr,
		      dma_addr_t handle, size_t size)
{
	unsigned long pages = PAGE_ALIGN(size) >> PAGE_SHIFT;

	if (vma->vm_pgoff >= pages || vma_pages(vma) > pages - vma->vm_pgoff)
		return -ENXIO;
	return remap_pfn_range(vma, vma->vm_start, (handle >> PAGE_SHIFT) + vma->vm_pgoff,
			       vma->vm_end - vma->vm_start, vma->vm_page_prot);
}
EXPORT_SYMBOL(dma_mmap_coherent);

/* ------------------------------------------------------------------ who owns a streaming buffer */

static struct hlist_head *bucket_of(dma_addr_t addr)
{
	return &bounces[(addr >> PAGE_SHIFT) % BOUNCE_BUCKETS];
}

/* The record whose copy @addr lies in. bounce_lock held. */
static struct bounce *find_bounce(dma_addr_t addr)
{
	struct bounce *bounce;
	dma_addr_t page = addr & PAGE_MASK;

	/* A copy is hashed by each page's first one only: walk back to it. */
	for (unsigned int back = 0; back < 1u << (MAX_ORDER - 1); back++, page -= PAGE_SIZE)
		hlist_for_each_entry(bounce, bucket_of(page), hash)
			if (__pa(bounce->copy) == page)
				return addr - page < bounce->size ? bounce : NULL;
	return NULL;
}

#if DEBUG_BUILD
static void __cold complain(struct device *dev, const struct bounce *bounce, const char *what,
			    dma_addr_t addr, size_t size)
{
	report_begin(_RET_IP_, "DMA: %s", what);
	report_line("device: %s, bus address %08lx, %zu bytes", dev ? dev_name(dev) : "?",
		    (unsigned long)addr, size);
	if (bounce)
		report_saved_stack("Mapped by:", bounce->mapped);
	report_stack_here("Call trace:");
	report_end();
}

/* What a caller says of a mapping must be what it is. bounce_lock is not held. */
static void check_use(struct device *dev, const struct bounce *bounce, dma_addr_t addr, size_t size,
		      enum dma_data_direction dir, const char *unknown)
{
	if (!bounce)
		complain(dev, NULL, unknown, addr, size);
	else if (bounce->dev != dev)
		complain(dev, bounce, "mapped for another device", addr, size);
	else if (bounce->dir != dir && bounce->dir != DMA_BIDIRECTIONAL)
		complain(dev, bounce, "mapped in another direction", addr, size);
	else if (addr - __pa(bounce->copy) + size > bounce->size)
		complain(dev, bounce, "more bytes than were mapped", addr, size);
}

static const bool bounce_all = true;
#else
static inline void check_use(struct device *dev, const struct bounce *bounce, dma_addr_t addr,
			     size_t size, enum dma_data_direction dir, const char *unknown)
{
}

static const bool bounce_all;
#endif

/* ------------------------------------------------------------------ streaming */

static dma_addr_t map_bounce(struct device *dev, void *ptr, size_t size, enum dma_data_direction dir)
{
	struct bounce *bounce = kzalloc(sizeof(*bounce), GFP_ATOMIC);
	unsigned long flags;

	if (!bounce)
		return DMA_MAPPING_ERROR;
	/* The same place in its page: devices may ask for an alignment. */
	bounce->copy = alloc_reachable(dma_get_mask(dev), GFP_ATOMIC, get_order(size));
	if (!bounce->copy) {
		kfree(bounce);
		return DMA_MAPPING_ERROR;
	}
	bounce->dev = dev;
	bounce->cpu = ptr;
	bounce->size = size;
	bounce->dir = dir;
	bounce->mapped = stack_depot_save_here(1);
	/* Also for FROM_DEVICE: bytes that the device leaves alone keep their value. */
	memcpy(bounce->copy, ptr, size);
	spin_lock_irqsave(&bounce_lock, flags);
	hlist_add_head(&bounce->hash, bucket_of(__pa(bounce->copy)));
	spin_unlock_irqrestore(&bounce_lock, flags);
	return __pa(bounce->copy);
}

dma_addr_t dma_map_single(struct device *dev, void *ptr, size_t size, enum dma_data_direction dir)
{
	if (WARN(!size || !valid_dma_direction(dir), "dma_map_single: no size or no direction\n"))
		return DMA_MAPPING_ERROR;
	if (WARN(!virt_addr_valid(ptr), "dma_map_single: %p is a stack or vmalloc() address\n", ptr))
		return DMA_MAPPING_ERROR;
	if (bounce_all || !dma_capable(dev, __pa(ptr), size))
		return map_bounce(dev, ptr, size, dir);
	return __pa(ptr);
}
EXPORT_SYMBOL(dma_map_single);

dma_addr_t dma_map_page(struct device *dev, struct page *page, size_t offset, size_t size,
			enum dma_data_direction dir)
{
	return dma_map_single(dev, page_address(page) + offset, size, dir);
}
EXPORT_SYMBOL(dma_map_page);

int dma_mapping_error(struct device *dev, dma_addr_t addr)
{
	return addr == DMA_MAPPING_ERROR ? -ENOMEM : 0;
}
EXPORT_SYMBOL(dma_mapping_error);

void dma_unmap_single(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir)
{
	struct bounce *bounce;
	unsigned long flags;

	spin_lock_irqsave(&bounce_lock, flags);
	bounce = find_bounce(addr);
	if (bounce)
		hlist_del(&bounce->hash);
	spin_unlock_irqrestore(&bounce_lock, flags);
	check_use(dev, bounce, addr, size, dir, "unmapped what is not mapped");
	if (!bounce)
		return;
	if (bounce->dir != DMA_TO_DEVICE && !bounce->with_cpu)
		memcpy(bounce->cpu, bounce->copy, bounce->size);
	free_pages((unsigned long)bounce->copy, get_order(bounce->size));
	kfree(bounce);
}
EXPORT_SYMBOL(dma_unmap_single);

/* The part [addr, addr + size), to the CPU's side or to the device's. */
static void sync(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir,
		 bool to_cpu)
{
	struct bounce *bounce;
	unsigned long flags;
	size_t at;

	spin_lock_irqsave(&bounce_lock, flags);
	bounce = find_bounce(addr);
	if (bounce) {
		at = addr - __pa(bounce->copy);
		size = min(size, bounce->size - at);
		if (to_cpu && bounce->dir != DMA_TO_DEVICE)
			memcpy(bounce->cpu + at, bounce->copy + at, size);
		else if (!to_cpu)
			memcpy(bounce->copy + at, bounce->cpu + at, size);
		bounce->with_cpu = to_cpu;
	}
	spin_unlock_irqrestore(&bounce_lock, flags);
	check_use(dev, bounce, addr, size, dir, "synchronised what is not mapped");
}

void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr, size_t size,
			     enum dma_data_direction dir)
{
	sync(dev, addr, size, dir, true);
}
EXPORT_SYMBOL(dma_sync_single_for_cpu);

void dma_sync_single_for_device(struct device *dev, dma_addr_t addr, size_t size,
				enum dma_data_direction dir)
{
	sync(dev, addr, size, dir, false);
}
EXPORT_SYMBOL(dma_sync_single_for_device);

/* ------------------------------------------------------------------ scatterlists */

int dma_map_sg(struct device *dev, struct scatterlist *sgl, int nents, enum dma_data_direction dir)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(sgl, sg, nents, i) {
		sg->dma_address = dma_map_single(dev, sg_virt(sg), sg->length, dir);
		sg->dma_length = sg->length;
		if (dma_mapping_error(dev, sg->dma_address)) {
			dma_unmap_sg(dev, sgl, i, dir);
			return 0;
		}
	}
	return nents;
}
EXPORT_SYMBOL(dma_map_sg);

void dma_unmap_sg(struct device *dev, struct scatterlist *sgl, int nents, enum dma_data_direction dir)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(sgl, sg, nents, i)
		dma_unmap_single(dev, sg->dma_address, sg->dma_length, dir);
}
EXPORT_SYMBOL(dma_unmap_sg);

void dma_sync_sg_for_cpu(struct device *dev, struct scatterlist *sgl, int nents,
			 enum dma_data_direction dir)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(sgl, sg, nents, i)
		sync(dev, sg->dma_address, sg->dma_length, dir, true);
}
EXPORT_SYMBOL(dma_sync_sg_for_cpu);

void dma_sync_sg_for_device(struct device *dev, struct scatterlist *sgl, int nents,
			    enum dma_data_direction dir)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(sgl, sg, nents, i)
		sync(dev, sg->dma_address, sg->dma_length, dir, false);
}
EXPORT_SYMBOL(dma_sync_sg_for_device);

/* ------------------------------------------------------------------ masks */

int dma_set_mask(struct device *dev, u64 mask)
{
	if (!dev->dma_mask || mask < MIN_DMA_MASK)
		return -EIO;
	*dev->dma_mask = mask;
	return 0;
}
EXPORT_SYMBOL(dma_set_mask);

int dma_set_coherent_mask(struct device *dev, u64 mask)
{
	if (mask < MIN_DMA_MASK)
		return -EIO;
	dev->coherent_dma_mask = mask;
	return 0;
}
EXPORT_SYMBOL(dma_set_coherent_mask);

#if DEBUG_BUILD
/* The device's last reference goes: what it has mapped still is a leak. */
void dma_debug_device_gone(struct device *dev)
{
	struct bounce *bounce, *leaked = NULL;
	unsigned long flags;

	spin_lock_irqsave(&bounce_lock, flags);
	for (int i = 0; i < BOUNCE_BUCKETS; i++)
		hlist_for_each_entry(bounce, &bounces[i], hash)
			if (bounce->dev == dev)
				leaked = bounce;
	spin_unlock_irqrestore(&bounce_lock, flags);
	if (leaked)
		complain(dev, leaked, "still mapped as the driver leaves", __pa(leaked->copy),
			 leaked->size);
}
#endif
