/*
 * Message signalled interrupts: instead of pulling a line, the device writes a word
 * to the local APIC. PCI Local Bus Specification 2.2, 6.8.
 *
 * One message a device, as Linux has it where nothing remaps interrupts. What cannot
 * be had (no capability, no local APIC, no line left) falls back to the pin.
 *
 * Context: process, in probe and remove or alone with the device.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <asm/apic.h>
#include "pci.h"

static void change_flags(struct pci_dev *dev, int cap, u16 clear, u16 set)
{
	u16 flags;

	pci_read_config_word(dev, cap + PCI_MSI_FLAGS, &flags);
	pci_write_config_word(dev, cap + PCI_MSI_FLAGS, (flags & ~clear) | set);
}

static void write_message(struct pci_dev *dev, int cap, int irq)
{
	struct msi_msg msg;
	u16 flags;

	lapic_compose_msg(irq, &msg);
	pci_read_config_word(dev, cap + PCI_MSI_FLAGS, &flags);
	pci_write_config_dword(dev, cap + PCI_MSI_ADDRESS_LO, msg.address_lo);
	if (flags & PCI_MSI_FLAGS_64BIT) {
		pci_write_config_dword(dev, cap + PCI_MSI_ADDRESS_HI, msg.address_hi);
		pci_write_config_word(dev, cap + PCI_MSI_DATA_64, msg.data);
	} else {
		pci_write_config_word(dev, cap + PCI_MSI_DATA_32, msg.data);
	}
}

/* 0, or -EINVAL: it has no such capability or has it on already; -ENODEV, -ENOSPC: lapic_alloc_irq(). */
int pci_enable_msi(struct pci_dev *dev)
{
	int cap = pci_find_capability(dev, PCI_CAP_ID_MSI), irq;

	if (!cap || dev->msi_enabled)
		return -EINVAL;
	irq = lapic_alloc_irq();
	if (irq < 0)
		return irq;
	write_message(dev, cap, irq);
	pci_intx(dev, 0);
	change_flags(dev, cap, PCI_MSI_FLAGS_QSIZE, PCI_MSI_FLAGS_ENABLE);
	dev->pin_irq = dev->irq;
	dev->irq = irq;
	dev->msi_enabled = true;
	return 0;
}
EXPORT_SYMBOL(pci_enable_msi);

/* Its handlers are gone. dev->irq is the pin's again. */
void pci_disable_msi(struct pci_dev *dev)
{
	if (!dev->msi_enabled)
		return;
	change_flags(dev, pci_find_capability(dev, PCI_CAP_ID_MSI), PCI_MSI_FLAGS_ENABLE, 0);
	pci_intx(dev, 1);
	lapic_free_irq(dev->irq);
	dev->irq = dev->pin_irq;
	dev->msi_enabled = false;
}
EXPORT_SYMBOL(pci_disable_msi);

int pci_alloc_irq_vectors(struct pci_dev *dev, unsigned int min_vecs, unsigned int max_vecs,
			  unsigned int flags)
{
	if (!min_vecs || max_vecs < min_vecs)
		return -ERANGE;
	if (min_vecs > 1)
		return -ENOSPC;
	if (flags & PCI_IRQ_MSI && !pci_enable_msi(dev))
		return 1;
	return flags & PCI_IRQ_LEGACY && dev->pin && dev->irq < NR_IRQS_LEGACY ? 1 : -ENOSPC;
}
EXPORT_SYMBOL(pci_alloc_irq_vectors);

void pci_free_irq_vectors(struct pci_dev *dev)
{
	pci_disable_msi(dev);
}
EXPORT_SYMBOL(pci_free_irq_vectors);

int pci_irq_vector(struct pci_dev *dev, unsigned int nr)
{
	return nr ? -EINVAL : (int)dev->irq;
}
EXPORT_SYMBOL(pci_irq_vector);
