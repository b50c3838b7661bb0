kernel-objs += fs/ramfs/inode.o
kernel-objs += fs/ramfs/super.o
