/*
 * read() and write(): the third journey, and the shortest way we know.
 *
 *	sys_read()	descriptor -> file, its position
 *	  vfs_read()	may it be read? is the buffer the caller's? -> the method
 *	    file->f_op->read(), or ->read_iter() for files of the page cache
 *
 * A driver has either method: read gets the user's buffer, read_iter an
 * iterator over it (<linux/uio.h>).  Neither: EINVAL.
 *
 * Context: process; may sleep.
 */
#include "internal.h"

/* type: READ or WRITE.  The file's read_iter or write_iter, at *pos, which moves on. */
inline ssize_t call_iter(struct file *file, int type, struct iov_iter *iter, loff_t *pos)
{
	struct kiocb iocb = {
		.ki_filp = file,
		.ki_pos = *pos,
		.ki_flags = iocb_flags(file),
	};
	ssize_t ret;

	ret = type == READ ? file->f_op->read_iter(&iocb, iter)
			   : file->f_op->write_iter(&iocb, iter);
	*pos = iocb.ki_pos;
	return ret;
}

static inline ssize_t iter_user_buffer(struct file *file, int type, const char __user *buf,
				       size_t count, loff_t *pos)
{
	struct iovec iov = { .iov_base = (void __force *)buf, .iov_len = count };
	struct iov_iter iter;

	iov_iter_init(&iter, type, &iov, 1, count);
	return call_iter(file, type, &iter, pos);
}

/* Reads up to count bytes at *pos, which moves on.  The count read, 0 at the end, or an error. */
ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	if (unlikely(!(file->f_mode & FMODE_CAN_READ)))
		return -EINVAL;
	if (unlikely((ssize_t)count < 0 || *pos < 0))
		return -EINVAL;
	if (unlikely(!access_ok(buf, count)))
		return -EFAULT;
	if (count > MAX_RW_COUNT)
		count = MAX_RW_COUNT;
	if (file->f_op->read)
		return file->f_op->read(file, buf, count, pos);
	return iter_user_buffer(file, READ, buf, count, pos);
}
EXPORT_SYMBOL(vfs_read);

ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (unlikely(!(file->f_mode & FMODE_CAN_WRITE)))
		return -EINVAL;
	if (unlikely((ssize_t)count < 0 || *pos < 0))
		return -EINVAL;
	if (unlikely(!access_ok(buf, count)))
		return -EFAULT;
	if (count > MAX_RW_COUNT)
		count = MAX_RW_COUNT;
	if (file->f_op->write)
		return file->f_op->write(file, buf, count, pos);
	return iter_user_buffer(file, WRITE, buf, count, pos);
}
EXPORT_SYMBOL(vfs_write);

/* The position is the driver's to change only if it succeeds. */
long sys_read(unsigned int fd, char __user *buf, size_t count)
{
	struct fd f = fdget_pos(fd);
	ssize_t ret;
	loff_t pos;

	if (unlikely(!f.file))
		return -EBADF;
	pos = f.file->f_pos;
	ret = vfs_read(f.file, buf, count, &pos);
	if (ret >= 0)
		f.file->f_pos = pos;
	fdput_pos(f);
	return ret;
}

long sys_write(unsigned int fd, const char __user *buf, size_t count)
{
	struct fd f = fdget_pos(fd);
	ssize_t ret;
	loff_t pos;

	if (unlikely(!f.file))
		return -EBADF;
	pos = f.file->f_pos;
	ret = vfs_write(f.file, buf, count, &pos);
	if (ret >= 0)
		f.file->f_pos = pos;
	fdput_pos(f);
	return ret;
}

static long rw_at(unsigned int fd, int type, char __user *buf, size_t count, loff_t pos)
{
	struct fd f;
	ssize_t ret = -ESPIPE;

	if (pos < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	if (f.file->f_mode & (type == READ ? FMODE_PREAD : FMODE_PWRITE))
		ret = type == READ ? vfs_read(f.file, buf, count, &pos)
				   : vfs_write(f.file, buf, count, &pos);
	fdput(f);
	return ret;
}

long sys_pread64(unsigned int fd, char __user *buf, size_t count, loff_t pos)
{
	return rw_at(fd, READ, buf, count, pos);
}

long sys_pwrite64(unsigned int fd, const char __user *buf, size_t count, loff_t pos)
{
	return rw_at(fd, WRITE, (char __user *)buf, count, pos);
}

/* ------------------------------------------------------------------ with kernel buffers */

static ssize_t iter_kernel_buffer(struct file *file, int type, const void *buf, size_t count,
				  loff_t *pos)
{
	struct kvec vec = { .iov_base = (void *)buf, .iov_len = min(count, MAX_RW_COUNT) };
	loff_t from = pos ? *pos : 0;
	struct iov_iter iter;
	ssize_t ret;

	iov_iter_kvec(&iter, type, &vec, 1, vec.iov_len);
	ret = call_iter(file, type, &iter, &from);
	if (ret > 0 && pos)
		*pos = from;
	return ret;
}

/* EINVAL for drivers that only know user buffers. */
ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos)
{
	if (!(file->f_mode & FMODE_READ) || !file->f_op->read_iter)
		return -EINVAL;
	return iter_kernel_buffer(file, READ, buf, count, pos);
}
EXPORT_SYMBOL(kernel_read);

ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos)
{
	if (!(file->f_mode & FMODE_WRITE) || !file->f_op->write_iter)
		return -EINVAL;
	return iter_kernel_buffer(file, WRITE, buf, count, pos);
}
EXPORT_SYMBOL(kernel_write);

/* ------------------------------------------------------------------ sendfile */

/* Page by page through a buffer; stops early when either side does. */
static ssize_t copy_between(struct file *in, loff_t *in_pos, struct file *out, loff_t *out_pos,
			    size_t count)
{
	char *page = kmalloc(PAGE_SIZE, GFP_KERNEL);
	ssize_t done = 0, got, put;

	if (!page)
		return -ENOMEM;
	while (count) {
		got = kernel_read(in, page, min_t(size_t, count, PAGE_SIZE), in_pos);
		if (got <= 0)
			goto out;
		put = kernel_write(out, page, got, out_pos);
		if (put < got)		/* read again what was not written */
			*in_pos -= got - max_t(ssize_t, put, 0);
		if (put <= 0) {
			got = put;
			goto out;
		}
		done += put;
		count -= put;
		if (put < got || signal_pending(current))
			break;
	}
	got = 0;
out:
	kfree(page);
	return done ?: got;
}

/* What out does not take is read a second time: from a pipe it would be lost. */
static bool can_read_again(struct file *in)
{
	umode_t mode = file_inode(in)->i_mode;

	return (S_ISREG(mode) || S_ISBLK(mode)) && in->f_mode & FMODE_CAN_READ;
}

static long do_sendfile(int out_fd, int in_fd, loff_t *pos, size_t count)
{
	struct fd in, out;
	ssize_t ret = -EBADF;

	in = fdget(in_fd);
	if (!in.file)
		return -EBADF;
	out = fdget(out_fd);
	if (!out.file)
		goto out_in;
	if (!(in.file->f_mode & FMODE_READ) || !(out.file->f_mode & FMODE_WRITE))
		goto out_out;
	ret = -EINVAL;
	if (out.file->f_flags & O_APPEND || !can_read_again(in.file))
		goto out_out;
	ret = -ESPIPE;
	if (pos && !(in.file->f_mode & FMODE_PREAD))
		goto out_out;
	ret = copy_between(in.file, pos ?: &in.file->f_pos, out.file, &out.file->f_pos,
			   min(count, MAX_RW_COUNT));
out_out:
	fdput(out);
out_in:
	fdput(in);
	return ret;
}

long sys_sendfile64(int out_fd, int in_fd, loff_t __user *offset, size_t count)
{
	loff_t pos = 0;
	long ret;

	if (offset && copy_from_user(&pos, offset, sizeof(pos)))
		return -EFAULT;
	if (pos < 0)
		return -EINVAL;
	ret = do_sendfile(out_fd, in_fd, offset ? &pos : NULL, count);
	return offset && put_user(pos, offset) ? -EFAULT : ret;
}

long sys_sendfile(int out_fd, int in_fd, __kernel_off_t __user *offset, size_t count)
{
	__kernel_off_t off = 0;
	loff_t pos;
	long ret;

	if (offset && get_user(off, offset))
		return -EFAULT;
	if (off < 0)
		return -EINVAL;
	pos = off;
	ret = do_sendfile(out_fd, in_fd, offset ? &pos : NULL, count);
	return offset && put_user((__kernel_off_t)pos, offset) ? -EFAULT : ret;
}
