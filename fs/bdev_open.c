/*
 * Opening, claiming and closing block devices, and their file operations.
 *
 * A mounted file system claims its device (FMODE_EXCL): nobody else may then
 * claim it, its disk or, if it is a disk, its partitions; plain opens go on.
 *
 * Context: process; sleeps.  Locks: bd_mutex, a partition's before its disk's;
 * claim_lock for holders.
 */
#include <linux/mount.h>
#include <linux/namei.h>
#include "internal_pages.h"

static DEFINE_SPINLOCK(claim_lock);	/* bd_holder, bd_holders */
static char partition_claimed;		/* its address: a disk's holder while a partition has one */

/* ------------------------------------------------------------------ claiming */

static bool may_claim(struct block_device *bdev, struct block_device *whole, void *holder)
{
	if (bdev->bd_holder)
		return bdev->bd_holder == holder;
	return whole == bdev || !whole->bd_holder || whole->bd_holder == &partition_claimed;
}

static int claim(struct block_device *bdev, void *holder)
{
	struct block_device *whole = bdev->bd_contains;
	int err = -EBUSY;

	spin_lock(&claim_lock);
	if (may_claim(bdev, whole, holder)) {
		if (whole != bdev) {
			whole->bd_holder = &partition_claimed;
			whole->bd_holders++;
		}
		bdev->bd_holder = holder;
		bdev->bd_holders++;
		err = 0;
	}
	spin_unlock(&claim_lock);
	return err;
}

static void unclaim_one(struct block_device *bdev)
{
	if (--bdev->bd_holders == 0)
		bdev->bd_holder = NULL;
}

static void unclaim(struct block_device *bdev)
{
	spin_lock(&claim_lock);
	unclaim_one(bdev);
	if (bdev->bd_contains != bdev)
		unclaim_one(bdev->bd_contains);
	spin_unlock(&claim_lock);
}

/* ------------------------------------------------------------------ opening */

/* The size in bytes, and the largest block size up to a page that divides it. */
static void set_size(struct block_device *bdev, sector_t sectors)
{
	loff_t size = (loff_t)sectors << SECTOR_SHIFT;
	unsigned int block = bdev_logical_block_size(bdev);

	while (block < PAGE_SIZE && !(size & block))
		block <<= 1;
	i_size_write(bdev->bd_inode, size);
	bdev->bd_inode->i_blkbits = ilog2(block);
}

static int open_whole(struct block_device *bdev, struct gendisk *disk, fmode_t mode)
{
	int err = disk->fops->open ? disk->fops->open(bdev, mode) : 0;

	if (err)
		return err;
	if (!bdev->bd_openers) {
		bdev->bd_part = &disk->part0;
		bdev->bd_contains = bdev;
		set_size(bdev, get_capacity(disk));
	}
	if (bdev->bd_invalidated)
		rescan_partitions(disk, bdev);
	return 0;
}

static int get_nested(struct block_device *bdev, fmode_t mode, void *holder, int subclass);
static void put_nested(struct block_device *bdev, fmode_t mode, int subclass);

static int open_partition(struct block_device *bdev, struct gendisk *disk, fmode_t mode)
{
	struct block_device *whole;
	struct hd_struct *part;
	int err;

	if (bdev->bd_openers)
		return 0;
	whole = bdget(disk_devt(disk));
	if (!whole)
		return -ENOMEM;
	err = get_nested(whole, mode & ~FMODE_EXCL, NULL, SINGLE_DEPTH_NESTING);
	if (err)
		return err;
	mutex_lock_nested(&whole->bd_mutex, SINGLE_DEPTH_NESTING);
	part = disk->part_tbl[bdev->bd_partno];
	if (part && part->nr_sects)
		whole->bd_part_count++;
	mutex_unlock(&whole->bd_mutex);
	if (!part || !part->nr_sects) {
		put_nested(whole, mode & ~FMODE_EXCL, SINGLE_DEPTH_NESTING);
		return -ENXIO;
	}
	get_device(part_to_dev(part));
	bdev->bd_contains = whole;
	bdev->bd_part = part;
	set_size(bdev, part->nr_sects);
	return 0;
}

/* bd_mutex held.  The first opener's reference to the disk lasts until the last close. */
static int open_locked(struct block_device *bdev, fmode_t mode)
{
	struct gendisk *disk = bdev->bd_disk;
	int partno = bdev->bd_partno, err;
	struct module *owner = NULL;

	if (!bdev->bd_openers) {
		disk = get_gendisk(bdev->bd_dev, &partno);
		if (!disk)
			return -ENXIO;
		owner = disk->fops->owner;
		bdev->bd_disk = disk;
		bdev->bd_partno = partno;
	}
	err = partno ? open_partition(bdev, disk, mode) : open_whole(bdev, disk, mode);
	if (!err) {
		bdev->bd_openers++;
	} else if (!bdev->bd_openers) {
		bdev->bd_disk = NULL;
		bdev->bd_part = NULL;
		bdev->bd_contains = NULL;
		put_gendisk(disk, owner);
	}
	return err;
}

/* @subclass: whether it is the disk of a partition whose bd_mutex is held. */
static int get_nested(struct block_device *bdev, fmode_t mode, void *holder, int subclass)
{
	int err;

	mutex_lock_nested(&bdev->bd_mutex, subclass);
	err = open_locked(bdev, mode);
	mutex_unlock(&bdev->bd_mutex);
	if (err) {
		bdput(bdev);
		return err;
	}
	if (mode & FMODE_EXCL) {
		err = claim(bdev, holder);
		if (err)
			blkdev_put(bdev, mode & ~FMODE_EXCL);
	}
	return err;
}

/* Uses up the caller's reference on failure. */
int blkdev_get(struct block_device *bdev, fmode_t mode, void *holder)
{
	return get_nested(bdev, mode, holder, 0);
}
EXPORT_SYMBOL(blkdev_get);

/* The last close of it, bd_mutex held: write what is dirty, forget the pages. */
static struct block_device *close_last(struct block_device *bdev)
{
	struct block_device *whole = bdev->bd_contains;
	struct gendisk *disk = bdev->bd_disk;

	kill_bdev(bdev);
	if (bdev->bd_partno)
		put_device(part_to_dev(bdev->bd_part));
	bdev->bd_disk = NULL;
	bdev->bd_part = NULL;
	bdev->bd_contains = NULL;
	put_gendisk(disk, disk->fops->owner);
	return whole == bdev ? NULL : whole;
}

static void put_nested(struct block_device *bdev, fmode_t mode, int subclass)
{
	struct block_device *whole = NULL;

	if (mode & FMODE_EXCL)
		unclaim(bdev);
	if (bdev->bd_openers == 1)
		sync_blockdev(bdev);		/* the long part, before the mutex */
	mutex_lock_nested(&bdev->bd_mutex, subclass);
	if (!bdev->bd_partno && bdev->bd_disk->fops->release)
		bdev->bd_disk->fops->release(bdev->bd_disk, mode);
	if (--bdev->bd_openers == 0) {
		sync_blockdev(bdev);
		whole = close_last(bdev);
	}
	mutex_unlock(&bdev->bd_mutex);
	if (whole) {
		mutex_lock(&whole->bd_mutex);
		whole->bd_part_count--;
		mutex_unlock(&whole->bd_mutex);
		blkdev_put(whole, mode & ~FMODE_EXCL);
	}
	bdput(bdev);
}

void blkdev_put(struct block_device *bdev, fmode_t mode)
{
	put_nested(bdev, mode, 0);
}
EXPORT_SYMBOL(blkdev_put);

struct block_device *blkdev_get_by_dev(dev_t dev, fmode_t mode, void *holder)
{
	struct block_device *bdev = bdget(dev);
	int err;

	if (!bdev)
		return ERR_PTR(-ENOMEM);
	err = blkdev_get(bdev, mode, holder);
	if (err)
		return ERR_PTR(err);
	if ((mode & FMODE_WRITE) && bdev_read_only(bdev)) {
		blkdev_put(bdev, mode);
		return ERR_PTR(-EACCES);
	}
	return bdev;
}
EXPORT_SYMBOL(blkdev_get_by_dev);

/* The device a path names: -ENOTBLK if it is no block device, -EACCES on a nodev mount. */
static int path_to_dev(const char *name, dev_t *dev)
{
	struct inode *inode;
	struct path path;
	int err = name && *name ? kern_path(name, LOOKUP_FOLLOW, &path) : -EINVAL;

	if (err)
		return err;
	inode = d_inode(path.dentry);
	*dev = inode->i_rdev;
	if (!S_ISBLK(inode->i_mode))
		err = -ENOTBLK;
	else if (path.mnt->mnt_flags & MNT_NODEV)
		err = -EACCES;
	path_put(&path);
	return err;
}

/* "/dev/hda1", or its bare name before there is a /dev. */
struct block_device *blkdev_get_by_path(const char *path, fmode_t mode, void *holder)
{
	dev_t dev;
	int err = path_to_dev(path, &dev);

	if (err == -ENOENT && (dev = name_to_dev_t(path)) != 0)
		err = 0;
	return err ? ERR_PTR(err) : blkdev_get_by_dev(dev, mode, holder);
}
EXPORT_SYMBOL(blkdev_get_by_path);

/* ------------------------------------------------------------------ as a file */

static struct block_device *file_bdev(struct file *file)
{
	return I_BDEV(file->f_mapping->host);
}

static int blkdev_open(struct inode *inode, struct file *file)
{
	struct block_device *bdev = bdget(inode->i_rdev);
	int err;

	if (!bdev)
		return -ENOMEM;
	if (file->f_flags & O_EXCL)
		file->f_mode |= FMODE_EXCL;
	err = blkdev_get(bdev, file->f_mode, file);
	if (err)
		return err;
	file->f_mapping = bdev->bd_inode->i_mapping;
	return 0;
}

static int blkdev_close(struct inode *inode, struct file *file)
{
	blkdev_put(file_bdev(file), file->f_mode);
	return 0;
}

static loff_t blkdev_llseek(struct file *file, loff_t offset, int whence)
{
	return fixed_size_llseek(file, offset, whence, i_size_read(file->f_mapping->host));
}

/* Up to the device's end, where a write gets ENOSPC. */
static ssize_t blkdev_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct block_device *bdev = file_bdev(iocb->ki_filp);
	loff_t size = i_size_read(bdev->bd_inode);
	ssize_t done = 0;

	if (bdev_read_only(bdev))
		return -EPERM;
	if (!iov_iter_count(from))
		return 0;
	if (iocb->ki_pos >= size)
		return -ENOSPC;
	iov_iter_truncate(from, size - iocb->ki_pos);
	if (iocb->ki_flags & IOCB_DIRECT)
		done = direct_write(iocb, from);
	if (!done)
		done = __generic_file_write_iter(iocb, from);
	return done > 0 ? generic_write_sync(iocb, done) : done;
}

static ssize_t blkdev_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	return iocb->ki_flags & IOCB_DIRECT ? generic_direct_read(iocb, to) : generic_file_read_iter(iocb, to);
}

static int blkdev_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct block_device *bdev = file_bdev(file);
	int err = filemap_write_and_wait_range(file->f_mapping, start, end);

	return err ? err : blkdev_issue_flush(bdev, GFP_KERNEL);
}

static long block_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return blkdev_ioctl(file_bdev(file), file->f_mode, cmd, arg);
}

const struct file_operations def_blk_fops = {
	.open = blkdev_open,
	.release = blkdev_close,
	.llseek = blkdev_llseek,
	.read_iter = blkdev_read_iter,
	.write_iter = blkdev_write_iter,
	.splice_read = generic_file_splice_read,
	.splice_write = iter_file_splice_write,
	.mmap = generic_file_mmap,
	.fsync = blkdev_fsync,
	.unlocked_ioctl = block_ioctl,
};
