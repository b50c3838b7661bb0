/*
 * chmod(), chown(), truncate(), utimes() and all their variants.
 *
 * Each finds its inode by path or by descriptor and hands a struct iattr to
 * notify_change().  The 16-bit calls know ids up to 65535; -1 leaves one alone.
 */
#include "internal.h"

/* With the mount writable and the inode locked, as notify_change() wants it. */
static int change_attr(const struct path *path, struct iattr *attr)
{
	struct inode *inode = d_inode(path->dentry);
	int err;

	if (attr->ia_valid & ATTR_MODE) {	/* the type stays what it is */
		if (S_ISLNK(inode->i_mode))
			return -EOPNOTSUPP;
		attr->ia_mode = (attr->ia_mode & S_IALLUGO) | (inode->i_mode & S_IFMT);
	}
	err = mnt_want_write(path->mnt);
	if (err)
		return err;
	inode_lock(inode);
	err = notify_change(path->dentry, attr);
	inode_unlock(inode);
	mnt_drop_write(path->mnt);
	return err;
}

static int change_attr_at(int dfd, const char __user *name, int flags, struct iattr *attr)
{
	struct path path;
	int err;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	err = user_path_at(dfd, name, lookup_how(flags), &path);
	if (err)
		return err;
	err = change_attr(&path, attr);
	path_put(&path);
	return err;
}

static int change_attr_fd(unsigned int fd, struct iattr *attr)
{
	struct fd f = fdget(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = change_attr(&f.file->f_path, attr);
	fdput(f);
	return err;
}

/* ------------------------------------------------------------------ chmod */

long sys_fchmodat(int dfd, const char __user *filename, umode_t mode)
{
	struct iattr attr = { .ia_valid = ATTR_MODE | ATTR_CTIME, .ia_mode = mode };

	return change_attr_at(dfd, filename, 0, &attr);
}

long sys_fchmod(unsigned int fd, umode_t mode)
{
	struct iattr attr = { .ia_valid = ATTR_MODE | ATTR_CTIME, .ia_mode = mode };

	return change_attr_fd(fd, &attr);
}

/* ------------------------------------------------------------------ chown */

static struct iattr owner_attr(uid_t user, gid_t group)
{
	struct iattr attr = { .ia_valid = ATTR_CTIME | ATTR_KILL_SUID | ATTR_KILL_SGID };

	if (user != (uid_t)-1) {
		attr.ia_valid |= ATTR_UID;
		attr.ia_uid = KUIDT_INIT(user);
	}
	if (group != (gid_t)-1) {
		attr.ia_valid |= ATTR_GID;
		attr.ia_gid = KGIDT_INIT(group);
	}
	return attr;
}

long sys_fchownat(int dfd, const char __user *filename, uid_t user, gid_t group, int flag)
{
	struct iattr attr = owner_attr(user, group);

	return change_attr_at(dfd, filename, flag, &attr);
}

long sys_fchown(unsigned int fd, uid_t user, gid_t group)
{
	struct iattr attr = owner_attr(user, group);

	return change_attr_fd(fd, &attr);
}

static uid_t widen(__kernel_old_uid_t id)
{
	return id == (__kernel_old_uid_t)-1 ? (uid_t)-1 : id;
}

long sys_chown16(const char __user *filename, __kernel_old_uid_t user, __kernel_old_gid_t group)
{
	return sys_fchownat(AT_FDCWD, filename, widen(user), widen(group), 0);
}

long sys_lchown16(const char __user *filename, __kernel_old_uid_t user, __kernel_old_gid_t group)
{
	return sys_fchownat(AT_FDCWD, filename, widen(user), widen(group), AT_SYMLINK_NOFOLLOW);
}

long sys_fchown16(unsigned int fd, __kernel_old_uid_t user, __kernel_old_gid_t group)
{
	return sys_fchown(fd, widen(user), widen(group));
}

/* ------------------------------------------------------------------ truncate */

static int truncate_path(const struct path *path, loff_t length)
{
	struct inode *inode = d_inode(path->dentry);
	int err;

	if (S_ISDIR(inode->i_mode))
		return -EISDIR;
	if (!S_ISREG(inode->i_mode))
		return -EINVAL;
	err = mnt_want_write(path->mnt);
	if (err)
		return err;
	err = inode_permission(inode, MAY_WRITE);
	if (!err && IS_APPEND(inode))
		err = -EPERM;
	if (!err)
		err = get_write_access(inode);
	if (!err) {
		err = do_truncate(path->dentry, length);
		put_write_access(inode);
	}
	mnt_drop_write(path->mnt);
	return err;
}

long sys_truncate64(const char __user *path, loff_t length)
{
	struct path where;
	int err;

	if (length < 0)
		return -EINVAL;
	err = user_path_at(AT_FDCWD, path, LOOKUP_FOLLOW, &where);
	if (err)
		return err;
	err = truncate_path(&where, length);
	path_put(&where);
	return err;
}

long sys_ftruncate64(unsigned int fd, loff_t length)
{
	struct fd f;
	int err = -EINVAL;

	if (length < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	if (S_ISREG(file_inode(f.file)->i_mode) && f.file->f_mode & FMODE_WRITE) {
		err = -EPERM;
		if (!IS_APPEND(file_inode(f.file)))
			err = do_truncate(file_dentry(f.file), length);
	}
	fdput(f);
	return err;
}

/* ------------------------------------------------------------------ times */

static bool nsec_valid(long nsec)
{
	return nsec == UTIME_NOW || nsec == UTIME_OMIT || (nsec >= 0 && nsec < NSEC_PER_SEC);
}

/* times NULL: both now.  Each may be UTIME_NOW or UTIME_OMIT. */
static int time_attr(const struct timespec64 *times, struct iattr *attr)
{
	attr->ia_valid = ATTR_CTIME | ATTR_MTIME | ATTR_ATIME;
	if (times && (!nsec_valid(times[0].tv_nsec) || !nsec_valid(times[1].tv_nsec)))
		return -EINVAL;
	if (!times || (times[0].tv_nsec == UTIME_NOW && times[1].tv_nsec == UTIME_NOW)) {
		attr->ia_valid |= ATTR_TOUCH;
		return 0;
	}
	if (times[0].tv_nsec == UTIME_OMIT) {
		attr->ia_valid &= ~ATTR_ATIME;
	} else if (times[0].tv_nsec != UTIME_NOW) {
		attr->ia_atime = times[0];
		attr->ia_valid |= ATTR_ATIME_SET;
	}
	if (times[1].tv_nsec == UTIME_OMIT) {
		attr->ia_valid &= ~ATTR_MTIME;
	} else if (times[1].tv_nsec != UTIME_NOW) {
		attr->ia_mtime = times[1];
		attr->ia_valid |= ATTR_MTIME_SET;
	}
	return 0;
}

static long do_utimes(int dfd, const char __user *name, const struct timespec64 *times, int flags)
{
	struct iattr attr;
	int err = time_attr(times, &attr);

	if (err || (times && times[0].tv_nsec == UTIME_OMIT && times[1].tv_nsec == UTIME_OMIT))
		return err;
	if (name || flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return change_attr_at(dfd, name, flags, &attr);
	return dfd == AT_FDCWD ? -EFAULT : change_attr_fd(dfd, &attr);
}

long sys_utimensat(int dfd, const char __user *filename,
		   const struct __kernel_timespec __user *times, int flag)
{
	struct timespec64 ts[2];

	if (times && (get_timespec64(&ts[0], &times[0]) || get_timespec64(&ts[1], &times[1])))
		return -EFAULT;
	return do_utimes(dfd, filename, times ? ts : NULL, flag);
}

long sys_utimensat_time32(int dfd, const char __user *filename,
			  const struct old_timespec32 __user *times, int flag)
{
	struct timespec64 ts[2];

	if (times && (get_old_timespec32(&ts[0], &times[0]) ||
		      get_old_timespec32(&ts[1], &times[1])))
		return -EFAULT;
	return do_utimes(dfd, filename, times ? ts : NULL, flag);
}

long sys_futimesat_time32(int dfd, const char __user *filename,
			  const struct old_timeval32 __user *times)
{
	struct old_timeval32 old[2];
	struct timespec64 ts[2];
	int i;

	if (!times)
		return do_utimes(dfd, filename, NULL, 0);
	if (copy_from_user(old, times, sizeof(old)))
		return -EFAULT;
	for (i = 0; i < 2; i++) {
		if (old[i].tv_usec < 0 || old[i].tv_usec >= USEC_PER_SEC)
			return -EINVAL;
		ts[i] = (struct timespec64){ old[i].tv_sec, old[i].tv_usec * NSEC_PER_USEC };
	}
	return do_utimes(dfd, filename, ts, 0);
}

long sys_utime32(const char __user *filename, const struct old_utimbuf32 __user *times)
{
	struct timespec64 ts[2] = { { 0 } };
	s32 atime, mtime;

	if (!times)
		return do_utimes(AT_FDCWD, filename, NULL, 0);
	if (get_user(atime, &times->actime) || get_user(mtime, &times->modtime))
		return -EFAULT;
	ts[0].tv_sec = atime;
	ts[1].tv_sec = mtime;
	return do_utimes(AT_FDCWD, filename, ts, 0);
}
