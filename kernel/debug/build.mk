kernel-objs += kernel/debug/console.o
kernel-objs += kernel/debug/kallsyms.o
kernel-objs += kernel/debug/lkdtm.o
kernel-objs += kernel/debug/panic.o
kernel-objs += kernel/debug/printk.o
kernel-objs += kernel/debug/report.o
kernel-objs += kernel/debug/stacktrace.o
kernel-objs += $(if $(filter 1,$(DEBUG)),kernel/debug/stackdepot.o)
