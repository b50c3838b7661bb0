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

/* Regions of n mapped pieces of memory, which are cut at boundaries: how many, or 0 if they do not fit. */
unsigned int ide_build_prd(struct ata_bmdma_prd *prd, struct scatterlist *sgl, unsigned int n)
{
	/* LAB 10.1 { table */
	struct scatterlist *sg;
	unsigned int i, entries = 0;

	for_each_sg(sgl, sg, n, i) {
		u32 at = sg_dma_address(sg), left = sg_dma_len(sg), now;

		for (; left; left -= now, at += now) {
			if (entries == IDE_PRD_ENTRIES)
				return 0;
			now = min_t(u32, left, ATA_DMA_BOUNDARY - at % ATA_DMA_BOUNDARY);
			prd[entries].addr = cpu_to_le32(at);
			prd[entries++].flags_len = cpu_to_le32(now & 0xffff);	/* 64 KiB is written as 0 */
		}
	}
	prd[entries - 1].flags_len |= cpu_to_le32(ATA_PRD_EOT);
	return entries;
	/* } LAB */
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

/* Before the command: the table, the direction, and no status of an earlier transfer. 0, or -EIO where DMA is not to be. */
static int set_up(struct ide_channel *ch, bool write)
{
	/* LAB 10.2 { set_up */
	outl(ch->prd_dma, ch->bmdma + ATA_DMA_TABLE_OFS);
	outb(write ? 0 : ATA_DMA_WR, ch->bmdma + ATA_DMA_CMD);
	outb(inb(ch->bmdma + ATA_DMA_STATUS) | ATA_DMA_ERR | ATA_DMA_INTR,
	     ch->bmdma + ATA_DMA_STATUS);
	return 0;
	/* } LAB */
}

/* The request's memory becomes the device's: 0, or an error if the CPU has to move the data. */
int ide_dma_prepare(struct ide_channel *ch, struct request *rq)
{
	int n = req_op(rq) == REQ_OP_DISCARD ? trim_sg(ch, rq) : blk_rq_map_sg(rq->q, rq, ch->sg);

	if (!dma_map_sg(ch->dev, ch->sg, n, direction(rq)))
		return -ENOMEM;
	ch->nents = n;
	ch->prd_entries = ide_build_prd(ch->prd, ch->sg, n);
	if (ch->prd_entries && !set_up(ch, rq_data_dir(rq) == WRITE))
		return 0;
	ide_dma_unmap(ch, rq);
	return -EIO;
}

/* The transfer is over, or will not begin: the memory is ours again. */
void ide_dma_unmap(struct ide_channel *ch, struct request *rq)
{
	dma_unmap_sg(ch->dev, ch->sg, ch->nents, direction(rq));
	ch->nents = 0;
}

/* The command is given: the device asks for its data, or has it, when it is ready. */
void ide_dma_go(struct ide_channel *ch)
{
	/* LAB 10.2 { go */
	outb(inb(ch->bmdma + ATA_DMA_CMD) | ATA_DMA_START, ch->bmdma + ATA_DMA_CMD);
	/* } LAB */
	/*
	 * QEMU answers a stop only when the transfer has ended; without it the
	 * interrupt comes when the host's disk has answered, at any instruction.
	 */
	if (ide_sync)
		outb(inb(ch->bmdma + ATA_DMA_CMD) & ~ATA_DMA_START, ch->bmdma + ATA_DMA_CMD);
}

/* Stop the engine, take its status and clear it for the next transfer. */
u8 ide_dma_stop(struct ide_channel *ch)
{
	u8 status = inb(ch->bmdma + ATA_DMA_STATUS);

	/* LAB 10.2 { stop */
	outb(inb(ch->bmdma + ATA_DMA_CMD) & ~ATA_DMA_START, ch->bmdma + ATA_DMA_CMD);
	outb(status | ATA_DMA_ERR | ATA_DMA_INTR, ch->bmdma + ATA_DMA_STATUS);
	/* } LAB */
	return status;
}
