/*
 * splice(), tee(), vmsplice(), sendfile(): bytes from file to file without a buffer
 * of the program's.
 *
 * A pipe stands in the middle.  A file's splice_read method fills slots of the pipe's
 * ring, its splice_write method empties them; a file without the method answers EINVAL.
 * generic_file_splice_read() and iter_file_splice_write() are the methods of whatever has
 * read_iter and write_iter.  Pages belong to one slot alone, so the bytes are copied once.
 *
 * Locks: pipe->mutex around all that touches slots, also while the file's method sleeps;
 * of two pipes the one at the lower address first.  Context: process.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/splice.h>
#include "internal.h"

/* ------------------------------------------------------------------ waiting */

/* Until there is a slot free.  pipe->mutex is held, and given back meanwhile.  EPIPE: no readers. */
static int wait_for_space(struct pipe_inode_info *pipe, unsigned int flags)
	__must_hold(&pipe->mutex)
{
	int err;

	for (;;) {
		if (!pipe->readers) {
			send_sig(SIGPIPE, current, 0);
			return -EPIPE;
		}
		if (pipe_writable(pipe))
			return 0;
		if (flags & SPLICE_F_NONBLOCK)
			return -EAGAIN;
		mutex_unlock(&pipe->mutex);
		err = wait_event_interruptible(pipe->wr_wait, pipe_writable(pipe));
		mutex_lock(&pipe->mutex);
		if (err)
			return err;
	}
}

/* Until there is a byte: 1; or no writer any more: 0.  The mutex as above. */
static int wait_for_bytes(struct pipe_inode_info *pipe, unsigned int flags)
	__must_hold(&pipe->mutex)
{
	int err;

	while (pipe_empty(pipe->head, pipe->tail)) {
		if (!pipe->writers)
			return 0;
		if (flags & SPLICE_F_NONBLOCK)
			return -EAGAIN;
		mutex_unlock(&pipe->mutex);
		err = wait_event_interruptible(pipe->rd_wait, pipe_readable(pipe));
		mutex_lock(&pipe->mutex);
		if (err)
			return err;
	}
	return 1;
}

/* The first bytes of the oldest slot are used up. */
static void consume(struct pipe_inode_info *pipe, size_t bytes)
{
	struct pipe_buffer *buf = pipe_slot(pipe, pipe->tail);

	buf->offset += bytes;
	buf->len -= bytes;
	if (!buf->len)
		pipe_release_slot(pipe, buf);
}

static void *bytes_of(const struct pipe_buffer *buf)
{
	return (char *)page_address(buf->page) + buf->offset;
}

/* ------------------------------------------------------------------ methods */

/* splice_read of a file with read_iter.  The caller holds pipe->mutex, and a slot is free. */
ssize_t generic_file_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe,
				 size_t len, unsigned int flags)
{
	ssize_t done = 0, got, want;
	struct pipe_buffer *buf;
	struct page *page;

	while (len && !pipe_full(pipe->head, pipe->tail, pipe->ring_size)) {
		page = alloc_page(GFP_KERNEL);
		if (!page)
			return done ?: -ENOMEM;
		want = min_t(size_t, len, PAGE_SIZE);
		got = kernel_read(in, page_address(page), want, ppos);
		if (got <= 0) {
			__free_page(page);
			return done ?: got;
		}
		buf = pipe_slot(pipe, pipe->head++);
		*buf = (struct pipe_buffer){ .page = page, .len = got };
		done += got;
		len -= got;
		if (got < want)
			break;
	}
	return done;
}
EXPORT_SYMBOL(generic_file_splice_read);

/* splice_write of a file with write_iter: takes the mutex, waits for bytes. */
ssize_t iter_file_splice_write(struct pipe_inode_info *pipe, struct file *out, loff_t *ppos,
			       size_t len, unsigned int flags)
{
	ssize_t done = 0, put;
	struct pipe_buffer *buf;
	size_t want;

	mutex_lock(&pipe->mutex);
	while (len) {
		/* it waits for the first bytes only */
		put = wait_for_bytes(pipe, done ? SPLICE_F_NONBLOCK : flags);
		if (put <= 0)
			break;
		buf = pipe_slot(pipe, pipe->tail);
		want = min_t(size_t, buf->len, len);
		put = kernel_write(out, bytes_of(buf), want, ppos);
		if (put <= 0)
			break;
		consume(pipe, put);
		done += put;
		len -= put;
		if (put < want)
			break;
	}
	mutex_unlock(&pipe->mutex);
	if (done)
		pipe_wake_writers(pipe);
	return done ?: len ? put : 0;
}
EXPORT_SYMBOL(iter_file_splice_write);

/* ------------------------------------------------------------------ pipe to pipe */

static void lock_both(struct pipe_inode_info *a, struct pipe_inode_info *b)
{
	if (a > b)
		swap(a, b);
	mutex_lock(&a->mutex);
	mutex_lock_nested(&b->mutex, 1);
}

/* From in's slots to out's until either has no more; in keeps its bytes if keep.  Both locked. */
static ssize_t copy_slots(struct pipe_inode_info *in, struct pipe_inode_info *out, size_t len,
			  bool keep)
{
	unsigned int n = in->tail;
	ssize_t done = 0;

	while (len && n != in->head && !pipe_full(out->head, out->tail, out->ring_size)) {
		struct pipe_buffer *from = pipe_slot(in, n);
		size_t bytes = min_t(size_t, from->len, len);
		struct page *page = alloc_page(GFP_KERNEL);

		if (!page)
			return done ?: -ENOMEM;
		memcpy(page_address(page), bytes_of(from), bytes);
		*pipe_slot(out, out->head++) = (struct pipe_buffer){
			.page = page, .len = bytes, .flags = from->flags,
		};
		done += bytes;
		len -= bytes;
		if (keep)
			n++;
		else
			consume(in, bytes);
		if (!keep)
			n = in->tail;
	}
	return done;
}

/* Waits for both, then copies; between the two somebody else may have been faster. */
static ssize_t pipe_to_pipe(struct pipe_inode_info *in, struct pipe_inode_info *out, size_t len,
			    unsigned int flags, bool keep)
{
	ssize_t ret;

	do {
		mutex_lock(&in->mutex);
		ret = wait_for_bytes(in, flags);
		mutex_unlock(&in->mutex);
		if (ret <= 0)
			return ret;
		mutex_lock(&out->mutex);
		ret = wait_for_space(out, flags);
		mutex_unlock(&out->mutex);
		if (ret)
			return ret;
		lock_both(in, out);
		ret = copy_slots(in, out, len, keep);
		mutex_unlock(&in->mutex);
		mutex_unlock(&out->mutex);
	} while (!ret);
	if (ret > 0)
		pipe_wake_readers(out);
	if (ret > 0 && !keep)
		pipe_wake_writers(in);
	return ret;
}

/* ------------------------------------------------------------------ splice, tee, vmsplice */

static struct pipe_inode_info *pipe_of(struct file *file)
{
	return file->f_op == &pipefifo_fops ? file->private_data : NULL;
}

static ssize_t file_to_pipe(struct file *in, loff_t *pos, struct pipe_inode_info *pipe, size_t len,
			    unsigned int flags)
{
	ssize_t ret;

	if (!in->f_op->splice_read)
		return -EINVAL;
	mutex_lock(&pipe->mutex);
	ret = wait_for_space(pipe, flags);
	if (!ret)
		ret = in->f_op->splice_read(in, pos, pipe, len, flags);
	mutex_unlock(&pipe->mutex);
	if (ret > 0)
		pipe_wake_readers(pipe);
	return ret;
}

static ssize_t pipe_to_file(struct pipe_inode_info *pipe, struct file *out, loff_t *pos, size_t len,
			    unsigned int flags)
{
	if (!out->f_op->splice_write || out->f_flags & O_APPEND)
		return -EINVAL;
	return out->f_op->splice_write(pipe, out, pos, len, flags);
}

/* uoff: the program's own position for the side that is no pipe; NULL: the file's. */
static ssize_t splice_file(struct file *in, struct file *out, loff_t __user *uoff, size_t len,
			   unsigned int flags)
{
	struct file *file = pipe_of(in) ? out : in;
	loff_t pos = file->f_pos;
	ssize_t ret;

	if (uoff && !(file->f_mode & (file == in ? FMODE_PREAD : FMODE_PWRITE)))
		return -EINVAL;
	if (uoff && copy_from_user(&pos, uoff, sizeof(pos)))
		return -EFAULT;
	if (pos < 0)
		return -EINVAL;
	if (out->f_flags & O_NONBLOCK && pipe_of(out))
		flags |= SPLICE_F_NONBLOCK;
	len = min(len, MAX_RW_COUNT);
	ret = file == in ? file_to_pipe(in, &pos, pipe_of(out), len, flags)
			 : pipe_to_file(pipe_of(in), out, &pos, len, flags);
	if (!uoff)
		file->f_pos = pos;
	else if (copy_to_user(uoff, &pos, sizeof(pos)))
		ret = -EFAULT;
	return ret;
}

static ssize_t do_splice(struct file *in, loff_t __user *off_in, struct file *out,
			 loff_t __user *off_out, size_t len, unsigned int flags)
{
	if (!(in->f_mode & FMODE_READ) || !(out->f_mode & FMODE_WRITE))
		return -EBADF;
	if ((pipe_of(in) && off_in) || (pipe_of(out) && off_out))
		return -ESPIPE;
	if (!pipe_of(in) || !pipe_of(out))
		return pipe_of(in) || pipe_of(out)
			? splice_file(in, out, off_in ?: off_out, len, flags) : -EINVAL;
	if (pipe_of(in) == pipe_of(out))
		return -EINVAL;
	if ((in->f_flags | out->f_flags) & O_NONBLOCK)
		flags |= SPLICE_F_NONBLOCK;
	return pipe_to_pipe(pipe_of(in), pipe_of(out), len, flags, false);
}

long sys_splice(int fd_in, loff_t __user *off_in, int fd_out, loff_t __user *off_out, size_t len,
		unsigned int flags)
{
	struct fd in, out;
	ssize_t ret = -EBADF;

	if (!len)
		return 0;
	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	in = fdget(fd_in);
	out = fdget(fd_out);
	if (in.file && out.file)
		ret = do_splice(in.file, off_in, out.file, off_out, len, flags);
	fdput(out);
	fdput(in);
	return ret;
}

static ssize_t do_tee(struct file *in, struct file *out, size_t len, unsigned int flags)
{
	if (!(in->f_mode & FMODE_READ) || !(out->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!pipe_of(in) || !pipe_of(out) || pipe_of(in) == pipe_of(out))
		return -EINVAL;
	if ((in->f_flags | out->f_flags) & O_NONBLOCK)
		flags |= SPLICE_F_NONBLOCK;
	return pipe_to_pipe(pipe_of(in), pipe_of(out), len, flags, true);
}

long sys_tee(int fdin, int fdout, size_t len, unsigned int flags)
{
	struct fd in, out;
	ssize_t ret = -EBADF;

	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	if (!len)
		return 0;
	in = fdget(fdin);
	out = fdget(fdout);
	if (in.file && out.file)
		ret = do_tee(in.file, out.file, len, flags);
	fdput(out);
	fdput(in);
	return ret;
}

static ssize_t vmsplice(struct file *file, struct iov_iter *iter, unsigned int flags)
{
	struct pipe_inode_info *pipe = pipe_of(file);
	bool was_full = false;
	ssize_t ret;

	if (!iov_iter_count(iter))
		return 0;
	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_WRITE)
		ret = wait_for_space(pipe, flags) ?: pipe_fill(pipe, iter);
	else if ((ret = wait_for_bytes(pipe, flags)) > 0)
		ret = pipe_drain(pipe, iter, &was_full);
	mutex_unlock(&pipe->mutex);
	if (was_full)
		pipe_wake_writers(pipe);
	else if (ret > 0 && file->f_mode & FMODE_WRITE)
		pipe_wake_readers(pipe);
	return ret;
}

/* User memory to or from a pipe, as much as fits or is there. */
long sys_vmsplice(int fd, const struct iovec __user *uiov, unsigned long nr_segs,
		  unsigned int flags)
{
	struct iovec fast[UIO_FASTIOV], *iov = fast;
	struct iov_iter iter;
	ssize_t ret = -EBADF;
	struct fd f;

	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	f = fdget(fd);
	if (f.file && pipe_of(f.file)) {
		ret = import_iovec(f.file->f_mode & FMODE_WRITE ? WRITE : READ, uiov, nr_segs,
				   ARRAY_SIZE(fast), &iov, &iter);
		if (ret >= 0) {
			ret = vmsplice(f.file, &iter, flags);
			kfree(iov);
		}
	}
	fdput(f);
	return ret;
}

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
