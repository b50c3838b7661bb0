/*
 * Bios: made, filled with pages, ended.
 *
 * A bio belongs to its submitter until submit_bio(), then to the queue, and is
 * handed back through bi_end_io.  References (bio_get, bio_put) only keep the
 * memory.  Context: any, except where allocation may sleep.
 */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>

static const struct {
	blk_status_t status;
	int error;
} blk_errors[] = {
	{ BLK_STS_OK, 0 },
	{ BLK_STS_NOTSUPP, -EOPNOTSUPP },
	{ BLK_STS_TIMEOUT, -ETIMEDOUT },
	{ BLK_STS_NOSPC, -ENOSPC },
	{ BLK_STS_TRANSPORT, -ENOLINK },
	{ BLK_STS_TARGET, -EREMOTEIO },
	{ BLK_STS_MEDIUM, -ENODATA },
	{ BLK_STS_PROTECTION, -EILSEQ },
	{ BLK_STS_RESOURCE, -ENOMEM },
	{ BLK_STS_AGAIN, -EAGAIN },
	{ BLK_STS_IOERR, -EIO },
};

int blk_status_to_errno(blk_status_t status)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(blk_errors); i++) {
		if (blk_errors[i].status == status)
			return blk_errors[i].error;
	}
	return -EIO;
}
EXPORT_SYMBOL(blk_status_to_errno);

blk_status_t errno_to_blk_status(int error)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(blk_errors); i++) {
		if (blk_errors[i].error == error)
			return blk_errors[i].status;
	}
	return BLK_STS_IOERR;
}
EXPORT_SYMBOL(errno_to_blk_status);

struct bio *bio_alloc(gfp_t gfp, unsigned int nr_vecs)
{
	struct bio *bio;

	if (nr_vecs > BIO_MAX_PAGES)
		return NULL;
	bio = kmalloc(sizeof(*bio) + nr_vecs * sizeof(struct bio_vec), gfp);
	if (!bio)
		return NULL;
	memset(bio, 0, sizeof(*bio));
	bio->bi_io_vec = bio->bi_inline_vecs;
	bio->bi_max_vecs = nr_vecs;
	atomic_set(&bio->__bi_cnt, 1);
	return bio;
}
EXPORT_SYMBOL(bio_alloc);

void bio_get(struct bio *bio)
{
	atomic_inc(&bio->__bi_cnt);
}
EXPORT_SYMBOL(bio_get);

void bio_put(struct bio *bio)
{
	if (atomic_dec_and_test(&bio->__bi_cnt))
		kfree(bio);
}
EXPORT_SYMBOL(bio_put);

/* Pages that follow each other in a page's own bytes share a segment. */
static bool extends_last(struct bio *bio, struct page *page, unsigned int offset)
{
	struct bio_vec *last;

	if (!bio->bi_vcnt)
		return false;
	last = &bio->bi_io_vec[bio->bi_vcnt - 1];
	return last->bv_page == page && last->bv_offset + last->bv_len == offset;
}

int bio_add_page(struct bio *bio, struct page *page, unsigned int len, unsigned int offset)
{
	const struct queue_limits *limits = bio->bi_disk ? &bio->bi_disk->queue->limits : NULL;

	if (limits && bio->bi_iter.bi_size + len > limits->max_sectors << SECTOR_SHIFT)
		return 0;
	if (extends_last(bio, page, offset)) {
		bio->bi_io_vec[bio->bi_vcnt - 1].bv_len += len;
	} else {
		if (bio->bi_vcnt >= bio->bi_max_vecs ||
		    (limits && bio->bi_vcnt >= limits->max_segments))
			return 0;
		bio->bi_io_vec[bio->bi_vcnt++] = (struct bio_vec){
			.bv_page = page, .bv_len = len, .bv_offset = offset,
		};
	}
	bio->bi_iter.bi_size += len;
	return len;
}
EXPORT_SYMBOL(bio_add_page);

void bio_advance(struct bio *bio, unsigned int bytes)
{
	bio_advance_iter(bio, &bio->bi_iter, bytes);
}
EXPORT_SYMBOL(bio_advance);

void bio_endio(struct bio *bio)
{
	if (bio->bi_end_io)
		bio->bi_end_io(bio);
}
EXPORT_SYMBOL(bio_endio);

static void wake_submitter(struct bio *bio)
{
	complete(bio->bi_private);
}

int submit_bio_wait(struct bio *bio)
{
	DECLARE_COMPLETION_ONSTACK(done);

	bio->bi_private = &done;
	bio->bi_end_io = wake_submitter;
	bio->bi_opf |= REQ_SYNC;
	submit_bio(bio);
	wait_for_completion_io(&done);
	return blk_status_to_errno(bio->bi_status);
}
EXPORT_SYMBOL(submit_bio_wait);
