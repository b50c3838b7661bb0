/* ioctls of /dev/blkram0, for the driver and for programs */
#ifndef BLKRAM_H
#define BLKRAM_H

#ifdef __KERNEL__
#include <linux/ioctl.h>
#else
#include <sys/ioctl.h>
#endif

#define BLKRAM_GET_LOST	_IOR('B', 0x40, int)	/* requests that only the time-out ended */

#endif
