/*
 * The ioctls every block device answers; others go to its driver.
 *
 * Context: process; may sleep.
 */
#include <linux/blkdev.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include <linux/uaccess.h>

static int put_int(unsigned long arg, int value)
{
	return put_user(value, (int __user *)arg);
}

static int put_size(unsigned long arg, struct block_device *bdev, bool bytes)
{
	u64 size = i_size_read(bdev->bd_inode);

	if (bytes)
		return put_user(size, (u64 __user *)arg);
	if (size >> SECTOR_SHIFT > ULONG_MAX)
		return -EFBIG;
	return put_user((unsigned long)(size >> SECTOR_SHIFT), (unsigned long __user *)arg);
}

/* Sizes and counts that are only looked up; -ENOIOCTLCMD for anything else. */
static int read_number(struct block_device *bdev, unsigned cmd, unsigned long arg)
{
	struct request_queue *q = bdev_get_queue(bdev);

	switch (cmd) {
	case BLKGETSIZE:
		return put_size(arg, bdev, false);
	case BLKGETSIZE64:
		return put_size(arg, bdev, true);
	case BLKSSZGET:
		return put_int(arg, queue_logical_block_size(q));
	case BLKPBSZGET:
		return put_int(arg, q->limits.physical_block_size);
	case BLKBSZGET:
		return put_int(arg, 1 << bdev->bd_inode->i_blkbits);
	case BLKROGET:
		return put_int(arg, bdev_read_only(bdev) != 0);
	case BLKRAGET:
	case BLKFRAGET:
		return put_user((long)(q->ra_pages << (PAGE_SHIFT - SECTOR_SHIFT)),
				(long __user *)arg);
	case BLKSECTGET:
		return put_user((unsigned short)min(queue_max_sectors(q), 0xffffu),
				(unsigned short __user *)arg);
	case BLKROTATIONAL:
		return put_user((unsigned short)!blk_queue_nonrot(q), (unsigned short __user *)arg);
	default:
		return -ENOIOCTLCMD;
	}
}

static int get_geometry(struct block_device *bdev, unsigned long arg)
{
	const struct block_device_operations *fops = bdev->bd_disk->fops;
	struct hd_geometry geo = { .start = bdev->bd_part->start_sect };
	int err;

	if (!arg)
		return -EINVAL;
	if (!fops->getgeo)
		return -ENOTTY;
	err = fops->getgeo(bdev, &geo);
	if (err)
		return err;
	return copy_to_user((void __user *)arg, &geo, sizeof(geo)) ? -EFAULT : 0;
}

/* {start, length} in bytes, both of whole sectors, within the device. */
static int get_range(struct block_device *bdev, unsigned long arg, u64 *start, u64 *len)
{
	u64 range[2];

	if (copy_from_user(range, (void __user *)arg, sizeof(range)))
		return -EFAULT;
	if ((range[0] | range[1]) & (SECTOR_SIZE - 1))
		return -EINVAL;
	if (range[0] + range[1] < range[0] ||
	    range[0] + range[1] > (u64)i_size_read(bdev->bd_inode))
		return -EINVAL;
	*start = range[0];
	*len = range[1];
	return 0;
}

/*
 * Discard or zero a range.  What the cache holds of it is written and dropped first.
 * A driver without the operation is EOPNOTSUPP; Linux would write zeros for BLKZEROOUT itself.
 */
static int change_range(struct block_device *bdev, fmode_t mode, unsigned cmd, unsigned long arg)
{
	struct request_queue *q = bdev_get_queue(bdev);
	u64 start, len;
	int err;

	if (!(mode & FMODE_WRITE))
		return -EBADF;
	if ((cmd == BLKDISCARD && !blk_queue_discard(q)) ||
	    (cmd == BLKSECDISCARD && !blk_queue_secure_erase(q)))
		return -EOPNOTSUPP;
	err = get_range(bdev, arg, &start, &len);
	if (err || !len)
		return err ?: -EINVAL;
	err = truncate_bdev_range(bdev, mode, start, start + len - 1);
	if (err)
		return err;
	start >>= SECTOR_SHIFT;
	len >>= SECTOR_SHIFT;
	if (cmd == BLKZEROOUT)
		return blkdev_issue_zeroout(bdev, start, len, GFP_KERNEL, BLKDEV_ZERO_NOFALLBACK);
	return blkdev_issue_discard(bdev, start, len, GFP_KERNEL,
				    cmd == BLKSECDISCARD ? BLKDEV_DISCARD_SECURE : 0);
}

static int reread_partitions(struct block_device *bdev)
{
	int err;

	if (bdev != bdev->bd_contains || bdev->bd_disk->minors == 1)
		return -EINVAL;
	if (!capable(CAP_SYS_ADMIN))
		return -EACCES;
	mutex_lock(&bdev->bd_mutex);
	if (!bdev->bd_part_count) {
		sync_blockdev(bdev);
		invalidate_bdev(bdev);
	}
	err = rescan_partitions(bdev->bd_disk, bdev);
	mutex_unlock(&bdev->bd_mutex);
	return err;
}

static int set_read_only(struct block_device *bdev, bool on)
{
	const struct block_device_operations *fops = bdev->bd_disk->fops;
	int err = fops->set_read_only ? fops->set_read_only(bdev, on) : 0;

	if (!err)
		set_device_ro(bdev, on);
	return err;
}

static int set_number(struct block_device *bdev, fmode_t mode, unsigned cmd, unsigned long arg)
{
	int value;

	if (!capable(CAP_SYS_ADMIN))
		return -EACCES;
	if (!arg && cmd == BLKBSZSET)
		return -EINVAL;
	if (get_user(value, (int __user *)arg))
		return -EFAULT;
	if (cmd == BLKROSET)
		return set_read_only(bdev, value);
	/* A mounted file system has blocks of the old size in hand. */
	return !(mode & FMODE_EXCL) && bdev->bd_holder ? -EBUSY : set_blocksize(bdev, value);
}

static int flush_buffers(struct block_device *bdev)
{
	int err;

	if (!capable(CAP_SYS_ADMIN))
		return -EACCES;
	err = sync_blockdev(bdev);
	invalidate_bdev(bdev);
	return err;
}

int blkdev_ioctl(struct block_device *bdev, fmode_t mode, unsigned cmd, unsigned long arg)
{
	const struct block_device_operations *fops = bdev->bd_disk->fops;
	int err = read_number(bdev, cmd, arg);

	if (err != -ENOIOCTLCMD)
		return err;
	switch (cmd) {
	case HDIO_GETGEO:
		return get_geometry(bdev, arg);
	case BLKRRPART:
		return reread_partitions(bdev);
	case BLKFLSBUF:
		return flush_buffers(bdev);
	case BLKROSET:
	case BLKBSZSET:
		return set_number(bdev, mode, cmd, arg);
	case BLKDISCARD:
	case BLKSECDISCARD:
	case BLKZEROOUT:
		return change_range(bdev, mode, cmd, arg);
	default:
		err = fops->ioctl ? fops->ioctl(bdev, mode, cmd, arg) : -ENOTTY;
		return err == -ENOIOCTLCMD ? -ENOTTY : err;
	}
}
