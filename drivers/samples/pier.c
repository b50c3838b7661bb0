/*
 * /dev/pier: the bytes of a serial port (16550A) that no other driver has, polled or by interrupt.
 *
 *	polled	irq=0: write() waits for the transmitter and feeds it, read() looks at each tick whether something came
 *	out	write() fills the ring tx and switches the transmitter's interrupt on; the handler feeds the
 *		FIFO and switches it off when the ring is empty; writers sleep while the ring is full
 *	in	the handler empties the FIFO into the ring rx; readers sleep while it is empty; what does not fit is counted
 *	close	waits until all has left the UART
 *
 * modprobe pier port=0x2f8 irq=3 name=pier; the built-in driver leaves the second port alone with 8250.nr_uarts=1.
 *
 * Contexts: the handler in interrupt, all else in process context.  Lock: pier.lock, irq-safe.
 * Registers and bits: National Semiconductor PC16550D, section 8.
 */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/serial_reg.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include "pier.h"

#define PIER_PORTS	8		/* I/O ports of one UART */
#define PIER_FIFO	16		/* bytes of each of its FIFOs */
#define PIER_DIVISOR	1		/* of 115200 baud */
#define PIER_IER	(UART_IER_RDI | UART_IER_RLSI)	/* interrupts for what comes */
#define PIER_PATIENCE	HZ		/* until a transmitter that never gets ready is an error */
#define PIER_CLOSING	(5 * HZ)	/* until a close does not wait any longer */

static char *name = "pier";
module_param(name, charp, 0444);
MODULE_PARM_DESC(name, "of the node in /dev, the region and the interrupt");
static unsigned int port = 0x2f8;
module_param(port, uint, 0444);
MODULE_PARM_DESC(port, "its first I/O port");
static unsigned int irq = 3;
module_param(irq, uint, 0444);
MODULE_PARM_DESC(irq, "its interrupt line; 0: polled");

/* Both numbers only grow; a place is number % PIER_RING, and empty is head == tail. */
struct pier_ring {
	unsigned int head, tail;	/* [l] bytes that were put in, that were taken out */
	u8 bytes[PIER_RING];		/* [l] */
};

static struct pier {
	spinlock_t lock;		/* this is l: the rings, and IER */
	struct pier_ring rx, tx;	/* [l] */
	struct pier_counts counts;	/* [l] */
	wait_queue_head_t readers;	/* something came */
	wait_queue_head_t writers;	/* there is room in tx, or it is empty */
} pier;

static inline u8 in(unsigned int reg)
{
	return inb(port + reg);
}

static inline void out(unsigned int reg, u8 value)
{
	outb(value, port + reg);
}

static inline unsigned int used(const struct pier_ring *ring)
{
	return READ_ONCE(ring->head) - READ_ONCE(ring->tail);
}

/* ------------------------------------------------------------------ step 1: polled */

/* LAB 06.1 { ready */
/* Waits until the transmitter takes a FIFO of bytes.  0, -EIO if that takes too long, -ERESTARTSYS.  Context: sleeps. */
static int wait_ready(void)
{
	unsigned long end = jiffies + PIER_PATIENCE;

	while (!(in(UART_LSR) & UART_LSR_THRE)) {
		if (time_after(jiffies, end))
			return -EIO;
		schedule_timeout_interruptible(1);
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
	return 0;
}
/* } LAB */

static ssize_t polled_write(const char __user *buf, size_t count)
{
	/* LAB 06.1 { polled_write */
	u8 bytes[PIER_FIFO];
	size_t done = 0;

	while (done < count) {
		size_t n = min(count - done, sizeof(bytes));
		int err = copy_from_user(bytes, buf + done, n) ? -EFAULT : wait_ready();

		if (err)
			return done ? (ssize_t)done : err;
		for (size_t i = 0; i < n; i++)
			out(UART_TX, bytes[i]);
		done += n;
	}
	return done;
	/* } LAB */
}

/* What has come, at least a byte unless the file has O_NONBLOCK.  Looks once a tick. */
static ssize_t polled_read(struct file *file, char __user *buf, size_t count)
{
	/* LAB 06.1 { polled_read */
	u8 bytes[PIER_FIFO];
	size_t n = 0;

	while (!(in(UART_LSR) & UART_LSR_DR)) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		schedule_timeout_interruptible(1);
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
	while (n < min(count, sizeof(bytes)) && in(UART_LSR) & UART_LSR_DR)
		bytes[n++] = in(UART_RX);
	return copy_to_user(buf, bytes, n) ? -EFAULT : (ssize_t)n;
	/* } LAB */
}

/* Takes the ports, looks for a UART there, and sets it to 115200 baud, 8N1, FIFOs on, no interrupts.  0, -EBUSY, -ENODEV. */
static int attach(void)
{
	/* LAB 06.1 { attach */
	if (!request_region(port, PIER_PORTS, name))
		return -EBUSY;
	for (unsigned int pattern = 0x5a; pattern <= 0xa5; pattern += 0xa5 - 0x5a) {
		out(UART_SCR, pattern);			/* it keeps what is written, and does nothing with it */
		if (in(UART_SCR) != pattern) {
			release_region(port, PIER_PORTS);
			return -ENODEV;
		}
	}
	out(UART_IER, 0);
	out(UART_LCR, UART_LCR_DLAB | UART_LCR_WLEN8);	/* the first two ports are the divisor's now */
	out(UART_DLL, PIER_DIVISOR & 0xff);
	out(UART_DLM, PIER_DIVISOR >> 8);
	out(UART_LCR, UART_LCR_WLEN8);
	out(UART_FCR, UART_FCR_ENABLE_FIFO | UART_FCR_CLEAR_RCVR | UART_FCR_CLEAR_XMIT | UART_FCR_TRIGGER_8);
	out(UART_MCR, UART_MCR_DTR | UART_MCR_RTS | UART_MCR_OUT2);
	return 0;
	/* } LAB */
}

/* ------------------------------------------------------------------ step 2: received by interrupt */

/* LAB 06.3 { transmit */
/* [l] held.  The transmitter's FIFO is empty: fills it, or says that there is no more. */
static void transmit(void)
{
	for (int room = PIER_FIFO; room && used(&pier.tx); room--)
		out(UART_TX, pier.tx.bytes[pier.tx.tail++ % PIER_RING]);
	if (!used(&pier.tx))
		out(UART_IER, PIER_IER);
	wake_up_interruptible(&pier.writers);
}
/* } LAB */

/* LAB 06.2 { interrupt */
/* [l] held.  Empties the receiver; the newest bytes are lost where there is no room. */
static void receive(void)
{
	while (in(UART_LSR) & UART_LSR_DR) {
		u8 c = in(UART_RX);

		pier.counts.received++;
		if (used(&pier.rx) < PIER_RING)
			pier.rx.bytes[pier.rx.head++ % PIER_RING] = c;
		else
			pier.counts.overruns++;
	}
	wake_up_interruptible(&pier.readers);
}

static irqreturn_t pier_interrupt(int line, void *dev)
{
	irqreturn_t answer = IRQ_NONE;		/* another device has this line, too */
	u8 cause;

	spin_lock(&pier.lock);
	while (!((cause = in(UART_IIR)) & UART_IIR_NO_INT)) {
		answer = IRQ_HANDLED;
		if ((cause & UART_IIR_ID) == UART_IIR_THRI)
			transmit();
		else
			receive();		/* data, silence after data, or an error, which reading LSR clears */
	}
	spin_unlock(&pier.lock);
	return answer;
}

/* Some bytes of the ring rx; 0 if it is empty. */
static size_t take(u8 *bytes, size_t count)
{
	size_t n = 0;

	spin_lock_irq(&pier.lock);
	while (n < count && used(&pier.rx))
		bytes[n++] = pier.rx.bytes[pier.rx.tail++ % PIER_RING];
	spin_unlock_irq(&pier.lock);
	return n;
}
/* } LAB */

static ssize_t ring_read(struct file *file, char __user *buf, size_t count)
{
	/* LAB 06.2 { ring_read */
	u8 bytes[64];
	size_t n;

	while (!(n = take(bytes, min(count, sizeof(bytes))))) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(pier.readers, used(&pier.rx)))
			return -ERESTARTSYS;
	}	/* a loop: another reader may have been faster */
	return copy_to_user(buf, bytes, n) ? -EFAULT : (ssize_t)n;
	/* } LAB */
}

/* The handler on the line, then the UART's interrupt for what comes. */
static int start(void)
{
	/* LAB 06.2 { start */
	int err = request_irq(irq, pier_interrupt, IRQF_SHARED, name, &pier);

	if (err)
		return err;
	out(UART_IER, PIER_IER);
	/* } LAB */
	return 0;
}

/* When it returns, the UART raises no interrupt and the handler does not run nor will. */
static void stop(void)
{
	/* LAB 06.2 { stop */
	out(UART_IER, 0);
	free_irq(irq, &pier);
	/* } LAB */
}

/* ------------------------------------------------------------------ step 3: sent by interrupt */

/* LAB 06.3 { give */
/* As many of these as there is room for, into the ring tx; the handler sends them.  0 if it is full. */
static size_t give(const u8 *bytes, size_t count)
{
	size_t n = 0;

	spin_lock_irq(&pier.lock);
	while (n < count && used(&pier.tx) < PIER_RING)
		pier.tx.bytes[pier.tx.head++ % PIER_RING] = bytes[n++];
	out(UART_IER, PIER_IER | UART_IER_THRI);
	spin_unlock_irq(&pier.lock);
	return n;
}
/* } LAB */

static ssize_t ring_write(struct file *file, const char __user *buf, size_t count)
{
	/* LAB 06.3 { ring_write */
	u8 bytes[64];
	size_t done = 0, n;

	while (done < count) {
		n = min(count - done, sizeof(bytes));
		if (copy_from_user(bytes, buf + done, n))
			return done ? (ssize_t)done : -EFAULT;
		n = give(bytes, n);
		done += n;
		if (n)
			continue;
		if (file->f_flags & O_NONBLOCK)
			return done ? (ssize_t)done : -EAGAIN;
		if (wait_event_interruptible(pier.writers, used(&pier.tx) < PIER_RING))
			return done ? (ssize_t)done : -ERESTARTSYS;
	}
	return done;
	/* } LAB */
}

/* Who closes waits for the last byte, if no signal comes: first for the ring, then for FIFO and shift register. */
static int pier_release(struct inode *inode, struct file *file)
{
	/* LAB 06.3 { release */
	unsigned long end = jiffies + PIER_CLOSING;

	wait_event_interruptible_timeout(pier.writers, !used(&pier.tx), PIER_CLOSING);
	while (!(in(UART_LSR) & UART_LSR_TEMT) && time_before(jiffies, end) && !signal_pending(current))
		schedule_timeout_interruptible(1);
	/* } LAB */
	return 0;
}

/* ------------------------------------------------------------------ the device */

static ssize_t pier_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	if (!count)
		return 0;
	return irq ? ring_read(file, buf, count) : polled_read(file, buf, count);
}

static ssize_t pier_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return irq ? ring_write(file, buf, count) : polled_write(buf, count);
}

static long pier_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct pier_counts counts;

	if (cmd != PIER_COUNTS)
		return -ENOTTY;
	spin_lock_irq(&pier.lock);
	counts = pier.counts;
	spin_unlock_irq(&pier.lock);
	return copy_to_user((void __user *)arg, &counts, sizeof(counts)) ? -EFAULT : 0;
}

static const struct file_operations pier_fops = {
	.owner = THIS_MODULE,
	.llseek = no_llseek,
	.read = pier_read,
	.write = pier_write,
	.unlocked_ioctl = pier_ioctl,
	.release = pier_release,
};

static struct miscdevice pier_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.fops = &pier_fops,
};

/* All that attach() took and began; the UART is quiet afterwards. */
static void detach(void)
{
	/* LAB 06.1 { detach */
	out(UART_MCR, 0);
	release_region(port, PIER_PORTS);
	/* } LAB */
}

static int __init pier_init(void)
{
	int err;

	spin_lock_init(&pier.lock);
	init_waitqueue_head(&pier.readers);
	init_waitqueue_head(&pier.writers);
	err = attach();
	if (err)
		return err;
	err = irq ? start() : 0;
	if (err)
		goto out_detach;
	pier_misc.name = name;
	err = misc_register(&pier_misc);	/* last: from here on it can be opened */
	if (err)
		goto out_stop;
	return 0;

out_stop:
	if (irq)
		stop();
out_detach:
	detach();
	return err;
}

static void __exit pier_exit(void)
{
	misc_deregister(&pier_misc);
	if (irq)
		stop();
	detach();
}

module_init(pier_init);
module_exit(pier_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a serial port of its own, polled or by interrupt");
