/*
 * <linux/buffer_head.h> - one disk block inside a page of the cache.
 *
 * There is one cache, of pages.  A block device has an address space too, and
 * metadata lives in it; a buffer head names one block within such a page (or
 * within a file's page, to remember where on the disk that part lies).
 * bread() returns one, read in.
 */
#ifndef _LINUX_BUFFER_HEAD_H
#define _LINUX_BUFFER_HEAD_H

#include <linux/types.h>
#include <linux/fs.h>
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/pagemap.h>

enum bh_state_bits {
	BH_Uptodate, BH_Dirty, BH_Lock, BH_Req, BH_Mapped, BH_New,
	BH_Async_Read, BH_Async_Write, BH_Delay, BH_Boundary, BH_Write_EIO, BH_Meta,
	BH_PrivateStart,
};

struct buffer_head;
typedef void (bh_end_io_t)(struct buffer_head *bh, int uptodate);

/* [a] atomic bits   [L] the page's lock, or BH_Lock   [m] assoc_lock (buffer.c)   [r] atomic */
struct buffer_head {
	unsigned long b_state;			/* [a] BH_* */
	struct buffer_head *b_this_page;	/* ring of the page's buffers */
	struct page *b_page;
	sector_t b_blocknr;			/* [L] on b_bdev, in units of b_size */
	size_t b_size;
	char *b_data;				/* within the page */
	struct block_device *b_bdev;
	bh_end_io_t *b_end_io;			/* [L] */
	void *b_private;			/* [L] for b_end_io */
	struct list_head b_assoc_buffers;	/* [m] what fsync of a file must write too */
	struct address_space *b_assoc_map;	/* [m] */
	atomic_t b_count;			/* [r] */
};

#define BUFFER_FNS(bit, name) \
static inline void set_buffer_##name(struct buffer_head *bh) { set_bit(BH_##bit, &bh->b_state); } \
static inline void clear_buffer_##name(struct buffer_head *bh) { clear_bit(BH_##bit, &bh->b_state); } \
static inline int buffer_##name(const struct buffer_head *bh) { return test_bit(BH_##bit, &bh->b_state); }

#define TAS_BUFFER_FNS(bit, name) \
static inline int test_set_buffer_##name(struct buffer_head *bh) \
{ return test_and_set_bit(BH_##bit, &bh->b_state); } \
static inline int test_clear_buffer_##name(struct buffer_head *bh) \
{ return test_and_clear_bit(BH_##bit, &bh->b_state); }

BUFFER_FNS(Uptodate, uptodate)
BUFFER_FNS(Dirty, dirty)
TAS_BUFFER_FNS(Dirty, dirty)
BUFFER_FNS(Lock, locked)
BUFFER_FNS(Req, req)
BUFFER_FNS(Mapped, mapped)
BUFFER_FNS(New, new)
BUFFER_FNS(Async_Read, async_read)
BUFFER_FNS(Async_Write, async_write)
BUFFER_FNS(Write_EIO, write_io_error)

#define page_buffers(page)	((struct buffer_head *)(page)->private)
#define page_has_buffers(page)	PagePrivate(page)
/* All buffers of a page's ring, from head on. */
#define for_each_buffer(bh, head) \
	for (bh = head; bh; bh = bh->b_this_page == head ? NULL : bh->b_this_page)
#define bh_offset(bh)		((unsigned long)(bh)->b_data & ~PAGE_MASK)

extern struct buffer_head *__bread(struct block_device *bdev, sector_t block, unsigned size);
extern struct buffer_head *__getblk(struct block_device *bdev, sector_t block, unsigned size);
extern struct buffer_head *__find_get_block(struct block_device *bdev, sector_t block, unsigned size);
extern void __breadahead(struct block_device *bdev, sector_t block, unsigned size);
extern void brelse(struct buffer_head *bh);
extern void bforget(struct buffer_head *bh);
extern void mark_buffer_dirty(struct buffer_head *bh);
extern void mark_buffer_dirty_inode(struct buffer_head *bh, struct inode *inode);
extern int sync_dirty_buffer(struct buffer_head *bh);
extern int sync_mapping_buffers(struct address_space *mapping);
extern void invalidate_inode_buffers(struct inode *inode);
extern int submit_bh(int op, int op_flags, struct buffer_head *bh);
extern void __wait_on_buffer(struct buffer_head *bh);
extern void __lock_buffer(struct buffer_head *bh);
extern void unlock_buffer(struct buffer_head *bh);
extern int try_to_free_buffers(struct page *page);
extern void block_invalidatepage(struct page *page, unsigned int offset);

/* For address_space_operations that have get_block, or on whose behalf it is called. */
extern int mpage_readpage(struct file *file, struct page *page);
extern int mpage_readpages(struct file *file, struct address_space *mapping,
			   struct list_head *pages, unsigned nr_pages);
extern int mpage_writepage(struct page *page, struct writeback_control *wbc);
extern int mpage_writepages(struct address_space *mapping, struct writeback_control *wbc);
/* direct-io.c: read_iter and write_iter of files with O_DIRECT, for whoever has get_block. */
extern ssize_t generic_direct_read(struct kiocb *iocb, struct iov_iter *to);
extern ssize_t generic_direct_write(struct kiocb *iocb, struct iov_iter *from);
/* Only what has blocks already; a regular file's i_rwsem is held. */
extern ssize_t direct_write(struct kiocb *iocb, struct iov_iter *from);
extern int block_write_begin(struct address_space *mapping, loff_t pos, unsigned len,
			     unsigned flags, struct page **pagep);
extern int generic_write_end(struct file *file, struct address_space *mapping, loff_t pos,
			     unsigned len, unsigned copied, struct page *page, void *fsdata);
extern int block_make_room(struct page *page);
extern int block_truncate_page(struct address_space *mapping, loff_t from);
/* Make a locked page uptodate and keep it locked. */
extern int block_read_page_locked(struct page *page);

/* Pages of a block device with a ring of buffers. */
extern void block_write_end(struct page *page, unsigned int from, unsigned int to);
extern int block_fill_ring(struct page *page);
extern int block_read_full_page(struct page *page);
extern int block_write_full_page(struct page *page);
extern int __set_page_dirty_buffers(struct page *page);

extern int sb_set_blocksize(struct super_block *sb, int size);
extern int sb_min_blocksize(struct super_block *sb, int size);

static inline void get_bh(struct buffer_head *bh) { atomic_inc(&bh->b_count); }
static inline void put_bh(struct buffer_head *bh) { atomic_dec(&bh->b_count); }

static inline struct buffer_head *sb_bread(struct super_block *sb, sector_t block)
{
	return __bread(sb->s_bdev, block, sb->s_blocksize);
}

static inline struct buffer_head *sb_getblk(struct super_block *sb, sector_t block)
{
	return __getblk(sb->s_bdev, block, sb->s_blocksize);
}

static inline struct buffer_head *sb_find_get_block(struct super_block *sb, sector_t block)
{
	return __find_get_block(sb->s_bdev, block, sb->s_blocksize);
}

static inline void map_bh(struct buffer_head *bh, struct super_block *sb, sector_t block)
{
	set_buffer_mapped(bh);
	bh->b_bdev = sb->s_bdev;
	bh->b_blocknr = block;
	bh->b_size = sb->s_blocksize;
}

static inline void wait_on_buffer(struct buffer_head *bh)
{
	if (buffer_locked(bh))
		__wait_on_buffer(bh);
}

static inline int trylock_buffer(struct buffer_head *bh)
{
	return !test_and_set_bit(BH_Lock, &bh->b_state);
}

static inline void lock_buffer(struct buffer_head *bh)
{
	if (!trylock_buffer(bh))
		__lock_buffer(bh);
}

#endif
