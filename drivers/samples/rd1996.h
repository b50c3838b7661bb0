/*
 * What rd1996.c and its programs agree on.
 */
#ifndef RD1996_H
#define RD1996_H

#include <linux/ioctl.h>

#define BAR_MAJOR	62
#define BAR_MINORS	1
#define BAR_KIB		256

#define BAR_READS	_IO('f', 0x70)	/* pieces that the strategy routine was asked to read, */
#define BAR_WRITES	_IO('f', 0x71)	/* and to write */

#endif
