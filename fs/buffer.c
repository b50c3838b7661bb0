/*
 * The buffer cache: single blocks of a device, inside the pages of its cache.
 *
 * A page of a block device that holds metadata has a ring of buffer heads, one
 * a block.  A file system asks for a block by number:
 *
 *   __getblk   the buffer, whatever is in it   (the caller fills it)
 *   __bread    the buffer, read in             NULL: unreadable
 *   mark_buffer_dirty, brelse                  to be written; done with it
 *
 * There is no second cache: the page is the storage, its dirty tag makes the
 * flusher write it, and read(2) of /dev/hda1 sees the same bytes.  Transfers
 * are in buffer_io.c.
 *
 * Context: process, may sleep, unless said otherwise.  Locks: the page lock
 * while the ring is made or taken apart; the mapping's private_lock to walk it
 * or to count b_count up from 0; assoc_lock for the buffers fsync must write.
 */
#include <linux/slab.h>
#include "internal_pages.h"

static struct kmem_cache *bh_cache;		/* set at boot */
static DEFINE_SPINLOCK(assoc_lock);		/* b_assoc_buffers, b_assoc_map, private_list */

/* ------------------------------------------------------------------ the lock of a buffer */

void __wait_on_buffer(struct buffer_head *bh)
{
	wait_on_bit_io(&bh->b_state, BH_Lock, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(__wait_on_buffer);

void __lock_buffer(struct buffer_head *bh)
{
	wait_on_bit_lock_io(&bh->b_state, BH_Lock, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(__lock_buffer);

/* Context: any. */
void unlock_buffer(struct buffer_head *bh)
{
	clear_and_wake_up_bit(BH_Lock, &bh->b_state);
}
EXPORT_SYMBOL(unlock_buffer);

void brelse(struct buffer_head *bh)
{
	if (bh)
		put_bh(bh);
}
EXPORT_SYMBOL(brelse);

/* ------------------------------------------------------------------ the ring of a page */

static void free_ring(struct buffer_head *head)
{
	struct buffer_head *bh = head, *next;

	do {
		next = bh->b_this_page;
		kmem_cache_free(bh_cache, bh);
		bh = next;
	} while (bh != head);
}

/* A ring of buffers of `size` for the page; NULL without memory. */
static struct buffer_head *alloc_ring(struct page *page, unsigned long size)
{
	struct buffer_head *head = NULL, *tail = NULL;
	unsigned long offset = PAGE_SIZE;

	while (offset) {
		struct buffer_head *bh = kmem_cache_zalloc(bh_cache, GFP_NOFS | __GFP_NOFAIL);

		offset -= size;
		bh->b_this_page = head;
		bh->b_page = page;
		bh->b_size = size;
		bh->b_data = page_address(page) + offset;
		INIT_LIST_HEAD(&bh->b_assoc_buffers);
		head = bh;
		if (!tail)
			tail = bh;
	}
	tail->b_this_page = head;
	return head;
}

/* Number the buffers of a device's page; blocks behind the end exist only in memory. */
static void number_buffers(struct buffer_head *head, struct page *page)
{
	struct block_device *bdev = I_BDEV(page->mapping->host);
	struct buffer_head *bh;
	unsigned int blkbits = bdev->bd_inode->i_blkbits;
	sector_t block = (sector_t)page->index << (PAGE_SHIFT - blkbits);
	sector_t end = i_size_read(bdev->bd_inode) >> blkbits;

	for_each_buffer(bh, head) {
		bh->b_bdev = bdev;
		bh->b_blocknr = block;
		if (block < end)
			set_buffer_mapped(bh);
		block++;
	}
}

/*
 * Give a device's locked page its ring, each with `state` set.  What the page
 * is, its buffers are: uptodate, dirty.  The ring holds a reference to the page,
 * and is complete before others can find it.
 */
static void create_empty_buffers(struct page *page, unsigned long size, unsigned long state)
{
	struct buffer_head *head = alloc_ring(page, size), *bh;

	if (PageUptodate(page))
		state |= 1ul << BH_Uptodate;
	if (PageDirty(page))
		state |= 1ul << BH_Dirty;
	for_each_buffer(bh, head)
		bh->b_state |= state;
	number_buffers(head, page);
	get_page(page);
	spin_lock(&page->mapping->private_lock);
	page->private = (unsigned long)head;
	SetPagePrivate(page);
	spin_unlock(&page->mapping->private_lock);
}

static void remove_assoc(struct buffer_head *bh)
{
	spin_lock(&assoc_lock);
	list_del_init(&bh->b_assoc_buffers);
	bh->b_assoc_map = NULL;
	spin_unlock(&assoc_lock);
}

static bool buffer_busy(const struct buffer_head *bh)
{
	return atomic_read(&bh->b_count) || buffer_dirty(bh) || buffer_locked(bh);
}

/* Take the ring off a locked page if none of its buffers is in use; 1 if it is off. */
int try_to_free_buffers(struct page *page)
{
	struct address_space *mapping = page->mapping;
	struct buffer_head *head, *bh;

	if (!page_has_buffers(page))
		return 1;
	spin_lock(&mapping->private_lock);
	head = page_buffers(page);
	for_each_buffer(bh, head) {
		if (buffer_busy(bh)) {
			spin_unlock(&mapping->private_lock);
			return 0;
		}
	}
	for_each_buffer(bh, head) {
		if (!list_empty(&bh->b_assoc_buffers))
			remove_assoc(bh);
	}
	ClearPagePrivate(page);
	page->private = 0;
	spin_unlock(&mapping->private_lock);
	put_page(page);
	free_ring(head);
	return 1;
}

/* Bytes from offset on are cut off: their buffers need not be written. */
void block_invalidatepage(struct page *page, unsigned int offset)
{
	struct buffer_head *head = page_buffers(page), *bh;

	for_each_buffer(bh, head) {
		if (bh_offset(bh) >= offset) {
			lock_buffer(bh);
			clear_buffer_dirty(bh);
			clear_buffer_mapped(bh);
			unlock_buffer(bh);
		}
	}
	if (offset == 0)
		try_to_free_buffers(page);
}

/* ------------------------------------------------------------------ finding a block */

/* The n-th buffer of the page, counted; NULL if it has no ring. Context: page referenced. */
static struct buffer_head *nth_buffer(struct page *page, unsigned int n)
{
	struct address_space *mapping = page->mapping;
	struct buffer_head *bh = NULL;

	if (!mapping)
		return NULL;
	spin_lock(&mapping->private_lock);
	if (page_has_buffers(page)) {
		bh = page_buffers(page);
		while (n--)
			bh = bh->b_this_page;
		get_bh(bh);
	}
	spin_unlock(&mapping->private_lock);
	return bh;
}

/* The buffer if it is in memory, read in or not; NULL if not. */
struct buffer_head *__find_get_block(struct block_device *bdev, sector_t block, unsigned size)
{
	unsigned int shift = PAGE_SHIFT - bdev->bd_inode->i_blkbits;
	struct page *page = find_get_page(bdev->bd_inode->i_mapping, block >> shift);
	struct buffer_head *bh;

	if (!page)
		return NULL;
	bh = nth_buffer(page, block & ((1u << shift) - 1));
	if (bh)
		mark_page_accessed(page);
	put_page(page);
	return bh;
}

/* Make sure the page of this block has its ring; false without memory. */
static bool grow_buffers(struct block_device *bdev, sector_t block, unsigned size)
{
	struct address_space *mapping = bdev->bd_inode->i_mapping;
	unsigned int shift = PAGE_SHIFT - bdev->bd_inode->i_blkbits;
	struct page *page = find_or_create_page(mapping, block >> shift,
						mapping->gfp_mask | __GFP_NOFAIL);

	if (!page)
		return false;
	if (!page_has_buffers(page))
		create_empty_buffers(page, size, 0);
	unlock_put_page(page);
	return true;
}

/*
 * The buffer of a block, made if need be; its content is what it is.  NULL if
 * the device has no such block or size is not the device's block size.
 */
struct buffer_head *__getblk(struct block_device *bdev, sector_t block, unsigned size)
{
	unsigned int blkbits = bdev->bd_inode->i_blkbits;
	struct buffer_head *bh;

	might_sleep();
	if (size != 1u << blkbits || block >= (u64)i_size_read(bdev->bd_inode) >> blkbits)
		return NULL;
	while ((bh = __find_get_block(bdev, block, size)) == NULL) {
		if (!grow_buffers(bdev, block, size))
			return NULL;
	}
	return bh;
}
EXPORT_SYMBOL(__getblk);

/* ------------------------------------------------------------------ dirty buffers */

void mark_buffer_dirty(struct buffer_head *bh)
{
	if (buffer_dirty(bh) || test_set_buffer_dirty(bh))
		return;
	__set_page_dirty_nobuffers(bh->b_page);
}
EXPORT_SYMBOL(mark_buffer_dirty);

/* … and remember that an fsync of this inode must write it: an indirect block. */
void mark_buffer_dirty_inode(struct buffer_head *bh, struct inode *inode)
{
	mark_buffer_dirty(bh);
	if (bh->b_assoc_map)
		return;
	spin_lock(&assoc_lock);
	if (!bh->b_assoc_map) {
		bh->b_assoc_map = inode->i_mapping;
		list_add_tail(&bh->b_assoc_buffers, &inode->i_mapping->private_list);
	}
	spin_unlock(&assoc_lock);
}

/*
 * Its block is free again: never write it.  A write under way is waited for,
 * or it could reach the disk after what the block's next owner writes.
 */
void bforget(struct buffer_head *bh)
{
	if (!bh)
		return;
	wait_on_buffer(bh);
	clear_buffer_dirty(bh);
	if (bh->b_assoc_map)
		remove_assoc(bh);
	put_bh(bh);
}
EXPORT_SYMBOL(bforget);

static struct buffer_head *first_assoc(struct address_space *mapping)
{
	struct buffer_head *bh;

	spin_lock(&assoc_lock);
	bh = list_first_entry_or_null(&mapping->private_list, struct buffer_head, b_assoc_buffers);
	if (bh) {
		get_bh(bh);
		list_del_init(&bh->b_assoc_buffers);
		bh->b_assoc_map = NULL;
	}
	spin_unlock(&assoc_lock);
	return bh;
}

/* Write the buffers associated with a file and wait; the first error. */
int sync_mapping_buffers(struct address_space *mapping)
{
	struct buffer_head *bh;
	int err = 0, one;

	while ((bh = first_assoc(mapping)) != NULL) {
		one = sync_dirty_buffer(bh);
		err = err ? err : one;
		brelse(bh);
	}
	return err;
}

/* The inode goes: its buffers stay dirty, on nobody's list. */
void invalidate_inode_buffers(struct inode *inode)
{
	struct address_space *mapping = &inode->i_data;
	struct buffer_head *bh;

	while (!list_empty(&mapping->private_list) && (bh = first_assoc(mapping)) != NULL)
		brelse(bh);
}

/* All of the page changed: all of its buffers did. */
int __set_page_dirty_buffers(struct page *page)
{
	struct address_space *mapping = page->mapping;

	spin_lock(&mapping->private_lock);
	if (page_has_buffers(page)) {
		struct buffer_head *head = page_buffers(page), *bh;

		for_each_buffer(bh, head)
			set_buffer_dirty(bh);
	}
	spin_unlock(&mapping->private_lock);
	return __set_page_dirty_nobuffers(page);
}

static int __init buffer_init(void)
{
	bh_cache = KMEM_CACHE(buffer_head, SLAB_PANIC | SLAB_RECLAIM_ACCOUNT);
	return 0;
}
core_initcall(buffer_init);
