/*
 * A lamp and two buttons on general-purpose lines: one is heard at each edge, by a handler and its
 * thread; the other only when it is let go.
 */
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static struct gpio lines[] = {
	{ 20, GPIOF_OUT_INIT_LOW, "lamp" },
	{ 21, GPIOF_IN, "switch" },
	{ 22, GPIOF_IN, "bell" },
};
#define LAMP	lines[0].gpio
#define SWITCH	lines[1].gpio
#define BELL	lines[2].gpio

static unsigned int heard, rung;
module_param(heard, uint, 0444);
module_param(rung, uint, 0444);

static irqreturn_t on_switch(int irq, void *data)
{
	gpio_set_value(LAMP, gpio_get_value(SWITCH));
	return IRQ_WAKE_THREAD;
}

static irqreturn_t after_switch(int irq, void *data)
{
	heard++;
	return IRQ_HANDLED;
}

static irqreturn_t on_bell(int irq, void *data)
{
	rung++;
	return IRQ_HANDLED;
}

static int __init buttons_init(void)
{
	int err = gpio_request_array(lines, ARRAY_SIZE(lines));

	if (err)
		return err;
	err = request_threaded_irq(gpio_to_irq(SWITCH), on_switch, after_switch,
				   IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING, "switch", lines);
	if (err)
		goto out_lines;
	err = request_irq(gpio_to_irq(BELL), on_bell, IRQF_TRIGGER_FALLING, "bell", lines);
	if (err)
		goto out_switch;
	pr_info("again: %d, none: %d, sleeps: %d\n", gpio_request(LAMP, "other"), gpio_request(200, "other"),
		gpio_cansleep(LAMP));
	return 0;

out_switch:
	free_irq(gpio_to_irq(SWITCH), lines);
out_lines:
	gpio_free_array(lines, ARRAY_SIZE(lines));
	return err;
}

static void __exit buttons_exit(void)
{
	free_irq(gpio_to_irq(BELL), lines);
	free_irq(gpio_to_irq(SWITCH), lines);
	gpio_set_value(LAMP, 0);
	gpio_free_array(lines, ARRAY_SIZE(lines));
}

module_init(buttons_init);
module_exit(buttons_exit);
MODULE_LICENSE("GPL");
