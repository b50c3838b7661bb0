kernel-objs += boot/head.o
