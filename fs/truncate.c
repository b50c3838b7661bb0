/*
 * Taking pages out of a file: because it is cut, goes away, or is to be read
 * anew.
 *
 * truncate sets the size first, then takes the pages out of page tables, then
 * out of the cache; a fault in between sees the size under the page lock and
 * gives up.
 *
 * Context: process; sleeps for page locks and write-back.
 */
#include "internal_pages.h"

/* The page as a whole goes. Locked, not under write-back. */
static void truncate_whole_page(struct address_space *mapping, struct page *page)
{
	if (page_mapped(page))
		unmap_mapping_range(mapping, page_offset(page), PAGE_SIZE, 0);
	if (page_has_buffers(page))
		block_invalidatepage(page, 0);
	if (PageDirty(page))
		cancel_dirty_page(page);
	if (PageMappedToDisk(page))
		ClearPageMappedToDisk(page);
	delete_from_page_cache(page);
}

/* The first page may keep its beginning: zero the rest. */
static void truncate_partial(struct address_space *mapping, pgoff_t index, unsigned int from)
{
	struct page *page = find_lock_page(mapping, index);

	if (!page)
		return;
	wait_on_page_writeback(page);
	zero_user_segment(page, from, PAGE_SIZE);
	ClearPageMappedToDisk(page);
	if (page_has_buffers(page))
		block_invalidatepage(page, from);
	unlock_put_page(page);
}

/* Forget all bytes from start on. */
void truncate_inode_pages(struct address_space *mapping, loff_t start)
{
	pgoff_t index = (start + PAGE_SIZE - 1) >> PAGE_SHIFT;
	struct page *pages[PAGEVEC_SIZE];
	unsigned nr, i;

	if (!mapping->nrpages)
		return;
	if (start & ~PAGE_MASK)
		truncate_partial(mapping, start >> PAGE_SHIFT, start & ~PAGE_MASK);
	while ((nr = find_get_pages_range(mapping, &index, ULONG_MAX, PAGEVEC_SIZE, pages)) != 0) {
		for (i = 0; i < nr; i++) {
			lock_page(pages[i]);
			wait_on_page_writeback(pages[i]);
			if (pages[i]->mapping == mapping)
				truncate_whole_page(mapping, pages[i]);
			unlock_put_page(pages[i]);
		}
		cond_resched();
	}
}

/* The inode goes; nobody can add pages any more. */
void truncate_inode_pages_final(struct address_space *mapping)
{
	truncate_inode_pages(mapping, 0);
}

void truncate_pagecache(struct inode *inode, loff_t size)
{
	struct address_space *mapping = inode->i_mapping;
	loff_t hole = ALIGN(size, PAGE_SIZE);

	/* Twice: a private copy may be made between the two from a page still in the cache. */
	unmap_mapping_range(mapping, hole, 0, 1);
	truncate_inode_pages(mapping, size);
	unmap_mapping_range(mapping, hole, 0, 1);
}

/*
 * The file grew from `from` to `to`.  The page that its end was in may be mapped
 * and writable, but has blocks up to the old end only: the next store must ask
 * page_mkwrite() for the others, or it would be lost.  Context: page not locked.
 */
void pagecache_isize_extended(struct inode *inode, loff_t from, loff_t to)
{
	unsigned int block = 1u << inode->i_blkbits;
	loff_t has_blocks = ALIGN(from, block);
	struct page *page;

	if (to <= has_blocks || !(has_blocks & ~PAGE_MASK))
		return;
	page = find_lock_page(inode->i_mapping, has_blocks >> PAGE_SHIFT);
	if (!page)
		return;
	if (page_mkclean(page))
		set_page_dirty(page);
	unlock_put_page(page);
}

void truncate_setsize(struct inode *inode, loff_t size)
{
	loff_t old = inode->i_size;

	i_size_write(inode, size);
	if (size < old)
		truncate_pagecache(inode, size);
	else
		pagecache_isize_extended(inode, old, size);
}

static bool invalidate_clean(struct page *page)
{
	if (PageDirty(page) || PageWriteback(page) || page_mapped(page))
		return false;
	if (page_has_buffers(page) && !try_to_free_buffers(page))
		return false;
	return remove_if_unused(page);
}

/* Drop pages start to end that are clean and unused; how many. */
unsigned long invalidate_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	struct page *pages[PAGEVEC_SIZE];
	unsigned long dropped = 0;
	unsigned nr, i;

	while ((nr = find_get_pages_range(mapping, &start, end, PAGEVEC_SIZE, pages)) != 0) {
		for (i = 0; i < nr; i++) {
			if (trylock_page(pages[i])) {
				if (pages[i]->mapping == mapping)
					dropped += invalidate_clean(pages[i]);
				unlock_page(pages[i]);
			}
			put_page(pages[i]);
		}
	}
	return dropped;
}

/*
 * Bytes start to end go to the disk and are forgotten, by processes that map them, too: the disk gets
 * others in their place. 0 or -errno; what is used at this moment stays.
 */
int write_and_drop_range(struct address_space *mapping, loff_t start, loff_t end)
{
	loff_t first = start & PAGE_MASK;
	int err;

	unmap_mapping_range(mapping, first, end + 1 - first, 0);
	err = filemap_write_and_wait_range(mapping, start, end);
	if (!err)
		invalidate_mapping_pages(mapping, start >> PAGE_SHIFT, end >> PAGE_SHIFT);
	return err;
}
