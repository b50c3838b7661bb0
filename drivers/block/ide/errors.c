/*
 * What happens when a request fails or takes too long.
 *
 *   the device said so   ide_interrupt -> ide_complete -> error_work
 *   no interrupt came    ide_timeout, called by the queue
 *
 * Both end in recover(): the channel is reset, the request goes back to its
 * queue for another try, and after IDE_RETRIES tries it ends with -EIO.  A
 * disk on which DMA keeps failing goes on by PIO.
 *
 * The channel's only tag is the failed request's, so that nothing else starts
 * meanwhile.  Context: process; sleeps; ide_complete() in interrupts.
 */
#include <linux/delay.h>
#include <linux/io.h>
#include "ide.h"

#define RESET_PULSE_US	10		/* at least 5, says 9.2 */
#define RESET_SETTLE_MS	2
#define RESET_POLL_MS	10
#define RESET_LIMIT_MS	31000		/* a device 0 that waits for its device 1 */

/* Reset both devices and wait until they are idle: 0 or -ETIMEDOUT. */
int ide_soft_reset(struct ide_channel *ch)
{
	unsigned int waited, unit;

	outb(ATA_SRST, ch->ctl_port + ATA_REG_CTL);
	udelay(RESET_PULSE_US);
	outb(0, ch->ctl_port + ATA_REG_CTL);	/* interrupts on, too */
	msleep(RESET_SETTLE_MS);
	for (waited = 0; ide_status(ch) & ATA_BUSY; waited += RESET_POLL_MS) {
		if (waited > RESET_LIMIT_MS) {
			pr_err("%s: does not come back from a reset\n", ch->name);
			return -ETIMEDOUT;
		}
		msleep(RESET_POLL_MS);
	}
	for (unit = 0; unit < IDE_DRIVES; unit++) {
		if (ch->drives[unit].present)
			ide_set_multiple(&ch->drives[unit]);
	}
	return 0;
}

static void count_dma_failure(struct ide_drive *drive)
{
	/* LAB 10.3 { distrust */
	if (++drive->dma_failures < IDE_DMA_FAILURES_MAX || !drive->using_dma)
		return;
	drive->using_dma = false;
	pr_warn("%s: DMA keeps failing, going on by PIO\n", drive->name);
	/* } LAB */
}

/* What the disk itself says of a sector is no reason to distrust DMA; a bad checksum is. */
static bool transfer_failed(const struct ide_cmd *cmd)
{
	/* LAB 10.3 { whose */
	return !(cmd->status & ATA_ERR) || (cmd->error & ATA_ICRC);
	/* } LAB */
}

/*
 * The hardware has let go of rq: reset, then try it again or give up.
 * transfer: not the disk but the way to it has failed.
 */
static void recover(struct ide_channel *ch, struct request *rq, bool transfer)
{
	might_sleep();
	if (ch->dma_active && transfer)
		count_dma_failure(rq_drive(rq));
	/* LAB 10.3 { recover */
	if (!ide_soft_reset(ch) && rq->retries++ < IDE_RETRIES)
		blk_mq_requeue_request(rq, true);
	else
		blk_mq_end_request(rq, BLK_STS_IOERR);
	/* } LAB */
}

void ide_error_work(struct work_struct *work)
{
	struct ide_channel *ch = container_of(work, struct ide_channel, error_work);
	struct request *rq = ch->failed_rq;

	pr_warn("%s: sector %llu: status %02x, error %02x\n", rq_drive(rq)->name,
		(unsigned long long)blk_rq_pos(rq), rq_cmd(rq)->status, rq_cmd(rq)->error);
	ch->failed_rq = NULL;
	recover(ch, rq, transfer_failed(rq_cmd(rq)));
}

/* ->complete: the interrupt's last word. Context: interrupt. */
void ide_complete(struct request *rq)
{
	struct ide_channel *ch = rq_drive(rq)->channel;

	if (!rq_cmd(rq)->failed) {
		blk_mq_end_request(rq, BLK_STS_OK);
		return;
	}
	ch->failed_rq = rq;
	schedule_work(&ch->error_work);
}

/*
 * ->timeout.  Who empties ch->rq has the request: if the interrupt was first, it ends it.
 */
enum blk_eh_timer_return ide_timeout(struct request *rq, bool reserved)
{
	/* LAB 10.3 { timeout */
	struct ide_channel *ch = rq_drive(rq)->channel;
	unsigned long flags;
	bool running;
	u8 status;

	spin_lock_irqsave(&ch->lock, flags);
	running = ch->rq == rq;
	status = ide_status(ch);
	if (running) {
		ch->rq = NULL;
		if (ch->dma_active) {
			ide_dma_stop(ch);
			ide_dma_unmap(ch, rq);
		}
	}
	spin_unlock_irqrestore(&ch->lock, flags);
	if (!running)
		return BLK_EH_DONE;
	pr_warn("%s: sector %llu: no interrupt in time, status %02x\n", rq_drive(rq)->name,
		(unsigned long long)blk_rq_pos(rq), status);
	recover(ch, rq, true);
	return BLK_EH_DONE;
	/* } LAB */
}
