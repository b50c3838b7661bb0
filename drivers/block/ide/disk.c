/*
 * An IDE disk as the block core sees it.
 *
 * Context: queue_rq() as <linux/blk-mq.h> says; ioctls in process context.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/hdreg.h>
#include <linux/major.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "ide.h"

static blk_status_t ide_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct request *rq = bd->rq;
	struct ide_drive *drive = hctx->queue->queuedata;
	struct ide_channel *ch = drive->channel;
	unsigned long flags;
	int err;

	if (req_op(rq) > REQ_OP_DISCARD)
		return BLK_STS_NOTSUPP;
	spin_lock_irqsave(&ch->lock, flags);
	rq_cmd(rq)->failed = false;
	blk_mq_start_request(rq);
	ch->rq = rq;
	err = ide_start(drive, rq);
	if (err) {
		rq_cmd(rq)->failed = true;
		rq_cmd(rq)->status = ide_status(ch);
		rq_cmd(rq)->error = 0;
		ch->rq = NULL;
	}
	spin_unlock_irqrestore(&ch->lock, flags);
	if (err == -EOPNOTSUPP)
		return BLK_STS_NOTSUPP;
	if (err)
		blk_mq_complete_request(rq);
	return BLK_STS_OK;
}

const struct blk_mq_ops ide_mq_ops = {
	.queue_rq = ide_queue_rq,
	.complete = ide_complete,
	.timeout = ide_timeout,
};

/* ------------------------------------------------------------------ ioctls */

static int set_dma(struct ide_drive *drive, unsigned long on)
{
	unsigned long flags;

	if (!capable(CAP_SYS_ADMIN))
		return -EACCES;
	if (on > 1)
		return -EINVAL;
	if (on && !drive->can_dma)
		return -EIO;
	spin_lock_irqsave(&drive->channel->lock, flags);
	drive->using_dma = on;
	drive->dma_failures = 0;
	spin_unlock_irqrestore(&drive->channel->lock, flags);
	return 0;
}

static int ide_ioctl(struct block_device *bdev, fmode_t mode, unsigned cmd, unsigned long arg)
{
	struct ide_drive *drive = bdev->bd_disk->private_data;

	switch (cmd) {
	case HDIO_GET_IDENTITY:
		return copy_to_user((void __user *)arg, drive->id, sizeof(drive->id)) ? -EFAULT : 0;
	case HDIO_GET_DMA:
		return put_user((long)drive->using_dma, (long __user *)arg);
	case HDIO_SET_DMA:
		return set_dma(drive, arg);
	case HDIO_GET_MULTCOUNT:
		return put_user((long)drive->multiple, (long __user *)arg);
	case HDIO_GET_32BIT:
		return put_user(0l, (long __user *)arg);
	case HDIO_GET_WCACHE:
		return put_user((long)drive->write_cache, (long __user *)arg);
	default:
		return -ENOTTY;
	}
}

#define GEO_HEADS	16
#define GEO_SECTORS	63

/* What old tools want to hear: as IDENTIFY has it, else the usual fiction. */
static int ide_getgeo(struct block_device *bdev, struct hd_geometry *geo)
{
	struct ide_drive *drive = bdev->bd_disk->private_data;
	const struct hd_driveid *id = (const struct hd_driveid *)drive->id;

	geo->heads = id->heads ? id->heads : GEO_HEADS;
	geo->sectors = id->sectors ? id->sectors : GEO_SECTORS;
	geo->cylinders = min_t(u64, div_u64(drive->sectors, geo->heads * geo->sectors), 0xffff);
	return 0;
}

static const struct block_device_operations ide_fops = {
	.ioctl = ide_ioctl,
	.getgeo = ide_getgeo,
};

/* ------------------------------------------------------------------ coming and going */

static void set_limits(struct request_queue *q, const struct ide_drive *drive)
{
	blk_queue_max_hw_sectors(q, IDE_MAX_SECTORS);
	blk_queue_max_segments(q, IDE_MAX_SEGMENTS);
	blk_queue_segment_boundary(q, ATA_DMA_BOUNDARY - 1);
	blk_queue_write_cache(q, drive->write_cache, false);
	blk_queue_rq_timeout(q, IDE_TIMEOUT);
	if (drive->can_trim) {
		q->limits.discard_granularity = ATA_SECT_SIZE;
		blk_queue_max_discard_sectors(q, ATA_TRIM_RANGES * ATA_TRIM_RANGE_SECTORS);
		blk_queue_flag_set(QUEUE_FLAG_DISCARD, q);
	}
}

/* Make the disk public: 0 or -ENOMEM. */
int ide_add_disk(struct ide_drive *drive)
{
	struct ide_channel *ch = drive->channel;
	struct request_queue *q = blk_mq_init_queue(&ch->tag_set);
	struct gendisk *disk;

	if (IS_ERR(q))
		return PTR_ERR(q);
	q->queuedata = drive;
	set_limits(q, drive);
	disk = alloc_disk(IDE_MINORS);
	if (!disk) {
		blk_cleanup_queue(q);
		return -ENOMEM;
	}
	disk->major = ch->index == 0 ? IDE0_MAJOR : IDE1_MAJOR;
	disk->first_minor = drive->unit * IDE_MINORS;
	disk->fops = &ide_fops;
	disk->queue = q;
	disk->private_data = drive;
	strscpy(disk->disk_name, drive->name, sizeof(disk->disk_name));
	set_capacity(disk, drive->sectors);
	drive->disk = disk;
	pr_info("%s: %s, %llu MiB, %s\n", drive->name, drive->model,
		(unsigned long long)drive->sectors >> 11,
		drive->using_dma ? "DMA" : drive->multiple > 1 ? "PIO in blocks" : "PIO");
	if (device_add_disk(ch->dev, disk, NULL))
		pr_err("%s: cannot be shown\n", drive->name);
	return 0;
}

void ide_remove_disk(struct ide_drive *drive)
{
	struct gendisk *disk = drive->disk;

	if (!disk)
		return;
	drive->disk = NULL;
	del_gendisk(disk);
	blk_cleanup_queue(disk->queue);
	put_disk(disk);
}
