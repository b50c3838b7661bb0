/*
 * Iterators over the bytes of a read or a write: user buffers, kernel buffers
 * or pages behind one face (<linux/uio.h>).
 *
 * Copies stop at the first byte that faults, and the iterator stands exactly
 * there: the caller learns a partial count by the result.
 * Context: user buffers: process, may sleep; else any.
 */
#include <linux/bio.h>
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

void iov_iter_bvec(struct iov_iter *i, unsigned int direction, const struct bio_vec *bvec,
		   unsigned long nr_segs, size_t count)
{
	iov_iter_init(i, direction, NULL, nr_segs, count);
	i->iter_type = ITER_BVEC;
	i->bvec = bvec;
}
EXPORT_SYMBOL(iov_iter_bvec);

/* What is left of the current segment, at most as many bytes as are left of all. */
static size_t segment_left(const struct iov_iter *i)
{
	size_t len = i->iter_type == ITER_BVEC ? i->bvec->bv_len : i->iov->iov_len;

	return min(len - i->iov_offset, i->count);
}

static void next_segment(struct iov_iter *i)
{
	if (i->iter_type == ITER_BVEC)
		i->bvec++;
	else
		i->iov++;	/* kvec has the same shape */
	i->nr_segs--;
	i->iov_offset = 0;
}

/* Forward by at most what is left of the current segment. */
static void advance_in_segment(struct iov_iter *i, size_t bytes)
{
	size_t len = i->iter_type == ITER_BVEC ? i->bvec->bv_len : i->iov->iov_len;

	i->iov_offset += bytes;
	i->count -= bytes;
	if (i->iov_offset == len && i->nr_segs > 1)
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
		if (i->iter_type == ITER_BVEC)
			i->iov_offset = (--i->bvec)->bv_len;
		else
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

/* One segment; returns the bytes done. */
static inline size_t copy_to_segment(struct iov_iter *i, const char *from, size_t bytes)
{
	char *to;

	switch (i->iter_type) {
	case ITER_IOVEC:
		to = (char *)i->iov->iov_base + i->iov_offset;
		return bytes - copy_to_user((char __user __force *)to, from, bytes);
	case ITER_KVEC:
		memcpy((char *)i->kvec->iov_base + i->iov_offset, from, bytes);
		return bytes;
	default:
		to = page_address(i->bvec->bv_page);
		memcpy(to + i->bvec->bv_offset + i->iov_offset, from, bytes);
		return bytes;
	}
}

static inline size_t copy_from_segment(struct iov_iter *i, char *to, size_t bytes)
{
	const char *from;

	switch (i->iter_type) {
	case ITER_IOVEC:
		from = (const char *)i->iov->iov_base + i->iov_offset;
		return bytes - copy_from_user(to, (const char __user __force *)from, bytes);
	case ITER_KVEC:
		memcpy(to, (const char *)i->kvec->iov_base + i->iov_offset, bytes);
		return bytes;
	default:
		from = page_address(i->bvec->bv_page);
		memcpy(to, from + i->bvec->bv_offset + i->iov_offset, bytes);
		return bytes;
	}
}

/* read() and write() have one user buffer: no segments to step over. */
static inline bool is_one_user_buffer(const struct iov_iter *i)
{
	return likely(i->nr_segs == 1 && i->iter_type == ITER_IOVEC);
}

static inline size_t advance_one(struct iov_iter *i, size_t done)
{
	i->iov_offset += done;
	i->count -= done;
	return done;
}

/* Into the buffers.  Returns the bytes copied: fewer after a fault or at their end. */
size_t copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i)
{
	const char *from = addr;
	size_t left = min(bytes, i->count), want = left;

	if (is_one_user_buffer(i))
		return advance_one(i, copy_to_segment(i, from, want));
	while (left) {
		size_t step = min(left, segment_left(i)), done;

		if (unlikely(!step)) {
			next_segment(i);
			continue;
		}
		done = copy_to_segment(i, from, step);
		advance_in_segment(i, done);
		from += done;
		left -= done;
		if (unlikely(done < step))
			break;
	}
	return want - left;
}
EXPORT_SYMBOL(copy_to_iter);

/* Out of the buffers. */
size_t copy_from_iter(void *addr, size_t bytes, struct iov_iter *i)
{
	char *to = addr;
	size_t left = min(bytes, i->count), want = left;

	if (is_one_user_buffer(i))
		return advance_one(i, copy_from_segment(i, to, want));
	while (left) {
		size_t step = min(left, segment_left(i)), done;

		if (unlikely(!step)) {
			next_segment(i);
			continue;
		}
		done = copy_from_segment(i, to, step);
		advance_in_segment(i, done);
		to += done;
		left -= done;
		if (unlikely(done < step))
			break;
	}
	return want - left;
}
EXPORT_SYMBOL(copy_from_iter);

size_t iov_iter_zero(size_t bytes, struct iov_iter *i)
{
	size_t left = min(bytes, i->count), want = left;

	while (left) {
		size_t step = min3(left, segment_left(i), (size_t)PAGE_SIZE), done;

		if (!step) {
			next_segment(i);
			continue;
		}
		done = copy_to_segment(i, page_address(ZERO_PAGE(0)), step);
		advance_in_segment(i, done);
		left -= done;
		if (done < step)
			break;
	}
	return want - left;
}
EXPORT_SYMBOL(iov_iter_zero);

size_t copy_page_to_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i)
{
	return copy_to_iter((char *)page_address(page) + offset, bytes, i);
}
EXPORT_SYMBOL(copy_page_to_iter);

size_t copy_page_from_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i)
{
	return copy_from_iter((char *)page_address(page) + offset, bytes, i);
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
EXPORT_SYMBOL(import_iovec);

int import_single_range(int type, void __user *buf, size_t len, struct iovec *iov,
			struct iov_iter *i)
{
	if (!access_ok(buf, len))
		return -EFAULT;
	iov->iov_base = (void __force *)buf;
	iov->iov_len = min(len, MAX_RW_COUNT);
	iov_iter_init(i, type, iov, 1, iov->iov_len);
	return 0;
}
EXPORT_SYMBOL(import_single_range);
