/*
 * 8250_modes.c - a serial port's modes and modem lines: what termios asks of the
 * UART's registers, DTR, RTS and their like, and breaks.
 *
 * Context: process, may sleep.  Lock: uart->lock guards the registers.
 * Registers and bits: National Semiconductor PC16550D, section 8.
 */
#include <linux/tty.h>
#include <linux/uaccess.h>
#include <uapi/linux/serial.h>
#include "8250.h"

static unsigned char lcr_of(const struct ktermios *termios)
{
	unsigned char lcr;

	switch (termios->c_cflag & CSIZE) {
	case CS5: lcr = UART_LCR_WLEN5; break;
	case CS6: lcr = UART_LCR_WLEN6; break;
	case CS7: lcr = UART_LCR_WLEN7; break;
	default: lcr = UART_LCR_WLEN8; break;
	}
	if (termios->c_cflag & CSTOPB)
		lcr |= UART_LCR_STOP;
	if (termios->c_cflag & PARENB)
		lcr |= UART_LCR_PARITY | (termios->c_cflag & PARODD ? 0 : UART_LCR_EPAR);
	return lcr;
}

void uart_set_termios(struct tty_struct *tty, struct ktermios *old)
{
	struct uart_8250 *up = to_uart(tty);
	speed_t baud = tty_get_baud_rate(tty);
	unsigned int divisor;
	unsigned long irq;

	if (!up)
		return;
	divisor = baud ? clamp_t(unsigned int, UART_CLOCK / baud, 1, 0xffff) : 1;
	spin_lock_irqsave(&up->lock, irq);
	up->lcr = lcr_of(&tty->termios);
	uart_out(up, UART_LCR, up->lcr | UART_LCR_DLAB);
	uart_out(up, UART_DLL, divisor & 0xff);
	uart_out(up, UART_DLM, divisor >> 8);
	uart_out(up, UART_LCR, up->lcr);
	up->mcr = baud ? up->mcr | UART_MCR_DTR | UART_MCR_RTS	/* B0: hang up */
		       : up->mcr & ~(UART_MCR_DTR | UART_MCR_RTS);
	uart_out(up, UART_MCR, up->mcr);
	spin_unlock_irqrestore(&up->lock, irq);
	if (baud)
		tty_encode_baud_rate(tty, UART_CLOCK / divisor, UART_CLOCK / divisor);
}

int uart_break_ctl(struct tty_struct *tty, int state)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;

	spin_lock_irqsave(&up->lock, irq);
	up->lcr = state ? up->lcr | UART_LCR_SBC : up->lcr & ~UART_LCR_SBC;
	uart_out(up, UART_LCR, up->lcr);
	spin_unlock_irqrestore(&up->lock, irq);
	return 0;
}

int uart_tiocmget(struct tty_struct *tty)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;
	unsigned char msr, mcr;

	spin_lock_irqsave(&up->lock, irq);
	msr = uart_in(up, UART_MSR);
	mcr = up->mcr;
	spin_unlock_irqrestore(&up->lock, irq);
	return (mcr & UART_MCR_DTR ? TIOCM_DTR : 0) | (mcr & UART_MCR_RTS ? TIOCM_RTS : 0) |
	       (mcr & UART_MCR_LOOP ? TIOCM_LOOP : 0) |
	       (msr & UART_MSR_CTS ? TIOCM_CTS : 0) | (msr & UART_MSR_DSR ? TIOCM_DSR : 0) |
	       (msr & UART_MSR_RI ? TIOCM_RI : 0) | (msr & UART_MSR_DCD ? TIOCM_CAR : 0);
}

static unsigned char mcr_of(unsigned int lines)
{
	return (lines & TIOCM_DTR ? UART_MCR_DTR : 0) | (lines & TIOCM_RTS ? UART_MCR_RTS : 0) |
	       (lines & TIOCM_LOOP ? UART_MCR_LOOP : 0);
}

int uart_tiocmset(struct tty_struct *tty, unsigned int set, unsigned int clear)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;

	spin_lock_irqsave(&up->lock, irq);
	up->mcr = (up->mcr & ~mcr_of(clear)) | mcr_of(set);
	uart_out(up, UART_MCR, up->mcr);
	spin_unlock_irqrestore(&up->lock, irq);
	return 0;
}

int uart_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	struct uart_8250 *up = to_uart(tty);
	struct serial_struct info = { 0 };

	switch (cmd) {
	case TIOCSERGETLSR:
		return put_user(!tx_pending(up) && (uart_in(up, UART_LSR) & UART_LSR_TEMT) ?
				TIOCSER_TEMT : 0, (int __user *)arg);
	case TIOCGSERIAL:
		info.type = PORT_16550A;
		info.line = up - uarts;
		info.port = up->base;
		info.irq = up->irq;
		info.baud_base = UART_CLOCK;
		info.xmit_fifo_size = UART_FIFO;
		return copy_to_user((void __user *)arg, &info, sizeof(info)) ? -EFAULT : 0;
	}
	return -ENOIOCTLCMD;
}
