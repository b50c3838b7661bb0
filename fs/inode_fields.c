/*
 * The members of an inode that have a rule of their own: link counts, sizes,
 * times, owners of new files, and what a special file does.
 *
 * Context: process, but for i_size_read() and the byte counts: any.
 */
#include <linux/timekeeping.h>
#include "internal.h"

/*
 * Both halves of the size at once: a reader that came between two stores would
 * see a size that never was.  cmpxchg8b with equal operands only reads.
 */
loff_t i_size_read(const struct inode *inode)
{
	return atomic64_read((const atomic64_t *)&inode->i_size);
}
EXPORT_SYMBOL(i_size_read);

void i_size_write(struct inode *inode, loff_t size)
{
	atomic64_set((atomic64_t *)&inode->i_size, size);
}

/* s_remove_count counts the inodes without a name that are not freed yet. */
void set_nlink(struct inode *inode, unsigned int nlink)
{
	if (!inode->i_nlink && nlink)
		atomic_dec(&inode->i_sb->s_remove_count);
	else if (inode->i_nlink && !nlink)
		atomic_inc(&inode->i_sb->s_remove_count);
	inode->i_nlink = nlink;
}

void inc_nlink(struct inode *inode)
{
	set_nlink(inode, inode->i_nlink + 1);
}

void drop_nlink(struct inode *inode)
{
	WARN_ON(!inode->i_nlink);
	set_nlink(inode, inode->i_nlink - 1);
}

void clear_nlink(struct inode *inode)
{
	set_nlink(inode, 0);
}

#define SECTOR_BITS	9

void inode_add_bytes(struct inode *inode, loff_t bytes)
{
	spin_lock(&inode->i_lock);
	bytes += inode->i_bytes;
	inode->i_blocks += bytes >> SECTOR_BITS;
	inode->i_bytes = bytes & ((1 << SECTOR_BITS) - 1);
	spin_unlock(&inode->i_lock);
}

/* Who owns a new file: the creator; its group is the directory's if that has set-group-id. */
void inode_init_owner(struct inode *inode, const struct inode *dir, umode_t mode)
{
	inode->i_uid = current_fsuid();
	inode->i_gid = current_fsgid();
	if (dir && dir->i_mode & S_ISGID) {
		inode->i_gid = dir->i_gid;
		if (S_ISDIR(mode))
			mode |= S_ISGID;
	}
	inode->i_mode = mode;
}

/* Now, no finer than the file system can store it. */
struct timespec64 current_time(struct inode *inode)
{
	struct timespec64 now;
	u32 gran = inode->i_sb->s_time_gran;

	ktime_get_coarse_real_ts64(&now);
	if (gran >= NSEC_PER_SEC)
		now.tv_nsec = 0;
	else if (gran > 1)
		now.tv_nsec -= now.tv_nsec % gran;
	return now;
}

#define RELATIME_SECONDS	(24LL * 60 * 60)

static bool ts_before(const struct timespec64 *a, const struct timespec64 *b)
{
	return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec <= b->tv_nsec);
}

/* An access time is moved only if it would else lie before a change, or is a day old. */
static bool atime_needs_update(const struct path *path, struct inode *inode,
			       const struct timespec64 *now)
{
	int mnt_flags = path->mnt->mnt_flags;

	if (IS_NOATIME(inode) || mnt_flags & MNT_NOATIME || IS_RDONLY(inode))
		return false;
	if (S_ISDIR(inode->i_mode) &&
	    (mnt_flags & MNT_NODIRATIME || inode->i_sb->s_flags & SB_NODIRATIME))
		return false;
	if (mnt_flags & MNT_RELATIME)
		return ts_before(&inode->i_atime, &inode->i_mtime) ||
		       ts_before(&inode->i_atime, &inode->i_ctime) ||
		       now->tv_sec - inode->i_atime.tv_sec >= RELATIME_SECONDS;
	return !ts_before(now, &inode->i_atime);
}

void touch_atime(const struct path *path)
{
	struct inode *inode = d_inode(path->dentry);
	struct timespec64 now = current_time(inode);

	if (!atime_needs_update(path, inode, &now) || mnt_want_write(path->mnt))
		return;
	spin_lock(&inode->i_lock);
	inode->i_atime = now;
	spin_unlock(&inode->i_lock);
	mark_inode_dirty_sync(inode);
	mnt_drop_write(path->mnt);
}
EXPORT_SYMBOL(touch_atime);

/* The file was written: its times are now.  i_rwsem held. */
int file_update_time(struct file *file)
{
	struct inode *inode = file_inode(file);
	struct timespec64 now = current_time(inode);

	if (ts_before(&now, &inode->i_mtime) && ts_before(&now, &inode->i_ctime))
		return 0;
	spin_lock(&inode->i_lock);
	inode->i_mtime = inode->i_ctime = now;
	spin_unlock(&inode->i_lock);
	mark_inode_dirty_sync(inode);
	return 0;
}

/*
 * A device node or FIFO: whatever file system it lies on, its methods are those
 * of the kind, and they find the driver when it is opened.
 */
void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev)
{
	inode->i_mode = mode;
	if (S_ISCHR(mode)) {
		inode->i_fop = &def_chr_fops;
		inode->i_rdev = rdev;
	} else if (S_ISBLK(mode)) {
		inode->i_fop = &def_blk_fops;
		inode->i_rdev = rdev;
	} else if (S_ISFIFO(mode)) {
		inode->i_fop = &pipefifo_fops;
	}	/* sockets keep no_open: ENXIO */
}

/* ------------------------------------------------------------------ bad inodes */

/* Without permission an open comes no further. */
static int bad_permission(struct inode *inode, int mask)
{
	return -EIO;
}

static int bad_getattr(const struct path *path, struct kstat *stat, u32 mask, unsigned flags)
{
	return -EIO;
}

static int bad_setattr(struct dentry *dentry, struct iattr *attr)
{
	return -EIO;
}

static const struct inode_operations bad_inode_ops = {
	.permission = bad_permission,
	.getattr = bad_getattr,
	.setattr = bad_setattr,
};

/* It cannot be read from the disk: everything done to it answers EIO. */
void make_bad_inode(struct inode *inode)
{
	remove_inode_hash(inode);
	inode->i_mode = S_IFREG;
	inode->i_op = &bad_inode_ops;
}

bool is_bad_inode(struct inode *inode)
{
	return inode->i_op == &bad_inode_ops;
}
