/*
 * mount(), umount() and umount2().
 *
 * One call does four things, told apart by its flags: a new mount, another view
 * of one (MS_BIND), a move (MS_MOVE), other options (MS_REMOUNT).
 */
#include <linux/statfs.h>
#include "internal.h"

const struct mnt_option mnt_options[] = {
	{ MS_NOSUID, MNT_NOSUID, ST_NOSUID, ",nosuid" },
	{ MS_NODEV, MNT_NODEV, ST_NODEV, ",nodev" },
	{ MS_NOEXEC, MNT_NOEXEC, ST_NOEXEC, ",noexec" },
	{ MS_NOATIME, MNT_NOATIME, ST_NOATIME, ",noatime" },
	{ MS_NODIRATIME, MNT_NODIRATIME, ST_NODIRATIME, ",nodiratime" },
	{ 0, MNT_RELATIME, ST_RELATIME, ",relatime" },
	{ 0 },
};

/* What of mount()'s flags belongs to the one mount, and not to the file system. */
static int mount_flags(unsigned long flags)
{
	int mnt_flags = flags & MS_RDONLY ? MNT_READONLY : 0;
	const struct mnt_option *option;

	for (option = mnt_options; option->name; option++)
		if (flags & option->ms)
			mnt_flags |= option->mnt;
	if (!(flags & (MS_STRICTATIME | MS_NOATIME)))
		mnt_flags |= MNT_RELATIME;
	return mnt_flags;
}

#define MS_SB_MASK	(MS_RDONLY | MS_SYNCHRONOUS | MS_DIRSYNC | MS_MANDLOCK | MS_SILENT)

static long do_new_mount(const struct path *where, const char *type_name, unsigned long flags,
			 const char *dev, void *data)
{
	struct file_system_type *type;
	struct vfsmount *mnt;
	int err;

	if (!type_name)
		return -EINVAL;
	type = get_fs_type(type_name);
	if (!type)
		return -ENODEV;
	mnt = vfs_kern_mount(type, flags & MS_SB_MASK, dev, data);
	module_put(type->owner);	/* the super block has its own */
	if (IS_ERR(mnt))
		return PTR_ERR(mnt);
	mnt->mnt_flags = mount_flags(flags);

	down_write(&namespace_sem);
	err = -EBUSY;
	if (where->mnt->mnt_sb != mnt->mnt_sb || where->dentry != mnt->mnt_root)
		err = attach_mount(mnt, where);
	up_write(&namespace_sem);
	if (err)
		mntput(mnt);
	return err;
}

static long do_bind(const struct path *where, const char *from)
{
	struct vfsmount *mnt;
	struct path old;
	int err = from && *from ? kern_path(from, LOOKUP_FOLLOW, &old) : -EINVAL;

	if (err)
		return err;
	mnt = clone_mount(&old);
	path_put(&old);
	if (IS_ERR(mnt))
		return PTR_ERR(mnt);
	down_write(&namespace_sem);
	err = attach_mount(mnt, where);
	up_write(&namespace_sem);
	if (err)
		mntput(mnt);
	return err;
}

/* Is where inside mnt, so that moving mnt there would cut both off the tree? */
static bool mount_is_below(const struct vfsmount *where, const struct vfsmount *mnt)
{
	while (where != mnt && where->mnt_parent != where)
		where = where->mnt_parent;
	return where == mnt;
}

static long do_move_mount(const struct path *where, const char *from)
{
	struct path old, place;
	int err = from && *from ? kern_path(from, LOOKUP_FOLLOW, &old) : -EINVAL;

	if (err)
		return err;
	down_write(&namespace_sem);
	err = -EINVAL;
	if (old.dentry != old.mnt->mnt_root || old.mnt->mnt_parent == old.mnt)
		goto out;
	err = -ELOOP;
	if (mount_is_below(where->mnt, old.mnt))
		goto out;
	detach_mount(old.mnt, &place);
	err = attach_mount(old.mnt, where);
	if (err)
		attach_mount(old.mnt, &place);
	path_put(&place);
out:
	up_write(&namespace_sem);
	path_put(&old);
	return err;
}

static long do_remount(const struct path *where, unsigned long flags, void *data)
{
	struct super_block *sb = where->mnt->mnt_sb;
	int err = 0;

	if (where->dentry != where->mnt->mnt_root)
		return -EINVAL;
	down_write(&namespace_sem);
	if (!(flags & MS_BIND)) {
		down_write(&sb->s_umount);
		err = do_remount_sb(sb, flags & MS_SB_MASK, data, false);
		up_write(&sb->s_umount);
	}
	if (!err)
		where->mnt->mnt_flags = mount_flags(flags);
	up_write(&namespace_sem);
	return err;
}

/* data: a page of options ending in a zero, or NULL.  Context: process; may sleep. */
long do_mount(const char *dev, const struct path *where, const char *type, unsigned long flags,
	      void *data)
{
	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		flags &= ~MS_MGC_MSK;
	if (flags & MS_REMOUNT)
		return do_remount(where, flags, data);
	if (flags & MS_BIND)
		return do_bind(where, dev);
	if (flags & (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE))
		return 0;	/* one namespace: nobody to share with */
	if (flags & MS_MOVE)
		return do_move_mount(where, dev);
	return do_new_mount(where, type, flags, dev, data);
}

/* A string argument that may be missing: NULL, a copy to kfree(), or an error pointer. */
static char *copy_mount_string(const char __user *data)
{
	return data ? strndup_user(data, PATH_MAX) : NULL;
}

/* The options: a page of them, of which some may lie beyond what is mapped. */
static void *copy_mount_options(const void __user *data)
{
	char *copy;

	if (!data)
		return NULL;
	copy = kmalloc(PAGE_SIZE, GFP_KERNEL);
	if (!copy)
		return ERR_PTR(-ENOMEM);
	if (strncpy_from_user(copy, data, PAGE_SIZE) < 0) {
		kfree(copy);
		return ERR_PTR(-EFAULT);
	}
	copy[PAGE_SIZE - 1] = '\0';
	return copy;
}

long sys_mount(const char __user *dev_name, const char __user *dir_name,
	       const char __user *type, unsigned long flags, const void __user *data)
{
	char *kernel_type, *kernel_dev;
	void *options;
	struct path where;
	long err;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	kernel_type = copy_mount_string(type);
	if (IS_ERR(kernel_type))
		return PTR_ERR(kernel_type);
	err = PTR_ERR(kernel_dev = copy_mount_string(dev_name));
	if (IS_ERR(kernel_dev))
		goto out_type;
	err = PTR_ERR(options = copy_mount_options(data));
	if (IS_ERR(options))
		goto out_dev;
	err = user_path_at(AT_FDCWD, dir_name, LOOKUP_FOLLOW, &where);
	if (!err) {
		err = do_mount(kernel_dev, &where, kernel_type, flags, options);
		path_put(&where);
	}
	kfree(options);
out_dev:
	kfree(kernel_dev);
out_type:
	kfree(kernel_type);
	return err;
}

long sys_umount(const char __user *name, int flags)
{
	struct path path;
	struct vfsmount *mnt;
	int err;

	if (flags & ~(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW))
		return -EINVAL;
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	err = user_path_at(AT_FDCWD, name, flags & UMOUNT_NOFOLLOW ? 0 : LOOKUP_FOLLOW, &path);
	if (err)
		return err;
	mnt = path.mnt;
	err = path.dentry == mnt->mnt_root ? 0 : -EINVAL;
	dput(path.dentry);		/* or it would itself keep the file system busy */
	if (!err)
		err = do_umount(mnt, flags);
	mntput(mnt);
	return err;
}
