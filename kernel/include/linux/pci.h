/*
 * <linux/pci.h> - PCI functions and their drivers.
 *
 * The bus is scanned once at boot, by configuration mechanism 1.  A driver
 * registers a table of ids; probe() is called for each function that matches
 * and has no driver yet. It is the bus "pci" of the device model.
 *
 * Differences from Linux: no hot plug, no power states; the firmware has
 * assigned all addresses and we keep them.
 */
#ifndef _LINUX_PCI_H
#define _LINUX_PCI_H

#include <linux/types.h>
#include <linux/device.h>
#include <linux/list.h>
#include <linux/ioport.h>
#include <linux/pci_regs.h>

#define PCI_CLASS_STORAGE_IDE		0x0101

#define PCI_VENDOR_ID_INTEL		0x8086
#define PCI_DEVICE_ID_INTEL_82801AA_3	0x2413
#define PCI_DEVICE_ID_INTEL_82371AB_3	0x7113

#define PCI_VENDOR_ID_QEMU		0x1234

#define PCI_DEVFN(slot, func)	((((slot) & 0x1f) << 3) | ((func) & 0x07))
#define PCI_SLOT(devfn)		(((devfn) >> 3) & 0x1f)
#define PCI_FUNC(devfn)		((devfn) & 0x07)
#define PCI_ANY_ID		(~0u)
#define PCI_STD_NUM_BARS	6

struct pci_device_id {
	u32 vendor, device;		/* or PCI_ANY_ID */
	u32 subvendor, subdevice;
	u32 class, class_mask;		/* class, subclass and interface: 24 bits */
	unsigned long driver_data;	/* the driver's */
};

#define PCI_DEVICE(vend, dev) \
	.vendor = (vend), .device = (dev), .subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID
#define PCI_VDEVICE(vend, dev)	PCI_DEVICE(PCI_VENDOR_ID_##vend, dev)
#define PCI_DEVICE_CLASS(dev_class, dev_class_mask) \
	.class = (dev_class), .class_mask = (dev_class_mask), \
	.vendor = PCI_ANY_ID, .device = PCI_ANY_ID, \
	.subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID

struct pci_bus {
	unsigned char number;
	struct list_head node;
};

/* [p] pci_mutex, may sleep  [d] dev.mutex; everything else is constant after the scan */
struct pci_dev {
	struct pci_bus *bus;
	unsigned int devfn;			/* slot and function: PCI_SLOT, PCI_FUNC */
	unsigned short vendor, device;
	unsigned short subsystem_vendor, subsystem_device;
	unsigned int class;			/* 24 bits */
	u8 revision, hdr_type, pin;
	unsigned int irq;			/* [d] the pin's line, 0 or 255: none; or the message's */
	unsigned int pin_irq;			/* [d] the former while msi_enabled */
	bool msi_enabled;			/* [d] */
	struct resource resource[PCI_STD_NUM_BARS]; /* flags 0: no such BAR */
	struct device dev;			/* its name: "0000:00:01.1" */
	struct list_head bus_list;		/* on pci_devices */
	struct pci_driver *driver;		/* [d] */
	int enable_cnt;				/* [p] */
	u64 dma_mask;				/* the driver's: what it can address */
};

#define to_pci_dev(n)	container_of(n, struct pci_dev, dev)
extern struct bus_type pci_bus_type;

struct pci_driver {
	const char *name;
	const struct pci_device_id *id_table;	/* ends with a zero entry */
	int (*probe)(struct pci_dev *dev, const struct pci_device_id *id); /* may sleep */
	void (*remove)(struct pci_dev *dev);	/* may sleep */
	void (*shutdown)(struct pci_dev *dev);
	struct device_driver driver;
};

#define to_pci_driver(drv)	container_of(drv, struct pci_driver, driver)
#define module_pci_driver(__pci_driver) \
	module_driver(__pci_driver, pci_register_driver, pci_unregister_driver)

extern struct list_head pci_devices;

#define for_each_pci_dev(d) list_for_each_entry(d, &pci_devices, bus_list)

/* Context: any (one spinlock, irq-safe).  0, or PCIBIOS_BAD_REGISTER_NUMBER if misaligned. */
extern int pci_read_config_byte(const struct pci_dev *dev, int where, u8 *val);
extern int pci_read_config_word(const struct pci_dev *dev, int where, u16 *val);
extern int pci_read_config_dword(const struct pci_dev *dev, int where, u32 *val);
extern int pci_write_config_byte(const struct pci_dev *dev, int where, u8 val);
extern int pci_write_config_word(const struct pci_dev *dev, int where, u16 val);
extern int pci_write_config_dword(const struct pci_dev *dev, int where, u32 val);

#define PCIBIOS_SUCCESSFUL		0
#define PCIBIOS_BAD_REGISTER_NUMBER	0x87

extern int __pci_register_driver(struct pci_driver *driver, struct module *owner,
				 const char *mod_name);
#define pci_register_driver(driver) \
	__pci_register_driver(driver, THIS_MODULE, KBUILD_MODNAME)
extern void pci_unregister_driver(struct pci_driver *driver);
extern const struct pci_device_id *pci_match_id(const struct pci_device_id *ids,
						struct pci_dev *dev);

/* Let it answer on its ports and addresses: 0 or -errno. Counted. */
extern int __must_check pci_enable_device(struct pci_dev *dev);
extern void pci_disable_device(struct pci_dev *dev);
/* Let it move data by itself. */
extern void pci_set_master(struct pci_dev *dev);
extern void pci_clear_master(struct pci_dev *dev);
/* Whether its pin may interrupt. */
extern void pci_intx(struct pci_dev *dev, int enable);

#define PCI_IRQ_LEGACY		(1 << 0)	/* the pin */
#define PCI_IRQ_MSI		(1 << 1)
#define PCI_IRQ_MSIX		(1 << 2)	/* not served */
#define PCI_IRQ_AFFINITY	(1 << 3)
#define PCI_IRQ_ALL_TYPES	(PCI_IRQ_LEGACY | PCI_IRQ_MSI | PCI_IRQ_MSIX)

/*
 * Interrupts of the kinds in @flags: how many (always 1), -ENOSPC if it cannot be @min_vecs,
 * -ERANGE. A message if there is a local APIC, else the pin. pci_irq_vector(): for request_irq().
 */
extern int pci_alloc_irq_vectors(struct pci_dev *dev, unsigned int min_vecs, unsigned int max_vecs,
				 unsigned int flags);
extern void pci_free_irq_vectors(struct pci_dev *dev);
extern int pci_irq_vector(struct pci_dev *dev, unsigned int nr);
extern int __must_check pci_enable_msi(struct pci_dev *dev);
extern void pci_disable_msi(struct pci_dev *dev);
/* Offset of a capability in configuration space, 0 if it has none such. */
extern int pci_find_capability(struct pci_dev *dev, int cap);

extern int pci_request_region(struct pci_dev *dev, int bar, const char *name);
extern void pci_release_region(struct pci_dev *dev, int bar);
extern int pci_request_regions(struct pci_dev *dev, const char *name);
extern void pci_release_regions(struct pci_dev *dev);
extern void __iomem *pci_iomap(struct pci_dev *dev, int bar, unsigned long maxlen);
extern void pci_iounmap(struct pci_dev *dev, void __iomem *addr);

/* Search from after `from` (NULL: the start); no reference is counted, nothing goes away. */
extern struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device,
				      struct pci_dev *from);
extern struct pci_dev *pci_get_class(unsigned int class, struct pci_dev *from);

#define pci_resource_start(dev, bar)	((dev)->resource[bar].start)
#define pci_resource_end(dev, bar)	((dev)->resource[bar].end)
#define pci_resource_flags(dev, bar)	((dev)->resource[bar].flags)
#define pci_resource_len(dev, bar) \
	((dev)->resource[bar].flags ? resource_size(&(dev)->resource[bar]) : 0)

static inline const char *pci_name(const struct pci_dev *dev)
{
	return dev_name(&dev->dev);
}

static inline void *pci_get_drvdata(struct pci_dev *dev)
{
	return dev_get_drvdata(&dev->dev);
}

static inline void pci_set_drvdata(struct pci_dev *dev, void *data)
{
	dev_set_drvdata(&dev->dev, data);
}

#endif
