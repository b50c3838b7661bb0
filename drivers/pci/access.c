/*
 * Configuration space by mechanism 1: PCI Local Bus Specification 2.2, 3.2.2.3.
 *
 * One port takes the address of a 32-bit register (bus, device, function,
 * offset), another then is that register.  The two accesses belong together,
 * hence the lock.  Context: any.
 */
#include <linux/io.h>
#include <linux/export.h>
#include "pci.h"

#define PCI_CONFIG_ADDRESS	0xcf8
#define PCI_CONFIG_DATA		0xcfc
#define PCI_CONFIG_ENABLE	0x80000000u

static DEFINE_SPINLOCK(pci_config_lock);	/* the address port; irq-safe */

static u32 conf1_address(unsigned int bus, unsigned int devfn, int where)
{
	return PCI_CONFIG_ENABLE | bus << 16 | devfn << 8 | (where & 0xfc);
}

/* A bridge that knows the mechanism keeps what is written to the address port. */
bool pci_conf1_present(void)
{
	unsigned long flags;
	u32 old, seen;

	spin_lock_irqsave(&pci_config_lock, flags);
	old = inl(PCI_CONFIG_ADDRESS);
	outl(PCI_CONFIG_ENABLE, PCI_CONFIG_ADDRESS);
	seen = inl(PCI_CONFIG_ADDRESS);
	outl(old, PCI_CONFIG_ADDRESS);
	spin_unlock_irqrestore(&pci_config_lock, flags);
	return seen == PCI_CONFIG_ENABLE;
}

/* size is 1, 2 or 4 bytes.  All ones where there is no device. */
u32 pci_conf1_read(unsigned int bus, unsigned int devfn, int where, int size)
{
	unsigned long flags;
	u32 value;

	spin_lock_irqsave(&pci_config_lock, flags);
	outl(conf1_address(bus, devfn, where), PCI_CONFIG_ADDRESS);
	if (size == 1)
		value = inb(PCI_CONFIG_DATA + (where & 3));
	else if (size == 2)
		value = inw(PCI_CONFIG_DATA + (where & 2));
	else
		value = inl(PCI_CONFIG_DATA);
	spin_unlock_irqrestore(&pci_config_lock, flags);
	return value;
}

void pci_conf1_write(unsigned int bus, unsigned int devfn, int where, int size, u32 value)
{
	unsigned long flags;

	spin_lock_irqsave(&pci_config_lock, flags);
	outl(conf1_address(bus, devfn, where), PCI_CONFIG_ADDRESS);
	if (size == 1)
		outb(value, PCI_CONFIG_DATA + (where & 3));
	else if (size == 2)
		outw(value, PCI_CONFIG_DATA + (where & 2));
	else
		outl(value, PCI_CONFIG_DATA);
	spin_unlock_irqrestore(&pci_config_lock, flags);
}

#define PCI_CONFIG_ACCESSORS(name, type, size)						\
int pci_read_config_##name(const struct pci_dev *dev, int where, type *val)		\
{											\
	if (where & (size - 1))								\
		return PCIBIOS_BAD_REGISTER_NUMBER;					\
	*val = pci_conf1_read(dev->bus->number, dev->devfn, where, size);		\
	return PCIBIOS_SUCCESSFUL;							\
}											\
EXPORT_SYMBOL(pci_read_config_##name);							\
											\
int pci_write_config_##name(const struct pci_dev *dev, int where, type val)		\
{											\
	if (where & (size - 1))								\
		return PCIBIOS_BAD_REGISTER_NUMBER;					\
	pci_conf1_write(dev->bus->number, dev->devfn, where, size, val);		\
	return PCIBIOS_SUCCESSFUL;							\
}											\
EXPORT_SYMBOL(pci_write_config_##name)

PCI_CONFIG_ACCESSORS(byte, u8, 1);
PCI_CONFIG_ACCESSORS(word, u16, 2);
PCI_CONFIG_ACCESSORS(dword, u32, 4);
