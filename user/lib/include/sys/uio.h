/* <sys/uio.h> */
#ifndef _SYS_UIO_H
#define _SYS_UIO_H

#include <linux/uio.h>
#include <sys/types.h>

ssize_t preadv(int fd, const struct iovec *iov, int n, off_t offset);
ssize_t pwritev(int fd, const struct iovec *iov, int n, off_t offset);
ssize_t readv(int fd, const struct iovec *iov, int n);
ssize_t writev(int fd, const struct iovec *iov, int n);

#endif
