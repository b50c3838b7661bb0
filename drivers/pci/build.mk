kernel-objs += drivers/pci/access.o
kernel-objs += drivers/pci/msi.o
kernel-objs += drivers/pci/pci.o
kernel-objs += drivers/pci/pci-driver.o
kernel-objs += drivers/pci/probe.o
