/*
 * Bringing PCI drivers and devices together.
 *
 * A driver's table says what it can serve; the device model offers it each
 * device that matches. /sys/bus/pci shows both.
 *
 * Context: process.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include "pci.h"

static bool id_matches(const struct pci_device_id *id, const struct pci_dev *dev)
{
	return (id->vendor == PCI_ANY_ID || id->vendor == dev->vendor) &&
	       (id->device == PCI_ANY_ID || id->device == dev->device) &&
	       (id->subvendor == PCI_ANY_ID || id->subvendor == dev->subsystem_vendor) &&
	       (id->subdevice == PCI_ANY_ID || id->subdevice == dev->subsystem_device) &&
	       !((id->class ^ dev->class) & id->class_mask);
}

/* The first row of ids that describes dev, or NULL. */
const struct pci_device_id *pci_match_id(const struct pci_device_id *ids, struct pci_dev *dev)
{
	for (; ids->vendor || ids->subvendor || ids->class_mask; ids++) {
		if (id_matches(ids, dev))
			return ids;
	}
	return NULL;
}
EXPORT_SYMBOL(pci_match_id);

/* ------------------------------------------------------------------ the bus */

static int pci_bus_match(struct device *dev, struct device_driver *driver)
{
	return pci_match_id(to_pci_driver(driver)->id_table, to_pci_dev(dev)) != NULL;
}

static int pci_bus_probe(struct device *dev)
{
	struct pci_driver *driver = to_pci_driver(dev->driver);
	struct pci_dev *pci = to_pci_dev(dev);
	int err;

	pci->driver = driver;
	err = driver->probe(pci, pci_match_id(driver->id_table, pci));
	if (err)
		pci->driver = NULL;
	return err;
}

static int pci_bus_remove(struct device *dev)
{
	struct pci_dev *pci = to_pci_dev(dev);

	if (pci->driver->remove)
		pci->driver->remove(pci);
	pci->driver = NULL;
	return 0;
}

static int pci_bus_uevent(struct device *dev, struct kobj_uevent_env *env)
{
	const struct pci_dev *pci = to_pci_dev(dev);

	add_uevent_var(env, "PCI_CLASS=%04X", pci->class);
	add_uevent_var(env, "PCI_ID=%04X:%04X", pci->vendor, pci->device);
	add_uevent_var(env, "PCI_SUBSYS_ID=%04X:%04X", pci->subsystem_vendor, pci->subsystem_device);
	return add_uevent_var(env, "PCI_SLOT_NAME=%s", pci_name(pci));
}

#define PCI_ATTR(field, format)							\
static ssize_t field##_show(struct device *dev, struct device_attribute *attr, char *buf) \
{										\
	return sysfs_emit(buf, format "\n", to_pci_dev(dev)->field);		\
}										\
static DEVICE_ATTR_RO(field)

PCI_ATTR(vendor, "0x%04x");
PCI_ATTR(device, "0x%04x");
PCI_ATTR(subsystem_vendor, "0x%04x");
PCI_ATTR(subsystem_device, "0x%04x");
PCI_ATTR(class, "0x%06x");
PCI_ATTR(revision, "0x%02x");
PCI_ATTR(irq, "%u");

static ssize_t resource_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	int len = 0;

	for (int bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		const struct resource *res = &to_pci_dev(dev)->resource[bar];

		len += sysfs_emit_at(buf, len, "0x%016llx 0x%016llx 0x%016llx\n",
				     res->flags ? (u64)res->start : 0, res->flags ? (u64)res->end : 0,
				     (u64)res->flags);
	}
	return len;
}

static DEVICE_ATTR_RO(resource);

static struct attribute *pci_dev_attrs[] = {
	&dev_attr_vendor.attr, &dev_attr_device.attr, &dev_attr_subsystem_vendor.attr,
	&dev_attr_subsystem_device.attr, &dev_attr_class.attr, &dev_attr_revision.attr,
	&dev_attr_irq.attr, &dev_attr_resource.attr, NULL,
};
ATTRIBUTE_GROUPS(pci_dev);

struct bus_type pci_bus_type = {
	.name = "pci",
	.dev_groups = pci_dev_groups,
	.match = pci_bus_match,
	.uevent = pci_bus_uevent,
	.probe = pci_bus_probe,
	.remove = pci_bus_remove,
};
EXPORT_SYMBOL(pci_bus_type);

int __pci_register_driver(struct pci_driver *driver, struct module *owner, const char *mod_name)
{
	if (!driver->id_table || !driver->probe)
		return -EINVAL;
	driver->driver.name = driver->name;
	driver->driver.bus = &pci_bus_type;
	driver->driver.owner = owner;
	return driver_register(&driver->driver);
}
EXPORT_SYMBOL(__pci_register_driver);

void pci_unregister_driver(struct pci_driver *driver)
{
	driver_unregister(&driver->driver);
}
EXPORT_SYMBOL(pci_unregister_driver);

/* ------------------------------------------------------------------ searching */

static struct pci_dev *next_device(struct pci_dev *from)
{
	struct list_head *next = from ? from->bus_list.next : pci_devices.next;

	return next == &pci_devices ? NULL : list_entry(next, struct pci_dev, bus_list);
}

struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device, struct pci_dev *from)
{
	struct pci_dev *dev;

	for (dev = next_device(from); dev; dev = next_device(dev)) {
		if ((vendor == PCI_ANY_ID || vendor == dev->vendor) &&
		    (device == PCI_ANY_ID || device == dev->device))
			return dev;
	}
	return NULL;
}
EXPORT_SYMBOL(pci_get_device);

/* class has 24 bits, the interface included. */
struct pci_dev *pci_get_class(unsigned int class, struct pci_dev *from)
{
	struct pci_dev *dev;

	for (dev = next_device(from); dev; dev = next_device(dev)) {
		if (dev->class == class)
			return dev;
	}
	return NULL;
}
EXPORT_SYMBOL(pci_get_class);
