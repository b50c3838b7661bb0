/*
 * evdev.c - every input device as a file of events, /dev/input/eventN, major 13 from minor 64 on.
 *
 *   device → evdev_event() → each client's ring → read()
 *
 * Readers see whole packets only: up to the last SYN_REPORT.  A ring that runs over is emptied and
 * SYN_DROPPED says so; what follows up to the next packet is left out, and the reader asks for
 * the state anew (EVIOCGKEY).  A device that goes leaves its files open: they answer ENODEV.
 *
 * Contexts: evdev_event() under the device's event_lock, interrupts off; all else in process context.
 * Locks: evdev_mutex over the table, evdev->mutex over a request, the device's event_lock over the
 * list of clients, client->buffer_lock over a ring; in that order.
 */
#include <linux/cdev.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/timekeeping.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include <uapi/linux/major.h>
#include "evdev.h"

#define EVDEV_MINOR	64
#define EVDEV_MINORS	32

static DEFINE_MUTEX(evdev_mutex);
static struct evdev *evdev_table[EVDEV_MINORS];	/* evdev_mutex */
static struct cdev evdev_cdev;

/* ------------------------------------------------------------------ an event comes */

void evdev_wake(struct evdev_client *client, int band)
{
	kill_fasync(&client->fasync, SIGIO, band);
	wake_up_interruptible(&client->wait);
}

/* [b] held. */
static void stamp(struct evdev_client *client, struct input_event *event)
{
	ktime_t now = client->clock == CLOCK_REALTIME ? ktime_get_real() : ktime_get();
	struct timespec64 t = ktime_to_timespec64(now);

	event->input_event_sec = t.tv_sec;
	event->input_event_usec = t.tv_nsec / NSEC_PER_USEC;
}

/* [b] held. */
static void put_event(struct evdev_client *client, unsigned int type, unsigned int code, int value)
{
	struct input_event *event = &client->buffer[client->head++ & EVDEV_MASK];

	stamp(client, event);
	event->type = type;
	event->code = code;
	event->value = value;
}

static void pass_to_client(struct evdev_client *client, unsigned int type, unsigned int code, int value)
{
	bool end = type == EV_SYN && code == SYN_REPORT, wake = false;

	spin_lock(&client->buffer_lock);
	if (client->dropping) {
		client->dropping = !end;
	} else if (client->head - client->tail == EVDEV_BUFFER) {
		client->tail = client->head;
		put_event(client, EV_SYN, SYN_DROPPED, 0);
		client->packet_head = client->head;
		client->dropping = !end;
		wake = true;
	} else {
		put_event(client, type, code, value);
		if (end) {
			client->packet_head = client->head;
			wake = true;
		}
	}
	spin_unlock(&client->buffer_lock);
	if (wake)
		evdev_wake(client, POLL_IN);
}

static void evdev_event(struct input_handle *handle, unsigned int type, unsigned int code, int value)
{
	struct evdev *evdev = handle->private;
	struct evdev_client *client;

	if (evdev->grab) {
		pass_to_client(evdev->grab, type, code, value);
		return;
	}
	list_for_each_entry(client, &evdev->clients, node)
		pass_to_client(client, type, code, value);
}

/* What is in the ring is forgotten. */
void evdev_flush(struct evdev_client *client)
{
	spin_lock_irq(&client->buffer_lock);
	client->tail = client->packet_head = client->head;
	spin_unlock_irq(&client->buffer_lock);
}

/* ------------------------------------------------------------------ open, close */

static void evdev_free(struct kref *kref)
{
	struct evdev *evdev = container_of(kref, struct evdev, kref);

	input_put_device(evdev->handle.dev);
	kfree(evdev);
}

static void attach_client(struct evdev *evdev, struct evdev_client *client)
{
	spin_lock_irq(&evdev->handle.dev->event_lock);
	list_add_tail(&client->node, &evdev->clients);
	spin_unlock_irq(&evdev->handle.dev->event_lock);
}

static void detach_client(struct evdev *evdev, struct evdev_client *client)
{
	spin_lock_irq(&evdev->handle.dev->event_lock);
	list_del(&client->node);
	spin_unlock_irq(&evdev->handle.dev->event_lock);
}

/* The device of a minor with a reference, or NULL. */
static struct evdev *evdev_get(unsigned int minor)
{
	struct evdev *evdev = NULL;

	mutex_lock(&evdev_mutex);
	if (minor - EVDEV_MINOR < EVDEV_MINORS)
		evdev = evdev_table[minor - EVDEV_MINOR];
	if (evdev)
		kref_get(&evdev->kref);
	mutex_unlock(&evdev_mutex);
	return evdev;
}

static int evdev_open(struct inode *inode, struct file *file)
{
	struct evdev *evdev = evdev_get(iminor(inode));
	struct evdev_client *client;
	int err = -ENOMEM;

	if (!evdev)
		return -ENODEV;
	client = kzalloc(sizeof(*client), GFP_KERNEL);
	if (!client)
		goto out_put;
	client->evdev = evdev;
	spin_lock_init(&client->buffer_lock);
	init_waitqueue_head(&client->wait);

	mutex_lock(&evdev->mutex);
	attach_client(evdev, client);
	err = evdev->exist ? 0 : -ENODEV;
	if (!err && !evdev->open++) {
		err = input_open_device(&evdev->handle);
		if (err)
			evdev->open--;
	}
	if (err)
		detach_client(evdev, client);
	mutex_unlock(&evdev->mutex);
	if (err)
		goto out_free;
	file->private_data = client;
	return nonseekable_open(inode, file);

out_free:
	kfree(client);
out_put:
	kref_put(&evdev->kref, evdev_free);
	return err;
}

static int evdev_fasync(int fd, struct file *file, int on)
{
	struct evdev_client *client = file->private_data;

	return fasync_helper(fd, file, on, &client->fasync);
}

static int evdev_release(struct inode *inode, struct file *file)
{
	struct evdev_client *client = file->private_data;
	struct evdev *evdev = client->evdev;

	evdev_fasync(-1, file, 0);
	mutex_lock(&evdev->mutex);
	if (evdev->grab == client)
		evdev_ungrab(evdev, client);
	detach_client(evdev, client);
	if (evdev->exist && !--evdev->open)
		input_close_device(&evdev->handle);
	mutex_unlock(&evdev->mutex);
	kfree(client);
	kref_put(&evdev->kref, evdev_free);
	return 0;
}

/* ------------------------------------------------------------------ read, write, poll */

/* True: *event is the next of a whole packet. */
static bool next_event(struct evdev_client *client, struct input_event *event)
{
	bool have;

	spin_lock_irq(&client->buffer_lock);
	have = client->tail != client->packet_head;
	if (have)
		*event = client->buffer[client->tail++ & EVDEV_MASK];
	spin_unlock_irq(&client->buffer_lock);
	return have;
}

static bool evdev_gone(struct evdev_client *client)
{
	return !READ_ONCE(client->evdev->exist) || READ_ONCE(client->revoked);
}

static bool evdev_readable(struct evdev_client *client)
{
	return READ_ONCE(client->packet_head) != READ_ONCE(client->tail);
}

/* As many whole events as there are and fit. */
static ssize_t evdev_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct evdev_client *client = file->private_data;
	struct input_event event;
	size_t done = 0;
	int err;

	if (count != 0 && count < sizeof(event))
		return -EINVAL;
	for (;;) {
		if (evdev_gone(client))
			return -ENODEV;
		while (done + sizeof(event) <= count && next_event(client, &event)) {
			if (copy_to_user(buf + done, &event, sizeof(event)))
				return -EFAULT;
			done += sizeof(event);
		}
		if (done || count == 0)
			return done;
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		err = wait_event_interruptible(client->wait, evdev_readable(client) || evdev_gone(client));
		if (err)
			return err;
	}
}

/* As if the device had reported it; a LED or a tone also reaches the device. */
static ssize_t evdev_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct evdev_client *client = file->private_data;
	struct evdev *evdev = client->evdev;
	struct input_event event;
	size_t done = 0;
	int err;

	if (count != 0 && count < sizeof(event))
		return -EINVAL;
	err = mutex_lock_interruptible(&evdev->mutex);
	if (err)
		return err;
	err = evdev_gone(client) ? -ENODEV : 0;
	while (!err && done + sizeof(event) <= count) {
		if (copy_from_user(&event, buf + done, sizeof(event))) {
			err = -EFAULT;
			break;
		}
		done += sizeof(event);
		input_inject_event(&evdev->handle, event.type, event.code, event.value);
		cond_resched();
	}
	mutex_unlock(&evdev->mutex);
	return err ?: done;
}

static __poll_t evdev_poll(struct file *file, poll_table *wait)
{
	struct evdev_client *client = file->private_data;
	__poll_t mask;

	poll_wait(file, &client->wait, wait);
	mask = evdev_gone(client) ? EPOLLHUP | EPOLLERR : EPOLLOUT | EPOLLWRNORM;
	return evdev_readable(client) ? mask | EPOLLIN | EPOLLRDNORM : mask;
}

static const struct file_operations evdev_fops = {
	.owner		= THIS_MODULE,
	.llseek		= no_llseek,
	.read		= evdev_read,
	.write		= evdev_write,
	.poll		= evdev_poll,
	.unlocked_ioctl	= evdev_ioctl,
	.open		= evdev_open,
	.release	= evdev_release,
	.fasync		= evdev_fasync,
};

/* ------------------------------------------------------------------ devices come and go */

/* A free minor for it; -ENFILE: there is none. */
static int take_minor(struct evdev *evdev)
{
	int i;

	mutex_lock(&evdev_mutex);
	for (i = 0; i < EVDEV_MINORS && evdev_table[i]; i++)
		;
	if (i < EVDEV_MINORS)
		evdev_table[i] = evdev;
	mutex_unlock(&evdev_mutex);
	return i < EVDEV_MINORS ? i : -ENFILE;
}

static void give_minor(struct evdev *evdev)
{
	mutex_lock(&evdev_mutex);
	evdev_table[evdev->minor] = NULL;
	mutex_unlock(&evdev_mutex);
}

static int evdev_connect(struct input_handler *handler, struct input_dev *dev,
			 const struct input_device_id *id)
{
	struct evdev *evdev = kzalloc(sizeof(*evdev), GFP_KERNEL);
	struct device *node;

	if (!evdev)
		return -ENOMEM;
	kref_init(&evdev->kref);
	mutex_init(&evdev->mutex);
	INIT_LIST_HEAD(&evdev->clients);
	evdev->exist = true;
	evdev->handle = (struct input_handle) {
		.dev = input_get_device(dev), .name = evdev->name, .handler = handler, .private = evdev,
	};
	input_register_handle(&evdev->handle);
	evdev->minor = take_minor(evdev);
	if (evdev->minor < 0) {
		int err = evdev->minor;

		input_unregister_handle(&evdev->handle);
		kref_put(&evdev->kref, evdev_free);
		return err;
	}
	snprintf(evdev->name, sizeof(evdev->name), "event%d", evdev->minor);
	node = device_create(&input_class, &dev->dev, MKDEV(INPUT_MAJOR, EVDEV_MINOR + evdev->minor), NULL,
			     "%s", evdev->name);
	if (!IS_ERR(node))
		return 0;
	input_unregister_handle(&evdev->handle);
	give_minor(evdev);
	kref_put(&evdev->kref, evdev_free);
	return PTR_ERR(node);
}

static void evdev_disconnect(struct input_handle *handle)
{
	struct evdev *evdev = handle->private;
	struct evdev_client *client;

	device_destroy(&input_class, MKDEV(INPUT_MAJOR, EVDEV_MINOR + evdev->minor));
	give_minor(evdev);
	mutex_lock(&evdev->mutex);
	evdev->exist = false;
	if (evdev->open)
		input_close_device(handle);
	list_for_each_entry(client, &evdev->clients, node)
		evdev_wake(client, POLL_HUP);
	mutex_unlock(&evdev->mutex);
	input_unregister_handle(handle);
	kref_put(&evdev->kref, evdev_free);
}

static const struct input_device_id evdev_ids[] = {
	{ .driver_info = 1 },			/* all there are */
	{ },
};

static struct input_handler evdev_handler = {
	.event		= evdev_event,
	.connect	= evdev_connect,
	.disconnect	= evdev_disconnect,
	.legacy_minors	= true,
	.minor		= EVDEV_MINOR,
	.name		= "evdev",
	.id_table	= evdev_ids,
};

static int __init evdev_init(void)
{
	dev_t dev = MKDEV(INPUT_MAJOR, EVDEV_MINOR);
	int err = register_chrdev_region(dev, EVDEV_MINORS, "input");

	if (err)
		return err;
	cdev_init(&evdev_cdev, &evdev_fops);
	evdev_cdev.owner = THIS_MODULE;
	err = cdev_add(&evdev_cdev, dev, EVDEV_MINORS);
	if (err) {
		unregister_chrdev_region(dev, EVDEV_MINORS);
		return err;
	}
	return input_register_handler(&evdev_handler);
}

static void __exit evdev_exit(void)
{
	input_unregister_handler(&evdev_handler);
	cdev_del(&evdev_cdev);
	unregister_chrdev_region(MKDEV(INPUT_MAJOR, EVDEV_MINOR), EVDEV_MINORS);
}

module_init(evdev_init);
module_exit(evdev_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("input devices as files of events");
