/*
 * Commands: the registers are filled, the last one starts it.
 * ATA/ATAPI-6, chapters 7 (registers) and 9.5 on (protocols).
 *
 * Context: any; the channel's lock is held, or nobody else uses the channel.
 */
#include <linux/delay.h>
#include <linux/io.h>
#include "ide.h"

#define READY_WAIT	50000		/* microseconds until an idle device takes a command */
#define DRQ_WAIT	50000		/* … until it wants the first data of a write */
#define POLL_STEP	10		/* microseconds */

/* The status, without acknowledging an interrupt. */
u8 ide_status(struct ide_channel *ch)
{
	return inb(ch->ctl_port + ATA_REG_ALTSTATUS);
}

/* Until the bits of `clear` are clear and those of `set` set: 0, or -ETIMEDOUT. */
int ide_wait(struct ide_channel *ch, u8 clear, u8 set, unsigned int usecs)
{
	unsigned int waited;

	for (waited = 0; waited <= usecs; waited += POLL_STEP) {
		u8 status = ide_status(ch);

		if (!(status & clear) && (status & set) == set)
			return 0;
		udelay(POLL_STEP);
	}
	return -ETIMEDOUT;
}

/* Address a device; its status is valid 400 ns later, which four reads of a port take. */
void ide_select(struct ide_channel *ch, unsigned int unit)
{
	int i;

	outb(ATA_DEVICE_OBS | ATA_LBA | (unit ? ATA_DEV1 : 0), ch->io_base + ATA_REG_DEVICE);
	for (i = 0; i < 4; i++)
		ide_status(ch);
}

/* The 48-bit form: each register takes its high byte first. */
static void write_lba48(struct ide_channel *ch, const struct ide_taskfile *tf)
{
	outb(tf->count >> 8, ch->io_base + ATA_REG_NSECT);
	outb(tf->lba >> 24, ch->io_base + ATA_REG_LBAL);
	outb(tf->lba >> 32, ch->io_base + ATA_REG_LBAM);
	outb(tf->lba >> 40, ch->io_base + ATA_REG_LBAH);
}

/* Select the device, wait until it is idle, start the command: 0 or -ETIMEDOUT. */
int ide_issue(struct ide_drive *drive, const struct ide_taskfile *tf)
{
	struct ide_channel *ch = drive->channel;
	u8 device = ATA_DEVICE_OBS | ATA_LBA | (drive->unit ? ATA_DEV1 : 0);

	ide_select(ch, drive->unit);
	if (ide_wait(ch, ATA_BUSY | ATA_DRQ, 0, READY_WAIT))
		return -ETIMEDOUT;
	if (tf->lba48)
		write_lba48(ch, tf);
	else
		device |= (tf->lba >> 24) & 0x0f;
	if (tf->feature)
		outb(tf->feature, ch->io_base + ATA_REG_FEATURE);
	outb(tf->count, ch->io_base + ATA_REG_NSECT);
	outb(tf->lba, ch->io_base + ATA_REG_LBAL);
	outb(tf->lba >> 8, ch->io_base + ATA_REG_LBAM);
	outb(tf->lba >> 16, ch->io_base + ATA_REG_LBAH);
	outb(device, ch->io_base + ATA_REG_DEVICE);
	outb(tf->command, ch->io_base + ATA_REG_CMD);
	return 0;
}

/* By direction, way and address width. */
static u8 transfer_command(const struct ide_drive *drive, bool write, bool dma, bool lba48)
{
	static const u8 commands[2][3][2] = {
		{
			{ ATA_CMD_READ, ATA_CMD_READ_EXT },
			{ ATA_CMD_READ_MULTI, ATA_CMD_READ_MULTI_EXT },
			{ ATA_CMD_READ_DMA, ATA_CMD_READ_DMA_EXT },
		}, {
			{ ATA_CMD_WRITE, ATA_CMD_WRITE_EXT },
			{ ATA_CMD_WRITE_MULTI, ATA_CMD_WRITE_MULTI_EXT },
			{ ATA_CMD_WRITE_DMA, ATA_CMD_WRITE_DMA_EXT },
		},
	};

	return commands[write][dma ? 2 : drive->multiple > 1][lba48];
}

static int start_dma(struct ide_drive *drive, struct request *rq, const struct ide_taskfile *tf)
{
	struct ide_channel *ch = drive->channel;
	int err = ide_issue(drive, tf);

	if (err)
		ide_dma_unmap(ch, rq);
	else
		ide_dma_go(ch);		/* after the command: the device asks when it is ready */
	return err;
}

static int start_transfer(struct ide_drive *drive, struct request *rq)
{
	struct ide_channel *ch = drive->channel;
	struct ide_taskfile tf = { .lba = blk_rq_pos(rq), .count = blk_rq_sectors(rq) };
	bool write = rq_data_dir(rq) == WRITE, dma = drive->using_dma && !ide_dma_prepare(ch, rq);
	int err;

	tf.lba48 = tf.lba + tf.count > ATA_LBA28_SECTORS || tf.count > ATA_MAX_SECTORS;
	tf.command = transfer_command(drive, write, dma, tf.lba48);
	ch->dma_active = dma;
	if (dma)
		return start_dma(drive, rq, &tf);
	ide_pio_begin(ch, rq);
	err = ide_issue(drive, &tf);
	if (!err && write) {
		/* The first block is not announced by an interrupt. */
		err = ide_wait(ch, ATA_BUSY, ATA_DRQ, DRQ_WAIT);
		if (!err)
			ide_pio_block(drive, rq);
	}
	return err;
}

/* The sectors hold nothing any more: DATA SET MANAGEMENT, whose data is a sector of ranges. */
static int start_trim(struct ide_drive *drive, struct request *rq)
{
	struct ide_taskfile tf = {
		.command = ATA_CMD_DSM, .feature = ATA_DSM_TRIM, .count = 1, .lba48 = true,
	};

	if (!drive->using_dma || ide_dma_prepare(drive->channel, rq))
		return -EOPNOTSUPP;
	drive->channel->dma_active = true;
	return start_dma(drive, rq, &tf);
}

static int start_flush(struct ide_drive *drive)
{
	struct ide_taskfile tf = {
		.command = drive->lba48 ? ATA_CMD_FLUSH_EXT : ATA_CMD_FLUSH,
	};

	drive->channel->dma_active = false;
	drive->channel->pio.sectors_left = 0;
	return ide_issue(drive, &tf);
}

/* Begin a request; its interrupt goes on. lock held. 0, -ETIMEDOUT, -EOPNOTSUPP. */
int ide_start(struct ide_drive *drive, struct request *rq)
{
	lockdep_assert_held(&drive->channel->lock);
	switch (req_op(rq)) {
	case REQ_OP_FLUSH:
		return start_flush(drive);
	case REQ_OP_DISCARD:
		return start_trim(drive, rq);
	default:
		return start_transfer(drive, rq);
	}
}
