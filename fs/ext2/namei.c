/*
 * namei.c - names made, moved and removed: dir.c keeps the entries, here the
 * counts of names (i_nlink) are kept in step with them.
 *
 * The VFS holds the directories' i_rwsem for writing (lookup: for reading) and
 * has checked permissions and that the names are there or not.
 * Context: process, may sleep.
 */
#include "ext2.h"

static struct dentry *ext2_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct inode *inode = NULL;
	ino_t ino;
	int err;

	if (dentry->d_name.len > EXT2_NAME_LEN)
		return ERR_PTR(-ENAMETOOLONG);
	ino = ext2_inode_by_name(dir, &dentry->d_name, &err);
	if (err)
		return ERR_PTR(err);
	if (ino) {
		inode = ext2_iget(dir->i_sb, ino);
		if (inode == ERR_PTR(-ESTALE)) {
			ext2_error(dir->i_sb, __func__, "directory %lu names inode %lu, which is free",
				   dir->i_ino, (unsigned long)ino);
			return ERR_PTR(-EIO);
		}
	}
	return d_splice_alias(inode, dentry);
}

/* The new inode gets its name, or, also if there is an error already, goes again. */
static int add_nondir(struct inode *dir, struct dentry *dentry, struct inode *inode, int err)
{
	if (!err)
		err = ext2_add_link(dir, &dentry->d_name, inode);
	unlock_new_inode(inode);
	if (err) {
		drop_nlink(inode);
		iput(inode);
		return err;
	}
	d_instantiate(dentry, inode);
	return 0;
}

static int ext2_mknod(struct inode *dir, struct dentry *dentry, umode_t mode, dev_t dev)
{
	struct inode *inode = ext2_new_inode(dir, mode);

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	init_special_inode(inode, inode->i_mode, dev);
	ext2_set_ops(inode);
	mark_inode_dirty(inode);
	return add_nondir(dir, dentry, inode, 0);
}

static int ext2_create(struct inode *dir, struct dentry *dentry, umode_t mode, bool excl)
{
	return ext2_mknod(dir, dentry, mode, 0);
}

/* A short target lies in the inode, in place of the block numbers; a longer one in a block. */
static int ext2_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	unsigned int len = strlen(target) + 1;
	struct inode *inode;
	int err = 0;

	if (len > dir->i_sb->s_blocksize)
		return -ENAMETOOLONG;
	inode = ext2_new_inode(dir, S_IFLNK | 0777);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	if (len > sizeof(EXT2_I(inode)->i_data)) {
		inode->i_op = &ext2_symlink_inode_operations;
		inode->i_mapping->a_ops = &ext2_aops;
		err = page_symlink(inode, target, len);
	} else {
		memcpy(EXT2_I(inode)->i_data, target, len);
		inode->i_size = len - 1;
		ext2_set_ops(inode);
	}
	mark_inode_dirty(inode);
	return add_nondir(dir, dentry, inode, err);
}

static int ext2_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(old);
	int err;

	if (inode->i_nlink >= EXT2_LINK_MAX)
		return -EMLINK;
	err = ext2_add_link(dir, &dentry->d_name, inode);
	if (err)
		return err;
	inode->i_ctime = current_time(inode);
	inc_nlink(inode);
	mark_inode_dirty(inode);
	ihold(inode);
	d_instantiate(dentry, inode);
	return 0;
}

static int ext2_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct inode *inode;
	int err;

	if (dir->i_nlink >= EXT2_LINK_MAX)
		return -EMLINK;
	inode = ext2_new_inode(dir, S_IFDIR | mode);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	ext2_set_ops(inode);
	inc_nlink(inode);			/* its own . */
	err = ext2_make_empty(inode, dir);
	if (!err)
		err = ext2_add_link(dir, &dentry->d_name, inode);
	unlock_new_inode(inode);
	if (err) {
		clear_nlink(inode);
		iput(inode);
		return err;
	}
	inc_nlink(dir);				/* its .. */
	mark_inode_dirty(dir);
	d_instantiate(dentry, inode);
	return 0;
}

static int ext2_unlink(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	int err = ext2_delete_name(dir, &dentry->d_name);

	if (err)
		return err;
	inode->i_ctime = dir->i_ctime;
	drop_nlink(inode);
	mark_inode_dirty(inode);
	return 0;
}

static int ext2_rmdir(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	int err;

	if (!ext2_empty_dir(inode))
		return -ENOTEMPTY;
	err = ext2_unlink(dir, dentry);
	if (err)
		return err;
	clear_nlink(inode);
	inode->i_size = 0;
	mark_inode_dirty(inode);
	drop_nlink(dir);
	mark_inode_dirty(dir);
	return 0;
}

/* A directory that moves has a new .., and its parents count it there. */
static int change_parent(struct inode *inode, struct inode *from, struct inode *to)
{
	const struct qstr dotdot = QSTR_INIT("..", 2);
	int err = ext2_set_name(inode, &dotdot, to);

	if (err)
		return err;
	drop_nlink(from);
	inc_nlink(to);
	mark_inode_dirty(from);
	mark_inode_dirty(to);
	return 0;
}

/* Both names stay and change what they stand for. */
static int exchange(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		    struct dentry *new)
{
	struct inode *a = d_inode(old), *b = d_inode(new);
	int err = ext2_set_name(new_dir, &new->d_name, a);

	if (!err)
		err = ext2_set_name(old_dir, &old->d_name, b);
	if (!err && S_ISDIR(a->i_mode) && old_dir != new_dir)
		err = change_parent(a, old_dir, new_dir);
	if (!err && S_ISDIR(b->i_mode) && old_dir != new_dir)
		err = change_parent(b, new_dir, old_dir);
	a->i_ctime = b->i_ctime = current_time(a);
	mark_inode_dirty(a);
	mark_inode_dirty(b);
	return err;
}

/* What had the new name loses it. */
static void lose_name(struct inode *dir, struct inode *inode)
{
	inode->i_ctime = current_time(inode);
	drop_nlink(inode);
	if (S_ISDIR(inode->i_mode)) {
		drop_nlink(inode);		/* its . */
		drop_nlink(dir);		/* its .. */
		mark_inode_dirty(dir);
	}
	mark_inode_dirty(inode);
}

/*
 * The new name is there before the old one goes: after a crash in between the
 * file has two names, not none.
 */
static int ext2_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		       struct dentry *new, unsigned int flags)
{
	struct inode *inode = d_inode(old), *victim = d_inode(new);
	bool is_dir = S_ISDIR(inode->i_mode);
	int err;

	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE))
		return -EINVAL;
	if (flags & RENAME_EXCHANGE)
		return exchange(old_dir, old, new_dir, new);
	if (victim && is_dir && !ext2_empty_dir(victim))
		return -ENOTEMPTY;
	if (!victim && is_dir && old_dir != new_dir && new_dir->i_nlink >= EXT2_LINK_MAX)
		return -EMLINK;
	err = victim ? ext2_set_name(new_dir, &new->d_name, inode) :
	      ext2_add_link(new_dir, &new->d_name, inode);
	if (err)
		return err;
	if (victim)
		lose_name(new_dir, victim);
	inode->i_ctime = current_time(inode);
	mark_inode_dirty(inode);
	err = ext2_delete_name(old_dir, &old->d_name);
	if (!err && is_dir && old_dir != new_dir)
		err = change_parent(inode, old_dir, new_dir);
	return err;
}

const struct inode_operations ext2_dir_inode_operations = {
	.create		= ext2_create,
	.lookup		= ext2_lookup,
	.link		= ext2_link,
	.unlink		= ext2_unlink,
	.symlink	= ext2_symlink,
	.mkdir		= ext2_mkdir,
	.rmdir		= ext2_rmdir,
	.mknod		= ext2_mknod,
	.rename		= ext2_rename,
	.setattr	= ext2_setattr,
};
