/*
 * Files that are only a descriptor: epoll, events, timers.
 *
 * They all share one inode; what tells them apart hangs on private_data.
 */
#include <linux/anon_inodes.h>
#include <linux/magic.h>
#include "internal.h"

static struct vfsmount *anon_inode_mnt;
static struct inode *anon_inode;

static char *anon_inodefs_dname(struct dentry *dentry, char *buf, int len)
{
	return dynamic_dname(dentry, buf, len, "anon_inode:%s", dentry->d_name.name);
}

static const struct dentry_operations anon_inodefs_dentry_operations = {
	.d_dname = anon_inodefs_dname,
};

/* name is what /proc shows; flags O_ACCMODE and O_NONBLOCK.  An open file or an error pointer. */
struct file *anon_inode_getfile(const char *name, const struct file_operations *fops, void *priv,
				int flags)
{
	struct file *file;

	if (!try_module_get(fops->owner))
		return ERR_PTR(-ENOENT);
	ihold(anon_inode);
	file = alloc_file_pseudo(anon_inode, anon_inode_mnt, name,
				 flags & (O_ACCMODE | O_NONBLOCK), fops);
	if (IS_ERR(file)) {
		iput(anon_inode);
		module_put(fops->owner);
		return file;
	}
	file->private_data = priv;
	return file;
}
EXPORT_SYMBOL(anon_inode_getfile);

int anon_inode_getfd(const char *name, const struct file_operations *fops, void *priv, int flags)
{
	int fd = get_unused_fd_flags(flags);
	struct file *file;

	if (fd < 0)
		return fd;
	file = anon_inode_getfile(name, fops, priv, flags);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}
EXPORT_SYMBOL(anon_inode_getfd);

static int anon_inodefs_fill_super(struct super_block *sb, void *data, int silent)
{
	return simple_fill_pseudo(sb, ANON_INODE_FS_MAGIC, &anon_inodefs_dentry_operations);
}

static struct dentry *anon_inodefs_mount(struct file_system_type *type, int flags,
					 const char *dev, void *data)
{
	return mount_nodev(type, flags, data, anon_inodefs_fill_super);
}

static struct file_system_type anon_inode_fs = {
	.name = "anon_inodefs",
	.mount = anon_inodefs_mount,
	.kill_sb = kill_anon_super,
};

static int __init anon_inode_init(void)
{
	anon_inode_mnt = kern_mount(&anon_inode_fs);
	if (IS_ERR(anon_inode_mnt))
		return PTR_ERR(anon_inode_mnt);
	anon_inode = new_inode(anon_inode_mnt->mnt_sb);
	if (!anon_inode)
		return -ENOMEM;
	anon_inode->i_ino = 2;
	anon_inode->i_mode = S_IRUSR | S_IWUSR;
	return 0;
}
fs_initcall(anon_inode_init);
