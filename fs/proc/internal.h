/*
 * What the files of /proc share.
 *
 * An entry that somebody registered is a struct proc_dir_entry (generic.c); a
 * process's directory is made up on the spot (base.c).  Both hang on a struct
 * proc_inode.
 */
#ifndef FS_PROC_INTERNAL_H
#define FS_PROC_INTERNAL_H

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct pid;
struct task_struct;

/* [p] proc_lock of generic.c   [r] atomic   else constant once registered */
struct proc_dir_entry {
	const char *name;			/* a copy of our own */
	unsigned int namelen;
	unsigned int low_ino;
	umode_t mode;
	kuid_t uid;
	kgid_t gid;
	unsigned int nlink;			/* [p] */
	loff_t size;
	const struct proc_ops *ops;
	const struct seq_operations *seq_ops;	/* proc_create_seq() */
	int (*single_show)(struct seq_file *, void *); /* proc_create_single() */
	char *target;				/* proc_symlink() */
	void *data;
	struct proc_dir_entry *parent;		/* NULL: the root */
	struct list_head children;		/* [p] */
	struct list_head sibling;		/* [p] on the parent's children */
	struct list_head openers;		/* [p] struct pde_opener */
	bool dead;				/* [p] removed */
	unsigned int in_use;			/* [p] calls inside its methods */
	atomic_t count;				/* [r] the tree's reference, and its inodes' */
};

/* One entry of a process's directory: a file has show, a link to a place get_path. */
struct pid_entry {
	const char *name;
	umode_t mode;
	const struct inode_operations *iop;
	const struct file_operations *fop;
	int (*show)(struct seq_file *m, struct task_struct *task);
	int (*get_path)(const struct inode *inode, struct task_struct *task, struct path *path);
};

struct proc_inode {
	struct proc_dir_entry *pde;		/* a reference; or */
	struct pid *pid;			/* a reference */
	const struct pid_entry *entry;
	int fd;					/* in PID/fd */
	struct inode vfs_inode;
};

static inline struct proc_inode *PROC_I(const struct inode *inode)
{
	return container_of(inode, struct proc_inode, vfs_inode);
}

/* generic.c */
extern struct proc_dir_entry proc_root;
extern spinlock_t proc_lock;
void pde_put(struct proc_dir_entry *pde);
struct dentry *proc_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags);
int proc_readdir(struct file *file, struct dir_context *ctx);
void wake_pde_remover(void);

/* inode.c */
struct inode *proc_get_inode(struct super_block *sb, struct proc_dir_entry *pde);
void proc_close_openers(struct proc_dir_entry *pde);

/* base.c, fd.c */
struct dentry *proc_pid_lookup(struct dentry *dentry);
int proc_pid_readdir(struct file *file, struct dir_context *ctx, loff_t first);
struct inode *proc_pid_make_inode(struct super_block *sb, struct task_struct *task, umode_t mode);
struct task_struct *get_proc_task(const struct inode *inode);
extern const struct inode_operations proc_link_inode_operations;
extern const struct file_operations proc_fd_operations;
extern const struct inode_operations proc_fd_inode_operations;

/* array.c */
int proc_pid_stat(struct seq_file *m, struct task_struct *task);
int proc_pid_statm(struct seq_file *m, struct task_struct *task);
int proc_pid_status(struct seq_file *m, struct task_struct *task);
int proc_pid_cmdline(struct seq_file *m, struct task_struct *task);
int proc_pid_environ(struct seq_file *m, struct task_struct *task);
int proc_pid_maps(struct seq_file *m, struct task_struct *task);
int proc_exe_path(const struct inode *inode, struct task_struct *task, struct path *path);

#endif
