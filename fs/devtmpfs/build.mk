kernel-objs += fs/devtmpfs/devtmpfs.o
