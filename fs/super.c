/*
 * Super blocks: one for each file system in use, on a disk or not; made, changed to
 * read-only and back, and ended.
 *
 * A file system's mount method calls mount_bdev() or mount_nodev() with a
 * fill_super() that reads the disk and makes the root dentry.  A disk mounted
 * twice has one super block (s_active counts); the last one to go calls
 * kill_sb, which ends in generic_shutdown_super(): names and inodes are thrown
 * out, everything is written, put_super() frees what the file system holds.
 *
 * Locks: sb_lock for the list and s_count; s_umount is held for writing while a
 * super block is filled, remounted or shut down, for reading by who works on it.
 */
#include <linux/blkdev.h>
#include <linux/major.h>
#include "internal.h"

static DEFINE_SPINLOCK(sb_lock);
static LIST_HEAD(super_blocks);				/* sb_lock */

#define ANON_MINORS	256
static DECLARE_BITMAP(anon_minors, ANON_MINORS);	/* sb_lock */

/* A device number for a file system without a device: 0:n; ENFILE when all are in use. */
static int get_anon_bdev(dev_t *dev)
{
	unsigned int minor;

	spin_lock(&sb_lock);
	minor = find_next_zero_bit(anon_minors, ANON_MINORS, 1);
	if (minor < ANON_MINORS)
		__set_bit(minor, anon_minors);
	spin_unlock(&sb_lock);
	if (minor == ANON_MINORS)
		return -ENFILE;
	*dev = MKDEV(UNNAMED_MAJOR, minor);
	return 0;
}

/* Not on the list yet; s_umount held for writing. */
static struct super_block *alloc_super(struct file_system_type *type, int flags)
{
	struct super_block *sb = kzalloc(sizeof(*sb), GFP_KERNEL);
	static const struct super_operations default_op;

	if (!sb)
		return NULL;
	sb->s_type = type;
	sb->s_flags = flags;
	sb->s_op = &default_op;
	sb->s_count = 1;
	atomic_set(&sb->s_active, 1);
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_time_gran = 1;
	init_rwsem(&sb->s_umount);
	spin_lock_init(&sb->s_list_lock);
	INIT_LIST_HEAD(&sb->s_inodes);
	INIT_LIST_HEAD(&sb->s_dirty);
	mutex_init(&sb->s_vfs_rename_mutex);
	down_write(&sb->s_umount);
	return sb;
}

static void put_super(struct super_block *sb)
{
	bool last;

	spin_lock(&sb_lock);
	last = !--sb->s_count;
	if (last)		/* not earlier: whoever walks the list may stand on it */
		list_del(&sb->s_list);
	spin_unlock(&sb_lock);
	if (last)
		kfree(sb);
}

/* Ends a user of the super block that found it on the list. */
void drop_super(struct super_block *sb)
{
	up_read(&sb->s_umount);
	put_super(sb);
}

/*
 * Calls f for each mounted file system, with s_umount held for reading, or, if f changes what
 * the file system is, for writing; one that is going is left out.
 */
void for_each_super(void (*f)(struct super_block *, void *), void *arg, bool changes)
{
	struct super_block *sb, *previous = NULL;

	spin_lock(&sb_lock);
	list_for_each_entry(sb, &super_blocks, s_list) {
		sb->s_count++;		/* keeps it, and its place on the list */
		spin_unlock(&sb_lock);
		if (changes)
			down_write(&sb->s_umount);
		else
			down_read(&sb->s_umount);
		if (sb->s_root && sb->s_flags & SB_BORN)
			f(sb, arg);
		if (changes)
			up_write(&sb->s_umount);
		else
			up_read(&sb->s_umount);
		if (previous)
			put_super(previous);
		previous = sb;
		spin_lock(&sb_lock);
	}
	spin_unlock(&sb_lock);
	if (previous)
		put_super(previous);
}

/* The mounted file system with this device number, for drop_super(); or NULL. */
struct super_block *user_get_super(dev_t dev)
{
	struct super_block *sb;

	spin_lock(&sb_lock);
	list_for_each_entry(sb, &super_blocks, s_list)
		if (sb->s_dev == dev && sb->s_root) {
			sb->s_count++;
			spin_unlock(&sb_lock);
			down_read(&sb->s_umount);
			if (sb->s_root && sb->s_flags & SB_BORN)
				return sb;
			drop_super(sb);
			return NULL;
		}
	spin_unlock(&sb_lock);
	return NULL;
}

/* ------------------------------------------------------------------ ending */

/* Everything written, every name and inode gone.  s_umount held for writing. */
void generic_shutdown_super(struct super_block *sb)
{
	if (sb->s_root) {
		names_reclaim_off();
		shrink_dcache_for_umount(sb);
		sync_filesystem(sb);
		sb->s_flags &= ~SB_ACTIVE;
		evict_inodes(sb);
		names_reclaim_on();
		if (sb->s_op->put_super)
			sb->s_op->put_super(sb);
		if (!list_empty(&sb->s_inodes))
			pr_err("VFS: busy inodes on %s after unmount\n", sb->s_id);
	}
	up_write(&sb->s_umount);
}

void kill_anon_super(struct super_block *sb)
{
	generic_shutdown_super(sb);
	spin_lock(&sb_lock);
	__clear_bit(MINOR(sb->s_dev), anon_minors);
	spin_unlock(&sb_lock);
}

/* For file systems that live in dentries. */
void kill_litter_super(struct super_block *sb)
{
	if (sb->s_root)
		d_genocide(sb->s_root);
	kill_anon_super(sb);
}

static fmode_t bdev_mode(int flags)
{
	return FMODE_READ | FMODE_EXCL | (flags & SB_RDONLY ? 0 : FMODE_WRITE);
}

void kill_block_super(struct super_block *sb)
{
	struct block_device *bdev = sb->s_bdev;
	fmode_t mode = bdev_mode(sb->s_flags);

	generic_shutdown_super(sb);
	sync_blockdev(bdev);
	blkdev_put(bdev, mode);
}

/* s_umount held for writing, and released. */
static void deactivate_locked_super(struct super_block *sb)
{
	struct file_system_type *type = sb->s_type;

	if (!atomic_dec_and_test(&sb->s_active)) {
		up_write(&sb->s_umount);
		return;
	}
	type->kill_sb(sb);
	module_put(type->owner);
	put_super(sb);
}

/* A mount of it is gone; with the last one the file system is shut down. */
void deactivate_super(struct super_block *sb)
{
	if (atomic_add_unless(&sb->s_active, -1, 1))
		return;
	down_write(&sb->s_umount);
	deactivate_locked_super(sb);
}

/* ------------------------------------------------------------------ beginning */

/* Fills a new super block in; it is on the list and s_umount is held, also afterwards. */
static struct dentry *fill_new_super(struct super_block *sb, void *data, int flags,
				     int (*fill_super)(struct super_block *, void *, int))
{
	int err;

	__module_get(sb->s_type->owner);
	spin_lock(&sb_lock);
	list_add_tail(&sb->s_list, &super_blocks);
	spin_unlock(&sb_lock);
	err = fill_super(sb, data, flags & SB_SILENT ? 1 : 0);
	if (err) {
		deactivate_locked_super(sb);
		return ERR_PTR(err);
	}
	sb->s_flags |= SB_ACTIVE | SB_BORN;
	return dget(sb->s_root);
}

/* The mount method of a file system without a device. */
struct dentry *mount_nodev(struct file_system_type *type, int flags, void *data,
			   int (*fill_super)(struct super_block *, void *, int))
{
	struct super_block *sb = alloc_super(type, flags);
	int err;

	if (!sb)
		return ERR_PTR(-ENOMEM);
	err = get_anon_bdev(&sb->s_dev);
	if (err) {
		up_write(&sb->s_umount);
		kfree(sb);
		return ERR_PTR(err);
	}
	strscpy(sb->s_id, type->name, sizeof(sb->s_id));
	return fill_new_super(sb, data, flags, fill_super);
}

/* A mounted super block that match() accepts, with s_active raised and s_umount held. */
static struct super_block *find_active_super(struct file_system_type *type,
					     struct block_device *bdev)
{
	struct super_block *sb;

	spin_lock(&sb_lock);
	list_for_each_entry(sb, &super_blocks, s_list) {
		if (sb->s_type != type || sb->s_bdev != bdev ||
		    !atomic_inc_not_zero(&sb->s_active))
			continue;
		spin_unlock(&sb_lock);
		down_write(&sb->s_umount);
		if (sb->s_root)
			return sb;
		deactivate_locked_super(sb);	/* filling it in has failed meanwhile */
		return NULL;
	}
	spin_unlock(&sb_lock);
	return NULL;
}

/* The mount method of a file system of which there is only one (devtmpfs, proc). */
struct dentry *mount_single(struct file_system_type *type, int flags, void *data,
			    int (*fill_super)(struct super_block *, void *, int))
{
	struct super_block *sb = find_active_super(type, NULL);

	return sb ? dget(sb->s_root) : mount_nodev(type, flags, data, fill_super);
}

static struct dentry *mount_new_bdev(struct file_system_type *type, struct block_device *bdev,
				     int flags, void *data,
				     int (*fill_super)(struct super_block *, void *, int))
{
	struct super_block *sb = alloc_super(type, flags);

	if (!sb) {
		blkdev_put(bdev, bdev_mode(flags));
		return ERR_PTR(-ENOMEM);
	}
	sb->s_bdev = bdev;
	sb->s_dev = bdev->bd_dev;
	bdevname(bdev, sb->s_id);
	return fill_new_super(sb, data, flags, fill_super);
}

/* The mount method of a file system on a disk.  EBUSY: mounted already, otherwise. */
struct dentry *mount_bdev(struct file_system_type *type, int flags, const char *dev, void *data,
			  int (*fill_super)(struct super_block *, void *, int))
{
	struct block_device *bdev;
	struct super_block *sb;

	bdev = blkdev_get_by_path(dev, bdev_mode(flags), type);
	if (IS_ERR(bdev))
		return ERR_CAST(bdev);
	sb = find_active_super(type, bdev);
	if (!sb)
		return mount_new_bdev(type, bdev, flags, data, fill_super);
	blkdev_put(bdev, bdev_mode(flags));	/* the super block has it open itself */
	if ((flags ^ sb->s_flags) & SB_RDONLY) {
		deactivate_locked_super(sb);
		return ERR_PTR(-EBUSY);
	}
	return dget(sb->s_root);
}

/* ------------------------------------------------------------------ changing */

/*
 * A file system turns read-only in three steps, so that the disk is whole and says so:
 * nobody may begin to write (mnt_want_write() in namespace.c shows the race), what was
 * written is synced, and remount_fs() notes on the disk that it was put away in order.
 */
#define CHANGEABLE (SB_RDONLY | SB_SYNCHRONOUS | SB_MANDLOCK | SB_NOATIME | SB_NODIRATIME)

/*
 * SB_RDONLY and the like change.  force: even under writers, who will lose what
 * they have not written.  EBUSY: files are open for writing, or unlinked.
 * Context: s_umount held for writing; without force namespace_sem too.
 */
int do_remount_sb(struct super_block *sb, int flags, void *data, bool force)
{
	bool to_ro = flags & SB_RDONLY && !sb_rdonly(sb);
	int err = 0;

	lockdep_assert_held(&sb->s_umount);
	if (!(flags & SB_RDONLY) && sb->s_bdev && bdev_read_only(sb->s_bdev))
		return -EACCES;
	shrink_dcache_sb(sb);
	if (to_ro) {
		WRITE_ONCE(sb->s_readonly_remount, 1);
		smp_mb();
		/* An unlinked file in use is a writer too: its blocks are given back at its close. */
		if (!force && (sb_has_writers(sb) || atomic_read(&sb->s_remove_count)))
			err = -EBUSY;
		else
			sync_filesystem(sb);
	}
	if (!err && sb->s_op->remount_fs)
		err = sb->s_op->remount_fs(sb, &flags, data);
	if (!err || force)
		sb->s_flags = (sb->s_flags & ~CHANGEABLE) | (flags & CHANGEABLE);
	WRITE_ONCE(sb->s_readonly_remount, 0);
	if (!err && to_ro && sb->s_bdev)
		err = sync_blockdev(sb->s_bdev);
	return err;
}

static void put_away(struct super_block *sb, void *unused)
{
	if (!sb->s_bdev || sb_rdonly(sb))
		return;
	if (do_remount_sb(sb, sb->s_flags | SB_RDONLY, NULL, true))
		pr_err("VFS: %s could not be put away in order\n", sb->s_id);
	blkdev_issue_flush(sb->s_bdev, GFP_KERNEL);
}

/* The machine is about to stop: every disk is synced, and read-only from here on. */
void put_away_filesystems(void)
{
	sync_everything();
	for_each_super(put_away, NULL, true);
}
