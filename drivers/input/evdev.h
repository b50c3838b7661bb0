/*
 * evdev.h - what evdev.c and evdev-ioctl.c share: one device as /dev/input/eventN, and each open file of it.
 */
#ifndef _DRIVERS_INPUT_EVDEV_H
#define _DRIVERS_INPUT_EVDEV_H

#include <linux/fs.h>
#include <linux/input.h>
#include <linux/kref.h>
#include <linux/wait.h>

#define EVDEV_BUFFER	64		/* events, a power of two */
#define EVDEV_MASK	(EVDEV_BUFFER - 1)

/* [m] mutex   [e] the device's event_lock   else constant once connected */
struct evdev {
	struct kref kref;			/* its handle's, and one a client */
	int minor;
	struct input_handle handle;
	char name[16];
	struct mutex mutex;			/* this is m; over event_lock */
	bool exist;				/* [m] */
	int open;				/* [m] clients */
	struct evdev_client *grab;		/* [m] changes, [e] too */
	struct list_head clients;		/* [m] changes, [e] too */
};

/* [b] buffer_lock, irq-safe, within event_lock */
struct evdev_client {
	struct evdev *evdev;
	struct list_head node;			/* evdev->clients */
	spinlock_t buffer_lock;			/* this is b */
	unsigned int head, tail;		/* [b] free-running */
	unsigned int packet_head;		/* [b] the end of the last whole packet: readers go no further */
	bool dropping;				/* [b] until the next packet: the buffer ran over */
	struct input_event buffer[EVDEV_BUFFER];	/* [b] */
	int clock;				/* CLOCK_*; one word */
	bool revoked;				/* evdev->mutex */
	wait_queue_head_t wait;
	struct fasync_struct *fasync;		/* fasync_helper()'s own lock */
};

long evdev_ioctl(struct file *file, unsigned int cmd, unsigned long arg);
void evdev_ungrab(struct evdev *evdev, struct evdev_client *client);
/* Context: any.  The client learns that the device is gone. */
void evdev_wake(struct evdev_client *client, int band);
void evdev_flush(struct evdev_client *client);

#endif
