kernel-objs += kernel/irq/handle.o
kernel-objs += kernel/irq/i8254.o
kernel-objs += kernel/irq/i8259.o
kernel-objs += kernel/irq/manage.o
kernel-objs += kernel/irq/resource.o
kernel-objs += kernel/irq/softirq.o
kernel-objs += kernel/irq/tasklet.o
kernel-objs += kernel/irq/thread.o
