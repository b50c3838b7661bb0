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
 * The directory that path ("bus/usb/001") leads to, locked, with a reference;
 * *last is the last name.  Missing directories are made if create.
 */
static struct dentry *lock_parent(const char *path, bool create, const char **last)
{
	struct dentry *dir = dget(dev_mnt->mnt_root), *child;
	const char *slash;
	int err = 0;

	inode_lock(d_inode(dir));
	while ((slash = strchr(path, '/'))) {
		child = lookup_one_len(path, dir, slash - path);
		err = IS_ERR(child) ? PTR_ERR(child) : 0;
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
		inode_lock(d_inode(dir));
		path = slash + 1;
	}
	*last = path;
	return dir;
}

static void unlock_parent(struct dentry *dir)
{
	inode_unlock(d_inode(dir));
	dput(dir);
}

static int create_node(dev_t dev, umode_t mode, const char *path)
{
	struct dentry *dir, *dentry;
	const char *name;
	int err;

	dir = lock_parent(path, true, &name);
	if (IS_ERR(dir))
		return PTR_ERR(dir);
	dentry = lookup_one_len(name, dir, strlen(name));
	err = PTR_ERR(dentry);
	if (!IS_ERR(dentry)) {
		err = vfs_mknod(d_inode(dir), dentry, mode, dev);
		dput(dentry);
	}
	unlock_parent(dir);
	return err;
}

static int delete_node(const char *path)
{
	struct dentry *dir, *dentry;
	const char *name;
	int err;

	dir = lock_parent(path, false, &name);
	if (IS_ERR(dir))
		return PTR_ERR(dir);
	dentry = lookup_one_len(name, dir, strlen(name));
	err = PTR_ERR(dentry);
	if (!IS_ERR(dentry)) {
		err = -ENOENT;
		if (d_is_positive(dentry))
			err = vfs_unlink(d_inode(dir), dentry);
		dput(dentry);
	}
	unlock_parent(dir);
	return err;
}

/* mode 0: 0600.  type: S_IFCHR or S_IFBLK.  EEXIST: the name is taken. */
int devtmpfs_create_node(dev_t dev, umode_t mode, const char *name, umode_t type)
{
	const struct cred *old = current->cred;
	int err;

	if (!dev_mnt)
		return -ENODEV;
	current->cred = &init_cred;
	err = create_node(dev, ((mode ?: DEFAULT_MODE) & S_IALLUGO) | type, name);
	current->cred = old;
	if (err)
		pr_err("devtmpfs: node %s cannot be made (%d)\n", name, err);
	return err;
}

int devtmpfs_delete_node(const char *name)
{
	const struct cred *old = current->cred;
	int err;

	if (!dev_mnt)
		return -ENODEV;
	current->cred = &init_cred;
	err = delete_node(name);
	current->cred = old;
	return err;
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
