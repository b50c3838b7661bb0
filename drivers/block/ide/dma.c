/*
 * Bus-master DMA: the controller moves the data by itself.
 * PIIX3 datasheet (290550), 2.7 and 5.6; "Programming Interface for Bus Master
 * IDE Controller", revision 1.0.
 *
 * The request's pages become a table of regions (PRD): each a physically
 * contiguous piece that crosses no 64 KiB boundary, the last one flagged.
 *
 *   table address, direction, clear old status -> ATA command -> start bit
 *   … interrupt: status bit 2 set -> stop bit, status
 *
 * Context: the channel's lock is held.
 */
#include <linux/io.h>
#include <asm/byteorder.h>
#include "ide.h"

/* The region that is being filled. */
struct region {
	u32 start, len;
};

static void put_region(struct ata_bmdma_prd *entry, const struct region *region)
{
	entry->addr = cpu_to_le32(region->start);
	entry->flags_len = cpu_to_le32(region->len & 0xffff);	/* 64 KiB is written as 0 */
}

static bool may_grow(const struct region *region, u32 addr)
{
	return region->len && region->start + region->len == addr && addr % ATA_DMA_BOUNDARY;
}

/*
 * ide_build_prd - describe the memory of a request; returns the number of regions
 * prd has room for as many regions as the queue's limits allow segments.
 */
unsigned int ide_build_prd(struct ata_bmdma_prd *prd, struct request *rq)
{
	struct region region = { 0, 0 };
	struct req_iterator iter;
	unsigned int n = 0;
	struct bio_vec bv;

	rq_for_each_segment(bv, rq, iter) {
		u32 addr = page_to_phys(bv.bv_page) + bv.bv_offset;

		/* A segment lies within a page, so it crosses no boundary itself. */
		if (may_grow(&region, addr)) {
			region.len += bv.bv_len;
			continue;
		}
		if (region.len)
			put_region(&prd[n++], &region);
		region = (struct region){ addr, bv.bv_len };
	}
	put_region(&prd[n], &region);
	prd[n].flags_len |= cpu_to_le32(ATA_PRD_EOT);
	return n + 1;
}

static unsigned int direction(struct request *rq)
{
	return rq_data_dir(rq) == READ ? ATA_DMA_WR : 0;	/* as the memory sees it */
}

void ide_dma_prepare(struct ide_channel *ch, struct request *rq)
{
	ide_build_prd(ch->prd, rq);
	outl(virt_to_phys(ch->prd), ch->bmdma + ATA_DMA_TABLE_OFS);
	outb(direction(rq), ch->bmdma + ATA_DMA_CMD);
	outb(inb(ch->bmdma + ATA_DMA_STATUS) | ATA_DMA_ERR | ATA_DMA_INTR,
	     ch->bmdma + ATA_DMA_STATUS);
}

void ide_dma_go(struct ide_channel *ch)
{
	u8 command = inb(ch->bmdma + ATA_DMA_CMD);

	outb(command | ATA_DMA_START, ch->bmdma + ATA_DMA_CMD);
	/*
	 * QEMU answers a stop only when the transfer has ended; without it the
	 * interrupt comes when the host's disk has answered, at any instruction.
	 */
	if (ide_sync)
		outb(command, ch->bmdma + ATA_DMA_CMD);
}

/* Stop the engine, take its status and clear it for the next transfer. */
u8 ide_dma_stop(struct ide_channel *ch)
{
	u8 status = inb(ch->bmdma + ATA_DMA_STATUS);

	outb(inb(ch->bmdma + ATA_DMA_CMD) & ~ATA_DMA_START, ch->bmdma + ATA_DMA_CMD);
	outb(status | ATA_DMA_ERR | ATA_DMA_INTR, ch->bmdma + ATA_DMA_STATUS);
	return status;
}
