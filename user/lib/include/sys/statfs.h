/* <sys/statfs.h> */
#ifndef _SYS_STATFS_H
#define _SYS_STATFS_H

#include <sys/types.h>

/* the kernel's struct statfs64 */
struct statfs {
	unsigned int f_type;
	unsigned int f_bsize;
	fsblkcnt_t f_blocks;
	fsblkcnt_t f_bfree;
	fsblkcnt_t f_bavail;
	fsfilcnt_t f_files;
	fsfilcnt_t f_ffree;
	__kernel_fsid_t f_fsid;
	unsigned int f_namelen;
	unsigned int f_frsize;
	unsigned int f_flags;
	unsigned int f_spare[4];
};

int fstatfs(int fd, struct statfs *st);
int statfs(const char *path, struct statfs *st);

#endif
