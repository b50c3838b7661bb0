/*
 * gpio-mockup.c - a chip of general-purpose lines that are only memory, for drivers of buttons and
 * lamps: a file for each line is the wire.
 *
 *	/sys/kernel/debug/gpio-mockup/gpiochip0/N
 *		read	the level: of an output what the driver set, of an input what pulls it
 *		write	0 or 1 pulls an input there; an output does not care
 *
 * An input whose level changes interrupts like one of hardware, by the edges that its first
 * handler asked for: the handlers run at once, as in an interrupt, in who writes the file.
 *
 * Lock: chip->lock, irq-safe; not held while handlers run. Context: any, but the file's process.
 */
#include <linux/bitops.h>
#include <linux/debugfs.h>
#include <linux/gpio/driver.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

#define LINES	32

static struct mockup {
	struct gpio_chip gc;
	spinlock_t lock;			/* this is l */
	u32 output, level, pull;		/* [l] a bit a line */
	u32 rising, falling, masked;		/* [l] which edges interrupt */
	int first_irq;				/* [I] */
	struct dentry *dir;			/* [I] */
} mockup = { .lock = __SPIN_LOCK_UNLOCKED(mockup.lock) };

static int base;
module_param(base, int, 0444);
MODULE_PARM_DESC(base, "number of the first line, -1: any");

static void assign(u32 *bits, unsigned int nr, bool value)
{
	*bits = (*bits & ~BIT(nr)) | (value ? BIT(nr) : 0);
}

/* The level that the line has now; whether that is to interrupt. [l] held. */
static bool settle(unsigned int nr)
{
	u32 bit = BIT(nr), before = mockup.level & bit;

	if (!(mockup.output & bit))
		assign(&mockup.level, nr, mockup.pull & bit);
	if (before == (mockup.level & bit) || mockup.masked & bit)
		return false;
	return (before ? mockup.falling : mockup.rising) & bit;
}

/* ------------------------------------------------------------------ the chip's methods */

static int mockup_get_direction(struct gpio_chip *gc, unsigned int nr)
{
	return READ_ONCE(mockup.output) & BIT(nr) ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

static int mockup_direction_input(struct gpio_chip *gc, unsigned int nr)
{
	unsigned long flags;

	spin_lock_irqsave(&mockup.lock, flags);
	assign(&mockup.output, nr, false);
	assign(&mockup.level, nr, mockup.pull & BIT(nr));
	spin_unlock_irqrestore(&mockup.lock, flags);
	return 0;
}

static int mockup_direction_output(struct gpio_chip *gc, unsigned int nr, int value)
{
	unsigned long flags;

	spin_lock_irqsave(&mockup.lock, flags);
	assign(&mockup.output, nr, true);
	assign(&mockup.level, nr, value);
	spin_unlock_irqrestore(&mockup.lock, flags);
	return 0;
}

static int mockup_get(struct gpio_chip *gc, unsigned int nr)
{
	return !!(READ_ONCE(mockup.level) & BIT(nr));
}

static void mockup_set(struct gpio_chip *gc, unsigned int nr, int value)
{
	unsigned long flags;

	spin_lock_irqsave(&mockup.lock, flags);
	if (mockup.output & BIT(nr))
		assign(&mockup.level, nr, value);
	spin_unlock_irqrestore(&mockup.lock, flags);
}

static int mockup_to_irq(struct gpio_chip *gc, unsigned int nr)
{
	return mockup.first_irq + nr;
}

/* Nobody else has the line any more: an input again. */
static void mockup_free(struct gpio_chip *gc, unsigned int nr)
{
	mockup_direction_input(gc, nr);
}

/* ------------------------------------------------------------------ interrupts */

static void mask_irq(unsigned int irq, bool masked)
{
	unsigned long flags;

	spin_lock_irqsave(&mockup.lock, flags);
	assign(&mockup.masked, irq - mockup.first_irq, masked);
	spin_unlock_irqrestore(&mockup.lock, flags);
}

static void mockup_irq_mask(unsigned int irq)
{
	mask_irq(irq, true);
}

static void mockup_irq_unmask(unsigned int irq)
{
	mask_irq(irq, false);
}

static bool mockup_irq_ack(unsigned int irq)
{
	return true;
}

static int mockup_irq_set_type(unsigned int irq, unsigned int type)
{
	unsigned int nr = irq - mockup.first_irq;
	unsigned long flags;

	if (type & (IRQF_TRIGGER_HIGH | IRQF_TRIGGER_LOW))
		return -EINVAL;
	spin_lock_irqsave(&mockup.lock, flags);
	assign(&mockup.rising, nr, !type || type & IRQF_TRIGGER_RISING);
	assign(&mockup.falling, nr, type & IRQF_TRIGGER_FALLING);
	spin_unlock_irqrestore(&mockup.lock, flags);
	return 0;
}

static const struct irq_chip mockup_irq_chip = {
	.name		= "mockup",
	.irq_mask	= mockup_irq_mask,
	.irq_unmask	= mockup_irq_unmask,
	.irq_ack	= mockup_irq_ack,
	.irq_set_type	= mockup_irq_set_type,
};

/* ------------------------------------------------------------------ the wires */

static ssize_t wire_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	unsigned int nr = (unsigned long)file->private_data;
	char text[2] = { '0' + mockup_get(&mockup.gc, nr), '\n' };

	return simple_read_from_buffer(buf, count, ppos, text, sizeof(text));
}

static ssize_t wire_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	unsigned int nr = (unsigned long)file->private_data;
	bool value, interrupts;
	int err;

	if (*ppos)
		return -EINVAL;
	err = kstrtobool_from_user(buf, count, &value);
	if (err)
		return err;
	spin_lock_irq(&mockup.lock);
	assign(&mockup.pull, nr, value);
	interrupts = settle(nr);
	spin_unlock_irq(&mockup.lock);
	if (interrupts)
		generic_handle_irq(mockup.first_irq + nr);
	return count;
}

static const struct file_operations wire_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = wire_read,
	.write = wire_write,
	.llseek = no_llseek,
};

static int __init mockup_init(void)
{
	struct gpio_chip *gc = &mockup.gc;
	struct dentry *top;
	char name[4];
	int err;

	*gc = (struct gpio_chip){
		.label = "gpio-mockup-A", .owner = THIS_MODULE, .base = base, .ngpio = LINES,
		.get_direction = mockup_get_direction, .direction_input = mockup_direction_input,
		.direction_output = mockup_direction_output, .get = mockup_get, .set = mockup_set,
		.to_irq = mockup_to_irq, .free = mockup_free,
	};
	mockup.masked = ~0U;
	mockup.first_irq = irq_alloc_range(&mockup_irq_chip, LINES);
	if (mockup.first_irq < 0)
		return mockup.first_irq;
	err = gpiochip_add_data(gc, NULL);
	if (err) {
		irq_free_range(mockup.first_irq, LINES);
		return err;
	}
	mockup.dir = debugfs_create_dir("gpio-mockup", NULL);
	top = debugfs_create_dir("gpiochip0", mockup.dir);
	for (unsigned long nr = 0; nr < LINES; nr++) {
		snprintf(name, sizeof(name), "%lu", nr);
		debugfs_create_file(name, 0644, top, (void *)nr, &wire_fops);
	}
	return 0;
}
module_init(mockup_init);

static void __exit mockup_exit(void)
{
	debugfs_remove_recursive(mockup.dir);
	gpiochip_remove(&mockup.gc);
	irq_free_range(mockup.first_irq, LINES);
}
module_exit(mockup_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("general-purpose lines for whoever has none");
