/*
 * tmpfs: files that live in the page cache and nowhere else.
 *
 * A page that was written is marked dirty, so that it is never dropped; there
 * is no writepage, so it never leaves.  A page that was only read from a hole
 * is clean and may be dropped: it is zeroes.  Pages are charged against size=
 * when they are first written; a truncation or the end of the file settles the
 * account by counting what is left.
 *
 * Directories are dentries: see libfs.c.
 */
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <linux/seq_file.h>
#include <linux/statfs.h>
#include <linux/writeback.h>
#include "ramfs.h"

static const struct inode_operations tmpfs_dir_inode_operations;
static const struct inode_operations tmpfs_file_inode_operations;

#define PAGE_SECTORS	(PAGE_SIZE / 512)

static struct tmpfs_sb_info *TMPFS_SB(const struct super_block *sb)
{
	return sb->s_fs_info;
}

/* ------------------------------------------------------------------ accounts */

/* One page more for inode, or ENOSPC.  i_blocks counts what the inode was charged. */
static int charge_page(struct inode *inode)
{
	struct tmpfs_sb_info *sbi = TMPFS_SB(inode->i_sb);
	int err = -ENOSPC;

	spin_lock(&sbi->lock);
	if (!sbi->max_pages || sbi->used_pages < sbi->max_pages) {
		sbi->used_pages++;
		inode->i_blocks += PAGE_SECTORS;
		err = 0;
	}
	spin_unlock(&sbi->lock);
	return err;
}

/* What was charged beyond the pages that are there is given back. */
static void settle(struct inode *inode)
{
	struct tmpfs_sb_info *sbi = TMPFS_SB(inode->i_sb);
	unsigned long there = inode->i_mapping->nrpages, charged;

	spin_lock(&sbi->lock);
	charged = inode->i_blocks / PAGE_SECTORS;
	if (charged > there) {
		sbi->used_pages -= charged - there;
		inode->i_blocks = (blkcnt_t)there * PAGE_SECTORS;
	}
	spin_unlock(&sbi->lock);
}

/* ------------------------------------------------------------------ pages */

/* A hole. */
static int tmpfs_readpage(struct file *file, struct page *page)
{
	clear_highpage(page);
	flush_dcache_page(page);
	SetPageUptodate(page);
	unlock_page(page);
	return 0;
}

/* A page is charged with its first write, or before the first store by a shared mapping. */
static int tmpfs_make_room(struct page *page)
{
	return PageDirty(page) ? 0 : charge_page(page->mapping->host);
}

static int tmpfs_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
			     unsigned len, unsigned flags, struct page **pagep, void **fsdata)
{
	struct page *page = grab_cache_page_write_begin(mapping, pos >> PAGE_SHIFT, flags);
	int err;

	if (!page)
		return -ENOMEM;
	err = tmpfs_make_room(page);
	if (err) {
		unlock_put_page(page);
		return err;
	}
	if (!PageUptodate(page) && len != PAGE_SIZE)
		clear_highpage(page);
	*pagep = page;
	return 0;
}

/* How much of copied counts: a short copy into a page without content counts from its start. */
static int tmpfs_write_end(struct file *file, struct address_space *mapping, loff_t pos,
			   unsigned len, unsigned copied, struct page *page, void *fsdata)
{
	struct inode *inode = mapping->host;
	unsigned from = pos & (PAGE_SIZE - 1);

	if (!PageUptodate(page)) {
		if (copied < len)
			memset(page_address(page) + from + copied, 0, len - copied);
		SetPageUptodate(page);
	}
	if (pos + copied > inode->i_size)
		i_size_write(inode, pos + copied);
	set_page_dirty(page);
	unlock_put_page(page);
	return copied;
}

static const struct address_space_operations tmpfs_aops = {
	.make_room = tmpfs_make_room,
	.readpage = tmpfs_readpage,
	.write_begin = tmpfs_write_begin,
	.write_end = tmpfs_write_end,
	.set_page_dirty = __set_page_dirty_no_writeback,
};

static const struct file_operations tmpfs_file_operations = {
	.open = generic_file_open,
	.llseek = generic_file_llseek,
	.read_iter = generic_file_read_iter,
	.write_iter = generic_file_write_iter,
	.splice_read = generic_file_splice_read,
	.splice_write = iter_file_splice_write,
	.mmap = generic_file_mmap,
	.fsync = noop_fsync,
};

/* ------------------------------------------------------------------ inodes */

/* A new file of any type but symlink; NULL without memory. */
struct inode *tmpfs_get_inode(struct super_block *sb, const struct inode *dir, umode_t mode,
			      dev_t dev)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	inode_init_owner(inode, dir, mode);
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	inode->i_mapping->a_ops = &tmpfs_aops;
	mapping_set_unevictable(inode->i_mapping);
	switch (mode & S_IFMT) {
	case S_IFREG:
		inode->i_op = &tmpfs_file_inode_operations;
		inode->i_fop = &tmpfs_file_operations;
		break;
	case S_IFDIR:
		inode->i_op = &tmpfs_dir_inode_operations;
		inode->i_fop = &simple_dir_operations;
		inc_nlink(inode);	/* for its own `.` */
		break;
	case S_IFLNK:
		inode->i_op = &simple_symlink_inode_operations;
		break;
	default:
		inode->i_op = &tmpfs_file_inode_operations;
		init_special_inode(inode, inode->i_mode, dev);
	}
	return inode;
}

/* The name appears, held by a reference of its own. */
static void tmpfs_add(struct inode *dir, struct dentry *dentry, struct inode *inode)
{
	d_instantiate(dentry, inode);
	dget(dentry);
	dir->i_mtime = dir->i_ctime = current_time(dir);
}

static int tmpfs_mknod(struct inode *dir, struct dentry *dentry, umode_t mode, dev_t dev)
{
	struct inode *inode = tmpfs_get_inode(dir->i_sb, dir, mode, dev);

	if (!inode)
		return -ENOSPC;
	tmpfs_add(dir, dentry, inode);
	return 0;
}

static int tmpfs_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	int err = tmpfs_mknod(dir, dentry, mode | S_IFDIR, 0);

	if (!err)
		inc_nlink(dir);
	return err;
}

static int tmpfs_create(struct inode *dir, struct dentry *dentry, umode_t mode, bool excl)
{
	return tmpfs_mknod(dir, dentry, mode | S_IFREG, 0);
}

static int tmpfs_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	struct inode *inode = tmpfs_get_inode(dir->i_sb, dir, S_IFLNK | S_IRWXUGO, 0);

	if (!inode)
		return -ENOSPC;
	inode->i_link = kstrdup(target, GFP_KERNEL);
	if (!inode->i_link) {
		iput(inode);
		return -ENOMEM;
	}
	i_size_write(inode, strlen(target));
	tmpfs_add(dir, dentry, inode);
	return 0;
}

static int tmpfs_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	int err = setattr_prepare(dentry, attr);

	if (err)
		return err;
	if (attr->ia_valid & ATTR_SIZE) {
		truncate_setsize(inode, attr->ia_size);
		settle(inode);
	}
	setattr_copy(inode, attr);
	return 0;
}

static const struct inode_operations tmpfs_file_inode_operations = {
	.setattr = tmpfs_setattr,
	.getattr = simple_getattr,
};

static const struct inode_operations tmpfs_dir_inode_operations = {
	.create = tmpfs_create,
	.lookup = simple_lookup,
	.link = simple_link,
	.unlink = simple_unlink,
	.symlink = tmpfs_symlink,
	.mkdir = tmpfs_mkdir,
	.rmdir = simple_rmdir,
	.mknod = tmpfs_mknod,
	.rename = simple_rename,
	.setattr = tmpfs_setattr,
	.getattr = simple_getattr,
};

/* The last name and the last opening are gone. */
static void tmpfs_evict_inode(struct inode *inode)
{
	truncate_inode_pages_final(&inode->i_data);
	settle(inode);
	if (S_ISLNK(inode->i_mode))
		kfree(inode->i_link);
	clear_inode(inode);
}

static int tmpfs_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	struct tmpfs_sb_info *sbi = TMPFS_SB(dentry->d_sb);

	simple_statfs(dentry, buf);
	spin_lock(&sbi->lock);
	if (sbi->max_pages) {
		buf->f_blocks = sbi->max_pages;
		buf->f_bfree = sbi->max_pages - min(sbi->used_pages, sbi->max_pages);
		buf->f_bavail = buf->f_bfree;
	}
	spin_unlock(&sbi->lock);
	return 0;
}

static int tmpfs_remount(struct super_block *sb, int *flags, char *data)
{
	struct tmpfs_sb_info *sbi = TMPFS_SB(sb), new;
	int err = 0;

	spin_lock(&sbi->lock);
	new = *sbi;
	spin_unlock(&sbi->lock);
	err = tmpfs_parse_options(&new, data);
	if (err)
		return err;
	spin_lock(&sbi->lock);
	if (new.max_pages && sbi->used_pages > new.max_pages)
		err = -EINVAL;
	else
		sbi->max_pages = new.max_pages;
	spin_unlock(&sbi->lock);
	return err;
}

static int tmpfs_show_options(struct seq_file *m, struct dentry *root)
{
	struct tmpfs_sb_info *sbi = TMPFS_SB(root->d_sb);

	if (sbi->max_pages)
		seq_printf(m, ",size=%luk", sbi->max_pages << (PAGE_SHIFT - 10));
	if (sbi->mode != (S_IRWXUGO | S_ISVTX))
		seq_printf(m, ",mode=%03o", sbi->mode);
	return 0;
}

const struct super_operations tmpfs_ops = {
	.evict_inode = tmpfs_evict_inode,
	.drop_inode = generic_delete_inode,
	.statfs = tmpfs_statfs,
	.remount_fs = tmpfs_remount,
	.show_options = tmpfs_show_options,
};
