/*
 * 8250_modes.c - a serial port's modes and modem lines: what termios asks of the
 * UART's registers, DTR, RTS and their like, and breaks.
 *
 * Context: process, may sleep.  Lock: uart->lock guards the registers.
 * Registers and bits: National Semiconductor PC16550D, section 8.
 */
#include <linux/kernel.h>
#include <linux/tty.h>
#include <linux/wait.h>
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
	up->hard_flow = tty->termios.c_cflag & CRTSCTS;
	up->hang_up = !(tty->termios.c_cflag & CLOCAL);
	up->mcr = baud ? up->mcr | UART_MCR_DTR | UART_MCR_RTS	/* B0: hang up */
		       : up->mcr & ~(UART_MCR_DTR | UART_MCR_RTS);
	uart_write_mcr(up);
	spin_unlock_irqrestore(&up->lock, irq);
	wake_up_interruptible(&up->modem_wait);		/* CLOCAL: who waits for a carrier need not */
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

/*
 * [l] held.  Looks at the modem lines and counts what changed: what they are is compared
 * with what they were, for a port in loop-back does not tell which line changed.
 * A carrier that ends hangs the line up, a CTS that comes lets the sender go on.
 */
void uart_check_modem(struct uart_8250 *up)
{
	unsigned char msr = uart_in(up, UART_MSR);
	unsigned char changed = (msr ^ up->msr) | (msr & UART_MSR_ANY_DELTA) << 4;

	up->msr = msr;
	changed &= UART_MSR_CTS | UART_MSR_DSR | UART_MSR_RI | UART_MSR_DCD;
	if (!changed)
		return;
	up->icount.cts += !!(changed & UART_MSR_CTS);
	up->icount.dsr += !!(changed & UART_MSR_DSR);
	up->icount.rng += !!(changed & UART_MSR_RI);
	up->icount.dcd += !!(changed & UART_MSR_DCD);
	if ((changed & UART_MSR_DCD) && !(msr & UART_MSR_DCD) && up->hang_up && up->port.tty)
		tty_hangup(up->port.tty);
	if ((changed & msr & UART_MSR_CTS) && up->hard_flow && tx_pending(up)) {
		up->ier |= UART_IER_THRI;
		uart_write_ier(up);
	}
	wake_up_interruptible(&up->modem_wait);
}

/*
 * [o] held, and given back while it sleeps.  Without CLOCAL an open waits for the carrier:
 * somebody else may open with O_NONBLOCK meanwhile, dial, or set CLOCAL.  0 or -ERESTARTSYS.
 */
int uart_wait_carrier(struct tty_struct *tty, struct uart_8250 *up)
{
	int err;

	if (C_FLAG(tty, CLOCAL) || uart_tiocmget(tty) & TIOCM_CAR)
		return 0;
	tty_unlock(tty);
	err = wait_event_interruptible(up->modem_wait, !READ_ONCE(up->hang_up) ||
				       READ_ONCE(up->msr) & UART_MSR_DCD);
	tty_lock(tty);
	return err;
}

static const struct { unsigned char mcr; unsigned int tiocm; } out_lines[] = {
	{ UART_MCR_DTR, TIOCM_DTR }, { UART_MCR_RTS, TIOCM_RTS }, { UART_MCR_OUT1, TIOCM_OUT1 },
	{ UART_MCR_OUT2, TIOCM_OUT2 }, { UART_MCR_LOOP, TIOCM_LOOP },
};

static const struct { unsigned char msr; unsigned int tiocm; } in_lines[] = {
	{ UART_MSR_CTS, TIOCM_CTS }, { UART_MSR_DSR, TIOCM_DSR }, { UART_MSR_RI, TIOCM_RI },
	{ UART_MSR_DCD, TIOCM_CAR },
};

int uart_tiocmget(struct tty_struct *tty)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;
	int lines = 0;

	spin_lock_irqsave(&up->lock, irq);
	uart_check_modem(up);
	for (int i = 0; i < ARRAY_SIZE(out_lines); i++)
		lines |= up->mcr & out_lines[i].mcr ? out_lines[i].tiocm : 0;
	for (int i = 0; i < ARRAY_SIZE(in_lines); i++)
		lines |= up->msr & in_lines[i].msr ? in_lines[i].tiocm : 0;
	spin_unlock_irqrestore(&up->lock, irq);
	return lines;
}

int uart_tiocmset(struct tty_struct *tty, unsigned int set, unsigned int clear)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;

	spin_lock_irqsave(&up->lock, irq);
	for (int i = 0; i < ARRAY_SIZE(out_lines); i++) {
		if (clear & out_lines[i].tiocm)
			up->mcr &= ~out_lines[i].mcr;
		if (set & out_lines[i].tiocm)
			up->mcr |= out_lines[i].mcr;
	}
	uart_write_mcr(up);
	uart_check_modem(up);
	spin_unlock_irqrestore(&up->lock, irq);
	return 0;
}
