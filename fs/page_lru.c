/*
 * Which cached pages are old, and giving them back when memory is short.
 *
 * One list holds the pages of files and block devices, the newest in front.
 * The first use of a page after it was read sets PG_referenced, another sets
 * PG_active.  Reclaim looks at the tail: an active page loses the mark and
 * goes to the front again; one that was used but once is given back, so that
 * reading a long file through does not push out what is used again and again.
 *
 * Reclaim drops clean pages only; when it meets dirty ones it wakes the
 * flusher.  It is a shrinker, called by the page allocator.
 *
 * Context: process; may sleep.  Locks: lru_lock for the list; a page on it has
 * at least the cache's reference, so lru_lock suffices to take another.
 */
#include <linux/vmstat.h>
#include "internal_pages.h"

/*
 * What is always left: the programs' own text and the metadata to find it by.
 * With less, a machine full of data reads the same pages again and again and
 * hardly runs; so at this point the allocator fails and a process is killed.
 */
#define LRU_FLOOR	96

static DEFINE_SPINLOCK(lru_lock);
static LIST_HEAD(lru_list);			/* lru_lock; page->lru */
static unsigned long nr_lru_pages;		/* lru_lock */

void lru_cache_add(struct page *page)
{
	spin_lock(&lru_lock);
	__SetPageLRU(page);
	list_add(&page->lru, &lru_list);
	nr_lru_pages++;
	spin_unlock(&lru_lock);
}

void lru_cache_del(struct page *page)
{
	if (!PageLRU(page))
		return;
	spin_lock(&lru_lock);
	ClearPageLRU(page);
	list_del(&page->lru);
	nr_lru_pages--;
	spin_unlock(&lru_lock);
}

void mark_page_accessed(struct page *page)
{
	if (!PageReferenced(page))
		SetPageReferenced(page);
	else if (!PageActive(page))
		SetPageActive(page);
}

/* For /proc/meminfo: a block device's pages count as buffers, all others as cached. */
void count_cached_page(struct address_space *mapping, int delta)
{
	mod_node_page_state(NR_FILE_PAGES, delta);
	if (mapping->host && S_ISBLK(mapping->host->i_mode))
		mod_node_page_state(NR_BLOCKDEV_PAGES, delta);
	else if (mapping_unevictable(mapping))
		mod_node_page_state(NR_SHMEM, delta);
}

/* The oldest page, referenced, and moved to the front so that the next call sees another. */
static struct page *next_candidate(void)
{
	struct page *page = NULL;

	spin_lock(&lru_lock);
	if (!list_empty(&lru_list)) {
		page = list_last_entry(&lru_list, struct page, lru);
		list_move(&page->lru, &lru_list);
		get_page(page);
	}
	spin_unlock(&lru_lock);
	return page;
}

/* Take the page out of page tables and buffers and drop it; false if it is still wanted. */
static bool reclaim_locked(struct page *page)
{
	if (!page->mapping || PageDirty(page) || PageWriteback(page))
		return false;
	if (page_mapped(page)) {
		if (page_referenced(page))
			return false;
		try_to_unmap(page);
		if (page_mapped(page) || PageDirty(page))
			return false;
	}
	if (page_has_buffers(page) && !try_to_free_buffers(page))
		return false;
	return remove_if_unused(page);
}

static bool reclaim_page(struct page *page)
{
	bool freed;

	if (TestClearPageActive(page) || !trylock_page(page))
		return false;
	freed = reclaim_locked(page);
	unlock_page(page);
	return freed;
}

/* Look at up to nr_to_scan of the oldest pages; *dirty counts those that must be written first. */
static unsigned long scan_lru(unsigned long nr_to_scan, unsigned long *dirty)
{
	unsigned long freed = 0;
	struct page *page;

	while (nr_to_scan-- && (page = next_candidate()) != NULL) {
		if (PageDirty(page) || PageWriteback(page))
			(*dirty)++;
		else
			freed += reclaim_page(page);
		put_page(page);
	}
	return freed;
}

unsigned long shrink_page_cache(unsigned long nr)
{
	unsigned long freed = 0, dirty = 0, left = READ_ONCE(nr_lru_pages) * 2;

	/* Twice round: the first time takes PG_active from them. */
	while (freed < nr && left) {
		unsigned long now = min(left, nr - freed);

		freed += scan_lru(now, &dirty);
		left -= now;
	}
	if (dirty)
		wakeup_flusher_threads();
	return freed;
}

static unsigned long lru_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	unsigned long nr = READ_ONCE(nr_lru_pages);

	return nr > LRU_FLOOR ? nr - LRU_FLOOR : 0;
}

static unsigned long lru_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	unsigned long dirty = 0, freed = scan_lru(sc->nr_to_scan, &dirty);

	sc->nr_scanned = sc->nr_to_scan;
	if (dirty)
		wakeup_flusher_threads();
	return freed;
}

static struct shrinker page_lru_shrinker = {
	.count_objects = lru_count,
	.scan_objects = lru_scan,
	.seeks = DEFAULT_SEEKS,
};

void __init page_lru_init(void)
{
	register_shrinker(&page_lru_shrinker);
}
