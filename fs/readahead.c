/*
 * Read-ahead: having pages read before they are asked for.
 *
 * A reader that goes on where it stopped gets windows that double up to the
 * device's limit.  The first page of a window's later part is marked; reaching
 * it starts the next window, so that the disk works while the reader still
 * has pages to copy:
 *
 *      window: start .......... size
 *              [ being used | marker -- async_size -- ] [ next window ]
 *
 * A page here and a page there is random access: only what is asked for is read.
 *
 * Context: process; may sleep for memory, not for the disk.  file_ra_state is
 * a hint without a lock: two readers of one opening may spoil each other's
 * windows, never the data.
 */
#include "internal_pages.h"

#define RA_DEFAULT_PAGES	32		/* 128 KiB */
#define RA_SMALL_REQUEST	4		/* pages: a small reader starts with four times as much */

void file_ra_state_init(struct file_ra_state *ra, struct address_space *mapping)
{
	*ra = (struct file_ra_state){ .ra_pages = RA_DEFAULT_PAGES, .prev_pos = -1 };
}

/* The first window: generous for small requests, up to the limit. */
static unsigned long initial_size(unsigned long req, unsigned long max)
{
	unsigned long size = roundup_pow_of_two(req);

	size *= size <= RA_SMALL_REQUEST ? 4 : 2;
	return min(size, max);
}

/*
 * ra_next_window - decide what to read when page index is wanted
 * hit_marker: the page is there, and carries the mark; else it is missing.
 * Sets ra->start, size and async_size and returns true; false: read just the
 * req pages, nothing is known of a sequence.
 */
bool ra_next_window(struct file_ra_state *ra, pgoff_t index, unsigned long req, bool hit_marker)
{
	unsigned long max = ra->ra_pages ?: RA_DEFAULT_PAGES;
	pgoff_t prev = (unsigned long long)ra->prev_pos >> PAGE_SHIFT;

	if (ra->size && (index == ra->start + ra->size - ra->async_size ||
			 index == ra->start + ra->size)) {
		ra->start += ra->size;			/* on it goes: a bigger one behind it */
		ra->size = min(ra->size * 2ul, max);
		ra->async_size = ra->size;
		return true;
	}
	if (hit_marker) {				/* another reader's mark: follow him */
		ra->start = index + 1;
		ra->size = min(initial_size(req, max) * 2, max);
		ra->async_size = ra->size;
		return true;
	}
	if (index && req < max && index != prev && index != prev + 1)
		return false;
	ra->start = index;
	ra->size = max(initial_size(req, max), min(req, max));
	ra->async_size = ra->size > req ? ra->size - req : ra->size;
	return true;
}

/* New pages for the holes in [index, index + nr), up to the file's end; how many. */
static unsigned alloc_pages_for(struct address_space *mapping, pgoff_t index, unsigned long nr,
				pgoff_t marker, struct list_head *pool)
{
	loff_t size = i_size_read(mapping->host);
	pgoff_t last;
	unsigned count = 0;

	if (!size)
		return 0;
	last = (size - 1) >> PAGE_SHIFT;
	for (; nr && index <= last; index++, nr--) {
		struct page *page;

		if (page_exists(mapping, index))
			continue;
		page = alloc_page((mapping->gfp_mask & ~__GFP_ZERO) | __GFP_NORETRY | __GFP_NOWARN);
		if (!page)
			break;
		page->index = index;
		if (index == marker)
			__SetPageReadahead(page);
		list_add_tail(&page->lru, pool);
		count++;
	}
	return count;
}

/* A file system without readpages gets the pages one by one. */
static void read_one_by_one(struct address_space *mapping, struct file *file,
			    struct list_head *pool)
{
	while (!list_empty(pool)) {
		struct page *page = list_first_entry(pool, struct page, lru);

		list_del(&page->lru);
		if (!add_to_page_cache_lru(page, mapping, page->index, mapping->gfp_mask))
			mapping->a_ops->readpage(file, page);
		put_page(page);
	}
}

/* Start reading what is missing of [index, index + nr); marker is a page index, or -1. */
static void read_range(struct address_space *mapping, struct file *file, pgoff_t index,
		       unsigned long nr, pgoff_t marker)
{
	LIST_HEAD(pool);
	unsigned count = alloc_pages_for(mapping, index, nr, marker, &pool);

	if (!count)
		return;
	if (mapping->a_ops->readpages)
		mapping->a_ops->readpages(file, mapping, &pool, count);
	else
		read_one_by_one(mapping, file, &pool);
}

static void submit_window(struct address_space *mapping, struct file_ra_state *ra,
			  struct file *file)
{
	read_range(mapping, file, ra->start, ra->size, ra->start + ra->size - ra->async_size);
}

unsigned int readahead_limit(struct inode *inode)
{
	struct block_device *bdev = S_ISBLK(inode->i_mode) ? I_BDEV(inode) : inode->i_sb->s_bdev;

	return bdev && bdev->bd_disk ? bdev_get_queue(bdev)->ra_pages : RA_DEFAULT_PAGES;
}

void page_cache_sync_readahead(struct address_space *mapping, struct file_ra_state *ra,
			       struct file *file, pgoff_t index, unsigned long req)
{
	ra->ra_pages = readahead_limit(mapping->host);
	if (!ra->ra_pages || !ra_next_window(ra, index, req, false)) {
		read_range(mapping, file, index, req, -1);
		return;
	}
	submit_window(mapping, ra, file);
	/* The window may begin behind what is wanted: after a page was given back. */
	if (index < ra->start)
		read_range(mapping, file, index, min_t(unsigned long, req, ra->start - index), -1);
}

void page_cache_async_readahead(struct address_space *mapping, struct file_ra_state *ra,
				struct file *file, struct page *page, pgoff_t index,
				unsigned long req)
{
	ClearPageReadahead(page);
	if (ra_next_window(ra, index, req, true))
		submit_window(mapping, ra, file);
}
