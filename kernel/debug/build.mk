kernel-objs += kernel/debug/console.o
kernel-objs += kernel/debug/kallsyms.o
kernel-objs += kernel/debug/lkdtm.o
kernel-objs += kernel/debug/panic.o
kernel-objs += kernel/debug/printk.o
