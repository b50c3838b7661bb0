/*
 * Finding what is on the PCI buses, once, at boot.
 *
 * Bus 0 is walked slot by slot; behind a bridge lies the bus whose number the
 * firmware gave it.  Each function becomes a struct pci_dev on pci_devices;
 * its base address registers become resources, visible in /proc/ioports and
 * /proc/iomem before any driver asks for them.
 *
 * Context: process, before any driver.  The list is constant afterwards.
 */
#include <linux/dma-mapping.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include "pci.h"

LIST_HEAD(pci_devices);
EXPORT_SYMBOL(pci_devices);

static DECLARE_BITMAP(buses_seen, PCI_MAX_BUSES);
static struct device *pci_root;		/* /sys/devices/pci0000:00 */

static void pci_release_dev(struct device *dev)
{
	kfree(to_pci_dev(dev));
}

/*
 * Which address bits a BAR keeps tells its size: all ones are written, what is
 * read back has zeroes below the size.  Decoding is off meanwhile, or the
 * device would answer at the top of memory.
 */
static u32 bar_size_mask(struct pci_dev *dev, int reg, u32 old)
{
	u16 command;
	u32 mask;

	pci_read_config_word(dev, PCI_COMMAND, &command);
	pci_write_config_word(dev, PCI_COMMAND,
			      command & ~(PCI_COMMAND_IO | PCI_COMMAND_MEMORY));
	pci_write_config_dword(dev, reg, ~0u);
	pci_read_config_dword(dev, reg, &mask);
	pci_write_config_dword(dev, reg, old);
	pci_write_config_word(dev, PCI_COMMAND, command);
	return mask;
}

static void set_bar_range(struct resource *res, u32 start, u32 size_bits)
{
	res->start = start;
	res->end = start + (size_bits & -size_bits) - 1;
}

/* Fill dev->resource[bar]; returns how many registers it took (a 64-bit one takes two). */
static int read_bar(struct pci_dev *dev, int bar)
{
	struct resource *res = &dev->resource[bar];
	int reg = PCI_BASE_ADDRESS_0 + 4 * bar;
	u32 value, mask, upper = 0;
	int used = 1;

	pci_read_config_dword(dev, reg, &value);
	mask = bar_size_mask(dev, reg, value);
	if (mask == 0 || mask == ~0u)
		return 1;
	res->name = pci_name(dev);
	if (value & PCI_BASE_ADDRESS_SPACE_IO) {
		/* Only 16 address bits exist; some devices leave the others zero. */
		set_bar_range(res, value & PCI_BASE_ADDRESS_IO_MASK & 0xffff,
			      mask & PCI_BASE_ADDRESS_IO_MASK & 0xffff);
		res->flags = IORESOURCE_IO;
		return 1;
	}
	if ((value & PCI_BASE_ADDRESS_MEM_TYPE_MASK) == PCI_BASE_ADDRESS_MEM_TYPE_64) {
		used = 2;
		if (bar + 1 < PCI_STD_NUM_BARS)
			pci_read_config_dword(dev, reg + 4, &upper);
	}
	if (upper)
		return used;		/* above 4 GiB: out of our reach */
	set_bar_range(res, value & PCI_BASE_ADDRESS_MEM_MASK, mask & PCI_BASE_ADDRESS_MEM_MASK);
	res->flags = IORESOURCE_MEM;
	if (used == 2)
		res->flags |= IORESOURCE_MEM_64;
	if (value & PCI_BASE_ADDRESS_MEM_PREFETCH)
		res->flags |= IORESOURCE_PREFETCH;
	return used;
}

/* A range that overlaps another, or was never assigned, stays out of the tree: no driver gets it. */
static void claim_bars(struct pci_dev *dev)
{
	int bar;

	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		struct resource *res = &dev->resource[bar];
		struct resource *root;

		if (!res->flags || !res->start)
			continue;
		root = res->flags & IORESOURCE_IO ? &ioport_resource : &iomem_resource;
		if (request_resource(root, res))
			pr_warn("pci %s: BAR %d at %08lx overlaps something else\n", pci_name(dev), bar,
				(unsigned long)res->start);
	}
}

static void read_header(struct pci_dev *dev)
{
	int bar, bars = dev->hdr_type == PCI_HEADER_TYPE_NORMAL ? PCI_STD_NUM_BARS :
			dev->hdr_type == PCI_HEADER_TYPE_BRIDGE ? 2 : 0;
	u8 line;

	for (bar = 0; bar < bars; )
		bar += read_bar(dev, bar);
	if (dev->hdr_type == PCI_HEADER_TYPE_NORMAL) {
		pci_read_config_word(dev, PCI_SUBSYSTEM_VENDOR_ID, &dev->subsystem_vendor);
		pci_read_config_word(dev, PCI_SUBSYSTEM_ID, &dev->subsystem_device);
	}
	pci_read_config_byte(dev, PCI_INTERRUPT_PIN, &dev->pin);
	pci_read_config_byte(dev, PCI_INTERRUPT_LINE, &line);
	dev->irq = dev->pin ? line : 0;
}

/* The function at devfn, described and listed; NULL if there is none or no memory. */
static struct pci_dev *scan_function(struct pci_bus *bus, unsigned int devfn)
{
	u32 id = pci_conf1_read(bus->number, devfn, PCI_VENDOR_ID, 4);
	struct pci_dev *dev;
	u32 class;
	u8 type;

	if (id == ~0u || id == 0 || (id & 0xffff) == 0xffff)
		return NULL;
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return NULL;
	dev->bus = bus;
	dev->devfn = devfn;
	dev->vendor = id & 0xffff;
	dev->device = id >> 16;
	device_initialize(&dev->dev);
	dev->dev.bus = &pci_bus_type;
	dev->dev.parent = pci_root;
	dev->dev.release = pci_release_dev;
	dev->dma_mask = DMA_BIT_MASK(32);
	dev->dev.dma_mask = &dev->dma_mask;
	dev->dev.coherent_dma_mask = DMA_BIT_MASK(32);
	if (dev_set_name(&dev->dev, "0000:%02x:%02x.%x", bus->number, PCI_SLOT(devfn), PCI_FUNC(devfn))) {
		put_device(&dev->dev);
		return NULL;
	}
	pci_read_config_dword(dev, PCI_CLASS_REVISION, &class);
	dev->revision = class & 0xff;
	dev->class = class >> 8;
	pci_read_config_byte(dev, PCI_HEADER_TYPE, &type);
	dev->hdr_type = type & PCI_HEADER_TYPE_MASK;
	read_header(dev);
	claim_bars(dev);
	list_add_tail(&dev->bus_list, &pci_devices);
	dev_dbg(&dev->dev, "[%04x:%04x] class %06x irq %u\n", dev->vendor, dev->device, dev->class,
		dev->irq);
	WARN_ON(device_add(&dev->dev));
	return dev;
}

static void scan_bus(unsigned int number);

static void scan_slot(struct pci_bus *bus, unsigned int slot)
{
	unsigned int func;
	u8 type = pci_conf1_read(bus->number, PCI_DEVFN(slot, 0), PCI_HEADER_TYPE, 1);
	unsigned int funcs = type & PCI_HEADER_TYPE_MFD ? PCI_MAX_FUNCS : 1;

	for (func = 0; func < funcs; func++) {
		struct pci_dev *dev = scan_function(bus, PCI_DEVFN(slot, func));
		u8 secondary;

		if (!dev && func == 0)
			return;		/* without function 0 there is no device */
		if (dev && dev->hdr_type == PCI_HEADER_TYPE_BRIDGE) {
			pci_read_config_byte(dev, PCI_SECONDARY_BUS, &secondary);
			scan_bus(secondary);
		}
	}
}

/* The set of buses seen ends the recursion where bridges are numbered in a circle. */
static void scan_bus(unsigned int number)
{
	struct pci_bus *bus;
	unsigned int slot;

	if (__test_and_set_bit(number, buses_seen))
		return;
	bus = kzalloc(sizeof(*bus), GFP_KERNEL);
	if (!bus)
		return;
	bus->number = number;
	for (slot = 0; slot < PCI_MAX_SLOTS; slot++)
		scan_slot(bus, slot);
}

static int __init pci_scan(void)
{
	int err = bus_register(&pci_bus_type);

	if (err)
		return err;
	pci_root = root_device_register("pci0000:00");
	if (IS_ERR(pci_root))
		return PTR_ERR(pci_root);
	if (pci_conf1_present())
		scan_bus(0);
	return 0;
}
subsys_initcall(pci_scan);
