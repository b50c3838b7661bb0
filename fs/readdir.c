/*
 * Reading directories: getdents() and getdents64().
 *
 * The file system's iterate method calls dir_emit() for each name from
 * ctx->pos on; the actors here put it into the caller's buffer and say no when
 * that is full.  A record is padded to 4 bytes (8 in getdents64), and its d_off
 * is where the NEXT one starts: it is known, and written, one record later.
 */
#include <linux/dirent.h>
#include "internal.h"

/* All names from the file's position on; the directory is locked meanwhile. */
int iterate_dir(struct file *file, struct dir_context *ctx)
{
	struct inode *inode = file_inode(file);
	bool shared = file->f_op->iterate_shared;
	int err = -ENOENT;

	if (!shared && !file->f_op->iterate)
		return -ENOTDIR;
	if (shared)
		inode_lock_shared(inode);
	else
		inode_lock(inode);
	if (!IS_DEADDIR(inode)) {
		ctx->pos = file->f_pos;
		err = shared ? file->f_op->iterate_shared(file, ctx) : file->f_op->iterate(file, ctx);
		file->f_pos = ctx->pos;
		file_accessed(file);
	}
	if (shared)
		inode_unlock_shared(inode);
	else
		inode_unlock(inode);
	return err;
}

/* A name out of a damaged directory must not look like a path. */
static int verify_name(const char *name, int len)
{
	return len <= 0 || memchr(name, '/', len) ? -EIO : 0;
}

struct getdents_callback {
	struct dir_context ctx;
	char __user *current_dir;	/* where the next record goes */
	void __user *previous;		/* the last one: its d_off is still to be set */
	int count;			/* bytes left */
	int error;			/* why no is said; -EINVAL: the buffer is full */
};

/* May a record of len bytes with this name be stored?  Sets buf->error if not. */
static inline bool begin_record(struct getdents_callback *buf, const char *name, int namlen, int len)
{
	buf->error = verify_name(name, namlen);
	if (buf->error)
		return false;
	buf->error = -EINVAL;
	if (len > buf->count)
		return false;
	buf->error = -EINTR;
	return !buf->previous || !signal_pending(current);
}

static inline int end_record(struct getdents_callback *buf, int len, bool fault)
{
	if (fault) {
		buf->error = -EFAULT;
		return -EFAULT;
	}
	buf->previous = buf->current_dir;
	buf->current_dir += len;
	buf->count -= len;
	buf->error = 0;
	return 0;
}

static int filldir(struct dir_context *ctx, const char *name, int namlen, loff_t offset, u64 ino,
		   unsigned type)
{
	struct getdents_callback *buf = container_of(ctx, struct getdents_callback, ctx);
	struct linux_dirent __user *prev = buf->previous;
	struct linux_dirent __user *to = (void __user *)buf->current_dir;
	int len = ALIGN(offsetof(struct linux_dirent, d_name) + namlen + 2, sizeof(long));

	if (!begin_record(buf, name, namlen, len))
		return buf->error;
	return end_record(buf, len,
			  (prev && __put_user((unsigned long)offset, &prev->d_off)) ||
			  __put_user((unsigned long)ino, &to->d_ino) ||
			  __put_user((unsigned short)len, &to->d_reclen) ||
			  __copy_to_user(to->d_name, name, namlen) ||
			  __put_user((char)0, to->d_name + namlen) ||
			  __put_user((char)type, (char __user *)to + len - 1));
}

static int filldir64(struct dir_context *ctx, const char *name, int namlen, loff_t offset, u64 ino,
		     unsigned type)
{
	struct getdents_callback *buf = container_of(ctx, struct getdents_callback, ctx);
	struct linux_dirent64 __user *prev = buf->previous;
	struct linux_dirent64 __user *to = (void __user *)buf->current_dir;
	int len = ALIGN(offsetof(struct linux_dirent64, d_name) + namlen + 1, sizeof(u64));

	if (!begin_record(buf, name, namlen, len))
		return buf->error;
	return end_record(buf, len,
			  (prev && __put_user((s64)offset, &prev->d_off)) ||
			  __put_user(ino, &to->d_ino) ||
			  __put_user((unsigned short)len, &to->d_reclen) ||
			  __put_user((unsigned char)type, &to->d_type) ||
			  __copy_to_user(to->d_name, name, namlen) ||
			  __put_user((char)0, to->d_name + namlen));
}

static long do_getdents(unsigned int fd, char __user *dirent, unsigned int count, filldir_t actor)
{
	struct getdents_callback buf = { .ctx.actor = actor, .current_dir = dirent };
	struct fd f;
	long err;

	count = min_t(unsigned int, count, INT_MAX);
	buf.count = count;
	if (!access_ok(dirent, count))
		return -EFAULT;
	f = fdget_pos(fd);
	if (!f.file)
		return -EBADF;
	err = iterate_dir(f.file, &buf.ctx);
	if (err >= 0)
		err = buf.error;
	if (buf.previous) {	/* something was stored: that is the result */
		err = count - buf.count;
		if (actor == filldir)
			err = put_user((unsigned long)buf.ctx.pos,
				       &((struct linux_dirent __user *)buf.previous)->d_off) ?: err;
		else
			err = put_user((s64)buf.ctx.pos,
				       &((struct linux_dirent64 __user *)buf.previous)->d_off) ?: err;
	}
	fdput_pos(f);
	return err;
}

long sys_getdents(unsigned int fd, struct linux_dirent __user *dirent, unsigned int count)
{
	return do_getdents(fd, (char __user *)dirent, count, filldir);
}

long sys_getdents64(unsigned int fd, struct linux_dirent64 __user *dirent, unsigned int count)
{
	return do_getdents(fd, (char __user *)dirent, count, filldir64);
}

/* ------------------------------------------------------------------ readdir, of 1992 */

struct old_linux_dirent {
	unsigned long d_ino;
	unsigned long d_offset;
	unsigned short d_namlen;
	char d_name[];
};

struct readdir_callback {
	struct dir_context ctx;
	struct old_linux_dirent __user *dirent;
	int result;
};

/* One name a call. */
static int fillonedir(struct dir_context *ctx, const char *name, int namlen, loff_t offset,
		      u64 ino, unsigned type)
{
	struct readdir_callback *buf = container_of(ctx, struct readdir_callback, ctx);
	struct old_linux_dirent __user *to = buf->dirent;

	if (buf->result)
		return -EINVAL;
	buf->result = verify_name(name, namlen);
	if (buf->result)
		return buf->result;
	if (put_user((unsigned long)ino, &to->d_ino) ||
	    put_user((unsigned long)offset, &to->d_offset) ||
	    put_user((unsigned short)namlen, &to->d_namlen) ||
	    copy_to_user(to->d_name, name, namlen) || put_user((char)0, to->d_name + namlen)) {
		buf->result = -EFAULT;
		return -EFAULT;
	}
	buf->result = 1;
	return 0;
}

long sys_old_readdir(unsigned int fd, struct old_linux_dirent __user *dirent, unsigned int count)
{
	struct readdir_callback buf = { .ctx.actor = fillonedir, .dirent = dirent };
	struct fd f = fdget_pos(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = iterate_dir(f.file, &buf.ctx);
	fdput_pos(f);
	return buf.result ?: err;
}
