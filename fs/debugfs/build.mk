kernel-objs += fs/debugfs/file.o
kernel-objs += fs/debugfs/inode.o
