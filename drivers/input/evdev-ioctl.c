/*
 * evdev-ioctl.c - what a program asks of an input device beside its events: its names, what it can report, the state of
 * its keys and lamps, the repeat rate, and to have it for itself.
 *
 * Context: process, evdev->mutex held.
 */
#include <linux/sched/signal.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include "evdev.h"

/* At most as much as the caller's size says.  How much, or -EFAULT. */
static int give(void __user *to, const void *from, unsigned int have, unsigned int size)
{
	unsigned int n = min(have, size);

	return copy_to_user(to, from, n) ? -EFAULT : n;
}

static int give_string(void __user *to, const char *from, unsigned int size)
{
	return from ? give(to, from, strlen(from) + 1, size) : -ENOENT;
}

static unsigned int bytes_of(unsigned int bits)
{
	return BITS_TO_LONGS(bits) * sizeof(long);
}

/* What is on now.  Events that wait in the ring led there: they say again what this says. */
static int give_state(struct input_dev *dev, void __user *to, const unsigned long *state,
		      unsigned int bits, unsigned int size)
{
	unsigned long copy[BITS_TO_LONGS(KEY_CNT)];

	spin_lock_irq(&dev->event_lock);
	memcpy(copy, state, bytes_of(bits));
	spin_unlock_irq(&dev->event_lock);
	return give(to, copy, bytes_of(bits), size);
}

static int give_bits(struct input_dev *dev, void __user *to, unsigned int type, unsigned int size)
{
	unsigned int count;
	unsigned long *bits = input_bits(dev, type, &count);

	return bits ? give(to, bits, bytes_of(count), size) : -EINVAL;
}

void evdev_ungrab(struct evdev *evdev, struct evdev_client *client)
{
	spin_lock_irq(&evdev->handle.dev->event_lock);
	evdev->grab = NULL;
	spin_unlock_irq(&evdev->handle.dev->event_lock);
	input_release_device(&evdev->handle);
}

static int evdev_grab(struct evdev *evdev, struct evdev_client *client, bool on)
{
	int err;

	if (!on) {
		if (evdev->grab != client)
			return -EINVAL;
		evdev_ungrab(evdev, client);
		return 0;
	}
	if (evdev->grab)
		return -EBUSY;
	err = input_grab_device(&evdev->handle);
	if (err)
		return err;
	spin_lock_irq(&evdev->handle.dev->event_lock);
	evdev->grab = client;
	spin_unlock_irq(&evdev->handle.dev->event_lock);
	return 0;
}

static int set_clock(struct evdev_client *client, const int __user *arg)
{
	int clock;

	if (get_user(clock, arg))
		return -EFAULT;
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME)
		return -EINVAL;
	client->clock = clock;
	evdev_flush(client);		/* no stamps of two clocks in one stream */
	return 0;
}

static int repeat_ioctl(struct evdev *evdev, bool set, unsigned int __user *arg)
{
	struct input_dev *dev = evdev->handle.dev;
	unsigned int rep[2] = { dev->rep[REP_DELAY], dev->rep[REP_PERIOD] };

	if (!test_bit(EV_REP, dev->evbit))
		return -ENOSYS;
	if (!set)
		return copy_to_user(arg, rep, sizeof(rep)) ? -EFAULT : 0;
	if (copy_from_user(rep, arg, sizeof(rep)))
		return -EFAULT;
	input_inject_event(&evdev->handle, EV_REP, REP_DELAY, rep[0]);
	input_inject_event(&evdev->handle, EV_REP, REP_PERIOD, rep[1]);
	return 0;
}

static int abs_ioctl(struct input_dev *dev, unsigned int axis, bool set, struct input_absinfo __user *arg)
{
	struct input_absinfo info;

	if (!dev->absinfo || axis >= ABS_CNT)
		return -EINVAL;
	if (set && copy_from_user(&info, arg, sizeof(info)))
		return -EFAULT;
	spin_lock_irq(&dev->event_lock);
	if (set)
		dev->absinfo[axis] = info;
	else
		info = dev->absinfo[axis];
	spin_unlock_irq(&dev->event_lock);
	return !set && copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : 0;
}

/* Requests that carry their size: by number and direction. */
static int sized_ioctl(struct evdev_client *client, unsigned int cmd, void __user *arg)
{
	struct input_dev *dev = client->evdev->handle.dev;
	unsigned int nr = _IOC_NR(cmd), size = _IOC_SIZE(cmd);
	bool get = _IOC_DIR(cmd) == _IOC_READ;

	if (_IOC_TYPE(cmd) != 'E' || !(get || _IOC_DIR(cmd) == _IOC_WRITE))
		return -EINVAL;
	if ((nr & ~ABS_MAX) == _IOC_NR(get ? EVIOCGABS(0) : EVIOCSABS(0)) && size == sizeof(struct input_absinfo))
		return abs_ioctl(dev, nr & ABS_MAX, !get, arg);
	if (!get)
		return -EINVAL;
	if ((nr & ~EV_MAX) == _IOC_NR(EVIOCGBIT(0, 0)))
		return give_bits(dev, arg, nr & EV_MAX, size);
	switch (EVIOCGNAME(0) - _IOC_NR(EVIOCGNAME(0)) + nr) {
	case EVIOCGNAME(0):
		return give_string(arg, dev->name, size);
	case EVIOCGPHYS(0):
		return give_string(arg, dev->phys, size);
	case EVIOCGUNIQ(0):
		return give_string(arg, dev->uniq, size);
	case EVIOCGPROP(0):
		return give(arg, dev->propbit, bytes_of(INPUT_PROP_CNT), size);
	case EVIOCGKEY(0):
		return give_state(dev, arg, dev->key, KEY_CNT, size);
	case EVIOCGLED(0):
		return give_state(dev, arg, dev->led, LED_CNT, size);
	case EVIOCGSND(0):
		return give_state(dev, arg, dev->snd, SND_CNT, size);
	case EVIOCGSW(0):
		return give_state(dev, arg, dev->sw, SW_CNT, size);
	}
	return -EINVAL;
}

/* [m] held. */
static long do_ioctl(struct evdev_client *client, unsigned int cmd, unsigned long arg)
{
	struct evdev *evdev = client->evdev;
	struct input_dev *dev = evdev->handle.dev;

	switch (cmd) {
	case EVIOCGVERSION:
		return put_user(EV_VERSION, (int __user *)arg);
	case EVIOCGID:
		return copy_to_user((void __user *)arg, &dev->id, sizeof(dev->id)) ? -EFAULT : 0;
	case EVIOCGREP:
	case EVIOCSREP:
		return repeat_ioctl(evdev, cmd == EVIOCSREP, (unsigned int __user *)arg);
	case EVIOCGRAB:
		return evdev_grab(evdev, client, arg);
	case EVIOCSCLOCKID:
		return set_clock(client, (int __user *)arg);
	case EVIOCREVOKE:
		if (arg)
			return -EINVAL;
		WRITE_ONCE(client->revoked, true);
		if (evdev->grab == client)
			evdev_ungrab(evdev, client);
		evdev_flush(client);
		evdev_wake(client, POLL_HUP);
		return 0;
	}
	return sized_ioctl(client, cmd, (void __user *)arg);
}

long evdev_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct evdev_client *client = file->private_data;
	struct evdev *evdev = client->evdev;
	long err;

	err = mutex_lock_interruptible(&evdev->mutex);
	if (err)
		return err;
	err = evdev->exist && !client->revoked ? do_ioctl(client, cmd, arg) : -ENODEV;
	mutex_unlock(&evdev->mutex);
	return err;
}
