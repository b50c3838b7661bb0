#ifndef _LINUX_FS_STRUCT_H
#define _LINUX_FS_STRUCT_H

#include <linux/path.h>
#include <linux/atomic.h>
#include <linux/spinlock.h>

struct task_struct;

/* Where a process's names start, and its umask.  [l] lock */
struct fs_struct {
	atomic_t users;			/* tasks that share it (CLONE_FS) */
	spinlock_t lock;		/* this is l */
	int umask;			/* [l] */
	struct path root, pwd;		/* [l] */
};

extern struct fs_struct init_fs;
extern struct fs_struct *copy_fs_struct(struct fs_struct *old);
extern void exit_fs(struct task_struct *task);
extern void set_fs_root(struct fs_struct *fs, const struct path *path);
extern void set_fs_pwd(struct fs_struct *fs, const struct path *path);
extern void get_fs_root(struct fs_struct *fs, struct path *root);
extern void get_fs_pwd(struct fs_struct *fs, struct path *pwd);

extern int current_umask(void);

#endif
