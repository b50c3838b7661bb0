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

static struct pseudo_fs anon_inodefs = {
	.type.name = "anon_inodefs",
	.magic = ANON_INODE_FS_MAGIC,
	.d_op = &anon_inodefs_dentry_operations,
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

static int __init anon_inode_init(void)
{
	anon_inode_mnt = kern_mount_pseudo(&anon_inodefs);
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
