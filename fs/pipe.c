/*
 * Pipes: reading and writing the ring of pages.  pipe_open.c makes and opens them.
 *
 * A write fills slots at head, a read empties them at tail; small writes are
 * appended to the last page while it has room.  Up to PIPE_BUF (a page) a write
 * goes in whole or waits, because it needs at most one more slot.
 *
 * Who finds the ring empty (full) sleeps on rd_wait (wr_wait).  Wake-ups are
 * only sent when the ring WAS empty (full): else nobody can be waiting.
 *
 *	reader					writer
 *	mutex: empty, unlock			mutex: fills a slot, was empty
 *	on rd_wait; not empty? -> goes on	unlock, wake_up(rd_wait)
 *
 * The sleeper looks again after it stands on the queue, so whichever comes
 * first, it sees the byte or gets the wake-up.
 *
 * A writing end with O_DIRECT makes packets: a slot each, so of PIPE_BUF at most, and nothing is appended.
 */
#include <linux/pipe_fs_i.h>
#include <linux/sched/signal.h>
#include <uapi/asm/ioctls.h>
#include "internal.h"

/* ------------------------------------------------------------------ reading */

bool pipe_readable(const struct pipe_inode_info *pipe)
{
	return !pipe_empty(READ_ONCE(pipe->head), READ_ONCE(pipe->tail)) ||
	       !READ_ONCE(pipe->writers);
}

/* A slot is empty: its page is kept for the next write, if none is kept yet. */
void pipe_release_slot(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	if (!pipe->tmp_page)
		pipe->tmp_page = buf->page;
	else
		__free_page(buf->page);
	buf->page = NULL;
	pipe->tail++;
}

/* Copies what there is.  The count, or -EFAULT; *was_full: a slot of a full ring came free. */
static __always_inline ssize_t drain(struct pipe_inode_info *pipe, struct iov_iter *to, bool *was_full)
{
	ssize_t done = 0;

	while (iov_iter_count(to) && !pipe_empty(pipe->head, pipe->tail)) {
		struct pipe_buffer *buf = pipe_slot(pipe, pipe->tail);
		size_t want = min_t(size_t, buf->len, iov_iter_count(to));
		size_t got = copy_page_to_iter(buf->page, buf->offset, want, to);
		bool packet = buf->flags & PIPE_BUF_FLAG_PACKET && got == want;

		done += got;
		buf->offset += got;
		buf->len = packet ? 0 : buf->len - got;
		if (!buf->len) {
			*was_full |= pipe_full(pipe->head, pipe->tail, pipe->ring_size);
			pipe_release_slot(pipe, buf);
		}
		if (unlikely(got < want))
			return done ?: -EFAULT;
		if (packet)
			break;
	}
	return done;
}

void pipe_wake_writers(struct pipe_inode_info *pipe)
{
	if (wq_has_sleeper(&pipe->wr_wait))
		wake_up_interruptible_sync_poll(&pipe->wr_wait, EPOLLOUT | EPOLLWRNORM);
	kill_fasync(&pipe->fasync_writers, SIGIO, POLL_OUT);
}

ssize_t pipe_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct file *file = iocb->ki_filp;
	struct pipe_inode_info *pipe = file->private_data;
	bool was_full = false;
	ssize_t ret;

	if (unlikely(!iov_iter_count(to)))
		return 0;
	mutex_lock(&pipe->mutex);
	for (;;) {
		ret = drain(pipe, to, &was_full);
		if (ret || !pipe->writers)
			break;
		if (file->f_flags & O_NONBLOCK) {
			ret = -EAGAIN;
			break;
		}
		mutex_unlock(&pipe->mutex);
		if (wait_event_interruptible(pipe->rd_wait, pipe_readable(pipe)))
			return -ERESTARTSYS;
		mutex_lock(&pipe->mutex);
	}	/* a loop: another reader may have emptied it */
	mutex_unlock(&pipe->mutex);
	if (was_full)
		pipe_wake_writers(pipe);
	return ret;
}

/* ------------------------------------------------------------------ writing */

bool pipe_writable(const struct pipe_inode_info *pipe)
{
	return !pipe_full(READ_ONCE(pipe->head), READ_ONCE(pipe->tail), pipe->ring_size) ||
	       !READ_ONCE(pipe->readers);
}

/* The part of a write that does not fill pages goes behind the last bytes, if it fits whole. */
static ssize_t append(struct pipe_inode_info *pipe, struct iov_iter *from)
{
	size_t bytes = iov_iter_count(from) & (PAGE_SIZE - 1);
	struct pipe_buffer *buf;
	size_t end, done;

	if (!bytes || pipe_empty(pipe->head, pipe->tail))
		return 0;
	buf = pipe_slot(pipe, pipe->head - 1);
	end = buf->offset + buf->len;
	if (end + bytes > PAGE_SIZE || buf->flags & PIPE_BUF_FLAG_PACKET)
		return 0;
	done = copy_page_from_iter(buf->page, end, bytes, from);
	buf->len += done;
	return done < bytes && !done ? -EFAULT : done;
}

/* One slot more.  The bytes in it, or -ENOMEM, -EFAULT. */
static ssize_t fill_slot(struct pipe_inode_info *pipe, struct iov_iter *from, unsigned int flags)
{
	struct page *page = pipe->tmp_page;
	struct pipe_buffer *buf;
	size_t done;

	if (!page) {
		page = alloc_page(GFP_KERNEL);
		if (!page)
			return -ENOMEM;
		pipe->tmp_page = page;
	}
	done = copy_page_from_iter(page, 0, PAGE_SIZE, from);
	if (!done)
		return -EFAULT;
	pipe->tmp_page = NULL;
	buf = pipe_slot(pipe, pipe->head);
	buf->page = page;
	buf->offset = 0;
	buf->len = done;
	buf->flags = flags;
	pipe->head++;
	return done;
}

/* Fills slots until the ring is full or all is written.  The count so far, or the first error. */
static __always_inline ssize_t fill(struct pipe_inode_info *pipe, struct iov_iter *from, unsigned int flags,
				    ssize_t done)
{
	ssize_t bytes;

	while (iov_iter_count(from) && !pipe_full(pipe->head, pipe->tail, pipe->ring_size)) {
		bytes = fill_slot(pipe, from, flags);
		if (bytes < 0)
			return done ?: bytes;
		done += bytes;
	}
	return done;
}

void pipe_wake_readers(struct pipe_inode_info *pipe)
{
	if (wq_has_sleeper(&pipe->rd_wait))
		wake_up_interruptible_sync_poll(&pipe->rd_wait, EPOLLIN | EPOLLRDNORM);
	kill_fasync(&pipe->fasync_readers, SIGIO, POLL_IN);
}

static ssize_t no_readers(ssize_t done)
{
	send_sig(SIGPIPE, current, 0);
	return done ?: -EPIPE;
}

ssize_t pipe_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct file *file = iocb->ki_filp;
	struct pipe_inode_info *pipe = file->private_data;
	bool was_empty;
	ssize_t ret;

	if (unlikely(!iov_iter_count(from)))
		return 0;
	mutex_lock(&pipe->mutex);
	was_empty = pipe_empty(pipe->head, pipe->tail);
	if (unlikely(!pipe->readers)) {
		mutex_unlock(&pipe->mutex);
		return no_readers(0);
	}
	ret = append(pipe, from);
	while (ret >= 0) {
		ret = fill(pipe, from, file->f_flags & O_DIRECT ? PIPE_BUF_FLAG_PACKET : 0, ret);
		/* all written, an error, or a buffer that ends in nowhere: not full then */
		if (!iov_iter_count(from) || !pipe_full(pipe->head, pipe->tail, pipe->ring_size))
			break;
		if (file->f_flags & O_NONBLOCK) {
			ret = ret ?: -EAGAIN;
			break;
		}
		mutex_unlock(&pipe->mutex);
		if (was_empty)
			pipe_wake_readers(pipe);
		if (wait_event_interruptible(pipe->wr_wait, pipe_writable(pipe)))
			return ret ?: -ERESTARTSYS;
		mutex_lock(&pipe->mutex);
		was_empty = pipe_empty(pipe->head, pipe->tail);
		if (!pipe->readers) {
			mutex_unlock(&pipe->mutex);
			return no_readers(ret);
		}
	}	/* a loop: another writer may have filled it */
	mutex_unlock(&pipe->mutex);
	if (was_empty && ret > 0)
		pipe_wake_readers(pipe);
	return ret;
}

/* ------------------------------------------------------------------ the rest */

/* For vmsplice(): read and write have theirs inline. */
ssize_t pipe_drain(struct pipe_inode_info *pipe, struct iov_iter *to, bool *was_full)
{
	return drain(pipe, to, was_full);
}

ssize_t pipe_fill(struct pipe_inode_info *pipe, struct iov_iter *from)
{
	return fill(pipe, from, 0, 0);
}

/* Takes no lock: a waker may hold the mutex while it waits for our queue's lock. */
__poll_t pipe_poll(struct file *file, struct poll_table_struct *table)
{
	struct pipe_inode_info *pipe = file->private_data;
	unsigned int head, tail;
	__poll_t mask = 0;

	if (file->f_mode & FMODE_READ)
		poll_wait(file, &pipe->rd_wait, table);
	if (file->f_mode & FMODE_WRITE)
		poll_wait(file, &pipe->wr_wait, table);
	head = READ_ONCE(pipe->head);
	tail = READ_ONCE(pipe->tail);
	if (file->f_mode & FMODE_READ) {
		if (!pipe_empty(head, tail))
			mask |= EPOLLIN | EPOLLRDNORM;
		/* a FIFO nobody has written to yet is not at its end */
		if (!READ_ONCE(pipe->writers) && file->f_version != pipe->w_counter)
			mask |= EPOLLHUP;
	}
	if (file->f_mode & FMODE_WRITE) {
		if (!pipe_full(head, tail, pipe->ring_size))
			mask |= EPOLLOUT | EPOLLWRNORM;
		if (!READ_ONCE(pipe->readers))
			mask |= EPOLLERR;
	}
	return mask;
}

/* FIONREAD: the bytes that could be read now. */
long pipe_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct pipe_inode_info *pipe = file->private_data;
	unsigned int n;
	int bytes = 0;

	if (cmd != FIONREAD)
		return -ENOIOCTLCMD;
	mutex_lock(&pipe->mutex);
	for (n = pipe->tail; n != pipe->head; n++)
		bytes += pipe_slot(pipe, n)->len;
	mutex_unlock(&pipe->mutex);
	return put_user(bytes, (int __user *)arg);
}

/* Another ring of slots entries, with what is in the pipe.  EBUSY: it does not fit. */
static int resize_ring(struct pipe_inode_info *pipe, unsigned int slots)
{
	unsigned int n, used = pipe->head - pipe->tail;
	struct pipe_buffer *bufs;

	if (used > slots)
		return -EBUSY;
	bufs = kcalloc(slots, sizeof(*bufs), GFP_KERNEL);
	if (!bufs)
		return -ENOMEM;
	for (n = 0; n < used; n++)
		bufs[n] = *pipe_slot(pipe, pipe->tail + n);
	kfree(pipe->bufs);
	pipe->bufs = bufs;
	pipe->ring_size = slots;
	pipe->tail = 0;
	pipe->head = used;
	return 0;
}

/* F_GETPIPE_SZ and F_SETPIPE_SZ, in bytes. */
long pipe_fcntl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct pipe_inode_info *pipe = file->private_data;
	unsigned int slots;
	int err = 0;

	if (file->f_op != &pipefifo_fops)
		return -EBADF;
	mutex_lock(&pipe->mutex);
	if (cmd == F_SETPIPE_SZ) {
		slots = roundup_pow_of_two(max(DIV_ROUND_UP(arg, PAGE_SIZE), 1ul));
		err = -EPERM;
		if (arg <= PIPE_MAX_BUFFERS * PAGE_SIZE)
			err = resize_ring(pipe, slots);
	}
	slots = pipe->ring_size;
	mutex_unlock(&pipe->mutex);
	if (!err)
		wake_up_interruptible_all(&pipe->wr_wait);
	return err ?: slots * PAGE_SIZE;
}
