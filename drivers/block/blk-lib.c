/*
 * Operations on stretches of a disk, for file systems and ioctls: flush, discard, zeroing.
 *
 * Context: process; each sleeps until it is done.
 */
#include <linux/export.h>
#include <linux/mm.h>
#include "blk.h"

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
