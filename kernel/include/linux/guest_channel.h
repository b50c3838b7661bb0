/* <linux/guest_channel.h>: the numbers of the channel between a guest and
 * tests/guest. docs/reference/guest-channel.md tells the protocol,
 * drivers/char/guest.c speaks it. Not in Linux.
 */
#ifndef LINUX_GUEST_CHANNEL_H
#define LINUX_GUEST_CHANNEL_H

#define GUEST_PORT		0xe9	/* the debug port: frames go out here */
#define GUEST_PORT_ECHO		0xe9	/* what a debug port answers when read */
#define GUEST_FRAME_MAGIC	0x4c
#define GUEST_FRAME_HEADER	4

#define GUEST_FRAME_OUTPUT	1
#define GUEST_FRAME_STATUS	2
#define GUEST_FRAME_PANIC	3
#define GUEST_FRAME_KTEST	4
#define GUEST_FRAME_FAREWELL	5

/* isa-debug-exit: a write of n ends QEMU with status 2n + 1. */
#define GUEST_EXIT_PORT		0xf4
#define GUEST_EXIT_PANIC	62

#define GUEST_MAJOR		241

#endif
