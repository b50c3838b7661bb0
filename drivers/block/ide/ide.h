/*
 * The driver of IDE disks: what its files share.
 *
 *   probe.c     finds controllers and channels, brings disks up
 *   identify.c  asks a device what it is
 *   disk.c      the disk's face: queue_rq, ioctls, geometry
 *   command.c   registers of a command; waiting for the device
 *   dma.c       transfers by bus master: the PRD table
 *   pio.c       transfers by the CPU
 *   irq.c       the interrupt: what has ended, and how
 *   errors.c    time-outs, reset, another try, giving up
 *   debug.c     the PRD table for who wants to see it
 *
 * Two disks share a channel's registers, so a channel has one request at a
 * time: one tag for both queues.
 *
 * A read: queue_rq -> ide_start -> PRD table, command, start bit; the process
 * sleeps; IRQ 14 -> ide_interrupt -> blk_mq_complete_request -> ide_complete
 * -> blk_mq_end_request: the bios end, sleepers wake, the next request starts.
 */
#ifndef DRIVERS_BLOCK_IDE_H
#define DRIVERS_BLOCK_IDE_H

#include <linux/ata.h>
#include <linux/blk-mq.h>
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/pci.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#define IDE_DRIVES		2		/* of a channel */
#define IDE_MINORS		64		/* of a disk */
#define IDE_MAX_SECTORS		256
#define IDE_MAX_SEGMENTS	256
#define IDE_PRD_ENTRIES		512		/* of the table, at most */
#define IDE_PIO_MULTIPLE	16		/* sectors an interrupt, if the disk can */
#define IDE_TIMEOUT		(10 * HZ)	/* of a request */
#define IDE_RETRIES		3
#define IDE_DMA_FAILURES_MAX	3		/* then the disk goes on by PIO */

struct ide_channel;

/* Constant once probed, but: [l] channel->lock */
struct ide_drive {
	struct ide_channel *channel;
	unsigned int unit;			/* 0: device 0 */
	bool present;
	bool lba48, can_dma, can_trim, write_cache;
	bool using_dma;				/* [l] */
	unsigned int multiple;			/* sectors an interrupt by PIO */
	unsigned int dma_failures;		/* [l] */
	u64 sectors;
	char name[8];				/* "hda" */
	char model[ATA_ID_WORDS / 6];		/* 40 characters and an end */
	u16 id[ATA_ID_WORDS];			/* what IDENTIFY answered */
	struct gendisk *disk;
};

/* The driver's part of a request; belongs to whoever has the request. */
struct ide_cmd {
	bool failed;				/* errors.c has to look at it */
	u8 status, error;			/* registers as they were then */
};

/* What is still to be moved by PIO. */
struct ide_pio_state {
	struct bio *bio;
	struct bvec_iter iter;
	unsigned int sectors_left;
};

/* [l] lock, irq-safe   [I] set by probe, then constant */
struct ide_channel {
	unsigned int io_base, ctl_port;		/* [I] command block, control port */
	unsigned int bmdma;			/* [I] bus-master registers, 0: none */
	unsigned int irq;			/* [I] */
	unsigned int index;			/* [I] 0: ide0 */
	char name[8];				/* [I] "ide0" */
	spinlock_t lock;			/* this is l: the registers and what follows */
	struct request *rq;			/* [l] in the hardware */
	bool dma_active;			/* [l] … by bus master */
	struct ide_pio_state pio;		/* [l] … or by the CPU */
	struct device *dev;			/* [I] who does the DMA; NULL: none */
	struct scatterlist *sg;			/* [l] the request's memory, mapped: nents pieces */
	unsigned int nents;			/* [l] */
	struct ata_bmdma_prd *prd;		/* [l] the table; one page … */
	unsigned int prd_entries;		/* [l] … so many of the last transfer */
	dma_addr_t prd_dma;			/* [I] … as the device sees it */
	void *trim;				/* [l] a sector of ranges */
	struct dentry *debug_dir;		/* [I] */
	struct request *failed_rq;		/* owned by error_work once it is queued */
	struct work_struct error_work;
	struct blk_mq_tag_set tag_set;
	struct ide_drive drives[IDE_DRIVES];
};

/* One command's registers. */
struct ide_taskfile {
	u8 command, feature;
	u64 lba;
	unsigned int count;			/* sectors, up to 256; 65536 with lba48 */
	bool lba48;
};

static inline struct ide_drive *rq_drive(struct request *rq)
{
	return rq->q->queuedata;
}

static inline struct ide_cmd *rq_cmd(struct request *rq)
{
	return blk_mq_rq_to_pdu(rq);
}

/* command.c.  Context: any with lock held, or alone with the channel. */
extern int ide_wait(struct ide_channel *ch, u8 clear, u8 set, unsigned int usecs);
extern void ide_select(struct ide_channel *ch, unsigned int unit);
extern int ide_issue(struct ide_drive *drive, const struct ide_taskfile *tf);
extern int ide_start(struct ide_drive *drive, struct request *rq);
extern u8 ide_status(struct ide_channel *ch);

/* dma.c.  lock held. */
extern int ide_dma_prepare(struct ide_channel *ch, struct request *rq);
extern void ide_dma_unmap(struct ide_channel *ch, struct request *rq);
extern void ide_dma_go(struct ide_channel *ch);
extern u8 ide_dma_stop(struct ide_channel *ch);
extern unsigned int ide_build_prd(struct ata_bmdma_prd *prd, struct scatterlist *sgl, unsigned int n);

/* pio.c.  lock held. */
extern void ide_pio_begin(struct ide_channel *ch, struct request *rq);
extern void ide_pio_block(struct ide_drive *drive, struct request *rq);

/* irq.c */
extern irqreturn_t ide_interrupt(int irq, void *dev_id);
extern unsigned int ide_lose_irqs;		/* a fault to be injected: interrupts to overlook */

/* errors.c */
extern void ide_error_work(struct work_struct *work);
extern enum blk_eh_timer_return ide_timeout(struct request *rq, bool reserved);
extern int ide_soft_reset(struct ide_channel *ch);
extern void ide_complete(struct request *rq);

/* debug.c */
extern void ide_debug_add(struct ide_channel *ch);
extern void ide_debug_remove(struct ide_channel *ch);

/* identify.c.  Process context, alone with the channel. */
extern void ide_identify(struct ide_drive *drive);
extern void ide_set_multiple(struct ide_drive *drive);

/* disk.c */
extern int ide_add_disk(struct ide_drive *drive);
extern void ide_remove_disk(struct ide_drive *drive);
extern const struct blk_mq_ops ide_mq_ops;
extern bool ide_nodma;				/* ide=nodma */
/*
 * ide=sync: a transfer has ended before its start returns, so that a machine whose
 * clock counts instructions repeats itself. For emulators: see ide_dma_go().
 */
extern bool ide_sync;

#endif
