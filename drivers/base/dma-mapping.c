/*
 * The DMA API: see <linux/dma-mapping.h>.
 *
 * A bus address is a physical address here. What must be bounced has a record,
 * found by its bus address:
 *
 *	map	record, copy of the buffer
 *	sync	one way or the other, a part of it
 *	unmap	copy back if the device wrote it, record and copy freed
 *
 * With DEBUG=1 every mapping has one, and dma-debug.c looks at what is done with it.
 *
 * Locks: dma_lock, irq-safe. Context: any.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "dma.h"

#define MIN_DMA_MASK	DMA_BIT_MASK(24)	/* ZONE_DMA's end */

DEFINE_SPINLOCK(dma_lock);
struct hlist_head dma_records[DMA_BUCKETS];
static unsigned long largest;			/* dma_lock: pages of the largest mapping so far, 0: none yet */

/* ------------------------------------------------------------------ records */

static struct hlist_head *bucket_of(dma_addr_t addr)
{
	return &dma_records[(addr >> PAGE_SHIFT) % DMA_BUCKETS];
}

static void add_record(struct dma_record *record)
{
	unsigned long flags;

	record->mapped = stack_depot_save_here(2);
	spin_lock_irqsave(&dma_lock, flags);
	hlist_add_head(&record->hash, bucket_of(record->bus));
	largest = max(largest, PFN_UP(record->size));
	spin_unlock_irqrestore(&dma_lock, flags);
}

/* The record that @addr lies in: of a streaming mapping, or with DMA_NONE of coherent memory. dma_lock held. */
static struct dma_record *find_record(dma_addr_t addr, bool coherent)
{
	struct dma_record *record;
	dma_addr_t page = addr & PAGE_MASK;

	/* It is hashed by its first page only: walk back to that. */
	for (unsigned long back = 0; back < largest; back++, page -= PAGE_SIZE)
		hlist_for_each_entry(record, bucket_of(page), hash)
			if (record->bus == page && (record->dir == DMA_NONE) == coherent)
				return addr - page < record->size ? record : NULL;
	return NULL;
}

/* Takes the record off the list; NULL: there is none, or with DEBUG=1 it is none to end like that. */
static struct dma_record *end_record(const struct dma_use *use)
{
	struct dma_record *record;
	unsigned long flags;

	spin_lock_irqsave(&dma_lock, flags);
	record = find_record(use->addr, use->dir == DMA_NONE);
	if (record && record->dev == use->dev)
		hlist_del(&record->hash);
	spin_unlock_irqrestore(&dma_lock, flags);
	dma_debug_check(use, record);
	if (!record || record->dev != use->dev)
		return NULL;
	dma_debug_take_back(record);
	return record;
}

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
	struct dma_record *record;
	void *cpu;

	if (WARN(!size, "dma_alloc_coherent: of no size\n"))
		return NULL;
	gfp &= ~(GFP_DMA | __GFP_ZERO);
	cpu = alloc_reachable(mask, gfp | __GFP_ZERO, get_order(size));
	if (!cpu)
		return NULL;
	*handle = __pa(cpu);
	if (!DEBUG_BUILD)
		return cpu;
	record = kmalloc(sizeof(*record), gfp);
	if (!record) {
		free_pages((unsigned long)cpu, get_order(size));
		return NULL;
	}
	*record = (struct dma_record){ .dev = dev, .cpu = cpu, .bus = *handle, .size = size, .dir = DMA_NONE };
	add_record(record);
	return cpu;
}
EXPORT_SYMBOL(dma_alloc_coherent);

void dma_free_coherent(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle)
{
	const struct dma_use use = { dev, handle, size, DMA_NONE, "freed", true };
	struct dma_record *record;

	if (!cpu_addr)
		return;
	if (WARN(__pa(cpu_addr) != handle, "dma_free_coherent: %p is not at %pad\n", cpu_addr, &handle))
		return;
	if (DEBUG_BUILD) {
		record = end_record(&use);
		if (!record)
			return;
		size = record->size;
		dma_debug_ended(record);
		kfree(record);
	}
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

/* ------------------------------------------------------------------ streaming */

static dma_addr_t map_bounce(struct device *dev, void *ptr, size_t size, enum dma_data_direction dir)
{
	struct dma_record *record = kmalloc(sizeof(*record), GFP_ATOMIC);

	if (!record)
		return DMA_MAPPING_ERROR;
	*record = (struct dma_record){ .dev = dev, .cpu = ptr, .size = size, .dir = dir };
	record->copy = alloc_reachable(dma_get_mask(dev), GFP_ATOMIC | __GFP_NOWARN, get_order(size));
	if (!record->copy) {
		kfree(record);
		return DMA_MAPPING_ERROR;
	}
	record->bus = __pa(record->copy);
	/* Also for FROM_DEVICE: bytes that the device leaves alone keep their value. */
	memcpy(record->copy, ptr, size);
	dma_debug_give(record);
	add_record(record);
	return record->bus;
}

dma_addr_t dma_map_single(struct device *dev, void *ptr, size_t size, enum dma_data_direction dir)
{
	if (WARN(!size || !valid_dma_direction(dir), "dma_map_single: no size or no direction\n"))
		return DMA_MAPPING_ERROR;
	if (WARN(!virt_addr_valid(ptr), "dma_map_single: %p is a stack or vmalloc() address\n", ptr))
		return DMA_MAPPING_ERROR;
	if (DEBUG_BUILD || !dma_capable(dev, __pa(ptr), size))
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
	const struct dma_use use = { dev, addr, size, dir, "unmapped", true };
	struct dma_record *record = end_record(&use);

	if (!record)
		return;
	if (record->dir != DMA_TO_DEVICE && !record->with_cpu)
		memcpy(record->cpu, record->copy, record->size);
	dma_debug_ended(record);
	free_pages((unsigned long)record->copy, get_order(record->size));
	kfree(record);
}
EXPORT_SYMBOL(dma_unmap_single);

/* The part [addr, addr + size), to the CPU's side or to the device's. */
static void sync(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir,
		 bool to_cpu)
{
	const struct dma_use use = { dev, addr, size, dir, "synchronised" };
	struct dma_record *record;
	unsigned long flags;
	size_t at;

	spin_lock_irqsave(&dma_lock, flags);
	record = find_record(addr, false);
	if (record) {
		at = addr - record->bus;
		size = min(size, record->size - at);
		dma_debug_take_back(record);
		if (to_cpu && record->dir != DMA_TO_DEVICE)
			memcpy(record->cpu + at, record->copy + at, size);
		else if (!to_cpu)
			memcpy(record->copy + at, record->cpu + at, size);
		record->with_cpu = to_cpu;
		if (!to_cpu)
			dma_debug_give(record);
	}
	spin_unlock_irqrestore(&dma_lock, flags);
	dma_debug_check(&use, record);
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
	bool reaches_all = dma_get_mask(dev) >= DMA_BIT_MASK(32);
	struct scatterlist *sg;
	int i;

	for_each_sg(sgl, sg, nents, i) {
		if (!DEBUG_BUILD && reaches_all) {
			sg->dma_address = sg_phys(sg);
			sg->dma_length = sg->length;
			continue;
		}
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

	if (!DEBUG_BUILD && dma_get_mask(dev) >= DMA_BIT_MASK(32))
		return;
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
