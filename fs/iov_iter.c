/*
 * Iterators over the bytes of a read or a write: user buffers or kernel buffers
 * behind one face (<linux/uio.h>).  A kvec has the shape of an iovec, so only the
 * copying itself tells them apart.
 *
 * Copies stop at the first byte that faults, and the iterator stands exactly
 * there: the caller learns a partial count by the result.
 * Context: user buffers: process, may sleep; else any.
 */
#include <linux/mm.h>
#include "internal.h"

void iov_iter_init(struct iov_iter *i, unsigned int direction, const struct iovec *iov,
		   unsigned long nr_segs, size_t count)
{
	i->iter_type = ITER_IOVEC;
	i->data_source = direction;
	i->iov_offset = 0;
	i->count = count;
	i->iov = iov;
	i->nr_segs = nr_segs;
}
EXPORT_SYMBOL(iov_iter_init);

void iov_iter_kvec(struct iov_iter *i, unsigned int direction, const struct kvec *kvec,
		   unsigned long nr_segs, size_t count)
{
	iov_iter_init(i, direction, NULL, nr_segs, count);
	i->iter_type = ITER_KVEC;
	i->kvec = kvec;
}
EXPORT_SYMBOL(iov_iter_kvec);

/* What is left of the current segment, at most as many bytes as are left of all. */
static size_t segment_left(const struct iov_iter *i)
{
	return min(i->iov->iov_len - i->iov_offset, i->count);
}

static void next_segment(struct iov_iter *i)
{
	i->iov++;
	i->nr_segs--;
	i->iov_offset = 0;
}

/* Forward by at most what is left of the current segment. */
static void advance_in_segment(struct iov_iter *i, size_t bytes)
{
	i->iov_offset += bytes;
	i->count -= bytes;
	if (i->iov_offset == i->iov->iov_len && i->nr_segs > 1)
		next_segment(i);
}

void iov_iter_advance(struct iov_iter *i, size_t bytes)
{
	bytes = min(bytes, i->count);
	while (bytes) {
		size_t step = min(bytes, segment_left(i));

		if (!step) {		/* an empty segment */
			next_segment(i);
			continue;
		}
		advance_in_segment(i, step);
		bytes -= step;
	}
}
EXPORT_SYMBOL(iov_iter_advance);

/* Back, over segments that were passed. */
void iov_iter_revert(struct iov_iter *i, size_t bytes)
{
	i->count += bytes;
	while (bytes > i->iov_offset) {
		bytes -= i->iov_offset;
		i->iov_offset = (--i->iov)->iov_len;
		i->nr_segs++;
	}
	i->iov_offset -= bytes;
}
EXPORT_SYMBOL(iov_iter_revert);

/* The rest of the current segment as one user buffer. */
struct iovec iov_iter_iovec(const struct iov_iter *i)
{
	return (struct iovec){
		.iov_base = (char *)i->iov->iov_base + i->iov_offset,
		.iov_len = segment_left(i),
	};
}

/* Between buf and the current segment; returns the bytes done. */
static __always_inline size_t copy_segment(struct iov_iter *i, char *buf, size_t bytes, bool out)
{
	char *at = (char *)i->iov->iov_base + i->iov_offset;

	if (unlikely(i->iter_type == ITER_KVEC)) {
		memcpy(out ? at : buf, out ? buf : at, bytes);
		return bytes;
	}
	return bytes - (out ? copy_to_user((char __user __force *)at, buf, bytes)
			    : copy_from_user(buf, (const char __user __force *)at, bytes));
}

static __always_inline size_t copy_iter(struct iov_iter *i, char *buf, size_t bytes, bool out)
{
	size_t left = min(bytes, i->count), want = left, step, done;

	/* read() and write() have one user buffer: no segments to step over */
	if (likely(i->nr_segs == 1 && i->iter_type == ITER_IOVEC)) {
		done = copy_segment(i, buf, want, out);
		i->iov_offset += done;
		i->count -= done;
		return done;
	}
	while (left) {
		step = min(left, segment_left(i));
		if (unlikely(!step)) {		/* an empty segment */
			next_segment(i);
			continue;
		}
		done = copy_segment(i, buf, step, out);
		advance_in_segment(i, done);
		buf += done;
		left -= done;
		if (unlikely(done < step))
			break;
	}
	return want - left;
}

/* Into the buffers.  Returns the bytes copied: fewer after a fault or at their end. */
size_t copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i)
{
	return copy_iter(i, (char *)addr, bytes, true);
}
EXPORT_SYMBOL(copy_to_iter);

/* Out of the buffers. */
size_t copy_from_iter(void *addr, size_t bytes, struct iov_iter *i)
{
	return copy_iter(i, addr, bytes, false);
}
EXPORT_SYMBOL(copy_from_iter);

size_t copy_page_to_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i)
{
	return copy_iter(i, (char *)page_address(page) + offset, bytes, true);
}
EXPORT_SYMBOL(copy_page_to_iter);

size_t copy_page_from_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i)
{
	return copy_iter(i, (char *)page_address(page) + offset, bytes, false);
}
EXPORT_SYMBOL(copy_page_from_iter);

/*
 * Touches the user pages of the next bytes, so that a copy under a page lock
 * will most likely not fault.  EFAULT: not even the first byte is there.
 */
int iov_iter_fault_in_readable(struct iov_iter *i, size_t bytes)
{
	const char __user *p, *end;
	char c __maybe_unused;

	bytes = min(bytes, i->count);
	if (!bytes || i->iter_type != ITER_IOVEC)
		return 0;
	while (!segment_left(i))	/* nothing is read through an empty one's address */
		next_segment(i);
	p = (const char __user __force *)i->iov->iov_base + i->iov_offset;
	end = p + min(bytes, segment_left(i)) - 1;
	if (get_user(c, p))
		return -EFAULT;
	for (p = (const char __user *)PAGE_ALIGN((unsigned long)p + 1); p < end; p += PAGE_SIZE)
		if (get_user(c, p))
			return 0;	/* the copy will be short, and say so */
	return 0;
}

/*
 * Takes a user's vector in; the buffers' addresses are checked when they are copied.
 * *iovp has room for fast_segs entries and points to
 * allocated memory or NULL afterwards, for kfree().  The total, or an error.
 */
ssize_t import_iovec(int type, const struct iovec __user *uvec, unsigned nr_segs,
		     unsigned fast_segs, struct iovec **iovp, struct iov_iter *i)
{
	struct iovec *iov = *iovp, *allocated = NULL;
	size_t total = 0;
	unsigned n;
	int err;

	*iovp = NULL;
	if (nr_segs > UIO_MAXIOV)
		return -EINVAL;
	if (nr_segs > fast_segs) {
		iov = allocated = kmalloc_array(nr_segs, sizeof(*iov), GFP_KERNEL);
		if (!iov)
			return -ENOMEM;
	}
	err = -EFAULT;
	if (copy_from_user(iov, uvec, nr_segs * sizeof(*iov)))
		goto out_free;
	for (n = 0; n < nr_segs; n++) {
		err = -EINVAL;
		if ((ssize_t)iov[n].iov_len < 0)
			goto out_free;
		iov[n].iov_len = min(iov[n].iov_len, MAX_RW_COUNT - total);
		total += iov[n].iov_len;
	}
	iov_iter_init(i, type, iov, nr_segs, total);
	*iovp = allocated;
	return total;
out_free:
	kfree(allocated);
	return err;
}
