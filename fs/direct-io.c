/*
 * O_DIRECT: between a disk and the process's own pages, past the page cache.
 *
 *	pin the pages -> ask where the blocks lie (get_block) -> bio -> wait
 *
 * The device writes to the very pages that read() was given. What the cache holds of the range is
 * written before and dropped after a write. Position, length and address are whole sectors: EINVAL.
 * A write into a hole or past the end goes by the cache, and to the disk from there.
 *
 * Context: process; sleeps. A regular file's i_rwsem is held: its blocks stay its own.
 */
#include <linux/sched/signal.h>
#include "internal_pages.h"

#define DIO_PAGES	32		/* of one transfer */

/* The pages' part of one transfer; they are let go of. */
static ssize_t move_pages(struct bio *bio, struct page **pages, unsigned int nr, unsigned int offset,
			  size_t len)
{
	bool reading = !op_is_write(bio_op(bio));
	size_t added = 0;
	unsigned int i;
	int err = 0;

	for (i = 0; i < nr && added < len; i++) {
		unsigned int part = min_t(size_t, PAGE_SIZE - offset, len - added);

		if (!bio_add_page(bio, pages[i], part, offset))
			break;
		added += part;
		offset = 0;
	}
	if (added)
		err = submit_bio_wait(bio);
	for (i = 0; i < nr; i++) {
		if (reading)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return err ?: added;
}

/*
 * Bytes from pos on, as many of len as one run of blocks and DIO_PAGES pages hold: how many, 0 where
 * there is no block to write to, or -errno.
 */
static ssize_t move_run(struct inode *inode, bool write, loff_t pos, unsigned long addr, size_t len)
{
	unsigned int blkbits = inode->i_blkbits, offset = offset_in_page(addr);
	unsigned int skip = pos & ((1u << blkbits) - 1);
	struct buffer_head bh = { .b_size = ALIGN(skip + len, 1u << blkbits) };
	struct page *pages[DIO_PAGES];
	struct bio *bio;
	ssize_t n;

	n = inode->i_mapping->a_ops->get_block(inode, pos >> blkbits, &bh, 0);
	if (n)
		return n;
	if (!buffer_mapped(&bh)) {
		len = min_t(size_t, len, (1u << blkbits) - skip);
		return write ? 0 : clear_user((void __user *)addr, len) ? -EFAULT : len;
	}
	len = min3(len, (size_t)bh.b_size - skip, (size_t)(DIO_PAGES << PAGE_SHIFT) - offset);
	n = get_user_pages_fast(addr, DIV_ROUND_UP(offset + len, PAGE_SIZE), write ? 0 : FOLL_WRITE, pages);
	if (n <= 0)
		return n ?: -EFAULT;
	len = min(len, ((size_t)n << PAGE_SHIFT) - offset);
	bio = bio_alloc(GFP_KERNEL | __GFP_NOFAIL, n);
	bio_set_dev(bio, bh.b_bdev);
	bio->bi_opf = write ? REQ_OP_WRITE : REQ_OP_READ;
	bio->bi_iter.bi_sector = ((sector_t)bh.b_blocknr << (blkbits - SECTOR_SHIFT)) + (skip >> SECTOR_SHIFT);
	n = move_pages(bio, pages, n, offset, len);
	bio_put(bio);
	return n;
}

static bool aligned(struct inode *inode, loff_t pos, const struct iov_iter *iter)
{
	struct block_device *bdev = S_ISBLK(inode->i_mode) ? I_BDEV(inode) : inode->i_sb->s_bdev;
	unsigned long all = pos | iov_iter_count(iter), i;

	for (i = 0; i < iter->nr_segs; i++)
		all |= (unsigned long)iter->iov[i].iov_base | iter->iov[i].iov_len;
	return !((all | iter->iov_offset) & (bdev_logical_block_size(bdev) - 1));
}

ssize_t block_direct_IO(struct kiocb *iocb, struct iov_iter *iter)
{
	struct inode *inode = iocb->ki_filp->f_mapping->host;
	loff_t pos = iocb->ki_pos, end = ALIGN(i_size_read(inode), SECTOR_SIZE);
	bool write = iov_iter_rw(iter) == WRITE;
	ssize_t done = 0, n = 0;

	if (!aligned(inode, pos, iter))
		return -EINVAL;
	while (iov_iter_count(iter) && pos + done < end) {
		struct iovec seg = iov_iter_iovec(iter);
		size_t len = min_t(loff_t, min(seg.iov_len, iov_iter_count(iter)), end - pos - done);

		n = len ? move_run(inode, write, pos + done, (unsigned long)seg.iov_base, len) : 0;
		if (n <= 0 || fatal_signal_pending(current))
			break;
		iov_iter_advance(iter, n);
		done += n;
	}
	return done ?: n;
}

/* The range of the cache goes to the disk. @drop: and is forgotten. */
static int clean_cache(struct address_space *mapping, loff_t pos, size_t len, bool drop)
{
	int err = filemap_write_and_wait_range(mapping, pos, pos + len - 1);

	if (!err && drop)
		invalidate_mapping_pages(mapping, pos >> PAGE_SHIFT, (pos + len - 1) >> PAGE_SHIFT);
	return err;
}

ssize_t generic_direct_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct address_space *mapping = iocb->ki_filp->f_mapping;
	struct inode *inode = mapping->host;
	ssize_t n;

	if (!iov_iter_count(to))
		return 0;
	n = clean_cache(mapping, iocb->ki_pos, iov_iter_count(to), false);
	if (n)
		return n;
	if (S_ISREG(inode->i_mode))
		inode_lock(inode);
	n = mapping->a_ops->direct_IO(iocb, to);
	n = min_t(loff_t, n, max_t(loff_t, i_size_read(inode) - iocb->ki_pos, 0));
	if (S_ISREG(inode->i_mode))
		inode_unlock(inode);
	if (n > 0)
		iocb->ki_pos += n;
	file_accessed(iocb->ki_filp);
	return n;
}

/* i_rwsem held. What the disk has no blocks for yet is left in @from for the cache. */
ssize_t generic_direct_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct address_space *mapping = iocb->ki_filp->f_mapping;
	size_t len = iov_iter_count(from);
	ssize_t n = clean_cache(mapping, iocb->ki_pos, len, true);

	if (n)
		return n;
	n = mapping->a_ops->direct_IO(iocb, from);
	if (n > 0)
		clean_cache(mapping, iocb->ki_pos, n, true);	/* who read meanwhile brought the old bytes back */
	return n;
}
