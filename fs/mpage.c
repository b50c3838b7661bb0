/*
 * Between pages of a file and bios: runs of pages whose blocks follow each
 * other on the disk become one transfer.
 *
 * A page of a file carries no buffer heads.  Where its blocks lie is asked of
 * the file system (get_block), which may answer for many blocks at once; the
 * answer is kept in map_bh while it covers the next page too.  A page made of
 * several runs (small blocks, a fragmented file, a hole inside) is moved run
 * by run: all but the last are waited for, the last joins a bio.
 *
 *   readpages / writepages -> for each page: its runs -> bio -> submit_bio
 *   end_io: reading: uptodate, unlock;  writing: end of write-back
 *
 * Context: process, may sleep; the end_io functions in interrupts.  Pages are
 * locked while they are mapped.
 */
#include "internal_pages.h"

#define MPAGE_BIO_PAGES		32		/* 128 KiB, the default limit of a request */
#define MPAGE_MAP_BYTES		(128 * 1024)	/* how far get_block is asked to look */

/* What is collected between two bios. On the caller's stack. */
struct mpage_data {
	struct bio *bio;		/* not yet submitted */
	struct inode *inode;
	unsigned int op;		/* REQ_OP_READ or REQ_OP_WRITE, with flags */
	struct buffer_head map_bh;	/* the last answer … */
	sector_t map_first;		/* … and the file block it begins with */
};

/* A piece of a page: bytes [from, to) lie at sector, or are a hole. */
struct page_run {
	unsigned int from, to;
	sector_t sector;
	bool hole;
};

static void mpage_init(struct mpage_data *md, struct inode *inode, unsigned int op)
{
	md->bio = NULL;
	md->inode = inode;
	md->op = op;
	md->map_bh.b_state = 0;
	md->map_bh.b_size = 0;
}

/* ------------------------------------------------------------------ ends of transfers */

/* A page of a disk itself, not of a file. Who reads ahead is told by trying again. */
static void tell_error(struct bio *bio, struct page *page, bool writing)
{
	if (S_ISBLK(page->mapping->host->i_mode) && !(bio->bi_opf & REQ_RAHEAD))
		pr_err_ratelimited("Buffer I/O error on dev %s, logical block %lu, %s\n",
				   bio->bi_disk->disk_name, page->index,
				   writing ? "lost async page write" : "async page read");
}

static void end_transfer(struct bio *bio)
{
	bool writing = op_is_write(bio_op(bio));
	struct bvec_iter_all all;
	struct bio_vec *bv;

	bio_for_each_segment_all(bv, bio, all) {
		struct page *page = bv->bv_page;

		if (bio->bi_status) {
			SetPageError(page);
			tell_error(bio, page, writing);
		} else if (!writing) {
			SetPageUptodate(page);
		}
		if (bio->bi_status && writing)
			mapping_set_error(page->mapping, blk_status_to_errno(bio->bi_status));
		if (writing)
			end_page_writeback(page);
		else
			unlock_page(page);
	}
	bio_put(bio);
}

static void submit_collected(struct mpage_data *md)
{
	struct bio *bio = md->bio;

	if (!bio)
		return;
	md->bio = NULL;
	bio->bi_end_io = end_transfer;
	submit_bio(bio);
}

/* ------------------------------------------------------------------ where blocks lie */

/* Where file block `block` lies: map_bh answers, get_block is asked if it does not. */
static int map_block(struct mpage_data *md, sector_t block, sector_t *where, bool *hole)
{
	unsigned int blkbits = md->inode->i_blkbits;
	struct buffer_head *bh = &md->map_bh;
	int err;

	if (!bh->b_size || block < md->map_first ||
	    block >= md->map_first + (bh->b_size >> blkbits)) {
		bh->b_state = 0;
		bh->b_size = MPAGE_MAP_BYTES;
		err = md->inode->i_mapping->a_ops->get_block(md->inode, block, bh, 0);
		if (err) {
			bh->b_size = 0;
			return err;
		}
		if (!buffer_mapped(bh))
			bh->b_size = 1 << blkbits;
		md->map_first = block;
	}
	*hole = !buffer_mapped(bh);
	*where = bh->b_blocknr + (block - md->map_first);
	return 0;
}

/* The run that begins at byte `from` of the page and ends at or before `end`. */
static int next_run(struct mpage_data *md, struct page *page, unsigned int from, unsigned int end,
		    struct page_run *run)
{
	unsigned int blkbits = md->inode->i_blkbits, size = 1 << blkbits;
	sector_t first = (sector_t)page->index << (PAGE_SHIFT - blkbits), start, where;
	bool hole;
	int err;

	err = map_block(md, first + (from >> blkbits), &start, &run->hole);
	if (err)
		return err;
	run->from = from;
	run->to = from + size;
	run->sector = start << (blkbits - SECTOR_SHIFT);
	while (run->to < end) {
		err = map_block(md, first + (run->to >> blkbits), &where, &hole);
		if (err)
			return err;
		if (hole != run->hole ||
		    (!hole && where != start + ((run->to - from) >> blkbits)))
			break;
		run->to += size;
	}
	return 0;
}

/* ------------------------------------------------------------------ bios */

static struct bio *new_bio(struct mpage_data *md, sector_t sector, unsigned int pages)
{
	struct bio *bio = bio_alloc(GFP_NOIO | __GFP_NOFAIL, pages);

	bio_set_dev(bio, md->map_bh.b_bdev);
	bio->bi_opf = md->op;
	bio->bi_iter.bi_sector = sector;
	return bio;
}

/* Add a run to the collected bio if it continues that, else to a new one. */
static void collect(struct mpage_data *md, struct page *page, const struct page_run *run)
{
	unsigned int len = run->to - run->from;

	if (md->bio && bio_end_sector(md->bio) == run->sector &&
	    bio_add_page(md->bio, page, len, run->from))
		return;
	submit_collected(md);
	md->bio = new_bio(md, run->sector, MPAGE_BIO_PAGES);
	bio_add_page(md->bio, page, len, run->from);
}

/* Move one run and wait for it. */
static int move_run_now(struct mpage_data *md, struct page *page, const struct page_run *run)
{
	struct bio *bio = new_bio(md, run->sector, 1);
	int err;

	bio_add_page(bio, page, run->to - run->from, run->from);
	err = submit_bio_wait(bio);
	bio_put(bio);
	return err;
}

/*
 * Move the first `end` bytes of a page (whole blocks): holes are zeroed when
 * reading and skipped when writing; every run but the last is waited for.
 * last->to is 0 if no run is left to collect.  sync: wait for that one too.
 */
static int move_runs(struct mpage_data *md, struct page *page, unsigned int end, bool sync,
		     struct page_run *last)
{
	struct page_run run = { .to = 0 };
	int err = 0;

	last->to = 0;
	while (run.to < end && !err) {
		err = next_run(md, page, run.to, end, &run);
		if (err)
			break;
		if (run.hole) {
			if (!op_is_write(md->op))
				zero_user_segment(page, run.from, run.to);
			continue;
		}
		if (last->to)
			err = move_run_now(md, page, last);
		*last = run;
	}
	if (!err && sync && last->to) {
		err = move_run_now(md, page, last);
		last->to = 0;
	}
	return err;
}

/* Blocks that hold a part of the file, in bytes of this page. */
static unsigned int bytes_to_move(struct page *page, struct inode *inode)
{
	return ALIGN(page_file_bytes(page, inode), 1u << inode->i_blkbits);
}

/* ------------------------------------------------------------------ reading */

/* The page is locked; it is unlocked now or when its transfer ends. */
static int read_one(struct mpage_data *md, struct page *page)
{
	unsigned int end = bytes_to_move(page, md->inode);
	struct page_run last;
	int err;

	zero_user_segment(page, end, PAGE_SIZE);
	err = move_runs(md, page, end, false, &last);
	if (err) {
		SetPageError(page);
		unlock_page(page);
		return err;
	}
	if (last.to - last.from == PAGE_SIZE && last.to)
		SetPageMappedToDisk(page);
	if (last.to) {
		collect(md, page, &last);
	} else {
		SetPageUptodate(page);
		unlock_page(page);
	}
	return 0;
}

int mpage_readpage(struct file *file, struct page *page)
{
	struct mpage_data md;
	int err;

	mpage_init(&md, page->mapping->host, REQ_OP_READ);
	err = read_one(&md, page);
	submit_collected(&md);
	return err;
}

/* pages are new, their index set; whoever is in the cache already is skipped. */
int mpage_readpages(struct file *file, struct address_space *mapping, struct list_head *pages,
		    unsigned nr_pages)
{
	struct mpage_data md;

	mpage_init(&md, mapping->host, REQ_OP_READ | REQ_RAHEAD);
	while (!list_empty(pages)) {
		struct page *page = list_first_entry(pages, struct page, lru);

		list_del(&page->lru);
		if (!add_to_page_cache_lru(page, mapping, page->index,
					   mapping->gfp_mask & ~__GFP_FS))
			read_one(&md, page);
		put_page(page);
	}
	submit_collected(&md);
	return 0;
}

/* Make a locked page uptodate and keep it locked: for a write that covers it in part. */
int block_read_page_locked(struct page *page)
{
	struct inode *inode = page->mapping->host;
	unsigned int end = bytes_to_move(page, inode);
	struct page_run last;
	struct mpage_data md;
	int err;

	mpage_init(&md, inode, REQ_OP_READ | REQ_SYNC);
	zero_user_segment(page, end, PAGE_SIZE);
	err = move_runs(&md, page, end, true, &last);
	if (!err)
		SetPageUptodate(page);
	return err;
}

/* ------------------------------------------------------------------ writing */

/*
 * The page is locked and its dirty mark cleared.  Bytes behind the end of the
 * file, which a mapping may have written, go to the disk as zeroes.
 */
static int write_one(struct page *page, struct writeback_control *wbc, void *data)
{
	struct mpage_data *md = data;
	unsigned int bytes = page_file_bytes(page, md->inode);
	struct page_run last;
	int err;

	if (!bytes) {				/* truncated: nothing to keep */
		unlock_page(page);
		return 0;
	}
	if (bytes < PAGE_SIZE)
		zero_user_segment(page, bytes, PAGE_SIZE);
	set_page_writeback(page);
	err = move_runs(md, page, ALIGN(bytes, 1u << md->inode->i_blkbits), false, &last);
	if (err) {
		SetPageError(page);
		mapping_set_error(page->mapping, err);
	}
	unlock_page(page);
	if (!err && last.to)
		collect(md, page, &last);
	else
		end_page_writeback(page);
	return err;
}

int mpage_writepages(struct address_space *mapping, struct writeback_control *wbc)
{
	struct mpage_data md;
	int err;

	mpage_init(&md, mapping->host,
		   REQ_OP_WRITE | (wbc->sync_mode == WB_SYNC_ALL ? REQ_SYNC : 0));
	err = write_cache_pages(mapping, wbc, write_one, &md);
	submit_collected(&md);
	return err;
}

int mpage_writepage(struct page *page, struct writeback_control *wbc)
{
	struct mpage_data md;
	int err;

	mpage_init(&md, page->mapping->host, REQ_OP_WRITE);
	err = write_one(page, wbc, &md);
	submit_collected(&md);
	return err;
}
