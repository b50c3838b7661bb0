/*
 * How full a file system is: statfs() and its kin, ustat().
 */
#include <linux/statfs.h>
#include "internal.h"

static long flags_by_mount(const struct vfsmount *mnt)
{
	long flags = ST_VALID;

	if (__mnt_is_readonly((struct vfsmount *)mnt))
		flags |= ST_RDONLY;
	if (mnt->mnt_flags & MNT_NOSUID)
		flags |= ST_NOSUID;
	if (mnt->mnt_flags & MNT_NODEV)
		flags |= ST_NODEV;
	if (mnt->mnt_flags & MNT_NOEXEC)
		flags |= ST_NOEXEC;
	if (mnt->mnt_flags & MNT_NOATIME)
		flags |= ST_NOATIME;
	if (mnt->mnt_flags & MNT_NODIRATIME)
		flags |= ST_NODIRATIME;
	if (mnt->mnt_flags & MNT_RELATIME)
		flags |= ST_RELATIME;
	return flags;
}

static int statfs_by_dentry(struct dentry *dentry, struct kstatfs *buf)
{
	int err;

	if (!dentry->d_sb->s_op->statfs)
		return -ENOSYS;
	memset(buf, 0, sizeof(*buf));
	err = dentry->d_sb->s_op->statfs(dentry, buf);
	if (!err && !buf->f_frsize)
		buf->f_frsize = buf->f_bsize;
	return err;
}

int vfs_statfs(const struct path *path, struct kstatfs *buf)
{
	int err = statfs_by_dentry(path->dentry, buf);

	if (!err)
		buf->f_flags = flags_by_mount(path->mnt);
	return err;
}

static int user_statfs(const char __user *pathname, struct kstatfs *buf)
{
	struct path path;
	int err = user_path_at(AT_FDCWD, pathname, LOOKUP_FOLLOW, &path);

	if (err)
		return err;
	err = vfs_statfs(&path, buf);
	path_put(&path);
	return err;
}

static int fd_statfs(unsigned int fd, struct kstatfs *buf)
{
	struct fd f = fdget_raw(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = vfs_statfs(&f.file->f_path, buf);
	fdput(f);
	return err;
}

static long put_statfs(const struct kstatfs *st, struct statfs __user *to)
{
	struct statfs tmp;

	if ((st->f_blocks | st->f_bfree | st->f_bavail) >> 32)
		return -EOVERFLOW;
	memset(&tmp, 0, sizeof(tmp));
	tmp.f_type = st->f_type;
	tmp.f_bsize = st->f_bsize;
	tmp.f_blocks = st->f_blocks;
	tmp.f_bfree = st->f_bfree;
	tmp.f_bavail = st->f_bavail;
	tmp.f_files = st->f_files;
	tmp.f_ffree = st->f_ffree;
	tmp.f_fsid = st->f_fsid;
	tmp.f_namelen = st->f_namelen;
	tmp.f_frsize = st->f_frsize;
	tmp.f_flags = st->f_flags;
	return copy_to_user(to, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}

static long put_statfs64(const struct kstatfs *st, struct statfs64 __user *to)
{
	struct statfs64 tmp;

	memset(&tmp, 0, sizeof(tmp));
	tmp.f_type = st->f_type;
	tmp.f_bsize = st->f_bsize;
	tmp.f_blocks = st->f_blocks;
	tmp.f_bfree = st->f_bfree;
	tmp.f_bavail = st->f_bavail;
	tmp.f_files = st->f_files;
	tmp.f_ffree = st->f_ffree;
	tmp.f_fsid = st->f_fsid;
	tmp.f_namelen = st->f_namelen;
	tmp.f_frsize = st->f_frsize;
	tmp.f_flags = st->f_flags;
	return copy_to_user(to, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}

long sys_statfs(const char __user *pathname, struct statfs __user *buf)
{
	struct kstatfs st;
	int err = user_statfs(pathname, &st);

	return err ?: put_statfs(&st, buf);
}

long sys_fstatfs(unsigned int fd, struct statfs __user *buf)
{
	struct kstatfs st;
	int err = fd_statfs(fd, &st);

	return err ?: put_statfs(&st, buf);
}

long sys_statfs64(const char __user *pathname, size_t sz, struct statfs64 __user *buf)
{
	struct kstatfs st;
	int err = sz == sizeof(*buf) ? user_statfs(pathname, &st) : -EINVAL;

	return err ?: put_statfs64(&st, buf);
}

long sys_fstatfs64(unsigned int fd, size_t sz, struct statfs64 __user *buf)
{
	struct kstatfs st;
	int err = sz == sizeof(*buf) ? fd_statfs(fd, &st) : -EINVAL;

	return err ?: put_statfs64(&st, buf);
}

/* What is left, by device number; from before there was statfs(). */
struct ustat {
	__kernel_daddr_t f_tfree;
	__kernel_ino_t f_tinode;
	char f_fname[6];
	char f_fpack[6];
};

long sys_ustat(unsigned int dev, struct ustat __user *ubuf)
{
	struct super_block *sb = user_get_super(new_decode_dev(dev));
	struct kstatfs st;
	struct ustat tmp;
	int err;

	if (!sb)
		return -EINVAL;
	err = statfs_by_dentry(sb->s_root, &st);
	drop_super(sb);
	if (err)
		return err;
	memset(&tmp, 0, sizeof(tmp));
	tmp.f_tfree = st.f_bfree;
	tmp.f_tinode = st.f_ffree;
	return copy_to_user(ubuf, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}
