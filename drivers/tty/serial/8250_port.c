/*
 * 8250_port.c - settings and counters of a serial port: setserial's requests and the same as attributes
 * in /sys/class/tty/ttyS*, above all the choice between interrupts and polling.
 *
 * Context: process, may sleep.
 */
#include <linux/cred.h>
#include <linux/device.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/uaccess.h>
#include <asm/irq.h>
#include <uapi/linux/serial.h>
#include "8250.h"

#define CLOSE_DELAY	50		/* 1/100 s, as Linux has them; not settable here */
#define CLOSING_WAIT	3000

/*
 * Served by that line's interrupts from now on, or polled if it is 0, also while it is open.  0, or what
 * request_irq() says of the line: the old one stays.
 */
int uart_set_irq(struct uart_8250 *up, unsigned int irq)
{
	unsigned int old;
	int err = 0;

	if (irq >= NR_IRQS)
		return -EINVAL;
	mutex_lock(&up->mutex);
	old = up->irq;
	if (up->users && irq != old)
		uart_shutdown(up);
	spin_lock_irq(&up->lock);
	up->irq = irq;
	spin_unlock_irq(&up->lock);
	if (up->users && irq != old) {
		err = uart_startup(up);
		if (err) {
			up->irq = old;
			WARN_ON(uart_startup(up));
		}
	}
	mutex_unlock(&up->mutex);
	return err;
}

/* ------------------------------------------------------------------ ioctl */

static void get_info(struct uart_8250 *up, struct serial_struct *info)
{
	memset(info, 0, sizeof(*info));
	info->type = up->has_fifo ? PORT_16550A : PORT_8250;
	info->line = up - uarts;
	info->port = up->base;
	info->irq = up->irq;
	info->baud_base = UART_CLOCK;
	info->xmit_fifo_size = up->has_fifo ? UART_FIFO : 1;
	info->close_delay = CLOSE_DELAY;
	info->closing_wait = CLOSING_WAIT;
}

/* Of all that Linux lets setserial change, the line it is. */
static int set_info(struct uart_8250 *up, const void __user *arg)
{
	struct serial_struct now, new;

	if (copy_from_user(&new, arg, sizeof(new)))
		return -EFAULT;
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	get_info(up, &now);
	now.irq = new.irq;
	if (memcmp(&now, &new, sizeof(now)))
		return -EINVAL;
	return uart_set_irq(up, new.irq);
}

int uart_get_icount(struct tty_struct *tty, struct serial_icounter_struct *icount)
{
	struct uart_8250 *up = to_uart(tty);

	spin_lock_irq(&up->lock);
	*icount = up->icount;
	spin_unlock_irq(&up->lock);
	icount->buf_overrun = up->port.overruns;
	return 0;
}

static bool line_changed(const struct serial_icounter_struct *old,
			 const struct serial_icounter_struct *new, unsigned long lines)
{
	return ((lines & TIOCM_RNG) && old->rng != new->rng) ||
	       ((lines & TIOCM_DSR) && old->dsr != new->dsr) ||
	       ((lines & TIOCM_CD) && old->dcd != new->dcd) ||
	       ((lines & TIOCM_CTS) && old->cts != new->cts);
}

/* TIOCMIWAIT: asleep until one of these lines changes.  The counts only grow: no change is missed. */
static int wait_modem(struct tty_struct *tty, unsigned long lines)
{
	struct uart_8250 *up = to_uart(tty);
	struct serial_icounter_struct before;

	uart_get_icount(tty, &before);
	return wait_event_interruptible(up->modem_wait, line_changed(&before, &up->icount, lines));
}

int uart_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	struct uart_8250 *up = to_uart(tty);
	struct serial_struct info;

	switch (cmd) {
	case TIOCSERGETLSR:
		return put_user(uart_is_idle(up) ? TIOCSER_TEMT : 0, (int __user *)arg);
	case TIOCGSERIAL:
		get_info(up, &info);
		return copy_to_user((void __user *)arg, &info, sizeof(info)) ? -EFAULT : 0;
	case TIOCSSERIAL:
		return set_info(up, (const void __user *)arg);
	case TIOCMIWAIT:
		return wait_modem(tty, arg);
	}
	return -ENOIOCTLCMD;
}

/* ------------------------------------------------------------------ attributes */

static ssize_t irq_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct uart_8250 *up = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%u\n", up->irq);
}

static ssize_t irq_store(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count)
{
	unsigned int irq;
	int err = kstrtouint(buf, 0, &irq);

	err = err ?: uart_set_irq(dev_get_drvdata(dev), irq);
	return err ?: count;
}
static DEVICE_ATTR_RW(irq);

#define INFO_ATTR(name, format, member) \
	static ssize_t name##_show(struct device *dev, struct device_attribute *attr, char *buf) \
	{ \
		struct serial_struct info; \
\
		get_info(dev_get_drvdata(dev), &info); \
		return sysfs_emit(buf, format "\n", info.member); \
	} \
	static DEVICE_ATTR_RO(name)

INFO_ATTR(type, "%d", type);
INFO_ATTR(line, "%d", line);
INFO_ATTR(port, "0x%X", port);
INFO_ATTR(uartclk, "%d", baud_base * 16);
INFO_ATTR(xmit_fifo_size, "%d", xmit_fifo_size);
INFO_ATTR(close_delay, "%d", close_delay);
INFO_ATTR(closing_wait, "%d", closing_wait);

static struct attribute *uart_attrs[] = {
	&dev_attr_type.attr, &dev_attr_line.attr, &dev_attr_port.attr, &dev_attr_irq.attr,
	&dev_attr_uartclk.attr, &dev_attr_xmit_fifo_size.attr, &dev_attr_close_delay.attr,
	&dev_attr_closing_wait.attr, NULL
};

static const struct attribute_group uart_group = { .attrs = uart_attrs };
const struct attribute_group *uart_groups[] = { &uart_group, NULL };
