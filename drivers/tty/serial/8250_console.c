/*
 * 8250_console.c - kernel messages on a serial port (console=ttyS0).
 *
 * Written by polling, with the port's interrupts off, so that it works in any
 * context, a panic included; the ring of the terminal above waits meanwhile.
 */
#include <linux/console.h>
#include <linux/io.h>
#include <linux/report.h>
#include "8250.h"

#define TX_TRIES	100000		/* a byte takes 87 µs at 115200 baud; a poll about 1 µs */

/* A line that never gets ready loses the byte: the kernel goes on. */
static void put_polled(struct uart_8250 *up, unsigned char c)
{
	int tries = TX_TRIES;

	while (!(uart_lsr(up) & UART_LSR_THRE) && tries--)
		cpu_relax();
	outb(c, up->base + UART_TX);
}

static void write_polled(struct uart_8250 *up, const char *s, unsigned int count)
{
	outb(0, up->base + UART_IER);
	while (count--) {
		if (*s == '\n')
			put_polled(up, '\r');
		put_polled(up, *s++);
	}
	uart_write_ier(up);
}

static void uart_console_write(struct console *con, const char *s, unsigned int count)
{
	struct uart_8250 *up = &uarts[con->index];
	unsigned long irq;

	local_irq_save(irq);
	if (!report_running()) {
		spin_lock(&up->lock);
	} else if (!spin_trylock(&up->lock)) {
		write_polled(up, s, count);	/* it may be we who hold it */
		goto out;
	}
	write_polled(up, s, count);
	spin_unlock(&up->lock);
out:
	local_irq_restore(irq);
}

static struct tty_driver *uart_console_device(struct console *con, int *index)
{
	*index = con->index;
	return serial_driver;
}

static int uart_console_setup(struct console *con, char *options)
{
	return uarts[con->index].present ? 0 : -ENODEV;
}

static struct console uart_console = {
	.name	= "ttyS",
	.write	= uart_console_write,
	.device	= uart_console_device,
	.setup	= uart_console_setup,
	.flags	= CON_PRINTBUFFER,
	.index	= -1,
};

bool is_console(const struct uart_8250 *up)
{
	return uart_console.flags & CON_ENABLED && up == &uarts[uart_console.index];
}

void uart_8250_console_init(void)
{
	register_console(&uart_console);
}

/* What the kernel says goes elsewhere, or nowhere, from here on. */
void uart_8250_console_exit(void)
{
	unregister_console(&uart_console);
}
