kernel-objs += kernel/module/elf.o
kernel-objs += kernel/module/layout.o
kernel-objs += kernel/module/leftover.o
kernel-objs += kernel/module/main.o
kernel-objs += kernel/module/reloc.o
kernel-objs += kernel/module/symbols.o
kernel-objs += kernel/module/sysfs.o
