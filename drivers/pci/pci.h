/* What the files of the PCI core share; drivers see <linux/pci.h>. */
#ifndef DRIVERS_PCI_H
#define DRIVERS_PCI_H

#include <linux/mutex.h>
#include <linux/pci.h>

#define PCI_MAX_BUSES	256
#define PCI_MAX_SLOTS	32
#define PCI_MAX_FUNCS	8

/* Guards the drivers, and which device has which. May sleep; probe and remove run under it. */
extern struct mutex pci_mutex;

/* Whether there is a bus to ask: configuration mechanism 1 answers. */
bool pci_conf1_present(void);
u32 pci_conf1_read(unsigned int bus, unsigned int devfn, int where, int size);
void pci_conf1_write(unsigned int bus, unsigned int devfn, int where, int size, u32 value);

#endif
