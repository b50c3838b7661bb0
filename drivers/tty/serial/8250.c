/*
 * 8250.c - the PC's serial ports: 16550A UARTs, driven by interrupts both ways, or polled.
 * Which there are is in 8250_core.c, modes and modem lines in 8250_modes.c, settings in 8250_port.c,
 * kernel messages in 8250_console.c.
 *
 *   out: uart_write() fills a ring and switches the transmit interrupt on;
 *        the handler feeds the FIFO 16 bytes at a time and switches it off
 *        when the ring is empty.
 *   in:  the handler empties the receive FIFO into the port's flip buffer,
 *        whose work item carries it to the line discipline.
 *
 * A port without an interrupt line (irq 0, which TIOCSSERIAL and the attribute `irq` choose)
 * does the same from a timer, at each tick: what comes faster than a FIFO a tick is
 * overrun, and counted.
 *
 * Contexts: the handler in interrupt, write and its like in any, open and
 * set_termios in process context.  Locks: uart->lock guards ring and registers,
 * uart->mutex opening and the choice of the line; order: tty->lock, mutex, lock.
 * Registers and bits: National Semiconductor PC16550D, section 8.
 */
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sysrq.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include "8250.h"

#define RX_LIMIT	256		/* bytes a pass takes: a FIFO without end must not hold us */
#define PASS_LIMIT	64		/* rounds of one interrupt */
#define SYSRQ_TIMEOUT	(5 * HZ)	/* from a break to its key */

/* ------------------------------------------------------------------ interrupt */

static char flag_of(struct uart_8250 *up, unsigned char lsr)
{
	if (lsr & UART_LSR_BI) {
		up->icount.brk++;
		return TTY_BREAK;
	}
	if (lsr & UART_LSR_PE) {
		up->icount.parity++;
		return TTY_PARITY;
	}
	if (lsr & UART_LSR_FE) {
		up->icount.frame++;
		return TTY_FRAME;
	}
	return TTY_NORMAL;
}

/*
 * [l] held.  On the console's line a break and the byte after it are for the kernel;
 * a second break cancels the first and is one like any other.  True: taken,
 * with the key in *sysrq if there is one.
 */
static bool take_sysrq(struct uart_8250 *up, unsigned char c, char flag, int *sysrq)
{
	bool armed = up->sysrq_until && time_before(jiffies, up->sysrq_until);

	up->sysrq_until = 0;
	if (flag == TTY_BREAK && !armed && is_console(up))
		up->sysrq_until = (jiffies + SYSRQ_TIMEOUT) | 1;
	else if (flag == TTY_NORMAL && armed)
		*sysrq = c;
	else
		return false;
	return true;
}

/*
 * [l] held.  Empties the receiver.  Returns the last SysRq key that came, or 0.
 */
static int receive(struct uart_8250 *up)
{
	int limit = RX_LIMIT, sysrq = 0;

	while ((uart_lsr(up) & UART_LSR_DR) && limit--) {
		unsigned char c = uart_in(up, UART_RX), errors = up->lsr_errors;
		char flag = flag_of(up, errors);

		up->lsr_errors = 0;
		if (errors & UART_LSR_OE) {
			up->icount.overrun++;
			tty_insert_flip_char(&up->port, 0, TTY_OVERRUN);
		}
		if (!take_sysrq(up, c, flag, &sysrq))
			tty_insert_flip_char(&up->port, c, flag);
		up->icount.rx++;
	}
	tty_flip_buffer_push(&up->port);
	return sysrq;
}

/* [l] held. */
static bool may_send(struct uart_8250 *up)
{
	return !up->stopped && (!up->hard_flow || up->msr & UART_MSR_CTS);
}

/* [l] held.  The transmitter is empty: gives it a FIFO's worth.  True: writers may go on. */
static bool transmit(struct uart_8250 *up)
{
	int n = up->has_fifo ? UART_FIFO : 1;

	if (up->x_char) {
		uart_out(up, UART_TX, up->x_char);
		up->x_char = 0;
		n--;
	}
	while (n-- && tx_pending(up) && may_send(up)) {
		uart_out(up, UART_TX, up->tx[up->tx_tail++ & TX_MASK]);
		up->icount.tx++;
	}
	if (!tx_pending(up) || !may_send(up))
		uart_set_ier(up, up->ier & ~UART_IER_THRI);
	return tx_pending(up) < TX_WAKEUP;
}

/* What a round under the lock leaves to be done without it. */
struct uart_round {
	bool wake;			/* writers may go on */
	int sysrq;			/* a key for the kernel, or 0 */
};

/* [l] held. */
static void uart_service(struct uart_8250 *up, struct uart_round *round)
{
	if (uart_lsr(up) & UART_LSR_DR)
		round->sysrq = receive(up) ?: round->sysrq;
	uart_check_modem(up);
	if ((up->ier & UART_IER_THRI) && (uart_lsr(up) & UART_LSR_THRE))
		round->wake |= transmit(up);
}

static void uart_finish(struct uart_8250 *up, const struct uart_round *round)
{
	if (round->wake && up->port.tty)
		tty_wakeup(up->port.tty);
	if (round->sysrq)
		handle_sysrq(round->sysrq);	/* unlocked: what it says goes out here */
}

/* [l] held.  What waits raises the line anew: the 8259 takes note of the edge only, and that may have gone by. */
static void restart_interrupts(struct uart_8250 *up)
{
	uart_out(up, UART_IER, 0);
	uart_write_ier(up);
}

static irqreturn_t uart_interrupt(int irq, void *dev)
{
	struct uart_8250 *up = dev;
	struct uart_round round = { 0 };
	int passes = PASS_LIMIT;
	bool handled = false;

	spin_lock(&up->lock);
	while (!(uart_in(up, UART_IIR) & UART_IIR_NO_INT) && passes--) {
		handled = true;
		uart_service(up, &round);
	}
	if (passes < 0)
		restart_interrupts(up);
	spin_unlock(&up->lock);
	uart_finish(up, &round);
	return IRQ_RETVAL(handled);
}

/* The same for a port without a line, as often as there is something to do now.  Context: timer. */
void uart_poll(struct timer_list *timer)
{
	struct uart_8250 *up = from_timer(up, timer, poll_timer);
	struct uart_round round = { 0 };
	int passes = PASS_LIMIT;
	unsigned long irq;

	spin_lock_irqsave(&up->lock, irq);
	do
		uart_service(up, &round);
	while ((uart_lsr(up) & (UART_LSR_DR | (up->ier & UART_IER_THRI ? UART_LSR_THRE : 0))) && passes--);
	spin_unlock_irqrestore(&up->lock, irq);
	uart_finish(up, &round);
	mod_timer(&up->poll_timer, jiffies + 1);
}

/* ------------------------------------------------------------------ output */

/* [l] held.  The handler feeds the line from here on. */
static void start_tx(struct uart_8250 *up)
{
	if ((tx_pending(up) && may_send(up)) || up->x_char)
		uart_set_ier(up, up->ier | UART_IER_THRI);
}

static int uart_write(struct tty_struct *tty, const unsigned char *buf, int count)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;
	int n = 0;

	spin_lock_irqsave(&up->lock, irq);
	while (n < count && tx_pending(up) < TX_SIZE)
		up->tx[up->tx_head++ & TX_MASK] = buf[n++];
	start_tx(up);
	spin_unlock_irqrestore(&up->lock, irq);
	return n;
}

/* Only fills the ring: flush_chars() starts the line, once for many. */
static int uart_put_char(struct tty_struct *tty, unsigned char c)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;
	int taken = 0;

	spin_lock_irqsave(&up->lock, irq);
	if (tx_pending(up) < TX_SIZE) {
		up->tx[up->tx_head++ & TX_MASK] = c;
		taken = 1;
	}
	spin_unlock_irqrestore(&up->lock, irq);
	return taken;
}

static void uart_start(struct tty_struct *tty)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;

	spin_lock_irqsave(&up->lock, irq);
	up->stopped = false;
	start_tx(up);
	spin_unlock_irqrestore(&up->lock, irq);
}

static void uart_flush_chars(struct tty_struct *tty)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;

	spin_lock_irqsave(&up->lock, irq);
	start_tx(up);
	spin_unlock_irqrestore(&up->lock, irq);
}

static void uart_stop(struct tty_struct *tty)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;

	spin_lock_irqsave(&up->lock, irq);
	up->stopped = true;
	uart_set_ier(up, up->ier & ~UART_IER_THRI);
	spin_unlock_irqrestore(&up->lock, irq);
}

static int uart_write_room(struct tty_struct *tty)
{
	return TX_SIZE - tx_pending(to_uart(tty));	/* one word each: a stale answer does no harm */
}

static int uart_chars_in_buffer(struct tty_struct *tty)
{
	return tx_pending(to_uart(tty));
}

static void uart_flush_buffer(struct tty_struct *tty)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;

	spin_lock_irqsave(&up->lock, irq);
	up->tx_tail = up->tx_head;
	spin_unlock_irqrestore(&up->lock, irq);
	tty_wakeup(tty);
}

/* The ring is empty; the FIFO may not be.  timeout in ticks. */
static void uart_wait_until_sent(struct tty_struct *tty, int timeout)
{
	struct uart_8250 *up = to_uart(tty);

	while (timeout > 0 && !uart_is_idle(up) && !signal_pending(current))
		timeout -= 1 + schedule_timeout_interruptible(1);
}

static void uart_send_xchar(struct tty_struct *tty, char c)
{
	struct uart_8250 *up = to_uart(tty);
	unsigned long irq;

	spin_lock_irqsave(&up->lock, irq);
	up->x_char = c;
	start_tx(up);
	spin_unlock_irqrestore(&up->lock, irq);
}

/* ------------------------------------------------------------------ open, close */

/* [m] held.  Ready to receive and send; nothing that is under way is lost.  0, or what request_irq() says. */
int uart_startup(struct uart_8250 *up)
{
	int err = up->irq ? request_irq(up->irq, uart_interrupt, IRQF_SHARED, "serial", up) : 0;

	if (err)
		return err;
	spin_lock_irq(&up->lock);
	up->ier = UART_IER_RDI | UART_IER_RLSI | UART_IER_MSI | (tx_pending(up) ? UART_IER_THRI : 0);
	restart_interrupts(up);
	spin_unlock_irq(&up->lock);
	if (!up->irq)
		mod_timer(&up->poll_timer, jiffies + 1);
	return 0;
}

/* [m] held.  When it returns neither handler nor timer runs or will. */
void uart_shutdown(struct uart_8250 *up)
{
	spin_lock_irq(&up->lock);
	uart_set_ier(up, 0);
	spin_unlock_irq(&up->lock);
	if (up->irq)
		free_irq(up->irq, up);
	else
		del_timer_sync(&up->poll_timer);
}

/* [m] held.  The first open: the modes, then DTR and RTS. */
static int first_open(struct tty_struct *tty, struct uart_8250 *up)
{
	int err;

	spin_lock_irq(&up->lock);
	uart_out(up, UART_FCR, UART_FCR_ENABLE_FIFO | UART_FCR_CLEAR_RCVR | UART_FCR_CLEAR_XMIT |
		 UART_FCR_TRIGGER_8);
	uart_in(up, UART_RX);
	up->msr = uart_in(up, UART_MSR);
	spin_unlock_irq(&up->lock);
	err = uart_startup(up);
	if (err)
		return err;
	down_write(&tty->termios_rwsem);
	uart_set_termios(tty, NULL);
	up_write(&tty->termios_rwsem);
	return 0;
}

static void uart_close(struct tty_struct *tty, struct file *file)
{
	struct uart_8250 *up = to_uart(tty);

	mutex_lock(&up->mutex);
	if (--up->users == 0) {
		uart_shutdown(up);
		spin_lock_irq(&up->lock);
		up->mcr &= C_FLAG(tty, HUPCL) ? 0 : UART_MCR_DTR | UART_MCR_RTS;
		uart_write_mcr(up);
		spin_unlock_irq(&up->lock);
	}
	mutex_unlock(&up->mutex);
}

/* [o] held, and given back while it waits for a carrier. */
static int uart_open(struct tty_struct *tty, struct file *file)
{
	struct uart_8250 *up = &uarts[tty->index];
	int err = 0;

	if (!up->present)
		return -ENODEV;
	tty->driver_data = up;
	mutex_lock(&up->mutex);
	if (up->users == 0)
		err = first_open(tty, up);
	if (!err)
		up->users++;
	mutex_unlock(&up->mutex);
	if (err || (file->f_flags & O_NONBLOCK))
		return err;
	err = uart_wait_carrier(tty, up);
	if (err)
		uart_close(tty, file);
	return err;
}

const struct tty_operations uart_ops = {
	.open		= uart_open,
	.close		= uart_close,
	.write		= uart_write,
	.put_char	= uart_put_char,
	.flush_chars	= uart_flush_chars,
	.write_room	= uart_write_room,
	.chars_in_buffer = uart_chars_in_buffer,
	.ioctl		= uart_ioctl,
	.set_termios	= uart_set_termios,
	.stop		= uart_stop,
	.start		= uart_start,
	.hangup		= uart_flush_buffer,
	.break_ctl	= uart_break_ctl,
	.flush_buffer	= uart_flush_buffer,
	.wait_until_sent = uart_wait_until_sent,
	.send_xchar	= uart_send_xchar,
	.tiocmget	= uart_tiocmget,
	.tiocmset	= uart_tiocmset,
	.get_icount	= uart_get_icount,
};
