/*
 * From a place in the tree back to its name: /proc, getcwd(), messages.
 *
 * The name is built from its end, walking up parents and, at the root of a
 * mounted tree, on to the place where that is mounted.  mount_lock and
 * dcache_lock are held meanwhile, so no part of it can be renamed.
 */
#include <linux/fs_struct.h>
#include "internal.h"

static int prepend(char **end, char *buf, const char *text, int len)
{
	if (*end - buf < len)
		return -ENAMETOOLONG;
	*end -= len;
	memcpy(*end, text, len);
	return 0;
}

static int prepend_name(char **end, char *buf, const struct dentry *dentry)
{
	int err = prepend(end, buf, (const char *)dentry->d_name.name, dentry->d_name.len);

	return err ?: prepend(end, buf, "/", 1);
}

/* Both locks held.  0, 1 when root was not met on the way up, or -ENAMETOOLONG. */
static int prepend_path(const struct path *path, const struct path *root, char **end, char *buf)
{
	struct dentry *dentry = path->dentry;
	struct vfsmount *mnt = path->mnt;
	char *start = *end;
	int err;

	while (dentry != root->dentry || mnt != root->mnt) {
		if (dentry == mnt->mnt_root || IS_ROOT(dentry)) {
			if (dentry != mnt->mnt_root || mnt->mnt_parent == mnt) {
				err = *end == start ? prepend(end, buf, "/", 1) : 0;
				return err ?: 1;
			}
			dentry = mnt->mnt_mountpoint;
			mnt = mnt->mnt_parent;
			continue;
		}
		err = prepend_name(end, buf, dentry);
		if (err)
			return err;
		dentry = dentry->d_parent;
	}
	return *end == start ? prepend(end, buf, "/", 1) : 0;
}

static int path_from_root(const struct path *path, const struct path *root, char **end, char *buf)
{
	int err;

	spin_lock(&mount_lock);
	spin_lock(&dcache_lock);
	err = prepend_path(path, root, end, buf);
	spin_unlock(&dcache_lock);
	spin_unlock(&mount_lock);
	return err;
}

/* For d_dname methods: formats into buf as d_path() wants it. */
char *dynamic_dname(struct dentry *dentry, char *buf, int buflen, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, buflen, fmt, args);
	va_end(args);
	return len < buflen ? buf : ERR_PTR(-ENAMETOOLONG);
}

/*
 * The name of path as current sees it, in buf; " (deleted)" follows when it is
 * gone.  Returns where it starts, or ERR_PTR(-ENAMETOOLONG).
 */
char *d_path(const struct path *path, char *buf, int buflen)
{
	char *end = buf + buflen;
	struct path root;
	int err;

	if (path->dentry->d_op && path->dentry->d_op->d_dname && IS_ROOT(path->dentry))
		return path->dentry->d_op->d_dname(path->dentry, buf, buflen);
	err = prepend(&end, buf, "", 1);
	if (!err && d_unhashed(path->dentry) && !IS_ROOT(path->dentry))
		err = prepend(&end, buf, " (deleted)", 10);
	if (err)
		return ERR_PTR(err);
	get_fs_root(current->fs, &root);
	err = path_from_root(path, &root, &end, buf);
	path_put(&root);
	return err < 0 ? ERR_PTR(err) : end;
}
EXPORT_SYMBOL(d_path);

char *file_path(struct file *file, char *buf, int buflen)
{
	return d_path(&file->f_path, buf, buflen);
}
EXPORT_SYMBOL(file_path);

/* The length with its final zero; ERANGE when size is too small, ENOENT when it is gone. */
long sys_getcwd(char __user *buf, unsigned long size)
{
	char *page = kmalloc(PATH_MAX, GFP_KERNEL), *end = page + PATH_MAX;
	struct path root, pwd;
	long len;
	int err;

	if (!page)
		return -ENOMEM;
	get_fs_root(current->fs, &root);
	get_fs_pwd(current->fs, &pwd);
	err = -ENOENT;
	if (d_unhashed(pwd.dentry) && !IS_ROOT(pwd.dentry))
		goto out;
	prepend(&end, page, "", 1);
	err = path_from_root(&pwd, &root, &end, page);
	if (err == 1)
		err = prepend(&end, page, "(unreachable)", 13);
	if (err)
		goto out;
	len = page + PATH_MAX - end;
	err = -ERANGE;
	if (len <= size)
		err = copy_to_user(buf, end, len) ? -EFAULT : len;
out:
	path_put(&pwd);
	path_put(&root);
	kfree(page);
	return err;
}
