/*
 * Transfers of buffers: one alone, or the dirty ones of a device's page.
 *
 * A buffer is locked from before its transfer is submitted until b_end_io runs.
 *
 * Context: process, may sleep; the end_io functions in interrupts.
 */
#include "internal_pages.h"

static DEFINE_SPINLOCK(async_lock);	/* irq-safe: who is the last of a page's buffers */

static void end_bio_bh(struct bio *bio)
{
	struct buffer_head *bh = bio->bi_private;

	bh->b_end_io(bh, !bio->bi_status);
	bio_put(bio);
}

/* The buffer is locked and mapped, b_end_io is set. */
int submit_bh(int op, int op_flags, struct buffer_head *bh)
{
	struct bio *bio = bio_alloc(GFP_NOIO | __GFP_NOFAIL, 1);

	bio_set_dev(bio, bh->b_bdev);
	bio->bi_opf = op | op_flags;
	bio->bi_iter.bi_sector = bh->b_blocknr * (bh->b_size >> SECTOR_SHIFT);
	bio->bi_end_io = end_bio_bh;
	bio->bi_private = bh;
	bio_add_page(bio, bh->b_page, bh->b_size, bh_offset(bh));
	set_buffer_req(bh);
	submit_bio(bio);
	return 0;
}
EXPORT_SYMBOL(submit_bh);

static void end_buffer_read_sync(struct buffer_head *bh, int uptodate)
{
	if (uptodate)
		set_buffer_uptodate(bh);
	else
		clear_buffer_uptodate(bh);
	unlock_buffer(bh);
	put_bh(bh);
}

static void note_write_error(struct buffer_head *bh)
{
	set_buffer_write_io_error(bh);
	mapping_set_error(bh->b_page->mapping, -EIO);
	if (bh->b_assoc_map)
		mapping_set_error(bh->b_assoc_map, -EIO);
}

static void end_buffer_write_sync(struct buffer_head *bh, int uptodate)
{
	if (!uptodate)
		note_write_error(bh);
	unlock_buffer(bh);
	put_bh(bh);
}

/* ------------------------------------------------------------------ reading */

/* Start reading a locked buffer unless it is uptodate already. */
static void read_locked_buffer(struct buffer_head *bh, int op_flags)
{
	if (buffer_uptodate(bh)) {
		unlock_buffer(bh);
		return;
	}
	get_bh(bh);
	bh->b_end_io = end_buffer_read_sync;
	submit_bh(REQ_OP_READ, op_flags, bh);
}

/* The buffer with its content; NULL if the block does not exist or cannot be read. */
struct buffer_head *__bread(struct block_device *bdev, sector_t block, unsigned size)
{
	struct buffer_head *bh = __getblk(bdev, block, size);

	if (!bh || likely(buffer_uptodate(bh)))
		return bh;
	lock_buffer(bh);
	read_locked_buffer(bh, REQ_SYNC | REQ_META);
	wait_on_buffer(bh);
	if (buffer_uptodate(bh))
		return bh;
	brelse(bh);
	return NULL;
}
EXPORT_SYMBOL(__bread);

/* Start reading it, for somebody who will want it soon. */
void __breadahead(struct block_device *bdev, sector_t block, unsigned size)
{
	struct buffer_head *bh = __getblk(bdev, block, size);

	if (bh && !buffer_uptodate(bh) && trylock_buffer(bh))
		read_locked_buffer(bh, REQ_RAHEAD | REQ_META);
	brelse(bh);
}
EXPORT_SYMBOL(__breadahead);

/* What the ring of a locked page lacks is read, and waited for. The page stays locked. */
int block_fill_ring(struct page *page)
{
	struct buffer_head *head = page_buffers(page), *bh;
	int err = 0;

	for_each_buffer(bh, head) {
		lock_buffer(bh);
		if (buffer_mapped(bh)) {
			read_locked_buffer(bh, REQ_SYNC);
		} else {
			memset(bh->b_data, 0, bh->b_size);
			set_buffer_uptodate(bh);
			unlock_buffer(bh);
		}
	}
	for_each_buffer(bh, head) {
		wait_on_buffer(bh);
		if (!buffer_uptodate(bh))
			err = -EIO;
	}
	if (err)
		SetPageError(page);
	else
		SetPageUptodate(page);
	return err;
}

/* ->readpage of a device's page with a ring: some of its buffers may be newer than the disk. */
int block_read_full_page(struct page *page)
{
	int err = block_fill_ring(page);

	unlock_page(page);
	return err;
}

/* ------------------------------------------------------------------ writing */

/* Write it now if it is dirty, and wait. 0 or -EIO. */
int sync_dirty_buffer(struct buffer_head *bh)
{
	lock_buffer(bh);
	if (!test_clear_buffer_dirty(bh)) {
		unlock_buffer(bh);
		return 0;
	}
	clear_buffer_write_io_error(bh);
	get_bh(bh);
	bh->b_end_io = end_buffer_write_sync;
	submit_bh(REQ_OP_WRITE, REQ_SYNC | REQ_META, bh);
	wait_on_buffer(bh);
	return buffer_write_io_error(bh) ? -EIO : 0;
}
EXPORT_SYMBOL(sync_dirty_buffer);

static bool last_async_write(struct buffer_head *bh)
{
	struct buffer_head *other = bh->b_this_page;
	unsigned long flags;
	bool last = true;

	spin_lock_irqsave(&async_lock, flags);
	clear_buffer_async_write(bh);
	for (; other != bh; other = other->b_this_page) {
		if (buffer_async_write(other))
			last = false;
	}
	spin_unlock_irqrestore(&async_lock, flags);
	return last;
}

static void end_buffer_async_write(struct buffer_head *bh, int uptodate)
{
	struct page *page = bh->b_page;
	bool last;

	if (!uptodate) {
		note_write_error(bh);
		SetPageError(page);
	}
	last = last_async_write(bh);
	unlock_buffer(bh);
	/* The page must not go while its ring is looked at: write-back ends last. */
	if (last)
		end_page_writeback(page);
}

/* Lock a dirty buffer for writing; all of a page's are claimed before the first is submitted. */
static bool claim_for_writing(struct buffer_head *bh)
{
	if (!buffer_mapped(bh) || !buffer_dirty(bh))
		return false;
	lock_buffer(bh);
	if (!test_clear_buffer_dirty(bh)) {
		unlock_buffer(bh);
		return false;
	}
	bh->b_end_io = end_buffer_async_write;
	set_buffer_async_write(bh);
	return true;
}

/*
 * ->writepage of a device's page with a ring: its dirty buffers, in the
 * background.  The page is locked, its dirty mark cleared; the lock keeps the
 * ring in place while it is walked.
 */
int block_write_full_page(struct page *page)
{
	struct buffer_head *head = page_buffers(page), *bh;
	struct buffer_head *claimed[PAGE_SIZE / SECTOR_SIZE];
	unsigned int nr = 0, i;

	set_page_writeback(page);
	for_each_buffer(bh, head) {
		if (claim_for_writing(bh))
			claimed[nr++] = bh;
	}
	for (i = 0; i < nr; i++)
		submit_bh(REQ_OP_WRITE, 0, claimed[i]);
	if (!nr)
		end_page_writeback(page);
	unlock_page(page);
	return 0;
}

/* Bytes [from, to) of a locked page with a ring were written over by write(2). */
void block_write_end(struct page *page, unsigned int from, unsigned int to)
{
	struct buffer_head *head = page_buffers(page), *bh;

	for_each_buffer(bh, head) {
		if (bh_offset(bh) < to && bh_offset(bh) + bh->b_size > from) {
			set_buffer_uptodate(bh);
			if (buffer_mapped(bh))
				mark_buffer_dirty(bh);
		}
	}
}
