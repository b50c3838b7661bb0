/*
 * lp.c - a printer on the PC's parallel port: /dev/lp0, major 6.
 *
 *   write() → buf (a chunk in kernel memory) → lp_push() or lp_interrupt() → data register
 *
 * A byte is offered in the data register and a pulse of STROBE says so; the printer is
 * busy until it has taken it and then pulses ACK.  There are two ways to wait for that, and
 * LPSETIRQ (or the attribute `irq`) chooses between them at any time, also under a writer's hands:
 *
 *   polled:    the writer itself looks at BUSY, up to `chars` times a byte; when the printer
 *              stays busy it sleeps for `time` and tries again.
 *   interrupt: the writer sends one byte and sleeps; each ACK interrupts, and the handler
 *              sends the next byte of buf.  A lost interrupt costs a nap of `time`.
 *
 * Contexts: the handler in interrupt, all else in process context.  Locks: lp->lock over the
 * chunk and the registers, lp->irq_mutex over a change of line, lp->write_mutex over a write;
 * order: irq_mutex, lock; write_mutex, lock.
 * IBM PC/AT Technical Reference, "Parallel Printer Adapter".
 */
#include <linux/cred.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/jiffies.h>
#include <linux/lp.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <uapi/linux/major.h>

#define LP_NO		3
#define LP_PORTS	3		/* data, status, control */
#define LP_STATUS	1		/* offset of its register */
#define LP_CONTROL	2
#define LP_PSTROBE	0x01		/* control: the byte is there */
#define LP_PINITP	0x04		/* low: reset */
#define LP_PSELECP	0x08		/* you are meant */
#define LP_PINTEN	0x10		/* ACK interrupts */

#define LP_BUFFER	1024
#define LP_INIT_CHAR	1000
#define LP_INIT_TIME	2		/* ticks */
#define LP_POLLS	50		/* in a row, on a printer that is nearly ready */
#define LP_MAX_WAIT	1000		/* µs */

/* [l] lock, irq-safe  [w] write_mutex  [i] irq_mutex  [b] whoever holds bit 0 of busy  else constant once probed */
struct lp_port {
	unsigned int base;
	struct device *dev;
	unsigned long busy;			/* bit 0: open; atomic */
	struct mutex write_mutex, irq_mutex;	/* these are w and i */
	spinlock_t lock;			/* this is l */
	unsigned int irq;			/* [i] changes, [l] too; 0: polled */
	bool acked_later;			/* [l] a byte is out and its ACK will interrupt */
	unsigned char *buf;			/* [b] the chunk's memory */
	unsigned int pos, len;			/* [l] what of the chunk is yet to be sent */
	unsigned int chars, wait;		/* [l] polls a byte; µs around a strobe */
	unsigned long time, timeout;		/* [l] ticks: a nap; silence until it counts as broken */
	unsigned int flags;			/* [l] LP_ABORT, LP_CAREFUL, LP_ABORTOPEN */
	unsigned char fault;			/* none: a byte; status lines that say no, for tests */
	wait_queue_head_t done;			/* the handler has sent the chunk */
};

static struct lp_port lp_ports[LP_NO] = { { .base = 0x378 }, { .base = 0x278 }, { .base = 0x3bc } };
static struct class *lp_class;

/* ------------------------------------------------------------------ the printer */

static unsigned char lp_status(struct lp_port *lp)
{
	unsigned char fault = READ_ONCE(lp->fault);	/* "paper" is the one line that is high when it is so */

	return (inb(lp->base + LP_STATUS) & ~(fault & ~LP_POUTPA)) | (fault & LP_POUTPA);
}

static void lp_control(struct lp_port *lp, unsigned char bits)
{
	outb(LP_PINITP | LP_PSELECP | (lp->irq ? LP_PINTEN : 0) | bits, lp->base + LP_CONTROL);
}

static void lp_reset(struct lp_port *lp)
{
	outb(LP_PSELECP, lp->base + LP_CONTROL);
	udelay(50);
	lp_control(lp, 0);
}

/* [l] held.  Looks up to polls times whether the printer takes a byte, and gives it the next.  False: it does not. */
static bool send_byte(struct lp_port *lp, unsigned int polls)
{
	lockdep_assert_held(&lp->lock);
	while (!(lp_status(lp) & LP_PBUSY)) {
		if (!polls--)
			return false;
		cpu_relax();
	}
	outb(lp->buf[lp->pos++], lp->base);
	udelay(lp->wait);
	lp_control(lp, LP_PSTROBE);
	udelay(lp->wait);
	lp->acked_later = lp->irq;
	lp_control(lp, 0);
	return true;
}

static irqreturn_t lp_interrupt(int irq, void *dev)
{
	struct lp_port *lp = dev;
	bool ours, done;

	spin_lock(&lp->lock);
	ours = lp->acked_later;
	lp->acked_later = false;
	if (ours && lp->pos < lp->len)
		send_byte(lp, LP_POLLS);
	done = lp->pos == lp->len;
	spin_unlock(&lp->lock);
	if (ours && done)
		wake_up_interruptible(&lp->done);
	return IRQ_RETVAL(ours);
}

/* Sends what the printer takes now: polled, perhaps all; else a byte, and its ACK brings the rest. */
static void lp_push(struct lp_port *lp)
{
	unsigned int polls = 0;			/* for this byte: few at a time, for interrupts are off */
	bool more = true, sent;

	while (more && polls <= READ_ONCE(lp->chars) && (!polls || !signal_pending(current))) {
		spin_lock_irq(&lp->lock);
		more = lp->pos < lp->len && !lp->acked_later;
		sent = more && send_byte(lp, LP_POLLS);
		more &= !(sent && lp->irq);
		spin_unlock_irq(&lp->lock);
		polls = sent ? 0 : polls + LP_POLLS;
		cond_resched();
	}
}

/* What the status lines complain of: 0, -ENOSPC (paper), -EIO.  Only if careful when the error line is quiet. */
static int lp_complaint(struct lp_port *lp, bool careful)
{
	unsigned char status = lp_status(lp);

	if ((status & LP_PERRORP) && !careful)
		return 0;
	if (status & LP_POUTPA)
		return -ENOSPC;
	return (status & LP_PSELECD) && (status & LP_PERRORP) ? 0 : -EIO;
}

/* ------------------------------------------------------------------ write */

static unsigned int lp_left(struct lp_port *lp)
{
	return READ_ONCE(lp->len) - READ_ONCE(lp->pos);
}

/* A nap went by.  If nothing was sent meanwhile, the ACK is not waited for any longer. */
static void lp_ack_is_late(struct lp_port *lp, unsigned int left)
{
	spin_lock_irq(&lp->lock);
	if (lp->len - lp->pos == left)
		lp->acked_later = false;
	spin_unlock_irq(&lp->lock);
}

/*
 * Waits until the chunk is with the printer.  0, or why not all of it is: -EAGAIN,
 * -ERESTARTSYS, what the printer complains of (LP_ABORT: at once, else it is waited
 * for whoever brings paper), -EIO after lp->timeout of a silence without a complaint.
 */
static int lp_drain(struct lp_port *lp, bool nonblock)
{
	unsigned long since = jiffies;
	unsigned int left = lp_left(lp), now;
	int complaint;

	for (;;) {
		lp_push(lp);
		now = lp_left(lp);
		if (!now)
			return 0;
		if (signal_pending(current))
			return -ERESTARTSYS;
		if (now != left)
			since = jiffies;
		left = now;
		complaint = lp_complaint(lp, READ_ONCE(lp->flags) & LP_CAREFUL);
		if (complaint && (READ_ONCE(lp->flags) & LP_ABORT))
			return complaint;
		if (nonblock)
			return -EAGAIN;
		if (!complaint && time_after_eq(jiffies, since + READ_ONCE(lp->timeout)))
			return -EIO;
		if (!wait_event_interruptible_timeout(lp->done, !lp_left(lp), READ_ONCE(lp->time)))
			lp_ack_is_late(lp, left);
	}
}

static ssize_t lp_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct lp_port *lp = file->private_data;
	size_t done = 0, n;
	int err = 0;

	if (mutex_lock_interruptible(&lp->write_mutex))
		return -ERESTARTSYS;
	while (done < count && !err) {
		n = min_t(size_t, count - done, LP_BUFFER);
		if (copy_from_user(lp->buf, buf + done, n)) {
			err = -EFAULT;
			break;
		}
		spin_lock_irq(&lp->lock);
		lp->pos = 0;
		lp->len = n;
		spin_unlock_irq(&lp->lock);
		err = lp_drain(lp, file->f_flags & O_NONBLOCK);
		spin_lock_irq(&lp->lock);
		done += lp->pos;
		lp->pos = lp->len = 0;			/* the handler has nothing more to send */
		spin_unlock_irq(&lp->lock);
	}
	mutex_unlock(&lp->write_mutex);
	return done ? done : err;
}

/* ------------------------------------------------------------------ open, close */

static int lp_open(struct inode *inode, struct file *file)
{
	struct lp_port *lp = &lp_ports[iminor(inode)];
	int err;

	if (iminor(inode) >= LP_NO || !lp->dev)
		return -ENXIO;
	if (test_and_set_bit(0, &lp->busy))
		return -EBUSY;
	err = READ_ONCE(lp->flags) & LP_ABORTOPEN && !(file->f_flags & O_NONBLOCK) ?
		lp_complaint(lp, true) : 0;
	if (!err) {
		lp->buf = kmalloc(LP_BUFFER, GFP_KERNEL);
		err = lp->buf ? nonseekable_open(inode, file) : -ENOMEM;
	}
	if (err) {
		clear_bit(0, &lp->busy);
		return err;
	}
	file->private_data = lp;
	return 0;
}

static int lp_release(struct inode *inode, struct file *file)
{
	struct lp_port *lp = file->private_data;

	kfree(lp->buf);
	clear_bit(0, &lp->busy);
	return 0;
}

/* ------------------------------------------------------------------ settings */

/*
 * From now on by that line's interrupts, or by polling if it is 0.  A writer need not know.
 * 0, -EBUSY (the line is another's), -EINVAL (there is no such line).
 */
static int lp_set_irq(struct lp_port *lp, unsigned int irq)
{
	unsigned int old;
	int err = 0;

	mutex_lock(&lp->irq_mutex);
	old = lp->irq;
	if (irq && irq != old)
		err = request_irq(irq, lp_interrupt, 0, "lp", lp);
	if (err || irq == old)
		goto out;
	spin_lock_irq(&lp->lock);
	lp->irq = irq;
	lp->acked_later = false;
	lp_control(lp, 0);
	spin_unlock_irq(&lp->lock);
	if (old)
		free_irq(old, lp);
out:
	mutex_unlock(&lp->irq_mutex);
	return err;
}

static void lp_set_flag(struct lp_port *lp, unsigned int flag, bool on)
{
	spin_lock_irq(&lp->lock);
	lp->flags = on ? lp->flags | flag : lp->flags & ~flag;
	spin_unlock_irq(&lp->lock);
}

static long lp_set_timeout(struct lp_port *lp, unsigned long arg)
{
	struct __kernel_old_timeval t;

	if (copy_from_user(&t, (void __user *)arg, sizeof(t)))
		return -EFAULT;
	if (t.tv_sec < 0 || t.tv_sec > MAX_SCHEDULE_TIMEOUT / HZ - 1 || t.tv_usec < 0 || t.tv_usec >= USEC_PER_SEC)
		return -EINVAL;
	WRITE_ONCE(lp->timeout, t.tv_sec * HZ + usecs_to_jiffies(t.tv_usec));
	return lp->timeout ? 0 : -EINVAL;
}

static long lp_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct lp_port *lp = file->private_data;

	switch (cmd) {
	case LPCHAR:
		WRITE_ONCE(lp->chars, min_t(unsigned long, arg, INT_MAX));
		return 0;
	case LPTIME:
		WRITE_ONCE(lp->time, clamp_t(unsigned long, arg, 1, 100000) * HZ / 100 ?: 1);
		return 0;
	case LPWAIT:
		if (arg > LP_MAX_WAIT)
			return -EINVAL;
		WRITE_ONCE(lp->wait, arg);
		return 0;
	case LPABORT:
		lp_set_flag(lp, LP_ABORT, arg);
		return 0;
	case LPCAREFUL:
		lp_set_flag(lp, LP_CAREFUL, arg);
		return 0;
	case LPABORTOPEN:
		lp_set_flag(lp, LP_ABORTOPEN, arg);
		return 0;
	case LPSETTIMEOUT:
		return lp_set_timeout(lp, arg);
	case LPSETIRQ:
		return capable(CAP_SYS_ADMIN) ? lp_set_irq(lp, arg) : -EPERM;
	case LPGETIRQ:
		return put_user(lp->irq, (int __user *)arg);
	case LPGETSTATUS:
		return put_user(lp_status(lp), (int __user *)arg);
	case LPGETFLAGS:
		return put_user(lp->flags | LP_EXIST | LP_BUSY, (int __user *)arg);
	case LPRESET:
		spin_lock_irq(&lp->lock);
		lp_reset(lp);
		spin_unlock_irq(&lp->lock);
		return 0;
	}
	return -ENOTTY;
}

static const struct file_operations lp_fops = {
	.owner		= THIS_MODULE,
	.llseek		= no_llseek,
	.write		= lp_write,
	.unlocked_ioctl	= lp_ioctl,
	.open		= lp_open,
	.release	= lp_release,
};

/* ------------------------------------------------------------------ attributes */

static ssize_t irq_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct lp_port *lp = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%u\n", lp->irq);
}

static ssize_t irq_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	unsigned int irq;
	int err = kstrtouint(buf, 0, &irq);

	err = err ?: lp_set_irq(dev_get_drvdata(dev), irq);
	return err ?: count;
}
static DEVICE_ATTR_RW(irq);

/* What the printer is made to say that has none of these: QEMU's is always ready. */
static const char *const fault_names[] = { "none", "busy", "paper", "offline", "error" };
static const unsigned char faults[] = {
	0, LP_PBUSY, LP_PBUSY | LP_POUTPA | LP_PERRORP, LP_PBUSY | LP_PSELECD | LP_PERRORP, LP_PBUSY | LP_PERRORP,
};

static ssize_t fault_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct lp_port *lp = dev_get_drvdata(dev);
	int i = sysfs_match_string(fault_names, buf);

	if (i < 0)
		return i;
	WRITE_ONCE(lp->fault, faults[i]);
	return count;
}
static DEVICE_ATTR_WO(fault);

static struct attribute *lp_attrs[] = { &dev_attr_irq.attr, &dev_attr_fault.attr, NULL };
ATTRIBUTE_GROUPS(lp);

/* ------------------------------------------------------------------ probe */

static bool lp_answers(struct lp_port *lp)
{
	outb(0x55, lp->base);
	if (inb(lp->base) != 0x55)
		return false;
	outb(0xaa, lp->base);
	return inb(lp->base) == 0xaa;
}

static int lp_probe(unsigned int minor)
{
	struct lp_port *lp = &lp_ports[minor];
	struct device *dev;

	if (!request_region(lp->base, LP_PORTS, "lp"))
		return -EBUSY;
	if (!lp_answers(lp)) {
		release_region(lp->base, LP_PORTS);
		return -ENODEV;
	}
	mutex_init(&lp->write_mutex);
	mutex_init(&lp->irq_mutex);
	spin_lock_init(&lp->lock);
	init_waitqueue_head(&lp->done);
	lp->chars = LP_INIT_CHAR;
	lp->time = LP_INIT_TIME;
	lp->timeout = LP_TIMEOUT_POLLED;
	lp->wait = 1;
	lp_reset(lp);
	dev = device_create_with_groups(lp_class, NULL, MKDEV(LP_MAJOR, minor), lp, lp_groups, "lp%u", minor);
	if (IS_ERR(dev)) {
		release_region(lp->base, LP_PORTS);
		return PTR_ERR(dev);
	}
	lp->dev = dev;
	pr_info("lp%u at I/O 0x%x, polled\n", minor, lp->base);
	return 0;
}

static void lp_remove_all(void)
{
	for (unsigned int minor = 0; minor < LP_NO; minor++) {
		struct lp_port *lp = &lp_ports[minor];

		if (!lp->dev)
			continue;
		device_destroy(lp_class, MKDEV(LP_MAJOR, minor));
		lp_set_irq(lp, 0);
		release_region(lp->base, LP_PORTS);
		lp->dev = NULL;
	}
	unregister_chrdev(LP_MAJOR, "lp");
	class_destroy(lp_class);
}

/* -ENODEV: no port answers. */
static int __init lp_init(void)
{
	unsigned int minor, found = 0;
	int err;

	lp_class = class_create(THIS_MODULE, "printer");
	if (IS_ERR(lp_class))
		return PTR_ERR(lp_class);
	err = register_chrdev(LP_MAJOR, "lp", &lp_fops);
	if (err) {
		class_destroy(lp_class);
		return err;
	}
	for (minor = 0; minor < LP_NO; minor++)
		found += !lp_probe(minor);
	if (found)
		return 0;
	lp_remove_all();
	return -ENODEV;
}

module_init(lp_init);
module_exit(lp_remove_all);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("printers on the parallel port");
