/*
 * The way of a bio from its submitter to a queue, and what is sent without
 * pages: flush, discard, zeroing.
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

unsigned int blk_stat_group(unsigned int op)
{
	return op == REQ_OP_DISCARD || op == REQ_OP_SECURE_ERASE ? 2 : op & 1;
}

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

int blkdev_issue_flush(struct block_device *bdev, gfp_t gfp)
{
	struct bio *bio;
	int err;

	if (!bdev->bd_disk || !bdev_get_queue(bdev)->write_cache)
		return 0;
	bio = bio_alloc(gfp, 0);
	if (!bio)
		return -ENOMEM;
	bio_set_dev(bio, bdev);
	bio->bi_opf = REQ_OP_WRITE | REQ_PREFLUSH;
	err = submit_bio_wait(bio);
	bio_put(bio);
	return err;
}
EXPORT_SYMBOL(blkdev_issue_flush);

/* One bio without pages for each stretch of at most `most` sectors. */
static int issue_without_pages(struct block_device *bdev, unsigned int op, sector_t sector,
			       sector_t nr_sects, unsigned int most)
{
	unsigned int unit = bdev_logical_block_size(bdev) >> SECTOR_SHIFT;
	int err = 0;

	if ((sector | nr_sects) & (unit - 1))
		return -EINVAL;
	most = min_not_zero(most, UINT_MAX >> SECTOR_SHIFT) & ~(unit - 1);
	while (nr_sects && !err) {
		sector_t now = min_t(sector_t, nr_sects, most);
		struct bio *bio = bio_alloc(GFP_NOIO, 0);

		if (!bio)
			return -ENOMEM;
		bio_set_dev(bio, bdev);
		bio->bi_opf = op;
		bio->bi_iter.bi_sector = sector;
		bio->bi_iter.bi_size = now << SECTOR_SHIFT;
		err = submit_bio_wait(bio);
		bio_put(bio);
		sector += now;
		nr_sects -= now;
	}
	return err;
}

int blkdev_issue_discard(struct block_device *bdev, sector_t sector, sector_t nr_sects, gfp_t gfp,
			 unsigned long flags)
{
	struct request_queue *q = bdev_get_queue(bdev);
	bool secure = flags & BLKDEV_DISCARD_SECURE;

	if (bdev_read_only(bdev))
		return -EPERM;
	if (secure ? !blk_queue_secure_erase(q) : !blk_queue_discard(q))
		return -EOPNOTSUPP;
	return issue_without_pages(bdev, secure ? REQ_OP_SECURE_ERASE : REQ_OP_DISCARD, sector,
				   nr_sects, q->limits.max_discard_sectors);
}
EXPORT_SYMBOL(blkdev_issue_discard);

#define ZERO_PAGES	32		/* a bio of the page of zeros, over and over */

static int write_zero_pages(struct block_device *bdev, sector_t sector, sector_t nr_sects)
{
	int err = 0;

	while (nr_sects && !err) {
		struct bio *bio = bio_alloc(GFP_NOIO, ZERO_PAGES);
		unsigned int now = 0;

		if (!bio)
			return -ENOMEM;
		bio_set_dev(bio, bdev);
		bio->bi_opf = REQ_OP_WRITE;
		bio->bi_iter.bi_sector = sector;
		do {
			now = min_t(sector_t, nr_sects << SECTOR_SHIFT, PAGE_SIZE);
			now = bio_add_page(bio, ZERO_PAGE(0), now, 0) >> SECTOR_SHIFT;
			sector += now;
			nr_sects -= now;
		} while (now && nr_sects);
		err = submit_bio_wait(bio);
		bio_put(bio);
	}
	return err;
}

int blkdev_issue_zeroout(struct block_device *bdev, sector_t sector, sector_t nr_sects, gfp_t gfp,
			 unsigned flags)
{
	unsigned int most = bdev_get_queue(bdev)->limits.max_write_zeroes_sectors;
	int err = -EOPNOTSUPP;

	if (bdev_read_only(bdev))
		return -EPERM;
	if (most)
		err = issue_without_pages(bdev, REQ_OP_WRITE_ZEROES, sector, nr_sects, most);
	if (err == -EOPNOTSUPP && !(flags & BLKDEV_ZERO_NOFALLBACK))
		err = write_zero_pages(bdev, sector, nr_sects);
	return err;
}
EXPORT_SYMBOL(blkdev_issue_zeroout);

static int __init blk_init(void)
{
	kblockd = alloc_workqueue("kblockd", WQ_MEM_RECLAIM, 0);
	return kblockd ? 0 : -ENOMEM;
}
subsys_initcall(blk_init);
