/*
 * The page cache: which page holds which part of a file.
 *
 * Each address_space has a tree of its pages by index.  A page in a tree has
 * one reference from there; who finds it takes another.  Its content, its
 * place in the tree and its buffers are changed under the page lock; the tree
 * itself under tree_lock.
 *
 *   find_get_page            is it there?
 *   pagecache_get_page       … locked, and made if wanted
 *   add_to_page_cache_lru    put a new, locked page in
 *   delete_from_page_cache   take it out
 *   lock_page, wait_on_…     sleep for PG_locked, PG_writeback
 *
 * Reading and writing files is in filemap_rw.c, faults in filemap_fault.c,
 * what is dirty in page-writeback.c, what is old in page_lru.c.
 *
 * Context: process, may sleep; unlock_page() and end_page_writeback() run in
 * interrupts too.  Lock order: page lock, tree_lock; lru_lock stands alone.
 */
#include "internal_pages.h"

/* ------------------------------------------------------------------ waiting for a bit */

#define PAGE_WAIT_QUEUES	64
#define PAGE_WAIT_SHIFT		5	/* sizeof(struct page): neighbours get different queues */

static wait_queue_head_t page_wait_table[PAGE_WAIT_QUEUES];

static wait_queue_head_t *page_waitqueue(struct page *page)
{
	return &page_wait_table[((unsigned long)page >> PAGE_WAIT_SHIFT) % PAGE_WAIT_QUEUES];
}

/*
 * PG_waiters tells who clears a bit that somebody sleeps for it.  A sleeper
 * sets it before each look at his bit:
 *
 *     sleeper (queued)          who unlocks
 *     set PG_waiters            clear PG_locked
 *     PG_locked still set?      PG_waiters set?  -> wake all of the queue
 *       yes: sleep
 *
 * Both are locked operations, so one of the two sees the other.
 */
static bool page_bit_clear(struct page *page, int bit)
{
	SetPageWaiters(page);
	return !test_bit(bit, &page->flags);
}

static void wake_page(struct page *page)
{
	ClearPageWaiters(page);
	wake_up_all(page_waitqueue(page));
}

void wait_on_page_bit(struct page *page, int bit)
{
	io_wait_event(*page_waitqueue(page), page_bit_clear(page, bit));
}
EXPORT_SYMBOL(wait_on_page_bit);

int wait_on_page_bit_killable(struct page *page, int bit)
{
	return wait_event_killable(*page_waitqueue(page), page_bit_clear(page, bit));
}

void __lock_page(struct page *page)
{
	do {
		wait_on_page_bit(page, PG_locked);
	} while (!trylock_page(page));
}
EXPORT_SYMBOL(__lock_page);

/* Context: any. */
void unlock_page(struct page *page)
{
	WARN_ON_ONCE(!PageLocked(page));
	clear_bit_unlock(PG_locked, &page->flags);
	if (PageWaiters(page))
		wake_page(page);
}
EXPORT_SYMBOL(unlock_page);

/* Context: any. */
void end_page_writeback(struct page *page)
{
	test_clear_page_writeback(page);
	if (PageWaiters(page))
		wake_page(page);
	put_page(page);			/* set_page_writeback()'s */
}

/* ------------------------------------------------------------------ looking up */

struct page *find_get_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page;
	unsigned long flags;

	spin_lock_irqsave(&mapping->tree_lock, flags);
	page = radix_tree_lookup(&mapping->i_pages, index);
	if (page)
		atomic_inc(&page->_refcount);
	spin_unlock_irqrestore(&mapping->tree_lock, flags);
	return page;
}

/*
 * Up to nr pages of [*index, end], only those with a tag unless it is PAGECACHE_TAG_NONE;
 * *index moves behind the last.
 */
unsigned find_get_pages_range_tag(struct address_space *mapping, pgoff_t *index, pgoff_t end,
				  int tag, unsigned nr, struct page **pages)
{
	struct radix_tree_root *tree = &mapping->i_pages;
	unsigned long flags;
	unsigned found, i;

	spin_lock_irqsave(&mapping->tree_lock, flags);
	found = tag == PAGECACHE_TAG_NONE ?
		radix_tree_gang_lookup(tree, (void **)pages, *index, nr) :
		radix_tree_gang_lookup_tag(tree, (void **)pages, *index, nr, tag);
	while (found && pages[found - 1]->index > end)
		found--;
	for (i = 0; i < found; i++)
		atomic_inc(&pages[i]->_refcount);
	if (found)
		*index = pages[found - 1]->index + 1;
	spin_unlock_irqrestore(&mapping->tree_lock, flags);
	return found;
}

static struct page *make_page(struct address_space *mapping, pgoff_t index, gfp_t gfp)
{
	struct page *page = alloc_page(gfp);

	if (!page)
		return NULL;
	if (add_to_page_cache_lru(page, mapping, index, gfp)) {
		put_page(page);
		return NULL;
	}
	return page;
}

/*
 * Find the page at index.  FGP_LOCK: locked; FGP_CREAT: made if missing (not
 * uptodate, locked); FGP_ACCESSED: note the use.  NULL: not there, or no memory.
 */
struct page *pagecache_get_page(struct address_space *mapping, pgoff_t index, int fgp, gfp_t gfp)
{
	struct page *page;

repeat:
	page = find_get_page(mapping, index);
	if (!page) {
		if (!(fgp & FGP_CREAT))
			return NULL;
		page = make_page(mapping, index, gfp);
		if (page || !page_exists(mapping, index))
			return page;
		goto repeat;		/* somebody else was first */
	}
	if (fgp & FGP_LOCK) {
		lock_page(page);
		if (unlikely(page->mapping != mapping)) {	/* truncated meanwhile */
			unlock_put_page(page);
			goto repeat;
		}
	}
	if (fgp & FGP_ACCESSED)
		mark_page_accessed(page);
	return page;
}

bool page_exists(struct address_space *mapping, pgoff_t index)
{
	unsigned long flags;
	bool found;

	spin_lock_irqsave(&mapping->tree_lock, flags);
	found = radix_tree_lookup(&mapping->i_pages, index) != NULL;
	spin_unlock_irqrestore(&mapping->tree_lock, flags);
	return found;
}

/* ------------------------------------------------------------------ in and out */

/*
 * Put a new page in, locked.  0, -EEXIST (index is taken), -ENOMEM; on failure
 * the page is the caller's as before.
 */
int add_to_page_cache_lru(struct page *page, struct address_space *mapping, pgoff_t index,
			  gfp_t gfp)
{
	unsigned long flags;
	int err;

	err = radix_tree_preload(gfp & ~__GFP_ZERO);
	if (err)
		return err;
	__SetPageLocked(page);
	page->mapping = mapping;
	page->index = index;
	page->private = 0;
	spin_lock_irqsave(&mapping->tree_lock, flags);
	err = radix_tree_insert(&mapping->i_pages, index, page);
	if (!err) {
		atomic_inc(&page->_refcount);
		mapping->nrpages++;
	}
	spin_unlock_irqrestore(&mapping->tree_lock, flags);
	radix_tree_preload_end();
	if (unlikely(err)) {
		page->mapping = NULL;
		__ClearPageLocked(page);
		return err;
	}
	count_cached_page(mapping, 1);
	if (!mapping_unevictable(mapping))
		lru_cache_add(page);
	return 0;
}

/*
 * Out of the tree and the LRU, which drops the cache's reference; the caller has one of his
 * own, and the page lock.  if_unused: only when nobody else refers to it and it is clean.
 */
static bool remove_page(struct page *page, bool if_unused)
{
	struct address_space *mapping = page->mapping;
	unsigned long flags;

	spin_lock_irqsave(&mapping->tree_lock, flags);
	if (if_unused && (page_count(page) != 2 || PageDirty(page) || PageWriteback(page))) {
		spin_unlock_irqrestore(&mapping->tree_lock, flags);
		return false;
	}
	radix_tree_delete(&mapping->i_pages, page->index);
	mapping->nrpages--;
	page->mapping = NULL;
	spin_unlock_irqrestore(&mapping->tree_lock, flags);
	count_cached_page(mapping, -1);
	lru_cache_del(page);
	put_page(page);
	return true;
}

bool remove_if_unused(struct page *page)
{
	return remove_page(page, true);
}

/* The page is unmapped and clean as well. */
void delete_from_page_cache(struct page *page)
{
	remove_page(page, false);
}

struct page *grab_cache_page_write_begin(struct address_space *mapping, pgoff_t index,
					 unsigned flags)
{
	struct page *page = pagecache_get_page(mapping, index, FGP_LOCK | FGP_CREAT | FGP_ACCESSED,
					       mapping->gfp_mask);

	if (page)
		wait_on_page_writeback(page);
	return page;
}

/* ------------------------------------------------------------------ read one */

/* The page at index with its content, read if need be for file (or NULL); or ERR_PTR. */
struct page *read_mapping_page(struct address_space *mapping, pgoff_t index, void *file)
{
	struct page *page = find_get_page(mapping, index);
	int err;

	if (page && PageUptodate(page))
		return page;
	if (!page) {
		page = pagecache_get_page(mapping, index, FGP_LOCK | FGP_CREAT, mapping->gfp_mask);
		if (!page)
			return ERR_PTR(-ENOMEM);
	} else {
		lock_page(page);
	}
	if (!page->mapping) {			/* truncated while we slept */
		unlock_put_page(page);
		return ERR_PTR(-EIO);
	}
	if (PageUptodate(page)) {
		unlock_page(page);
		return page;
	}
	ClearPageError(page);
	err = mapping->a_ops->readpage(file, page);
	if (!err) {
		wait_on_page_locked(page);
		if (PageUptodate(page))
			return page;
		err = -EIO;
	}
	put_page(page);
	return ERR_PTR(err);
}

/* ------------------------------------------------------------------ the mapping itself */

void address_space_init_once(struct address_space *mapping)
{
	memset(mapping, 0, sizeof(*mapping));
	spin_lock_init(&mapping->tree_lock);
	INIT_RADIX_TREE(&mapping->i_pages, GFP_ATOMIC);
	spin_lock_init(&mapping->i_mmap_lock);
	INIT_LIST_HEAD(&mapping->i_mmap);
	spin_lock_init(&mapping->private_lock);
	INIT_LIST_HEAD(&mapping->private_list);
	mapping->gfp_mask = GFP_KERNEL;
}

void mapping_set_error(struct address_space *mapping, int error)
{
	if (!error)
		return;
	set_bit(error == -ENOSPC ? AS_ENOSPC : AS_EIO, &mapping->flags);
}

/* An error of an earlier write-back, told once. */
int filemap_check_errors(struct address_space *mapping)
{
	int err = 0;

	if (test_bit(AS_ENOSPC, &mapping->flags) &&
	    test_and_clear_bit(AS_ENOSPC, &mapping->flags))
		err = -ENOSPC;
	if (test_bit(AS_EIO, &mapping->flags) && test_and_clear_bit(AS_EIO, &mapping->flags))
		err = -EIO;
	return err;
}

unsigned int page_file_bytes(struct page *page, struct inode *inode)
{
	loff_t left = i_size_read(inode) - page_offset(page);

	return clamp_t(loff_t, left, 0, PAGE_SIZE);
}

static int __init page_cache_init(void)
{
	int i;

	for (i = 0; i < PAGE_WAIT_QUEUES; i++)
		init_waitqueue_head(&page_wait_table[i]);
	page_lru_init();
	return 0;
}
core_initcall(page_cache_init);
