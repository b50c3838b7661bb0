/*
 * Who uses which ports and which physical addresses: two trees of ranges that
 * never overlap but for a child lying wholly inside its parent.
 * /proc/ioports and /proc/iomem print them.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/ioport.h>
#include <linux/slab.h>

#define LAST_PORT	0xFFFF

struct resource ioport_resource = {
	.name = "PCI IO", .start = 0, .end = LAST_PORT, .flags = IORESOURCE_IO,
};
EXPORT_SYMBOL(ioport_resource);

struct resource iomem_resource = {
	.name = "PCI mem", .start = 0, .end = (resource_size_t)-1, .flags = IORESOURCE_MEM,
};
EXPORT_SYMBOL(iomem_resource);

DEFINE_RWLOCK(resource_lock);

/* Link @new below @root, or return the resource that is in its way. */
static struct resource *link_resource(struct resource *root, struct resource *new)
{
	struct resource **link, *at;

	if (new->end < new->start || new->start < root->start || new->end > root->end)
		return root;
	for (link = &root->child; (at = *link) && at->end < new->start; link = &at->sibling)
		;
	if (at && at->start <= new->end)
		return at;
	new->sibling = at;
	new->parent = root;
	*link = new;
	return NULL;
}

int request_resource(struct resource *root, struct resource *new)
{
	struct resource *conflict;

	write_lock(&resource_lock);
	conflict = link_resource(root, new);
	write_unlock(&resource_lock);
	return conflict ? -EBUSY : 0;
}
EXPORT_SYMBOL(request_resource);

/* The children of @root that lie inside @new move below it; -EBUSY if one only half does. */
static int adopt_children(struct resource *root, struct resource *new)
{
	struct resource **link, *first, *last, *child;

	for (link = &root->child; *link && (*link)->end < new->start; link = &(*link)->sibling)
		;
	first = *link;
	last = NULL;
	for (child = first; child && child->start <= new->end; child = child->sibling) {
		if (child->start < new->start || child->end > new->end)
			return -EBUSY;
		last = child;
	}
	if (last) {
		new->child = first;
		new->sibling = last->sibling;
		last->sibling = NULL;
		for (child = first; child; child = child->sibling)
			child->parent = new;
	} else {
		new->sibling = first;
	}
	new->parent = root;
	*link = new;
	return 0;
}

int insert_resource(struct resource *root, struct resource *new)
{
	struct resource *conflict;
	int err = 0;

	write_lock(&resource_lock);
	while ((conflict = link_resource(root, new))) {
		/* Deeper, as long as the one in the way holds all of @new. */
		if (conflict != root && conflict->start <= new->start &&
		    conflict->end >= new->end && resource_size(conflict) > resource_size(new)) {
			root = conflict;
			continue;
		}
		err = conflict == root ? -EBUSY : adopt_children(root, new);
		break;
	}
	write_unlock(&resource_lock);
	return err;
}
EXPORT_SYMBOL(insert_resource);

/* Take @old out; what it held goes to its parent. */
static int unlink_resource(struct resource *old)
{
	struct resource **link, *child, *last = NULL;

	if (!old->parent)
		return -EINVAL;
	for (link = &old->parent->child; *link && *link != old; link = &(*link)->sibling)
		;
	if (!*link)
		return -EINVAL;
	for (child = old->child; child; child = child->sibling) {
		child->parent = old->parent;
		last = child;
	}
	if (last) {
		last->sibling = old->sibling;
		*link = old->child;
	} else {
		*link = old->sibling;
	}
	old->parent = old->sibling = old->child = NULL;
	return 0;
}

int release_resource(struct resource *old)
{
	int err;

	write_lock(&resource_lock);
	err = unlink_resource(old);
	write_unlock(&resource_lock);
	return err;
}
EXPORT_SYMBOL(release_resource);

struct resource *__request_region(struct resource *parent, resource_size_t start,
				  resource_size_t n, const char *name, int flags)
{
	struct resource *res = kzalloc(sizeof(*res), GFP_KERNEL);
	struct resource *conflict;

	if (!res)
		return NULL;
	*res = (struct resource) {
		.name = name, .start = start, .end = start + n - 1,
		.flags = (parent->flags & ~IORESOURCE_BITS) | IORESOURCE_BUSY | flags,
	};
	write_lock(&resource_lock);
	/* A window that is only declared (a PCI BAR) may be claimed from inside. */
	while ((conflict = link_resource(parent, res)) && conflict != parent &&
	       !(conflict->flags & IORESOURCE_BUSY))
		parent = conflict;
	write_unlock(&resource_lock);
	if (conflict) {
		kfree(res);
		return NULL;
	}
	return res;
}
EXPORT_SYMBOL(__request_region);

void __release_region(struct resource *parent, resource_size_t start, resource_size_t n)
{
	struct resource *res;

	write_lock(&resource_lock);
	for (res = parent->child; res; ) {
		if (res->start > start || res->end < start + n - 1) {
			res = res->sibling;
		} else if (!(res->flags & IORESOURCE_BUSY) || res->start != start ||
			   res->end != start + n - 1) {
			res = res->child;
		} else {
			break;
		}
	}
	if (res)
		unlink_resource(res);
	write_unlock(&resource_lock);
	if (!WARN(!res, "release of %llx-%llx, which nobody holds\n",
		  (u64)start, (u64)start + n - 1))
		kfree(res);
}
EXPORT_SYMBOL(__release_region);
