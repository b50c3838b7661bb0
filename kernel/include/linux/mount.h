/*
 * <linux/mount.h> - a file system in its place in the tree of names.
 */
#ifndef _LINUX_MOUNT_H
#define _LINUX_MOUNT_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/atomic.h>

struct file;
struct seq_file;
struct super_block;
struct dentry;
struct path;
struct file_system_type;

#define MNT_NOSUID	0x01
#define MNT_NODEV	0x02
#define MNT_NOEXEC	0x04
#define MNT_NOATIME	0x08
#define MNT_NODIRATIME	0x10
#define MNT_RELATIME	0x20
#define MNT_READONLY	0x40

/* An option of one mount, by mount()'s flag, vfsmount's and statfs()'s, and in /proc/mounts. */
struct mnt_option {
	unsigned long ms;
	int mnt, st;
	const char *name;
};

extern const struct mnt_option mnt_options[];	/* the last has no name */

/* [n] namespace_sem, and mount_lock to change (fs/namespace.c)   [r] atomic   else constant once mounted */
struct vfsmount {
	struct dentry *mnt_root;		/* root of the mounted tree */
	struct super_block *mnt_sb;
	int mnt_flags;				/* [n] MNT_* */

	struct vfsmount *mnt_parent;		/* [n] itself at the top */
	struct dentry *mnt_mountpoint;		/* [n] in mnt_parent; pinned */
	struct list_head mnt_mounts;		/* [n] children */
	struct list_head mnt_child;		/* [n] on the parent's mnt_mounts */
	struct list_head mnt_list;		/* [n] all mounts, in mounting order */
	struct hlist_node mnt_hash;		/* [n] by (parent, mountpoint) */
	const char *mnt_devname;		/* as the mounter named it */
	int mnt_id;
	atomic_t mnt_count;			/* [r] references; the tree's own, one a child */
	atomic_t mnt_writers;			/* [r] mnt_want_write() not yet dropped */
};

/* mntget() is for who holds a reference already. */
static inline struct vfsmount *mntget(struct vfsmount *mnt)
{
	if (mnt)
		atomic_inc(&mnt->mnt_count);
	return mnt;
}

extern void mntput(struct vfsmount *mnt);
extern int mnt_want_write(struct vfsmount *mnt);
extern void mnt_drop_write(struct vfsmount *mnt);
extern bool __mnt_is_readonly(struct vfsmount *mnt);
extern struct vfsmount *kern_mount(struct file_system_type *type);
extern struct vfsmount *lookup_mnt(const struct path *path);
extern long do_mount(const char *dev, const struct path *where, const char *type,
		     unsigned long flags, void *data);
extern int do_umount(struct vfsmount *mnt, int flags);
extern int seq_show_mounts(struct seq_file *m, int (*show)(struct seq_file *, struct vfsmount *));
extern void mnt_init(void);
extern struct vfsmount *vfs_kern_mount(struct file_system_type *type, int flags,
				       const char *name, void *data);
extern void prepare_namespace(void);

#endif
