/*
 * 8250.h - one 16550A serial port as its driver keeps it.
 */
#ifndef _DRIVERS_TTY_SERIAL_8250_H
#define _DRIVERS_TTY_SERIAL_8250_H

#include <linux/io.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/tty.h>
#include <linux/wait.h>
#include <uapi/linux/serial.h>
#include <uapi/linux/serial_reg.h>

#define UART_PORTS	8		/* I/O ports of one UART */
#define UART_CLOCK	115200		/* the divisor's clock: 1.8432 MHz / 16 */
#define UART_FIFO	16		/* bytes of the 16550A's transmit FIFO */
#define TX_SIZE		4096		/* a power of two */
#define TX_MASK		(TX_SIZE - 1)
#define TX_WAKEUP	256		/* fewer left than this: the writer goes on */

/*
 * [l] lock, irq-safe   [m] mutex   else constant once probed
 */
struct uart_8250 {
	unsigned int base;
	bool present;
	bool has_fifo;

	struct mutex mutex;		/* this is m: open, close, a change of line */
	int users;			/* [m] */
	unsigned int irq;		/* [m] changes, [l] too; 0: polled by poll_timer */
	struct timer_list poll_timer;	/* [m] starts and stops it, with users */

	spinlock_t lock;		/* this is l; also guards the registers */
	unsigned char ier, mcr, lcr;	/* [l] what was last written there */
	unsigned char tx[TX_SIZE];	/* [l] ring of bytes to send */
	unsigned int tx_head, tx_tail;	/* [l] free-running */
	bool stopped;			/* [l] ^S: send nothing */
	unsigned char x_char;		/* [l] XON or XOFF that goes first; 0: none */
	unsigned char lsr_errors;	/* [l] error bits that were read but not used yet */
	unsigned long sysrq_until;	/* [l] a break came: the next byte before this is a key; 0: none */
	unsigned char msr;		/* [l] the modem lines when they were last looked at */
	bool hard_flow;			/* [l] CRTSCTS: send only while CTS is on */
	bool hang_up;			/* [l] !CLOCAL: the end of the carrier is the end of the line */
	struct serial_icounter_struct icount; /* [l] */
	wait_queue_head_t modem_wait;	/* a modem line changed */

	struct tty_port port;
};

static inline unsigned int tx_pending(const struct uart_8250 *up)
{
	return up->tx_head - up->tx_tail;
}

static inline unsigned char uart_in(struct uart_8250 *up, int reg)
{
	return inb(up->base + reg);
}

static inline void uart_out(struct uart_8250 *up, int reg, unsigned char value)
{
	outb(value, up->base + reg);
}

/* [l] held.  The interrupts wished for, which a polled port does without. */
static inline void uart_write_ier(struct uart_8250 *up)
{
	uart_out(up, UART_IER, up->irq ? up->ier : 0);
}

/* [l] held. */
static inline void uart_set_ier(struct uart_8250 *up, unsigned char ier)
{
	if (up->ier != ier) {
		up->ier = ier;
		uart_write_ier(up);
	}
}

/* [l] held.  OUT2 lets the interrupt through to the bus; a port in loop-back has it as its carrier. */
static inline void uart_write_mcr(struct uart_8250 *up)
{
	uart_out(up, UART_MCR, up->mcr & UART_MCR_LOOP ? up->mcr : up->mcr | UART_MCR_OUT2);
}

#define LSR_ERRORS	(UART_LSR_OE | UART_LSR_PE | UART_LSR_FE | UART_LSR_BI)

/* [l] held.  The line status. Reading it clears its error bits, so they are kept for the receiver. */
static inline unsigned char uart_lsr(struct uart_8250 *up)
{
	unsigned char lsr = uart_in(up, UART_LSR);

	up->lsr_errors |= lsr & LSR_ERRORS;
	return lsr;
}

/* The last byte has left the port. */
static inline bool uart_is_idle(struct uart_8250 *up)
{
	unsigned long irq;
	bool idle;

	spin_lock_irqsave(&up->lock, irq);
	idle = !tx_pending(up) && uart_lsr(up) & UART_LSR_TEMT;
	spin_unlock_irqrestore(&up->lock, irq);
	return idle;
}

static inline struct uart_8250 *to_uart(struct tty_struct *tty)
{
	return tty->driver_data;
}

/* 8250_core.c */
extern struct uart_8250 uarts[];
extern struct tty_driver *serial_driver;

/* 8250_console.c */
extern void uart_8250_console_init(void);
extern void uart_8250_console_exit(void);
/* Kernel messages go out on this line. */
extern bool is_console(const struct uart_8250 *up);

/* 8250.c: a service by interrupt or by timer, between uart_startup() and uart_shutdown().  [m] held */
extern int uart_startup(struct uart_8250 *up);
extern void uart_shutdown(struct uart_8250 *up);
extern void uart_poll(struct timer_list *timer);
extern const struct tty_operations uart_ops;

/* 8250_modes.c */
extern void uart_check_modem(struct uart_8250 *up);
extern int uart_wait_carrier(struct tty_struct *tty, struct uart_8250 *up);
extern void uart_set_termios(struct tty_struct *tty, struct ktermios *old);
extern int uart_break_ctl(struct tty_struct *tty, int state);
extern int uart_tiocmget(struct tty_struct *tty);
extern int uart_tiocmset(struct tty_struct *tty, unsigned int set, unsigned int clear);

/* 8250_port.c */
extern int uart_set_irq(struct uart_8250 *up, unsigned int irq);
extern int uart_get_icount(struct tty_struct *tty, struct serial_icounter_struct *icount);
extern const struct attribute_group *uart_groups[];
extern int uart_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg);

#endif
