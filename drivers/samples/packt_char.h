/*
 * What /dev/packt_char understands beside read() and write(): states to look at with select().
 */
#ifndef PACKT_CHAR_H
#define PACKT_CHAR_H

#include <linux/ioctl.h>

#define PACKT_CHAR_SIZE		256		/* bytes that it holds */

#define PACKT_CHAR_MAGIC	'P'
#define PACKT_CHAR_FIRST_NR	1

#define PACKT_CHAR_URGENT	_IO(PACKT_CHAR_MAGIC, PACKT_CHAR_FIRST_NR)	/* the exceptional state is there (arg 1) or over (0) */
#define PACKT_CHAR_UNPLUG	_IO(PACKT_CHAR_MAGIC, PACKT_CHAR_FIRST_NR + 1)	/* the device is gone (1), or back (0) */
#define PACKT_CHAR_ERROR	_IO(PACKT_CHAR_MAGIC, PACKT_CHAR_FIRST_NR + 2)	/* an error waits to be seen (1), or does not (0) */

#endif
