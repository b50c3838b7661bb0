/*
 * Helpers of drivers: a request's memory as a scatterlist; counting the transfers of
 * one that takes bios as they come.
 *
 * Context: any.
 */
#include <linux/export.h>
#include <linux/scatterlist.h>
#include "blk.h"

/* Every page of every transfer passes here: it walks what rq_for_each_segment() would. */
int blk_rq_map_sg(struct request_queue *q, struct request *rq, struct scatterlist *sglist)
{
	unsigned int most = q->limits.max_segment_size, boundary = q->limits.seg_boundary_mask;
	struct scatterlist *sg = sglist - 1;
	phys_addr_t end = 0;		/* of the last piece */
	struct bio *bio;

	__rq_for_each_bio(bio, rq) {
		const struct bio_vec *bv = &bio->bi_io_vec[bio->bi_iter.bi_idx];
		unsigned int left = bio->bi_iter.bi_size, done = bio->bi_iter.bi_bvec_done, len;

		for (; left; left -= len, bv++, done = 0) {
			phys_addr_t addr = page_to_phys(bv->bv_page) + bv->bv_offset + done;

			len = min(bv->bv_len - done, left);
			/* What is within one page crosses no boundary by itself. */
			if (addr == end && (addr & boundary) && sg->length + len <= most) {
				sg->length += len;
			} else {
				sg++;
				sg->page_link = (unsigned long)bv->bv_page;
				sg->offset = bv->bv_offset + done;
				sg->length = len;
			}
			end = addr + len;
		}
	}
	if (sg < sglist)
		return 0;
	sg_mark_end(sg);
	return sg - sglist + 1;
}
EXPORT_SYMBOL(blk_rq_map_sg);

unsigned long bio_start_io_acct(struct bio *bio)
{
	atomic_inc(&bio->bi_disk->in_flight);
	return jiffies;
}
EXPORT_SYMBOL(bio_start_io_acct);

/* Before bio_endio(), with what bio_start_io_acct() said. */
void bio_end_io_acct(struct bio *bio, unsigned long start_time)
{
	struct hd_struct *whole = &bio->bi_disk->part0;
	unsigned int group = blk_stat_group(bio_op(bio));

	atomic_dec(&bio->bi_disk->in_flight);
	atomic_inc(&whole->ios[group]);
	atomic_add(bio_sectors(bio), &whole->sectors[group]);
	atomic_add(jiffies - start_time, &whole->ticks[group]);
}
EXPORT_SYMBOL(bio_end_io_acct);
