/*
 * Bus-master DMA: the controller moves the data by itself.
 * PIIX3 datasheet (290550), 2.7 and 5.6; "Programming Interface for Bus Master
 * IDE Controller", revision 1.0.
 *
 * The request's pages become a scatterlist, which is mapped for the device, and
 * that a table of regions (PRD): each a contiguous piece of memory that crosses no
 * 64 KiB boundary, the last one flagged. Nothing is allocated on the way, unless the
 * pieces must be bounced (DEBUG=1); without memory for that the CPU moves the data.
 *
 *   table address, direction, clear old status -> ATA command -> start bit
 *   … interrupt: status bit 2 set -> stop bit, status, unmap
 *
 * Context: the channel's lock is held.
 */
#include <linux/io.h>
#include <linux/string.h>
#include <asm/byteorder.h>
#include "ide.h"

/*
 * ide_build_prd - describe n mapped pieces of memory, the last one flagged
 * A piece crosses no boundary: the queue's limits, and a discard's page, see to that.
 */
void ide_build_prd(struct ata_bmdma_prd *prd, struct scatterlist *sgl, unsigned int n)
{
	struct scatterlist *sg;
	unsigned int i;

	for_each_sg(sgl, sg, n, i) {
		prd[i].addr = cpu_to_le32(sg_dma_address(sg));
		prd[i].flags_len = cpu_to_le32(sg_dma_len(sg) & 0xffff);	/* 64 KiB is written as 0 */
	}
	prd[n - 1].flags_len |= cpu_to_le32(ATA_PRD_EOT);
}

static enum dma_data_direction direction(struct request *rq)
{
	return rq_data_dir(rq) == READ ? DMA_FROM_DEVICE : DMA_TO_DEVICE;
}

/* The ranges of a discard: its only data. */
static int trim_sg(struct ide_channel *ch, struct request *rq)
{
	__le64 *range = ch->trim;
	sector_t at = blk_rq_pos(rq);
	unsigned int left = blk_rq_sectors(rq), now;

	memset(ch->trim, 0, ATA_SECT_SIZE);
	for (; left; left -= now, at += now) {
		now = min_t(unsigned int, left, ATA_TRIM_RANGE_SECTORS);
		*range++ = cpu_to_le64(at | (u64)now << ATA_TRIM_COUNT_SHIFT);
	}
	sg_init_one(ch->sg, ch->trim, ATA_SECT_SIZE);
	return 1;
}

/*
 * The request's memory becomes the device's: 0, or -ENOMEM, where a copy is needed for the
 * device and there is none; the CPU has to move the data then.
 */
int ide_dma_prepare(struct ide_channel *ch, struct request *rq)
{
	int n = req_op(rq) == REQ_OP_DISCARD ? trim_sg(ch, rq) : blk_rq_map_sg(rq->q, rq, ch->sg);

	if (!dma_map_sg(ch->dev, ch->sg, n, direction(rq)))
		return -ENOMEM;
	ch->nents = ch->prd_entries = n;
	ide_build_prd(ch->prd, ch->sg, n);
	outl(ch->prd_dma, ch->bmdma + ATA_DMA_TABLE_OFS);
	outb(rq_data_dir(rq) == READ ? ATA_DMA_WR : 0, ch->bmdma + ATA_DMA_CMD);
	outb(inb(ch->bmdma + ATA_DMA_STATUS) | ATA_DMA_ERR | ATA_DMA_INTR,
	     ch->bmdma + ATA_DMA_STATUS);
	return 0;
}

/* The transfer is over, or will not begin: the memory is ours again. */
void ide_dma_unmap(struct ide_channel *ch, struct request *rq)
{
	dma_unmap_sg(ch->dev, ch->sg, ch->nents, direction(rq));
	ch->nents = 0;
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
