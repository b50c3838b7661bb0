/*
 * <linux/uio.h> - where the bytes of one read or write come from or go to:
 * user buffers or kernel buffers behind one iterator.
 */
#ifndef _LINUX_UIO_H
#define _LINUX_UIO_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/limits.h>
#include <asm/page.h>
#include <uapi/linux/uio.h>

struct page;

struct kvec {
	void *iov_base;
	size_t iov_len;
};

enum iter_type { ITER_IOVEC, ITER_KVEC };

/* Moves along as bytes are copied; count is what is left of it. */
struct iov_iter {
	u8 iter_type;
	u8 data_source;			/* READ: filled by us; WRITE: drained by us */
	size_t iov_offset;		/* into the first segment */
	size_t count;
	union {
		const struct iovec *iov;
		const struct kvec *kvec;
	};
	unsigned long nr_segs;
};

/* A count must fit into the result; what is above is cut off, page aligned. */
#define MAX_RW_COUNT	((size_t)(INT_MAX & PAGE_MASK))

#define READ	0
#define WRITE	1

static inline size_t iov_iter_count(const struct iov_iter *i)
{
	return i->count;
}

static inline bool iter_is_iovec(const struct iov_iter *i)
{
	return i->iter_type == ITER_IOVEC;
}

static inline unsigned int iov_iter_rw(const struct iov_iter *i)
{
	return i->data_source;
}

static inline void iov_iter_truncate(struct iov_iter *i, u64 count)
{
	if (i->count > count)
		i->count = count;
}

extern void iov_iter_init(struct iov_iter *i, unsigned int direction, const struct iovec *iov,
			  unsigned long nr_segs, size_t count);
extern void iov_iter_kvec(struct iov_iter *i, unsigned int direction, const struct kvec *kvec,
			  unsigned long nr_segs, size_t count);
extern struct iovec iov_iter_iovec(const struct iov_iter *i);
extern void iov_iter_advance(struct iov_iter *i, size_t bytes);
extern void iov_iter_revert(struct iov_iter *i, size_t bytes);
extern size_t copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i);
extern size_t copy_from_iter(void *addr, size_t bytes, struct iov_iter *i);
extern size_t copy_page_to_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i);
extern size_t copy_page_from_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i);
extern int iov_iter_fault_in_readable(struct iov_iter *i, size_t bytes);
extern ssize_t import_iovec(int type, const struct iovec __user *uvec, unsigned nr_segs,
			    unsigned fast_segs, struct iovec **iovp, struct iov_iter *i);

#endif
