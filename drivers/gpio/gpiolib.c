/*
 * gpiolib.c - whose a general-purpose line is, and the way from its number to its chip:
 * <linux/gpio.h>, <linux/gpio/driver.h>. /sys/kernel/debug/gpio lists them.
 *
 * Locks: gpio_lock, irq-safe, for the chips and their lines' users. A chip's methods are called
 * without it: the line's user holds the chip by the chip's module. Context: see the headers.
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "gpiolib.h"

DEFINE_SPINLOCK(gpio_lock);
static LIST_HEAD(chips);			/* gpio_lock, by base */

/* ------------------------------------------------------------------ chips */

/* gpio_lock held. */
static struct gpio_chip *find_chip(unsigned int gpio)
{
	struct gpio_chip *chip;

	list_for_each_entry(chip, &chips, list)
		if (gpio >= chip->base && gpio - chip->base < chip->ngpio)
			return chip;
	return NULL;
}

/* The first @count numbers in a row that no chip has, or -ENOSPC. gpio_lock held. */
static int free_base(unsigned int count)
{
	struct gpio_chip *chip;
	int base = 0;

	list_for_each_entry(chip, &chips, list) {
		if (base + count <= chip->base)
			break;
		base = chip->base + chip->ngpio;
	}
	return base + count <= ARCH_NR_GPIOS ? base : -ENOSPC;
}

/* Where in the list, which is by base; NULL: the numbers are taken. gpio_lock held. */
static struct list_head *place_of(const struct gpio_chip *new)
{
	struct gpio_chip *chip;

	list_for_each_entry(chip, &chips, list) {
		if (new->base + new->ngpio <= chip->base)
			return &chip->list;
		if (new->base < chip->base + chip->ngpio)
			return NULL;
	}
	return &chips;
}

int gpiochip_add_data(struct gpio_chip *chip, void *data)
{
	struct list_head *place;
	unsigned long flags;
	int err = 0;

	if (!chip->ngpio || chip->ngpio > ARCH_NR_GPIOS)
		return -EINVAL;
	chip->data = data;
	chip->lines = kcalloc(chip->ngpio, sizeof(*chip->lines), GFP_KERNEL);
	if (!chip->lines)
		return -ENOMEM;
	spin_lock_irqsave(&gpio_lock, flags);
	if (chip->base < 0)
		err = chip->base = free_base(chip->ngpio);
	place = err < 0 ? NULL : place_of(chip);
	if (place)
		list_add_tail(&chip->list, place);
	spin_unlock_irqrestore(&gpio_lock, flags);
	if (place)
		return 0;
	kfree(chip->lines);
	return err < 0 ? err : -EBUSY;
}
EXPORT_SYMBOL_GPL(gpiochip_add_data);

void gpiochip_remove(struct gpio_chip *chip)
{
	unsigned long flags;

	for (unsigned int i = 0; i < chip->ngpio; i++)
		WARN(chip->lines[i].label, "gpio: line %u goes, and \"%s\" still has it\n",
		     chip->base + i, chip->lines[i].label);
	spin_lock_irqsave(&gpio_lock, flags);
	list_del(&chip->list);
	spin_unlock_irqrestore(&gpio_lock, flags);
	kfree(chip->lines);
}
EXPORT_SYMBOL_GPL(gpiochip_remove);

/* ------------------------------------------------------------------ lines */

/* The chip of a line that somebody has requested; NULL. */
struct gpio_chip *gpio_requested_chip(unsigned int gpio)
{
	struct gpio_chip *chip;
	unsigned long flags;

	spin_lock_irqsave(&gpio_lock, flags);
	chip = find_chip(gpio);
	if (chip && !chip->lines[gpio - chip->base].label)
		chip = NULL;
	spin_unlock_irqrestore(&gpio_lock, flags);
	return chip;
}

/* The same, and who has it not is told. */
struct gpio_chip *gpio_used_chip(unsigned int gpio)
{
	struct gpio_chip *chip = gpio_requested_chip(gpio);

	WARN(!chip, "gpio: line %u is used, and nobody requested it\n", gpio);
	return chip;
}

int gpio_request(unsigned int gpio, const char *label)
{
	struct gpio_chip *chip;
	unsigned long flags;
	int err = 0;

	if (!gpio_is_valid(gpio))
		return -EINVAL;
	spin_lock_irqsave(&gpio_lock, flags);
	chip = find_chip(gpio);
	if (!chip || !try_module_get(chip->owner))
		err = -EPROBE_DEFER;
	else if (chip->lines[gpio - chip->base].label)
		err = -EBUSY;
	else
		chip->lines[gpio - chip->base].label = label ?: "?";
	spin_unlock_irqrestore(&gpio_lock, flags);
	if (err == -EBUSY)
		module_put(chip->owner);
	if (err || !chip->request)
		return err;
	err = chip->request(chip, gpio - chip->base);
	if (err) {
		chip->lines[gpio - chip->base].label = NULL;
		module_put(chip->owner);
	}
	return err;
}
EXPORT_SYMBOL_GPL(gpio_request);

void gpio_free(unsigned int gpio)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);
	unsigned long flags;

	if (!chip)
		return;
	gpio_unexport(gpio);
	if (chip->free)
		chip->free(chip, gpio - chip->base);
	spin_lock_irqsave(&gpio_lock, flags);
	chip->lines[gpio - chip->base].label = NULL;
	spin_unlock_irqrestore(&gpio_lock, flags);
	module_put(chip->owner);
}
EXPORT_SYMBOL_GPL(gpio_free);

int gpio_request_one(unsigned int gpio, unsigned long flags, const char *label)
{
	int err = gpio_request(gpio, label);

	if (err)
		return err;
	err = flags & GPIOF_DIR_IN ? gpio_direction_input(gpio)
				   : gpio_direction_output(gpio, !!(flags & GPIOF_INIT_HIGH));
	if (!err && flags & GPIOF_EXPORT)
		err = gpio_export(gpio, flags & GPIOF_EXPORT_CHANGEABLE);
	if (err)
		gpio_free(gpio);
	return err;
}
EXPORT_SYMBOL_GPL(gpio_request_one);

int gpio_request_array(const struct gpio *array, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		int err = gpio_request_one(array[i].gpio, array[i].flags, array[i].label);

		if (err) {
			gpio_free_array(array, i);
			return err;
		}
	}
	return 0;
}
EXPORT_SYMBOL_GPL(gpio_request_array);

void gpio_free_array(const struct gpio *array, size_t num)
{
	while (num--)
		gpio_free(array[num].gpio);
}
EXPORT_SYMBOL_GPL(gpio_free_array);

int gpio_direction_input(unsigned int gpio)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);

	return chip && chip->direction_input ? chip->direction_input(chip, gpio - chip->base) : -EINVAL;
}
EXPORT_SYMBOL_GPL(gpio_direction_input);

int gpio_direction_output(unsigned int gpio, int value)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);

	return chip && chip->direction_output ?
	       chip->direction_output(chip, gpio - chip->base, !!value) : -EINVAL;
}
EXPORT_SYMBOL_GPL(gpio_direction_output);

int gpio_set_debounce(unsigned int gpio, unsigned int debounce)
{
	return gpio_used_chip(gpio) ? -ENOTSUPP : -EINVAL;
}
EXPORT_SYMBOL_GPL(gpio_set_debounce);

int gpio_get_value(unsigned int gpio)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);

	return chip && chip->get ? chip->get(chip, gpio - chip->base) : -EINVAL;
}
EXPORT_SYMBOL_GPL(gpio_get_value);

void gpio_set_value(unsigned int gpio, int value)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);

	if (chip && chip->set)
		chip->set(chip, gpio - chip->base, !!value);
}
EXPORT_SYMBOL_GPL(gpio_set_value);

int gpio_to_irq(unsigned int gpio)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);

	return chip && chip->to_irq ? chip->to_irq(chip, gpio - chip->base) : -ENXIO;
}
EXPORT_SYMBOL_GPL(gpio_to_irq);

int gpio_cansleep(unsigned int gpio)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);

	return chip && chip->can_sleep;
}
EXPORT_SYMBOL_GPL(gpio_cansleep);

/* ------------------------------------------------------------------ the list */

static void show_line(struct seq_file *m, struct gpio_chip *chip, unsigned int offset)
{
	const char *label = chip->lines[offset].label;
	bool in = chip->get_direction(chip, offset) == GPIO_LINE_DIRECTION_IN;

	if (label)
		seq_printf(m, " gpio-%-3d (%-20s) %s %s\n", chip->base + offset, label, in ? "in " : "out",
			   chip->get(chip, offset) ? "hi" : "lo");
}

static int gpio_show(struct seq_file *m, void *v)
{
	struct gpio_chip *chip;
	unsigned long flags;

	spin_lock_irqsave(&gpio_lock, flags);
	list_for_each_entry(chip, &chips, list) {
		seq_printf(m, "gpiochip: GPIOs %d-%d, %s:\n", chip->base, chip->base + chip->ngpio - 1, chip->label);
		for (unsigned int i = 0; i < chip->ngpio && !chip->can_sleep; i++)
			show_line(m, chip, i);
	}
	spin_unlock_irqrestore(&gpio_lock, flags);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(gpio);

static int __init gpiolib_init(void)
{
	debugfs_create_file("gpio", 0444, NULL, NULL, &gpio_fops);
	return gpio_sysfs_init();
}
subsys_initcall(gpiolib_init);
