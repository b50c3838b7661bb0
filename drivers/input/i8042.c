/*
 * i8042.c - the keyboard controller: one data port for a keyboard (line 1) and a mouse (line 12).
 *
 * A byte that comes is the answer to a command if one waits for it, else it is for the driver that is
 * attached to its half.  Contexts: interrupt; commands in process context, one at a time.
 * Locks: i8042_mutex over a command, i8042_lock over what the handler sees.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "i8042.h"

#define WAIT_TRIES	5000		/* polls of 10 µs: it answers within 20 ms */
#define ANSWER_TIME	(HZ / 2)
#define LONGEST_ANSWER	2

/* [l] i8042_lock, irq-safe  [m] i8042_mutex  else constant */
static struct i8042_port {
	unsigned int irq;
	void (*receive)(u8 byte);		/* [l] NULL: nobody listens */
	int wanted;				/* [l] bytes of an answer yet to come */
	u8 answer[1 + LONGEST_ANSWER];		/* [l] the ACK first */
	int got;				/* [l] */
} ports[2] = { [I8042_KBD] = { .irq = I8042_KBD_IRQ }, [I8042_AUX] = { .irq = I8042_AUX_IRQ } };

static DEFINE_MUTEX(i8042_mutex);
static DEFINE_SPINLOCK(i8042_lock);
static DECLARE_WAIT_QUEUE_HEAD(i8042_answered);
struct platform_device *i8042_device;		/* NULL: there is no controller */
EXPORT_SYMBOL_GPL(i8042_device);

static int wait_status(u8 mask, u8 want)
{
	int tries = WAIT_TRIES;

	while ((inb(I8042_STATUS) & mask) != want) {
		if (!tries--)
			return -ETIMEDOUT;
		udelay(10);
	}
	return 0;
}

static int send(u8 port, u8 byte)
{
	int err = wait_status(I8042_STR_IBF, 0);

	if (!err)
		outb(byte, port);
	return err;
}

/* Throws away what was typed at the loader.  A port without a device reads as all ones for ever. */
static int drain(void)
{
	int limit = 32;

	while (inb(I8042_STATUS) & I8042_STR_OBF) {
		inb(I8042_DATA);
		if (!limit--)
			return -ENODEV;
		udelay(50);
	}
	return 0;
}

static irqreturn_t i8042_interrupt(int irq, void *dev)
{
	void (*receive)(u8 byte) = NULL;
	struct i8042_port *port;
	u8 status, byte;

	spin_lock(&i8042_lock);
	status = inb(I8042_STATUS);
	if (!(status & I8042_STR_OBF)) {
		spin_unlock(&i8042_lock);
		return IRQ_NONE;
	}
	byte = inb(I8042_DATA);
	port = &ports[status & I8042_STR_AUXDATA ? I8042_AUX : I8042_KBD];
	if (port->wanted && (port->got || byte == PS2_ACK || byte == PS2_NAK)) {
		port->answer[port->got++] = byte;
		if (!--port->wanted || byte == PS2_NAK) {
			port->wanted = 0;
			wake_up(&i8042_answered);
		}
	} else {
		receive = port->receive;
	}
	spin_unlock(&i8042_lock);
	if (receive)
		receive(byte);
	return IRQ_HANDLED;
}

int i8042_command(enum i8042_which which, u8 byte, u8 *reply, int count)
{
	struct i8042_port *port = &ports[which];
	int err;

	mutex_lock(&i8042_mutex);
	spin_lock_irq(&i8042_lock);
	port->got = 0;
	port->wanted = 1 + count;
	spin_unlock_irq(&i8042_lock);
	err = which == I8042_AUX ? send(I8042_COMMAND, I8042_CMD_TO_AUX) : 0;
	err = err ?: send(I8042_DATA, byte);
	if (!err)
		wait_event_timeout(i8042_answered, !READ_ONCE(port->wanted), ANSWER_TIME);
	spin_lock_irq(&i8042_lock);
	if (err || port->wanted || port->answer[0] != PS2_ACK)
		err = -EIO;
	else
		memcpy(reply, port->answer + 1, count);
	port->wanted = 0;
	spin_unlock_irq(&i8042_lock);
	mutex_unlock(&i8042_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(i8042_command);

static void set_receiver(struct i8042_port *port, void (*receive)(u8 byte))
{
	spin_lock_irq(&i8042_lock);
	port->receive = receive;
	spin_unlock_irq(&i8042_lock);
}

int i8042_attach(enum i8042_which which, void (*receive)(u8 byte))
{
	struct i8042_port *port = &ports[which];
	int err;

	if (!i8042_device)
		return -ENODEV;
	set_receiver(port, receive);
	err = request_irq(port->irq, i8042_interrupt, 0, "i8042", port);
	if (err)
		set_receiver(port, NULL);
	return err;
}
EXPORT_SYMBOL_GPL(i8042_attach);

void i8042_detach(enum i8042_which which)
{
	free_irq(ports[which].irq, &ports[which]);
	set_receiver(&ports[which], NULL);
}
EXPORT_SYMBOL_GPL(i8042_detach);

/* Both halves on, with interrupts, the keyboard's codes translated.  -ENODEV, -ETIMEDOUT: there is none. */
static int init_controller(void)
{
	u8 ctr;

	if (drain())
		return -ENODEV;
	if (send(I8042_COMMAND, I8042_CMD_DISABLE_KBD) ||
	    send(I8042_COMMAND, I8042_CMD_DISABLE_AUX) || drain() ||
	    send(I8042_COMMAND, I8042_CMD_READ_CTR) ||
	    wait_status(I8042_STR_OBF, I8042_STR_OBF))
		return -ETIMEDOUT;
	ctr = inb(I8042_DATA) | I8042_CTR_KBDINT | I8042_CTR_AUXINT | I8042_CTR_XLATE;
	ctr &= ~(I8042_CTR_KBDDIS | I8042_CTR_AUXDIS);
	if (send(I8042_COMMAND, I8042_CMD_WRITE_CTR) || send(I8042_DATA, ctr) ||
	    send(I8042_COMMAND, I8042_CMD_ENABLE_KBD) || send(I8042_COMMAND, I8042_CMD_ENABLE_AUX))
		return -ETIMEDOUT;
	return 0;
}

static int __init i8042_init(void)
{
	int err = init_controller();

	if (err)
		return -ENODEV;
	i8042_device = platform_device_register_simple("i8042", -1, NULL, 0);
	err = PTR_ERR_OR_ZERO(i8042_device);
	if (err)
		i8042_device = NULL;
	return err;
}

/* The drivers of both halves hold this module: they have let go. */
static void __exit i8042_exit(void)
{
	platform_device_unregister(i8042_device);
}

module_init(i8042_init);
module_exit(i8042_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("the PC's keyboard controller");
