/*
 * <linux/bio.h> - building a transfer, sending it, hearing of its end.
 *
 * A bio describes one stretch of a disk and the pages it moves to or from.
 * The submitter allocates it, points it at a device and a sector, adds pages,
 * and gives it away with submit_bio(); bi_end_io is called once, in interrupt
 * context, when bi_status is known.
 *
 * Difference from Linux: bios are not split.  bio_add_page() refuses the page
 * that would pass the queue's limits (so bio_set_dev() comes first), and the
 * submitter starts another bio.
 */
#ifndef _LINUX_BIO_H
#define _LINUX_BIO_H

#include <linux/types.h>
#include <linux/blk_types.h>
#include <linux/bvec.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/minmax.h>
#include <linux/mm.h>

#define BIO_MAX_PAGES	256

/* bi_flags */
#define BIO_QUIET	(1 << 0)		/* no message when it fails */

#define bio_sectors(bio)	((bio)->bi_iter.bi_size >> 9)
#define bio_end_sector(bio)	((bio)->bi_iter.bi_sector + bio_sectors(bio))
#define bio_data_dir(bio)	(op_is_write(bio_op(bio)) ? WRITE : READ)
#define bio_has_data(bio)	((bio)->bi_iter.bi_size != 0 && (bio)->bi_vcnt != 0)

#define bio_set_dev(bio, bdev)				\
	do {						\
		(bio)->bi_disk = (bdev)->bd_disk;	\
		(bio)->bi_partno = (bdev)->bd_partno;	\
	} while (0)

#define bio_iter_iovec(bio, iter)	bvec_iter_bvec((bio)->bi_io_vec, (iter))
#define bio_iter_page(bio, iter)	bvec_iter_page((bio)->bi_io_vec, (iter))
#define bio_iter_len(bio, iter)		bvec_iter_len((bio)->bi_io_vec, (iter))
#define bio_iter_offset(bio, iter)	bvec_iter_offset((bio)->bi_io_vec, (iter))
#define bio_page(bio)			bio_iter_page((bio), (bio)->bi_iter)
#define bio_offset(bio)			bio_iter_offset((bio), (bio)->bi_iter)
#define bio_iovec(bio)			bio_iter_iovec((bio), (bio)->bi_iter)

static inline void bio_advance_iter(const struct bio *bio, struct bvec_iter *iter,
				    unsigned int bytes)
{
	iter->bi_sector += bytes >> 9;
	if (!bio->bi_vcnt)		/* discard and its kin move no memory */
		iter->bi_size -= bytes;
	else
		bvec_iter_advance(bio->bi_io_vec, iter, bytes);
}

#define __bio_for_each_segment(bvl, bio, iter, start)				\
	for (iter = (start);							\
	     (iter).bi_size && ((bvl = bio_iter_iovec((bio), (iter))), 1);	\
	     bio_advance_iter((bio), &(iter), (bvl).bv_len))

/* Over what is left of it. */
#define bio_for_each_segment(bvl, bio, iter)	\
	__bio_for_each_segment(bvl, bio, iter, (bio)->bi_iter)

#define bio_for_each_bvec(bvl, bio, iter)	bio_for_each_segment(bvl, bio, iter)

/* Over everything it was built of, finished or not: for its owner, in bi_end_io. */
#define bio_for_each_segment_all(bvl, bio, iter)	\
	for ((iter).idx = 0; (iter).idx < (bio)->bi_vcnt &&	\
	     ((bvl = &(bio)->bi_io_vec[(iter).idx]), 1); (iter).idx++)

/* Bytes of the current segment, and where they lie; flush and discard have none. */
static inline unsigned int bio_cur_bytes(struct bio *bio)
{
	return bio->bi_vcnt ? bio_iovec(bio).bv_len : bio->bi_iter.bi_size;
}

static inline void *bio_data(struct bio *bio)
{
	return bio_has_data(bio) ? page_address(bio_page(bio)) + bio_offset(bio) : NULL;
}

static inline unsigned int bio_segments(struct bio *bio)
{
	return bio->bi_vcnt;
}

/*
 * bio_alloc - room for nr_vecs pages; NULL without memory. May sleep if gfp allows.
 * bio_put - drop a reference; the last frees it. Context: any.
 */
extern struct bio *bio_alloc(gfp_t gfp, unsigned int nr_vecs);
extern void bio_get(struct bio *bio);
extern void bio_put(struct bio *bio);

/* Add len bytes of a page at offset: len, or 0 when the bio is as long as the queue allows. */
extern int bio_add_page(struct bio *bio, struct page *page, unsigned int len, unsigned int offset);
extern void bio_advance(struct bio *bio, unsigned int bytes);

/* Give it to its device. Context: process; may sleep for a free request. */
extern blk_qc_t submit_bio(struct bio *bio);
#define submit_bio_noacct(bio)	submit_bio(bio)
/* The same, and sleep until it is done: 0 or -errno. The caller keeps its reference. */
extern int submit_bio_wait(struct bio *bio);

/* It is done: tell its owner. Context: any. */
extern void bio_endio(struct bio *bio);

/* For a driver with ->submit_bio: its transfers are counted in /sys/block/NAME/stat. */
extern unsigned long bio_start_io_acct(struct bio *bio);
extern void bio_end_io_acct(struct bio *bio, unsigned long start_time);

static inline void bio_io_error(struct bio *bio)
{
	bio->bi_status = BLK_STS_IOERR;
	bio_endio(bio);
}

static inline void bio_set_op_attrs(struct bio *bio, unsigned int op, unsigned int op_flags)
{
	bio->bi_opf = op | op_flags;
}

extern int blk_status_to_errno(blk_status_t status);
extern blk_status_t errno_to_blk_status(int error);

#endif
