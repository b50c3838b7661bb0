/*
 * 8250_core.c - which serial ports there are: found, made lines of one terminal driver, given back.
 *
 * As a module it takes the console along (8250_console.c): what the kernel says goes to ttyS0 from modprobe on,
 * and it cannot go while somebody has a line, or /dev/console, open.
 *
 * Context: process; module_init() and module_exit() run alone.
 */
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/tty.h>
#include <uapi/linux/major.h>
#include "8250.h"

#define NR_UARTS	4
#define IIR_FIFOS	0xc0		/* a 16550A with its FIFOs on */
#define SERIAL_MINOR	64		/* of ttyS0, major TTY_MAJOR */

/* The four places where a PC has them. */
struct uart_8250 uarts[NR_UARTS] = {
	{ .base = 0x3f8, .irq = 4 },
	{ .base = 0x2f8, .irq = 3 },
	{ .base = 0x3e8, .irq = 4 },
	{ .base = 0x2e8, .irq = 3 },
};
struct tty_driver *serial_driver;
static struct platform_device *board;		/* the ports' parent; an error: none */

/* 8250.nr_uarts=1 on the kernel's command line leaves the ports after the first to others. */
static unsigned int nr_uarts = NR_UARTS;
module_param(nr_uarts, uint, 0444);

/* Is a UART there?  Its scratch register keeps what is written; FIFOs answer in the IIR. */
static bool uart_probe(struct uart_8250 *up)
{
	uart_out(up, UART_SCR, 0x5a);
	if (uart_in(up, UART_SCR) != 0x5a)
		return false;
	uart_out(up, UART_SCR, 0xa5);
	if (uart_in(up, UART_SCR) != 0xa5)
		return false;
	uart_out(up, UART_FCR, UART_FCR_ENABLE_FIFO);
	up->has_fifo = (uart_in(up, UART_IIR) & IIR_FIFOS) == IIR_FIFOS;
	up->ier = 0;
	uart_out(up, UART_IER, 0);
	return true;
}

static void uart_attach(unsigned int line, struct device *parent)
{
	struct uart_8250 *up = &uarts[line];

	spin_lock_init(&up->lock);
	mutex_init(&up->mutex);
	timer_setup(&up->poll_timer, uart_poll, 0);
	init_waitqueue_head(&up->modem_wait);
	if (!request_region(up->base, UART_PORTS, "serial"))
		return;
	up->present = uart_probe(up);
	if (!up->present) {
		release_region(up->base, UART_PORTS);
		return;
	}
	tty_port_init(&up->port);
	tty_port_link_device(&up->port, serial_driver, line);
	tty_register_device_attr(serial_driver, line, parent, up, uart_groups);
	pr_info("ttyS%u at I/O 0x%x (irq = %u) is a %s\n", line, up->base, up->irq,
		up->has_fifo ? "16550A" : "8250");
}

/* Nobody has it open, and nobody can any more.  The port first: its work item looks at the terminal. */
static void uart_detach(unsigned int line)
{
	struct uart_8250 *up = &uarts[line];

	tty_unregister_device(serial_driver, line);
	tty_port_destroy(&up->port);
	release_region(up->base, UART_PORTS);
}

static int __init uart_8250_init(void)
{
	unsigned int line;
	int err;

	serial_driver = tty_alloc_driver(NR_UARTS, TTY_DRIVER_DYNAMIC_DEV | TTY_DRIVER_REAL_RAW);
	if (IS_ERR(serial_driver))
		return PTR_ERR(serial_driver);
	serial_driver->owner = THIS_MODULE;
	serial_driver->driver_name = "serial";
	serial_driver->name = "ttyS";
	serial_driver->type = TTY_DRIVER_TYPE_SERIAL;
	serial_driver->subtype = SERIAL_TYPE_NORMAL;
	serial_driver->major = TTY_MAJOR;
	serial_driver->minor_start = SERIAL_MINOR;
	serial_driver->init_termios.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL;
	serial_driver->init_termios.c_ispeed = serial_driver->init_termios.c_ospeed = 115200;
	tty_set_operations(serial_driver, &uart_ops);
	err = tty_register_driver(serial_driver);
	if (err) {
		put_tty_driver(serial_driver);
		return err;
	}
	board = platform_device_register_simple("serial8250", -1, NULL, 0);
	for (line = 0; line < min(nr_uarts, (unsigned int)NR_UARTS); line++)
		uart_attach(line, IS_ERR(board) ? NULL : &board->dev);
	uart_8250_console_init();
	return 0;
}

static void __exit uart_8250_exit(void)
{
	uart_8250_console_exit();
	for (unsigned int line = 0; line < NR_UARTS; line++)
		if (uarts[line].present)
			uart_detach(line);
	tty_unregister_driver(serial_driver);
	put_tty_driver(serial_driver);
	if (!IS_ERR(board))
		platform_device_unregister(board);
}

module_init(uart_8250_init);
module_exit(uart_8250_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("the PC's serial ports and the console on one");
