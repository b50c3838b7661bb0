/*
 * readv(), writev() and their positional forms: one call, many buffers.
 *
 * A file with read_iter gets all buffers at once; one with read only gets them
 * one after the other, until one of them comes back short.
 */
#include "internal.h"

static ssize_t do_loop(struct file *file, struct iov_iter *iter, loff_t *pos, int type)
{
	ssize_t done = 0, ret;

	while (iov_iter_count(iter)) {
		struct iovec iov = iov_iter_iovec(iter);
		char __user *buf = (char __user __force *)iov.iov_base;

		if (!iov.iov_len) {		/* an empty one, which is no reason to stop */
			iter->iov++;
			iter->nr_segs--;
			iter->iov_offset = 0;
			continue;
		}
		if (!access_ok(buf, iov.iov_len))
			return done ?: -EFAULT;
		ret = type == READ ? file->f_op->read(file, buf, iov.iov_len, pos)
				   : file->f_op->write(file, buf, iov.iov_len, pos);
		if (ret < 0)
			return done ?: ret;
		done += ret;
		if (ret != iov.iov_len)
			break;
		iov_iter_advance(iter, ret);
	}
	return done;
}

static ssize_t vfs_vector(struct file *file, int type, const struct iovec __user *vec,
			  unsigned long vlen, loff_t *pos)
{
	bool reading = type == READ;
	struct iovec fast[UIO_FASTIOV], *iov = fast;
	struct iov_iter iter;
	ssize_t ret;

	if (!(file->f_mode & (reading ? FMODE_READ : FMODE_WRITE)))
		return -EBADF;
	if (!(file->f_mode & (reading ? FMODE_CAN_READ : FMODE_CAN_WRITE)) || *pos < 0)
		return -EINVAL;
	ret = import_iovec(type, vec, vlen, ARRAY_SIZE(fast), &iov, &iter);
	if (ret < 0)
		return ret;
	if (!iov_iter_count(&iter))
		ret = 0;
	else if (reading ? file->f_op->read_iter != NULL : file->f_op->write_iter != NULL)
		ret = call_iter(file, type, &iter, pos);
	else
		ret = do_loop(file, &iter, pos, type);
	kfree(iov);
	return ret;
}

static long do_vector(int type, unsigned long fd, const struct iovec __user *vec,
		      unsigned long vlen)
{
	struct fd f = fdget_pos(fd);
	ssize_t ret;
	loff_t pos;

	if (!f.file)
		return -EBADF;
	pos = f.file->f_pos;
	ret = vfs_vector(f.file, type, vec, vlen, &pos);
	if (ret >= 0)
		f.file->f_pos = pos;
	fdput_pos(f);
	return ret;
}

static long do_pvector(int type, unsigned long fd, const struct iovec __user *vec,
		       unsigned long vlen, loff_t pos)
{
	struct fd f;
	ssize_t ret = -ESPIPE;

	if (pos < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	if (f.file->f_mode & (type == READ ? FMODE_PREAD : FMODE_PWRITE))
		ret = vfs_vector(f.file, type, vec, vlen, &pos);
	fdput(f);
	return ret;
}

long sys_readv(unsigned long fd, const struct iovec __user *vec, unsigned long vlen)
{
	return do_vector(READ, fd, vec, vlen);
}

long sys_writev(unsigned long fd, const struct iovec __user *vec, unsigned long vlen)
{
	return do_vector(WRITE, fd, vec, vlen);
}

long sys_preadv(unsigned long fd, const struct iovec __user *vec, unsigned long vlen, loff_t pos)
{
	return do_pvector(READ, fd, vec, vlen, pos);
}

long sys_pwritev(unsigned long fd, const struct iovec __user *vec, unsigned long vlen, loff_t pos)
{
	return do_pvector(WRITE, fd, vec, vlen, pos);
}
