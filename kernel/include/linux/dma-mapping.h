/*
 * <linux/dma-mapping.h> - memory that a device reads and writes by itself.
 *
 *	coherent	dma_alloc_coherent(): both sides see each other's stores at
 *			once; for rings and descriptors, for good
 *	streaming	dma_map_single() and its kin: a buffer is the device's until
 *			it is unmapped, or lent back by dma_sync_single_for_cpu()
 *	pools		<linux/dmapool.h>: small coherent pieces
 *
 * A streaming buffer that the device cannot reach (its mask) is bounced: the
 * device gets a copy, which sync and unmap carry over. With DEBUG=1 every one is,
 * so that a forgotten sync shows as stale data although x86 is coherent, and who
 * owns what is tracked: see dma-debug.c.
 *
 * Context: any but where said; dma_alloc_coherent() as its gfp says.
 */
#ifndef _LINUX_DMA_MAPPING_H
#define _LINUX_DMA_MAPPING_H

#include <linux/device.h>
#include <linux/dma-direction.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/types.h>

#define DMA_BIT_MASK(n)		((n) == 64 ? ~0ULL : (1ULL << (n)) - 1)
#define DMA_MAPPING_ERROR	(~(dma_addr_t)0)

/* Attributes that change nothing here but are asked for. */
#define DMA_ATTR_WRITE_COMBINE	(1UL << 2)
#define DMA_ATTR_NO_WARN	(1UL << 8)

/* Zeroed, on a page, reachable by @dev; *handle is what the device is told. NULL: no memory. */
void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp);
/* Context: process. */
void dma_free_coherent(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle);
void *dmam_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp);
void dmam_free_coherent(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle);
/* To user space: 0, or -ENXIO where the vma reaches beyond the buffer. Context: process. */
int dma_mmap_coherent(struct device *dev, struct vm_area_struct *vma, void *cpu_addr,
		      dma_addr_t handle, size_t size);

static inline void *dma_alloc_attrs(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp,
				    unsigned long attrs)
{
	return dma_alloc_coherent(dev, size, handle, gfp);
}

static inline void dma_free_attrs(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle,
				  unsigned long attrs)
{
	dma_free_coherent(dev, size, cpu_addr, handle);
}

static inline int dma_mmap_attrs(struct device *dev, struct vm_area_struct *vma, void *cpu_addr,
				 dma_addr_t handle, size_t size, unsigned long attrs)
{
	return dma_mmap_coherent(dev, vma, cpu_addr, handle, size);
}

#define dma_alloc_wc(dev, size, handle, gfp)	dma_alloc_coherent(dev, size, handle, gfp)
#define dma_free_wc(dev, size, addr, handle)	dma_free_coherent(dev, size, addr, handle)
#define dma_mmap_wc(dev, vma, addr, handle, size) dma_mmap_coherent(dev, vma, addr, handle, size)

/* @ptr in the direct map. The address for the device; ask dma_mapping_error() about it. */
dma_addr_t dma_map_single(struct device *dev, void *ptr, size_t size, enum dma_data_direction dir);
void dma_unmap_single(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir);
dma_addr_t dma_map_page(struct device *dev, struct page *page, size_t offset, size_t size,
			enum dma_data_direction dir);
#define dma_unmap_page(dev, addr, size, dir)	dma_unmap_single(dev, addr, size, dir)
#define dma_map_single_attrs(dev, ptr, size, dir, attrs)	dma_map_single(dev, ptr, size, dir)
#define dma_unmap_single_attrs(dev, addr, size, dir, attrs)	dma_unmap_single(dev, addr, size, dir)
#define dma_map_page_attrs(dev, page, offset, size, dir, attrs)	dma_map_page(dev, page, offset, size, dir)
#define dma_unmap_page_attrs(dev, addr, size, dir, attrs)	dma_unmap_single(dev, addr, size, dir)
/* 0 or -ENOMEM. */
int __must_check dma_mapping_error(struct device *dev, dma_addr_t addr);
/* How many pieces the device is to be given, or 0: none could be mapped. */
int dma_map_sg(struct device *dev, struct scatterlist *sgl, int nents, enum dma_data_direction dir);
void dma_unmap_sg(struct device *dev, struct scatterlist *sgl, int nents, enum dma_data_direction dir);

#define dma_map_sg_attrs(dev, sgl, nents, dir, attrs)		dma_map_sg(dev, sgl, nents, dir)
#define dma_unmap_sg_attrs(dev, sgl, nents, dir, attrs)		dma_unmap_sg(dev, sgl, nents, dir)

/* A whole table: 0, or -EINVAL where dma_map_sg() has 0. */
static inline int dma_map_sgtable(struct device *dev, struct sg_table *sgt, enum dma_data_direction dir,
				  unsigned long attrs)
{
	sgt->nents = dma_map_sg(dev, sgt->sgl, sgt->orig_nents, dir);
	return sgt->nents ? 0 : -EINVAL;
}

static inline void dma_unmap_sgtable(struct device *dev, struct sg_table *sgt,
				     enum dma_data_direction dir, unsigned long attrs)
{
	dma_unmap_sg(dev, sgt->sgl, sgt->orig_nents, dir);
}

/* The CPU may look at what the device wrote; then hands the buffer back. */
void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr, size_t size,
			     enum dma_data_direction dir);
void dma_sync_single_for_device(struct device *dev, dma_addr_t addr, size_t size,
				enum dma_data_direction dir);
void dma_sync_sg_for_cpu(struct device *dev, struct scatterlist *sgl, int nents,
			 enum dma_data_direction dir);
void dma_sync_sg_for_device(struct device *dev, struct scatterlist *sgl, int nents,
			    enum dma_data_direction dir);

#define dma_sync_single_range_for_cpu(dev, addr, offset, size, dir) \
	dma_sync_single_for_cpu(dev, (addr) + (offset), size, dir)
#define dma_sync_single_range_for_device(dev, addr, offset, size, dir) \
	dma_sync_single_for_device(dev, (addr) + (offset), size, dir)
#define dma_sync_sgtable_for_cpu(dev, sgt, dir) \
	dma_sync_sg_for_cpu(dev, (sgt)->sgl, (sgt)->orig_nents, dir)
#define dma_sync_sgtable_for_device(dev, sgt, dir) \
	dma_sync_sg_for_device(dev, (sgt)->sgl, (sgt)->orig_nents, dir)

/* 0; -EIO: no device of ours reaches so little (below 16 MiB), or it does no DMA at all. */
int dma_set_mask(struct device *dev, u64 mask);
int dma_set_coherent_mask(struct device *dev, u64 mask);

static inline int dma_set_mask_and_coherent(struct device *dev, u64 mask)
{
	int err = dma_set_mask(dev, mask);

	return err ?: dma_set_coherent_mask(dev, mask);
}

/* For a device whose maker forgot the pointer. */
static inline int dma_coerce_mask_and_coherent(struct device *dev, u64 mask)
{
	dev->dma_mask = &dev->coherent_dma_mask;
	return dma_set_mask_and_coherent(dev, mask);
}

static inline u64 dma_get_mask(struct device *dev)
{
	return dev->dma_mask && *dev->dma_mask ? *dev->dma_mask : DMA_BIT_MASK(32);
}

/* Whether a device that reaches so far could be served; 0 or -EIO would be dma_set_mask()'s answer. */
static inline int dma_supported(struct device *dev, u64 mask)
{
	return mask >= DMA_BIT_MASK(24);
}

static inline bool dma_capable(struct device *dev, dma_addr_t addr, size_t size)
{
	return (u64)addr + size - 1 <= dma_get_mask(dev);
}

/* Another device's registers as a target: they are where they are. Error as for memory. */
static inline dma_addr_t dma_map_resource(struct device *dev, phys_addr_t phys, size_t size,
					  enum dma_data_direction dir, unsigned long attrs)
{
	return dma_capable(dev, phys, size) ? phys : DMA_MAPPING_ERROR;
}

static inline void dma_unmap_resource(struct device *dev, dma_addr_t addr, size_t size,
				      enum dma_data_direction dir, unsigned long attrs)
{
}

/* What unmapping will need, in a driver's own structure. */
#define DEFINE_DMA_UNMAP_ADDR(name)		dma_addr_t name
#define DEFINE_DMA_UNMAP_LEN(name)		__u32 name
#define dma_unmap_addr(ptr, name)		((ptr)->name)
#define dma_unmap_addr_set(ptr, name, val)	((ptr)->name = (val))
#define dma_unmap_len(ptr, name)		((ptr)->name)
#define dma_unmap_len_set(ptr, name, val)	((ptr)->name = (val))

#if DEBUG_BUILD
/* Its driver leaves: what it mapped and did not unmap is told. */
void dma_debug_device_gone(struct device *dev);
#else
static inline void dma_debug_device_gone(struct device *dev)
{
}
#endif

static inline int valid_dma_direction(enum dma_data_direction dir)
{
	return dir == DMA_BIDIRECTIONAL || dir == DMA_TO_DEVICE || dir == DMA_FROM_DEVICE;
}

#endif
