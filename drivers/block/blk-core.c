/*
 * The way of a bio from its submitter to a queue.
 *
 *   submit_bio -> partition to disk -> may it? -> blk_mq_submit_bio, or the
 *   driver's own ->submit_bio
 *
 * Context: process; may sleep for a free request.
 */
#include <linux/export.h>
#include <linux/init.h>
#include "blk.h"

struct workqueue_struct *kblockd;

/* Count sectors from the disk's start, if the bio stays within its partition. */
static bool remap_to_disk(struct bio *bio)
{
	struct gendisk *disk = bio->bi_disk;
	struct hd_struct *part = bio->bi_partno < DISK_MAX_PARTS ?
				 disk->part_tbl[bio->bi_partno] : NULL;
	sector_t sectors = bio_sectors(bio);

	if (!part)
		return false;
	if (sectors && (sectors > part->nr_sects ||
			bio->bi_iter.bi_sector > part->nr_sects - sectors))
		return false;
	if (op_is_write(bio_op(bio)) && sectors && (part->policy || disk->part0.policy))
		return false;
	if (part->partno) {
		unsigned int group = blk_stat_group(bio_op(bio));

		atomic_inc(&part->ios[group]);
		atomic_add(sectors, &part->sectors[group]);
	}
	bio->bi_iter.bi_sector += part->start_sect;
	bio->bi_partno = 0;
	return true;
}

static bool op_supported(const struct request_queue *q, const struct bio *bio)
{
	switch (bio_op(bio)) {
	case REQ_OP_READ:
		return true;
	case REQ_OP_WRITE:
		/* A flush before the data would need an order between the two: nobody keeps one. */
		return !(bio->bi_opf & REQ_PREFLUSH) || !bio->bi_iter.bi_size;
	case REQ_OP_DISCARD:
		return blk_queue_discard(q);
	case REQ_OP_SECURE_ERASE:
		return blk_queue_secure_erase(q);
	case REQ_OP_WRITE_ZEROES:
		return q->limits.max_write_zeroes_sectors;
	default:
		return false;
	}
}

blk_qc_t submit_bio(struct bio *bio)
{
	struct gendisk *disk = bio->bi_disk;
	struct request_queue *q = disk->queue;

	might_sleep();
	if (unlikely(q->dying)) {
		bio_io_error(bio);
		return BLK_QC_T_NONE;
	}
	if (!remap_to_disk(bio)) {
		if (!(bio->bi_flags & BIO_QUIET) && !(bio->bi_opf & REQ_RAHEAD))
			pr_err("%s: access beyond the end or to a read-only disk, sector %llu + %u\n",
			       disk->disk_name, (unsigned long long)bio->bi_iter.bi_sector,
			       bio_sectors(bio));
		bio_io_error(bio);
		return BLK_QC_T_NONE;
	}
	if (!op_supported(q, bio)) {
		bio->bi_status = BLK_STS_NOTSUPP;
		bio_endio(bio);
		return BLK_QC_T_NONE;
	}
	if (disk->fops->submit_bio)
		return disk->fops->submit_bio(bio);
	blk_mq_submit_bio(q, bio);
	return BLK_QC_T_NONE;
}
EXPORT_SYMBOL(submit_bio);

static int __init blk_init(void)
{
	kblockd = alloc_workqueue("kblockd", WQ_MEM_RECLAIM, 0);
	return kblockd ? 0 : -ENOMEM;
}
subsys_initcall(blk_init);
