/*
 * <linux/gpio/driver.h> - general-purpose lines, the chips' side: which lines there are, and what to
 * do with one. drivers/gpio/gpiolib.c keeps who uses which; a method gets the line's offset.
 */
#ifndef _LINUX_GPIO_DRIVER_H
#define _LINUX_GPIO_DRIVER_H

#include <linux/list.h>
#include <linux/types.h>

struct device;
struct gpio_line;
struct module;
struct seq_file;

#define GPIO_LINE_DIRECTION_OUT	0
#define GPIO_LINE_DIRECTION_IN	1

/* Context of get, set and to_irq: any, unless can_sleep. The rest: process. All but the list is [I]. */
struct gpio_chip {
	const char *label;
	struct device *parent;
	struct module *owner;
	int (*request)(struct gpio_chip *chip, unsigned int offset);
	void (*free)(struct gpio_chip *chip, unsigned int offset);
	int (*get_direction)(struct gpio_chip *chip, unsigned int offset);
	int (*direction_input)(struct gpio_chip *chip, unsigned int offset);
	int (*direction_output)(struct gpio_chip *chip, unsigned int offset, int value);
	int (*get)(struct gpio_chip *chip, unsigned int offset);
	void (*set)(struct gpio_chip *chip, unsigned int offset, int value);
	int (*to_irq)(struct gpio_chip *chip, unsigned int offset);
	int base;			/* first number; -1: any that are free */
	u16 ngpio;
	bool can_sleep;

	void *data;			/* gpiochip_get_data() */
	struct gpio_line *lines;	/* [g] gpio_lock: their users */
	struct list_head list;		/* [g] */
};

/* Context: process. 0, -EINVAL, -EBUSY: the numbers are taken, -ENOMEM. */
int gpiochip_add_data(struct gpio_chip *chip, void *data);
/* A line that is still in use is told of. */
void gpiochip_remove(struct gpio_chip *chip);

#define gpiochip_add(chip)	gpiochip_add_data(chip, NULL)

static inline void *gpiochip_get_data(struct gpio_chip *chip)
{
	return chip->data;
}

#endif
