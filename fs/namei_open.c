/*
 * open()'s way through the names: the walk, with O_CREAT, O_EXCL, O_NOFOLLOW,
 * O_DIRECTORY and O_TRUNC in it.  The file found is opened by open.c.
 */
#include <linux/fs_struct.h>
#include "internal.h"

/* O_CREAT: steps onto the last name, which is made if it is not there. */
static int open_or_create(struct nameidata *nd, const struct open_flags *op, bool *created)
{
	struct inode *dir = d_inode(nd->path.dentry);
	int ro = mnt_want_write(nd->path.mnt);	/* told only if the name has to be made */
	struct dentry *dentry;
	int err = 0;

	inode_lock_nested(dir, I_MUTEX_PARENT);
	dentry = lookup_hash(&nd->last, nd->path.dentry, nd->flags);
	if (IS_ERR(dentry)) {
		err = PTR_ERR(dentry);
	} else if (!d_inode(dentry)) {
		err = ro ?: vfs_create(dir, dentry, op->mode & ~current_umask(),
				       op->open_flag & O_EXCL);
		*created = !err;
	} else if (op->open_flag & O_EXCL) {
		err = -EEXIST;
	}
	inode_unlock(dir);
	if (!ro)
		mnt_drop_write(nd->path.mnt);
	if (!err)
		return step_into(nd, dentry, op->lookup_flags & LOOKUP_FOLLOW);
	if (!IS_ERR(dentry))
		dput(dentry);
	return err;
}

/* Steps onto the last name; 1: it was a symlink, walk on. */
static int open_last(struct nameidata *nd, const struct open_flags *op, bool *created)
{
	if (!(op->open_flag & O_CREAT))
		return walk_last(nd, op->lookup_flags & LOOKUP_FOLLOW);
	if (nd->last_type != LAST_NORM)
		return op->open_flag & O_EXCL ? -EEXIST : -EISDIR;
	if (nd->last_slash)
		return -EISDIR;
	return open_or_create(nd, op, created);
}

/* May the file be opened that way?  acc_mode: MAY_*, 0 for who has just made it. */
static int may_open(const struct path *path, int acc_mode, int flags)
{
	struct inode *inode = d_inode(path->dentry);
	int err;

	switch (inode->i_mode & S_IFMT) {
	case S_IFLNK:
		return -ELOOP;
	case S_IFDIR:
		if (acc_mode & MAY_WRITE)
			return -EISDIR;
		if (acc_mode & MAY_EXEC)
			return -EACCES;
		break;
	case S_IFCHR:
	case S_IFBLK:
		if (path->mnt->mnt_flags & MNT_NODEV)
			return -EACCES;
		fallthrough;
	case S_IFIFO:
	case S_IFSOCK:
		if (acc_mode & MAY_EXEC)
			return -EACCES;
		break;
	case S_IFREG:
		if (acc_mode & MAY_EXEC && path->mnt->mnt_flags & MNT_NOEXEC)
			return -EACCES;
		break;
	}
	err = inode_permission(inode, MAY_OPEN | acc_mode);
	if (err)
		return err;
	if (IS_APPEND(inode) && ((flags & O_ACCMODE) != O_RDONLY) &&
	    (!(flags & O_APPEND) || flags & O_TRUNC))
		return -EPERM;
	if (flags & O_NOATIME && !inode_owner_or_capable(inode))
		return -EPERM;
	return 0;
}

/* Opens what the walk has found. */
static int open_found(struct nameidata *nd, struct file *file, const struct open_flags *op,
		      bool created)
{
	struct inode *inode = d_inode(nd->path.dentry);
	bool truncate = op->open_flag & O_TRUNC && S_ISREG(inode->i_mode) && !created;
	int err;

	if (S_ISDIR(inode->i_mode)) {
		if (op->open_flag & O_CREAT)
			return -EISDIR;
	} else if (op->open_flag & O_DIRECTORY || nd->last_slash) {
		return -ENOTDIR;
	}
	if (op->open_flag & O_PATH)
		return vfs_open(&nd->path, file);
	err = may_open(&nd->path, created ? 0 : op->acc_mode, op->open_flag);
	if (err)
		return err;
	if (truncate) {
		err = mnt_want_write(nd->path.mnt);
		if (err)
			return err;
	}
	err = vfs_open(&nd->path, file);
	if (!err && truncate)
		err = do_truncate(nd->path.dentry, 0);
	if (truncate)
		mnt_drop_write(nd->path.mnt);
	return err;
}

/* The open file, with one reference, or an error pointer. */
struct file *do_filp_open(int dfd, const char *name, const struct open_flags *op)
{
	struct file *file = alloc_empty_file(op->open_flag, current_cred());
	struct nameidata nd;
	bool created = false;
	int err;

	if (IS_ERR(file))
		return file;
	err = walk_begin(&nd, dfd, name, op->lookup_flags);
	if (err)
		goto out;
	do {
		err = walk_to_last(&nd);
		if (!err)
			err = open_last(&nd, op, &created);
	} while (err > 0);
	if (!err)
		err = open_found(&nd, file, op, created);
out:
	walk_end(&nd);
	if (!err)
		return file;
	fput(file);
	return ERR_PTR(err);
}
