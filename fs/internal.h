/*
 * What the files of the VFS core share among themselves and nobody else uses.
 *
 * Lock order, outermost first:
 *
 *	sb->s_vfs_rename_mutex, inode->i_rwsem (parent before child)
 *	namespace_sem, sb->s_umount
 *	mount_lock, dcache_lock, inode_hash_lock, sb->s_list_lock, inode->i_lock
 */
#ifndef FS_INTERNAL_H
#define FS_INTERNAL_H

#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>

struct cred;
struct files_struct;

/* How a file is to be opened: open()'s flags, told apart by who needs them. */
struct open_flags {
	int open_flag;			/* O_* */
	umode_t mode;			/* of a file that is created */
	int acc_mode;			/* MAY_* */
	int lookup_flags;		/* LOOKUP_* */
};

/* namei.c: one walk along a path.  Everything in it belongs to the walker. */
struct nameidata {
	struct path path;		/* where the walk stands; a reference */
	struct path root;		/* where "/" is for this walk; a reference */
	struct qstr last;		/* the name not yet looked up */
	int last_type;			/* LAST_* */
	bool last_slash;		/* slashes follow it: it must be a directory */
	unsigned int flags;		/* LOOKUP_* */
	unsigned int links;		/* symlinks followed so far */
	const char *name;		/* what is left of the path */
	char *expanded;			/* where name points once a symlink was met; ours */
};

enum { LAST_NORM, LAST_ROOT, LAST_DOT, LAST_DOTDOT };

int walk_begin(struct nameidata *nd, int dfd, const char *name, unsigned int flags);
int walk_to_last(struct nameidata *nd);
int walk_last(struct nameidata *nd, bool follow);
void walk_end(struct nameidata *nd);
int step_into(struct nameidata *nd, struct dentry *dentry, bool follow);
struct dentry *lookup_hash(const struct qstr *name, struct dentry *parent, unsigned int flags);
int may_create(struct inode *dir, struct dentry *child);
int may_delete(struct inode *dir, struct dentry *victim, bool isdir);

/* namei_open.c */
struct file *do_filp_open(int dfd, struct filename *name, const struct open_flags *op);

/* open.c */
int vfs_open(const struct path *path, struct file *file);
int build_open_flags(int flags, umode_t mode, struct open_flags *op);

/* namespace.c */
extern spinlock_t mount_lock;		/* the mount hash, mnt_parent, mnt_mountpoint */
void set_root_mount(struct vfsmount *mnt);
bool sb_has_writers(struct super_block *sb);

/* remount.c */
int do_remount_sb(struct super_block *sb, int flags, void *data, bool force);

/* super.c */
void iterate_supers_exclusive(void (*f)(struct super_block *, void *), void *arg);
struct super_block *user_get_super(dev_t dev);
void drop_super(struct super_block *sb);

/* file.c */
int expand_files(struct files_struct *files, unsigned int fd);
int alloc_fd(unsigned int start, unsigned int end, unsigned int flags);

/* inode.c, dcache.c */
void inode_init(void);
void shrink_dcache_for_umount(struct super_block *sb);
/* Between the two nobody frees unused names and inodes for want of memory. */
void names_reclaim_off(void);
void names_reclaim_on(void);
void shrink_dcache_parent(struct dentry *parent);
struct dentry *d_alloc_pseudo(struct super_block *sb, const char *name);
struct dentry *dentry_kill(struct dentry *dentry);
void dentry_lru_add(struct dentry *dentry);
void dentry_lru_del(struct dentry *dentry);
void __d_drop(struct dentry *dentry);
void __d_rehash(struct dentry *dentry);
extern struct list_head dentry_unused;	/* dcache_lock: oldest first */

/* locks.c */
void locks_remove_posix(struct file *file, fl_owner_t owner);
void locks_remove_file(struct file *file);

/* fcntl.c, attr.c */
int do_fcntl_setfl(struct file *file, unsigned int arg);
int inode_change_ok(const struct inode *inode, struct iattr *attr);

#endif
