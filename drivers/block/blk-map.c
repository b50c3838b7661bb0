/*
 * Helpers of drivers: a request's memory as a scatterlist; counting the transfers of
 * one that takes bios as they come.
 *
 * Context: any.
 */
#include <linux/export.h>
#include <linux/scatterlist.h>
#include "blk.h"

int blk_rq_map_sg(struct request_queue *q, struct request *rq, struct scatterlist *sglist)
{
	const struct queue_limits *limits = &q->limits;
	struct scatterlist *sg = NULL;
	struct req_iterator iter;
	struct bio_vec bv;
	int nents = 0;

	rq_for_each_segment(bv, rq, iter) {
		phys_addr_t addr = page_to_phys(bv.bv_page) + bv.bv_offset;

		if (sg && sg_phys(sg) + sg->length == addr &&
		    sg->length + bv.bv_len <= limits->max_segment_size &&
		    (sg_phys(sg) | limits->seg_boundary_mask) ==
			    ((addr + bv.bv_len - 1) | limits->seg_boundary_mask)) {
			sg->length += bv.bv_len;
			continue;
		}
		sg = &sglist[nents++];
		sg->page_link &= ~SG_END;
		sg_set_page(sg, bv.bv_page, bv.bv_len, bv.bv_offset);
	}
	if (sg)
		sg_mark_end(sg);
	return nents;
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
