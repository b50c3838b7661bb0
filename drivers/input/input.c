/*
 * input.c - the input core: an event on its way from a driver to whoever listens.
 *
 *   input_event() → is it news? → the state that read-outs show → each open handle's handler
 *
 * Contexts: input_event() in any, the handlers' event() under event_lock with interrupts off; registration
 * in process context.  Locks: input_mutex over the lists of devices and handlers, dev->mutex over open
 * and close, dev->event_lock over state and the device's handles; in that order.
 * Registration, attributes and /proc are in input-register.c.
 */
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/input.h>
#include <linux/jiffies.h>
#include "input-core.h"

unsigned long *input_bits(struct input_dev *dev, unsigned int type, unsigned int *count)
{
	static const struct { unsigned short offset, count; } maps[EV_CNT] = {
		[EV_SYN] = { offsetof(struct input_dev, evbit), EV_CNT },
		[EV_KEY] = { offsetof(struct input_dev, keybit), KEY_CNT },
		[EV_REL] = { offsetof(struct input_dev, relbit), REL_CNT },
		[EV_ABS] = { offsetof(struct input_dev, absbit), ABS_CNT },
		[EV_MSC] = { offsetof(struct input_dev, mscbit), MSC_CNT },
		[EV_SW] = { offsetof(struct input_dev, swbit), SW_CNT },
		[EV_LED] = { offsetof(struct input_dev, ledbit), LED_CNT },
		[EV_SND] = { offsetof(struct input_dev, sndbit), SND_CNT },
		[EV_FF] = { offsetof(struct input_dev, ffbit), FF_CNT },
	};

	if (type >= EV_CNT || !maps[type].count)
		return NULL;
	*count = maps[type].count;
	return (void *)dev + maps[type].offset;
}
EXPORT_SYMBOL_GPL(input_bits);

/* ------------------------------------------------------------------ an event */

/* [e] held. */
static void pass_event(struct input_dev *dev, unsigned int type, unsigned int code, int value)
{
	struct input_handle *handle;

	lockdep_assert_held(&dev->event_lock);
	if (dev->grab) {
		dev->grab->handler->event(dev->grab, type, code, value);
		return;
	}
	list_for_each_entry(handle, &dev->h_list, d_node)
		if (handle->open)
			handle->handler->event(handle, type, code, value);
}

/* The held key again, as a packet of its own.  Context: timer. */
static void repeat_key(struct timer_list *timer)
{
	struct input_dev *dev = from_timer(dev, timer, timer);
	unsigned long irq;

	spin_lock_irqsave(&dev->event_lock, irq);
	if (test_bit(dev->repeat_key, dev->key)) {
		pass_event(dev, EV_KEY, dev->repeat_key, 2);
		pass_event(dev, EV_SYN, SYN_REPORT, 1);
		if (dev->rep[REP_PERIOD])
			mod_timer(timer, jiffies + msecs_to_jiffies(dev->rep[REP_PERIOD]));
	}
	spin_unlock_irqrestore(&dev->event_lock, irq);
}

void input_enable_softrepeat(struct input_dev *dev, int delay, int period)
{
	dev->timer.function = repeat_key;
	dev->rep[REP_DELAY] = delay;
	dev->rep[REP_PERIOD] = period;
}
EXPORT_SYMBOL(input_enable_softrepeat);

/* [e] held.  True: news.  2 is a repetition that the device made itself. */
static bool key_event(struct input_dev *dev, unsigned int code, int value)
{
	if (value == 2)
		return true;
	if (!!test_bit(code, dev->key) == !!value)
		return false;
	change_bit(code, dev->key);
	if (!test_bit(EV_REP, dev->evbit) || !dev->timer.function)
		return true;
	if (value && dev->rep[REP_DELAY]) {
		dev->repeat_key = code;
		mod_timer(&dev->timer, jiffies + msecs_to_jiffies(dev->rep[REP_DELAY]));
	} else if (!value && dev->repeat_key == code) {
		del_timer(&dev->timer);
	}
	return true;
}

static bool flip_state(unsigned long *state, unsigned int code, int value)
{
	if (!!test_bit(code, state) == !!value)
		return false;
	change_bit(code, state);
	return true;
}

/* [e] held.  True: it is news, kept where read-outs find it. */
static bool is_news(struct input_dev *dev, unsigned int type, unsigned int code, int value)
{
	switch (type) {
	case EV_SYN:
		return code != SYN_REPORT || dev->packet_open;
	case EV_KEY:
		return key_event(dev, code, value);
	case EV_REL:
		return value != 0;
	case EV_ABS:
		if (dev->absinfo && dev->absinfo[code].value == value)
			return false;
		if (dev->absinfo)
			dev->absinfo[code].value = value;
		return true;
	case EV_SW:
		return flip_state(dev->sw, code, value);
	case EV_LED:
		return flip_state(dev->led, code, value);
	case EV_SND:
		flip_state(dev->snd, code, value);	/* a tone of another pitch is news */
		return true;
	case EV_REP:
		if (code > REP_MAX || value < 0 || dev->rep[code] == value)
			return false;
		dev->rep[code] = value;
		return true;
	}
	return true;
}

/* [e] held. */
static void handle_event(struct input_dev *dev, unsigned int type, unsigned int code, int value)
{
	unsigned int count = 0;
	unsigned long *bits = input_bits(dev, type, &count);

	if (type >= EV_CNT || (type != EV_SYN && !test_bit(type, dev->evbit)) ||
	    (type != EV_SYN && bits && (code >= count || !test_bit(code, bits))))
		return;
	if (!is_news(dev, type, code, value))
		return;
	if ((type == EV_LED || type == EV_SND || type == EV_REP) && dev->event)
		dev->event(dev, type, code, value);
	dev->packet_open = type != EV_SYN || code != SYN_REPORT;
	pass_event(dev, type, code, value);
}

void input_event(struct input_dev *dev, unsigned int type, unsigned int code, int value)
{
	unsigned long irq;

	spin_lock_irqsave(&dev->event_lock, irq);
	handle_event(dev, type, code, value);
	spin_unlock_irqrestore(&dev->event_lock, irq);
}
EXPORT_SYMBOL(input_event);

void input_inject_event(struct input_handle *handle, unsigned int type, unsigned int code, int value)
{
	struct input_dev *dev = handle->dev;
	unsigned long irq;

	spin_lock_irqsave(&dev->event_lock, irq);
	if (!dev->grab || dev->grab == handle)
		handle_event(dev, type, code, value);
	spin_unlock_irqrestore(&dev->event_lock, irq);
}
EXPORT_SYMBOL(input_inject_event);

/* Nobody will say any more that these are up.  Context: process. */
void input_release_keys(struct input_dev *dev)
{
	unsigned int code;

	spin_lock_irq(&dev->event_lock);
	for_each_set_bit(code, dev->key, KEY_CNT)
		handle_event(dev, EV_KEY, code, 0);
	handle_event(dev, EV_SYN, SYN_REPORT, 0);
	spin_unlock_irq(&dev->event_lock);
}

/* ------------------------------------------------------------------ who listens */

/* The first one switches the device on.  0, -ENODEV (it is gone), or what its open() says. */
int input_open_device(struct input_handle *handle)
{
	struct input_dev *dev = handle->dev;
	int err;

	err = mutex_lock_interruptible(&dev->mutex);
	if (err)
		return err;
	if (dev->going_away) {
		err = -ENODEV;
		goto out;
	}
	handle->open++;
	if (!dev->users++ && dev->open)
		err = dev->open(dev);
	if (err) {
		dev->users--;
		handle->open--;
	}
out:
	mutex_unlock(&dev->mutex);
	return err;
}
EXPORT_SYMBOL(input_open_device);

/* [m] held. */
static void release_grab(struct input_handle *handle)
{
	struct input_dev *dev = handle->dev;

	spin_lock_irq(&dev->event_lock);
	if (dev->grab == handle)
		dev->grab = NULL;
	spin_unlock_irq(&dev->event_lock);
}

/* When it returns the handler is not called for this handle any more. */
void input_close_device(struct input_handle *handle)
{
	struct input_dev *dev = handle->dev;

	mutex_lock(&dev->mutex);
	release_grab(handle);
	if (!--dev->users && dev->close)
		dev->close(dev);
	spin_lock_irq(&dev->event_lock);
	handle->open--;
	spin_unlock_irq(&dev->event_lock);
	mutex_unlock(&dev->mutex);
}
EXPORT_SYMBOL(input_close_device);

int input_grab_device(struct input_handle *handle)
{
	struct input_dev *dev = handle->dev;
	int err;

	spin_lock_irq(&dev->event_lock);
	err = dev->grab ? -EBUSY : 0;
	if (!err)
		dev->grab = handle;
	spin_unlock_irq(&dev->event_lock);
	return err;
}
EXPORT_SYMBOL(input_grab_device);

void input_release_device(struct input_handle *handle)
{
	mutex_lock(&handle->dev->mutex);
	release_grab(handle);
	mutex_unlock(&handle->dev->mutex);
}
EXPORT_SYMBOL(input_release_device);

/* ------------------------------------------------------------------ what it can report */

void input_alloc_absinfo(struct input_dev *dev)
{
	if (!dev->absinfo)
		dev->absinfo = kcalloc(ABS_CNT, sizeof(*dev->absinfo), GFP_KERNEL);
}
EXPORT_SYMBOL(input_alloc_absinfo);

void input_set_capability(struct input_dev *dev, unsigned int type, unsigned int code)
{
	unsigned int count;
	unsigned long *bits = type ? input_bits(dev, type, &count) : NULL;

	if (bits && WARN_ON(code >= count))
		return;
	if (type == EV_ABS)
		input_alloc_absinfo(dev);
	if (bits)
		__set_bit(code, bits);
	if (bits || type == EV_PWR)
		__set_bit(type, dev->evbit);
	else
		pr_err("input_set_capability: unknown type %u (code %u)\n", type, code);
}
EXPORT_SYMBOL(input_set_capability);

void input_set_abs_params(struct input_dev *dev, unsigned int axis, int min, int max, int fuzz,
			  int flat)
{
	input_set_capability(dev, EV_ABS, axis);
	if (!dev->absinfo)
		return;
	dev->absinfo[axis].minimum = min;
	dev->absinfo[axis].maximum = max;
	dev->absinfo[axis].fuzz = fuzz;
	dev->absinfo[axis].flat = flat;
}
EXPORT_SYMBOL(input_set_abs_params);
