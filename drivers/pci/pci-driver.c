/*
 * Bringing PCI drivers and devices together.
 *
 * A driver's table says what it can serve.  When it registers, each device
 * without a driver that matches is offered to its probe(); a probe that fails
 * leaves the device to others.
 *
 * Context: process.  Lock: pci_mutex, held over probe and remove.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include "pci.h"

static LIST_HEAD(pci_drivers);		/* pci_mutex */

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

/* -ENODEV from probe() means "not mine after all" and is no news. */
static void probe_device(struct pci_driver *driver, struct pci_dev *dev)
{
	const struct pci_device_id *id = pci_match_id(driver->id_table, dev);
	int err;

	lockdep_assert_held(&pci_mutex);
	if (dev->driver || !id)
		return;
	dev->driver = driver;
	err = driver->probe(dev, id);
	if (!err)
		return;
	dev->driver = NULL;
	if (err != -ENODEV && err != -ENXIO)
		pr_warn("%s %s: probe failed with error %d\n", driver->name, dev->name, err);
}

int __pci_register_driver(struct pci_driver *driver, struct module *owner, const char *mod_name)
{
	struct pci_dev *dev;

	if (!driver->id_table || !driver->probe)
		return -EINVAL;
	mutex_lock(&pci_mutex);
	list_add_tail(&driver->node, &pci_drivers);
	for_each_pci_dev(dev)
		probe_device(driver, dev);
	mutex_unlock(&pci_mutex);
	return 0;
}
EXPORT_SYMBOL(__pci_register_driver);

void pci_unregister_driver(struct pci_driver *driver)
{
	struct pci_dev *dev;

	mutex_lock(&pci_mutex);
	list_del(&driver->node);
	for_each_pci_dev(dev) {
		if (dev->driver != driver)
			continue;
		if (driver->remove)
			driver->remove(dev);
		dev->driver = NULL;
		dev->driver_data = NULL;
	}
	mutex_unlock(&pci_mutex);
}
EXPORT_SYMBOL(pci_unregister_driver);

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
