/*
 * pier.h - what programs and drivers/samples/pier.c share.
 */
#ifndef _SAMPLES_PIER_H
#define _SAMPLES_PIER_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define PIER_RING		256	/* bytes of each ring, a power of two */
#define PIER_MAGIC		'j'
#define PIER_COUNTS_NR		3

/* Since the driver was loaded. */
struct pier_counts {
	__u32 received;			/* bytes taken from the UART */
	__u32 overruns;			/* of these, bytes that were lost because the ring was full */
};

#define PIER_COUNTS		_IOR(PIER_MAGIC, PIER_COUNTS_NR, struct pier_counts)

#endif
