/*
 * What the files of the VFS core share among themselves and nobody else uses,
 * and the headers that nearly all of them need.
 *
 * Lock order, outermost first:
 *
 *	sb->s_vfs_rename_mutex, inode->i_rwsem (parent before child)
 *	namespace_sem, sb->s_umount
 *	mount_lock, dcache_lock, inode_hash_lock, sb->s_list_lock, inode->i_lock
 */
#ifndef FS_INTERNAL_H
#define FS_INTERNAL_H

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/pipe_fs_i.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

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
int walk_to_parent(struct nameidata *nd, int dfd, const char *name, unsigned int flags);
int walk_last(struct nameidata *nd, bool follow);
void walk_end(struct nameidata *nd);
int step_into(struct nameidata *nd, struct dentry *dentry, bool follow);
struct dentry *lookup_hash(const struct qstr *name, struct dentry *parent, unsigned int flags);
int may_create(struct inode *dir, struct dentry *child);
int may_delete(struct inode *dir, struct dentry *victim, bool isdir);

/* What AT_SYMLINK_NOFOLLOW and AT_EMPTY_PATH ask of a walk: LOOKUP_*. */
static inline unsigned int lookup_how(int at_flags)
{
	return (at_flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
	       (at_flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0);
}

/* namei_open.c */
struct file *do_filp_open(int dfd, const char *name, const struct open_flags *op);

/* read_write.c */
ssize_t call_iter(struct file *file, int type, struct iov_iter *iter, loff_t *pos);

/* open.c */
int vfs_open(const struct path *path, struct file *file);

/* f_op is its own now: what can be done with it. */
static inline void note_opened(struct file *file)
{
	file->f_mode |= FMODE_OPENED;
	if (file->f_mode & FMODE_READ && (file->f_op->read || file->f_op->read_iter))
		file->f_mode |= FMODE_CAN_READ;
	if (file->f_mode & FMODE_WRITE && (file->f_op->write || file->f_op->write_iter))
		file->f_mode |= FMODE_CAN_WRITE;
}

static inline void set_file_flag(struct file *file, unsigned int flag, bool on)
{
	spin_lock(&file->f_lock);
	file->f_flags = on ? file->f_flags | flag : file->f_flags & ~flag;
	spin_unlock(&file->f_lock);
}

static inline void end_writer(struct file *file)
{
	if (file->f_mode & FMODE_WRITER) {
		file->f_mode &= ~FMODE_WRITER;
		put_write_access(file_inode(file));
		mnt_drop_write(file->f_path.mnt);
	}
}

/* namespace.c: the tree of mounts, which mount_calls.c changes */
extern spinlock_t mount_lock;		/* the mount hash, mnt_parent, mnt_mountpoint */
extern struct rw_semaphore namespace_sem;
int attach_mount(struct vfsmount *mnt, const struct path *where);
void detach_mount(struct vfsmount *mnt, struct path *where);
struct vfsmount *clone_mount(const struct path *path);
void set_root_mount(struct vfsmount *mnt);
bool sb_has_writers(struct super_block *sb);

/* super.c */
int do_remount_sb(struct super_block *sb, int flags, void *data, bool force);
struct super_block *user_get_super(dev_t dev);
void drop_super(struct super_block *sb);

/* file.c */
int expand_files(struct files_struct *files, unsigned int fd) __must_hold(&files->file_lock);
int alloc_fd(unsigned int start, unsigned int end, unsigned int flags);

/* libfs.c: a file system nobody walks in, for pipes, anonymous inodes, block devices */
struct pseudo_fs {
	struct file_system_type type;
	unsigned long magic;
	const struct super_operations *s_op;	/* NULL: the simple ones */
	const struct dentry_operations *d_op;
};

struct vfsmount *kern_mount_pseudo(struct pseudo_fs *fs);

/* For files without an end: where SEEK_SET and SEEK_CUR lead, or EINVAL. */
static inline loff_t seek_target(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	return offset < 0 ? -EINVAL : offset;
}

/* inode.c, dcache.c */
void inode_init(void);
void shrink_dcache_for_umount(struct super_block *sb);
/* Between the two nobody frees unused names and inodes for want of memory. */
void names_reclaim_off(void);
void names_reclaim_on(void);
void shrink_dcache_parent(struct dentry *parent);
struct dentry *d_alloc_pseudo(struct super_block *sb, const char *name);
struct dentry *dentry_kill(struct dentry *dentry) __releases(&dcache_lock);
void dentry_lru_add(struct dentry *dentry);
void dentry_lru_del(struct dentry *dentry);
void __d_drop(struct dentry *dentry);
void __d_rehash(struct dentry *dentry);
extern struct list_head dentry_unused;	/* dcache_lock: oldest first */

/* locks.c */
void locks_remove_posix(struct file *file, fl_owner_t owner);
void locks_remove_file(struct file *file);

/* pipe.c, for splice.c; the mutex is held by who fills or empties slots */
bool pipe_readable(const struct pipe_inode_info *pipe);
bool pipe_writable(const struct pipe_inode_info *pipe);
void pipe_release_slot(struct pipe_inode_info *pipe, struct pipe_buffer *buf);
ssize_t pipe_drain(struct pipe_inode_info *pipe, struct iov_iter *to, bool *was_full);
ssize_t pipe_fill(struct pipe_inode_info *pipe, struct iov_iter *from);
void pipe_wake_readers(struct pipe_inode_info *pipe);
void pipe_wake_writers(struct pipe_inode_info *pipe);

/* pipe.c: pipe_open.c puts them into pipefifo_fops */
ssize_t pipe_read(struct kiocb *iocb, struct iov_iter *to);
ssize_t pipe_write(struct kiocb *iocb, struct iov_iter *from);
__poll_t pipe_poll(struct file *file, struct poll_table_struct *table);
long pipe_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

/* eventpoll.c */
void eventpoll_release(struct file *file);
int do_epoll_wait(int epfd, struct epoll_event __user *events, int max, ktime_t *expires,
		  bool no_wait);

/* select.c */
int core_sys_select(int n, __kernel_fd_set __user *sets[3], ktime_t *expires, bool no_wait);
int do_sys_poll(struct pollfd __user *ufds, unsigned int nfds, ktime_t *expires, bool no_wait);

/* direct-io.c: reads and writes past the page cache from now on, or no longer: 0 or -EINVAL. */
int set_direct(struct file *file, bool on);

#endif
