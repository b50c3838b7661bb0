/* What the files of the page cache share, and the headers all need; others see <linux/pagemap.h>. */
#ifndef FS_INTERNAL_PAGES_H
#define FS_INTERNAL_PAGES_H

#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/export.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/string.h>
#include <linux/writeback.h>

#define PAGEVEC_SIZE	16		/* pages handled at once */

/* filemap.c */
bool page_exists(struct address_space *mapping, pgoff_t index);
bool remove_if_unused(struct page *page);

/* truncate.c */
int write_and_drop_range(struct address_space *mapping, loff_t start, loff_t end);

/* page_lru.c */
void lru_cache_add(struct page *page);
void lru_cache_del(struct page *page);
void count_cached_page(struct address_space *mapping, int delta);
void page_lru_init(void);

/* page-writeback.c */
void test_clear_page_writeback(struct page *page);
bool dirty_limit_exceeded(void);

/* fs-writeback.c: write up to nr pages of what is dirty in sb; how many. May sleep. */
long writeback_some(struct super_block *sb, long nr);

/* readahead.c, for its tests too */
/* The most that the device below wants to be read at once, in pages; 0: nothing that was not asked for. */
unsigned int readahead_limit(struct inode *inode);
bool ra_next_window(struct file_ra_state *ra, pgoff_t index, unsigned long req, bool hit_marker);

#endif
