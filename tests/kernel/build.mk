kernel-objs += tests/kernel/atomic_test.o
kernel-objs += tests/kernel/irq_test.o
kernel-objs += tests/kernel/kunit.o
kernel-objs += tests/kernel/resource_test.o
kernel-objs += tests/kernel/x86_test.o
