/*
 * What /dev/packt_char understands beside read() and write(): states to look at with select().
 */
#ifndef PACKT_CHAR_H
#define PACKT_CHAR_H

#include <linux/ioctl.h>

#define PACKT_CHAR_SIZE		256		/* bytes that it holds */

#define PACKT_CHAR_URGENT	_IO('P', 1)	/* the exceptional state is there (arg 1) or over (0) */
#define PACKT_CHAR_UNPLUG	_IO('P', 2)	/* the device is gone (1), or back (0) */
#define PACKT_CHAR_ERROR	_IO('P', 3)	/* an error waits to be seen (1), or does not (0) */

#endif
