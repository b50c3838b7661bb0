/* tmpfs, shared by its two files and by devtmpfs, which is one with nodes that come by themselves. */
#ifndef FS_RAMFS_H
#define FS_RAMFS_H

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/magic.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

/* [l] lock */
struct tmpfs_sb_info {
	spinlock_t lock;		/* this is l */
	unsigned long max_pages;	/* [l] size=; 0: no limit */
	unsigned long used_pages;	/* [l] of files */
	umode_t mode;			/* of the root: mode= */
	kuid_t uid;
	kgid_t gid;
};

struct inode *tmpfs_get_inode(struct super_block *sb, const struct inode *dir, umode_t mode,
			      dev_t dev);
int tmpfs_fill_super(struct super_block *sb, void *data, int silent);
void tmpfs_kill_sb(struct super_block *sb);
int tmpfs_parse_options(struct tmpfs_sb_info *sbi, char *options);

extern const struct super_operations tmpfs_ops;
extern struct file_system_type ramfs_type;

#endif
