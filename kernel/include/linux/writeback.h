/*
 * <linux/writeback.h> - how changed pages and inodes get to the disk.
 *
 * Whoever changes a page marks it dirty; a kernel thread writes what has been
 * dirty for a while, or sooner when much is; sync and fsync write and wait.
 */
#ifndef _LINUX_WRITEBACK_H
#define _LINUX_WRITEBACK_H

#include <linux/types.h>
#include <linux/fs.h>
#include <linux/vmstat.h>

enum writeback_sync_modes {
	WB_SYNC_NONE,		/* start the writing, skip what is busy */
	WB_SYNC_ALL,		/* everything that is dirty now */
};

/* One order to write something.  Belongs to its caller. */
struct writeback_control {
	long nr_to_write;		/* pages still wanted; each one written counts it down */
	loff_t range_start, range_end;	/* bytes, the last included */
	enum writeback_sync_modes sync_mode;
};

extern int do_writepages(struct address_space *mapping, struct writeback_control *wbc);
typedef int writepage_t(struct page *page, struct writeback_control *wbc, void *data);
extern int write_cache_pages(struct address_space *mapping, struct writeback_control *wbc,
			     writepage_t *writepage, void *data);
extern int __filemap_fdatawrite_range(struct address_space *mapping, loff_t start, loff_t end,
				      int sync_mode);
extern int filemap_fdatawait_range(struct address_space *mapping, loff_t start, loff_t end);

/* Called by each writer after it made a page dirty; sleeps when too much is.  May sleep. */
extern void balance_dirty_pages_ratelimited(struct address_space *mapping);

/* Dirty marks of a page.  set_page_dirty: true if it was clean.  The page is locked or mapped. */
extern int set_page_dirty(struct page *page);
extern int __set_page_dirty_nobuffers(struct page *page);
extern int __set_page_dirty_no_writeback(struct page *page);
extern int clear_page_dirty_for_io(struct page *page);
extern void cancel_dirty_page(struct page *page);
extern void set_page_writeback(struct page *page);

extern void wakeup_flusher_threads(void);

/* Pages by state, for /proc/meminfo and the throttle. */
static inline unsigned long global_dirty_pages(void)
{
	return global_node_page_state(NR_FILE_DIRTY);
}

static inline unsigned long global_writeback_pages(void)
{
	return global_node_page_state(NR_WRITEBACK);
}

static inline unsigned long global_buffer_pages(void)		/* of block devices */
{
	return global_node_page_state(NR_BLOCKDEV_PAGES);
}

static inline unsigned long global_cached_pages(void)		/* of files */
{
	return global_node_page_state(NR_FILE_PAGES) - global_buffer_pages();
}

#endif
