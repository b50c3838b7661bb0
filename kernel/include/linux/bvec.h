/*
 * <linux/bvec.h> - pieces of pages, and walking along them.
 *
 * A bvec_iter is a place in an array of bio_vecs: a bio can be half done, and
 * walked from there again, without a change to the array.
 */
#ifndef _LINUX_BVEC_H
#define _LINUX_BVEC_H

#include <linux/minmax.h>
#include <linux/types.h>

struct page;

/* Some bytes of one page. */
struct bio_vec {
	struct page *bv_page;
	unsigned int bv_len, bv_offset;
};

struct bvec_iter {
	sector_t bi_sector;		/* in 512-byte units; of the disk once submitted */
	unsigned int bi_size;		/* bytes left */
	unsigned int bi_idx;		/* segment */
	unsigned int bi_bvec_done;	/* bytes done of it */
};

/* For bio_for_each_segment_all(). */
struct bvec_iter_all {
	int idx;
};

/* The part of the current segment that is still to be moved. */
static inline struct bio_vec bvec_iter_bvec(const struct bio_vec *bvecs, struct bvec_iter iter)
{
	const struct bio_vec *bv = &bvecs[iter.bi_idx];

	return (struct bio_vec){
		.bv_page = bv->bv_page,
		.bv_len = min(bv->bv_len - iter.bi_bvec_done, iter.bi_size),
		.bv_offset = bv->bv_offset + iter.bi_bvec_done,
	};
}

#define bvec_iter_page(bvec, iter)	(bvec_iter_bvec(bvec, iter).bv_page)
#define bvec_iter_len(bvec, iter)	(bvec_iter_bvec(bvec, iter).bv_len)
#define bvec_iter_offset(bvec, iter)	(bvec_iter_bvec(bvec, iter).bv_offset)

static inline bool bvec_iter_advance(const struct bio_vec *bvecs, struct bvec_iter *iter,
				     unsigned int bytes)
{
	iter->bi_size -= bytes;
	iter->bi_bvec_done += bytes;
	while (iter->bi_bvec_done && iter->bi_bvec_done >= bvecs[iter->bi_idx].bv_len)
		iter->bi_bvec_done -= bvecs[iter->bi_idx++].bv_len;
	return true;
}

#define for_each_bvec(bvl, bvecs, iter, start)					\
	for (iter = (start);							\
	     (iter).bi_size && ((bvl = bvec_iter_bvec((bvecs), (iter))), 1);	\
	     bvec_iter_advance((bvecs), &(iter), (bvl).bv_len))

#endif
