/*
 * <linux/gpio.h> - general-purpose lines by their numbers: who wants one requests it, gives it a
 * direction, and reads or sets it. An input may interrupt: gpio_to_irq(), then request_irq()
 * with IRQF_TRIGGER_RISING or _FALLING.
 */
#ifndef _LINUX_GPIO_H
#define _LINUX_GPIO_H

#include <linux/errno.h>
#include <linux/gpio/driver.h>
#include <linux/interrupt.h>

#define ARCH_NR_GPIOS		256

#define GPIOF_DIR_OUT		(0 << 0)
#define GPIOF_DIR_IN		(1 << 0)
#define GPIOF_INIT_LOW		(0 << 1)
#define GPIOF_INIT_HIGH		(1 << 1)
#define GPIOF_IN		GPIOF_DIR_IN
#define GPIOF_OUT_INIT_LOW	(GPIOF_DIR_OUT | GPIOF_INIT_LOW)
#define GPIOF_OUT_INIT_HIGH	(GPIOF_DIR_OUT | GPIOF_INIT_HIGH)
#define GPIOF_ACTIVE_LOW	(1 << 2)	/* 1 is the low level, in sysfs */
#define GPIOF_OPEN_DRAIN	(1 << 3)
#define GPIOF_OPEN_SOURCE	(1 << 4)
#define GPIOF_EXPORT		(1 << 5)
#define GPIOF_EXPORT_CHANGEABLE	(1 << 6)
#define GPIOF_EXPORT_DIR_FIXED	GPIOF_EXPORT
#define GPIOF_EXPORT_DIR_CHANGEABLE (GPIOF_EXPORT | GPIOF_EXPORT_CHANGEABLE)

struct gpio {
	unsigned int gpio;
	unsigned long flags;			/* GPIOF_* */
	const char *label;
};

static inline bool gpio_is_valid(int number)
{
	return number >= 0 && number < ARCH_NR_GPIOS;
}

/* Context: process. -EPROBE_DEFER: no chip has that number, -EBUSY: it is somebody else's. */
int gpio_request(unsigned int gpio, const char *label);
int gpio_request_one(unsigned int gpio, unsigned long flags, const char *label);
/* All, or none and an error. */
int gpio_request_array(const struct gpio *array, size_t num);
void gpio_free(unsigned int gpio);
void gpio_free_array(const struct gpio *array, size_t num);
int gpio_direction_input(unsigned int gpio);
int gpio_direction_output(unsigned int gpio, int value);
/* Not every chip can: -ENOTSUPP. Microseconds. */
int gpio_set_debounce(unsigned int gpio, unsigned int debounce);
/* Into /sys/class/gpio, where programs may look; with @may_change they may turn its direction. */
int gpio_export(unsigned int gpio, bool may_change);
void gpio_unexport(unsigned int gpio);
/* Context: any, if the chip's methods do not sleep. */
int gpio_get_value(unsigned int gpio);
void gpio_set_value(unsigned int gpio, int value);
int gpio_to_irq(unsigned int gpio);
int gpio_cansleep(unsigned int gpio);

#define gpio_get_value_cansleep(gpio)		gpio_get_value(gpio)
#define gpio_set_value_cansleep(gpio, value)	gpio_set_value(gpio, value)
#define __gpio_get_value(gpio)			gpio_get_value(gpio)
#define __gpio_set_value(gpio, value)		gpio_set_value(gpio, value)

#endif
