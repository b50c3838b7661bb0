/* <fcntl.h>: files are 64 bits long, so struct flock is the kernel's flock64 */
#ifndef _FCNTL_H
#define _FCNTL_H

#define flock __kernel_flock
#include <linux/fcntl.h>
#undef flock
#include <linux/falloc.h>
#include <sys/types.h>

#define O_ASYNC FASYNC

#undef F_GETLK
#undef F_SETLK
#undef F_SETLKW
#define F_GETLK F_GETLK64
#define F_SETLK F_SETLK64
#define F_SETLKW F_SETLKW64

struct flock {
	short l_type;
	short l_whence;
	off_t l_start;
	off_t l_len;
	pid_t l_pid;
};

#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

#define SPLICE_F_MOVE 1
#define SPLICE_F_NONBLOCK 2
#define SPLICE_F_MORE 4
#define SPLICE_F_GIFT 8

struct iovec;

int creat(const char *path, mode_t mode);
int fallocate(int fd, int mode, off_t offset, off_t len);
int fcntl(int fd, int command, ...);
int open(const char *path, int flags, ...);
int openat(int dirfd, const char *path, int flags, ...);
int posix_fallocate(int fd, off_t offset, off_t len);
ssize_t readahead(int fd, off_t offset, size_t count);
int renameat2(int from, const char *old, int to, const char *new, unsigned int flags);
ssize_t tee(int in, int out, size_t len, unsigned int flags);
ssize_t vmsplice(int fd, const struct iovec *vector, size_t count, unsigned int flags);
ssize_t splice(int in, off_t *in_offset, int out, off_t *out_offset, size_t len, unsigned int flags);

#endif
