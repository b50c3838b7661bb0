/*
 * The first serial port, polled: the console from the first line of kmain()
 * until the serial driver registers its own. Writes nothing where there is
 * no port.
 *
 * Called under the console lock, interrupts off, from any context.
 */
#include <linux/console.h>
#include <linux/init.h>
#include <linux/io.h>
#include <asm/setup.h>

/* 16550 registers (National PC16550D data sheet, table II). */
#define COM1			0x3F8
#define UART_TX			0	/* write */
#define UART_DLL		0	/* divisor, with LCR_DLAB */
#define UART_DLM		1
#define UART_IER		1
#define UART_FCR		2
#define UART_LCR		3
#define UART_LSR		5
#define UART_SCR		7
#define UART_LCR_8N1		0x03
#define UART_LCR_DLAB		0x80
#define UART_FCR_ENABLE		0x07	/* FIFOs on and empty */
#define UART_LSR_THRE		0x20	/* room for a character */

#define DIVISOR_115200		1
#define SCRATCH_PATTERN		0x5A
/* Ten times what a character takes at 115200 baud, counted in port reads of about 1 us. */
#define TX_TRIES		1000

static bool present;			/* [I] */

static void put_char(u8 c)
{
	unsigned int tries;

	for (tries = 0; tries < TX_TRIES; tries++)
		if (inb(COM1 + UART_LSR) & UART_LSR_THRE)
			break;
	outb(c, COM1 + UART_TX);
}

static void early_serial_write(struct console *con, const char *s, unsigned int count)
{
	if (!present)
		return;
	for (; count; count--, s++) {
		if (*s == '\n')
			put_char('\r');
		put_char(*s);
	}
}

static struct console early_serial = {
	.name	= "early",
	.write	= early_serial_write,
	.flags	= CON_BOOT | CON_PRINTBUFFER,
	.index	= 0,
};

void __init early_serial_init(void)
{
	outb(SCRATCH_PATTERN, COM1 + UART_SCR);
	present = inb(COM1 + UART_SCR) == SCRATCH_PATTERN;
	if (present) {
		outb(0, COM1 + UART_IER);
		outb(UART_LCR_DLAB, COM1 + UART_LCR);
		outb(DIVISOR_115200, COM1 + UART_DLL);
		outb(0, COM1 + UART_DLM);
		outb(UART_LCR_8N1, COM1 + UART_LCR);
		outb(UART_FCR_ENABLE, COM1 + UART_FCR);
	}
	register_console(&early_serial);
}
