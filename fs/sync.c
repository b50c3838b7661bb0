/*
 * sync, syncfs, fsync, fdatasync, sync_file_range.
 *
 * A write has reached the disk when three things have: the pages, what finds
 * them (inode, indirect blocks, bitmaps: pages of the block device), and the
 * disk's own cache, which blkdev_issue_flush() empties.
 *
 * Context: process; sleeps.
 */
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/writeback.h>
#include "internal.h"

#define SYNC_FILE_RANGE_WAIT_BEFORE	1
#define SYNC_FILE_RANGE_WRITE		2
#define SYNC_FILE_RANGE_WAIT_AFTER	4
#define SYNC_FILE_RANGE_FLAGS		7

/* Inodes, then the file system's own, then the device under it.  Context: s_umount held. */
int sync_filesystem(struct super_block *sb)
{
	int err = 0, err2;

	if (sb_rdonly(sb))
		return 0;
	sync_inodes_sb(sb);
	if (sb->s_op->sync_fs)
		err = sb->s_op->sync_fs(sb, 1);
	if (!sb->s_bdev)
		return err;
	err2 = sync_blockdev(sb->s_bdev);
	err = err ? err : err2;
	err2 = blkdev_issue_flush(sb->s_bdev, GFP_KERNEL);
	return err ? err : err2;
}

static void sync_one_sb(struct super_block *sb, void *unused)
{
	sync_filesystem(sb);
}

static void sync_one_bdev(struct block_device *bdev, void *unused)
{
	if (!sync_blockdev(bdev) && bdev->bd_disk)
		blkdev_issue_flush(bdev, GFP_KERNEL);
}

void sync_everything(void)
{
	for_each_super(sync_one_sb, NULL, false);
	iterate_bdevs(sync_one_bdev, NULL);
}

long sys_sync(void)
{
	sync_everything();
	return 0;
}

long sys_syncfs(int fd)
{
	struct file *file = fget(fd);
	struct super_block *sb;
	int err;

	if (!file)
		return -EBADF;
	sb = file_inode(file)->i_sb;
	down_read(&sb->s_umount);
	err = sync_filesystem(sb);
	up_read(&sb->s_umount);
	fput(file);
	return err;
}

int vfs_fsync_range(struct file *file, loff_t start, loff_t end, int datasync)
{
	if (!file->f_op->fsync)
		return -EINVAL;
	return file->f_op->fsync(file, start, end, datasync);
}
EXPORT_SYMBOL(vfs_fsync_range);

int vfs_fsync(struct file *file, int datasync)
{
	return vfs_fsync_range(file, 0, LLONG_MAX, datasync);
}
EXPORT_SYMBOL(vfs_fsync);

static int do_fsync(unsigned int fd, int datasync)
{
	struct file *file = fget(fd);
	int err;

	if (!file)
		return -EBADF;
	err = vfs_fsync(file, datasync);
	fput(file);
	return err;
}

long sys_fsync(unsigned int fd)
{
	return do_fsync(fd, 0);
}

long sys_fdatasync(unsigned int fd)
{
	return do_fsync(fd, 1);
}

/* nbytes 0: to the end.  Only pages: no metadata, no flush of the disk's cache. */
static int sync_file_range(struct file *file, loff_t offset, loff_t nbytes, unsigned int flags)
{
	struct address_space *mapping = file->f_mapping;
	umode_t mode = file_inode(file)->i_mode;
	loff_t end = nbytes ? offset + nbytes - 1 : LLONG_MAX;
	int err = 0;

	if (flags & ~SYNC_FILE_RANGE_FLAGS || offset < 0 || nbytes < 0 || end < offset)
		return -EINVAL;
	if (!S_ISREG(mode) && !S_ISBLK(mode) && !S_ISDIR(mode) && !S_ISLNK(mode))
		return -ESPIPE;
	if (flags & SYNC_FILE_RANGE_WAIT_BEFORE)
		err = filemap_fdatawait_range(mapping, offset, end);
	if (!err && (flags & SYNC_FILE_RANGE_WRITE))
		err = __filemap_fdatawrite_range(mapping, offset, end, WB_SYNC_NONE);
	if (!err && (flags & SYNC_FILE_RANGE_WAIT_AFTER))
		err = filemap_fdatawait_range(mapping, offset, end);
	return err;
}

long sys_sync_file_range(int fd, loff_t offset, loff_t nbytes, unsigned int flags)
{
	struct file *file = fget(fd);
	int err;

	if (!file)
		return -EBADF;
	err = sync_file_range(file, offset, nbytes, flags);
	fput(file);
	return err;
}

/* What most file systems on a block device do for fsync. */
int generic_file_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct inode *inode = file->f_mapping->host;
	int err = filemap_write_and_wait_range(file->f_mapping, start, end);
	int err2;

	inode_lock(inode);
	err2 = sync_mapping_buffers(inode->i_mapping);
	err = err ? err : err2;
	if ((inode->i_state & I_DIRTY_INODE) &&
	    (!datasync || (inode->i_state & I_DIRTY_DATASYNC))) {
		err2 = sync_inode_metadata(inode, 1);
		err = err ? err : err2;
	}
	inode_unlock(inode);
	if (!err && inode->i_sb->s_bdev)
		err = blkdev_issue_flush(inode->i_sb->s_bdev, GFP_KERNEL);
	return err;
}
