/*
 * Inodes in memory: one for each file that is in use or was lately.
 *
 * iget_locked() finds an inode by number or makes one marked I_NEW, which its
 * file system fills in while others who want it wait (unlock_new_inode()).
 * iput() drops a reference; with the last one, an inode whose file has a name
 * joins the LRU and one whose file has none is evicted: the file system frees
 * its blocks, then the memory goes.
 *
 * Locks: inode_hash_lock or s_list_lock, inside them i_lock (which guards
 * i_state and the step of i_count to 0), inside that inode_lru_lock.
 * Context: process; iput() may sleep.
 */
#include <linux/cdev.h>
#include <linux/hash.h>
#include <linux/pagemap.h>
#include "internal.h"

#define INODE_HASH_BITS	9

static DEFINE_SPINLOCK(inode_hash_lock);
static struct hlist_head inode_hashtable[1 << INODE_HASH_BITS];	/* inode_hash_lock */
static DEFINE_SPINLOCK(inode_lru_lock);
static LIST_HEAD(inode_lru);					/* inode_lru_lock: oldest first */
static struct kmem_cache *inode_cache;

/* Who waits for an inode to be read in or to be gone; few ever do, so one queue serves all. */
static DECLARE_WAIT_QUEUE_HEAD(inode_wait);

static inline struct hlist_head *inode_hash(struct super_block *sb, unsigned long hash)
{
	return &inode_hashtable[hash_32((u32)(unsigned long)sb ^ hash, INODE_HASH_BITS)];
}

/* For file systems that put the inode into a structure of their own: once, after its allocation. */
void inode_init_once(struct inode *inode)
{
	memset(inode, 0, sizeof(*inode));
	INIT_HLIST_NODE(&inode->i_hash);
	INIT_LIST_HEAD(&inode->i_io_list);
	INIT_LIST_HEAD(&inode->i_lru);
	INIT_LIST_HEAD(&inode->i_sb_list);
	INIT_LIST_HEAD(&inode->i_devices);
	INIT_LIST_HEAD(&inode->i_flock);
	INIT_HLIST_HEAD(&inode->i_dentry);
	spin_lock_init(&inode->i_lock);
	init_rwsem(&inode->i_rwsem);
	address_space_init_once(&inode->i_data);
}

static int no_open(struct inode *inode, struct file *file)
{
	return -ENXIO;
}

static void inode_init_always(struct super_block *sb, struct inode *inode)
{
	static const struct inode_operations empty_iops;
	static const struct file_operations no_open_fops = { .open = no_open };
	static const struct address_space_operations empty_aops;

	inode->i_sb = sb;
	inode->i_blkbits = sb->s_blocksize_bits;
	inode->i_op = &empty_iops;
	inode->i_fop = &no_open_fops;
	inode->i_nlink = 1;
	/* Its memory may have been another file's inode: nothing of that must be left. */
	inode->i_flags = 0;
	inode->i_state = 0;
	inode->i_rdev = 0;
	inode->i_size = inode->i_blocks = inode->i_bytes = 0;
	inode->i_generation = 0;
	inode->i_pipe = NULL;			/* and i_cdev, i_bdev, i_link */
	inode->i_private = NULL;
	atomic_set(&inode->i_writecount, 0);
	atomic_set(&inode->i_count, 1);
	inode->i_data.host = inode;
	inode->i_data.a_ops = &empty_aops;
	inode->i_data.gfp_mask = GFP_KERNEL;
	inode->i_mapping = &inode->i_data;
}

static struct inode *alloc_inode(struct super_block *sb)
{
	struct inode *inode;

	if (sb->s_op->alloc_inode) {
		inode = sb->s_op->alloc_inode(sb);
	} else {
		inode = kmem_cache_alloc(inode_cache, GFP_KERNEL);
		if (inode)
			inode_init_once(inode);
	}
	if (inode)
		inode_init_always(sb, inode);
	return inode;
}

static void destroy_inode(struct inode *inode)
{
	if (!inode->i_nlink)
		atomic_dec(&inode->i_sb->s_remove_count);
	if (inode->i_sb->s_op->free_inode)
		inode->i_sb->s_op->free_inode(inode);
	else
		kmem_cache_free(inode_cache, inode);
}

static void inode_sb_list_add(struct inode *inode)
{
	spin_lock(&inode->i_sb->s_list_lock);
	list_add(&inode->i_sb_list, &inode->i_sb->s_inodes);
	spin_unlock(&inode->i_sb->s_list_lock);
}

/* A fresh inode with one reference, not hashed; NULL without memory. */
struct inode *new_inode(struct super_block *sb)
{
	struct inode *inode = alloc_inode(sb);

	if (inode)
		inode_sb_list_add(inode);
	return inode;
}

/* Inode numbers of file systems without a disk. */
unsigned int get_next_ino(void)
{
	static atomic_t last = ATOMIC_INIT(0);
	unsigned int ino;

	do
		ino = atomic_inc_return(&last);
	while (!ino);
	return ino;
}

/* Sleeps until *inode changes its state; its i_lock and the hash lock are held and released. */
static void wait_for_change(struct inode *inode)
	__releases(&inode->i_lock) __releases(&inode_hash_lock)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&inode_wait, &wait, TASK_UNINTERRUPTIBLE);
	spin_unlock(&inode->i_lock);
	spin_unlock(&inode_hash_lock);
	schedule();
	finish_wait(&inode_wait, &wait);
}

/*
 * The inode of sb with this number in the hash with one more reference, or NULL; called and
 * left with inode_hash_lock held.  One that is being freed is waited for.
 */
static struct inode *find_inode(struct super_block *sb, struct hlist_head *head, unsigned long ino)
	__must_hold(&inode_hash_lock)
{
	struct inode *inode;

repeat:
	hlist_for_each_entry(inode, head, i_hash) {
		if (inode->i_sb != sb || inode->i_ino != ino)
			continue;
		spin_lock(&inode->i_lock);
		if (inode->i_state & (I_FREEING | I_WILL_FREE)) {
			wait_for_change(inode);
			spin_lock(&inode_hash_lock);
			goto repeat;
		}
		atomic_inc(&inode->i_count);
		spin_unlock(&inode->i_lock);
		return inode;
	}
	return NULL;
}

/*
 * The inode of sb with this number; if it is not in memory a new one with I_NEW: the caller
 * fills it in and calls unlock_new_inode(), or iget_failed().  NULL without memory.
 */
struct inode *iget_locked(struct super_block *sb, unsigned long ino)
{
	struct hlist_head *head = inode_hash(sb, ino);
	struct inode *inode, *fresh = NULL;

	spin_lock(&inode_hash_lock);
	inode = find_inode(sb, head, ino);
	if (!inode) {
		spin_unlock(&inode_hash_lock);
		fresh = alloc_inode(sb);
		if (!fresh)
			return NULL;
		spin_lock(&inode_hash_lock);
		inode = find_inode(sb, head, ino);	/* somebody may have been faster */
	}
	if (!inode) {
		fresh->i_ino = ino;
		fresh->i_state = I_NEW;
		hlist_add_head(&fresh->i_hash, head);
		spin_unlock(&inode_hash_lock);
		inode_sb_list_add(fresh);
		return fresh;
	}
	spin_unlock(&inode_hash_lock);
	if (fresh)
		destroy_inode(fresh);
	wait_event(inode_wait, !(READ_ONCE(inode->i_state) & I_NEW));
	return inode;
}

/* Hashes a new inode, marked I_NEW, under its number; EBUSY when that number is in use. */
int insert_inode_locked(struct inode *inode)
{
	struct hlist_head *head = inode_hash(inode->i_sb, inode->i_ino);
	struct inode *old;

	spin_lock(&inode_hash_lock);
	old = find_inode(inode->i_sb, head, inode->i_ino);
	if (!old) {
		inode->i_state |= I_NEW;
		hlist_add_head(&inode->i_hash, head);
	}
	spin_unlock(&inode_hash_lock);
	if (!old)
		return 0;
	iput(old);
	return -EBUSY;
}

void unlock_new_inode(struct inode *inode)
{
	spin_lock(&inode->i_lock);
	inode->i_state &= ~I_NEW;
	spin_unlock(&inode->i_lock);
	wake_up_all(&inode_wait);
}

/* It could not be read in: who waits gets a bad inode, and the next who asks tries again. */
void iget_failed(struct inode *inode)
{
	make_bad_inode(inode);
	unlock_new_inode(inode);
	iput(inode);
}

void remove_inode_hash(struct inode *inode)
{
	spin_lock(&inode_hash_lock);
	hlist_del_init(&inode->i_hash);
	spin_unlock(&inode_hash_lock);
}

/* One more reference, by who holds one. */
void ihold(struct inode *inode)
{
	atomic_inc(&inode->i_count);
}
EXPORT_SYMBOL(ihold);

/* One more reference, by who may hold none; NULL when the inode is about to be freed. */
struct inode *igrab(struct inode *inode)
{
	spin_lock(&inode->i_lock);
	if (inode->i_state & (I_FREEING | I_WILL_FREE)) {
		spin_unlock(&inode->i_lock);
		return NULL;
	}
	atomic_inc(&inode->i_count);
	spin_unlock(&inode->i_lock);
	return inode;
}
EXPORT_SYMBOL(igrab);

static void inode_lru_add(struct inode *inode)
{
	inode->i_state |= I_REFERENCED;
	spin_lock(&inode_lru_lock);
	if (list_empty(&inode->i_lru))
		list_add_tail(&inode->i_lru, &inode_lru);
	spin_unlock(&inode_lru_lock);
}

/* What every evict_inode method ends with. */
void clear_inode(struct inode *inode)
{
	inode->i_state = I_FREEING | I_CLEAR;
}

/* The inode goes: I_FREEING is set, nobody can find it, its pages and blocks are let go. */
static void evict(struct inode *inode)
{
	spin_lock(&inode_lru_lock);
	list_del_init(&inode->i_lru);
	spin_unlock(&inode_lru_lock);
	spin_lock(&inode->i_sb->s_list_lock);
	list_del_init(&inode->i_io_list);
	list_del_init(&inode->i_sb_list);
	spin_unlock(&inode->i_sb->s_list_lock);

	wait_event(inode_wait, !(READ_ONCE(inode->i_state) & I_SYNC));
	spin_lock(&inode->i_lock);		/* whoever cleared it has let go of the lock too */
	spin_unlock(&inode->i_lock);
	if (inode->i_sb->s_op->evict_inode) {
		inode->i_sb->s_op->evict_inode(inode);
	} else {
		truncate_inode_pages_final(&inode->i_data);
		clear_inode(inode);
	}
	if (S_ISCHR(inode->i_mode) && inode->i_cdev)
		cd_forget(inode);
	if (inode->i_op->get_link == page_get_link)
		kfree(inode->i_link);
	remove_inode_hash(inode);
	wake_up_all(&inode_wait);
	destroy_inode(inode);
}

/* A write-back of the inode has ended, I_SYNC is cleared: evict() may be waiting for it. */
void inode_sync_complete(struct inode *inode)
{
	if (waitqueue_active(&inode_wait))
		wake_up_all(&inode_wait);
}

int generic_delete_inode(struct inode *inode)
{
	return 1;
}

/* The last reference is gone and i_lock held: keep it for a while, or let it go. */
static void iput_final(struct inode *inode) __releases(&inode->i_lock)
{
	const struct super_operations *op = inode->i_sb->s_op;
	bool drop = op->drop_inode ? op->drop_inode(inode)
				   : !inode->i_nlink || hlist_unhashed(&inode->i_hash);

	if (!drop && inode->i_sb->s_flags & SB_ACTIVE) {
		inode_lru_add(inode);
		spin_unlock(&inode->i_lock);
		return;
	}
	if (!drop) {
		inode->i_state |= I_WILL_FREE;
		spin_unlock(&inode->i_lock);
		write_inode_now(inode, 1);
		spin_lock(&inode->i_lock);
		inode->i_state &= ~I_WILL_FREE;
	}
	inode->i_state |= I_FREEING;
	spin_unlock(&inode->i_lock);
	evict(inode);
}

void iput(struct inode *inode)
{
	if (!inode || atomic_add_unless(&inode->i_count, -1, 1))
		return;
	spin_lock(&inode->i_lock);
	if (atomic_dec_and_test(&inode->i_count))
		iput_final(inode);
	else
		spin_unlock(&inode->i_lock);
}
EXPORT_SYMBOL(iput);

/* Unused and clean?  Then nobody but us will touch it once I_FREEING is set. */
static bool inode_claim_unused(struct inode *inode)
{
	bool unused;

	spin_lock(&inode->i_lock);
	unused = !atomic_read(&inode->i_count) &&
		 !(inode->i_state & (I_NEW | I_FREEING | I_WILL_FREE));
	if (unused)
		inode->i_state |= I_FREEING;
	spin_unlock(&inode->i_lock);
	return unused;
}

/* Unmount: throws out every inode without a reference. */
void evict_inodes(struct super_block *sb)
{
	struct inode *inode;

again:
	spin_lock(&sb->s_list_lock);
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list) {
		if (atomic_read(&inode->i_count) || inode->i_state & I_FREEING)
			continue;
		spin_unlock(&sb->s_list_lock);
		if (inode_claim_unused(inode))
			evict(inode);
		goto again;
	}
	spin_unlock(&sb->s_list_lock);
}

/*
 * Memory is low: frees up to nr of the oldest unused inodes that are clean.
 * The LRU lock is inside i_lock, so here i_lock is only tried for.
 */
unsigned long prune_icache(unsigned long nr)
{
	struct inode *inode, *next;
	unsigned long freed = 0;
	LIST_HEAD(dispose);

	spin_lock(&inode_lru_lock);
	list_for_each_entry_safe(inode, next, &inode_lru, i_lru) {
		if (!nr--)
			break;
		if (!spin_trylock(&inode->i_lock))
			continue;
		if (atomic_read(&inode->i_count)) {
			list_del_init(&inode->i_lru);
		} else if (inode->i_state & I_REFERENCED) {
			inode->i_state &= ~I_REFERENCED;
			list_move_tail(&inode->i_lru, &inode_lru);
		} else if (!inode->i_state) {
			inode->i_state |= I_FREEING;
			list_move(&inode->i_lru, &dispose);
		}
		spin_unlock(&inode->i_lock);
	}
	spin_unlock(&inode_lru_lock);
	while (!list_empty(&dispose)) {
		evict(list_first_entry(&dispose, struct inode, i_lru));
		freed++;
	}
	return freed;
}

void __init inode_init(void)
{
	inode_cache = KMEM_CACHE(inode, SLAB_RECLAIM_ACCOUNT);
}
