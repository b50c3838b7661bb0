/*
 * The tree of /sys: nodes, their names, coming and going.
 *
 * A node in the tree may be looked up and opened; its methods run only between
 * sysfs_get_active() and sysfs_put_active(), and removal waits for the last of
 * them. A file's own store() may so not remove the file: it would wait for itself.
 *
 * Locks: sysfs_mutex, may sleep: the tree. sysfs_lock: active, dead.
 * Context: process.
 */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "sysfs.h"

DEFINE_MUTEX(sysfs_mutex);
static DEFINE_SPINLOCK(sysfs_lock);
static DECLARE_WAIT_QUEUE_HEAD(idle_wait);	/* a removed node has become idle */

struct sysfs_dirent sysfs_root = {
	.name = "/",
	.mode = S_IFDIR | 0755,
	.ino = 1,
	.children = LIST_HEAD_INIT(sysfs_root.children),
	.sibling = LIST_HEAD_INIT(sysfs_root.sibling),
	.count = ATOMIC_INIT(1),
};

/* ------------------------------------------------------------------ nodes */

struct sysfs_dirent *sysfs_new_dirent(const char *name, umode_t mode, struct kobject *kobj)
{
	struct sysfs_dirent *sd = kzalloc(sizeof(*sd), GFP_KERNEL);

	if (!sd)
		return NULL;
	sd->name = kstrdup(name, GFP_KERNEL);
	if (!sd->name) {
		kfree(sd);
		return NULL;
	}
	sd->mode = mode;
	sd->ino = get_next_ino();
	sd->kobj = kobj;
	atomic_set(&sd->count, 1);
	INIT_LIST_HEAD(&sd->children);
	INIT_LIST_HEAD(&sd->sibling);
	return sd;
}

void sysfs_put(struct sysfs_dirent *sd)
{
	if (!sd || !atomic_dec_and_test(&sd->count))
		return;
	sysfs_put(sd->target);
	kfree(sd->name);
	kfree(sd);
}

bool sysfs_get_active(struct sysfs_dirent *sd)
{
	bool alive;

	spin_lock(&sysfs_lock);
	alive = !sd->dead;
	sd->active += alive;
	spin_unlock(&sysfs_lock);
	return alive;
}

void sysfs_put_active(struct sysfs_dirent *sd)
{
	bool last;

	spin_lock(&sysfs_lock);
	last = !--sd->active && sd->dead;
	spin_unlock(&sysfs_lock);
	if (last)
		wake_up_all(&idle_wait);
}

/* ------------------------------------------------------------------ the tree */

struct sysfs_dirent *sysfs_find(struct sysfs_dirent *dir, const char *name, size_t len)
{
	struct sysfs_dirent *sd;

	lockdep_assert_held(&sysfs_mutex);
	list_for_each_entry(sd, &dir->children, sibling)
		if (!strncmp(sd->name, name, len) && !sd->name[len])
			return sd;
	return NULL;
}

int sysfs_add_dirent(struct sysfs_dirent *sd, struct sysfs_dirent *parent)
{
	int err = 0;

	mutex_lock(&sysfs_mutex);
	if (parent->dead)
		err = -ENOENT;
	else if (sysfs_find(parent, sd->name, strlen(sd->name)))
		err = -EEXIST;
	if (!err) {
		sd->parent = parent;
		list_add_tail(&sd->sibling, &parent->children);
	}
	mutex_unlock(&sysfs_mutex);
	if (err == -EEXIST)
		pr_warn("sysfs: cannot create %s in %s: it is there\n", sd->name, parent->name);
	if (err)
		sysfs_put(sd);
	return err;
}

static bool idle(struct sysfs_dirent *sd)
{
	bool ret;

	spin_lock(&sysfs_lock);
	ret = !sd->active;
	spin_unlock(&sysfs_lock);
	return ret;
}

void sysfs_remove(struct sysfs_dirent *sd)
{
	struct sysfs_dirent *child;

	for (;;) {
		mutex_lock(&sysfs_mutex);
		child = list_first_entry_or_null(&sd->children, struct sysfs_dirent, sibling);
		if (!child)
			break;
		atomic_inc(&child->count);
		mutex_unlock(&sysfs_mutex);
		sysfs_remove(child);
		sysfs_put(child);
	}
	if (sd->dead) {			/* somebody else was faster */
		mutex_unlock(&sysfs_mutex);
		return;
	}
	spin_lock(&sysfs_lock);
	sd->dead = true;
	spin_unlock(&sysfs_lock);
	list_del_init(&sd->sibling);
	mutex_unlock(&sysfs_mutex);
	wait_event(idle_wait, idle(sd));
	sysfs_put(sd);
}

int sysfs_remove_name(struct sysfs_dirent *dir, const char *name)
{
	struct sysfs_dirent *sd;

	mutex_lock(&sysfs_mutex);
	sd = dir ? sysfs_find(dir, name, strlen(name)) : NULL;
	if (sd)
		atomic_inc(&sd->count);
	mutex_unlock(&sysfs_mutex);
	if (!sd)
		return -ENOENT;
	sysfs_remove(sd);
	sysfs_put(sd);
	return 0;
}

/* ------------------------------------------------------------------ directories of kobjects */

int sysfs_create_dir(struct kobject *kobj)
{
	struct sysfs_dirent *sd = sysfs_new_dirent(kobject_name(kobj), S_IFDIR | 0755, kobj);
	int err;

	if (!sd)
		return -ENOMEM;
	err = sysfs_add_dirent(sd, kobj->parent && kobj->parent->sd ? kobj->parent->sd : &sysfs_root);
	if (!err)
		kobj->sd = sd;
	return err;
}

void sysfs_remove_dir(struct kobject *kobj)
{
	struct sysfs_dirent *sd = kobj->sd;

	kobj->sd = NULL;
	if (sd)
		sysfs_remove(sd);
}

int sysfs_rename_dir(struct kobject *kobj, const char *name)
{
	char *copy = kstrdup(name, GFP_KERNEL);
	int err = 0;

	if (!copy)
		return -ENOMEM;
	mutex_lock(&sysfs_mutex);
	if (sysfs_find(kobj->sd->parent, name, strlen(name)))
		err = -EEXIST;
	else
		swap(kobj->sd->name, copy);
	mutex_unlock(&sysfs_mutex);
	kfree(copy);
	return err;
}

/* ------------------------------------------------------------------ for the VFS */

static int sysfs_delete_dentry(const struct dentry *dentry)
{
	return 1;		/* names come and go behind its back: none is kept unused */
}

/* A name that is kept because somebody uses it must still be that node's. */
static int sysfs_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct sysfs_dirent *sd;
	int good;

	if (d_is_negative(dentry))
		return 0;
	sd = inode_sd(d_inode(dentry));
	mutex_lock(&sysfs_mutex);
	good = !sd->dead && !strcmp(sd->name, (const char *)dentry->d_name.name);
	mutex_unlock(&sysfs_mutex);
	return good;
}

static const struct dentry_operations sysfs_dentry_operations = {
	.d_revalidate = sysfs_revalidate,
	.d_delete = sysfs_delete_dentry,
};

static struct dentry *sysfs_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct sysfs_dirent *sd;
	struct inode *inode;

	mutex_lock(&sysfs_mutex);
	sd = sysfs_find(inode_sd(dir), (const char *)dentry->d_name.name, dentry->d_name.len);
	if (sd)
		atomic_inc(&sd->count);
	mutex_unlock(&sysfs_mutex);
	if (!sd)
		return ERR_PTR(-ENOENT);
	inode = sysfs_make_inode(dir->i_sb, sd);
	if (IS_ERR(inode))
		return ERR_CAST(inode);
	dentry->d_op = &sysfs_dentry_operations;
	return d_splice_alias(inode, dentry);
}

/* Positions from 2 on count the nodes; one that goes meanwhile may hide another. */
static int sysfs_readdir(struct file *file, struct dir_context *ctx)
{
	struct sysfs_dirent *dir = inode_sd(file_inode(file)), *sd;
	loff_t skip;

	if (!dir_emit_dots(file, ctx))
		return 0;
	skip = ctx->pos - 2;
	mutex_lock(&sysfs_mutex);
	list_for_each_entry(sd, &dir->children, sibling) {
		if (skip-- > 0)
			continue;
		if (!dir_emit(ctx, sd->name, strlen(sd->name), sd->ino, sd->mode >> 12))
			break;
		ctx->pos++;
	}
	mutex_unlock(&sysfs_mutex);
	return 0;
}

const struct file_operations sysfs_dir_operations = {
	.llseek = generic_file_llseek,
	.read = generic_read_dir,
	.iterate_shared = sysfs_readdir,
};

/* chmod and chown last as long as the node: they go into the tree, for the next inode. */
static int sysfs_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct sysfs_dirent *sd = inode_sd(d_inode(dentry));
	int err = simple_setattr(dentry, attr);

	if (!err && attr->ia_valid & ATTR_MODE) {
		mutex_lock(&sysfs_mutex);
		sd->mode = (sd->mode & S_IFMT) | (attr->ia_mode & S_IALLUGO);
		mutex_unlock(&sysfs_mutex);
	}
	return err;
}

const struct inode_operations sysfs_dir_inode_operations = {
	.lookup = sysfs_lookup,
	.setattr = sysfs_setattr,
};
