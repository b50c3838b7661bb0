/*
 * What is known about a file: stat() in the shapes it has had, readlink().
 *
 * vfs_getattr() asks the file system for a struct kstat; each call then puts it
 * into the structure its time had.  EOVERFLOW: a value does not fit there.
 */
#include "internal.h"

/* What the inode itself says; file systems start from it. */
void generic_fillattr(struct inode *inode, struct kstat *stat)
{
	stat->dev = inode->i_sb->s_dev;
	stat->ino = inode->i_ino;
	stat->mode = inode->i_mode;
	stat->nlink = inode->i_nlink;
	stat->uid = inode->i_uid;
	stat->gid = inode->i_gid;
	stat->rdev = inode->i_rdev;
	stat->size = i_size_read(inode);
	stat->atime = inode->i_atime;
	stat->mtime = inode->i_mtime;
	stat->ctime = inode->i_ctime;
	stat->blksize = 1 << inode->i_blkbits;
	stat->blocks = inode->i_blocks;
}

int vfs_getattr(const struct path *path, struct kstat *stat, u32 mask, unsigned flags)
{
	struct inode *inode = d_inode(path->dentry);

	stat->result_mask = STATX_BASIC_STATS;
	stat->attributes = path->dentry == path->mnt->mnt_root ? STATX_ATTR_MOUNT_ROOT : 0;
	stat->attributes_mask = STATX_ATTR_MOUNT_ROOT;
	stat->mnt_id = path->mnt->mnt_id;
	if (inode->i_op->getattr)
		return inode->i_op->getattr(path, stat, mask, flags);
	generic_fillattr(inode, stat);
	return 0;
}
EXPORT_SYMBOL(vfs_getattr);

static int vfs_statx(int dfd, const char __user *name, int flags, struct kstat *stat, u32 mask)
{
	struct path path;
	int err;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE))
		return -EINVAL;
	err = user_path_at(dfd, name, lookup_how(flags), &path);
	if (err)
		return err;
	err = vfs_getattr(&path, stat, mask, flags);
	path_put(&path);
	return err;
}

/* Puts stat into the caller's structure, which is as old as his program.  0, EFAULT, EOVERFLOW. */
typedef long (put_stat_t)(const struct kstat *stat, void __user *to);

static long stat_name(int dfd, const char __user *name, int flags, put_stat_t *put, void __user *to)
{
	struct kstat stat;
	int err = vfs_statx(dfd, name, flags, &stat, STATX_BASIC_STATS);

	return err ?: put(&stat, to);
}

static long stat_fd(unsigned int fd, put_stat_t *put, void __user *to)
{
	struct fd f = fdget_raw(fd);
	struct kstat stat;
	int err;

	if (!f.file)
		return -EBADF;
	err = vfs_getattr(&f.file->f_path, &stat, STATX_BASIC_STATS, 0);
	fdput(f);
	return err ?: put(&stat, to);
}

/* ------------------------------------------------------------------ stat64 */

static long put_stat64(const struct kstat *stat, void __user *to)
{
	struct stat64 tmp;

	memset(&tmp, 0, sizeof(tmp));
	tmp.st_dev = huge_encode_dev(stat->dev);
	tmp.__st_ino = stat->ino;
	tmp.st_ino = stat->ino;
	tmp.st_mode = stat->mode;
	tmp.st_nlink = stat->nlink;
	tmp.st_uid = __kuid_val(stat->uid);
	tmp.st_gid = __kgid_val(stat->gid);
	tmp.st_rdev = huge_encode_dev(stat->rdev);
	tmp.st_size = stat->size;
	tmp.st_blksize = stat->blksize;
	tmp.st_blocks = stat->blocks;
	tmp.st_atime = stat->atime.tv_sec;
	tmp.st_atime_nsec = stat->atime.tv_nsec;
	tmp.st_mtime = stat->mtime.tv_sec;
	tmp.st_mtime_nsec = stat->mtime.tv_nsec;
	tmp.st_ctime = stat->ctime.tv_sec;
	tmp.st_ctime_nsec = stat->ctime.tv_nsec;
	return copy_to_user(to, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}

long sys_fstat64(unsigned long fd, struct stat64 __user *statbuf)
{
	return stat_fd(fd, put_stat64, statbuf);
}

long sys_fstatat64(int dfd, const char __user *filename, struct stat64 __user *statbuf, int flag)
{
	return stat_name(dfd, filename, flag, put_stat64, statbuf);
}

/* ------------------------------------------------------------------ stat, of 1995 */

static long put_newstat(const struct kstat *stat, void __user *to)
{
	struct stat tmp;

	if (stat->size > LONG_MAX)
		return -EOVERFLOW;
	memset(&tmp, 0, sizeof(tmp));
	tmp.st_dev = new_encode_dev(stat->dev);
	tmp.st_ino = stat->ino;
	tmp.st_mode = stat->mode;
	tmp.st_nlink = stat->nlink;
	tmp.st_uid = __kuid_val(stat->uid);
	tmp.st_gid = __kgid_val(stat->gid);
	tmp.st_rdev = new_encode_dev(stat->rdev);
	tmp.st_size = stat->size;
	tmp.st_blksize = stat->blksize;
	tmp.st_blocks = stat->blocks;
	tmp.st_atime = stat->atime.tv_sec;
	tmp.st_atime_nsec = stat->atime.tv_nsec;
	tmp.st_mtime = stat->mtime.tv_sec;
	tmp.st_mtime_nsec = stat->mtime.tv_nsec;
	tmp.st_ctime = stat->ctime.tv_sec;
	tmp.st_ctime_nsec = stat->ctime.tv_nsec;
	return copy_to_user(to, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}

long sys_newstat(const char __user *filename, struct stat __user *statbuf)
{
	return stat_name(AT_FDCWD, filename, 0, put_newstat, statbuf);
}

long sys_newlstat(const char __user *filename, struct stat __user *statbuf)
{
	return stat_name(AT_FDCWD, filename, AT_SYMLINK_NOFOLLOW, put_newstat, statbuf);
}

long sys_newfstat(unsigned int fd, struct stat __user *statbuf)
{
	return stat_fd(fd, put_newstat, statbuf);
}

/* ------------------------------------------------------------------ oldstat, of 1992 */

static long put_oldstat(const struct kstat *stat, void __user *to)
{
	struct __old_kernel_stat tmp;

	if (stat->size > LONG_MAX)
		return -EOVERFLOW;
	memset(&tmp, 0, sizeof(tmp));
	tmp.st_dev = old_encode_dev(stat->dev);
	tmp.st_ino = stat->ino;
	tmp.st_mode = stat->mode;
	tmp.st_nlink = stat->nlink;
	tmp.st_uid = __kuid_val(stat->uid);
	tmp.st_gid = __kgid_val(stat->gid);
	tmp.st_rdev = old_encode_dev(stat->rdev);
	tmp.st_size = stat->size;
	tmp.st_atime = stat->atime.tv_sec;
	tmp.st_mtime = stat->mtime.tv_sec;
	tmp.st_ctime = stat->ctime.tv_sec;
	return copy_to_user(to, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}

long sys_stat(const char __user *filename, struct __old_kernel_stat __user *statbuf)
{
	return stat_name(AT_FDCWD, filename, 0, put_oldstat, statbuf);
}

long sys_lstat(const char __user *filename, struct __old_kernel_stat __user *statbuf)
{
	return stat_name(AT_FDCWD, filename, AT_SYMLINK_NOFOLLOW, put_oldstat, statbuf);
}

long sys_fstat(unsigned int fd, struct __old_kernel_stat __user *statbuf)
{
	return stat_fd(fd, put_oldstat, statbuf);
}

/* ------------------------------------------------------------------ statx */

static struct statx_timestamp statx_time(const struct timespec64 *ts)
{
	return (struct statx_timestamp){ .tv_sec = ts->tv_sec, .tv_nsec = ts->tv_nsec };
}

long sys_statx(int dfd, const char __user *filename, unsigned flags, unsigned int mask,
	       struct statx __user *buffer)
{
	struct kstat stat;
	struct statx tmp;
	int err;

	if (mask & STATX__RESERVED || (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
		return -EINVAL;
	err = vfs_statx(dfd, filename, flags, &stat, mask);
	if (err)
		return err;
	memset(&tmp, 0, sizeof(tmp));
	tmp.stx_mask = stat.result_mask | STATX_MNT_ID;
	tmp.stx_blksize = stat.blksize;
	tmp.stx_attributes = stat.attributes;
	tmp.stx_attributes_mask = stat.attributes_mask;
	tmp.stx_nlink = stat.nlink;
	tmp.stx_uid = __kuid_val(stat.uid);
	tmp.stx_gid = __kgid_val(stat.gid);
	tmp.stx_mode = stat.mode;
	tmp.stx_ino = stat.ino;
	tmp.stx_size = stat.size;
	tmp.stx_blocks = stat.blocks;
	tmp.stx_atime = statx_time(&stat.atime);
	tmp.stx_mtime = statx_time(&stat.mtime);
	tmp.stx_ctime = statx_time(&stat.ctime);
	tmp.stx_rdev_major = MAJOR(stat.rdev);
	tmp.stx_rdev_minor = MINOR(stat.rdev);
	tmp.stx_dev_major = MAJOR(stat.dev);
	tmp.stx_dev_minor = MINOR(stat.dev);
	tmp.stx_mnt_id = stat.mnt_id;
	return copy_to_user(buffer, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}

/* ------------------------------------------------------------------ readlink */

static int read_link(struct dentry *dentry, char __user *buf, int size)
{
	struct inode *inode = d_inode(dentry);
	const char *text;
	int len;

	if (inode->i_op->readlink)
		return inode->i_op->readlink(dentry, buf, size);
	text = vfs_get_link(dentry);
	if (IS_ERR(text))
		return PTR_ERR(text);
	len = min_t(int, strlen(text), size);
	return copy_to_user(buf, text, len) ? -EFAULT : len;
}

/* "" with a descriptor: the symlink that was opened with O_PATH | O_NOFOLLOW. */
long sys_readlinkat(int dfd, const char __user *pathname, char __user *buf, int bufsiz)
{
	struct path path;
	int err;

	if (bufsiz <= 0)
		return -EINVAL;
	err = user_path_at(dfd, pathname, LOOKUP_EMPTY, &path);
	if (err)
		return err;
	err = -EINVAL;
	if (S_ISLNK(d_inode(path.dentry)->i_mode)) {
		touch_atime(&path);
		err = read_link(path.dentry, buf, bufsiz);
	}
	path_put(&path);
	return err;
}
