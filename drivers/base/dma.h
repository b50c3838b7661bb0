/*
 * Between dma-mapping.c and, with DEBUG=1, dma-debug.c.
 */
#ifndef DRIVERS_BASE_DMA_H
#define DRIVERS_BASE_DMA_H

#include <linux/dma-mapping.h>
#include <linux/list.h>
#include <linux/spinlock.h>

#define DMA_BUCKETS	64

/* A streaming mapping that the device has as a copy; with DEBUG=1 coherent memory, too. */
struct dma_record {
	struct hlist_node hash;		/* dma_lock, by the page of bus */
	struct device *dev;
	void *cpu;			/* the driver's buffer */
	void *copy;			/* the device's, pages of its own; NULL: coherent, they are one */
	dma_addr_t bus;
	size_t size;
	enum dma_data_direction dir;	/* DMA_NONE: coherent */
	bool with_cpu;			/* dma_lock: lent back by a sync */
	bool told;			/* dma_lock: its driver left without it */
	depot_stack_handle_t mapped;	/* who mapped it, DEBUG=1 */
};

extern spinlock_t dma_lock;		/* irq-safe */
extern struct hlist_head dma_records[DMA_BUCKETS];	/* dma_lock */

/* What the caller of a function says, and which function it is. */
struct dma_use {
	struct device *dev;
	dma_addr_t addr;
	size_t size;
	enum dma_data_direction dir;	/* DMA_NONE: coherent */
	const char *verb;		/* "unmapped", … */
	bool whole;			/* all of it must be named, as it was mapped */
};

#if DEBUG_BUILD
/* The buffer becomes the device's, or the CPU's again. The caller owns it, or holds dma_lock. */
void dma_debug_give(const struct dma_record *record);
void dma_debug_take_back(const struct dma_record *record);
/* Reports what is wrong with @use of @record (NULL: there is none). dma_lock is not held. */
void dma_debug_check(const struct dma_use *use, const struct dma_record *record);
/* The record is off the list and ends: its content, and that a second time is told as one. */
void dma_debug_ended(const struct dma_record *record);
#else
static inline void dma_debug_give(const struct dma_record *record) { }
static inline void dma_debug_take_back(const struct dma_record *record) { }
static inline void dma_debug_check(const struct dma_use *use, const struct dma_record *record) { }
static inline void dma_debug_ended(const struct dma_record *record) { }
#endif

#endif
