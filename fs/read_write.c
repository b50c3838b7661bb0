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
