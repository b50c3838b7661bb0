/*
 * How full a file system is: statfs() and its kin, ustat().
 */
#include <linux/statfs.h>
#include "internal.h"

static long flags_by_mount(struct vfsmount *mnt)
{
	const struct mnt_option *option;
	long flags = ST_VALID;

	if (__mnt_is_readonly(mnt))
		flags |= ST_RDONLY;
	for (option = mnt_options; option->name; option++)
		if (mnt->mnt_flags & option->mnt)
			flags |= option->st;
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

/* Puts st into the caller's structure.  0, EFAULT, EOVERFLOW. */
typedef long (put_statfs_t)(const struct kstatfs *st, void __user *to);

static long put_statfs(const struct kstatfs *st, void __user *to)
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

static long put_statfs64(const struct kstatfs *st, void __user *to)
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

static long statfs_name(const char __user *name, put_statfs_t *put, void __user *to)
{
	struct kstatfs st;
	struct path path;
	int err = user_path_at(AT_FDCWD, name, LOOKUP_FOLLOW, &path);

	if (err)
		return err;
	err = vfs_statfs(&path, &st);
	path_put(&path);
	return err ?: put(&st, to);
}

static long statfs_fd(unsigned int fd, put_statfs_t *put, void __user *to)
{
	struct fd f = fdget_raw(fd);
	struct kstatfs st;
	int err;

	if (!f.file)
		return -EBADF;
	err = vfs_statfs(&f.file->f_path, &st);
	fdput(f);
	return err ?: put(&st, to);
}

long sys_statfs(const char __user *pathname, struct statfs __user *buf)
{
	return statfs_name(pathname, put_statfs, buf);
}

long sys_fstatfs(unsigned int fd, struct statfs __user *buf)
{
	return statfs_fd(fd, put_statfs, buf);
}

long sys_statfs64(const char __user *pathname, size_t sz, struct statfs64 __user *buf)
{
	return sz == sizeof(*buf) ? statfs_name(pathname, put_statfs64, buf) : -EINVAL;
}

long sys_fstatfs64(unsigned int fd, size_t sz, struct statfs64 __user *buf)
{
	return sz == sizeof(*buf) ? statfs_fd(fd, put_statfs64, buf) : -EINVAL;
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
