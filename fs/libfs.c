/*
 * What file systems that live in memory have in common.
 *
 * Their directories are the dentries themselves: each entry is held by one
 * reference more from the moment it is made, so it never leaves the dcache.
 * An open directory remembers its position by a cursor among the entries.
 */
#include <linux/dirent.h>
#include <linux/pagemap.h>
#include <linux/statfs.h>
#include "internal.h"

int simple_getattr(const struct path *path, struct kstat *stat, u32 mask, unsigned flags)
{
	struct inode *inode = d_inode(path->dentry);

	generic_fillattr(inode, stat);
	stat->blocks = inode->i_mapping->nrpages << (PAGE_SHIFT - 9);
	return 0;
}

int simple_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	buf->f_type = dentry->d_sb->s_magic;
	buf->f_bsize = PAGE_SIZE;
	buf->f_namelen = NAME_MAX;
	return 0;
}

/* d_delete for names that are made up: none is kept that nobody uses. */
int always_delete_dentry(const struct dentry *dentry)
{
	return 1;
}

/* All names that exist are in the dcache: this one is not there. */
struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	if (dentry->d_name.len > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	d_add(dentry, NULL);
	return NULL;
}

static void touch_dirs(struct inode *a, struct inode *b, struct inode *inode)
{
	a->i_ctime = a->i_mtime = b->i_ctime = b->i_mtime = inode->i_ctime = current_time(a);
}

int simple_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(old);

	touch_dirs(dir, dir, inode);
	inc_nlink(inode);
	ihold(inode);
	dget(dentry);
	d_instantiate(dentry, inode);
	return 0;
}

static bool simple_positive(const struct dentry *dentry)
{
	return d_really_is_positive(dentry) && !d_unhashed(dentry);
}

/* No names in it? */
static int simple_empty(struct dentry *dentry)
{
	struct dentry *child;
	int empty = 1;

	spin_lock(&dcache_lock);
	list_for_each_entry(child, &dentry->d_subdirs, d_child)
		if (simple_positive(child)) {
			empty = 0;
			break;
		}
	spin_unlock(&dcache_lock);
	return empty;
}

int simple_unlink(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);

	touch_dirs(dir, dir, inode);
	drop_nlink(inode);
	dput(dentry);			/* the one more reference */
	return 0;
}

int simple_rmdir(struct inode *dir, struct dentry *dentry)
{
	if (!simple_empty(dentry))
		return -ENOTEMPTY;
	drop_nlink(d_inode(dentry));
	simple_unlink(dir, dentry);
	drop_nlink(dir);
	return 0;
}

static int simple_exchange(struct inode *old_dir, struct dentry *old_dentry,
			   struct inode *new_dir, struct dentry *new_dentry)
{
	bool old_is_dir = S_ISDIR(d_inode(old_dentry)->i_mode);
	bool new_is_dir = S_ISDIR(d_inode(new_dentry)->i_mode);

	if (old_dir != new_dir && old_is_dir != new_is_dir) {
		drop_nlink(old_is_dir ? old_dir : new_dir);
		inc_nlink(old_is_dir ? new_dir : old_dir);
	}
	touch_dirs(old_dir, new_dir, d_inode(old_dentry));
	d_inode(new_dentry)->i_ctime = old_dir->i_ctime;
	return 0;
}

int simple_rename(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
		  struct dentry *new_dentry, unsigned int flags)
{
	struct inode *inode = d_inode(old_dentry);
	bool is_dir = S_ISDIR(inode->i_mode);

	if (flags & RENAME_EXCHANGE)
		return simple_exchange(old_dir, old_dentry, new_dir, new_dentry);
	if (!simple_empty(new_dentry))
		return -ENOTEMPTY;
	if (d_really_is_positive(new_dentry)) {
		simple_unlink(new_dir, new_dentry);
		if (is_dir) {
			drop_nlink(d_inode(new_dentry));
			drop_nlink(old_dir);
		}
	} else if (is_dir) {
		drop_nlink(old_dir);
		inc_nlink(new_dir);
	}
	touch_dirs(old_dir, new_dir, inode);
	return 0;
}

/* ------------------------------------------------------------------ reading directories */

ssize_t generic_read_dir(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return -EISDIR;
}

/* The cursor: a dentry without an inode that is moved along the entries. */
static int dcache_dir_open(struct inode *inode, struct file *file)
{
	static const struct qstr cursor = QSTR_INIT(".", 1);

	file->private_data = d_alloc(file->f_path.dentry, &cursor);
	return file->private_data ? 0 : -ENOMEM;
}

static int dcache_dir_close(struct inode *inode, struct file *file)
{
	dput(file->private_data);
	return 0;
}

/* Puts the cursor before the nth entry.  The directory is locked by the caller. */
static void place_cursor(struct file *file, loff_t n)
{
	struct dentry *dir = file->f_path.dentry, *cursor = file->private_data, *child;

	spin_lock(&dcache_lock);
	list_move(&cursor->d_child, &dir->d_subdirs);
	list_for_each_entry(child, &dir->d_subdirs, d_child) {
		if (n <= 0)
			break;
		if (simple_positive(child)) {
			n--;
			list_move(&cursor->d_child, &child->d_child);
			child = cursor;
		}
	}
	spin_unlock(&dcache_lock);
}

/* Positions 0 and 1 are `.` and `..`. */
static loff_t dcache_dir_lseek(struct file *file, loff_t offset, int whence)
{
	struct inode *inode = file_inode(file);

	offset = seek_target(file, offset, whence);
	if (offset < 0)
		return offset;
	inode_lock_shared(inode);
	if (offset != file->f_pos) {
		file->f_pos = offset;
		place_cursor(file, offset - 2);
	}
	inode_unlock_shared(inode);
	return offset;
}

/* The first entry behind the cursor, with a reference; the cursor moves behind it. */
static struct dentry *next_positive(struct dentry *dir, struct dentry *cursor)
{
	struct list_head *p;

	spin_lock(&dcache_lock);
	for (p = cursor->d_child.next; p != &dir->d_subdirs; p = p->next) {
		struct dentry *child = list_entry(p, struct dentry, d_child);

		if (simple_positive(child)) {
			dget(child);
			list_move(&cursor->d_child, &child->d_child);
			spin_unlock(&dcache_lock);
			return child;
		}
	}
	spin_unlock(&dcache_lock);
	return NULL;
}

bool dir_emit_dots(struct file *file, struct dir_context *ctx)
{
	if (ctx->pos == 0) {
		if (!dir_emit(ctx, ".", 1, file_inode(file)->i_ino, DT_DIR))
			return false;
		ctx->pos = 1;
	}
	if (ctx->pos == 1) {
		struct dentry *parent = dget_parent(file->f_path.dentry);
		bool ok = dir_emit(ctx, "..", 2, d_inode(parent)->i_ino, DT_DIR);

		dput(parent);
		if (!ok)
			return false;
		ctx->pos = 2;
	}
	return true;
}

static int dcache_readdir(struct file *file, struct dir_context *ctx)
{
	struct dentry *dir = file->f_path.dentry, *cursor = file->private_data, *child;
	bool ok = true;

	if (!dir_emit_dots(file, ctx))
		return 0;
	if (ctx->pos == 2)
		place_cursor(file, 0);
	while (ok && (child = next_positive(dir, cursor))) {
		ok = dir_emit(ctx, (const char *)child->d_name.name, child->d_name.len,
			      d_inode(child)->i_ino, d_inode(child)->i_mode >> 12);
		if (ok) {
			ctx->pos++;
		} else {	/* the buffer is full: this one comes first next time */
			spin_lock(&dcache_lock);
			list_move_tail(&cursor->d_child, &child->d_child);
			spin_unlock(&dcache_lock);
		}
		dput(child);
	}
	return 0;
}

const struct file_operations simple_dir_operations = {
	.open = dcache_dir_open,
	.release = dcache_dir_close,
	.llseek = dcache_dir_lseek,
	.read = generic_read_dir,
	.iterate = dcache_readdir,
	.fsync = noop_fsync,
};

int noop_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	return 0;
}

/* ------------------------------------------------------------------ whole file systems */

static const struct super_operations simple_super_operations = {
	.statfs = simple_statfs,
	.drop_inode = generic_delete_inode,
};

static int pseudo_fill_super(struct super_block *sb, void *data, int silent)
{
	const struct pseudo_fs *fs = data;
	struct inode *root;

	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_magic = fs->magic;
	sb->s_op = fs->s_op ?: &simple_super_operations;
	root = new_inode(sb);
	if (!root)
		return -ENOMEM;
	root->i_ino = 1;
	root->i_mode = S_IFDIR | S_IRUSR | S_IWUSR;
	sb->s_root = d_make_root(root);
	sb->s_d_op = fs->d_op;
	return sb->s_root ? 0 : -ENOMEM;
}

static struct dentry *pseudo_mount(struct file_system_type *type, int flags, const char *dev,
				   void *data)
{
	return mount_nodev(type, flags, data, pseudo_fill_super);
}

/* Mounts fs, which must stay; or an error pointer. */
struct vfsmount *kern_mount_pseudo(struct pseudo_fs *fs)
{
	fs->type.mount = pseudo_mount;
	fs->type.kill_sb = kill_anon_super;
	return vfs_kern_mount(&fs->type, 0, fs->type.name, fs);
}

/* ------------------------------------------------------------------ reads and writes of buffers */

/* For read methods over available bytes at from: copies what lies at *pos. */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *pos, const void *from,
				size_t available)
{
	loff_t start = *pos;
	size_t left;

	if (start < 0)
		return -EINVAL;
	if (start >= available || !count)
		return 0;
	count = min_t(size_t, count, available - start);
	left = copy_to_user(to, from + start, count);
	if (left == count)
		return -EFAULT;
	*pos = start + count - left;
	return count - left;
}
EXPORT_SYMBOL(simple_read_from_buffer);

ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *pos, const void __user *from,
			       size_t count)
{
	loff_t start = *pos;
	size_t left;

	if (start < 0)
		return -EINVAL;
	if (start >= available || !count)
		return 0;
	count = min_t(size_t, count, available - start);
	left = copy_from_user(to + start, from, count);
	if (left == count)
		return -EFAULT;
	*pos = start + count - left;
	return count - left;
}
EXPORT_SYMBOL(simple_write_to_buffer);

/* ------------------------------------------------------------------ symlinks */

static const char *simple_get_link(struct dentry *dentry, struct inode *inode)
{
	return inode->i_link;
}

const struct inode_operations simple_symlink_inode_operations = {
	.get_link = simple_get_link,
};

/*
 * A symlink whose text lies in the file's first page: read once and kept in
 * i_link, which is freed with the inode (inode.c knows this method by name).
 */
const char *page_get_link(struct dentry *dentry, struct inode *inode)
{
	struct page *page = read_mapping_page(inode->i_mapping, 0, NULL);
	char *text;

	if (IS_ERR(page))
		return ERR_CAST(page);
	text = kstrndup(page_address(page), min_t(loff_t, i_size_read(inode), PAGE_SIZE - 1),
			GFP_KERNEL);
	put_page(page);
	if (!text)
		return ERR_PTR(-ENOMEM);
	if (cmpxchg(&inode->i_link, NULL, text))
		kfree(text);		/* somebody was faster */
	return inode->i_link;
}

/* The text of a symlink, or an error pointer. */
const char *vfs_get_link(struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);

	if (!S_ISLNK(inode->i_mode) || (!inode->i_link && !inode->i_op->get_link))
		return ERR_PTR(-EINVAL);
	return inode->i_link ?: inode->i_op->get_link(dentry, inode);
}

/* Writes target as the contents of a new symlink. */
int page_symlink(struct inode *inode, const char *target, int len)
{
	struct address_space *mapping = inode->i_mapping;
	struct page *page;
	void *fsdata;
	int err;

	err = mapping->a_ops->write_begin(NULL, mapping, 0, len - 1, 0, &page, &fsdata);
	if (err)
		return err;
	memcpy(page_address(page), target, len - 1);
	err = mapping->a_ops->write_end(NULL, mapping, 0, len - 1, len - 1, page, fsdata);
	if (err < 0)
		return err;
	if (err < len - 1)
		return -EIO;
	mark_inode_dirty(inode);
	return 0;
}
