/*
 * O_DIRECT: between a disk and the process's own pages, past the page cache.
 *
 *	pin the pages -> ask where the blocks lie (get_block) -> bio -> wait
 *
 * The device writes to the very pages that read() was given. What the cache holds of the range is
 * written before and dropped after a write. What is not in whole sectors is EINVAL.
 * A write into a hole, past the end, with O_APPEND or under RLIMIT_FSIZE goes by the cache, and to the
 * disk from there.
 *
 * Context: process; sleeps. A regular file's i_rwsem is held: its blocks stay its own.
 */
#include <linux/sched/signal.h>
#include "internal.h"
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

/* Position, lengths and addresses are a multiple of @sector? */
static bool aligned(loff_t pos, const struct iov_iter *iter, unsigned int sector)
{
	unsigned long all = pos | iov_iter_count(iter), i;

	for (i = 0; i < iter->nr_segs; i++)
		all |= (unsigned long)iter->iov[i].iov_base | iter->iov[i].iov_len;
	return !((all | iter->iov_offset) & (sector - 1));
}

static ssize_t direct_IO(struct kiocb *iocb, struct iov_iter *iter)
{
	struct inode *inode = iocb->ki_filp->f_mapping->host;
	struct block_device *bdev = S_ISBLK(inode->i_mode) ? I_BDEV(inode) : inode->i_sb->s_bdev;
	unsigned int sector = bdev_logical_block_size(bdev);
	bool write = iov_iter_rw(iter) == WRITE;
	loff_t pos = iocb->ki_pos, size = i_size_read(inode);
	loff_t end = write ? round_down(size, sector) : round_up(size, sector);	/* no write moves the end */
	ssize_t done = 0, n = 0;

	if (!aligned(pos, iter, sector))
		return -EINVAL;
	while (iov_iter_count(iter) && pos + done < end) {
		struct iovec seg = iov_iter_iovec(iter);
		size_t len = min_t(loff_t, seg.iov_len, end - pos - done);

		if (!len) {		/* an empty segment */
			iter->iov++;
			iter->nr_segs--;
			continue;
		}
		n = move_run(inode, write, pos + done, (unsigned long)seg.iov_base, len);
		if (n <= 0 || fatal_signal_pending(current))
			break;
		iov_iter_advance(iter, n);
		done += n;
	}
	return done ?: n;
}

ssize_t generic_direct_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct address_space *mapping = iocb->ki_filp->f_mapping;
	struct inode *inode = mapping->host;
	ssize_t n;

	if (!iter_is_iovec(to))
		return generic_file_read_iter(iocb, to);
	if (!iov_iter_count(to))
		return 0;
	n = filemap_write_and_wait_range(mapping, iocb->ki_pos, iocb->ki_pos + iov_iter_count(to) - 1);
	if (n)
		return n;
	if (S_ISREG(inode->i_mode))
		inode_lock(inode);
	n = direct_IO(iocb, to);
	n = min_t(loff_t, n, max_t(loff_t, i_size_read(inode) - iocb->ki_pos, 0));
	if (S_ISREG(inode->i_mode))
		inode_unlock(inode);
	if (n > 0)
		iocb->ki_pos += n;
	file_accessed(iocb->ki_filp);
	return n;
}

ssize_t direct_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct address_space *mapping = iocb->ki_filp->f_mapping;
	loff_t pos = iocb->ki_pos;
	ssize_t n;

	if (!iter_is_iovec(from))
		return 0;
	n = write_and_drop_range(mapping, pos, pos + iov_iter_count(from) - 1);
	if (!n)
		n = direct_IO(iocb, from);
	if (n > 0) {
		iocb->ki_pos += n;
		write_and_drop_range(mapping, pos, iocb->ki_pos - 1);	/* who read meanwhile brought the old bytes back */
	}
	return n;
}

/* The part that needs no new blocks and does not move the end. */
static ssize_t write_in_place(struct kiocb *iocb, struct iov_iter *from)
{
	struct file *file = iocb->ki_filp;
	ssize_t n;

	if (!iov_iter_count(from) || iocb->ki_flags & IOCB_APPEND || rlimit(RLIMIT_FSIZE) != RLIM_INFINITY)
		return 0;
	inode_lock(file_inode(file));
	n = file_remove_privs(file) ?: file_update_time(file) ?: direct_write(iocb, from);
	inode_unlock(file_inode(file));
	return n > 0 ? generic_write_sync(iocb, n) : n;
}

/* What the disk has no blocks for yet goes by the cache, and is waited for. */
ssize_t generic_direct_write(struct kiocb *iocb, struct iov_iter *from)
{
	ssize_t done = write_in_place(iocb, from), rest;

	if (done < 0 || !iov_iter_count(from))
		return done;
	rest = generic_file_write_iter(iocb, from);
	if (rest > 0)
		filemap_write_and_wait_range(iocb->ki_filp->f_mapping, iocb->ki_pos - rest, iocb->ki_pos - 1);
	return rest > 0 ? done + rest : done ?: rest;
}

int set_direct(struct file *file, bool on)
{
	const struct address_space_operations *a_ops = file->f_mapping->a_ops;
	umode_t mode = file_inode(file)->i_mode;

	if (!a_ops || !a_ops->direct_fops || !(S_ISREG(mode) || S_ISBLK(mode)))
		return on ? -EINVAL : 0;
	file->f_op = on ? a_ops->direct_fops : file_inode(file)->i_fop;
	return 0;
}
