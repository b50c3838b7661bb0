/*
 * The tree of mounts: which file system lies where.
 *
 * A mount (struct vfsmount) joins a super block to a dentry of another mount.
 * A walk that steps on a dentry marked DCACHE_MOUNTED asks lookup_mnt() what
 * lies on top; at the root of a mount `..` goes on to mnt_mountpoint.
 *
 * The tree itself holds one reference to each mount, each child one to its
 * parent, each path (open file, cwd) one.  Nobody else: it can be unmounted.
 *
 * Locks: namespace_sem (sleeps) serialises changes; mount_lock (spins) guards
 * the hash and the parent links against walkers.
 */
#include <linux/hash.h>
#include "internal.h"

#define MOUNT_HASH_BITS	5

DEFINE_SPINLOCK(mount_lock);
DECLARE_RWSEM(namespace_sem);

static struct hlist_head mount_hashtable[1 << MOUNT_HASH_BITS];	/* mount_lock */
static LIST_HEAD(mount_list);					/* namespace_sem */

static struct hlist_head *mount_hash(const struct vfsmount *mnt, const struct dentry *dentry)
{
	u32 key = (u32)(unsigned long)mnt ^ (u32)(unsigned long)dentry;

	return &mount_hashtable[hash_32(key, MOUNT_HASH_BITS)];
}

/* What is mounted on this very place, with a reference; NULL: nothing.  Any context. */
struct vfsmount *lookup_mnt(const struct path *path)
{
	struct vfsmount *mnt;

	spin_lock(&mount_lock);
	hlist_for_each_entry(mnt, mount_hash(path->mnt, path->dentry), mnt_hash)
		if (mnt->mnt_parent == path->mnt && mnt->mnt_mountpoint == path->dentry) {
			mntget(mnt);
			spin_unlock(&mount_lock);
			return mnt;
		}
	spin_unlock(&mount_lock);
	return NULL;
}

static struct vfsmount *alloc_mount(const char *name)
{
	static atomic_t last_id = ATOMIC_INIT(0);
	struct vfsmount *mnt = kzalloc(sizeof(*mnt), GFP_KERNEL);

	if (!mnt)
		return NULL;
	mnt->mnt_devname = kstrdup(name ?: "none", GFP_KERNEL);
	if (!mnt->mnt_devname) {
		kfree(mnt);
		return NULL;
	}
	mnt->mnt_id = atomic_inc_return(&last_id);
	mnt->mnt_parent = mnt;
	atomic_set(&mnt->mnt_count, 1);
	INIT_LIST_HEAD(&mnt->mnt_mounts);
	INIT_LIST_HEAD(&mnt->mnt_child);
	INIT_LIST_HEAD(&mnt->mnt_list);
	return mnt;
}

void mntput(struct vfsmount *mnt)
{
	struct super_block *sb;

	if (!mnt || !atomic_dec_and_test(&mnt->mnt_count))
		return;
	sb = mnt->mnt_sb;
	dput(mnt->mnt_root);
	kfree(mnt->mnt_devname);
	kfree(mnt);
	deactivate_super(sb);
}

/*
 * A new mount of a file system, in no tree yet: mounts it on the device called
 * name.  data: options, as the file system wants them.  Or an error pointer.
 */
struct vfsmount *vfs_kern_mount(struct file_system_type *type, int flags, const char *name,
				void *data)
{
	struct vfsmount *mnt = alloc_mount(name);
	struct dentry *root;

	if (!mnt)
		return ERR_PTR(-ENOMEM);
	root = type->mount(type, flags, name, data);
	if (IS_ERR(root)) {
		kfree(mnt->mnt_devname);
		kfree(mnt);
		return ERR_CAST(root);
	}
	mnt->mnt_root = root;
	mnt->mnt_sb = root->d_sb;
	mnt->mnt_mountpoint = root;
	up_write(&mnt->mnt_sb->s_umount);	/* the mount method left it locked */
	return mnt;
}

/* A file system for the kernel's own use: pipes, anonymous inodes, /dev before it has a place. */
struct vfsmount *kern_mount(struct file_system_type *type)
{
	return vfs_kern_mount(type, 0, type->name, NULL);
}

/* The first mount of all, or the one that takes its place when the root disk is there. */
void set_root_mount(struct vfsmount *mnt)
{
	down_write(&namespace_sem);
	while (!list_empty(&mount_list))
		list_del_init(mount_list.next);	/* out of sight: nobody can walk there */
	list_add_tail(&mnt->mnt_list, &mount_list);
	up_write(&namespace_sem);
}

/* ------------------------------------------------------------------ writers */

/*
 * Who changes anything below a mount says so before and takes it back after,
 * so that it turns read-only between two changes and not within one:
 *
 *	writer					remount
 *	mnt_writers++				read-only = true
 *	full barrier				full barrier
 *	read-only?  then back out, EROFS	mnt_writers?  then back out, EBUSY
 */
int mnt_want_write(struct vfsmount *mnt)
{
	atomic_inc(&mnt->mnt_writers);
	smp_mb__after_atomic();
	if (!__mnt_is_readonly(mnt))
		return 0;
	atomic_dec(&mnt->mnt_writers);
	return -EROFS;
}

void mnt_drop_write(struct vfsmount *mnt)
{
	atomic_dec(&mnt->mnt_writers);
}

bool __mnt_is_readonly(struct vfsmount *mnt)
{
	return mnt->mnt_flags & MNT_READONLY || READ_ONCE(mnt->mnt_sb->s_readonly_remount) ||
	       sb_rdonly(mnt->mnt_sb);
}

/* Is anything of the file system open for writing?  The caller holds namespace_sem. */
bool sb_has_writers(struct super_block *sb)
{
	struct vfsmount *mnt;

	list_for_each_entry(mnt, &mount_list, mnt_list)
		if (mnt->mnt_sb == sb && atomic_read(&mnt->mnt_writers) > 0)
			return true;
	return false;
}

/* ------------------------------------------------------------------ the tree */

/* Puts a mount on a place; takes over its one reference.  namespace_sem held for writing. */
int attach_mount(struct vfsmount *mnt, const struct path *where)
{
	struct inode *place = d_inode(where->dentry);

	lockdep_assert_held(&namespace_sem);
	if (S_ISDIR(d_inode(mnt->mnt_root)->i_mode) != S_ISDIR(place->i_mode))
		return -ENOTDIR;
	inode_lock(place);		/* rmdir looks for a mount under it, and says S_DEAD */
	if (IS_DEADDIR(place)) {
		inode_unlock(place);
		return -ENOENT;
	}
	spin_lock(&mount_lock);
	mnt->mnt_parent = mntget(where->mnt);
	mnt->mnt_mountpoint = dget(where->dentry);
	hlist_add_head(&mnt->mnt_hash, mount_hash(where->mnt, where->dentry));
	spin_lock(&dcache_lock);
	where->dentry->d_flags |= DCACHE_MOUNTED;
	spin_unlock(&dcache_lock);
	spin_unlock(&mount_lock);
	inode_unlock(place);
	list_add_tail(&mnt->mnt_child, &where->mnt->mnt_mounts);
	if (list_empty(&mnt->mnt_list))
		list_add_tail(&mnt->mnt_list, &mount_list);
	return 0;
}

/* Is anything else mounted on this dentry, in another mount of its file system? */
static bool still_mountpoint(struct dentry *dentry)
{
	struct vfsmount *mnt;

	list_for_each_entry(mnt, &mount_list, mnt_list)
		if (mnt->mnt_mountpoint == dentry && mnt->mnt_parent != mnt)
			return true;
	return false;
}

/* Takes a mount off its place, which the caller gets to drop.  namespace_sem held for writing. */
void detach_mount(struct vfsmount *mnt, struct path *where)
{
	lockdep_assert_held(&namespace_sem);
	where->mnt = mnt->mnt_parent;
	where->dentry = mnt->mnt_mountpoint;
	list_del_init(&mnt->mnt_child);
	spin_lock(&mount_lock);
	hlist_del_init(&mnt->mnt_hash);
	mnt->mnt_parent = mnt;
	mnt->mnt_mountpoint = mnt->mnt_root;
	spin_unlock(&mount_lock);
	if (!still_mountpoint(where->dentry)) {
		spin_lock(&dcache_lock);
		where->dentry->d_flags &= ~DCACHE_MOUNTED;
		spin_unlock(&dcache_lock);
	}
}

/* A second mount of what path shows (bind); its options are the old mount's. */
struct vfsmount *clone_mount(const struct path *path)
{
	struct vfsmount *mnt = alloc_mount(path->mnt->mnt_devname);

	if (!mnt)
		return ERR_PTR(-ENOMEM);
	mnt->mnt_sb = path->mnt->mnt_sb;
	atomic_inc(&mnt->mnt_sb->s_active);
	mnt->mnt_root = mnt->mnt_mountpoint = dget(path->dentry);
	mnt->mnt_flags = path->mnt->mnt_flags;
	return mnt;
}

/* Unmounts with all that is mounted below, now; who is inside stays there until he leaves. */
static void detach_tree(struct vfsmount *top)
{
	struct vfsmount *mnt = top;
	struct path where;

	while (mnt) {	/* deepest first */
		while (!list_empty(&mnt->mnt_mounts))
			mnt = list_first_entry(&mnt->mnt_mounts, struct vfsmount, mnt_child);
		detach_mount(mnt, &where);
		list_del_init(&mnt->mnt_list);
		path_put(&where);
		mntput(mnt);
		mnt = mnt == top ? NULL : where.mnt;
	}
}

/*
 * Unmounts mnt, of which the caller holds one reference.  EBUSY: in use.
 * The root cannot be unmounted: it turns read-only instead, as shutdown wants it.
 */
int do_umount(struct vfsmount *mnt, int flags)
{
	struct super_block *sb = mnt->mnt_sb;
	int err = 0;

	down_write(&namespace_sem);
	if (mnt->mnt_parent == mnt) {
		down_write(&sb->s_umount);
		err = do_remount_sb(sb, sb->s_flags | SB_RDONLY, NULL, false);
		up_write(&sb->s_umount);
	} else if (flags & MNT_DETACH) {
		detach_tree(mnt);
	} else {
		shrink_dcache_sb(sb);	/* unused names hold nothing of the mount, but their inodes */
		spin_lock(&mount_lock);	/* no walker can step in between the look and the unhash */
		if (atomic_read(&mnt->mnt_count) > 2 || !list_empty(&mnt->mnt_mounts))
			err = -EBUSY;
		else
			hlist_del_init(&mnt->mnt_hash);
		spin_unlock(&mount_lock);
		if (!err)
			detach_tree(mnt);
	}
	up_write(&namespace_sem);
	return err;
}

/* Calls show(m, mnt) for each mount in the order of mounting. */
int seq_show_mounts(struct seq_file *m, int (*show)(struct seq_file *, struct vfsmount *))
{
	struct vfsmount *mnt;
	int err = 0;

	down_read(&namespace_sem);
	list_for_each_entry(mnt, &mount_list, mnt_list) {
		err = show(m, mnt);
		if (err)
			break;
	}
	up_read(&namespace_sem);
	return err;
}
