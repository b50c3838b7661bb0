/*
 * The platform bus: see <linux/platform_device.h>.
 */
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/platform_device.h>
#include <linux/string.h>

struct device platform_bus = { .init_name = "platform" };
EXPORT_SYMBOL_GPL(platform_bus);

static atomic_t next_auto_id = ATOMIC_INIT(0);

/* ------------------------------------------------------------------ resources */

struct resource *platform_get_resource(struct platform_device *pdev, unsigned int type,
				       unsigned int num)
{
	for (u32 i = 0; i < pdev->num_resources; i++)
		if ((pdev->resource[i].flags & IORESOURCE_TYPE_BITS) == type && num-- == 0)
			return &pdev->resource[i];
	return NULL;
}
EXPORT_SYMBOL_GPL(platform_get_resource);

struct resource *platform_get_resource_byname(struct platform_device *pdev, unsigned int type,
					      const char *name)
{
	for (u32 i = 0; i < pdev->num_resources; i++)
		if ((pdev->resource[i].flags & IORESOURCE_TYPE_BITS) == type &&
		    pdev->resource[i].name && !strcmp(pdev->resource[i].name, name))
			return &pdev->resource[i];
	return NULL;
}
EXPORT_SYMBOL_GPL(platform_get_resource_byname);

int platform_get_irq_optional(struct platform_device *pdev, unsigned int num)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_IRQ, num);

	return res ? (int)res->start : -ENXIO;
}
EXPORT_SYMBOL_GPL(platform_get_irq_optional);

int platform_get_irq(struct platform_device *pdev, unsigned int num)
{
	int irq = platform_get_irq_optional(pdev, num);

	if (irq < 0)
		dev_err(&pdev->dev, "IRQ index %u not found\n", num);
	return irq;
}
EXPORT_SYMBOL_GPL(platform_get_irq);

void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int num)
{
	return devm_ioremap_resource(&pdev->dev, platform_get_resource(pdev, IORESOURCE_MEM, num));
}
EXPORT_SYMBOL_GPL(devm_platform_ioremap_resource);

/* Of all that were asked for, or of none. */
static int insert_resources(struct platform_device *pdev)
{
	for (u32 i = 0; i < pdev->num_resources; i++) {
		struct resource *res = &pdev->resource[i], *root = NULL;

		if (!res->name)
			res->name = dev_name(&pdev->dev);
		if (res->flags & IORESOURCE_MEM)
			root = &iomem_resource;
		else if (res->flags & IORESOURCE_IO)
			root = &ioport_resource;
		if (root && request_resource(root, res)) {
			dev_err(&pdev->dev, "its addresses are taken\n");
			while (i-- > 0)
				if (pdev->resource[i].parent)
					release_resource(&pdev->resource[i]);
			return -EBUSY;
		}
	}
	return 0;
}

/* ------------------------------------------------------------------ devices */

int platform_device_add(struct platform_device *pdev)
{
	int err;

	if (!pdev->dev.parent)
		pdev->dev.parent = &platform_bus;
	pdev->dev.bus = &platform_bus_type;
	if (pdev->id == PLATFORM_DEVID_AUTO)
		err = dev_set_name(&pdev->dev, "%s.%d.auto", pdev->name, atomic_inc_return(&next_auto_id) - 1);
	else if (pdev->id == PLATFORM_DEVID_NONE)
		err = dev_set_name(&pdev->dev, "%s", pdev->name);
	else
		err = dev_set_name(&pdev->dev, "%s.%d", pdev->name, pdev->id);
	if (!err)
		err = insert_resources(pdev);
	if (err)
		return err;
	err = device_add(&pdev->dev);
	if (err)
		for (u32 i = 0; i < pdev->num_resources; i++)
			if (pdev->resource[i].parent)
				release_resource(&pdev->resource[i]);
	return err;
}
EXPORT_SYMBOL_GPL(platform_device_add);

int platform_device_register(struct platform_device *pdev)
{
	device_initialize(&pdev->dev);
	return platform_device_add(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_register);

void platform_device_del(struct platform_device *pdev)
{
	if (IS_ERR_OR_NULL(pdev))
		return;
	device_del(&pdev->dev);
	for (u32 i = 0; i < pdev->num_resources; i++)
		if (pdev->resource[i].parent)
			release_resource(&pdev->resource[i]);
}
EXPORT_SYMBOL_GPL(platform_device_del);

void platform_device_put(struct platform_device *pdev)
{
	if (!IS_ERR_OR_NULL(pdev))
		put_device(&pdev->dev);
}
EXPORT_SYMBOL_GPL(platform_device_put);

void platform_device_unregister(struct platform_device *pdev)
{
	platform_device_del(pdev);
	platform_device_put(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_unregister);

int platform_add_devices(struct platform_device **devs, int num)
{
	int err = 0;

	for (int i = 0; i < num && !err; i++) {
		err = platform_device_register(devs[i]);
		while (err && --i >= 0)
			platform_device_unregister(devs[i]);
	}
	return err;
}
EXPORT_SYMBOL_GPL(platform_add_devices);

/* In memory of its own, with a copy of the name behind it. */
struct platform_object {
	struct platform_device pdev;
	char name[];
};

static void platform_object_release(struct device *dev)
{
	struct platform_object *object = container_of(dev, struct platform_object, pdev.dev);

	kfree(object->pdev.dev.platform_data);
	kfree(object->pdev.resource);
	kfree(object);
}

struct platform_device *platform_device_alloc(const char *name, int id)
{
	struct platform_object *object = kzalloc(sizeof(*object) + strlen(name) + 1, GFP_KERNEL);

	if (!object)
		return NULL;
	strcpy(object->name, name);
	object->pdev.name = object->name;
	object->pdev.id = id;
	device_initialize(&object->pdev.dev);
	object->pdev.dev.release = platform_object_release;
	return &object->pdev;
}
EXPORT_SYMBOL_GPL(platform_device_alloc);

int platform_device_add_resources(struct platform_device *pdev, const struct resource *res,
				  unsigned int num)
{
	struct resource *copy = kmemdup(res, num * sizeof(*res), GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	kfree(pdev->resource);
	pdev->resource = copy;
	pdev->num_resources = num;
	return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_resources);

int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size)
{
	void *copy = kmemdup(data, size, GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	kfree(pdev->dev.platform_data);
	pdev->dev.platform_data = copy;
	return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_data);

struct platform_device *platform_device_register_resndata(struct device *parent, const char *name,
							  int id, const struct resource *res,
							  unsigned int num, const void *data,
							  size_t size)
{
	struct platform_device *pdev = platform_device_alloc(name, id);
	int err = 0;

	if (!pdev)
		return ERR_PTR(-ENOMEM);
	pdev->dev.parent = parent;
	if (num)
		err = platform_device_add_resources(pdev, res, num);
	if (!err && data)
		err = platform_device_add_data(pdev, data, size);
	if (!err)
		err = platform_device_add(pdev);
	if (!err)
		return pdev;
	platform_device_put(pdev);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_GPL(platform_device_register_resndata);

/* ------------------------------------------------------------------ drivers, and the bus */

static int platform_drv_probe(struct device *dev)
{
	struct platform_driver *driver = to_platform_driver(dev->driver);

	return driver->probe ? driver->probe(to_platform_device(dev)) : 0;
}

static int platform_drv_remove(struct device *dev)
{
	struct platform_driver *driver = to_platform_driver(dev->driver);

	return driver->remove ? driver->remove(to_platform_device(dev)) : 0;
}

int __platform_driver_register(struct platform_driver *driver, struct module *owner)
{
	driver->driver.owner = owner;
	driver->driver.bus = &platform_bus_type;
	return driver_register(&driver->driver);
}
EXPORT_SYMBOL_GPL(__platform_driver_register);

void platform_driver_unregister(struct platform_driver *driver)
{
	driver_unregister(&driver->driver);
}
EXPORT_SYMBOL_GPL(platform_driver_unregister);

static int platform_match(struct device *dev, struct device_driver *driver)
{
	struct platform_device *pdev = to_platform_device(dev);
	const struct platform_device_id *id = to_platform_driver(driver)->id_table;

	if (!id)
		return !strcmp(pdev->name, driver->name);
	for (; id->name[0]; id++)
		if (!strcmp(pdev->name, id->name)) {
			pdev->id_entry = id;
			return 1;
		}
	return 0;
}

static int platform_uevent(struct device *dev, struct kobj_uevent_env *env)
{
	return add_uevent_var(env, "MODALIAS=%s%s", PLATFORM_MODULE_PREFIX, to_platform_device(dev)->name);
}

static ssize_t modalias_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s%s\n", PLATFORM_MODULE_PREFIX, to_platform_device(dev)->name);
}

static DEVICE_ATTR_RO(modalias);
static struct attribute *platform_dev_attrs[] = { &dev_attr_modalias.attr, NULL };
ATTRIBUTE_GROUPS(platform_dev);

struct bus_type platform_bus_type = {
	.name = "platform",
	.dev_groups = platform_dev_groups,
	.match = platform_match,
	.uevent = platform_uevent,
	.probe = platform_drv_probe,
	.remove = platform_drv_remove,
};
EXPORT_SYMBOL_GPL(platform_bus_type);

/* Never removed. */
static void platform_bus_release(struct device *dev)
{
}

static int __init platform_bus_init(void)
{
	int err;

	platform_bus.release = platform_bus_release;
	err = device_register(&platform_bus);
	return err ?: bus_register(&platform_bus_type);
}
postcore_initcall(platform_bus_init);
