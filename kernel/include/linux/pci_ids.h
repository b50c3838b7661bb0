/* <linux/pci_ids.h> - classes and makers of PCI devices, as far as somebody asks for them. */
#ifndef _LINUX_PCI_IDS_H
#define _LINUX_PCI_IDS_H

#define PCI_CLASS_STORAGE_IDE		0x0101

#define PCI_VENDOR_ID_INTEL		0x8086
#define PCI_DEVICE_ID_INTEL_82371AB_3	0x7113

#define PCI_VENDOR_ID_QEMU		0x1234

#endif
