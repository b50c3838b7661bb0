/*
 * What foo1996.c and its programs agree on.
 */
#ifndef FOO1996_H
#define FOO1996_H

#include <linux/ioctl.h>

#define FOO_MAJOR	60	/* 60 to 63 are free for experiments; mknod /dev/foo0 c 60 0 */
#define FOO_SIZE	64	/* bytes that the line holds */

#define FOO_CALLS	_IO('f', 0x60)	/* how often the driver's ioctl was called, this time included */
#define FOO_RELEASES	_IO('f', 0x61)	/* … and its release */
#define FOO_ALARM	_IO('f', 0x62)	/* the exceptional condition on (1) or off (0) */
#define FOO_CARRIER	_IO('f', 0x63)	/* the other end of the line comes (1) or goes (0) */
#define FOO_INODE	_IO('f', 0x64)	/* what arg asks of: 0 the minor, 1 i_mode, 2 i_size, 3 f_flags, 4 f_pos */
#define FOO_DELAY	_IO('f', 0x65)	/* how long the line takes, in ms */

#endif
