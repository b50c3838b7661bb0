/*
 * <linux/fs.h> - the VFS: what every file system and every driver sees of files.
 *
 *   super_block    one mounted file system
 *   inode          one file: what it is, whose, how long, which device
 *   dentry         one name of it (<linux/dcache.h>)
 *   file           one opening of it: position, flags, the driver's private_data
 *   address_space  its contents as cached pages
 *
 * Names and members are Linux 5.10's.  Differences: no locking by RCU, no
 * security modules, no quotas, no user namespaces.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/errno.h>
#include <linux/err.h>
#include <linux/atomic.h>
#include <linux/spinlock.h>
#include <linux/rwsem.h>
#include <linux/mutex.h>
#include <linux/wait.h>
#include <linux/time64.h>
#include <linux/kdev_t.h>
#include <linux/dcache.h>
#include <linux/path.h>
#include <linux/stat.h>
#include <linux/uidgid.h>
#include <linux/radix-tree.h>
#include <linux/uio.h>
#include <linux/fcntl.h>
#include <uapi/linux/fs.h>
#include <uapi/linux/mount.h>

struct address_space;
struct block_device;
struct buffer_head;
struct cdev;
struct cred;
struct fasync_struct;
struct file;
struct file_lock;
struct file_system_type;
struct iattr;
struct inode;
struct kiocb;
struct kstat;
struct kstatfs;
struct module;
struct nameidata;
struct page;
struct pid;
struct pipe_inode_info;
struct poll_table_struct;
struct seq_file;
struct super_block;
struct vfsmount;
struct vm_area_struct;
struct writeback_control;

typedef void *fl_owner_t;

/* What readdir hands each name to. */
struct dir_context;
typedef int (*filldir_t)(struct dir_context *, const char *, int, loff_t, u64, unsigned);

struct dir_context {
	filldir_t actor;
	loff_t pos;
};

static inline bool dir_emit(struct dir_context *ctx, const char *name, int len, u64 ino,
			    unsigned type)
{
	return ctx->actor(ctx, name, len, ctx->pos, ino, type) == 0;
}

struct kiocb {
	struct file *ki_filp;
	loff_t ki_pos;
	int ki_flags;			/* IOCB_* */
	void (*ki_complete)(struct kiocb *iocb, long ret, long ret2);
	void *private;
};

/* One that its caller waits for: nobody is told of its end. */
static inline bool is_sync_kiocb(const struct kiocb *iocb)
{
	return !iocb->ki_complete;
}

#define IOCB_APPEND	0x02
#define IOCB_DIRECT	0x04
#define IOCB_DSYNC	0x10
#define IOCB_SYNC	0x20
#define IOCB_NOWAIT	0x80

/* ------------------------------------------------------------------ operations */

struct file_operations {
	struct module *owner;
	loff_t (*llseek)(struct file *, loff_t, int);
	ssize_t (*read)(struct file *, char __user *, size_t, loff_t *);
	ssize_t (*write)(struct file *, const char __user *, size_t, loff_t *);
	ssize_t (*read_iter)(struct kiocb *, struct iov_iter *);
	ssize_t (*write_iter)(struct kiocb *, struct iov_iter *);
	int (*iopoll)(struct kiocb *kiocb, bool spin);
	int (*iterate)(struct file *, struct dir_context *);
	int (*iterate_shared)(struct file *, struct dir_context *);
	__poll_t (*poll)(struct file *, struct poll_table_struct *);
	long (*unlocked_ioctl)(struct file *, unsigned int, unsigned long);
	long (*compat_ioctl)(struct file *, unsigned int, unsigned long);
	int (*mmap)(struct file *, struct vm_area_struct *);
	unsigned long mmap_supported_flags;
	int (*open)(struct inode *, struct file *);
	int (*flush)(struct file *, fl_owner_t id);
	int (*release)(struct inode *, struct file *);
	int (*fsync)(struct file *, loff_t, loff_t, int datasync);
	int (*fasync)(int, struct file *, int);
	int (*lock)(struct file *, int, struct file_lock *);
	ssize_t (*sendpage)(struct file *, struct page *, int, size_t, loff_t *, int);
	unsigned long (*get_unmapped_area)(struct file *, unsigned long, unsigned long,
					   unsigned long, unsigned long);
	int (*check_flags)(int);
	int (*flock)(struct file *, int, struct file_lock *);
	ssize_t (*splice_write)(struct pipe_inode_info *, struct file *, loff_t *, size_t,
				unsigned int);
	ssize_t (*splice_read)(struct file *, loff_t *, struct pipe_inode_info *, size_t,
			       unsigned int);
	int (*setlease)(struct file *, long, struct file_lock **, void **);
	long (*fallocate)(struct file *file, int mode, loff_t offset, loff_t len);
	void (*show_fdinfo)(struct seq_file *m, struct file *f);
	ssize_t (*copy_file_range)(struct file *, loff_t, struct file *, loff_t, size_t,
				   unsigned int);
	loff_t (*remap_file_range)(struct file *file_in, loff_t pos_in, struct file *file_out,
				   loff_t pos_out, loff_t len, unsigned int remap_flags);
	int (*fadvise)(struct file *, loff_t, loff_t, int);
};

struct inode_operations {
	struct dentry *(*lookup)(struct inode *, struct dentry *, unsigned int);
	const char *(*get_link)(struct dentry *, struct inode *); /* stays good as long as the inode */
	int (*jump_link)(struct dentry *, struct path *);	/* /proc: to a place, whatever its name */
	int (*permission)(struct inode *, int);
	int (*readlink)(struct dentry *, char __user *, int);
	int (*create)(struct inode *, struct dentry *, umode_t, bool);
	int (*link)(struct dentry *, struct inode *, struct dentry *);
	int (*unlink)(struct inode *, struct dentry *);
	int (*symlink)(struct inode *, struct dentry *, const char *);
	int (*mkdir)(struct inode *, struct dentry *, umode_t);
	int (*rmdir)(struct inode *, struct dentry *);
	int (*mknod)(struct inode *, struct dentry *, umode_t, dev_t);
	int (*rename)(struct inode *, struct dentry *, struct inode *, struct dentry *,
		      unsigned int);
	int (*setattr)(struct dentry *, struct iattr *);
	int (*getattr)(const struct path *, struct kstat *, u32, unsigned int);
};

struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);
	void (*free_inode)(struct inode *);
	int (*write_inode)(struct inode *, struct writeback_control *wbc);
	int (*drop_inode)(struct inode *);		/* 1: forget it at the last reference */
	void (*evict_inode)(struct inode *);
	void (*put_super)(struct super_block *);
	int (*sync_fs)(struct super_block *sb, int wait);
	int (*statfs)(struct dentry *, struct kstatfs *);
	int (*remount_fs)(struct super_block *, int *, char *);
	int (*show_options)(struct seq_file *, struct dentry *);
};

struct address_space_operations {
	int (*writepage)(struct page *page, struct writeback_control *wbc);
	int (*readpage)(struct file *, struct page *);
	int (*writepages)(struct address_space *, struct writeback_control *);
	int (*set_page_dirty)(struct page *page);
	int (*readpages)(struct file *filp, struct address_space *mapping,
			 struct list_head *pages, unsigned nr_pages);
	int (*write_begin)(struct file *, struct address_space *mapping, loff_t pos, unsigned len,
			   unsigned flags, struct page **pagep, void **fsdata);
	int (*write_end)(struct file *, struct address_space *mapping, loff_t pos, unsigned len,
			 unsigned copied, struct page *page, void *fsdata);
	/* before the first store to a locked page of a mapping: room for it; NULL: none is needed */
	int (*make_room)(struct page *page);
	/* on a disk: where a block of the file lies, into bh; a hole is filled if create */
	int (*get_block)(struct inode *, sector_t block, struct buffer_head *bh, int create);
	/* of a file with O_DIRECT, so that others need not look for it; NULL: that is EINVAL */
	const struct file_operations *direct_fops;
};

/* ------------------------------------------------------------------ objects */

/*
 * The cached contents of an inode or a block device.
 * [x] tree_lock, irq-safe (the end of a transfer clears marks)
 * [m] i_mmap_lock        [r] atomic
 */
struct address_space {
	struct inode *host;			/* constant */
	spinlock_t tree_lock;			/* this is x */
	struct radix_tree_root i_pages;		/* [x] by page index, marks: dirty, writeback */
	unsigned long nrpages;			/* [x] */
	spinlock_t i_mmap_lock;			/* this is m */
	struct list_head i_mmap;		/* [m] the vmas that map it */
	atomic_t i_mmap_writable;		/* [r] shared writable ones among them */
	const struct address_space_operations *a_ops; /* constant */
	unsigned long flags;			/* [a] AS_EIO, AS_ENOSPC: errors not yet told */
	gfp_t gfp_mask;
	spinlock_t private_lock;		/* the buffer heads of its pages */
	struct list_head private_list;		/* [private_lock] buffers fsync must write too */
};

#define PAGECACHE_TAG_NONE	(-1)
#define PAGECACHE_TAG_DIRTY	0
#define PAGECACHE_TAG_WRITEBACK	1
#define PAGECACHE_TAG_TOWRITE	2

enum { AS_EIO, AS_ENOSPC, AS_UNEVICTABLE };

/* umount2(): these live here because the kernel's MNT_ flags are a mount's own */
#define MNT_FORCE	0x1
#define MNT_DETACH	0x2
#define MNT_EXPIRE	0x4
#define UMOUNT_NOFOLLOW	0x8

/*
 * [l] i_lock   [s] i_rwsem (writing; readers of sizes use i_size_read)   [r] atomic
 * [h] the inode hash's lock   [b] the super block's list locks   else constant once read in
 */
struct inode {
	umode_t i_mode;				/* [s] */
	kuid_t i_uid;				/* [s] */
	kgid_t i_gid;				/* [s] */
	unsigned int i_flags;			/* [l] S_* */
	const struct inode_operations *i_op;
	struct super_block *i_sb;
	struct address_space *i_mapping;	/* &i_data, or the block device's */
	unsigned long i_ino;
	unsigned int i_nlink;			/* [s] */
	dev_t i_rdev;
	loff_t i_size;				/* [s] */
	struct timespec64 i_atime, i_mtime, i_ctime; /* [l] */
	spinlock_t i_lock;			/* this is l */
	unsigned short i_bytes;			/* [l] */
	u8 i_blkbits;
	blkcnt_t i_blocks;			/* [l] in 512-byte units */
	unsigned long i_state;			/* [l] I_* */
	struct rw_semaphore i_rwsem;		/* this is s */
	unsigned long dirtied_when;		/* [b] jiffies */
	struct hlist_node i_hash;		/* [h] */
	struct list_head i_io_list;		/* [b] dirty inodes */
	struct list_head i_lru;			/* [b] unused inodes */
	struct list_head i_sb_list;		/* [b] all of the super block's */
	struct hlist_head i_dentry;		/* dcache_lock: its names */
	atomic_t i_count;			/* [r] references */
	atomic_t i_writecount;			/* [r] >0 writers, <0 being run (ETXTBSY) */
	const struct file_operations *i_fop;
	struct list_head i_flock;		/* [l] struct file_lock */
	struct address_space i_data;
	struct list_head i_devices;		/* cdev_lock: on the cdev's list */
	union {
		struct pipe_inode_info *i_pipe;	/* [l] */
		struct block_device *i_bdev;	/* bdev_lock */
		struct cdev *i_cdev;		/* cdev_lock */
		char *i_link;
		unsigned int i_dir_seq;
	};
	u32 i_generation;
	void *i_private;
};

#define I_DIRTY_SYNC		(1 << 0)
#define I_DIRTY_DATASYNC	(1 << 1)
#define I_DIRTY_PAGES		(1 << 2)
#define I_NEW			(1 << 3)	/* being read in: others wait */
#define I_WILL_FREE		(1 << 4)
#define I_FREEING		(1 << 5)
#define I_CLEAR			(1 << 6)
#define I_SYNC			(1 << 7)	/* being written */
#define I_REFERENCED		(1 << 8)
#define I_DIRTY_TIME		(1 << 11)
#define I_DIRTY_INODE		(I_DIRTY_SYNC | I_DIRTY_DATASYNC)
#define I_DIRTY			(I_DIRTY_INODE | I_DIRTY_PAGES)

/* i_flags */
#define S_SYNC		1
#define S_NOATIME	2
#define S_APPEND	4
#define S_IMMUTABLE	8
#define S_DEAD		16		/* removed directory, still open */
#define S_PRIVATE	512

struct fown_struct {
	spinlock_t lock;		/* [l] guards what follows */
	struct pid *pid;		/* [l] who gets SIGIO */
	int pid_type;			/* [l] */
	kuid_t uid, euid;		/* [l] of who asked */
	int signum;			/* [l] 0: SIGIO */
};

/* Sequential or not: what read-ahead remembers of one opening. */
struct file_ra_state {
	pgoff_t start;			/* of the current window */
	unsigned int size;		/* its pages */
	unsigned int async_size;	/* reading this many before its end starts the next */
	unsigned int ra_pages;		/* the most a window may have */
	loff_t prev_pos;		/* where the last read ended */
};

/* [l] f_lock   [p] f_pos_lock   [r] atomic   else constant once open */
struct file {
	struct path f_path;
	struct inode *f_inode;
	const struct file_operations *f_op;
	spinlock_t f_lock;			/* this is l */
	atomic_long_t f_count;			/* [r] */
	unsigned int f_flags;			/* [l] O_* */
	fmode_t f_mode;
	struct mutex f_pos_lock;		/* this is p */
	loff_t f_pos;				/* [p] when the file is shared */
	struct fown_struct f_owner;
	const struct cred *f_cred;
	struct file_ra_state f_ra;		/* a hint: torn values do no harm */
	u64 f_version;
	void *private_data;			/* the driver's */
	struct list_head f_ep_links;		/* fs/eventpoll.c: its items */
	struct address_space *f_mapping;
};

#define f_dentry	f_path.dentry

#define FMODE_READ		((__force fmode_t)0x1)
#define FMODE_WRITE		((__force fmode_t)0x2)
#define FMODE_LSEEK		((__force fmode_t)0x4)
#define FMODE_PREAD		((__force fmode_t)0x8)
#define FMODE_PWRITE		((__force fmode_t)0x10)
#define FMODE_EXEC		((__force fmode_t)0x20)
#define FMODE_NDELAY		((__force fmode_t)0x40)
#define FMODE_EXCL		((__force fmode_t)0x80)
#define FMODE_PATH		((__force fmode_t)0x4000)
#define FMODE_ATOMIC_POS	((__force fmode_t)0x8000)		/* regular file or directory: f_pos_lock taken */
#define FMODE_WRITER		((__force fmode_t)0x10000)		/* counts in i_writecount and mnt_want_write */
#define FMODE_CAN_READ		((__force fmode_t)0x20000)
#define FMODE_CAN_WRITE		((__force fmode_t)0x40000)
#define FMODE_OPENED		((__force fmode_t)0x80000)
#define FMODE_STREAM		((__force fmode_t)0x200000)

/* [b] s_list_lock   [u] s_umount   else constant once mounted */
struct super_block {
	struct list_head s_list;		/* sb_lock: all super blocks */
	dev_t s_dev;
	unsigned char s_blocksize_bits;
	unsigned long s_blocksize;
	loff_t s_maxbytes;
	struct file_system_type *s_type;
	const struct super_operations *s_op;
	unsigned long s_flags;			/* [u] SB_* */
	unsigned long s_magic;
	struct dentry *s_root;
	struct rw_semaphore s_umount;		/* this is u */
	int s_count;				/* sb_lock: references to the struct */
	atomic_t s_active;			/* mounts of it */
	atomic_t s_remove_count;		/* inodes whose last name is gone, but which are in use */
	int s_readonly_remount;			/* [u] it turns read-only: no new writers */
	struct block_device *s_bdev;
	spinlock_t s_list_lock;			/* this is b */
	struct list_head s_inodes;		/* [b] all inodes */
	struct list_head s_dirty;		/* [b] dirty inodes, oldest first */
	struct mutex s_vfs_rename_mutex;	/* one directory rename at a time */
	char s_id[32];				/* "hda1", for messages */
	void *s_fs_info;			/* the file system's */
	u32 s_time_gran;			/* in ns */
	const struct dentry_operations *s_d_op;
};

#define MAX_LFS_FILESIZE ((loff_t)ULONG_MAX << PAGE_SHIFT)	/* pages are counted in 32 bits */

#define SB_RDONLY	1
#define SB_NOSUID	2
#define SB_NODEV	4
#define SB_NOEXEC	8
#define SB_SYNCHRONOUS	16
#define SB_MANDLOCK	64
#define SB_DIRSYNC	128
#define SB_NOATIME	1024
#define SB_NODIRATIME	2048
#define SB_SILENT	32768
#define SB_ACTIVE	(1 << 30)
#define SB_BORN		(1 << 29)

struct file_system_type {
	const char *name;
	int fs_flags;
	struct dentry *(*mount)(struct file_system_type *, int flags, const char *dev, void *data);
	void (*kill_sb)(struct super_block *);
	struct module *owner;
	struct file_system_type *next;		/* file_systems_lock */
};

#define FS_REQUIRES_DEV	1

/* What a change of attributes asks for: ATTR_* says which members count. */
struct iattr {
	unsigned int ia_valid;
	umode_t ia_mode;
	kuid_t ia_uid;
	kgid_t ia_gid;
	loff_t ia_size;
	struct timespec64 ia_atime, ia_mtime, ia_ctime;
};

#define ATTR_MODE	(1 << 0)
#define ATTR_UID	(1 << 1)
#define ATTR_GID	(1 << 2)
#define ATTR_SIZE	(1 << 3)
#define ATTR_ATIME	(1 << 4)
#define ATTR_MTIME	(1 << 5)
#define ATTR_CTIME	(1 << 6)
#define ATTR_ATIME_SET	(1 << 7)
#define ATTR_MTIME_SET	(1 << 8)
#define ATTR_FORCE	(1 << 9)
#define ATTR_KILL_SUID	(1 << 11)
#define ATTR_KILL_SGID	(1 << 12)
#define ATTR_TOUCH	(1 << 17)

#define MAY_EXEC	1
#define MAY_WRITE	2
#define MAY_READ	4
#define MAY_APPEND	8
#define MAY_ACCESS	16
#define MAY_OPEN	32
#define MAY_CHDIR	64

/* ------------------------------------------------------------------ small helpers */

extern char *file_path(struct file *file, char *buf, int buflen);

static inline struct inode *file_inode(const struct file *file)
{
	return file->f_inode;
}

static inline struct dentry *file_dentry(const struct file *file)
{
	return file->f_path.dentry;
}

static inline unsigned iminor(const struct inode *inode)
{
	return MINOR(inode->i_rdev);
}

static inline unsigned imajor(const struct inode *inode)
{
	return MAJOR(inode->i_rdev);
}

static inline bool sb_rdonly(const struct super_block *sb)
{
	return sb->s_flags & SB_RDONLY;
}

#define IS_RDONLY(inode)	sb_rdonly((inode)->i_sb)
#define IS_APPEND(inode)	((inode)->i_flags & S_APPEND)
#define IS_IMMUTABLE(inode)	((inode)->i_flags & S_IMMUTABLE)
#define IS_DEADDIR(inode)	((inode)->i_flags & S_DEAD)
#define IS_NOATIME(inode)	((inode)->i_flags & S_NOATIME || (inode)->i_sb->s_flags & SB_NOATIME)

/*
 * i_size is 64 bits wide and one store writes 32: on many CPUs a reader without
 * i_rwsem could see half of a change.  Both halves are moved by one cmpxchg8b.
 */
extern loff_t i_size_read(const struct inode *inode);
extern void i_size_write(struct inode *inode, loff_t size);

/* Several inodes at once, in this order: two parents, or a parent and the directory under it. */
enum inode_i_mutex_lock_class { I_MUTEX_NORMAL, I_MUTEX_PARENT, I_MUTEX_CHILD, I_MUTEX_PARENT2 };

#define inode_lock(inode)		down_write(&(inode)->i_rwsem)
#define inode_lock_nested(inode, class)	down_write_nested(&(inode)->i_rwsem, class)
#define inode_unlock(inode)		up_write(&(inode)->i_rwsem)
#define inode_lock_shared(inode)	down_read(&(inode)->i_rwsem)
#define inode_unlock_shared(inode)	up_read(&(inode)->i_rwsem)

static inline struct file *get_file(struct file *file)
{
	atomic_long_inc(&file->f_count);
	return file;
}

#define file_count(file)	atomic_long_read(&(file)->f_count)

#include <linux/fs_calls.h>

#endif
