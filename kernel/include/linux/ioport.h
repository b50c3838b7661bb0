/*
 * Who uses which I/O ports and which physical addresses: two trees of
 * ranges, /proc/ioports and /proc/iomem.
 */
#ifndef LINUX_IOPORT_H
#define LINUX_IOPORT_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/rwlock.h>

typedef phys_addr_t resource_size_t;

/* [r] resource_lock */
struct resource {
	resource_size_t start;		/* [r] */
	resource_size_t end;		/* [r] inclusive */
	const char *name;		/* [r] */
	unsigned long flags;		/* [r] IORESOURCE_* */
	struct resource *parent, *sibling, *child;	/* [r] siblings by address */
};

#define IORESOURCE_BITS		0x000000ff
#define IORESOURCE_TYPE_BITS	0x00001f00
#define IORESOURCE_IO		0x00000100
#define IORESOURCE_MEM		0x00000200
#define IORESOURCE_IRQ		0x00000400
#define IORESOURCE_DMA		0x00000800
#define IORESOURCE_PREFETCH	0x00002000
#define IORESOURCE_READONLY	0x00004000
#define IORESOURCE_MEM_64	0x00100000
#define IORESOURCE_BUSY		0x80000000

extern struct resource ioport_resource;
extern struct resource iomem_resource;
/* For reading while the trees are printed. */
extern rwlock_t resource_lock;

static inline resource_size_t resource_size(const struct resource *res)
{
	return res->end - res->start + 1;
}

/*
 * request_resource - put @new under @root; 0, or -EBUSY where something overlaps
 * insert_resource - the same, but becoming the parent of what lies inside it
 * release_resource - take it out again; 0, or -EINVAL when it is not in a tree
 * Context: any but interrupts.
 */
int request_resource(struct resource *root, struct resource *new);
int insert_resource(struct resource *root, struct resource *new);
int release_resource(struct resource *old);

/* Claim a range for a driver: the new resource, or NULL where it is taken. May sleep. */
struct resource *__request_region(struct resource *parent, resource_size_t start,
				  resource_size_t n, const char *name, int flags);
void __release_region(struct resource *parent, resource_size_t start, resource_size_t n);

#define request_region(start, n, name)	\
	__request_region(&ioport_resource, start, n, name, 0)
#define request_mem_region(start, n, name) \
	__request_region(&iomem_resource, start, n, name, 0)

struct device;

/* On the account of a device: released when its driver leaves. */
struct resource *__devm_request_region(struct device *dev, struct resource *parent,
				       resource_size_t start, resource_size_t n, const char *name);
void __devm_release_region(struct device *dev, struct resource *parent, resource_size_t start,
			   resource_size_t n);
#define devm_request_region(dev, start, n, name) \
	__devm_request_region(dev, &ioport_resource, start, n, name)
#define devm_request_mem_region(dev, start, n, name) \
	__devm_request_region(dev, &iomem_resource, start, n, name)
#define devm_release_region(dev, start, n) \
	__devm_release_region(dev, &ioport_resource, start, n)
#define devm_release_mem_region(dev, start, n) \
	__devm_release_region(dev, &iomem_resource, start, n)
#define release_region(start, n)	__release_region(&ioport_resource, start, n)
#define release_mem_region(start, n)	__release_region(&iomem_resource, start, n)

#endif
