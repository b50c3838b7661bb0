/*
 * Writing into a file's pages, for file systems on a block device: find or
 * read the page, give it blocks, note what became dirty.
 *
 * Blocks are allocated when a page is written to, not when it goes to the
 * disk, so that "no space" is told to the writer.  PG_mappedtodisk says that a
 * page has all its blocks, and makes writing to it again cheap; PG_checked,
 * between begin and end, that some are new and hold a stranger's bytes.
 *
 * Context: process, may sleep; inode->i_rwsem held by the writer.
 */
#include "internal_pages.h"

/*
 * The disk became full in the middle of a page.  The blocks from the bitmap
 * `fresh` are the file's now and hold a stranger's bytes: they become zeroes.
 */
static void zero_fresh_blocks(struct page *page, unsigned long fresh)
{
	unsigned int size = 1 << page->mapping->host->i_blkbits, pos;

	if (!fresh || (!PageUptodate(page) && block_read_page_locked(page)))
		return;
	for (pos = 0; pos < PAGE_SIZE; pos += size)
		if (test_bit(pos / size, &fresh))
			zero_user_segment(page, pos, pos + size);
	set_page_dirty(page);
}

/* Blocks for bytes [from, to) of a locked page: 0, -ENOSPC, -EIO. */
static int allocate_blocks(struct page *page, unsigned int from, unsigned int to)
{
	struct inode *inode = page->mapping->host;
	unsigned int blkbits = inode->i_blkbits, size = 1 << blkbits, pos;
	unsigned long fresh = 0;
	sector_t block;
	int err;

	for (pos = round_down(from, size); pos < to; pos += size) {
		struct buffer_head bh = { .b_size = size };

		block = ((sector_t)page->index << (PAGE_SHIFT - blkbits)) + (pos >> blkbits);
		err = page->mapping->a_ops->get_block(inode, block, &bh, 1);
		if (err) {
			zero_fresh_blocks(page, fresh);
			return err;
		}
		if (buffer_new(&bh)) {
			SetPageChecked(page);
			fresh |= 1ul << (pos / size);
		}
	}
	if (round_down(from, size) == 0 && to + size > PAGE_SIZE)
		SetPageMappedToDisk(page);
	return 0;
}

/* Bring the bytes around [from, to) in: from the disk, or zeroes behind the file's end. */
static int fill_around(struct page *page, unsigned int from, unsigned int to)
{
	unsigned int bytes = page_file_bytes(page, page->mapping->host);

	if (from == 0 && to >= bytes) {		/* all that is in the file is written over */
		zero_user_segment(page, to, PAGE_SIZE);
		return 0;
	}
	if (bytes == 0) {
		zero_user_segments(page, 0, from, to, PAGE_SIZE);
		return 0;
	}
	return block_read_page_locked(page);
}

/* The page of pos, locked and ready for len bytes there: uptodate around them, with blocks. */
int block_write_begin(struct address_space *mapping, loff_t pos, unsigned len, unsigned flags,
		      struct page **pagep)
{
	struct page *page = grab_cache_page_write_begin(mapping, pos >> PAGE_SHIFT, flags);
	unsigned int from = pos & ~PAGE_MASK, to = from + len;
	int err = 0;

	if (!page)
		return -ENOMEM;
	if (!PageUptodate(page))
		err = fill_around(page, from, to);
	if (!err && !PageMappedToDisk(page))
		err = allocate_blocks(page, from, to);
	if (err) {
		ClearPageChecked(page);
		unlock_put_page(page);
		return err;
	}
	*pagep = page;
	return 0;
}

/*
 * copied < len: the source faulted.  A page whose old content was not read
 * cannot keep a part of the new one: nothing was written then, unless new
 * blocks are in it, whose rest becomes zeroes.
 */
static unsigned int settle_short_copy(struct page *page, loff_t pos, unsigned len, unsigned copied)
{
	unsigned int from = pos & ~PAGE_MASK;

	if (copied == len || PageUptodate(page))
		return copied;
	if (!PageChecked(page))
		return 0;
	zero_user_segment(page, from + copied, from + len);
	return copied;
}

int generic_write_end(struct file *file, struct address_space *mapping, loff_t pos, unsigned len,
		      unsigned copied, struct page *page, void *fsdata)
{
	struct inode *inode = mapping->host;
	loff_t old_size = inode->i_size;

	copied = settle_short_copy(page, pos, len, copied);
	if (copied || PageChecked(page)) {
		if (!PageUptodate(page))
			SetPageUptodate(page);
		set_page_dirty(page);
	}
	if (PageChecked(page))
		ClearPageChecked(page);
	/* Under the page lock: who reads the size finds the bytes. */
	if (pos + copied > inode->i_size) {
		i_size_write(inode, pos + copied);
		mark_inode_dirty(inode);
	}
	unlock_put_page(page);
	pagecache_isize_extended(inode, old_size, pos);
	return copied;
}

/* A store to a mapped page is about to happen: it needs blocks like any write. */
int block_make_room(struct page *page)
{
	int err = 0;

	if (!PageMappedToDisk(page))
		err = allocate_blocks(page, 0, page_file_bytes(page, page->mapping->host));
	ClearPageChecked(page);
	return err;
}

/* Zero from `from` to the end of its block: what was cut off must not come back. */
int block_truncate_page(struct address_space *mapping, loff_t from)
{
	struct inode *inode = mapping->host;
	unsigned int offset = from & ~PAGE_MASK;
	unsigned int block_end = ALIGN(offset, 1u << inode->i_blkbits);
	struct page *page;
	int err = 0;

	if (offset == block_end)
		return 0;
	page = grab_cache_page_write_begin(mapping, from >> PAGE_SHIFT, 0);
	if (!page)
		return -ENOMEM;
	if (!PageUptodate(page))
		err = block_read_page_locked(page);
	if (!err) {
		zero_user_segment(page, offset, block_end);
		set_page_dirty(page);
	}
	unlock_put_page(page);
	return err;
}
