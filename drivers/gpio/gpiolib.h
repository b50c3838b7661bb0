/*
 * gpiolib.h - between gpiolib.c and gpiolib-sysfs.c.
 */
#ifndef _DRIVERS_GPIO_GPIOLIB_H
#define _DRIVERS_GPIO_GPIOLIB_H

#include <linux/gpio.h>
#include <linux/spinlock.h>

/* [g] gpio_lock */
struct gpio_line {
	const char *label;			/* [g] who has it; NULL: nobody */
	struct device *exported;		/* [s] sysfs_mutex: in /sys/class/gpio */
	bool by_user;				/* [s] requested there */
};

extern spinlock_t gpio_lock;			/* irq-safe */

extern struct gpio_chip *gpio_requested_chip(unsigned int gpio);
extern struct gpio_chip *gpio_used_chip(unsigned int gpio);
extern int gpio_sysfs_init(void);

#endif
