/*
 * Inodes and open files of registered /proc entries; mounting /proc, of which there is one.
 *
 * The methods here stand between the VFS and the entry's own: each call counts
 * in pde->in_use, so that proc_remove() can wait for it, and is refused once
 * the entry is dead.  An opening whose entry is removed gets its release then.
 */
#include <linux/magic.h>
#include <linux/poll.h>
#include "internal.h"

/* One opening of an entry with a release method. */
struct pde_opener {
	struct list_head list;		/* proc_lock */
	struct file *file;
};

/* The entry behind an inode, for unuse_pde(); NULL: it is dead. */
static struct proc_dir_entry *use_pde(const struct inode *inode)
{
	struct proc_dir_entry *pde = PROC_I(inode)->pde;

	spin_lock(&proc_lock);
	if (pde->dead)
		pde = NULL;
	else
		pde->in_use++;
	spin_unlock(&proc_lock);
	return pde;
}

static void unuse_pde(struct proc_dir_entry *pde)
{
	bool last;

	if (!pde)
		return;
	spin_lock(&proc_lock);
	last = !--pde->in_use && pde->dead;
	spin_unlock(&proc_lock);
	if (last)
		wake_pde_remover();
}

/* ------------------------------------------------------------------ methods */

static int proc_reg_open(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *pde = use_pde(inode);
	struct pde_opener *opener = NULL;
	int err = 0;

	if (!pde)
		return -ENOENT;
	if (pde->ops->proc_release) {
		opener = kmalloc(sizeof(*opener), GFP_KERNEL);
		err = opener ? 0 : -ENOMEM;
	}
	if (!err && pde->ops->proc_open)
		err = pde->ops->proc_open(inode, file);
	if (!err && opener) {
		opener->file = file;
		spin_lock(&proc_lock);
		list_add(&opener->list, &pde->openers);
		spin_unlock(&proc_lock);
		opener = NULL;
	}
	kfree(opener);
	unuse_pde(pde);
	return err;
}

/* Takes the opening of file off the list; false: its release was called already. */
static bool take_opener(struct proc_dir_entry *pde, struct file *file)
{
	struct pde_opener *opener, *found = NULL;

	spin_lock(&proc_lock);
	list_for_each_entry(opener, &pde->openers, list)
		if (opener->file == file) {
			list_del(&opener->list);
			found = opener;
			break;
		}
	spin_unlock(&proc_lock);
	kfree(found);
	return found;
}

static int proc_reg_release(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *pde = PROC_I(inode)->pde;

	if (pde->ops->proc_release && take_opener(pde, file))
		return pde->ops->proc_release(inode, file);
	return 0;
}

/* The entry is dead: whoever has it open is left with nothing. */
void proc_close_openers(struct proc_dir_entry *pde)
{
	struct pde_opener *opener;

	for (;;) {
		spin_lock(&proc_lock);
		opener = list_first_entry_or_null(&pde->openers, struct pde_opener, list);
		if (opener)
			list_del(&opener->list);
		spin_unlock(&proc_lock);
		if (!opener)
			return;
		pde->ops->proc_release(file_inode(opener->file), opener->file);
		kfree(opener);
	}
}

static ssize_t proc_reg_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct proc_dir_entry *pde = use_pde(file_inode(file));
	ssize_t ret = -EIO;

	if (pde && pde->ops->proc_read)
		ret = pde->ops->proc_read(file, buf, count, pos);
	unuse_pde(pde);
	return ret;
}

static ssize_t proc_reg_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct proc_dir_entry *pde = use_pde(file_inode(file));
	ssize_t ret = -EIO;

	if (pde && pde->ops->proc_write)
		ret = pde->ops->proc_write(file, buf, count, pos);
	unuse_pde(pde);
	return ret;
}

static loff_t proc_reg_llseek(struct file *file, loff_t offset, int whence)
{
	struct proc_dir_entry *pde = use_pde(file_inode(file));
	loff_t ret = -EINVAL;

	if (pde)
		ret = (pde->ops->proc_lseek ?: default_llseek)(file, offset, whence);
	unuse_pde(pde);
	return ret;
}

static __poll_t proc_reg_poll(struct file *file, struct poll_table_struct *table)
{
	struct proc_dir_entry *pde = use_pde(file_inode(file));
	__poll_t ret = DEFAULT_POLLMASK;

	if (pde && pde->ops->proc_poll)
		ret = pde->ops->proc_poll(file, table);
	unuse_pde(pde);
	return ret;
}

static long proc_reg_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct proc_dir_entry *pde = use_pde(file_inode(file));
	long ret = -ENOTTY;

	if (pde && pde->ops->proc_ioctl)
		ret = pde->ops->proc_ioctl(file, cmd, arg);
	unuse_pde(pde);
	return ret;
}

static int proc_reg_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct proc_dir_entry *pde = use_pde(file_inode(file));
	int ret = pde ? -ENODEV : -EIO;

	if (pde && pde->ops->proc_mmap)
		ret = pde->ops->proc_mmap(file, vma);
	unuse_pde(pde);
	return ret;
}

static const struct file_operations proc_reg_file_ops = {
	.llseek = proc_reg_llseek,
	.read = proc_reg_read,
	.write = proc_reg_write,
	.poll = proc_reg_poll,
	.unlocked_ioctl = proc_reg_ioctl,
	.mmap = proc_reg_mmap,
	.open = proc_reg_open,
	.release = proc_reg_release,
};

/* ------------------------------------------------------------------ inodes */

static const struct file_operations proc_dir_operations = {
	.llseek = generic_file_llseek,
	.read = generic_read_dir,
	.iterate_shared = proc_readdir,
};

static const struct inode_operations proc_dir_inode_operations = {
	.lookup = proc_lookup,
};

/* Names in the root are entries first, processes then. */
static struct dentry *proc_root_lookup(struct inode *dir, struct dentry *dentry,
				       unsigned int flags)
{
	struct dentry *found = proc_lookup(dir, dentry, flags);

	return found == ERR_PTR(-ENOENT) ? proc_pid_lookup(dentry) : found;
}

#define FIRST_PROCESS_ENTRY	256	/* positions below are entries */

static int proc_root_readdir(struct file *file, struct dir_context *ctx)
{
	if (ctx->pos < FIRST_PROCESS_ENTRY) {
		if (proc_readdir(file, ctx))
			return 0;
		ctx->pos = FIRST_PROCESS_ENTRY;
	}
	return proc_pid_readdir(file, ctx, FIRST_PROCESS_ENTRY);
}

static const struct file_operations proc_root_operations = {
	.llseek = generic_file_llseek,
	.read = generic_read_dir,
	.iterate_shared = proc_root_readdir,
};

static const struct inode_operations proc_root_inode_operations = {
	.lookup = proc_root_lookup,
};

/* The inode of an entry; takes over the reference.  NULL without memory. */
struct inode *proc_get_inode(struct super_block *sb, struct proc_dir_entry *pde)
{
	struct inode *inode = new_inode(sb);

	if (!inode) {
		pde_put(pde);
		return NULL;
	}
	PROC_I(inode)->pde = pde;
	inode->i_ino = pde->low_ino;
	inode->i_mode = pde->mode;
	inode->i_uid = pde->uid;
	inode->i_gid = pde->gid;
	inode->i_size = pde->size;
	inode->i_private = pde->data;
	set_nlink(inode, pde->nlink);
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	switch (pde->mode & S_IFMT) {
	case S_IFDIR:
		inode->i_op = pde == &proc_root ? &proc_root_inode_operations
						: &proc_dir_inode_operations;
		inode->i_fop = pde == &proc_root ? &proc_root_operations : &proc_dir_operations;
		break;
	case S_IFLNK:
		inode->i_op = &simple_symlink_inode_operations;
		inode->i_link = pde->target;
		break;
	default:
		inode->i_fop = &proc_reg_file_ops;
	}
	return inode;
}

static struct kmem_cache *proc_inode_cache;

static struct inode *proc_alloc_inode(struct super_block *sb)
{
	struct proc_inode *ei = kmem_cache_zalloc(proc_inode_cache, GFP_KERNEL);

	if (!ei)
		return NULL;
	inode_init_once(&ei->vfs_inode);
	return &ei->vfs_inode;
}

static void proc_free_inode(struct inode *inode)
{
	kmem_cache_free(proc_inode_cache, PROC_I(inode));
}

static void proc_evict_inode(struct inode *inode)
{
	struct proc_inode *ei = PROC_I(inode);

	clear_inode(inode);
	if (ei->pid && S_ISLNK(inode->i_mode))
		kfree(inode->i_link);		/* of "self" */
	put_pid(ei->pid);
	if (ei->pde)
		pde_put(ei->pde);
}

static const struct super_operations proc_sops = {
	.alloc_inode = proc_alloc_inode,
	.free_inode = proc_free_inode,
	.drop_inode = generic_delete_inode,
	.evict_inode = proc_evict_inode,
	.statfs = simple_statfs,
};

static int proc_fill_super(struct super_block *sb, void *data, int silent)
{
	if (!proc_inode_cache)
		proc_inode_cache = KMEM_CACHE(proc_inode, SLAB_RECLAIM_ACCOUNT);
	sb->s_flags |= SB_NODIRATIME | SB_NOSUID | SB_NOEXEC;
	sb->s_blocksize = 1024;
	sb->s_blocksize_bits = 10;
	sb->s_magic = PROC_SUPER_MAGIC;
	sb->s_op = &proc_sops;
	atomic_inc(&proc_root.count);
	sb->s_root = d_make_root(proc_get_inode(sb, &proc_root));
	return sb->s_root ? 0 : -ENOMEM;
}

static struct dentry *proc_mount(struct file_system_type *type, int flags, const char *dev,
				 void *data)
{
	return mount_single(type, flags, data, proc_fill_super);
}

static struct file_system_type proc_fs_type = {
	.name = "proc",
	.mount = proc_mount,
	.kill_sb = kill_anon_super,
};

/* The directories that are always there. */
static int __init proc_root_init(void)
{
	proc_symlink("mounts", NULL, "self/mounts");
	proc_mkdir("tty", NULL);
	proc_mkdir("tty/driver", NULL);
	proc_mkdir("driver", NULL);
	proc_mkdir("bus", NULL);
	proc_mkdir("fs", NULL);
	return register_filesystem(&proc_fs_type);
}
subsys_initcall(proc_root_init);
