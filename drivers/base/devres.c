/*
 * devres: what a driver's probe() takes on its device's account, given back in
 * reverse when probe() fails, the driver leaves or the device goes.
 *
 * A resource is memory behind a node that says how to release it.
 * Locks: the device's devres_lock, irq-safe. Context: process for releasing.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/stdarg.h>
#include <linux/string.h>

struct devres {
	struct list_head node;		/* [d] the device's devres_lock */
	dr_release_t release;
	unsigned long long data[];	/* aligned for anything */
};

static struct devres *to_devres(const void *res)
{
	return container_of((unsigned long long *)res, struct devres, data[0]);
}

void *devres_alloc(dr_release_t release, size_t size, gfp_t gfp)
{
	struct devres *dr = kzalloc(sizeof(*dr) + size, gfp);

	if (!dr)
		return NULL;
	INIT_LIST_HEAD(&dr->node);
	dr->release = release;
	return dr->data;
}
EXPORT_SYMBOL_GPL(devres_alloc);

void devres_free(void *res)
{
	if (res)
		kfree(to_devres(res));
}
EXPORT_SYMBOL_GPL(devres_free);

void devres_add(struct device *dev, void *res)
{
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	list_add_tail(&to_devres(res)->node, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
}
EXPORT_SYMBOL_GPL(devres_add);

/* [d] held. The newest that fits. */
static struct devres *find(struct device *dev, dr_release_t release, dr_match_t match, void *data)
{
	struct devres *dr;

	list_for_each_entry_reverse(dr, &dev->devres_head, node)
		if (dr->release == release && (!match || match(dev, dr->data, data)))
			return dr;
	return NULL;
}

void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	unsigned long flags;
	struct devres *dr;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = find(dev, release, match, match_data);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return dr ? dr->data : NULL;
}
EXPORT_SYMBOL_GPL(devres_find);

static struct devres *take(struct device *dev, dr_release_t release, dr_match_t match, void *data)
{
	unsigned long flags;
	struct devres *dr;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = find(dev, release, match, data);
	if (dr)
		list_del_init(&dr->node);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return dr;
}

/* Off the list and freed, not released: 0, -ENOENT. */
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *dr = take(dev, release, match, match_data);

	kfree(dr);
	return dr ? 0 : -ENOENT;
}
EXPORT_SYMBOL_GPL(devres_destroy);

int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *dr = take(dev, release, match, match_data);

	if (!dr)
		return -ENOENT;
	dr->release(dev, dr->data);
	kfree(dr);
	return 0;
}
EXPORT_SYMBOL_GPL(devres_release);

/* Returns how many there were. */
int devres_release_all(struct device *dev)
{
	unsigned long flags;
	struct devres *dr;
	int n = 0;

	for (;; n++) {
		spin_lock_irqsave(&dev->devres_lock, flags);
		dr = list_empty(&dev->devres_head) ? NULL :
		     list_last_entry(&dev->devres_head, struct devres, node);
		if (dr)
			list_del_init(&dr->node);
		spin_unlock_irqrestore(&dev->devres_lock, flags);
		if (!dr)
			return n;
		dr->release(dev, dr->data);
		kfree(dr);
	}
}

/* ------------------------------------------------------------------ actions */

struct action {
	void (*fn)(void *data);
	void *data;
};

static void action_release(struct device *dev, void *res)
{
	struct action *action = res;

	action->fn(action->data);
}

static int action_match(struct device *dev, void *res, void *data)
{
	const struct action *action = res, *wanted = data;

	return action->fn == wanted->fn && action->data == wanted->data;
}

int devm_add_action(struct device *dev, void (*fn)(void *), void *data)
{
	struct action *action = devres_alloc(action_release, sizeof(*action), GFP_KERNEL);

	if (!action)
		return -ENOMEM;
	*action = (struct action){ .fn = fn, .data = data };
	devres_add(dev, action);
	return 0;
}
EXPORT_SYMBOL_GPL(devm_add_action);

int devm_add_action_or_reset(struct device *dev, void (*fn)(void *), void *data)
{
	int err = devm_add_action(dev, fn, data);

	if (err)
		fn(data);
	return err;
}
EXPORT_SYMBOL_GPL(devm_add_action_or_reset);

void devm_remove_action(struct device *dev, void (*fn)(void *), void *data)
{
	struct action wanted = { .fn = fn, .data = data };

	WARN_ON(devres_destroy(dev, action_release, action_match, &wanted));
}
EXPORT_SYMBOL_GPL(devm_remove_action);

/* ------------------------------------------------------------------ memory */

static void memory_release(struct device *dev, void *res)
{
}

static int same_pointer(struct device *dev, void *res, void *data)
{
	return res == data;
}

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)
{
	struct devres *dr = kmalloc(sizeof(*dr) + size, gfp);

	if (!dr)
		return NULL;
	INIT_LIST_HEAD(&dr->node);
	dr->release = memory_release;
	devres_add(dev, dr->data);
	return dr->data;
}
EXPORT_SYMBOL_GPL(devm_kmalloc);

void devm_kfree(struct device *dev, const void *p)
{
	if (p)
		WARN_ON(devres_destroy(dev, memory_release, same_pointer, (void *)p));
}
EXPORT_SYMBOL_GPL(devm_kfree);

void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp)
{
	void *copy = devm_kmalloc(dev, len, gfp);

	return copy ? memcpy(copy, src, len) : NULL;
}
EXPORT_SYMBOL_GPL(devm_kmemdup);

char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp)
{
	return s ? devm_kmemdup(dev, s, strlen(s) + 1, gfp) : NULL;
}
EXPORT_SYMBOL_GPL(devm_kstrdup);

char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)
{
	char *text, *copy;
	va_list args;

	va_start(args, fmt);
	text = kvasprintf(gfp, fmt, args);
	va_end(args);
	copy = devm_kstrdup(dev, text, gfp);
	kfree(text);
	return copy;
}
EXPORT_SYMBOL_GPL(devm_kasprintf);

/* ------------------------------------------------------------------ interrupts */

struct irq_taken {
	unsigned int irq;
	void *dev_id;
};

static void irq_release(struct device *dev, void *res)
{
	struct irq_taken *taken = res;

	free_irq(taken->irq, taken->dev_id);
}

static int irq_match(struct device *dev, void *res, void *data)
{
	const struct irq_taken *taken = res, *wanted = data;

	return taken->irq == wanted->irq && taken->dev_id == wanted->dev_id;
}

int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
			      irq_handler_t thread_fn, unsigned long irqflags, const char *devname,
			      void *dev_id)
{
	struct irq_taken *taken = devres_alloc(irq_release, sizeof(*taken), GFP_KERNEL);
	int err;

	if (!taken)
		return -ENOMEM;
	err = request_threaded_irq(irq, handler, thread_fn, irqflags, devname ?: dev_name(dev), dev_id);
	if (err) {
		devres_free(taken);
		return err;
	}
	*taken = (struct irq_taken){ .irq = irq, .dev_id = dev_id };
	devres_add(dev, taken);
	return 0;
}
EXPORT_SYMBOL(devm_request_threaded_irq);

int devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
		     unsigned long irqflags, const char *devname, void *dev_id)
{
	return devm_request_threaded_irq(dev, irq, handler, NULL, irqflags, devname, dev_id);
}
EXPORT_SYMBOL(devm_request_irq);

void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id)
{
	struct irq_taken wanted = { .irq = irq, .dev_id = dev_id };

	WARN_ON(devres_release(dev, irq_release, irq_match, &wanted));
}
EXPORT_SYMBOL(devm_free_irq);

/* ------------------------------------------------------------------ ports, memory, mappings */

struct region {
	struct resource *parent;
	resource_size_t start, n;
};

static void region_release(struct device *dev, void *res)
{
	struct region *region = res;

	__release_region(region->parent, region->start, region->n);
}

static int region_match(struct device *dev, void *res, void *data)
{
	const struct region *region = res, *wanted = data;

	return region->parent == wanted->parent && region->start == wanted->start && region->n == wanted->n;
}

struct resource *__devm_request_region(struct device *dev, struct resource *parent,
				       resource_size_t start, resource_size_t n, const char *name)
{
	struct region *region = devres_alloc(region_release, sizeof(*region), GFP_KERNEL);
	struct resource *res;

	if (!region)
		return NULL;
	res = __request_region(parent, start, n, name, 0);
	if (!res) {
		devres_free(region);
		return NULL;
	}
	*region = (struct region){ .parent = parent, .start = start, .n = n };
	devres_add(dev, region);
	return res;
}
EXPORT_SYMBOL(__devm_request_region);

void __devm_release_region(struct device *dev, struct resource *parent, resource_size_t start,
			   resource_size_t n)
{
	struct region wanted = { .parent = parent, .start = start, .n = n };

	WARN_ON(devres_release(dev, region_release, region_match, &wanted));
}
EXPORT_SYMBOL(__devm_release_region);

static void ioremap_release(struct device *dev, void *res)
{
	iounmap(*(void __iomem **)res);
}

static int ioremap_match(struct device *dev, void *res, void *data)
{
	return *(void **)res == data;
}

void __iomem *devm_ioremap(struct device *dev, resource_size_t start, resource_size_t size)
{
	void __iomem **slot = devres_alloc(ioremap_release, sizeof(*slot), GFP_KERNEL);

	if (!slot)
		return NULL;
	*slot = ioremap(start, size);
	if (!*slot) {
		devres_free(slot);
		return NULL;
	}
	devres_add(dev, slot);
	return *slot;
}
EXPORT_SYMBOL(devm_ioremap);

void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res)
{
	void __iomem *addr;

	if (!res || !(res->flags & IORESOURCE_MEM))
		return IOMEM_ERR_PTR(-EINVAL);
	if (!__devm_request_region(dev, &iomem_resource, res->start, resource_size(res), dev_name(dev)))
		return IOMEM_ERR_PTR(-EBUSY);
	addr = devm_ioremap(dev, res->start, resource_size(res));
	return addr ?: IOMEM_ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(devm_ioremap_resource);

void devm_iounmap(struct device *dev, void __iomem *addr)
{
	WARN_ON(devres_release(dev, ioremap_release, ioremap_match, (__force void *)addr));
}
EXPORT_SYMBOL(devm_iounmap);
