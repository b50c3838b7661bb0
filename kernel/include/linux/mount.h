/*
 * <linux/mount.h> - a file system in its place in the tree of names.
 */
#ifndef _LINUX_MOUNT_H
#define _LINUX_MOUNT_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/atomic.h>

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

/* [n] namespace_lock (fs/namespace.c)   [r] atomic   else constant once mounted */
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
	atomic_t mnt_count;			/* [r] references; 2 + children = idle */
};

extern struct vfsmount *mntget(struct vfsmount *mnt);
extern void mntput(struct vfsmount *mnt);
extern int mnt_want_write(struct vfsmount *mnt);
extern void mnt_drop_write(struct vfsmount *mnt);
extern bool __mnt_is_readonly(struct vfsmount *mnt);
extern struct vfsmount *kern_mount(struct file_system_type *type);

#endif
