/*
 * Pages that are newer than the disk: marked, counted, written, waited for.
 *
 *   clean -set_page_dirty-> dirty -clear_page_dirty_for_io, set_page_writeback->
 *   under write-back -end_page_writeback-> clean (or dirty again meanwhile)
 *
 * The marks are in page->flags and, so that they are found without looking at
 * every page, as tags in the mapping's tree.  A writer who finds too many dirty
 * pages in the system writes some himself: no process outruns the disk.
 *
 * Context: process, may sleep; test_clear_page_writeback() in interrupts.
 * Lock: tree_lock for the tags.
 */
#include <linux/vmstat.h>
#include "internal_pages.h"

/* Of the pages that could be had: the flusher starts at the first, writers wait at the second. */
#define BACKGROUND_DIVISOR	10
#define DIRTY_DIVISOR		5
#define DIRTY_MINIMUM		64	/* pages, however small the machine */
#define WRITER_CHUNK		64	/* pages a writer over the limit writes himself */

/* ------------------------------------------------------------------ marks */

/* Dirty, tagged, counted, and its inode listed; true if it was clean before. */
int __set_page_dirty_nobuffers(struct page *page)
{
	struct address_space *mapping;
	unsigned long flags;

	if (PageDirty(page) || TestSetPageDirty(page))
		return 0;
	mapping = page_mapping(page);
	if (!mapping)
		return 1;
	spin_lock_irqsave(&mapping->tree_lock, flags);
	if (page->mapping == mapping) {		/* not truncated meanwhile */
		radix_tree_tag_set(&mapping->i_pages, page->index, PAGECACHE_TAG_DIRTY);
		inc_node_page_state(NR_FILE_DIRTY);
	}
	spin_unlock_irqrestore(&mapping->tree_lock, flags);
	if (mapping->host)
		__mark_inode_dirty(mapping->host, I_DIRTY_PAGES);
	return 1;
}

/* For pages that are written nowhere: tmpfs. */
int __set_page_dirty_no_writeback(struct page *page)
{
	return !PageDirty(page) && !TestSetPageDirty(page);
}

int set_page_dirty(struct page *page)
{
	struct address_space *mapping = page_mapping(page);

	if (mapping && mapping->a_ops->set_page_dirty)
		return mapping->a_ops->set_page_dirty(page);
	return __set_page_dirty_nobuffers(page);
}
EXPORT_SYMBOL(set_page_dirty);

int set_page_dirty_lock(struct page *page)
{
	int was_clean;

	lock_page(page);
	was_clean = set_page_dirty(page);
	unlock_page(page);
	return was_clean;
}
EXPORT_SYMBOL(set_page_dirty_lock);

/*
 * About to be written: clear the mark; 1 if it was set.  Write-protecting the
 * mappings first means that a store after this faults and sets it again.
 * Page locked.
 */
int clear_page_dirty_for_io(struct page *page)
{
	if (page_mapped(page) && page_mkclean(page))
		set_page_dirty(page);
	if (!TestClearPageDirty(page))
		return 0;
	dec_node_page_state(NR_FILE_DIRTY);
	return 1;
}

/* It is going away unwritten. Page locked; the tag goes with the tree entry. */
void cancel_dirty_page(struct page *page)
{
	if (TestClearPageDirty(page) && page->mapping && !mapping_unevictable(page->mapping))
		dec_node_page_state(NR_FILE_DIRTY);
}

/* Page locked, its dirty mark cleared.  Holds a reference until end_page_writeback(). */
void set_page_writeback(struct page *page)
{
	struct address_space *mapping = page->mapping;
	unsigned long flags;

	get_page(page);
	spin_lock_irqsave(&mapping->tree_lock, flags);
	SetPageWriteback(page);
	radix_tree_tag_set(&mapping->i_pages, page->index, PAGECACHE_TAG_WRITEBACK);
	if (!PageDirty(page))
		radix_tree_tag_clear(&mapping->i_pages, page->index, PAGECACHE_TAG_DIRTY);
	spin_unlock_irqrestore(&mapping->tree_lock, flags);
	inc_node_page_state(NR_WRITEBACK);
}

/* A page under write-back is never taken out of its mapping, so the mapping is good. */
void test_clear_page_writeback(struct page *page)
{
	struct address_space *mapping = page->mapping;
	unsigned long flags;

	spin_lock_irqsave(&mapping->tree_lock, flags);
	radix_tree_tag_clear(&mapping->i_pages, page->index, PAGECACHE_TAG_WRITEBACK);
	ClearPageWriteback(page);
	spin_unlock_irqrestore(&mapping->tree_lock, flags);
	dec_node_page_state(NR_WRITEBACK);
}

/* ------------------------------------------------------------------ writing a mapping */

/* Whether this dirty page is ours to write now. Page locked. */
static bool wants_writing(struct page *page, struct address_space *mapping,
			  const struct writeback_control *wbc)
{
	if (page->mapping != mapping || !PageDirty(page))
		return false;
	if (PageWriteback(page)) {
		if (wbc->sync_mode == WB_SYNC_NONE)
			return false;
		wait_on_page_writeback(page);
	}
	return clear_page_dirty_for_io(page);
}

/*
 * Calls writepage, which unlocks it, for each dirty page of wbc's range.  Stops at the
 * first error unless everything must be tried (WB_SYNC_ALL); returns the first.
 */
int write_cache_pages(struct address_space *mapping, struct writeback_control *wbc,
		      writepage_t *writepage, void *data)
{
	struct page *pages[PAGEVEC_SIZE];
	pgoff_t index = wbc->range_start >> PAGE_SHIFT, end = wbc->range_end >> PAGE_SHIFT;
	int err = 0, one;
	unsigned nr, i;

	while ((nr = find_get_pages_range_tag(mapping, &index, end, PAGECACHE_TAG_DIRTY,
					      PAGEVEC_SIZE, pages)) != 0) {
		for (i = 0; i < nr; i++) {
			struct page *page = pages[i];

			if (wbc->nr_to_write > 0 || wbc->sync_mode == WB_SYNC_ALL) {
				lock_page(page);
				if (!wants_writing(page, mapping, wbc)) {
					unlock_page(page);
				} else {
					one = writepage(page, wbc, data);
					wbc->nr_to_write--;
					err = err ? err : one;
				}
			}
			put_page(page);
		}
		if (wbc->sync_mode == WB_SYNC_NONE && (err || wbc->nr_to_write <= 0))
			break;
		cond_resched();
	}
	return err;
}

static int write_one(struct page *page, struct writeback_control *wbc, void *data)
{
	int err = page->mapping->a_ops->writepage(page, wbc);

	mapping_set_error(data, err);
	return err;
}

int do_writepages(struct address_space *mapping, struct writeback_control *wbc)
{
	if (wbc->nr_to_write <= 0 || mapping_unevictable(mapping))
		return 0;
	if (mapping->a_ops->writepages)
		return mapping->a_ops->writepages(mapping, wbc);
	if (mapping->a_ops->writepage)
		return write_cache_pages(mapping, wbc, write_one, mapping);
	return 0;
}

/* end is the last byte; starts the writing, does not wait for its end. */
int __filemap_fdatawrite_range(struct address_space *mapping, loff_t start, loff_t end,
			       int sync_mode)
{
	struct writeback_control wbc = {
		.sync_mode = sync_mode,
		.nr_to_write = LONG_MAX,
		.range_start = start,
		.range_end = end,
	};

	if (!mapping->nrpages)
		return 0;
	return do_writepages(mapping, &wbc);
}

/* Wait for what is under way; the error of this or an earlier write, told once. */
int filemap_fdatawait_range(struct address_space *mapping, loff_t start, loff_t end)
{
	struct page *pages[PAGEVEC_SIZE];
	pgoff_t index = start >> PAGE_SHIFT, last = end >> PAGE_SHIFT;
	unsigned nr, i;

	while ((nr = find_get_pages_range_tag(mapping, &index, last, PAGECACHE_TAG_WRITEBACK,
					      PAGEVEC_SIZE, pages)) != 0) {
		for (i = 0; i < nr; i++) {
			wait_on_page_writeback(pages[i]);
			put_page(pages[i]);
		}
	}
	return filemap_check_errors(mapping);
}

int filemap_write_and_wait_range(struct address_space *mapping, loff_t start, loff_t end)
{
	int err, err2;

	if (!mapping->nrpages)
		return filemap_check_errors(mapping);
	err = __filemap_fdatawrite_range(mapping, start, end, WB_SYNC_ALL);
	err2 = filemap_fdatawait_range(mapping, start, end);
	return err ? err : err2;
}

int filemap_write_and_wait(struct address_space *mapping)
{
	return filemap_write_and_wait_range(mapping, 0, LLONG_MAX);
}

/* ------------------------------------------------------------------ the throttle */

static unsigned long dirtyable_pages(void)
{
	return nr_free_pages() + global_cached_pages() + global_buffer_pages();
}

bool dirty_limit_exceeded(void)
{
	unsigned long dirty = global_dirty_pages();

	return dirty > DIRTY_MINIMUM && dirty > dirtyable_pages() / BACKGROUND_DIVISOR;
}

/*
 * The look at the counters is cheap, the division is not: below the minimum
 * nothing else is asked.  Over the limit the writer works off more than he
 * made, and waits for it through the request queue, which has an end.
 */
void balance_dirty_pages_ratelimited(struct address_space *mapping)
{
	unsigned long dirty = global_dirty_pages();

	if (likely(dirty <= DIRTY_MINIMUM) || (dirty & 7))
		return;
	if (dirty + global_writeback_pages() > dirtyable_pages() / DIRTY_DIVISOR)
		writeback_some(mapping->host->i_sb, WRITER_CHUNK);
	else if (dirty_limit_exceeded())
		wakeup_flusher_threads();
}
