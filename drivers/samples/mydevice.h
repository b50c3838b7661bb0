/*
 * The requests of /dev/mydev0 and /dev/mydev1, for the driver and for programs.
 */
#ifndef MYDEVICE_H
#define MYDEVICE_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* What the device's status register can say; any other value has no name. */
#define MYDEV_IDLE	0
#define MYDEV_ACTIVE	1
#define MYDEV_ERROR	2

/* Several values in one step: what two attributes cannot do. */
struct mydev_state {
	__u32 status;
	__u32 speed;
};

#define MYDEV_MAX_SPEED		1000000

#define MYDEV_IOC_MAGIC		'Y'
#define MYDEV_GET_STATE		_IOR(MYDEV_IOC_MAGIC, 0, struct mydev_state)
#define MYDEV_SET_STATE		_IOW(MYDEV_IOC_MAGIC, 1, struct mydev_state)

#endif
