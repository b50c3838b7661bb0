/*
 * <linux/stat.h> - what is told about a file, before it takes one of the
 * shapes that stat() has had.
 */
#ifndef _LINUX_STAT_H
#define _LINUX_STAT_H

#include <linux/types.h>
#include <linux/time64.h>
#include <linux/uidgid.h>
#include <uapi/linux/stat.h>
#include <uapi/asm/stat.h>

#define S_IRWXUGO	(S_IRWXU | S_IRWXG | S_IRWXO)
#define S_IALLUGO	(S_ISUID | S_ISGID | S_ISVTX | S_IRWXUGO)
#define S_IRUGO		(S_IRUSR | S_IRGRP | S_IROTH)
#define S_IWUGO		(S_IWUSR | S_IWGRP | S_IWOTH)
#define S_IXUGO		(S_IXUSR | S_IXGRP | S_IXOTH)

#define UTIME_NOW	((1L << 30) - 1)
#define UTIME_OMIT	((1L << 30) - 2)

struct kstat {
	u32 result_mask;		/* STATX_*: which members count */
	umode_t mode;
	unsigned int nlink;
	u32 blksize;			/* best size for reads and writes */
	u64 attributes, attributes_mask; /* STATX_ATTR_* */
	u64 ino;
	dev_t dev;
	dev_t rdev;
	kuid_t uid;
	kgid_t gid;
	loff_t size;
	struct timespec64 atime, mtime, ctime;
	u64 blocks;			/* of 512 bytes */
	u64 mnt_id;
};

#endif
