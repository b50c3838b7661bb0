/*
 * Who owns a DMA buffer (DEBUG=1): mistakes with mappings, told by the device's name.
 *
 *	touching what the device owns	KASAN: the shadow of a buffer that the device may
 *					write is poisoned until sync or unmap
 *	writing what it reads		told at unmap: buffer and copy differ
 *	unmap twice, never mapped, by another device, size or direction
 *	leaving it mapped		told as the driver leaves
 *
 * Locks: dma_lock, of dma-mapping.c. Context: any.
 */
#include <linux/device.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/report.h>
#include <linux/string.h>
#include "dma.h"

#define REMEMBERED	32

/* The last that ended, so that a second end is told as such. Under dma_lock. */
static struct {
	struct device *dev;
	dma_addr_t bus;
	depot_stack_handle_t ended;
} past[REMEMBERED];
static unsigned int past_at;

/* ------------------------------------------------------------------ reports */

static void tell_device(struct device *dev)
{
	if (dev)
		report_line("device: %s, driver: %s", dev_name(dev), dev->driver ? dev->driver->name : "none");
}

static void __cold complain(const struct dma_use *use, const struct dma_record *record, const char *what)
{
	report_begin(_RET_IP_, "DMA: %s: %s %s", use->dev ? dev_name(use->dev) : "no device", use->verb, what);
	tell_device(use->dev);
	report_line("bus address %08lx, %zu bytes", (unsigned long)use->addr, use->size);
	if (record) {
		report_line("mapped as %zu bytes at %08lx, direction %d", record->size,
			    (unsigned long)record->bus, record->dir);
		report_saved_stack("Mapped by:", record->mapped);
	}
	report_stack_here("Call trace:");
	report_end();
}

/* Whether this mapping ended not long ago: then that, and where, is told. */
static bool told_as_second_time(const struct dma_use *use)
{
	depot_stack_handle_t ended = 0;
	bool found = false;
	unsigned long flags;

	spin_lock_irqsave(&dma_lock, flags);
	for (unsigned int i = 0; i < REMEMBERED; i++)
		if (past[i].bus == use->addr && past[i].dev == use->dev && past[i].ended) {
			ended = past[i].ended;
			found = true;
		}
	spin_unlock_irqrestore(&dma_lock, flags);
	if (!found)
		return false;
	report_begin(_RET_IP_, "DMA: %s: %s a second time", use->dev ? dev_name(use->dev) : "no device",
		     use->verb);
	tell_device(use->dev);
	report_saved_stack("The first time:", ended);
	report_stack_here("Call trace:");
	report_end();
	return true;
}

void dma_debug_check(const struct dma_use *use, const struct dma_record *record)
{
	if (!record) {
		if (!told_as_second_time(use))
			complain(use, NULL, "what is not mapped");
	} else if (record->dev != use->dev) {
		complain(use, record, "what is mapped for another device");
	} else if (use->whole ? record->dir != use->dir :
		   record->dir != use->dir && record->dir != DMA_BIDIRECTIONAL) {
		complain(use, record, "in another direction");
	} else if (use->whole ? record->bus != use->addr || record->size != use->size :
		   use->addr - record->bus + use->size > record->size) {
		complain(use, record, "with another size");
	}
}

/* ------------------------------------------------------------------ who may touch it */

/* Memory of the driver's own: pages of files and processes are written while they are read by a device. */
static bool drivers_own(const void *cpu)
{
	struct page *page = virt_to_head_page(cpu);

	return PageSlab(page) || (!page->mapping && !page_mapped(page));
}

static bool device_writes(const struct dma_record *record)
{
	return record->dir == DMA_FROM_DEVICE || record->dir == DMA_BIDIRECTIONAL;
}

void dma_debug_give(const struct dma_record *record)
{
	if (device_writes(record))
		kasan_repoison(record->cpu, record->size, 0, KASAN_DEVICE_OWNED);
}

void dma_debug_take_back(const struct dma_record *record)
{
	if (device_writes(record))
		kasan_repoison(record->cpu, record->size, KASAN_DEVICE_OWNED, 0);
}

void dma_debug_ended(const struct dma_record *record)
{
	const struct dma_use use = { record->dev, record->bus, record->size, record->dir, "the driver" };
	unsigned long flags;

	if (record->dir == DMA_TO_DEVICE && !record->with_cpu && drivers_own(record->cpu) &&
	    memcmp(record->cpu, record->copy, record->size))
		complain(&use, record, "wrote to a buffer that the device owned");
	spin_lock_irqsave(&dma_lock, flags);
	past[past_at].dev = record->dev;
	past[past_at].bus = record->bus;
	past[past_at].ended = stack_depot_save_here(1);
	past_at = (past_at + 1) % REMEMBERED;
	spin_unlock_irqrestore(&dma_lock, flags);
}

/* For KASAN: in whose hands @addr is. */
static void describe_owner(unsigned long addr)
{
	struct dma_record *record;
	unsigned long flags, at;

	if (!spin_trylock_irqsave(&dma_lock, flags))
		return;			/* it may be a copy of ours that KASAN met */
	for (int i = 0; i < DMA_BUCKETS; i++)
		hlist_for_each_entry(record, &dma_records[i], hash) {
			at = addr - (unsigned long)record->cpu;
			if (!device_writes(record) || at >= record->size)
				continue;
			report_line("address %08lx is byte %lu of %zu that the device may write: sync or unmap first",
				    addr, at, record->size);
			tell_device(record->dev);
			report_saved_stack("Mapped by:", record->mapped);
		}
	spin_unlock_irqrestore(&dma_lock, flags);
}

/* ------------------------------------------------------------------ leaving */

/* The driver leaves, or the device is removed: what it has mapped still is a leak. */
void dma_debug_device_gone(struct device *dev)
{
	struct dma_use use = { .dev = dev, .verb = "left" };
	struct dma_record *record, leaked;
	unsigned int count = 0;
	unsigned long flags;
	char what[40];

	spin_lock_irqsave(&dma_lock, flags);
	for (int i = 0; i < DMA_BUCKETS; i++)
		hlist_for_each_entry(record, &dma_records[i], hash)
			if (record->dev == dev && !record->told) {
				record->told = true;
				leaked = *record;
				count++;
			}
	spin_unlock_irqrestore(&dma_lock, flags);
	if (!count)
		return;
	use.addr = leaked.bus;
	use.size = leaked.size;
	snprintf(what, sizeof(what), "%u buffer%s mapped", count, count == 1 ? "" : "s");
	complain(&use, &leaked, what);
}

static int __init dma_debug_init(void)
{
	kasan_describe_device = describe_owner;
	return 0;
}
core_initcall(dma_debug_init);
