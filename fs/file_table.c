/*
 * struct file: one opening of a file, from alloc_empty_file() to its last fput().
 *
 * Descriptors, forked tables, mappings and calls in progress hold references;
 * the driver's release method is called when the last one goes, and only then.
 *
 * Context: process; fput() may sleep.  No lock: the count is atomic, and whoever
 * takes it to zero is alone with the file.
 */
#include <linux/cdev.h>
#include "internal.h"

static struct kmem_cache *filp_cache;

/* A file with one reference, not open yet; ENOMEM as an error pointer. */
struct file *alloc_empty_file(int flags, const struct cred *cred)
{
	struct file *file = kmem_cache_alloc(filp_cache, GFP_KERNEL);

	if (!file)
		return ERR_PTR(-ENOMEM);
	memset(file, 0, sizeof(*file));
	file->f_cred = get_cred(cred);
	atomic_long_set(&file->f_count, 1);
	spin_lock_init(&file->f_lock);
	spin_lock_init(&file->f_owner.lock);
	mutex_init(&file->f_pos_lock);
	INIT_LIST_HEAD(&file->f_ep_links);
	file->f_flags = flags;
	/* O_RDONLY, O_WRONLY, O_RDWR are 0, 1, 2: one more gives a bit for each way */
	file->f_mode = (__force fmode_t)((flags + 1) & O_ACCMODE) | FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	return file;
}

/*
 * An opening without a name in the tree: pipes, anonymous inodes.  Takes over
 * the reference to the inode if it succeeds.
 */
struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt, const char *name,
			       int flags, const struct file_operations *fops)
{
	struct dentry *dentry = d_alloc_pseudo(mnt->mnt_sb, name);
	struct file *file;

	if (!dentry)
		return ERR_PTR(-ENOMEM);
	file = alloc_empty_file(flags, current_cred());
	if (IS_ERR(file)) {
		dput(dentry);
		return file;
	}
	d_instantiate(dentry, inode);
	file->f_path.dentry = dentry;
	file->f_path.mnt = mntget(mnt);
	file->f_inode = inode;
	file->f_mapping = inode->i_mapping;
	file->f_op = fops;
	note_opened(file);
	return file;
}

/* The last reference is gone. */
static void __fput(struct file *file)
{
	struct inode *inode = file->f_inode;

	might_sleep();
	if (unlikely(!list_empty(&file->f_ep_links)))
		eventpoll_release(file);
	if (likely(file->f_mode & FMODE_OPENED)) {
		if (unlikely(!list_empty(&inode->i_flock)))
			locks_remove_file(file);
		if (unlikely(file->f_flags & FASYNC) && file->f_op->fasync)
			file->f_op->fasync(-1, file, 0);
		if (file->f_op->release)
			file->f_op->release(inode, file);
		if (S_ISCHR(inode->i_mode) && inode->i_cdev && !(file->f_mode & FMODE_PATH))
			cdev_put(inode->i_cdev);
		fops_put(file->f_op);
		if (unlikely(file->f_owner.pid))
			put_pid(file->f_owner.pid);
	}
	end_writer(file);
	dput(file->f_path.dentry);
	mntput(file->f_path.mnt);
	put_cred(file->f_cred);
	kmem_cache_free(filp_cache, file);
}

/* Drops a reference.  Context: process; may sleep. */
void fput(struct file *file)
{
	if (atomic_long_dec_and_test(&file->f_count))
		__fput(file);
}
EXPORT_SYMBOL(fput);

void __init files_init(void)
{
	filp_cache = kmem_cache_create("filp", sizeof(struct file), 8, 0, NULL);
}
