/*
 * A disk in memory as a block driver of today: a queue, all six operations, a time-out.
 *
 *	modprobe blkram; cat fs.img >/dev/blkram0; mount -t ext2 /dev/blkram0 /mnt
 *	cat /sys/block/blkram0/counts/write
 *
 * fs.img is a file system that the host made, with user/mkdisk.py make fs.img --size 4.
 *
 * The memory answers at once, so parameters make hardware of it, also while it is loaded:
 *
 *	delay_ms=50	a request takes that long, and a timer ends it as an interrupt would;
 *			others wait in the queue meanwhile, are sorted and merged
 *	drop=1		the next request is lost: the time-out finds it
 *	plain=1		a disk without discard, secure erase and zeroing: EOPNOTSUPP
 *
 * Context: queue_rq() by whoever submits or the block layer's worker, complete() also from the
 * timer. The counts are atomic, a request belongs to the driver until it is completed; the
 * memory needs no lock, for where two requests overlap, so do their bytes.
 */
#include <linux/blkdev.h>
#include <linux/blk-mq.h>
#include <linux/hdreg.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "blkram.h"

#define BLKRAM_MINORS	16
#define GEO_HEADS	64
#define GEO_SECTORS	32

static unsigned int mib = 4, depth = 1, timeout_ms = 1000, delay_ms, drop;
static bool plain;
module_param(mib, uint, 0444);
MODULE_PARM_DESC(mib, "size in MiB");
module_param(depth, uint, 0444);
MODULE_PARM_DESC(depth, "requests the device works on at once");
module_param(timeout_ms, uint, 0444);
MODULE_PARM_DESC(timeout_ms, "milliseconds until a request counts as lost");
module_param(delay_ms, uint, 0644);
MODULE_PARM_DESC(delay_ms, "milliseconds that a request takes");
module_param(drop, uint, 0644);
MODULE_PARM_DESC(drop, "so many of the next requests are never answered");
module_param(plain, bool, 0444);
MODULE_PARM_DESC(plain, "only read, write and flush");

enum { OPENS, CLOSES, READS, WRITES, FLUSHES, DISCARDS, SECURE_ERASES, WRITE_ZEROES, LOST, COUNTS };

struct blkram {
	u8 *data;
	u64 size;			/* bytes */
	int major;
	atomic_t counts[COUNTS];
	struct blk_mq_tag_set set;
	struct gendisk *disk;
};

/* The driver's part of each request. */
struct blkram_cmd {
	blk_status_t status;
	struct timer_list interrupt;	/* pending: the device is at it */
};

static struct blkram blkram;

/* ------------------------------------------------------------------ requests */

static void move_data(struct blkram *ram, struct request *rq)
{
	u8 *at = ram->data + ((u64)blk_rq_pos(rq) << SECTOR_SHIFT);
	struct req_iterator iter;
	struct bio_vec bv;

	rq_for_each_segment(bv, rq, iter) {
		u8 *page = kmap_atomic(bv.bv_page);

		if (rq_data_dir(rq) == WRITE)
			memcpy(at, page + bv.bv_offset, bv.bv_len);
		else
			memcpy(page + bv.bv_offset, at, bv.bv_len);
		kunmap_atomic(page);
		at += bv.bv_len;
	}
}

static blk_status_t serve(struct blkram *ram, struct request *rq)
{
	u64 pos = (u64)blk_rq_pos(rq) << SECTOR_SHIFT;
	unsigned int bytes = blk_rq_bytes(rq);

	if (pos + bytes > ram->size)
		return BLK_STS_IOERR;
	switch (req_op(rq)) {
	case REQ_OP_READ:
	case REQ_OP_WRITE:
		atomic_inc(&ram->counts[rq_data_dir(rq) == WRITE ? WRITES : READS]);
		move_data(ram, rq);
		return BLK_STS_OK;
	case REQ_OP_FLUSH:
		atomic_inc(&ram->counts[FLUSHES]);
		return BLK_STS_OK;
	case REQ_OP_DISCARD:
		atomic_inc(&ram->counts[DISCARDS]);
		break;
	case REQ_OP_SECURE_ERASE:
		atomic_inc(&ram->counts[SECURE_ERASES]);
		break;
	case REQ_OP_WRITE_ZEROES:
		atomic_inc(&ram->counts[WRITE_ZEROES]);
		break;
	default:
		return BLK_STS_NOTSUPP;
	}
	memset(ram->data + pos, 0, bytes);
	return BLK_STS_OK;
}

/* The next request begins; it ends now, by the timer, or by the time-out. */
static blk_status_t blkram_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct request *rq = bd->rq;
	struct blkram_cmd *cmd = blk_mq_rq_to_pdu(rq);
	struct blkram *ram = hctx->driver_data;

	blk_mq_start_request(rq);
	if (READ_ONCE(drop)) {
		drop--;
		return BLK_STS_OK;
	}
	cmd->status = serve(ram, rq);
	if (delay_ms)
		mod_timer(&cmd->interrupt, jiffies + msecs_to_jiffies(delay_ms));
	else
		blk_mq_complete_request(rq);
	return BLK_STS_OK;
}

static void blkram_interrupt(struct timer_list *timer)
{
	struct blkram_cmd *cmd = from_timer(cmd, timer, interrupt);

	blk_mq_complete_request(blk_mq_rq_from_pdu(cmd));
}

static void blkram_complete(struct request *rq)
{
	struct blkram_cmd *cmd = blk_mq_rq_to_pdu(rq);

	blk_mq_end_request(rq, cmd->status);
}

/* Only slow, or lost? */
static enum blk_eh_timer_return blkram_timeout(struct request *rq, bool reserved)
{
	struct blkram_cmd *cmd = blk_mq_rq_to_pdu(rq);
	struct blkram *ram = rq->mq_hctx->driver_data;

	if (timer_pending(&cmd->interrupt))
		return BLK_EH_RESET_TIMER;
	atomic_inc(&ram->counts[LOST]);
	pr_warn("blkram: sector %llu: lost\n", (unsigned long long)blk_rq_pos(rq));
	cmd->status = BLK_STS_TIMEOUT;
	blk_mq_complete_request(rq);
	return BLK_EH_DONE;
}

static int blkram_init_hctx(struct blk_mq_hw_ctx *hctx, void *data, unsigned int index)
{
	hctx->driver_data = data;
	return 0;
}

static int blkram_init_request(struct blk_mq_tag_set *set, struct request *rq, unsigned int index,
			       unsigned int node)
{
	struct blkram_cmd *cmd = blk_mq_rq_to_pdu(rq);

	timer_setup(&cmd->interrupt, blkram_interrupt, 0);
	return 0;
}

static void blkram_exit_request(struct blk_mq_tag_set *set, struct request *rq, unsigned int index)
{
	struct blkram_cmd *cmd = blk_mq_rq_to_pdu(rq);

	del_timer_sync(&cmd->interrupt);
}

static const struct blk_mq_ops blkram_mq_ops = {
	.queue_rq = blkram_queue_rq,
	.complete = blkram_complete,
	.timeout = blkram_timeout,
	.init_hctx = blkram_init_hctx,
	.init_request = blkram_init_request,
	.exit_request = blkram_exit_request,
};

/* ------------------------------------------------------------------ the disk */

/* From a mount as from open(). */
static int blkram_open(struct block_device *bdev, fmode_t mode)
{
	struct blkram *ram = bdev->bd_disk->private_data;

	atomic_inc(&ram->counts[OPENS]);
	return 0;
}

static void blkram_release(struct gendisk *disk, fmode_t mode)
{
	struct blkram *ram = disk->private_data;

	atomic_inc(&ram->counts[CLOSES]);
}

static int blkram_ioctl(struct block_device *bdev, fmode_t mode, unsigned int cmd, unsigned long arg)
{
	struct blkram *ram = bdev->bd_disk->private_data;

	if (cmd == BLKRAM_GET_LOST)
		return put_user(atomic_read(&ram->counts[LOST]), (int __user *)arg);
	return -ENOTTY;
}

static int blkram_getgeo(struct block_device *bdev, struct hd_geometry *geo)
{
	struct blkram *ram = bdev->bd_disk->private_data;

	geo->heads = GEO_HEADS;
	geo->sectors = GEO_SECTORS;
	geo->cylinders = (unsigned long)ram->size / (GEO_HEADS * GEO_SECTORS * SECTOR_SIZE);
	return 0;
}

static const struct block_device_operations blkram_fops = {
	.owner = THIS_MODULE,
	.open = blkram_open,
	.release = blkram_release,
	.ioctl = blkram_ioctl,
	.getgeo = blkram_getgeo,
};

/* /sys/block/blkram0/counts/…: what reached the driver. */
#define BLKRAM_COUNT(_name, _index)								\
	static ssize_t _name##_show(struct device *dev, struct device_attribute *attr, char *buf) \
	{											\
		struct blkram *ram = dev_to_disk(dev)->private_data;				\
												\
		return sysfs_emit(buf, "%d\n", atomic_read(&ram->counts[_index]));		\
	}											\
	static DEVICE_ATTR_RO(_name)

BLKRAM_COUNT(open, OPENS);
BLKRAM_COUNT(close, CLOSES);
BLKRAM_COUNT(read, READS);
BLKRAM_COUNT(write, WRITES);
BLKRAM_COUNT(flush, FLUSHES);
BLKRAM_COUNT(discard, DISCARDS);
BLKRAM_COUNT(secure_erase, SECURE_ERASES);
BLKRAM_COUNT(write_zeroes, WRITE_ZEROES);
BLKRAM_COUNT(lost, LOST);

static struct attribute *count_attrs[] = {
	&dev_attr_open.attr, &dev_attr_close.attr, &dev_attr_read.attr, &dev_attr_write.attr, &dev_attr_flush.attr,
	&dev_attr_discard.attr, &dev_attr_secure_erase.attr, &dev_attr_write_zeroes.attr, &dev_attr_lost.attr, NULL,
};

static const struct attribute_group count_group = { .name = "counts", .attrs = count_attrs };
static const struct attribute_group *blkram_groups[] = { &count_group, NULL };

/* ------------------------------------------------------------------ coming and going */

static void set_limits(struct request_queue *q)
{
	blk_queue_write_cache(q, true, false);
	blk_queue_flag_set(QUEUE_FLAG_NONROT, q);
	if (plain)
		return;
	q->limits.discard_granularity = SECTOR_SIZE;
	blk_queue_max_discard_sectors(q, UINT_MAX >> SECTOR_SHIFT);
	blk_queue_max_write_zeroes_sectors(q, UINT_MAX >> SECTOR_SHIFT);
	blk_queue_flag_set(QUEUE_FLAG_DISCARD, q);
	blk_queue_flag_set(QUEUE_FLAG_SECERASE, q);
}

static int add_blkram(struct blkram *ram)
{
	struct request_queue *q;
	int err;

	ram->set = (struct blk_mq_tag_set){
		.ops = &blkram_mq_ops, .nr_hw_queues = 1, .queue_depth = depth,
		.numa_node = NUMA_NO_NODE, .cmd_size = sizeof(struct blkram_cmd),
		.timeout = msecs_to_jiffies(timeout_ms), .flags = BLK_MQ_F_SHOULD_MERGE,
		.driver_data = ram,
	};
	err = blk_mq_alloc_tag_set(&ram->set);
	if (err)
		return err;
	q = blk_mq_init_queue(&ram->set);
	err = PTR_ERR(q);
	if (IS_ERR(q))
		goto out_free_set;
	q->queuedata = ram;
	set_limits(q);
	ram->disk = alloc_disk(BLKRAM_MINORS);
	err = -ENOMEM;
	if (!ram->disk)
		goto out_cleanup_queue;
	ram->disk->major = ram->major;
	ram->disk->fops = &blkram_fops;
	ram->disk->queue = q;
	ram->disk->private_data = ram;
	strscpy(ram->disk->disk_name, "blkram0", DISK_NAME_LEN);
	set_capacity(ram->disk, ram->size >> SECTOR_SHIFT);
	err = device_add_disk(NULL, ram->disk, blkram_groups);
	if (!err)
		return 0;
	put_disk(ram->disk);
out_cleanup_queue:
	blk_cleanup_queue(q);
out_free_set:
	blk_mq_free_tag_set(&ram->set);
	return err;
}

static int __init blkram_init(void)
{
	struct blkram *ram = &blkram;
	int err;

	if (!mib || mib > 64 || !depth)
		return -EINVAL;
	ram->size = (u64)mib << 20;
	ram->data = vzalloc(ram->size);
	if (!ram->data)
		return -ENOMEM;
	ram->major = register_blkdev(0, "blkram");
	err = ram->major;
	if (err < 0)
		goto out_free_data;
	err = add_blkram(ram);
	if (err)
		goto out_unregister;
	pr_info("blkram: %u MiB, %u requests at once\n", mib, depth);
	return 0;

out_unregister:
	unregister_blkdev(ram->major, "blkram");
out_free_data:
	vfree(ram->data);
	return err;
}

static void __exit blkram_exit(void)
{
	struct blkram *ram = &blkram;
	struct request_queue *q = ram->disk->queue;

	del_gendisk(ram->disk);
	blk_cleanup_queue(q);
	put_disk(ram->disk);
	blk_mq_free_tag_set(&ram->set);
	unregister_blkdev(ram->major, "blkram");
	vfree(ram->data);
}

module_init(blkram_init);
module_exit(blkram_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A disk in memory behind a request queue");
