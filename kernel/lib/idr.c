/*
 * Small integers for pointers, on a radix tree: an id is the index of its
 * pointer. idr's caller locks; ida has its own lock.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/kernel.h>

/* The lowest free index in [from, end]. */
static long find_free(const struct idr *idr, unsigned long from, unsigned long end)
{
	unsigned long at;

	if (from > end)
		return -ENOSPC;
	at = radix_tree_next_hole(&idr->idr_rt, from, end - from + 1);
	return at <= end ? (long)at : -ENOSPC;
}

static int alloc_range(struct idr *idr, void *ptr, unsigned long start, unsigned long last,
		       gfp_t gfp)
{
	gfp_t mask = idr->idr_rt.gfp_mask;
	long id = find_free(idr, start, last);
	int err;

	if (id < 0)
		return id;
	idr->idr_rt.gfp_mask = gfp;
	err = radix_tree_insert(&idr->idr_rt, id, ptr);
	idr->idr_rt.gfp_mask = mask;
	return err ?: id;
}

int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	if (start < 0 || !ptr)
		return -EINVAL;
	return alloc_range(idr, ptr, start, end > 0 ? end - 1 : INT_MAX, gfp);
}
EXPORT_SYMBOL(idr_alloc);

int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	unsigned long last = end > 0 ? end - 1 : INT_MAX;
	unsigned long next = max_t(unsigned long, start, idr->idr_next);
	int id = -ENOSPC;

	if (start < 0 || !ptr)
		return -EINVAL;
	if (next <= last)
		id = alloc_range(idr, ptr, next, last, gfp);
	if (id == -ENOSPC && next > (unsigned long)start)
		id = alloc_range(idr, ptr, start, min(last, next - 1), gfp);
	if (id >= 0)
		idr->idr_next = id + 1;
	return id;
}
EXPORT_SYMBOL(idr_alloc_cyclic);

void *idr_remove(struct idr *idr, unsigned long id)
{
	return radix_tree_delete(&idr->idr_rt, id);
}
EXPORT_SYMBOL(idr_remove);

void *idr_find(const struct idr *idr, unsigned long id)
{
	return radix_tree_lookup(&idr->idr_rt, id);
}
EXPORT_SYMBOL(idr_find);

/* Returns the old pointer, or ERR_PTR(-ENOENT). */
void *idr_replace(struct idr *idr, void *ptr, unsigned long id)
{
	void **slot = radix_tree_lookup_slot(&idr->idr_rt, id), *old;

	if (!slot)
		return (void *)-ENOENT;
	old = *slot;
	*slot = ptr;
	return old;
}
EXPORT_SYMBOL(idr_replace);

/* The entry at *nextid or after, whose id *nextid becomes; NULL at the end. */
void *idr_get_next(struct idr *idr, int *nextid)
{
	unsigned long id = *nextid;
	void *entry = *nextid < 0 ? NULL : radix_tree_next(&idr->idr_rt, &id);

	if (entry)
		*nextid = id;
	return entry;
}
EXPORT_SYMBOL(idr_get_next);

/* Until fn returns nonzero, which is returned; fn may remove the entry it is given. */
int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data)
{
	unsigned long id = 0;
	void *entry;
	int ret;

	while ((entry = radix_tree_next(&idr->idr_rt, &id))) {
		ret = fn(id, entry, data);
		if (ret)
			return ret;
		id++;
	}
	return 0;
}
EXPORT_SYMBOL(idr_for_each);

/* Forgets all ids; what they stand for is the caller's. */
void idr_destroy(struct idr *idr)
{
	unsigned long id = 0;

	while (radix_tree_next(&idr->idr_rt, &id))
		radix_tree_delete(&idr->idr_rt, id);
}
EXPORT_SYMBOL(idr_destroy);

void ida_init(struct ida *ida)
{
	spin_lock_init(&ida->lock);
	idr_init(&ida->idr);
}
EXPORT_SYMBOL(ida_init);

void ida_destroy(struct ida *ida)
{
	unsigned long flags;

	spin_lock_irqsave(&ida->lock, flags);
	idr_destroy(&ida->idr);
	spin_unlock_irqrestore(&ida->lock, flags);
}
EXPORT_SYMBOL(ida_destroy);

/* min and max are both allowed. */
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp)
{
	unsigned long flags;
	int id;

	if (radix_tree_preload(gfp))
		return -ENOMEM;
	spin_lock_irqsave(&ida->lock, flags);
	id = alloc_range(&ida->idr, ida, min, min_t(unsigned int, max, INT_MAX), GFP_NOWAIT);
	spin_unlock_irqrestore(&ida->lock, flags);
	radix_tree_preload_end();
	return id;
}
EXPORT_SYMBOL(ida_alloc_range);

void ida_free(struct ida *ida, unsigned int id)
{
	unsigned long flags;

	spin_lock_irqsave(&ida->lock, flags);
	WARN(!idr_remove(&ida->idr, id), "ida_free: %u is free\n", id);
	spin_unlock_irqrestore(&ida->lock, flags);
}
EXPORT_SYMBOL(ida_free);
