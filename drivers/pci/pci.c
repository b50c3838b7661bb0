/*
 * What drivers ask of a PCI function: to answer, to master the bus, its ranges.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/minmax.h>
#include "pci.h"

DEFINE_MUTEX(pci_mutex);

#define PCI_CAP_FIRST		0x40	/* capabilities lie behind the standard header */
#define PCI_CAP_MAX		48	/* as many as fit: ends a circular list */
#define PCI_CAP_NEXT(header)	(((header) >> 8) & 0xfc)

static void change_command(struct pci_dev *dev, u16 clear, u16 set)
{
	u16 old, new;

	pci_read_config_word(dev, PCI_COMMAND, &old);
	new = (old & ~clear) | set;
	if (new != old)
		pci_write_config_word(dev, PCI_COMMAND, new);
}

/*
 * Switch decoding of its ports and addresses on.  Counted: the last
 * pci_disable_device() switches mastering off again.  Context: process, in
 * probe and remove or alone with the device.
 */
int pci_enable_device(struct pci_dev *dev)
{
	u16 wanted = 0;
	int bar;

	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		unsigned long flags = dev->resource[bar].flags;

		if (flags & IORESOURCE_IO)
			wanted |= PCI_COMMAND_IO;
		if (flags & IORESOURCE_MEM)
			wanted |= PCI_COMMAND_MEMORY;
	}
	/* IDE in compatibility mode has its ports at fixed places, without a BAR. */
	if (dev->class >> 8 == PCI_CLASS_STORAGE_IDE)
		wanted |= PCI_COMMAND_IO;
	dev->enable_cnt++;
	change_command(dev, PCI_COMMAND_INTX_DISABLE, wanted);
	return 0;
}
EXPORT_SYMBOL(pci_enable_device);

void pci_disable_device(struct pci_dev *dev)
{
	if (--dev->enable_cnt == 0)
		pci_clear_master(dev);
}
EXPORT_SYMBOL(pci_disable_device);

void pci_set_master(struct pci_dev *dev)
{
	change_command(dev, 0, PCI_COMMAND_MASTER);
}
EXPORT_SYMBOL(pci_set_master);

void pci_clear_master(struct pci_dev *dev)
{
	change_command(dev, PCI_COMMAND_MASTER, 0);
}
EXPORT_SYMBOL(pci_clear_master);

void pci_intx(struct pci_dev *dev, int enable)
{
	change_command(dev, enable ? PCI_COMMAND_INTX_DISABLE : 0, enable ? 0 : PCI_COMMAND_INTX_DISABLE);
}
EXPORT_SYMBOL(pci_intx);

int pci_find_capability(struct pci_dev *dev, int cap)
{
	u16 status, header;
	int left;
	u8 where;

	pci_read_config_word(dev, PCI_STATUS, &status);
	if (!(status & PCI_STATUS_CAP_LIST))
		return 0;
	pci_read_config_byte(dev, PCI_CAPABILITY_LIST, &where);
	where &= 0xfc;
	for (left = PCI_CAP_MAX; where >= PCI_CAP_FIRST && left; left--) {
		pci_read_config_word(dev, where, &header);
		if ((header & 0xff) == cap)
			return where;
		where = PCI_CAP_NEXT(header);
	}
	return 0;
}
EXPORT_SYMBOL(pci_find_capability);

static struct resource *bar_root(struct pci_dev *dev, int bar)
{
	return dev->resource[bar].flags & IORESOURCE_IO ? &ioport_resource : &iomem_resource;
}

/* Claim a BAR's range for the driver: 0, or -EBUSY.  One that does not exist is no obstacle. */
int pci_request_region(struct pci_dev *dev, int bar, const char *name)
{
	if (!pci_resource_len(dev, bar))
		return 0;
	if (!__request_region(bar_root(dev, bar), pci_resource_start(dev, bar),
			      pci_resource_len(dev, bar), name, 0))
		return -EBUSY;
	return 0;
}
EXPORT_SYMBOL(pci_request_region);

void pci_release_region(struct pci_dev *dev, int bar)
{
	if (pci_resource_len(dev, bar))
		__release_region(bar_root(dev, bar), pci_resource_start(dev, bar),
				 pci_resource_len(dev, bar));
}
EXPORT_SYMBOL(pci_release_region);

int pci_request_regions(struct pci_dev *dev, const char *name)
{
	int bar;

	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		if (pci_request_region(dev, bar, name))
			goto out_release;
	}
	return 0;

out_release:
	while (--bar >= 0)
		pci_release_region(dev, bar);
	return -EBUSY;
}
EXPORT_SYMBOL(pci_request_regions);

void pci_release_regions(struct pci_dev *dev)
{
	int bar;

	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		pci_release_region(dev, bar);
}
EXPORT_SYMBOL(pci_release_regions);

/* A BAR, ports or memory, for ioread/iowrite; at most maxlen bytes unless 0.  NULL on failure. */
void __iomem *pci_iomap(struct pci_dev *dev, int bar, unsigned long maxlen)
{
	unsigned long len = pci_resource_len(dev, bar);

	if (!len)
		return NULL;
	if (maxlen)
		len = min(len, maxlen);
	if (pci_resource_flags(dev, bar) & IORESOURCE_IO)
		return ioport_map(pci_resource_start(dev, bar), len);
	return ioremap(pci_resource_start(dev, bar), len);
}
EXPORT_SYMBOL(pci_iomap);

void pci_iounmap(struct pci_dev *dev, void __iomem *addr)
{
	if ((unsigned long)addr < IOPORT_COOKIE_END)
		ioport_unmap(addr);
	else
		iounmap(addr);
}
EXPORT_SYMBOL(pci_iounmap);
