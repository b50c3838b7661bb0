/*
 * tty_buffer.c - the flip buffer: received bytes, from interrupt to process context.
 *
 *   interrupt: tty_insert_flip_char() … tty_flip_buffer_push()
 *   work item: flip_work() → line discipline's receive_buf()
 *
 * The line discipline may sleep (it echoes, takes mutexes, sends signals), an
 * interrupt may not; so a ring lies between.  When the discipline is full the
 * work item leaves the rest in the ring and the reader, having made room,
 * starts it again.  Only when the ring is full as well is a byte lost, and counted.
 */
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>

#define FLIP_MASK	(TTY_FLIP_SIZE - 1)
#define FLIP_CHUNK	64

int tty_insert_flip_char(struct tty_port *port, unsigned char c, char flag)
{
	unsigned long irq;
	int taken = 0;

	spin_lock_irqsave(&port->lock, irq);
	if (port->flip_chars && port->flip_head - port->flip_tail < TTY_FLIP_SIZE) {
		port->flip_chars[port->flip_head & FLIP_MASK] = c;
		port->flip_flags[port->flip_head & FLIP_MASK] = flag;
		port->flip_head++;
		taken = 1;
	} else {
		port->overruns++;
	}
	spin_unlock_irqrestore(&port->lock, irq);
	return taken;
}
EXPORT_SYMBOL_GPL(tty_insert_flip_char);

int tty_insert_flip_string_fixed_flag(struct tty_port *port, const unsigned char *chars, char flag,
				      size_t size)
{
	size_t done = 0;

	while (done < size && tty_insert_flip_char(port, chars[done], flag))
		done++;
	return done;
}
EXPORT_SYMBOL_GPL(tty_insert_flip_string_fixed_flag);

int tty_buffer_request_room(struct tty_port *port, size_t size)
{
	unsigned long irq;
	size_t room;

	spin_lock_irqsave(&port->lock, irq);
	room = port->flip_chars ? TTY_FLIP_SIZE - (port->flip_head - port->flip_tail) : 0;
	spin_unlock_irqrestore(&port->lock, irq);
	return min(size, room);
}
EXPORT_SYMBOL_GPL(tty_buffer_request_room);

void tty_flip_buffer_push(struct tty_port *port)
{
	queue_work(system_wq, &port->flip_work);
}
EXPORT_SYMBOL_GPL(tty_flip_buffer_push);

void tty_buffer_restart_work(struct tty_port *port)
{
	if (READ_ONCE(port->flip_head) != READ_ONCE(port->flip_tail))
		queue_work(system_wq, &port->flip_work);
}

void tty_buffer_flush(struct tty_port *port)
{
	unsigned long irq;

	spin_lock_irqsave(&port->lock, irq);
	port->flip_tail = port->flip_head;
	spin_unlock_irqrestore(&port->lock, irq);
}

/* Takes up to max bytes with their flags out of the ring; the number taken. */
static int flip_take(struct tty_port *port, unsigned char *chars, unsigned char *flags, int max)
{
	unsigned long irq;
	int n = 0;

	spin_lock_irqsave(&port->lock, irq);
	while (n < max && port->flip_tail != port->flip_head) {
		chars[n] = port->flip_chars[port->flip_tail & FLIP_MASK];
		flags[n++] = port->flip_flags[port->flip_tail++ & FLIP_MASK];
	}
	spin_unlock_irqrestore(&port->lock, irq);
	return n;
}

/*
 * One item of one port never runs twice at a time, so bytes stay in order.
 * Context: process (a workqueue's thread), may sleep.
 */
static void flip_work(struct work_struct *work)
{
	struct tty_port *port = container_of(work, struct tty_port, flip_work);
	unsigned char chars[FLIP_CHUNK], flags[FLIP_CHUNK];
	struct tty_struct *tty = READ_ONCE(port->tty);
	int room, n;

	while (tty && tty->disc_data) {
		room = min_t(int, tty->ldisc->receive_room(tty), FLIP_CHUNK);
		n = flip_take(port, chars, flags, room);
		tty->ldisc->receive_buf(tty, chars, flags, n);
		if (n == 0)
			break;
	}
}

void tty_port_init(struct tty_port *port)
{
	memset(port, 0, sizeof(*port));
	spin_lock_init(&port->lock);
	INIT_WORK(&port->flip_work, flip_work);
	port->flip_chars = kmalloc(TTY_FLIP_SIZE, GFP_KERNEL);
	port->flip_flags = kmalloc(TTY_FLIP_SIZE, GFP_KERNEL);
	if (!port->flip_flags) {
		kfree(port->flip_chars);
		port->flip_chars = NULL;	/* every byte is an overrun then */
	}
}
EXPORT_SYMBOL(tty_port_init);

void tty_port_destroy(struct tty_port *port)
{
	cancel_work_sync(&port->flip_work);
	kfree(port->flip_chars);
	kfree(port->flip_flags);
	port->flip_chars = port->flip_flags = NULL;
}
EXPORT_SYMBOL(tty_port_destroy);
