/*
 * devtmpfs: a tmpfs in which device nodes appear when drivers name them.
 *
 * There is one, mounted for the kernel before the first driver registers, so
 * that no node is missed; mounting it on /dev shows it.  Nodes are made with
 * the ordinary calls of the VFS, on behalf of whoever loads the driver, who may
 * lack the rights: so as root.
 *
 * Context: process; may sleep.
 */
#include <linux/devtmpfs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include "../ramfs/ramfs.h"

#define DEFAULT_MODE	0600
#define DIRECTORY_MODE	0755

static struct vfsmount *dev_mnt;		/* constant once devtmpfs_init() is through */

/*
 * The directory that *path ("bus/usb/001") leads to, locked, with a reference;
 * *path is then the last name.  Missing directories are made if create.
 */
static struct dentry *lock_parent(const char **path, bool create)
{
	struct dentry *dir = dget(dev_mnt->mnt_root), *child;
	const char *slash;
	int err = 0;

	inode_lock_nested(d_inode(dir), I_MUTEX_PARENT);
	while ((slash = strchr(*path, '/'))) {
		child = lookup_one_len(*path, dir, slash - *path);
		err = PTR_ERR_OR_ZERO(child);
		if (!err && d_is_negative(child))
			err = create ? vfs_mkdir(d_inode(dir), child, DIRECTORY_MODE) : -ENOENT;
		inode_unlock(d_inode(dir));
		dput(dir);
		if (err) {
			if (!IS_ERR(child))
				dput(child);
			return ERR_PTR(err);
		}
		dir = child;
		inode_lock_nested(d_inode(dir), I_MUTEX_PARENT);
		*path = slash + 1;
	}
	return dir;
}

/* Makes the node, or, if mode is 0, removes it: as root, whoever asks. */
static int change_node(const char *path, umode_t mode, kgid_t gid, dev_t dev)
{
	const struct cred *old = current->cred;
	struct dentry *dir, *dentry;
	int err;

	if (!dev_mnt)
		return -ENODEV;
	current->cred = &init_cred;
	dir = lock_parent(&path, mode);
	err = PTR_ERR(dir);
	if (IS_ERR(dir))
		goto out;
	dentry = lookup_one_len(path, dir, strlen(path));
	err = PTR_ERR_OR_ZERO(dentry);
	if (!err) {
		if (mode)
			err = vfs_mknod(d_inode(dir), dentry, mode, dev);
		else
			err = d_is_positive(dentry) ? vfs_unlink(d_inode(dir), dentry) : -ENOENT;
		if (!err && mode)
			d_inode(dentry)->i_gid = gid;
		dput(dentry);
	}
	inode_unlock(d_inode(dir));
	dput(dir);
out:
	current->cred = old;
	return err;
}

/* mode 0: 0600.  type: S_IFCHR or S_IFBLK.  EEXIST: the name is taken. */
int devtmpfs_create_node_of(dev_t dev, umode_t mode, kgid_t gid, const char *name, umode_t type)
{
	int err = change_node(name, ((mode ?: DEFAULT_MODE) & S_IALLUGO) | type, gid, dev);

	if (err)
		pr_err("devtmpfs: node %s cannot be made (%d)\n", name, err);
	return err;
}

int devtmpfs_delete_node(const char *name)
{
	return change_node(name, 0, GLOBAL_ROOT_GID, 0);
}

/* Shows it on /dev.  ENOENT: the root has no such directory. */
int devtmpfs_mount(void)
{
	struct path where;
	int err = kern_path("/dev", LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &where);

	if (err)
		return err;
	err = do_mount("devtmpfs", &where, "devtmpfs", MS_NOSUID, NULL);
	path_put(&where);
	return err;
}

static struct dentry *devtmpfs_mount_sb(struct file_system_type *type, int flags, const char *dev,
					void *data)
{
	return mount_single(type, flags, data, tmpfs_fill_super);
}

static struct file_system_type devtmpfs_type = {
	.name = "devtmpfs",
	.mount = devtmpfs_mount_sb,
	.kill_sb = tmpfs_kill_sb,
};

void __init devtmpfs_init(void)
{
	static char options[] = "mode=0755";
	int err = register_filesystem(&devtmpfs_type);

	if (!err) {
		dev_mnt = vfs_kern_mount(&devtmpfs_type, 0, "devtmpfs", options);
		err = PTR_ERR_OR_ZERO(dev_mnt);
	}
	if (err)
		panic("devtmpfs cannot be mounted (%d)", err);
}
