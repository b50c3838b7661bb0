/*
 * Mounting /sys, its inodes, and links, whose text is the way from the link's
 * directory to the target's.
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/magic.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/statfs.h>
#include <linux/string.h>
#include "sysfs.h"

/* ------------------------------------------------------------------ links */

static bool is_above(const struct sysfs_dirent *dir, const struct sysfs_dirent *below)
{
	for (; below; below = below->parent)
		if (below == dir)
			return true;
	return false;
}

/* "target" below @base, its parts last to first into @buf, which ends at @end. Returns its start. */
static char *path_below(const struct sysfs_dirent *base, const struct sysfs_dirent *target,
			char *buf, char *end)
{
	*--end = '\0';
	for (; target != base; target = target->parent) {
		size_t len = strlen(target->name);

		if (end - buf < len + 1)
			return NULL;
		end -= len;
		memcpy(end, target->name, len);
		if (target->parent != base)
			*--end = '/';
	}
	return end;
}

/* Memory of its own, or NULL. */
static char *link_text(const struct sysfs_dirent *link)
{
	char *page = (char *)__get_free_page(GFP_KERNEL), *path = NULL, *text = NULL;
	const struct sysfs_dirent *base = link->parent;
	size_t up = 0;

	if (!page)
		return NULL;
	mutex_lock(&sysfs_mutex);
	if (link->dead || link->target->dead)
		goto out;		/* what was above it may be gone, too */
	/* Down again into the target itself, even if it holds the link: a path ends with a name. */
	for (; !is_above(base, link->target->parent); base = base->parent)
		up++;
	path = path_below(base, link->target, page, page + PAGE_SIZE);
	if (path)
		text = kmalloc(up * 3 + strlen(path) + 1, GFP_KERNEL);
	for (size_t i = 0; text && i < up; i++)
		memcpy(text + i * 3, "../", 3);
	if (text)
		strcpy(text + up * 3, path);
out:
	mutex_unlock(&sysfs_mutex);
	free_page((unsigned long)page);
	return text;
}

int sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name)
{
	struct sysfs_dirent *dir = kobj ? kobj->sd : &sysfs_root, *sd;

	if (!dir || !target->sd)
		return -ENOENT;
	sd = sysfs_new_dirent(name, S_IFLNK | 0777, NULL);
	if (!sd)
		return -ENOMEM;
	sd->target = target->sd;
	atomic_inc(&sd->target->count);
	return sysfs_add_dirent(sd, dir);
}
EXPORT_SYMBOL_GPL(sysfs_create_link);

void sysfs_remove_link(struct kobject *kobj, const char *name)
{
	sysfs_remove_name(kobj ? kobj->sd : &sysfs_root, name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_link);

/* ------------------------------------------------------------------ inodes */

/* Takes the reference over; an ERR_PTR when there is no memory. */
struct inode *sysfs_make_inode(struct super_block *sb, struct sysfs_dirent *sd)
{
	struct inode *inode = new_inode(sb);

	if (!inode) {
		sysfs_put(sd);
		return ERR_PTR(-ENOMEM);
	}
	inode->i_private = sd;
	inode->i_ino = sd->ino;
	inode->i_mode = sd->mode;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	switch (sd->mode & S_IFMT) {
	case S_IFDIR:
		set_nlink(inode, 2);
		inode->i_op = &sysfs_dir_inode_operations;
		inode->i_fop = &sysfs_dir_operations;
		break;
	case S_IFLNK:
		inode->i_op = &simple_symlink_inode_operations;
		inode->i_link = link_text(sd);
		if (!inode->i_link) {
			iput(inode);
			return ERR_PTR(-ENOENT);
		}
		inode->i_size = strlen(inode->i_link);
		break;
	default:
		inode->i_op = &sysfs_dir_inode_operations;
		inode->i_fop = sd->bin ? &sysfs_bin_operations : &sysfs_file_operations;
		inode->i_size = sd->bin ? sd->bin->size : PAGE_SIZE;
	}
	return inode;
}

static void sysfs_evict_inode(struct inode *inode)
{
	clear_inode(inode);
	if (S_ISLNK(inode->i_mode))
		kfree(inode->i_link);
	sysfs_put(inode_sd(inode));
}

static const struct super_operations sysfs_sops = {
	.drop_inode = generic_delete_inode,
	.evict_inode = sysfs_evict_inode,
	.statfs = simple_statfs,
};

static int sysfs_fill_super(struct super_block *sb, void *data, int silent)
{
	struct inode *root;

	sb->s_flags |= SB_NOSUID | SB_NOEXEC;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_magic = SYSFS_MAGIC;
	sb->s_op = &sysfs_sops;
	atomic_inc(&sysfs_root.count);
	root = sysfs_make_inode(sb, &sysfs_root);
	if (IS_ERR(root))
		return PTR_ERR(root);
	sb->s_root = d_make_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

static struct dentry *sysfs_mount(struct file_system_type *type, int flags, const char *dev,
				  void *data)
{
	return mount_single(type, flags, data, sysfs_fill_super);
}

static struct file_system_type sysfs_fs_type = {
	.name = "sysfs",
	.mount = sysfs_mount,
	.kill_sb = kill_anon_super,
};

static int __init sysfs_init(void)
{
	return register_filesystem(&sysfs_fs_type);
}
core_initcall(sysfs_init);
