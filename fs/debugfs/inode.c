/*
 * debugfs: see <linux/debugfs.h>. A tree of dentries, as tmpfs's; there is one,
 * mounted for the kernel from the start, so that drivers need not wait for /sys.
 *
 * A file's methods are called through ours: each call counts, removal waits for
 * the last one, and a call after it is refused.
 *
 * Locks: the directories' i_rwsem; entry_lock: count and dead of all entries.
 */
#include <linux/dcache.h>
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/magic.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>

struct entry {
	const struct file_operations *fops;	/* constant; a file's */
	unsigned int running;			/* entry_lock */
	bool dead;				/* entry_lock */
	struct inode vfs_inode;
};

static struct kmem_cache *entry_cache;

static DEFINE_SPINLOCK(entry_lock);
static DECLARE_WAIT_QUEUE_HEAD(idle_wait);
static struct vfsmount *debugfs_mnt;		/* constant once debugfs_init() is through */

/* ------------------------------------------------------------------ methods */

static bool enter(struct entry *entry)
{
	bool alive;

	spin_lock(&entry_lock);
	alive = !entry->dead;
	entry->running += alive;
	spin_unlock(&entry_lock);
	return alive;
}

static void leave(struct entry *entry)
{
	bool last;

	spin_lock(&entry_lock);
	last = !--entry->running && entry->dead;
	spin_unlock(&entry_lock);
	if (last)
		wake_up_all(&idle_wait);
}

static struct entry *inode_entry(struct inode *inode)
{
	return container_of(inode, struct entry, vfs_inode);
}

static struct entry *file_entry(struct file *file)
{
	return inode_entry(file_inode(file));
}

static int full_open(struct inode *inode, struct file *file)
{
	struct entry *entry = file_entry(file);
	int err;

	if (!enter(entry))
		return -ENOENT;
	err = try_module_get(entry->fops->owner) ? 0 : -ENODEV;
	if (!err && entry->fops->open) {
		err = entry->fops->open(inode, file);
		if (err)
			module_put(entry->fops->owner);
	}
	leave(entry);
	return err;
}

/* Also of a dead one: what open() took must be given back; the module is held until then. */
static int full_release(struct inode *inode, struct file *file)
{
	const struct file_operations *fops = file_entry(file)->fops;
	int err = fops->release ? fops->release(inode, file) : 0;

	module_put(fops->owner);
	return err;
}

/* Calls a method of the file, if it has it and is alive. */
#define FULL(ret, name, missing, gone, args, call)			\
static ret full_##name args						\
{									\
	struct entry *entry = file_entry(file);				\
	ret result = missing;						\
									\
	if (!enter(entry))						\
		return gone;						\
	if (entry->fops->name)						\
		result = entry->fops->name call;			\
	leave(entry);							\
	return result;							\
}

FULL(ssize_t, read, -EINVAL, -EIO, (struct file *file, char __user *buf, size_t count, loff_t *pos),
     (file, buf, count, pos))
FULL(ssize_t, write, -EINVAL, -EIO,
     (struct file *file, const char __user *buf, size_t count, loff_t *pos), (file, buf, count, pos))
FULL(loff_t, llseek, default_llseek(file, offset, whence), -EIO,
     (struct file *file, loff_t offset, int whence), (file, offset, whence))
FULL(__poll_t, poll, DEFAULT_POLLMASK, EPOLLHUP, (struct file *file, poll_table *table), (file, table))
FULL(long, unlocked_ioctl, -ENOTTY, -EIO, (struct file *file, unsigned int cmd, unsigned long arg),
     (file, cmd, arg))
FULL(int, mmap, -ENODEV, -EIO, (struct file *file, struct vm_area_struct *vma), (file, vma))

static const struct file_operations full_operations = {
	.llseek = full_llseek,
	.read = full_read,
	.write = full_write,
	.poll = full_poll,
	.unlocked_ioctl = full_unlocked_ioctl,
	.mmap = full_mmap,
	.open = full_open,
	.release = full_release,
};

/* ------------------------------------------------------------------ making */

static struct dentry *dir_of(struct dentry *parent)
{
	return parent ?: debugfs_mnt->mnt_root;
}

/* Locks the directory and finds the name free: the negative dentry, with references; or an error. */
static struct dentry *start_creating(const char *name, struct dentry *parent)
{
	struct dentry *dentry;

	if (IS_ERR(parent))
		return parent;
	if (!debugfs_mnt)
		return ERR_PTR(-ENODEV);
	parent = dir_of(parent);
	inode_lock(d_inode(parent));
	dentry = lookup_one_len(name, parent, strlen(name));
	if (!IS_ERR(dentry) && d_is_positive(dentry)) {
		pr_warn("debugfs: %s is there already\n", name);
		dput(dentry);
		dentry = ERR_PTR(-EEXIST);
	}
	if (IS_ERR(dentry))
		inode_unlock(d_inode(parent));
	return dentry;
}

/* Binds @inode to the name, or gives up; the reference lookup took is the tree's. */
static struct dentry *end_creating(struct dentry *dentry, struct inode *inode)
{
	struct inode *dir = d_inode(dentry->d_parent);

	if (inode) {
		d_instantiate(dentry, inode);
		if (S_ISDIR(inode->i_mode))
			inc_nlink(dir);
	} else {
		dput(dentry);
		dentry = ERR_PTR(-ENOMEM);
	}
	inode_unlock(dir);
	return dentry;
}

static const struct inode_operations debugfs_dir_inode_operations = {
	.lookup = simple_lookup,
};

static struct inode *debugfs_inode(struct super_block *sb, umode_t mode)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	inode->i_mode = mode;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	if (S_ISDIR(mode)) {
		set_nlink(inode, 2);
		inode->i_op = &debugfs_dir_inode_operations;
		inode->i_fop = &simple_dir_operations;
	}
	return inode;
}

struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
				   void *data, const struct file_operations *fops)
{
	struct dentry *dentry = start_creating(name, parent);
	struct inode *inode;

	if (IS_ERR(dentry))
		return dentry;
	inode = debugfs_inode(dentry->d_sb, S_IFREG | (mode & S_IALLUGO));
	if (inode) {
		inode_entry(inode)->fops = fops;
		inode->i_private = data;
		inode->i_fop = &full_operations;
	}
	return end_creating(dentry, inode);
}
EXPORT_SYMBOL_GPL(debugfs_create_file);

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)
{
	struct dentry *dentry = start_creating(name, parent);

	if (IS_ERR(dentry))
		return dentry;
	return end_creating(dentry, debugfs_inode(dentry->d_sb, S_IFDIR | 0755));
}
EXPORT_SYMBOL_GPL(debugfs_create_dir);

struct dentry *debugfs_create_symlink(const char *name, struct dentry *parent, const char *target)
{
	struct dentry *dentry = start_creating(name, parent);
	struct inode *inode;

	if (IS_ERR(dentry))
		return dentry;
	inode = debugfs_inode(dentry->d_sb, S_IFLNK | 0777);
	if (inode) {
		inode->i_op = &simple_symlink_inode_operations;
		inode->i_link = kstrdup(target, GFP_KERNEL);
		if (!inode->i_link) {
			iput(inode);
			inode = NULL;
		}
	}
	return end_creating(dentry, inode);
}
EXPORT_SYMBOL_GPL(debugfs_create_symlink);

struct dentry *debugfs_lookup(const char *name, struct dentry *parent)
{
	struct dentry *dentry;

	if (IS_ERR(parent) || !debugfs_mnt)
		return NULL;
	parent = dir_of(parent);
	inode_lock(d_inode(parent));
	dentry = lookup_one_len(name, parent, strlen(name));
	inode_unlock(d_inode(parent));
	if (!IS_ERR(dentry) && d_is_positive(dentry))
		return dentry;
	if (!IS_ERR(dentry))
		dput(dentry);
	return NULL;
}
EXPORT_SYMBOL_GPL(debugfs_lookup);

/* ------------------------------------------------------------------ removing */

static bool idle(struct entry *entry)
{
	bool ret;

	spin_lock(&entry_lock);
	ret = !entry->running;
	spin_unlock(&entry_lock);
	return ret;
}

static struct dentry *first_child(struct dentry *dir)
{
	struct dentry *child, *found = NULL;

	spin_lock(&dcache_lock);
	list_for_each_entry(child, &dir->d_subdirs, d_child)
		if (d_really_is_positive(child) && !d_unhashed(child)) {
			found = dget(child);
			break;
		}
	spin_unlock(&dcache_lock);
	return found;
}

static void remove_one(struct dentry *dentry)
{
	struct inode *dir = d_inode(dentry->d_parent);
	struct entry *entry = inode_entry(d_inode(dentry));

	spin_lock(&entry_lock);
	entry->dead = true;
	spin_unlock(&entry_lock);
	wait_event(idle_wait, idle(entry));
	inode_lock(dir);
	if (!d_unhashed(dentry)) {
		dget(dentry);
		if (S_ISDIR(d_inode(dentry)->i_mode))
			simple_rmdir(dir, dentry);
		else
			simple_unlink(dir, dentry);
		d_delete(dentry);
		dput(dentry);
	}
	inode_unlock(dir);
}

void debugfs_remove(struct dentry *dentry)
{
	struct dentry *child;

	if (IS_ERR_OR_NULL(dentry))
		return;
	while (S_ISDIR(d_inode(dentry)->i_mode) && (child = first_child(dentry)) != NULL) {
		debugfs_remove(child);
		dput(child);
	}
	remove_one(dentry);
}
EXPORT_SYMBOL_GPL(debugfs_remove);

/* ------------------------------------------------------------------ the file system */

static struct inode *debugfs_alloc_inode(struct super_block *sb)
{
	struct entry *entry = kmem_cache_zalloc(entry_cache, GFP_KERNEL);

	if (!entry)
		return NULL;
	inode_init_once(&entry->vfs_inode);
	return &entry->vfs_inode;
}

static void debugfs_free_inode(struct inode *inode)
{
	kmem_cache_free(entry_cache, inode_entry(inode));
}

static void debugfs_evict_inode(struct inode *inode)
{
	clear_inode(inode);
	if (S_ISLNK(inode->i_mode))
		kfree(inode->i_link);
}

static const struct super_operations debugfs_super_operations = {
	.alloc_inode = debugfs_alloc_inode,
	.free_inode = debugfs_free_inode,
	.statfs = simple_statfs,
	.drop_inode = generic_delete_inode,
	.evict_inode = debugfs_evict_inode,
};

static int debugfs_fill_super(struct super_block *sb, void *data, int silent)
{
	sb->s_magic = DEBUGFS_MAGIC;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_op = &debugfs_super_operations;
	sb->s_root = d_make_root(debugfs_inode(sb, S_IFDIR | 0700));
	return sb->s_root ? 0 : -ENOMEM;
}

static struct dentry *debugfs_mount(struct file_system_type *type, int flags, const char *dev,
				    void *data)
{
	return mount_single(type, flags, data, debugfs_fill_super);
}

static struct file_system_type debugfs_fs_type = {
	.name = "debugfs",
	.mount = debugfs_mount,
	.kill_sb = kill_anon_super,
};

static int __init debugfs_init(void)
{
	int err;

	entry_cache = kmem_cache_create("debugfs_inode", sizeof(struct entry), 0, 0, NULL);
	err = entry_cache ? register_filesystem(&debugfs_fs_type) : -ENOMEM;
	if (err)
		return err;
	debugfs_mnt = vfs_kern_mount(&debugfs_fs_type, 0, "debugfs", NULL);
	if (IS_ERR(debugfs_mnt)) {
		err = PTR_ERR(debugfs_mnt);
		debugfs_mnt = NULL;
		return err;
	}
	/* Where it is usually mounted. */
	return kobject_create_and_add("debug", kernel_kobj) ? 0 : -ENOMEM;
}
postcore_initcall(debugfs_init);
