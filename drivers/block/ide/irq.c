/*
 * The interrupt of a channel: IRQ 14 or 15.
 *
 * By DMA: bit 2 of the bus master's status says that it is ours and that the
 * data has arrived; BSY may lag behind.  By PIO: one block is ready, or wanted,
 * or the command is over.  Reading the status register quiets the device.
 *
 * Context: interrupt.
 */
#include <linux/io.h>
#include <linux/moduleparam.h>
#include "ide.h"

unsigned int ide_lose_irqs;
/* So many interrupts from now on are lost, to see the time-out at work. */
module_param_named(lose_irqs, ide_lose_irqs, uint, 0644);

/* What an interrupt meant for the request that runs. */
enum irq_result { IDE_NOT_OURS, IDE_GOES_ON, IDE_DONE, IDE_FAILED };

static enum irq_result note_failure(struct ide_channel *ch, struct request *rq, u8 status)
{
	rq_cmd(rq)->failed = true;
	rq_cmd(rq)->status = status;
	rq_cmd(rq)->error = inb(ch->io_base + ATA_REG_ERR);
	return IDE_FAILED;
}

/* [l] held.  The bus master is stopped before the status is read: that ends the transfer. */
static enum irq_result dma_interrupt(struct ide_channel *ch, struct request *rq)
{
	/* LAB 10.2 { interrupt */
	u8 bm, status;

	if (!(inb(ch->bmdma + ATA_DMA_STATUS) & ATA_DMA_INTR))
		return IDE_NOT_OURS;
	bm = ide_dma_stop(ch);
	ide_dma_unmap(ch, rq);
	status = inb(ch->io_base + ATA_REG_STATUS);
	if ((bm & ATA_DMA_ERR) || (status & (ATA_DF | ATA_ERR | ATA_DRQ)))
		return note_failure(ch, rq, status);
	return IDE_DONE;
	/* } LAB */
}

/* [l] held.  The status is read once BSY is gone; a block is moved here, by the CPU. */
static enum irq_result pio_interrupt(struct ide_channel *ch, struct request *rq)
{
	u8 status;

	if (ide_status(ch) & ATA_BUSY)
		return IDE_NOT_OURS;
	status = inb(ch->io_base + ATA_REG_STATUS);
	if (ch->bmdma)
		outb(ATA_DMA_INTR, ch->bmdma + ATA_DMA_STATUS);
	if (status & (ATA_DF | ATA_ERR))
		return note_failure(ch, rq, status);
	if (!ch->pio.sectors_left)
		return IDE_DONE;		/* a write's last block, or a flush */
	if (!(status & ATA_DRQ))
		return note_failure(ch, rq, status);
	ide_pio_block(rq_drive(rq), rq);
	if (!ch->pio.sectors_left && rq_data_dir(rq) == READ)
		return IDE_DONE;
	return IDE_GOES_ON;
}

/* Nothing runs: a device that was reset, or the other end of a time-out. Quiet it. */
static irqreturn_t stray_interrupt(struct ide_channel *ch)
{
	inb(ch->io_base + ATA_REG_STATUS);
	if (ch->bmdma)
		outb(ATA_DMA_INTR, ch->bmdma + ATA_DMA_STATUS);
	return IRQ_NONE;
}

/*
 * The handler.  A request that is over leaves the channel under the lock, so that
 * the time-out can no longer find it, and is completed without the lock: its end
 * starts the next one.
 */
irqreturn_t ide_interrupt(int irq, void *dev_id)
{
	struct ide_channel *ch = dev_id;
	enum irq_result result;
	struct request *rq;
	irqreturn_t stray;

	spin_lock(&ch->lock);
	rq = ch->rq;
	if (!rq || ide_lose_irqs) {
		if (rq)
			ide_lose_irqs--;
		stray = stray_interrupt(ch);
		spin_unlock(&ch->lock);
		return stray;
	}
	result = ch->dma_active ? dma_interrupt(ch, rq) : pio_interrupt(ch, rq);
	if (result >= IDE_DONE)
		ch->rq = NULL;
	spin_unlock(&ch->lock);
	if (result == IDE_NOT_OURS)
		return IRQ_NONE;
	if (result >= IDE_DONE)
		blk_mq_complete_request(rq);
	return IRQ_HANDLED;
}
