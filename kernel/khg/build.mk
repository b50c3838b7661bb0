kernel-objs += kernel/khg/blk.o
kernel-objs += kernel/khg/chr.o
kernel-objs += kernel/khg/user.o
kernel-objs += kernel/khg/wait.o
