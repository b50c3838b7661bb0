kernel-objs += fs/sysfs/dir.o
kernel-objs += fs/sysfs/file.o
kernel-objs += fs/sysfs/mount.o
