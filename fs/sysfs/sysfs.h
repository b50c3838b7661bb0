/*
 * The tree behind /sys: a node a directory, file or link. dir.c keeps it, file.c
 * reads and writes, mount.c shows it.
 */
#ifndef FS_SYSFS_SYSFS_H
#define FS_SYSFS_SYSFS_H

#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/sysfs.h>

/* [s] sysfs_mutex  [a] sysfs_lock  [r] atomic  else constant once it is in the tree */
struct sysfs_dirent {
	char *name;				/* [s] a copy of our own */
	umode_t mode;				/* [s] */
	unsigned int ino;
	struct sysfs_dirent *parent;		/* NULL: the top */
	struct list_head children, sibling;	/* [s] */
	struct kobject *kobj;			/* whose directory, or whose file; dead: do not touch */
	const struct attribute *attr;		/* a file's; or */
	const struct bin_attribute *bin;
	struct sysfs_dirent *target;		/* a link's; a reference */
	unsigned int active;			/* [a] methods that run */
	bool dead;				/* [a] removed */
	atomic_t event;				/* [r] counts sysfs_notify() */
	atomic_t count;				/* [r] the tree's, inodes', links' */
};

extern struct mutex sysfs_mutex;
extern struct sysfs_dirent sysfs_root;

/* Into the tree below @parent: 0, -EEXIST, -ENOENT. The reference becomes the tree's. */
struct sysfs_dirent *sysfs_new_dirent(const char *name, umode_t mode, struct kobject *kobj);
int sysfs_add_dirent(struct sysfs_dirent *sd, struct sysfs_dirent *parent);
/* [s] held. */
struct sysfs_dirent *sysfs_find(struct sysfs_dirent *dir, const char *name, size_t len);
/* With all below, out of the tree; returns when no method runs any more. */
void sysfs_remove(struct sysfs_dirent *sd);
int sysfs_remove_name(struct sysfs_dirent *dir, const char *name);
void sysfs_put(struct sysfs_dirent *sd);
/* While true was answered and not given back, sd->kobj and its attribute stay. */
bool sysfs_get_active(struct sysfs_dirent *sd);
void sysfs_put_active(struct sysfs_dirent *sd);

extern const struct file_operations sysfs_file_operations;
extern const struct file_operations sysfs_bin_operations;
extern const struct file_operations sysfs_dir_operations;
extern const struct inode_operations sysfs_dir_inode_operations;
extern const struct inode_operations sysfs_link_inode_operations;
struct inode *sysfs_make_inode(struct super_block *sb, struct sysfs_dirent *sd);

static inline struct sysfs_dirent *inode_sd(const struct inode *inode)
{
	return inode->i_private;
}

#endif
