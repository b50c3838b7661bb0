kernel-objs += kernel/main.o
