/*
 * Asking a device what it is: IDENTIFY DEVICE, ATA/ATAPI-6, 8.15.
 *
 * With interrupts masked at the device (nIEN), by polling: nothing else knows
 * of it yet.  A packet device aborts the command and leaves a signature; it is
 * named and left alone.
 *
 * Context: process; sleeps.
 */
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/string.h>
#include "ide.h"

#define IDENTIFY_POLLS		100
#define IDENTIFY_POLL_MS	10
#define QUICK_WAIT		1000		/* microseconds before we sleep instead */
#define FLOATING_BUS		0xff

/* BSY clear, without keeping the CPU from others: 0 or -ETIMEDOUT. */
static int wait_not_busy(struct ide_channel *ch)
{
	int polls;

	if (!ide_wait(ch, ATA_BUSY, 0, QUICK_WAIT))
		return 0;
	for (polls = 0; polls < IDENTIFY_POLLS; polls++) {
		if (!(ide_status(ch) & ATA_BUSY))
			return 0;
		msleep(IDENTIFY_POLL_MS);
	}
	return -ETIMEDOUT;
}

/* Something answers at this address: its registers keep what is written. */
static bool device_answers(struct ide_channel *ch, unsigned int unit)
{
	u8 status;

	ide_select(ch, unit);
	status = ide_status(ch);
	if (status == FLOATING_BUS || wait_not_busy(ch))
		return false;
	outb(0x55, ch->io_base + ATA_REG_NSECT);
	outb(0xaa, ch->io_base + ATA_REG_LBAL);
	return inb(ch->io_base + ATA_REG_NSECT) == 0x55 &&
	       inb(ch->io_base + ATA_REG_LBAL) == 0xaa;
}

static bool is_packet_device(struct ide_channel *ch)
{
	return inb(ch->io_base + ATA_REG_LBAM) == ATAPI_LBAM_SIGNATURE &&
	       inb(ch->io_base + ATA_REG_LBAH) == ATAPI_LBAH_SIGNATURE;
}

/* The 256 words of the answer; -ENODEV, -ETIMEDOUT. */
static int read_identity(struct ide_drive *drive, u8 command)
{
	struct ide_channel *ch = drive->channel;

	outb(command, ch->io_base + ATA_REG_CMD);
	ide_select(ch, drive->unit);
	if (!ide_status(ch))
		return -ENODEV;
	if (wait_not_busy(ch))
		return -ETIMEDOUT;
	if (ide_status(ch) & (ATA_ERR | ATA_DF) || ide_wait(ch, 0, ATA_DRQ, QUICK_WAIT))
		return -ENODEV;
	insw(ch->io_base + ATA_REG_DATA, drive->id, ATA_ID_WORDS);
	inb(ch->io_base + ATA_REG_STATUS);
	return 0;
}

/* Strings have the two bytes of each word swapped, and blanks at the end. */
static void copy_string(char *to, const u16 *words, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		to[2 * i] = words[i] >> 8;
		to[2 * i + 1] = words[i] & 0xff;
	}
	to[2 * nr] = 0;
	strim(to);
}

#define MODEL_WORDS	20

static u64 capacity(const u16 *id)
{
	if (id[ATA_ID_COMMAND_SET_2] & ATA_ID_HAS_LBA48)
		return (u64)id[ATA_ID_LBA_CAPACITY_2] |
		       (u64)id[ATA_ID_LBA_CAPACITY_2 + 1] << 16 |
		       (u64)id[ATA_ID_LBA_CAPACITY_2 + 2] << 32;
	return id[ATA_ID_LBA_CAPACITY] | (u32)id[ATA_ID_LBA_CAPACITY + 1] << 16;
}

/* Word 63 counts as much as 49 and 88: some emulators fill only that. */
static bool knows_dma(const u16 *id)
{
	return (id[ATA_ID_MWDMA_MODES] & ATA_ID_DMA_SUPPORTED) ||
	       (id[ATA_ID_UDMA_MODES] & 0xff) || (id[ATA_ID_CAPABILITY] & ATA_ID_HAS_DMA);
}

static void take_identity(struct ide_drive *drive)
{
	const u16 *id = drive->id;

	copy_string(drive->model, id + ATA_ID_PROD, MODEL_WORDS);
	drive->sectors = capacity(id);
	drive->lba48 = id[ATA_ID_COMMAND_SET_2] & ATA_ID_HAS_LBA48;
	/* The end of a flush cannot be had at once, so none is asked for. */
	drive->write_cache = !ide_sync &&
			     id[ATA_ID_COMMAND_SET_2] & (ATA_ID_HAS_FLUSH | ATA_ID_HAS_FLUSH_EXT);
	drive->can_dma = drive->channel->bmdma && knows_dma(id);
	drive->using_dma = drive->can_dma && !ide_nodma;
	drive->can_trim = drive->can_dma && drive->lba48 && (id[ATA_ID_DATA_SET_MGMT] & ATA_ID_HAS_TRIM);
	drive->multiple = min_t(unsigned int, id[ATA_ID_MAX_MULTSECT] & 0xff, IDE_PIO_MULTIPLE);
	drive->present = drive->sectors && (id[ATA_ID_CAPABILITY] & ATA_ID_HAS_LBA);
}

/* PIO in blocks, if the disk agrees; else sector by sector. */
void ide_set_multiple(struct ide_drive *drive)
{
	struct ide_channel *ch = drive->channel;
	struct ide_taskfile tf = { .command = ATA_CMD_SET_MULTI, .count = drive->multiple };

	outb(ATA_NIEN, ch->ctl_port + ATA_REG_CTL);
	if (drive->multiple < 2 || ide_issue(drive, &tf) || wait_not_busy(ch) ||
	    (inb(ch->io_base + ATA_REG_STATUS) & ATA_ERR))
		drive->multiple = 1;
	outb(0, ch->ctl_port + ATA_REG_CTL);
}

/* Fill in drive->present and all that follows from the answer. */
void ide_identify(struct ide_drive *drive)
{
	struct ide_channel *ch = drive->channel;
	int err;

	outb(ATA_NIEN, ch->ctl_port + ATA_REG_CTL);
	if (device_answers(ch, drive->unit)) {
		err = read_identity(drive, ATA_CMD_ID_ATA);
		if (!err) {
			take_identity(drive);
		} else if (is_packet_device(ch) && !read_identity(drive, ATA_CMD_ID_ATAPI)) {
			copy_string(drive->model, drive->id + ATA_ID_PROD, MODEL_WORDS);
			pr_info("%s: ATAPI device %s, left alone\n", drive->name, drive->model);
		}
	}
	outb(0, ch->ctl_port + ATA_REG_CTL);
	if (drive->present)
		ide_set_multiple(drive);
}
