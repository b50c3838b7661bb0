/*
 * The lockers' request, and their size, for the driver and for programs.
 */
#ifndef LOCKER_H
#define LOCKER_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define LOCKER_COUNT	4		/* /dev/locker0 to 3 */
#define LOCKER_BYTES	64		/* what one holds */
#define LOCKER_MAGIC	'k'
#define LOCKER_CLEAR_NR	3

struct locker_clear {
	__u32 keep;			/* in: this many bytes stay, from the first; EINVAL if there are fewer */
	__u32 used;			/* out: bytes that were in it */
};

/* Forgets what is behind the first `keep` bytes. */
#define LOCKER_CLEAR	_IOWR(LOCKER_MAGIC, LOCKER_CLEAR_NR, struct locker_clear)

#endif
