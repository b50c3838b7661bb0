/*
 * Names that change: link() and rename().
 *
 * A rename locks both directories.  Two renames of directories at once could
 * each move one into the other and cut both off the tree, so those between
 * different directories take s_vfs_rename_mutex first, and then lock the
 * ancestor before the descendant:
 *
 *	rename(a, b/a)				rename(b, a/b)
 *	a is not above b: fine			b is not above a: fine
 *	a moves into b				b moves into a: a circle, unreachable
 */
#include "internal.h"

/* If top is above below: the child of top on the way down; else NULL. */
static struct dentry *d_ancestor(struct dentry *top, struct dentry *below)
{
	struct dentry *child = NULL;

	spin_lock(&dcache_lock);
	for (; !IS_ROOT(below); below = below->d_parent)
		if (below->d_parent == top) {
			child = below;
			break;
		}
	spin_unlock(&dcache_lock);
	return child;
}

/* Locks both; returns the child of one that leads to the other, which must not be renamed. */
struct dentry *lock_rename(struct dentry *a, struct dentry *b)
{
	struct dentry *child;

	if (a == b) {
		inode_lock_nested(d_inode(a), I_MUTEX_PARENT);
		return NULL;
	}
	mutex_lock(&a->d_sb->s_vfs_rename_mutex);
	child = d_ancestor(b, a);
	if (child) {
		inode_lock_nested(d_inode(b), I_MUTEX_PARENT);
		inode_lock_nested(d_inode(a), I_MUTEX_CHILD);
		return child;
	}
	inode_lock_nested(d_inode(a), I_MUTEX_PARENT);
	inode_lock_nested(d_inode(b), I_MUTEX_PARENT2);
	return d_ancestor(a, b);
}

void unlock_rename(struct dentry *a, struct dentry *b)
{
	inode_unlock(d_inode(a));
	if (a != b) {
		inode_unlock(d_inode(b));
		mutex_unlock(&a->d_sb->s_vfs_rename_mutex);
	}
}

/* ------------------------------------------------------------------ rename */

static int may_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		      struct dentry *new, unsigned int flags)
{
	bool is_dir = S_ISDIR(d_inode(old)->i_mode);
	int err = may_delete(old_dir, old, is_dir);

	if (err)
		return err;
	if (!d_inode(new))
		err = may_create(new_dir, new);
	else if (flags & RENAME_EXCHANGE)
		err = may_delete(new_dir, new, S_ISDIR(d_inode(new)->i_mode));
	else
		err = may_delete(new_dir, new, is_dir);
	if (err)
		return err;
	if (!old_dir->i_op->rename)
		return -EPERM;
	/* a directory that moves gets another `..`: that is a write to it */
	if (is_dir && old_dir != new_dir)
		err = inode_permission(d_inode(old), MAY_WRITE);
	return err;
}

/* Both directories locked by lock_rename(). */
int vfs_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
	       struct dentry *new, unsigned int flags)
{
	struct inode *source = d_inode(old), *target = d_inode(new);
	int err;

	if (source == target)
		return 0;
	err = may_rename(old_dir, old, new_dir, new, flags);
	if (err)
		return err;
	dget(new);
	if (target)
		inode_lock(target);
	err = -EBUSY;
	if (d_mountpoint(old) || d_mountpoint(new))
		goto out;
	err = old_dir->i_op->rename(old_dir, old, new_dir, new, flags);
	if (err)
		goto out;
	if (!(flags & RENAME_EXCHANGE) && target && S_ISDIR(target->i_mode)) {
		target->i_flags |= S_DEAD;
		shrink_dcache_parent(new);
	}
	d_rename(old, new, flags & RENAME_EXCHANGE);
out:
	if (target)
		inode_unlock(target);
	dput(new);
	return err;
}

/* What the two names are, beside what may_rename() asks. */
static int check_rename(struct nameidata *from, struct dentry *old, struct nameidata *to,
			struct dentry *new, unsigned int flags)
{
	if (!d_inode(old))
		return -ENOENT;
	if (flags & RENAME_NOREPLACE && d_inode(new))
		return -EEXIST;
	if (flags & RENAME_EXCHANGE) {
		if (!d_inode(new))
			return -ENOENT;
		if (!S_ISDIR(d_inode(new)->i_mode) && to->last_slash)
			return -ENOTDIR;
	}
	if (!S_ISDIR(d_inode(old)->i_mode) &&
	    (from->last_slash || (!(flags & RENAME_EXCHANGE) && to->last_slash)))
		return -ENOTDIR;
	return 0;
}

static int rename_locked(struct nameidata *from, struct nameidata *to, struct dentry *trap,
			 unsigned int flags)
{
	struct dentry *old, *new;
	int err;

	old = lookup_hash(&from->last, from->path.dentry, from->flags);
	if (IS_ERR(old))
		return PTR_ERR(old);
	new = lookup_hash(&to->last, to->path.dentry, to->flags | LOOKUP_RENAME_TARGET);
	err = PTR_ERR(new);
	if (IS_ERR(new))
		goto out_old;
	err = check_rename(from, old, to, new, flags);
	if (err)
		goto out_new;
	if (old == trap)		/* into a directory below itself */
		err = -EINVAL;
	else if (new == trap)		/* over a directory that it lies in */
		err = flags & RENAME_EXCHANGE ? -EINVAL : -ENOTEMPTY;
	else
		err = vfs_rename(d_inode(from->path.dentry), old, d_inode(to->path.dentry), new,
				 flags);
out_new:
	dput(new);
out_old:
	dput(old);
	return err;
}

static int rename_between(struct nameidata *from, struct nameidata *to, unsigned int flags)
{
	struct dentry *trap;
	int err;

	if (from->path.mnt != to->path.mnt)
		return -EXDEV;
	if (from->last_type != LAST_NORM)
		return -EBUSY;
	if (to->last_type != LAST_NORM)
		return flags & RENAME_NOREPLACE ? -EEXIST : -EBUSY;
	err = mnt_want_write(from->path.mnt);
	if (err)
		return err;
	trap = lock_rename(to->path.dentry, from->path.dentry);
	err = rename_locked(from, to, trap, flags);
	unlock_rename(to->path.dentry, from->path.dentry);
	mnt_drop_write(from->path.mnt);
	return err;
}

static int do_rename(int olddfd, const char *oldname, int newdfd, const char *newname,
		     unsigned int flags)
{
	struct nameidata from, to;
	int err = walk_to_parent(&from, olddfd, oldname, 0);

	if (!err) {
		err = walk_to_parent(&to, newdfd, newname, 0) ?:
		      rename_between(&from, &to, flags);
		walk_end(&to);
	}
	walk_end(&from);
	return err;
}

long sys_renameat2(int olddfd, const char __user *oldname, int newdfd,
		   const char __user *newname, unsigned int flags)
{
	char *from, *to;
	int err;

	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE) ||
	    flags == (RENAME_NOREPLACE | RENAME_EXCHANGE))
		return -EINVAL;
	from = getname(oldname);
	if (IS_ERR(from))
		return PTR_ERR(from);
	to = getname(newname);
	err = PTR_ERR(to);
	if (!IS_ERR(to))
		err = do_rename(olddfd, from, newdfd, to, flags);
	putname(to);
	putname(from);
	return err;
}

/* ------------------------------------------------------------------ link */

/* One more name for old's inode; dir is locked. */
int vfs_link(struct dentry *old, struct inode *dir, struct dentry *new)
{
	struct inode *inode = d_inode(old);
	int err;

	if (!inode)
		return -ENOENT;
	err = may_create(dir, new);
	if (err)
		return err;
	if (dir->i_sb != inode->i_sb)
		return -EXDEV;
	if (IS_APPEND(inode) || IS_IMMUTABLE(inode) || !dir->i_op->link || S_ISDIR(inode->i_mode))
		return -EPERM;
	inode_lock(inode);
	/* unlinked, though still open: it cannot come back */
	err = inode->i_nlink ? dir->i_op->link(old, dir, new) : -ENOENT;
	inode_unlock(inode);
	return err;
}

long sys_linkat(int olddfd, const char __user *oldname, int newdfd, const char __user *newname,
		int flags)
{
	unsigned int how = flags & AT_SYMLINK_FOLLOW ? LOOKUP_FOLLOW : 0;
	struct path old, parent;
	struct dentry *new;
	int err;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		how |= LOOKUP_EMPTY;
	err = user_path_at(olddfd, oldname, how, &old);
	if (err)
		return err;
	new = user_path_create(newdfd, newname, &parent, 0);
	err = PTR_ERR(new);
	if (!IS_ERR(new)) {
		err = -EXDEV;
		if (old.mnt == parent.mnt)
			err = vfs_link(old.dentry, d_inode(parent.dentry), new);
		done_path_create(&parent, new);
	}
	path_put(&old);
	return err;
}
