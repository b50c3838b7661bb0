/*
 * What /dev/methods0 answers, beside being called.
 */
#ifndef METHODS_H
#define METHODS_H

#include <linux/ioctl.h>

#define METHODS_MINORS	4
#define METHODS_SIZE	64		/* bytes of memory behind each minor */

enum methods_method {
	METHOD_OPEN, METHOD_RELEASE, METHOD_FLUSH, METHOD_READ, METHOD_WRITE, METHOD_READ_ITER,
	METHOD_WRITE_ITER, METHOD_LLSEEK, METHOD_IOCTL, METHOD_MMAP, METHOD_POLL, METHOD_FSYNC,
	METHOD_FASYNC, METHOD_LOCK, METHOD_FLOCK, METHOD_SPLICE_READ, METHOD_SPLICE_WRITE, METHODS
};

#define METHODS_CALLS	_IO('m', 0x40)	/* how often method arg was called so far: the result */
#define METHODS_BREAK	_IO('m', 0x41)	/* minor arg does not work from now on; -1: all do */
#define METHODS_STRANGE	_IO('m', 0x42)	/* answered with ENOIOCTLCMD */
#define METHODS_MINOR	_IO('m', 0x43)	/* the file's minor: the result */

#endif
