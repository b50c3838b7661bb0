/* SPDX-License-Identifier: MIT */
/* What programs and the driver of /dev/tally agree on. */
#ifndef TALLY_H
#define TALLY_H

#include <linux/ioctl.h>
#include <linux/types.h>

struct tally_counts {
	__u32 bytes;
	__u32 lines;
};

#define TALLY_MAGIC	't'
#define TALLY_GET	_IOR(TALLY_MAGIC, 0x60, struct tally_counts)
#define TALLY_CLEAR	_IO(TALLY_MAGIC, 0x61)

#endif
