/*
 * read() and write() of files that live in the page cache.
 *
 *   generic_file_read_iter   for each page: find it, or have it read and wait;
 *                            copy to the user
 *   generic_file_write_iter  for each page: write_begin (locked, with blocks),
 *                            copy from the user, write_end (dirty)
 *
 * A journey of a cold read: page_cache_sync_readahead -> readpages -> bios ->
 * the disk works; here we sleep for PG_locked -> the interrupt unlocks the
 * page -> copy.
 *
 * Context: process; sleeps.  Writers hold inode->i_rwsem.
 */
#include <linux/sched/signal.h>
#include "internal_pages.h"

/* ------------------------------------------------------------------ reading */

/* Have page index read in, alone: after read-ahead gave up for want of memory. */
static struct page *read_missing(struct file *file, struct address_space *mapping, pgoff_t index)
{
	struct page *page = read_mapping_page(mapping, index, file);

	if (!IS_ERR(page) && page->mapping != mapping) {
		put_page(page);
		return NULL;
	}
	return page;
}

/* Wait until the page holds the file's bytes; NULL: look it up again; ERR_PTR. */
static struct page *wait_for_page(struct file *file, struct address_space *mapping,
				  struct page *page, pgoff_t index)
{
	int err = 0;

	if (PageLocked(page))
		err = wait_on_page_bit_killable(page, PG_locked);
	if (err) {
		put_page(page);
		return ERR_PTR(-EINTR);
	}
	if (PageUptodate(page))
		return page;
	put_page(page);				/* failed, or truncated: try it alone, once */
	return read_missing(file, mapping, index);
}

/* The page at index, uptodate and referenced; NULL: again; or ERR_PTR. */
static struct page *page_for_read(struct file *file, struct address_space *mapping, pgoff_t index,
				  unsigned long req)
{
	struct file_ra_state *ra = &file->f_ra;
	struct page *page = find_get_page(mapping, index);

	if (unlikely(!page)) {
		page_cache_sync_readahead(mapping, ra, file, index, req);
		page = find_get_page(mapping, index);
		if (!page)
			return read_missing(file, mapping, index);
	}
	if (unlikely(PageReadahead(page)))
		page_cache_async_readahead(mapping, ra, file, page, index, req);
	if (likely(PageUptodate(page)))
		return page;
	return wait_for_page(file, mapping, page, index);
}

ssize_t generic_file_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct file *file = iocb->ki_filp;
	struct address_space *mapping = file->f_mapping;
	struct inode *inode = mapping->host;
	loff_t pos = iocb->ki_pos;
	ssize_t done = 0, err = 0;

	while (iov_iter_count(to)) {
		unsigned int offset = pos & ~PAGE_MASK, copied;
		loff_t size = i_size_read(inode);
		struct page *page;
		size_t bytes;

		if (pos >= size)
			break;
		bytes = min_t(loff_t, min_t(size_t, PAGE_SIZE - offset, iov_iter_count(to)),
			      size - pos);
		page = page_for_read(file, mapping, pos >> PAGE_SHIFT,
				     (offset + iov_iter_count(to) + PAGE_SIZE - 1) >> PAGE_SHIFT);
		if (unlikely(IS_ERR_OR_NULL(page))) {
			err = PTR_ERR_OR_ZERO(page);
			if (err)
				break;
			continue;
		}
		/* Several reads of one page are one use of it. */
		if (offset == 0 || pos != file->f_ra.prev_pos)
			mark_page_accessed(page);
		copied = copy_page_to_iter(page, offset, bytes, to);
		put_page(page);
		pos += copied;
		done += copied;
		file->f_ra.prev_pos = pos;
		if (copied < bytes) {
			err = -EFAULT;
			break;
		}
		cond_resched();
	}
	iocb->ki_pos = pos;
	file_accessed(file);
	return done ? done : err;
}
EXPORT_SYMBOL(generic_file_read_iter);

/* ------------------------------------------------------------------ writing */

/* Where and how much may be written: the count that is left, or -errno. i_rwsem held. */
static ssize_t generic_write_checks(struct kiocb *iocb, struct iov_iter *from)
{
	struct inode *inode = iocb->ki_filp->f_mapping->host;
	loff_t limit = inode->i_sb->s_maxbytes;

	if (!iov_iter_count(from))
		return 0;
	if (iocb->ki_flags & IOCB_APPEND)
		iocb->ki_pos = i_size_read(inode);
	if (S_ISREG(inode->i_mode)) {
		unsigned long allowed = rlimit(RLIMIT_FSIZE);

		if (allowed != RLIM_INFINITY) {
			if (iocb->ki_pos >= allowed) {
				send_sig(SIGXFSZ, current, 0);
				return -EFBIG;
			}
			limit = min_t(loff_t, limit, allowed);
		}
	}
	if (iocb->ki_pos >= limit)
		return -EFBIG;
	iov_iter_truncate(from, limit - iocb->ki_pos);
	return iov_iter_count(from);
}

/*
 * One page's share, *most bytes at pos: how many were written, 0 to try again
 * with the source faulted in, or -errno. *most: what to try next.
 */
static ssize_t write_one_page(struct file *file, struct iov_iter *from, loff_t pos, size_t *most)
{
	struct address_space *mapping = file->f_mapping;
	const struct address_space_operations *a_ops = mapping->a_ops;
	size_t bytes = *most, copied;
	void *fsdata = NULL;
	struct page *page;
	ssize_t kept;

	*most = PAGE_SIZE;
	kept = a_ops->write_begin(file, mapping, pos, bytes, 0, &page, &fsdata);
	if (kept < 0)
		return kept;
	/* The source may be this very page, mapped: a fault would wait for its lock for ever. */
	pagefault_disable();
	copied = copy_page_from_iter(page, pos & ~PAGE_MASK, bytes, from);
	pagefault_enable();
	kept = a_ops->write_end(file, mapping, pos, bytes, copied, page, fsdata);
	if (kept < 0) {
		iov_iter_revert(from, copied);
		return kept;
	}
	if (kept < copied)
		iov_iter_revert(from, copied - kept);
	if (!kept && copied)
		*most = copied;		/* the source may well end there */
	balance_dirty_pages_ratelimited(mapping);
	return kept;
}

/* i_rwsem held.  The bytes written, or the error that came before the first. */
static ssize_t generic_perform_write(struct file *file, struct iov_iter *from, loff_t pos)
{
	ssize_t done = 0, err = 0;
	size_t most = PAGE_SIZE;

	while (iov_iter_count(from)) {
		most = min3(most, PAGE_SIZE - (size_t)(pos & ~PAGE_MASK), iov_iter_count(from));
		if (unlikely(iov_iter_fault_in_readable(from, most))) {
			err = -EFAULT;
			break;
		}
		err = write_one_page(file, from, pos, &most);
		if (err < 0)
			break;
		pos += err;
		done += err;
		if (fatal_signal_pending(current)) {
			err = -EINTR;
			break;
		}
		cond_resched();
	}
	return done ? done : err;
}

/* The part under i_rwsem, which the caller holds. */
ssize_t __generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct file *file = iocb->ki_filp;
	ssize_t done;
	int err;

	err = file_remove_privs(file);
	if (!err)
		err = file_update_time(file);
	if (err)
		return err;
	done = generic_perform_write(file, from, iocb->ki_pos);
	if (done > 0)
		iocb->ki_pos += done;
	return done;
}

/* O_SYNC, O_DSYNC, or a file system mounted so: what was written is waited for. */
ssize_t generic_write_sync(struct kiocb *iocb, ssize_t count)
{
	struct file *file = iocb->ki_filp;
	int err;

	if (!(iocb->ki_flags & (IOCB_DSYNC | IOCB_SYNC)) &&
	    !(file->f_mapping->host->i_sb->s_flags & SB_SYNCHRONOUS))
		return count;
	err = vfs_fsync_range(file, iocb->ki_pos - count, iocb->ki_pos - 1,
			      !(file->f_flags & __O_SYNC));
	return err ? err : count;
}

ssize_t generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct inode *inode = iocb->ki_filp->f_mapping->host;
	ssize_t done;

	inode_lock(inode);
	done = generic_write_checks(iocb, from);
	if (done > 0)
		done = __generic_file_write_iter(iocb, from);
	inode_unlock(inode);
	return done > 0 ? generic_write_sync(iocb, done) : done;
}
EXPORT_SYMBOL(generic_file_write_iter);
