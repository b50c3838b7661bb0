/*
 * Dirty inodes, and the thread that writes them.
 *
 * An inode whose attributes or pages changed stands on its super block's
 * s_dirty list, in the order in which it became dirty.  The flusher wakes
 * every few seconds for those that are old, at once when much is dirty;
 * sync and fsync come through here too.
 *
 *   __mark_inode_dirty      on the list, if it was not
 *   write_claimed_inode     its pages, then itself; off the list if clean
 *
 * Who writes an inode claims it by I_SYNC: others do not write it then, and
 * evict() waits, so the flusher needs no reference of its own.
 *
 * Context: process, may sleep.  Locks: s_list_lock, then i_lock, neither held
 * while anything is written.
 */
#include <linux/kthread.h>
#include "internal_pages.h"

#define WRITEBACK_INTERVAL	(5 * HZ)	/* the flusher looks */
#define DIRTY_EXPIRE		(30 * HZ)	/* … and writes what has been dirty so long */
#define FLUSHER_CHUNK		1024		/* pages in one round */

static DECLARE_WAIT_QUEUE_HEAD(flusher_wait);
static bool flusher_kicked;			/* set before the wake-up, cleared by the flusher */

static const unsigned int i_sync_bit = 7;	/* of I_SYNC */

/* ------------------------------------------------------------------ getting dirty */

/* flags: I_DIRTY_SYNC (times), I_DIRTY_DATASYNC (what finds the data), I_DIRTY_PAGES. */
void __mark_inode_dirty(struct inode *inode, int flags)
{
	struct super_block *sb = inode->i_sb;
	bool was_dirty;

	if ((READ_ONCE(inode->i_state) & flags) == flags)
		return;
	spin_lock(&sb->s_list_lock);
	spin_lock(&inode->i_lock);
	was_dirty = inode->i_state & I_DIRTY;
	inode->i_state |= flags;
	/* While it is written it stays where it is; write_claimed_inode() puts it back then. */
	if (!was_dirty && !(inode->i_state & (I_SYNC | I_FREEING))) {
		inode->dirtied_when = jiffies;
		list_move_tail(&inode->i_io_list, &sb->s_dirty);
	}
	spin_unlock(&inode->i_lock);
	spin_unlock(&sb->s_list_lock);
}

/* ------------------------------------------------------------------ writing one */

/* [l] held: the caller is the only writer from here on, and writes what these bits say. */
static unsigned long take_dirty_bits(struct inode *inode)
{
	unsigned long dirty = inode->i_state & I_DIRTY;

	inode->i_state = (inode->i_state & ~I_DIRTY) | I_SYNC;
	return dirty;
}

/* Become the only writer of inode; the bits that are to be written are taken from it. */
static unsigned long begin_writing(struct inode *inode)
{
	unsigned long dirty;

	spin_lock(&inode->i_lock);
	while (inode->i_state & I_SYNC) {
		spin_unlock(&inode->i_lock);
		wait_on_bit(&inode->i_state, i_sync_bit, TASK_UNINTERRUPTIBLE);
		spin_lock(&inode->i_lock);
	}
	dirty = take_dirty_bits(inode);
	spin_unlock(&inode->i_lock);
	return dirty;
}

/* What became dirty meanwhile, or could not be written, stands on the list again. */
static void end_writing(struct inode *inode)
{
	struct super_block *sb = inode->i_sb;
	unsigned long flags;
	bool dirty_pages;

	spin_lock_irqsave(&inode->i_data.tree_lock, flags);
	dirty_pages = radix_tree_tagged(&inode->i_data.i_pages, PAGECACHE_TAG_DIRTY);
	spin_unlock_irqrestore(&inode->i_data.tree_lock, flags);

	spin_lock(&sb->s_list_lock);
	spin_lock(&inode->i_lock);
	if (dirty_pages && !mapping_unevictable(&inode->i_data))
		inode->i_state |= I_DIRTY_PAGES;
	if (inode->i_state & I_DIRTY && !(inode->i_state & I_FREEING)) {
		inode->dirtied_when = jiffies;
		list_move_tail(&inode->i_io_list, &sb->s_dirty);
	} else {
		list_del_init(&inode->i_io_list);
	}
	inode->i_state &= ~I_SYNC;
	spin_unlock(&inode->i_lock);
	spin_unlock(&sb->s_list_lock);
	smp_mb();
	wake_up_bit(&inode->i_state, i_sync_bit);
	inode_sync_complete(inode);
}

/* With I_SYNC set by the caller; afterwards the inode may be gone, unless he has a reference. */
static int write_claimed_inode(struct inode *inode, unsigned long dirty,
			       struct writeback_control *wbc)
{
	int err = 0, err2;

	if (dirty & I_DIRTY_PAGES || inode->i_data.nrpages)
		err = do_writepages(&inode->i_data, wbc);
	/* The pages' blocks must be on their way before the inode that points to them is waited for. */
	if (wbc->sync_mode == WB_SYNC_ALL) {
		err2 = filemap_fdatawait_range(&inode->i_data, wbc->range_start, wbc->range_end);
		err = err ? err : err2;
	}
	if ((dirty & I_DIRTY_INODE) && inode->i_sb->s_op->write_inode && !is_bad_inode(inode)) {
		err2 = inode->i_sb->s_op->write_inode(inode, wbc);
		err = err ? err : err2;
	}
	end_writing(inode);
	return err;
}

/* Write it, pages and attributes; sync: and wait. Context: the caller holds a reference. */
int write_inode_now(struct inode *inode, int sync)
{
	struct writeback_control wbc = {
		.nr_to_write = LONG_MAX,
		.range_end = LLONG_MAX,
		.sync_mode = sync ? WB_SYNC_ALL : WB_SYNC_NONE,
	};

	return write_claimed_inode(inode, begin_writing(inode), &wbc);
}

/* Only the attributes: nr_to_write 0 leaves the pages out. */
int sync_inode_metadata(struct inode *inode, int wait)
{
	struct writeback_control wbc = {
		.nr_to_write = 0,
		.range_start = 0,
		.range_end = LLONG_MAX,
		.sync_mode = wait ? WB_SYNC_ALL : WB_SYNC_NONE,
	};
	unsigned long dirty = begin_writing(inode);
	int err = 0;

	if ((dirty & I_DIRTY_INODE) && inode->i_sb->s_op->write_inode)
		err = inode->i_sb->s_op->write_inode(inode, &wbc);
	end_writing(inode);
	return err;
}

/* ------------------------------------------------------------------ writing many */

/*
 * The first dirty inode that is older, claimed by I_SYNC; its dirty bits are in
 * *dirty.  NULL: none.
 *
 * I_SYNC, not a reference, keeps it: evict() waits for it.  With a reference, who
 * removes the file meanwhile would not be the last to let it go, and would come
 * back before its blocks are free.
 */
static struct inode *claim_dirty_inode(struct super_block *sb, unsigned long older_than,
				       unsigned long *dirty)
{
	struct inode *inode;

	spin_lock(&sb->s_list_lock);
	list_for_each_entry(inode, &sb->s_dirty, i_io_list) {
		if (time_after(inode->dirtied_when, older_than))
			break;
		spin_lock(&inode->i_lock);
		if (!(inode->i_state & (I_SYNC | I_FREEING))) {
			*dirty = take_dirty_bits(inode);
			spin_unlock(&inode->i_lock);
			spin_unlock(&sb->s_list_lock);
			return inode;
		}
		spin_unlock(&inode->i_lock);
	}
	spin_unlock(&sb->s_list_lock);
	return NULL;
}

/* Everything of sb that was dirty before the call, oldest first, until nr pages are written. */
static int writeback_sb_inodes(struct super_block *sb, struct writeback_control *wbc,
			       unsigned long older_than)
{
	unsigned long dirty;
	struct inode *inode;
	int err = 0, one;

	while (wbc->nr_to_write > 0 && (inode = claim_dirty_inode(sb, older_than, &dirty)) != NULL) {
		one = write_claimed_inode(inode, dirty, wbc);
		err = err ? err : one;
		cond_resched();
	}
	return err;
}

/* Write nr pages of sb, or what it has: for a writer over the limit. */
long writeback_some(struct super_block *sb, long nr)
{
	struct writeback_control wbc = {
		.nr_to_write = nr,
		.range_end = LLONG_MAX,
		.sync_mode = WB_SYNC_NONE,
	};

	writeback_sb_inodes(sb, &wbc, jiffies);
	return nr - wbc.nr_to_write;
}

/* Dirty, being written by somebody, or with pages still on their way to the disk? */
static bool inode_unsynced(struct inode *inode)
{
	return inode->i_state & (I_DIRTY | I_SYNC) ||
	       radix_tree_tagged(&inode->i_data.i_pages, PAGECACHE_TAG_WRITEBACK);
}

/* The first unsynced inode behind previous on the list (NULL: of all), with a reference; or NULL. */
static struct inode *next_unsynced_inode(struct super_block *sb, struct inode *previous)
{
	struct inode *inode, *found = NULL;

	spin_lock(&sb->s_list_lock);
	inode = list_prepare_entry(previous, &sb->s_inodes, i_sb_list);
	list_for_each_entry_continue(inode, &sb->s_inodes, i_sb_list) {
		found = inode_unsynced(inode) ? igrab(inode) : NULL;
		if (found)
			break;
	}
	spin_unlock(&sb->s_list_lock);
	return found;
}

/*
 * All of sb's inodes and their pages, and wait.  First everything is sent off;
 * then every inode is looked at once more, because s_dirty does not have them
 * all: the flusher may be at one, or have left one whose pages are still under
 * way.  A new inode stands at the list's head, so this comes to an end.
 * Context: s_umount held.
 */
void sync_inodes_sb(struct super_block *sb)
{
	struct writeback_control wbc = {
		.nr_to_write = LONG_MAX,
		.range_end = LLONG_MAX,
		.sync_mode = WB_SYNC_NONE,
	};
	struct inode *inode = NULL, *previous;

	writeback_sb_inodes(sb, &wbc, jiffies);
	wbc.sync_mode = WB_SYNC_ALL;
	for (;;) {
		previous = inode;
		inode = next_unsynced_inode(sb, previous);
		if (previous)
			iput(previous);		/* not earlier: it held our place in the list */
		if (!inode)
			break;
		wbc.nr_to_write = LONG_MAX;
		write_claimed_inode(inode, begin_writing(inode), &wbc);
		cond_resched();
	}
}

/* ------------------------------------------------------------------ the flusher */

struct flush_order {
	struct writeback_control wbc;
	unsigned long older_than;
};

static void flush_sb(struct super_block *sb, void *data)
{
	struct flush_order *order = data;

	if (!sb_rdonly(sb))
		writeback_sb_inodes(sb, &order->wbc, order->older_than);
}

/* One round: what is old, or anything while too much is dirty. True: do another at once. */
static bool flush_once(bool only_old)
{
	struct flush_order order = {
		.wbc = {
			.nr_to_write = FLUSHER_CHUNK,
			.range_end = LLONG_MAX,
			.sync_mode = WB_SYNC_NONE,
		},
		.older_than = only_old ? jiffies - DIRTY_EXPIRE : jiffies,
	};

	for_each_super(flush_sb, &order, false);
	return order.wbc.nr_to_write <= 0;
}

/* The kick is taken before the work, so that one that comes during it counts for the next round. */
static int flusher(void *unused)
{
	while (!kthread_should_stop()) {
		bool kicked;

		wait_event_interruptible_timeout(flusher_wait, READ_ONCE(flusher_kicked),
						 WRITEBACK_INTERVAL);
		kicked = xchg(&flusher_kicked, false);
		while (flush_once(!kicked && !dirty_limit_exceeded()))
			cond_resched();
	}
	return 0;
}

/* Context: any. */
void wakeup_flusher_threads(void)
{
	if (READ_ONCE(flusher_kicked))
		return;
	WRITE_ONCE(flusher_kicked, true);
	smp_mb();
	wake_up(&flusher_wait);
}

static int __init flusher_init(void)
{
	return PTR_ERR_OR_ZERO(kthread_run(flusher, NULL, "flusher"));
}
fs_initcall(flusher_init);
