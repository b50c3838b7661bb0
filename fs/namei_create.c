/*
 * Making and removing names: mkdir, mknod, symlink, unlink, rmdir.
 *
 * All go the same way: walk up to the last name, lock its directory, look the
 * name up there, ask whether this task may, call the directory's method.  The
 * vfs_…() functions are the last two steps; who calls them holds the lock.
 */
#include <linux/fs_struct.h>
#include "internal.h"

/* ------------------------------------------------------------------ making */

/*
 * For who makes a name: the last name of the path as a negative dentry, its
 * directory in *parent, locked and with write access.  done_path_create() ends
 * it.  LOOKUP_DIRECTORY: a directory will be made, so slashes may follow.
 */
struct dentry *kern_path_create(int dfd, const char *name, struct path *parent,
				unsigned int flags)
{
	struct dentry *dentry;
	struct nameidata nd;
	int err, ro;

	err = walk_to_parent(&nd, dfd, name, LOOKUP_CREATE | LOOKUP_EXCL);
	if (!err && nd.last_type != LAST_NORM)
		err = -EEXIST;
	if (err)
		goto out;
	ro = mnt_want_write(nd.path.mnt);	/* told later: EEXIST goes first */
	inode_lock_nested(d_inode(nd.path.dentry), I_MUTEX_PARENT);
	dentry = lookup_hash(&nd.last, nd.path.dentry, nd.flags);
	if (IS_ERR(dentry)) {
		err = PTR_ERR(dentry);
		goto out_unlock;
	}
	err = d_inode(dentry) ? -EEXIST : ro;
	if (!err && nd.last_slash && !(flags & LOOKUP_DIRECTORY))
		err = -ENOENT;
	if (!err) {
		*parent = nd.path;
		nd.path.mnt = NULL;		/* the caller's now */
		walk_end(&nd);
		return dentry;
	}
	dput(dentry);
out_unlock:
	inode_unlock(d_inode(nd.path.dentry));
	if (!ro)
		mnt_drop_write(nd.path.mnt);
out:
	walk_end(&nd);
	return ERR_PTR(err);
}

struct dentry *user_path_create(int dfd, const char __user *name, struct path *parent,
				unsigned int flags)
{
	char *copy = getname(name);
	struct dentry *dentry;

	if (IS_ERR(copy))
		return ERR_CAST(copy);
	dentry = kern_path_create(dfd, copy, parent, flags);
	putname(copy);
	return dentry;
}

void done_path_create(struct path *parent, struct dentry *dentry)
{
	dput(dentry);
	inode_unlock(d_inode(parent->dentry));
	mnt_drop_write(parent->mnt);
	path_put(parent);
}

int vfs_create(struct inode *dir, struct dentry *dentry, umode_t mode, bool excl)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (!dir->i_op->create)
		return -EACCES;
	return dir->i_op->create(dir, dentry, (mode & S_IALLUGO) | S_IFREG, excl);
}

int vfs_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (!dir->i_op->mkdir)
		return -EPERM;
	return dir->i_op->mkdir(dir, dentry, mode & (S_IRWXUGO | S_ISVTX));
}

int vfs_mknod(struct inode *dir, struct dentry *dentry, umode_t mode, dev_t dev)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if ((S_ISCHR(mode) || S_ISBLK(mode)) && !capable(CAP_MKNOD))
		return -EPERM;
	if (!dir->i_op->mknod)
		return -EPERM;
	return dir->i_op->mknod(dir, dentry, mode, dev);
}

int vfs_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (!dir->i_op->symlink)
		return -EPERM;
	return dir->i_op->symlink(dir, dentry, target);
}

long sys_mkdirat(int dfd, const char __user *pathname, umode_t mode)
{
	struct path parent;
	struct dentry *dentry = user_path_create(dfd, pathname, &parent, LOOKUP_DIRECTORY);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = vfs_mkdir(d_inode(parent.dentry), dentry, mode & ~current_umask());
	done_path_create(&parent, dentry);
	return err;
}

long sys_mknodat(int dfd, const char __user *filename, umode_t mode, unsigned int dev)
{
	struct path parent;
	struct dentry *dentry;
	struct inode *dir;
	int err;

	if (S_ISDIR(mode))
		return -EPERM;
	if (mode & S_IFMT && !S_ISREG(mode) && !S_ISCHR(mode) && !S_ISBLK(mode) &&
	    !S_ISFIFO(mode) && !S_ISSOCK(mode))
		return -EINVAL;
	dentry = user_path_create(dfd, filename, &parent, 0);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	dir = d_inode(parent.dentry);
	mode &= ~current_umask();
	if (!(mode & S_IFMT) || S_ISREG(mode))
		err = vfs_create(dir, dentry, mode, true);
	else
		err = vfs_mknod(dir, dentry, mode, new_decode_dev(dev));
	done_path_create(&parent, dentry);
	return err;
}

long sys_symlinkat(const char __user *oldname, int newdfd, const char __user *newname)
{
	char *target = getname(oldname);
	struct dentry *dentry;
	struct path parent;
	int err;

	if (IS_ERR(target))
		return PTR_ERR(target);
	dentry = user_path_create(newdfd, newname, &parent, 0);
	err = PTR_ERR(dentry);
	if (!IS_ERR(dentry)) {
		err = vfs_symlink(d_inode(parent.dentry), dentry, target);
		done_path_create(&parent, dentry);
	}
	putname(target);
	return err;
}

/* ------------------------------------------------------------------ removing */

static int remove_name(struct inode *dir, struct dentry *dentry, bool isdir,
		       int (*method)(struct inode *, struct dentry *))
{
	struct inode *inode = d_inode(dentry);
	int err = may_delete(dir, dentry, isdir);

	if (err)
		return err;
	if (!method)
		return -EPERM;
	inode_lock(inode);
	err = d_mountpoint(dentry) ? -EBUSY : method(dir, dentry);
	if (!err && isdir) {
		inode->i_flags |= S_DEAD;	/* nothing can be made in it any more */
		shrink_dcache_parent(dentry);	/* names known to be missing in it */
	}
	inode_unlock(inode);
	if (!err)
		d_delete(dentry);
	return err;
}

int vfs_rmdir(struct inode *dir, struct dentry *dentry)
{
	return remove_name(dir, dentry, true, dir->i_op->rmdir);
}

int vfs_unlink(struct inode *dir, struct dentry *dentry)
{
	return remove_name(dir, dentry, false, dir->i_op->unlink);
}

/* The last name of a path that cannot be removed: `.`, `..` and the root. */
static int unremovable(int last_type, bool isdir)
{
	if (!isdir)
		return -EISDIR;
	switch (last_type) {
	case LAST_DOT:
		return -EINVAL;
	case LAST_DOTDOT:
		return -ENOTEMPTY;
	default:
		return -EBUSY;
	}
}

/* One entry of a locked directory.  The inode is kept: its blocks are freed without the lock. */
static int remove_entry(struct nameidata *nd, bool isdir, struct inode **inode)
{
	struct inode *dir = d_inode(nd->path.dentry);
	struct dentry *dentry = lookup_hash(&nd->last, nd->path.dentry, nd->flags);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	*inode = d_inode(dentry);
	if (*inode)
		ihold(*inode);
	if (isdir)
		err = vfs_rmdir(dir, dentry);
	else if (!*inode)
		err = -ENOENT;
	else if (nd->last_slash)
		err = S_ISDIR((*inode)->i_mode) ? -EISDIR : -ENOTDIR;
	else
		err = vfs_unlink(dir, dentry);
	dput(dentry);
	return err;
}

static int do_remove(int dfd, const char *name, bool isdir)
{
	struct inode *inode = NULL;
	struct nameidata nd;
	int err = walk_to_parent(&nd, dfd, name, 0);

	if (!err && nd.last_type != LAST_NORM)
		err = unremovable(nd.last_type, isdir);
	if (!err)
		err = mnt_want_write(nd.path.mnt);
	if (!err) {
		inode_lock_nested(d_inode(nd.path.dentry), I_MUTEX_PARENT);
		err = remove_entry(&nd, isdir, &inode);
		inode_unlock(d_inode(nd.path.dentry));
		iput(inode);
		mnt_drop_write(nd.path.mnt);
	}
	walk_end(&nd);
	return err;
}

long sys_unlinkat(int dfd, const char __user *pathname, int flag)
{
	char *name;
	int err;

	if (flag & ~AT_REMOVEDIR)
		return -EINVAL;
	name = getname(pathname);
	if (IS_ERR(name))
		return PTR_ERR(name);
	err = do_remove(dfd, name, flag & AT_REMOVEDIR);
	putname(name);
	return err;
}
