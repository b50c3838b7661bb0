/*
 * A mounted file system changes: read-only, or writable again.
 *
 * It turns read-only in three steps, so that the disk is whole and says so:
 * nobody may begin to write, what was written is synced, and the file system's
 * remount_fs() notes on the disk that it was put away in order.
 *
 *	mnt_want_write()			do_remount_sb()
 *	mnt_writers++				s_readonly_remount = 1
 *	full barrier				full barrier
 *	s_readonly_remount?  then EROFS		mnt_writers?  then EBUSY
 *
 * Before the machine goes it is done to all of them, whoever is still writing.
 *
 * Context: process; sleeps.  Lock: s_umount, for writing.
 */
#include <linux/blkdev.h>
#include "internal.h"

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
