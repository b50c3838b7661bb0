/*
 * Small integers for pointers. The caller locks, as with a radix tree; ida
 * locks itself.
 */
#ifndef _LINUX_IDR_H
#define _LINUX_IDR_H

#include <linux/radix-tree.h>
#include <linux/gfp.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct idr {
	struct radix_tree_root idr_rt;	/* [owner's lock] tag 0: the subtree has no free slot */
	unsigned int idr_next;		/* [owner's lock] where a cyclic allocation goes on */
};

#define IDR_INIT(name)	{ .idr_rt = RADIX_TREE_INIT(name, GFP_NOWAIT), .idr_next = 0 }
#define DEFINE_IDR(name) struct idr name = IDR_INIT(name)

static inline void idr_init(struct idr *idr)
{
	INIT_RADIX_TREE(&idr->idr_rt, GFP_NOWAIT);
	idr->idr_next = 0;
}

/* The lowest free id in [start, end), end 0: no limit. -ENOSPC, -ENOMEM, -EINVAL. */
int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
/* The same, but from the last one given on, so that an id is not soon used again. */
int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
void *idr_remove(struct idr *idr, unsigned long id);
void *idr_find(const struct idr *idr, unsigned long id);
void *idr_replace(struct idr *idr, void *ptr, unsigned long id);
void *idr_get_next(struct idr *idr, int *nextid);
int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data);
void idr_destroy(struct idr *idr);
#define idr_is_empty(idr) radix_tree_empty(&(idr)->idr_rt)
static inline void idr_preload(gfp_t gfp)
{
	if (radix_tree_preload(gfp))
		preempt_disable();
}
static inline void idr_preload_end(void)
{
	radix_tree_preload_end();
}
#define idr_for_each_entry(idr, entry, id) \
	for (id = 0; ((entry) = idr_get_next(idr, &(id))) != NULL; id++)

struct ida {
	spinlock_t lock;
	struct idr idr;			/* [l] lock */
};

#define IDA_INIT(name)	{ .lock = __SPIN_LOCK_UNLOCKED(name.lock), .idr = IDR_INIT(name.idr) }
#define DEFINE_IDA(name) struct ida name = IDA_INIT(name)
void ida_init(struct ida *ida);
void ida_destroy(struct ida *ida);
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp);
void ida_free(struct ida *ida, unsigned int id);
#define ida_alloc(ida, gfp)		ida_alloc_range(ida, 0, ~0, gfp)
#define ida_alloc_min(ida, min, gfp)	ida_alloc_range(ida, min, ~0, gfp)
#define ida_alloc_max(ida, max, gfp)	ida_alloc_range(ida, 0, max, gfp)
#define ida_simple_get(ida, start, end, gfp) ida_alloc_range(ida, start, (end) - 1, gfp)
#define ida_simple_remove(ida, id)	ida_free(ida, id)

#endif
