/*
 * The requests of /dev/NAME, for the driver and for programs.
 */
#ifndef NAME_H
#define NAME_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define NAME_GET_SIZE	_IOR('x', 0xe0, __u32)	/* how many bytes a read would give */

#endif
