/*
 * The requests of /dev/quartet, for the driver and for programs: one of each direction.
 */
#ifndef QUARTET_H
#define QUARTET_H

#include <linux/ioctl.h>
#include <linux/types.h>

struct quartet_config {
	__u32 mode;			/* at most QUARTET_MAX_MODE */
	__u32 speed;			/* at most QUARTET_MAX_SPEED */
	__u32 flags;
};

struct quartet_params {
	__u32 input_param;
	__u32 output_result;		/* input_param, mode times over */
};

#define QUARTET_MAX_MODE	3
#define QUARTET_MAX_SPEED	115200

#define QUARTET_STATUS_CONFIGURED	1	/* of GET_STATUS: SET_CONFIG since the last RESET */

#define QUARTET_IOC_MAGIC	'Q'
#define QUARTET_GET_STATUS	_IOR(QUARTET_IOC_MAGIC, 0, __u32)
#define QUARTET_SET_CONFIG	_IOW(QUARTET_IOC_MAGIC, 1, struct quartet_config)
#define QUARTET_XFER_PARAMS	_IOWR(QUARTET_IOC_MAGIC, 2, struct quartet_params)
#define QUARTET_RESET		_IO(QUARTET_IOC_MAGIC, 3)
#define QUARTET_IOC_MAXNR	3

#endif
