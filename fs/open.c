/*
 * open(): from a path and flags to a descriptor.  The first of the five journeys.
 *
 *	sys_open()
 *	  do_sys_open()		flags are sorted out, a free descriptor is reserved
 *	    do_filp_open()	walks the path (namei_open.c) and asks for permission
 *	      vfs_open()	the inode's methods become the file's; its open method
 *	        chrdev_open()	… for a device node: finds the driver by major and
 *				minor (char_dev.c) and calls ITS open method
 *	    fd_install()	the descriptor is live
 *
 * Context: process; may sleep.
 */
#include "internal.h"

/* Special files are not written to through their inode: no writer of it, and no EROFS. */
static bool counts_as_writer(const struct inode *inode)
{
	return S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode) || S_ISLNK(inode->i_mode);
}

/* Permission to write, of the kind that is taken back when the file is closed. */
static int become_writer(struct file *file, struct inode *inode)
{
	int err = get_write_access(inode);

	if (err)
		return err;
	err = mnt_want_write(file->f_path.mnt);
	if (err) {
		put_write_access(inode);
		return err;
	}
	file->f_mode |= FMODE_WRITER;
	return 0;
}

/* Calls the open method, which may put other methods in f_op (chrdev_open does). */
static int call_open(struct inode *inode, struct file *file)
{
	int err = 0;

	file->f_op = fops_get(inode->i_fop);
	if (!file->f_op)
		return -ENODEV;
	if (file->f_op->open)
		err = file->f_op->open(inode, file);
	if (err) {
		fops_put(file->f_op);
		return err;
	}
	note_opened(file);
	return 0;
}

/*
 * Makes file, fresh from alloc_empty_file(), an opening of path.  0 or the
 * error of the open method; the file then only serves for fput().
 */
int vfs_open(const struct path *path, struct file *file)
{
	static const struct file_operations no_fops;
	struct inode *inode = d_inode(path->dentry);
	int err;

	file->f_path = *path;
	path_get(path);
	file->f_inode = inode;
	file->f_mapping = inode->i_mapping;
	if (unlikely(file->f_flags & O_PATH)) {
		file->f_mode = FMODE_PATH | FMODE_OPENED;
		file->f_op = &no_fops;
		return 0;
	}
	if (file->f_mode & FMODE_WRITE && counts_as_writer(inode)) {
		err = become_writer(file, inode);
		if (err)
			goto out_put_path;
	}
	if (S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode))
		file->f_mode |= FMODE_ATOMIC_POS;
	err = call_open(inode, file);
	if (err)
		goto out_end_writer;
	file->f_flags &= ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC);
	file_ra_state_init(&file->f_ra, file->f_mapping);
	/* Open already: when this fails fput() undoes it all. */
	return unlikely(file->f_flags & O_DIRECT) ? set_direct(file, true) : 0;
out_end_writer:
	end_writer(file);
out_put_path:
	path_put(path);
	file->f_path.mnt = NULL;
	file->f_path.dentry = NULL;
	file->f_inode = NULL;
	return err;
}

/* What open() understands; other bits are dropped, as Linux does. */
#define VALID_OPEN_FLAGS \
	(O_RDONLY | O_WRONLY | O_RDWR | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND | \
	 O_NDELAY | O_NONBLOCK | __O_SYNC | O_DSYNC | FASYNC | O_DIRECT | O_LARGEFILE | \
	 O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC | O_PATH | __O_TMPFILE)

/* open()'s flags and mode, sorted.  EINVAL for combinations that make no sense. */
static int build_open_flags(int flags, umode_t mode, struct open_flags *op)
{
	static const u8 acc_modes[] = {
		MAY_READ, MAY_WRITE, MAY_READ | MAY_WRITE, MAY_READ | MAY_WRITE,
	};

	flags &= VALID_OPEN_FLAGS;
	if (flags & O_PATH)
		flags &= O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC;
	if (flags & __O_TMPFILE)
		return (flags & O_TMPFILE_MASK) == O_TMPFILE ? -EOPNOTSUPP : -EINVAL;
	if (flags & __O_SYNC)
		flags |= O_DSYNC;
	op->open_flag = flags;
	op->mode = flags & O_CREAT ? (mode & S_IALLUGO) | S_IFREG : 0;
	op->acc_mode = flags & O_PATH ? 0 : acc_modes[flags & O_ACCMODE];
	if (flags & O_TRUNC)
		op->acc_mode |= MAY_WRITE;
	if (flags & O_APPEND)
		op->acc_mode |= MAY_APPEND;
	op->lookup_flags = LOOKUP_OPEN;
	if (flags & O_DIRECTORY)
		op->lookup_flags |= LOOKUP_DIRECTORY;
	if (!(flags & O_NOFOLLOW) && (flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL))
		op->lookup_flags |= LOOKUP_FOLLOW;
	return 0;
}

static long do_sys_open(int dfd, const char __user *filename, int flags, umode_t mode)
{
	struct open_flags op;
	struct file *file;
	char *name;
	int fd = build_open_flags(flags, mode, &op);

	if (fd)
		return fd;
	name = getname(filename);
	if (IS_ERR(name))
		return PTR_ERR(name);
	fd = get_unused_fd_flags(flags);
	if (fd >= 0) {
		file = do_filp_open(dfd, name, &op);
		if (IS_ERR(file)) {
			put_unused_fd(fd);
			fd = PTR_ERR(file);
		} else {
			fd_install(fd, file);
		}
	}
	putname(name);
	return fd;
}

long sys_open(const char __user *filename, int flags, umode_t mode)
{
	return do_sys_open(AT_FDCWD, filename, flags, mode);
}

long sys_openat(int dfd, const char __user *filename, int flags, umode_t mode)
{
	return do_sys_open(dfd, filename, flags, mode);
}

/* ------------------------------------------------------------------ for the kernel itself */

/* The open file, for filp_close(), or an error pointer. */
struct file *filp_open(const char *name, int flags, umode_t mode)
{
	struct open_flags op;
	int err = build_open_flags(flags | O_LARGEFILE, mode, &op);

	return err ? ERR_PTR(err) : do_filp_open(AT_FDCWD, name, &op);
}
EXPORT_SYMBOL(filp_open);

/*
 * A program to be run: a regular file that may be executed, and that nobody can
 * write to until allow_write_access().
 */
struct file *open_exec(const char *name)
{
	static const struct open_flags op = {
		.open_flag = O_LARGEFILE | O_RDONLY,
		.acc_mode = MAY_EXEC,
		.lookup_flags = LOOKUP_FOLLOW | LOOKUP_OPEN,
	};
	struct file *file = do_filp_open(AT_FDCWD, name, &op);
	int err = -EACCES;

	if (IS_ERR(file))
		return file;
	if (S_ISREG(file_inode(file)->i_mode))
		err = deny_write_access(file);
	if (!err)
		return file;
	fput(file);
	return ERR_PTR(err);
}

/* An opening of a place the caller has found itself. */
struct file *dentry_open(const struct path *path, int flags, const struct cred *cred)
{
	struct file *file = alloc_empty_file(flags, cred);
	int err;

	if (IS_ERR(file))
		return file;
	err = vfs_open(path, file);
	if (!err)
		return file;
	fput(file);
	return ERR_PTR(err);
}

/* ------------------------------------------------------------------ open methods to share */

#define MAX_NON_LFS	((loff_t)LONG_MAX)

/* EOVERFLOW: a program that did not say O_LARGEFILE could not tell positions beyond 2 GiB. */
int generic_file_open(struct inode *inode, struct file *file)
{
	if (!(file->f_flags & O_LARGEFILE) && i_size_read(inode) > MAX_NON_LFS)
		return -EOVERFLOW;
	return 0;
}

int simple_open(struct inode *inode, struct file *file)
{
	if (inode->i_private)
		file->private_data = inode->i_private;
	return 0;
}
EXPORT_SYMBOL(simple_open);

/* lseek(), pread() and pwrite() answer ESPIPE. */
int nonseekable_open(struct inode *inode, struct file *file)
{
	file->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	return 0;
}
EXPORT_SYMBOL(nonseekable_open);

/* The same, and there is no position at all. */
int stream_open(struct inode *inode, struct file *file)
{
	file->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE | FMODE_ATOMIC_POS);
	file->f_mode |= FMODE_STREAM;
	return 0;
}
EXPORT_SYMBOL(stream_open);
