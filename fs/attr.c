/*
 * Changing what an inode says: mode, owner, size, times.
 *
 * notify_change() is the one door: it works out what is really asked for, and
 * the file system's setattr (or the default here) checks with setattr_prepare()
 * and stores with setattr_copy().  i_rwsem is held for writing all along.
 */
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include "internal.h"

/* root, or the owner who keeps it, or gives it to a group of his. */
static bool chown_ok(const struct inode *inode, kuid_t uid)
{
	return (uid_eq(current_fsuid(), inode->i_uid) && uid_eq(uid, inode->i_uid)) ||
	       capable(CAP_CHOWN);
}

static bool chgrp_ok(const struct inode *inode, kgid_t gid)
{
	return (uid_eq(current_fsuid(), inode->i_uid) &&
		(in_group_p(gid) || gid_eq(gid, inode->i_gid))) ||
	       capable(CAP_CHOWN);
}

/* Growing beyond RLIMIT_FSIZE: SIGXFSZ and EFBIG; beyond what the file system can: EFBIG. */
static int inode_newsize_ok(const struct inode *inode, loff_t size)
{
	if (size <= inode->i_size)
		return 0;
	if (rlimit(RLIMIT_FSIZE) != RLIM_INFINITY && size > rlimit(RLIMIT_FSIZE)) {
		send_sig(SIGXFSZ, current, 0);
		return -EFBIG;
	}
	return size > inode->i_sb->s_maxbytes ? -EFBIG : 0;
}

/* May current change that?  EPERM, or what inode_newsize_ok() says. */
int setattr_prepare(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	unsigned int valid = attr->ia_valid;

	if (valid & ATTR_SIZE) {
		int err = inode_newsize_ok(inode, attr->ia_size);

		if (err)
			return err;
	}
	if (valid & ATTR_FORCE)
		return 0;
	if (valid & ATTR_UID && !chown_ok(inode, attr->ia_uid))
		return -EPERM;
	if (valid & ATTR_GID && !chgrp_ok(inode, attr->ia_gid))
		return -EPERM;
	if (valid & ATTR_MODE) {
		kgid_t gid = valid & ATTR_GID ? attr->ia_gid : inode->i_gid;

		if (!inode_owner_or_capable(inode))
			return -EPERM;
		if (!in_group_p(gid) && !capable(CAP_FSETID))
			attr->ia_mode &= ~S_ISGID;	/* not for a group one is not in */
	}
	if (valid & (ATTR_MTIME_SET | ATTR_ATIME_SET) && !inode_owner_or_capable(inode))
		return -EPERM;
	return 0;
}

/* Stores all but the size, which the file system has to cut itself. */
void setattr_copy(struct inode *inode, const struct iattr *attr)
{
	unsigned int valid = attr->ia_valid;

	if (valid & ATTR_UID)
		inode->i_uid = attr->ia_uid;
	if (valid & ATTR_GID)
		inode->i_gid = attr->ia_gid;
	if (valid & ATTR_MODE)
		inode->i_mode = attr->ia_mode;
	spin_lock(&inode->i_lock);
	if (valid & ATTR_ATIME)
		inode->i_atime = attr->ia_atime;
	if (valid & ATTR_MTIME)
		inode->i_mtime = attr->ia_mtime;
	if (valid & ATTR_CTIME)
		inode->i_ctime = attr->ia_ctime;
	spin_unlock(&inode->i_lock);
}

/* setattr for file systems that keep everything in memory. */
int simple_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	int err = setattr_prepare(dentry, attr);

	if (err)
		return err;
	if (attr->ia_valid & ATTR_SIZE)
		truncate_setsize(inode, attr->ia_size);
	setattr_copy(inode, attr);
	mark_inode_dirty(inode);
	return 0;
}

/* What writing takes away: set-user-id, and set-group-id if the group may run it. */
static int privs_to_kill(const struct inode *inode)
{
	int kill = 0;

	if (inode->i_mode & S_ISUID)
		kill = ATTR_KILL_SUID;
	if ((inode->i_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
		kill |= ATTR_KILL_SGID;
	return S_ISREG(inode->i_mode) && !capable(CAP_FSETID) ? kill : 0;
}

static void kill_mode_bits(const struct inode *inode, struct iattr *attr)
{
	umode_t mode = inode->i_mode;

	if (attr->ia_valid & ATTR_KILL_SUID)
		mode &= ~S_ISUID;
	if (attr->ia_valid & ATTR_KILL_SGID && mode & S_IXGRP)
		mode &= ~S_ISGID;
	attr->ia_valid &= ~(ATTR_KILL_SUID | ATTR_KILL_SGID);
	if (mode != inode->i_mode) {
		attr->ia_valid |= ATTR_MODE;
		attr->ia_mode = mode;
	}
}

/* i_rwsem of the inode held for writing; the mount is writable. */
int notify_change(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	struct timespec64 now = current_time(inode);
	int err;

	if (attr->ia_valid & (ATTR_MODE | ATTR_UID | ATTR_GID) &&
	    (IS_IMMUTABLE(inode) || IS_APPEND(inode)))
		return -EPERM;
	if (attr->ia_valid & ATTR_TOUCH) {	/* "now" needs less than a given time */
		if (IS_IMMUTABLE(inode))
			return -EPERM;
		if (!inode_owner_or_capable(inode)) {
			err = inode_permission(inode, MAY_WRITE);
			if (err)
				return err;
		}
	}
	attr->ia_ctime = now;
	if (!(attr->ia_valid & ATTR_ATIME_SET))
		attr->ia_atime = now;
	if (!(attr->ia_valid & ATTR_MTIME_SET))
		attr->ia_mtime = now;
	if (attr->ia_valid & (ATTR_KILL_SUID | ATTR_KILL_SGID)) {
		kill_mode_bits(inode, attr);
		if (!(attr->ia_valid & ~ATTR_FORCE))
			return 0;
	}
	if (inode->i_op->setattr)
		return inode->i_op->setattr(dentry, attr);
	return simple_setattr(dentry, attr);
}

/* Before a write: a changed program must not keep the rights of the old one. */
int file_remove_privs(struct file *file)
{
	struct dentry *dentry = file_dentry(file);
	struct iattr attr;

	if (likely(!(d_inode(dentry)->i_mode & (S_ISUID | S_ISGID))))
		return 0;
	attr.ia_valid = privs_to_kill(d_inode(dentry));
	if (!attr.ia_valid)
		return 0;
	attr.ia_valid |= ATTR_FORCE;
	return notify_change(dentry, &attr);
}

/* Sets the length, and the times with it. */
int do_truncate(struct dentry *dentry, loff_t length)
{
	struct inode *inode = d_inode(dentry);
	struct iattr attr = {
		.ia_valid = ATTR_SIZE | ATTR_MTIME | ATTR_CTIME,
		.ia_size = length,
	};
	int err, kill;

	if (length < 0)
		return -EINVAL;
	inode_lock(inode);
	kill = privs_to_kill(inode);
	if (kill)		/* by whoever may write, not just the owner: forced */
		attr.ia_valid |= kill | ATTR_FORCE;
	err = notify_change(dentry, &attr);
	inode_unlock(inode);
	return err;
}
