/*
 * <linux/pagemap.h> - the page cache: file contents by (address_space, index).
 *
 * A page in the cache holds one reference of the cache's own.  PG_locked is
 * held while it is read in, truncated or begun to be written; PG_uptodate says
 * that its bytes are the file's; PG_dirty that they are newer than the disk's;
 * PG_writeback that they are on their way there.
 */
#ifndef _LINUX_PAGEMAP_H
#define _LINUX_PAGEMAP_H

#include <linux/types.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/gfp.h>

#define find_or_create_page(mapping, index, gfp) \
	pagecache_get_page(mapping, index, FGP_LOCK | FGP_CREAT, gfp)
#define find_lock_page(mapping, index)	pagecache_get_page(mapping, index, FGP_LOCK, 0)

/* Nobody can write these pages anywhere (tmpfs): reclaim leaves them alone. */
static inline void mapping_set_unevictable(struct address_space *mapping)
{
	set_bit(AS_UNEVICTABLE, &mapping->flags);
}

static inline bool mapping_unevictable(struct address_space *mapping)
{
	return test_bit(AS_UNEVICTABLE, &mapping->flags);
}

static inline gfp_t mapping_gfp_mask(struct address_space *mapping)
{
	return mapping->gfp_mask;
}

static inline void mapping_set_gfp_mask(struct address_space *mapping, gfp_t mask)
{
	mapping->gfp_mask = mask;
}

#define FGP_ACCESSED	0x01
#define FGP_LOCK	0x02
#define FGP_CREAT	0x04

/*
 * All below: process context, may sleep, unless said otherwise.  Pages come
 * with a reference; NULL (or ERR_PTR where said) when there is none.
 */
extern struct page *find_get_page(struct address_space *mapping, pgoff_t index);
extern struct page *pagecache_get_page(struct address_space *mapping, pgoff_t index, int fgp,
				       gfp_t gfp);
extern unsigned find_get_pages_range_tag(struct address_space *mapping, pgoff_t *index,
					 pgoff_t end, int tag, unsigned nr, struct page **pages);

static inline unsigned find_get_pages_range(struct address_space *mapping, pgoff_t *index,
					    pgoff_t end, unsigned nr, struct page **pages)
{
	return find_get_pages_range_tag(mapping, index, end, PAGECACHE_TAG_NONE, nr, pages);
}

extern int add_to_page_cache_lru(struct page *page, struct address_space *mapping, pgoff_t index,
				 gfp_t gfp);
extern void delete_from_page_cache(struct page *page);
extern struct page *read_mapping_page(struct address_space *mapping, pgoff_t index, void *data);
extern struct page *grab_cache_page_write_begin(struct address_space *mapping, pgoff_t index,
						unsigned flags);
extern void __lock_page(struct page *page);
extern void unlock_page(struct page *page);
extern void wait_on_page_bit(struct page *page, int bit);
extern int wait_on_page_bit_killable(struct page *page, int bit);
extern void end_page_writeback(struct page *page);
extern void truncate_inode_pages(struct address_space *mapping, loff_t start);
extern void truncate_inode_pages_final(struct address_space *mapping);
extern void truncate_setsize(struct inode *inode, loff_t size);
extern void truncate_pagecache(struct inode *inode, loff_t size);
extern void pagecache_isize_extended(struct inode *inode, loff_t from, loff_t to);
extern unsigned long invalidate_mapping_pages(struct address_space *mapping, pgoff_t start,
					      pgoff_t end);
extern void mapping_set_error(struct address_space *mapping, int error);
extern int filemap_check_errors(struct address_space *mapping);

/* Give back up to nr unused clean pages, oldest first; returns how many. */
extern unsigned long shrink_page_cache(unsigned long nr);

/*
 * Read-ahead.  _sync: page `index` is wanted and missing; _async: a reader
 * reached the page marked PG_readahead.  req: how many pages are wanted.
 */
extern void page_cache_sync_readahead(struct address_space *mapping, struct file_ra_state *ra,
				      struct file *file, pgoff_t index, unsigned long req);
extern void page_cache_async_readahead(struct address_space *mapping, struct file_ra_state *ra,
				       struct file *file, struct page *page, pgoff_t index,
				       unsigned long req);

static inline int trylock_page(struct page *page)
{
	return !test_and_set_bit(PG_locked, &page->flags);
}

static inline void lock_page(struct page *page)
{
	might_sleep();
	if (!trylock_page(page))
		__lock_page(page);
}

/* The end of a find_lock_page(). */
static inline void unlock_put_page(struct page *page)
{
	unlock_page(page);
	put_page(page);
}

static inline void wait_on_page_locked(struct page *page)
{
	if (PageLocked(page))
		wait_on_page_bit(page, PG_locked);
}

static inline void wait_on_page_writeback(struct page *page)
{
	if (PageWriteback(page))
		wait_on_page_bit(page, PG_writeback);
}

/* Bytes of the file that lie within the page: PAGE_SIZE, less at its end, 0 behind it. */
extern unsigned int page_file_bytes(struct page *page, struct inode *inode);

static inline loff_t page_offset(struct page *page)
{
	return (loff_t)page->index << PAGE_SHIFT;
}

#endif
