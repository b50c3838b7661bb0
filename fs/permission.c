/*
 * May this task do that to this inode?  And names as they come from user space.
 *
 * Owner, group, others: the first that fits decides, even if a later one would
 * allow more.  What the bits refuse, a capability may still grant.
 */
#include "internal.h"

/* The bits of mode that count for current, as MAY_*. */
static int mode_for_current(const struct inode *inode)
{
	if (uid_eq(current_fsuid(), inode->i_uid))
		return inode->i_mode >> 6;
	/* group and others alike: no need to look through the groups */
	if (((inode->i_mode >> 3) ^ inode->i_mode) & S_IRWXO && in_group_p(inode->i_gid))
		return inode->i_mode >> 3;
	return inode->i_mode;
}

/* 0 or -EACCES.  mask: MAY_READ | MAY_WRITE | MAY_EXEC; other bits are ignored. */
int generic_permission(struct inode *inode, int mask)
{
	mask &= MAY_READ | MAY_WRITE | MAY_EXEC;
	if (!(mask & ~mode_for_current(inode)))
		return 0;
	if (S_ISDIR(inode->i_mode)) {
		if (!(mask & MAY_WRITE) && capable(CAP_DAC_READ_SEARCH))
			return 0;
		return capable(CAP_DAC_OVERRIDE) ? 0 : -EACCES;
	}
	if (mask == MAY_READ && capable(CAP_DAC_READ_SEARCH))
		return 0;
	/* root may do all, but run only what somebody may run */
	if ((!(mask & MAY_EXEC) || inode->i_mode & S_IXUGO) && capable(CAP_DAC_OVERRIDE))
		return 0;
	return -EACCES;
}

/* The same, and what the file system and its flags refuse to everybody. */
int inode_permission(struct inode *inode, int mask)
{
	if (mask & MAY_WRITE) {
		umode_t mode = inode->i_mode;

		/* a device on a read-only disk can be written to: the disk is not */
		if (IS_RDONLY(inode) && (S_ISREG(mode) || S_ISDIR(mode) || S_ISLNK(mode)))
			return -EROFS;
		if (IS_IMMUTABLE(inode))
			return -EPERM;
	}
	if (unlikely(inode->i_op->permission))
		return inode->i_op->permission(inode, mask);
	return generic_permission(inode, mask);
}

bool inode_owner_or_capable(const struct inode *inode)
{
	return uid_eq(current_fsuid(), inode->i_uid) || capable(CAP_FOWNER);
}

/* In a sticky directory only the owner of a file, or of the directory, may remove it. */
static bool sticky_forbids(const struct inode *dir, const struct inode *inode)
{
	if (!(dir->i_mode & S_ISVTX) || uid_eq(current_fsuid(), inode->i_uid) ||
	    uid_eq(current_fsuid(), dir->i_uid))
		return false;
	return !capable(CAP_FOWNER);
}

/* May child be made in dir? */
int may_create(struct inode *dir, struct dentry *child)
{
	if (d_inode(child))
		return -EEXIST;
	if (IS_DEADDIR(dir))
		return -ENOENT;
	return inode_permission(dir, MAY_WRITE | MAY_EXEC);
}

/* May victim be taken out of dir; isdir: as a directory? */
int may_delete(struct inode *dir, struct dentry *victim, bool isdir)
{
	struct inode *inode = d_inode(victim);
	int err;

	if (!inode)
		return -ENOENT;
	err = inode_permission(dir, MAY_WRITE | MAY_EXEC);
	if (err)
		return err;
	if (IS_APPEND(dir) || IS_APPEND(inode) || IS_IMMUTABLE(inode) ||
	    sticky_forbids(dir, inode))
		return -EPERM;
	if (isdir && !S_ISDIR(inode->i_mode))
		return -ENOTDIR;
	if (isdir && IS_ROOT(victim))
		return -EBUSY;
	if (!isdir && S_ISDIR(inode->i_mode))
		return -EISDIR;
	return IS_DEADDIR(dir) ? -ENOENT : 0;
}

/* ------------------------------------------------------------------ names of user space */

#define SHORT_NAME	256

/* Copies room bytes of a name at most; ENAMETOOLONG when it goes on behind them. */
static char *copy_name(const char __user *user, size_t room)
{
	char *name = kmalloc(room, GFP_KERNEL);
	long len;

	if (!name)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(name, user, room);
	if (len >= 0 && len < room)
		return name;
	kfree(name);
	return ERR_PTR(len < 0 ? len : -ENAMETOOLONG);
}

/* A copy for putname(), or an error pointer.  Most names are short: those come first. */
char *getname_flags(const char __user *user, int flags)
{
	char *name = copy_name(user, SHORT_NAME);

	if (unlikely(name == ERR_PTR(-ENAMETOOLONG)))
		name = copy_name(user, PATH_MAX);
	if (!IS_ERR(name) && !*name && !(flags & LOOKUP_EMPTY)) {
		kfree(name);
		return ERR_PTR(-ENOENT);
	}
	return name;
}

char *getname(const char __user *user)
{
	return getname_flags(user, 0);
}

void putname(char *name)
{
	if (!IS_ERR(name))
		kfree(name);
}
