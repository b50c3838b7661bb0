/*
 * <linux/fs_calls.h> - what the VFS does for file systems and drivers, by the
 * file of fs/ that does it.  Included by <linux/fs.h> only.
 */
#ifndef _LINUX_FS_CALLS_H
#define _LINUX_FS_CALLS_H

#include <linux/fs.h>

/* super.c, filesystems.c, namespace.c */
extern int register_filesystem(struct file_system_type *type);
extern int unregister_filesystem(struct file_system_type *type);
extern int filesystems_show(struct seq_file *m, void *v);	/* /proc/filesystems */
extern int for_each_disk_filesystem(int (*try)(struct file_system_type *type, void *arg),
				    void *arg);
extern struct file_system_type *get_fs_type(const char *name);
extern struct dentry *mount_bdev(struct file_system_type *type, int flags, const char *dev,
				 void *data, int (*fill_super)(struct super_block *, void *, int));
extern struct dentry *mount_nodev(struct file_system_type *type, int flags, void *data,
				  int (*fill_super)(struct super_block *, void *, int));
extern struct dentry *mount_single(struct file_system_type *type, int flags, void *data,
				   int (*fill_super)(struct super_block *, void *, int));
extern void kill_block_super(struct super_block *sb);
extern void kill_anon_super(struct super_block *sb);
extern void kill_litter_super(struct super_block *sb);
extern void generic_shutdown_super(struct super_block *sb);
extern void deactivate_super(struct super_block *sb);
extern void for_each_super(void (*f)(struct super_block *, void *), void *arg, bool changes);

/* inode.c */
extern void inode_init_once(struct inode *inode);
extern struct inode *new_inode(struct super_block *sb);
extern struct inode *iget_locked(struct super_block *sb, unsigned long ino);
extern void unlock_new_inode(struct inode *inode);
extern void iget_failed(struct inode *inode);
extern int insert_inode_locked(struct inode *inode);
extern void ihold(struct inode *inode);
extern struct inode *igrab(struct inode *inode);
extern void iput(struct inode *inode);
extern void clear_inode(struct inode *inode);
extern void make_bad_inode(struct inode *inode);
extern bool is_bad_inode(struct inode *inode);
extern void remove_inode_hash(struct inode *inode);
extern int generic_delete_inode(struct inode *inode);
extern void inode_sync_complete(struct inode *inode);
extern void evict_inodes(struct super_block *sb);
extern unsigned long prune_icache(unsigned long nr);
extern void set_nlink(struct inode *inode, unsigned int nlink);
extern void inc_nlink(struct inode *inode);
extern void drop_nlink(struct inode *inode);
extern void clear_nlink(struct inode *inode);
extern unsigned int get_next_ino(void);
extern void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev);
extern void inode_init_owner(struct inode *inode, const struct inode *dir, umode_t mode);
extern struct timespec64 current_time(struct inode *inode);
extern void touch_atime(const struct path *path);
extern int file_update_time(struct file *file);
extern void inode_add_bytes(struct inode *inode, loff_t bytes);

/* i_writecount: who has a file open for writing keeps others from running it, and back. */
static inline int get_write_access(struct inode *inode)
{
	return atomic_inc_unless_negative(&inode->i_writecount) ? 0 : -ETXTBSY;
}

static inline void put_write_access(struct inode *inode)
{
	atomic_dec(&inode->i_writecount);
}

static inline int deny_write_access(struct file *file)
{
	return atomic_dec_unless_positive(&file_inode(file)->i_writecount) ? 0 : -ETXTBSY;
}

static inline void allow_write_access(struct file *file)
{
	if (file)
		atomic_inc(&file_inode(file)->i_writecount);
}

static inline int iocb_flags(struct file *file)
{
	int flags = 0;

	if (likely(!(file->f_flags & (O_APPEND | O_DIRECT | O_DSYNC | __O_SYNC))))
		return 0;
	if (file->f_flags & O_APPEND)
		flags |= IOCB_APPEND;
	if (file->f_flags & O_DIRECT)
		flags |= IOCB_DIRECT;
	if (file->f_flags & O_DSYNC)
		flags |= IOCB_DSYNC;
	if (file->f_flags & __O_SYNC)
		flags |= IOCB_SYNC;
	return flags;
}

/* A use of the module that the methods lie in; needs <linux/module.h>. */
#define fops_get(fops) \
	(((fops) && try_module_get((fops)->owner)) ? (fops) : NULL)
#define fops_put(fops) \
	do { if ((fops) && (fops)->owner) module_put((fops)->owner); } while (0)
/* For open methods that find the real ones: the old use ends, the new one is given. */
#define replace_fops(file, fops) \
	do { fops_put((file)->f_op); (file)->f_op = (fops); } while (0)

static inline void file_accessed(struct file *file)
{
	if (!(file->f_flags & O_NOATIME))
		touch_atime(&file->f_path);
}

/* writeback.c */
extern void __mark_inode_dirty(struct inode *inode, int flags);
extern int write_inode_now(struct inode *inode, int sync);
extern int sync_inode_metadata(struct inode *inode, int wait);
extern void sync_inodes_sb(struct super_block *sb);
extern int sync_filesystem(struct super_block *sb);
/* All file systems and block devices, and wait: sync(2). */
extern void sync_everything(void);
/* … and read-only from then on, with "put away in order" on the disks: the power goes. */
extern void put_away_filesystems(void);

static inline void mark_inode_dirty(struct inode *inode)
{
	__mark_inode_dirty(inode, I_DIRTY);
}

static inline void mark_inode_dirty_sync(struct inode *inode)
{
	__mark_inode_dirty(inode, I_DIRTY_SYNC);
}

/* attr.c, permission in namei.c */
extern int setattr_prepare(struct dentry *dentry, struct iattr *attr);
extern int simple_setattr(struct dentry *dentry, struct iattr *attr);
extern void setattr_copy(struct inode *inode, const struct iattr *attr);
extern int notify_change(struct dentry *dentry, struct iattr *attr);
extern int inode_permission(struct inode *inode, int mask);
extern int generic_permission(struct inode *inode, int mask);
extern bool inode_owner_or_capable(const struct inode *inode);
extern int file_remove_privs(struct file *file);
extern void generic_fillattr(struct inode *inode, struct kstat *stat);
extern int vfs_getattr(const struct path *path, struct kstat *stat, u32 mask, unsigned flags);

/* namei.c */
extern int vfs_create(struct inode *dir, struct dentry *dentry, umode_t mode, bool excl);
extern int vfs_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode);
extern int vfs_mknod(struct inode *dir, struct dentry *dentry, umode_t mode, dev_t dev);
extern int vfs_symlink(struct inode *dir, struct dentry *dentry, const char *target);
extern int vfs_link(struct dentry *old, struct inode *dir, struct dentry *new);
extern int vfs_rmdir(struct inode *dir, struct dentry *dentry);
extern int vfs_unlink(struct inode *dir, struct dentry *dentry);
extern int vfs_rename(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
		      struct dentry *new_dentry, unsigned int flags);
extern const char *page_get_link(struct dentry *dentry, struct inode *inode);
extern int page_symlink(struct inode *inode, const char *target, int len);
extern const char *vfs_get_link(struct dentry *dentry);
extern const struct inode_operations simple_symlink_inode_operations;

/* open.c, file.c, file_table.c */
extern struct file *open_exec(const char *name);
extern struct file *filp_open(const char *name, int flags, umode_t mode);
extern struct file *dentry_open(const struct path *path, int flags, const struct cred *cred);
extern int filp_close(struct file *file, fl_owner_t id);
extern int do_truncate(struct dentry *dentry, loff_t length);
extern int nonseekable_open(struct inode *inode, struct file *file);
extern int stream_open(struct inode *inode, struct file *file);
extern int generic_file_open(struct inode *inode, struct file *file);
extern int simple_open(struct inode *inode, struct file *file);
extern struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt, const char *name,
				      int flags, const struct file_operations *fops);
extern void fput(struct file *file);
extern int get_unused_fd_flags(unsigned flags);
extern void put_unused_fd(unsigned int fd);
extern void fd_install(unsigned int fd, struct file *file);
extern struct file *fget(unsigned int fd);
extern struct file *fget_raw(unsigned int fd);

/* read_write.c, libfs.c */
extern ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos);
extern ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos);
extern ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos);
extern ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos);
extern loff_t vfs_llseek(struct file *file, loff_t offset, int whence);
extern loff_t no_llseek(struct file *file, loff_t offset, int whence);
#define compat_ptr_ioctl	NULL		/* a long has one size here */
extern loff_t noop_llseek(struct file *file, loff_t offset, int whence);
extern loff_t default_llseek(struct file *file, loff_t offset, int whence);
extern loff_t generic_file_llseek(struct file *file, loff_t offset, int whence);
extern loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size);
extern ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *pos,
				       const void *from, size_t available);
extern ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *pos,
				      const void __user *from, size_t count);
extern int vfs_fsync(struct file *file, int datasync);
extern int vfs_fsync_range(struct file *file, loff_t start, loff_t end, int datasync);
extern int iterate_dir(struct file *file, struct dir_context *ctx);
extern long vfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

extern ssize_t generic_read_dir(struct file *file, char __user *buf, size_t count, loff_t *pos);
extern const struct file_operations simple_dir_operations;
extern struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags);
extern int simple_getattr(const struct path *path, struct kstat *stat, u32 mask, unsigned flags);
extern int simple_link(struct dentry *old, struct inode *dir, struct dentry *dentry);
extern int simple_unlink(struct inode *dir, struct dentry *dentry);
extern int simple_rmdir(struct inode *dir, struct dentry *dentry);
extern int simple_rename(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
			 struct dentry *new_dentry, unsigned int flags);
extern int simple_statfs(struct dentry *dentry, struct kstatfs *buf);
extern int always_delete_dentry(const struct dentry *dentry);
extern bool dir_emit_dots(struct file *file, struct dir_context *ctx);
extern int noop_fsync(struct file *file, loff_t start, loff_t end, int datasync);

/* filemap.c */
extern ssize_t generic_file_read_iter(struct kiocb *iocb, struct iov_iter *to);
extern ssize_t generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from);
extern ssize_t __generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from);
extern ssize_t generic_write_sync(struct kiocb *iocb, ssize_t count);
extern int generic_file_mmap(struct file *file, struct vm_area_struct *vma);
extern int generic_file_fsync(struct file *file, loff_t start, loff_t end, int datasync);
extern int filemap_write_and_wait(struct address_space *mapping);
extern int filemap_write_and_wait_range(struct address_space *mapping, loff_t start, loff_t end);
extern void file_ra_state_init(struct file_ra_state *ra, struct address_space *mapping);
extern void address_space_init_once(struct address_space *mapping);

/* char_dev.c, block_dev.c */
extern int register_chrdev(unsigned int major, const char *name,
			   const struct file_operations *fops);
extern void unregister_chrdev(unsigned int major, const char *name);
extern int register_chrdev_region(dev_t from, unsigned count, const char *name);
extern int alloc_chrdev_region(dev_t *dev, unsigned baseminor, unsigned count, const char *name);
extern void unregister_chrdev_region(dev_t from, unsigned count);
extern const struct file_operations def_chr_fops;
extern const struct file_operations def_blk_fops;
extern const struct file_operations pipefifo_fops;

/* splice.c: the splice_read and splice_write of files with read_iter and write_iter */
extern ssize_t generic_file_splice_read(struct file *in, loff_t *ppos,
					struct pipe_inode_info *pipe, size_t len,
					unsigned int flags);
extern ssize_t iter_file_splice_write(struct pipe_inode_info *pipe, struct file *out, loff_t *ppos,
				      size_t len, unsigned int flags);

/* fcntl.c */
extern int fasync_helper(int fd, struct file *file, int on, struct fasync_struct **queue);
extern void kill_fasync(struct fasync_struct **queue, int sig, int band);
extern int f_setown(struct file *file, int who, int force);

/*
 * A file with one number: get() and set() take the inode's i_private, either may be NULL.
 */
int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *),
		     int (*set)(void *, u64), const char *fmt);
int simple_attr_release(struct inode *inode, struct file *file);
ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *pos);
ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *pos);
#define DEFINE_SIMPLE_ATTRIBUTE(__fops, __get, __set, __fmt)		\
static int __fops##_open(struct inode *inode, struct file *file)	\
{									\
	return simple_attr_open(inode, file, __get, __set, __fmt);	\
}									\
static const struct file_operations __fops = {				\
	.owner = THIS_MODULE,						\
	.open = __fops##_open,						\
	.release = simple_attr_release,					\
	.read = simple_attr_read,					\
	.write = simple_attr_write,					\
	.llseek = generic_file_llseek,					\
}

#endif
