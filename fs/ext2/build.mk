kernel-objs += \
	fs/ext2/super.o \
	fs/ext2/fill_super.o \
	fs/ext2/balloc.o \
	fs/ext2/ialloc.o \
	fs/ext2/map.o \
	fs/ext2/truncate.o \
	fs/ext2/inode.o \
	fs/ext2/file.o \
	fs/ext2/dir.o \
	fs/ext2/namei.o
