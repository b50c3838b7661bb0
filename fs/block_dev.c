/*
 * Block devices as files: opening, exclusive use, and their page cache.
 *
 * Each device number that is in use has one inode on an internal file system,
 * "bdev"; its address space caches the device's blocks for everybody: open("/dev/hda1"),
 * a mounted file system's metadata, the partition scan.
 *
 *   bdget        the block_device of a number, opened or not
 *   blkdev_get   open it: find the disk, its size, new partitions
 *   blkdev_put   close; the last close writes and drops the cache
 *
 * Context: process; sleeps.  Locks: bd_mutex (a partition's before its disk's),
 * bdev_lock for the list of all. Opening is in bdev_open.c.
 */
#include <linux/magic.h>
#include "internal.h"
#include "internal_pages.h"

struct bdev_inode {
	struct block_device bdev;
	struct inode vfs_inode;
};

static DEFINE_SPINLOCK(bdev_lock);	/* all_bdevs */
static LIST_HEAD(all_bdevs);		/* bdev_lock */
static struct super_block *bdev_sb;	/* set at boot */
static struct kmem_cache *bdev_cachep;	/* set at boot */

struct block_device *I_BDEV(struct inode *inode)
{
	return &container_of(inode, struct bdev_inode, vfs_inode)->bdev;
}

/* ------------------------------------------------------------------ the internal file system */

static struct inode *bdev_alloc_inode(struct super_block *sb)
{
	struct bdev_inode *bi = kmem_cache_zalloc(bdev_cachep, GFP_KERNEL);

	if (!bi)
		return NULL;
	inode_init_once(&bi->vfs_inode);
	mutex_init(&bi->bdev.bd_mutex);
	INIT_LIST_HEAD(&bi->bdev.bd_list);
	bi->bdev.bd_inode = &bi->vfs_inode;
	return &bi->vfs_inode;
}

static void bdev_free_inode(struct inode *inode)
{
	kmem_cache_free(bdev_cachep, container_of(inode, struct bdev_inode, vfs_inode));
}

static void bdev_evict_inode(struct inode *inode)
{
	struct block_device *bdev = I_BDEV(inode);

	truncate_inode_pages_final(&inode->i_data);
	clear_inode(inode);
	spin_lock(&bdev_lock);
	list_del_init(&bdev->bd_list);
	spin_unlock(&bdev_lock);
}

static const struct super_operations bdev_sops = {
	.alloc_inode = bdev_alloc_inode,
	.free_inode = bdev_free_inode,
	.drop_inode = generic_delete_inode,
	.evict_inode = bdev_evict_inode,
	.statfs = simple_statfs,
};

static struct pseudo_fs bdev_fs = {
	.type.name = "bdev",
	.magic = BDEVFS_MAGIC,
	.s_op = &bdev_sops,
};

static int __init bdev_cache_init(void)
{
	struct vfsmount *mnt;

	bdev_cachep = KMEM_CACHE(bdev_inode, SLAB_PANIC | SLAB_RECLAIM_ACCOUNT);
	mnt = kern_mount_pseudo(&bdev_fs);
	if (IS_ERR(mnt))
		panic("bdev: no internal file system (error %ld)", PTR_ERR(mnt));
	bdev_sb = mnt->mnt_sb;
	return 0;
}
subsys_initcall(bdev_cache_init);

/* ------------------------------------------------------------------ the cached blocks */

static int blkdev_get_block(struct inode *inode, sector_t block, struct buffer_head *bh,
			    int create)
{
	sector_t end = i_size_read(inode) >> inode->i_blkbits;

	if (block >= end)
		return -EIO;
	bh->b_bdev = I_BDEV(inode);
	bh->b_blocknr = block;
	bh->b_size = min_t(u64, bh->b_size, (u64)(end - block) << inode->i_blkbits);
	set_buffer_mapped(bh);
	return 0;
}

static int blkdev_readpage(struct file *file, struct page *page)
{
	if (page_has_buffers(page))
		return block_read_full_page(page);
	return mpage_readpage(file, page);
}

static int blkdev_writepage(struct page *page, struct writeback_control *wbc)
{
	if (page_has_buffers(page))
		return block_write_full_page(page);
	return mpage_writepage(page, wbc);
}

static int blkdev_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
			      unsigned len, unsigned flags, struct page **pagep, void **fsdata)
{
	struct page *page = grab_cache_page_write_begin(mapping, pos >> PAGE_SHIFT, flags);
	int err = 0;

	if (!page)
		return -ENOMEM;
	if (!PageUptodate(page) && len != PAGE_SIZE)
		err = page_has_buffers(page) ? block_fill_ring(page) :
					       block_read_page_locked(page);
	if (err) {
		unlock_put_page(page);
		return err;
	}
	*pagep = page;
	return 0;
}

static int blkdev_write_end(struct file *file, struct address_space *mapping, loff_t pos,
			    unsigned len, unsigned copied, struct page *page, void *fsdata)
{
	unsigned int from = pos & ~PAGE_MASK;

	if (copied < len && !PageUptodate(page))
		copied = 0;
	if (copied) {
		SetPageUptodate(page);
		if (page_has_buffers(page))
			block_write_end(page, from, from + copied);
		else
			set_page_dirty(page);
	}
	unlock_put_page(page);
	return copied;
}

static const struct address_space_operations def_blk_aops = {
	.get_block = blkdev_get_block,
	.direct_fops = &def_blk_fops,
	.readpage = blkdev_readpage,
	.readpages = mpage_readpages,
	.writepage = blkdev_writepage,
	.write_begin = blkdev_write_begin,
	.write_end = blkdev_write_end,
	.set_page_dirty = __set_page_dirty_buffers,
};

int sync_blockdev(struct block_device *bdev)
{
	return filemap_write_and_wait(bdev->bd_inode->i_mapping);
}
EXPORT_SYMBOL(sync_blockdev);

/* Drop what is clean and unused. */
void invalidate_bdev(struct block_device *bdev)
{
	invalidate_mapping_pages(bdev->bd_inode->i_mapping, 0, -1);
}
EXPORT_SYMBOL(invalidate_bdev);

int truncate_bdev_range(struct block_device *bdev, fmode_t mode, loff_t start, loff_t end)
{
	struct address_space *mapping = bdev->bd_inode->i_mapping;

	/* A mounted file system would go on with what it has cached. */
	if (!(mode & FMODE_EXCL) && bdev->bd_holder)
		return -EBUSY;
	return write_and_drop_range(mapping, start, end);
}
EXPORT_SYMBOL(truncate_bdev_range);

/* Drop everything, dirty or not. */
void kill_bdev(struct block_device *bdev)
{
	truncate_inode_pages(bdev->bd_inode->i_mapping, 0);
}

/* Blocks of another size: 0, or -EINVAL unless a power of two from the sector to the page. */
int set_blocksize(struct block_device *bdev, int size)
{
	struct inode *inode = bdev->bd_inode;

	if (size > PAGE_SIZE || size < bdev_logical_block_size(bdev) || !is_power_of_2(size))
		return -EINVAL;
	if (inode->i_blkbits != ilog2(size)) {
		sync_blockdev(bdev);
		kill_bdev(bdev);
		inode->i_blkbits = ilog2(size);
	}
	return 0;
}
EXPORT_SYMBOL(set_blocksize);

/* The size, or 0 if the device cannot. */
int sb_set_blocksize(struct super_block *sb, int size)
{
	if (set_blocksize(sb->s_bdev, size))
		return 0;
	sb->s_blocksize = size;
	sb->s_blocksize_bits = ilog2(size);
	return size;
}

int sb_min_blocksize(struct super_block *sb, int size)
{
	return sb_set_blocksize(sb, max_t(int, size, bdev_logical_block_size(sb->s_bdev)));
}

/* ------------------------------------------------------------------ by number */

/* With a reference; NULL without memory. */
struct block_device *bdget(dev_t dev)
{
	struct inode *inode = iget_locked(bdev_sb, dev);
	struct block_device *bdev;

	if (!inode)
		return NULL;
	bdev = I_BDEV(inode);
	if (!(inode->i_state & I_NEW))
		return bdev;
	bdev->bd_dev = dev;
	inode->i_mode = S_IFBLK;
	inode->i_rdev = dev;
	inode->i_bdev = bdev;
	inode->i_blkbits = PAGE_SHIFT;
	inode->i_data.a_ops = &def_blk_aops;
	mapping_set_gfp_mask(&inode->i_data, GFP_USER & ~__GFP_FS);
	spin_lock(&bdev_lock);
	list_add(&bdev->bd_list, &all_bdevs);
	spin_unlock(&bdev_lock);
	unlock_new_inode(inode);
	return bdev;
}
EXPORT_SYMBOL(bdget);

struct block_device *bdgrab(struct block_device *bdev)
{
	ihold(bdev->bd_inode);
	return bdev;
}
EXPORT_SYMBOL(bdgrab);

void bdput(struct block_device *bdev)
{
	iput(bdev->bd_inode);
}
EXPORT_SYMBOL(bdput);

/* Call func for each device in use; it may sleep. */
void iterate_bdevs(void (*func)(struct block_device *, void *), void *arg)
{
	struct inode *inode, *previous = NULL;
	struct block_device *bdev;

	spin_lock(&bdev_lock);
	list_for_each_entry(bdev, &all_bdevs, bd_list) {
		inode = igrab(bdev->bd_inode);
		if (!inode)
			continue;
		spin_unlock(&bdev_lock);
		iput(previous);		/* not earlier: it held our place in the list */
		previous = inode;
		if (bdev->bd_inode->i_mapping->nrpages)
			func(bdev, arg);
		spin_lock(&bdev_lock);
	}
	spin_unlock(&bdev_lock);
	iput(previous);
}

const char *bdevname(struct block_device *bdev, char *buf)
{
	return disk_name(bdev->bd_disk, bdev->bd_partno, buf);
}
EXPORT_SYMBOL(bdevname);
