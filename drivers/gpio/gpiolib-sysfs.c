/*
 * gpiolib-sysfs.c - lines for programs, in /sys/class/gpio:
 *
 *	export, unexport	write a number: the program has the line, or no more
 *	gpioN/direction		in, out; write also low, high: out, with that level
 *	gpioN/value		0, 1
 *
 * Context: process. Lock: sysfs_mutex for what is exported.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include "gpiolib.h"

static DEFINE_MUTEX(sysfs_mutex);
static struct class *gpio_class;

static unsigned int number_of(struct device *dev)
{
	return (unsigned long)dev_get_drvdata(dev);
}

static ssize_t value_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	int value = gpio_get_value(number_of(dev));

	return value < 0 ? value : sysfs_emit(buf, "%d\n", value);
}

static int direction_of(unsigned int gpio)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);

	return chip ? chip->get_direction(chip, gpio - chip->base) : -EIO;
}

static ssize_t value_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	unsigned int value;
	int err = kstrtouint(buf, 0, &value);

	if (err)
		return err;
	if (direction_of(number_of(dev)) != GPIO_LINE_DIRECTION_OUT)
		return -EPERM;
	gpio_set_value(number_of(dev), value);
	return count;
}
static DEVICE_ATTR_RW(value);

static ssize_t direction_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", direction_of(number_of(dev)) == GPIO_LINE_DIRECTION_IN ? "in" : "out");
}

static ssize_t direction_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	unsigned int gpio = number_of(dev);
	int err = -EINVAL;

	if (sysfs_streq(buf, "in"))
		err = gpio_direction_input(gpio);
	else if (sysfs_streq(buf, "out") || sysfs_streq(buf, "low"))
		err = gpio_direction_output(gpio, 0);
	else if (sysfs_streq(buf, "high"))
		err = gpio_direction_output(gpio, 1);
	return err ?: count;
}
static DEVICE_ATTR_RW(direction);

static struct attribute *fixed_attrs[] = { &dev_attr_value.attr, NULL };
static struct attribute *gpio_attrs[] = { &dev_attr_value.attr, &dev_attr_direction.attr, NULL };
ATTRIBUTE_GROUPS(fixed);
ATTRIBUTE_GROUPS(gpio);

int gpio_export(unsigned int gpio, bool may_change)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);
	struct gpio_line *line;
	struct device *dev;
	int err = -EBUSY;

	if (!chip || !gpio_class)
		return -ENOENT;
	mutex_lock(&sysfs_mutex);
	line = &chip->lines[gpio - chip->base];
	if (!line->exported) {
		dev = device_create_with_groups(gpio_class, chip->parent, 0, (void *)(unsigned long)gpio,
						may_change ? gpio_groups : fixed_groups, "gpio%u", gpio);
		err = PTR_ERR_OR_ZERO(dev);
		if (!err)
			line->exported = dev;
	}
	mutex_unlock(&sysfs_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(gpio_export);

void gpio_unexport(unsigned int gpio)
{
	struct gpio_chip *chip = gpio_used_chip(gpio);
	struct device *dev;

	if (!chip)
		return;
	mutex_lock(&sysfs_mutex);
	dev = chip->lines[gpio - chip->base].exported;
	chip->lines[gpio - chip->base].exported = NULL;
	mutex_unlock(&sysfs_mutex);
	if (dev)
		device_unregister(dev);
}
EXPORT_SYMBOL_GPL(gpio_unexport);

/* ------------------------------------------------------------------ by programs */

static ssize_t export_store(struct class *class, struct class_attribute *attr, const char *buf, size_t count)
{
	struct gpio_chip *chip;
	unsigned int gpio;
	int err = kstrtouint(buf, 0, &gpio);

	if (!err)
		err = gpio_request(gpio, "sysfs");
	if (err)
		return err == -EPROBE_DEFER ? -ENODEV : err;
	err = gpio_export(gpio, true);
	chip = gpio_used_chip(gpio);
	if (err)
		gpio_free(gpio);
	else
		chip->lines[gpio - chip->base].by_user = true;
	return err ?: count;
}
static CLASS_ATTR_WO(export);

static ssize_t unexport_store(struct class *class, struct class_attribute *attr, const char *buf, size_t count)
{
	struct gpio_chip *chip;
	unsigned int gpio;
	int err = kstrtouint(buf, 0, &gpio);
	bool ours = false;

	if (err)
		return err;
	if (!gpio_is_valid(gpio))
		return -EINVAL;
	mutex_lock(&sysfs_mutex);
	chip = gpio_requested_chip(gpio);
	if (chip) {
		ours = chip->lines[gpio - chip->base].by_user;
		chip->lines[gpio - chip->base].by_user = false;
	}
	mutex_unlock(&sysfs_mutex);
	if (!ours)
		return -EINVAL;
	gpio_free(gpio);
	return count;
}
static CLASS_ATTR_WO(unexport);

int gpio_sysfs_init(void)
{
	struct class *class = class_create(THIS_MODULE, "gpio");
	int err;

	if (IS_ERR(class))
		return PTR_ERR(class);
	gpio_class = class;
	err = class_create_file(class, &class_attr_export);
	return err ?: class_create_file(class, &class_attr_unexport);
}
