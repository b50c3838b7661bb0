/*
 * input-register.c - input devices and their handlers come, find each other, and go; what
 * /sys/class/input and /proc/bus/input say of them.
 *
 * Context: process, may sleep.  Lock: input_mutex.
 */
#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "input-core.h"

#define REPEAT_DELAY	250		/* ms */
#define REPEAT_PERIOD	33

static DEFINE_MUTEX(input_mutex);
static LIST_HEAD(input_devs);		/* [m] input_mutex */
static LIST_HEAD(input_handlers);	/* [m] */

/* ------------------------------------------------------------------ attributes */

#define STRING_ATTR(member) \
	static ssize_t member##_show(struct device *dev, struct device_attribute *attr, char *buf) \
	{ \
		return sysfs_emit(buf, "%s\n", to_input_dev(dev)->member ?: ""); \
	} \
	static DEVICE_ATTR_RO(member)

STRING_ATTR(name);
STRING_ATTR(phys);
STRING_ATTR(uniq);

#define ID_ATTR(member) \
	static ssize_t member##_show(struct device *dev, struct device_attribute *attr, char *buf) \
	{ \
		return sysfs_emit(buf, "%04x\n", to_input_dev(dev)->id.member); \
	} \
	static DEVICE_ATTR_RO(member)

ID_ATTR(bustype);
ID_ATTR(vendor);
ID_ATTR(product);
ID_ATTR(version);

/* The words from the highest that is not zero down. */
static int print_bits(char *buf, int size, const unsigned long *bits, unsigned int count)
{
	int word = BITS_TO_LONGS(count) - 1, len = 0;

	while (word > 0 && !bits[word])
		word--;
	for (; word >= 0; word--)
		len += scnprintf(buf + len, size - len, "%lx%s", bits[word], word ? " " : "");
	return len + scnprintf(buf + len, size - len, "\n");
}

#define BITS_ATTR(member, max) \
	static ssize_t member##_show(struct device *dev, struct device_attribute *attr, char *buf) \
	{ \
		return print_bits(buf, PAGE_SIZE, to_input_dev(dev)->member##bit, max); \
	} \
	static DEVICE_ATTR_RO(member)

BITS_ATTR(prop, INPUT_PROP_CNT);
BITS_ATTR(ev, EV_CNT);
BITS_ATTR(key, KEY_CNT);
BITS_ATTR(rel, REL_CNT);
BITS_ATTR(abs, ABS_CNT);
BITS_ATTR(msc, MSC_CNT);
BITS_ATTR(led, LED_CNT);
BITS_ATTR(snd, SND_CNT);
BITS_ATTR(sw, SW_CNT);

static struct attribute *input_attrs[] = {
	&dev_attr_name.attr, &dev_attr_phys.attr, &dev_attr_uniq.attr, NULL
};
static struct attribute *id_attrs[] = {
	&dev_attr_bustype.attr, &dev_attr_vendor.attr, &dev_attr_product.attr, &dev_attr_version.attr, NULL
};
static struct attribute *capability_attrs[] = {
	&dev_attr_prop.attr, &dev_attr_ev.attr, &dev_attr_key.attr, &dev_attr_rel.attr, &dev_attr_abs.attr,
	&dev_attr_msc.attr, &dev_attr_led.attr, &dev_attr_snd.attr, &dev_attr_sw.attr, NULL
};
static const struct attribute_group input_group = { .attrs = input_attrs };
static const struct attribute_group id_group = { .name = "id", .attrs = id_attrs };
static const struct attribute_group capability_group = { .name = "capabilities", .attrs = capability_attrs };
static const struct attribute_group *input_groups[] = { &input_group, &id_group, &capability_group, NULL };

/* ------------------------------------------------------------------ devices */

static void input_dev_release(struct device *device)
{
	struct input_dev *dev = to_input_dev(device);

	kfree(dev->absinfo);
	kfree(dev);
}

static char *input_devnode(struct device *dev, umode_t *mode)
{
	return kasprintf(GFP_KERNEL, "input/%s", dev_name(dev));
}

struct class input_class = {
	.name		= "input",
	.devnode	= input_devnode,
};
EXPORT_SYMBOL_GPL(input_class);

static const struct device_type input_type = {
	.groups		= input_groups,
	.release	= input_dev_release,
};

/* NULL: no memory. */
struct input_dev *input_allocate_device(void)
{
	static atomic_t number = ATOMIC_INIT(-1);
	struct input_dev *dev = kzalloc(sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return NULL;
	dev->dev.type = &input_type;
	dev->dev.class = &input_class;
	device_initialize(&dev->dev);
	mutex_init(&dev->mutex);
	spin_lock_init(&dev->event_lock);
	timer_setup(&dev->timer, NULL, 0);
	INIT_LIST_HEAD(&dev->h_list);
	INIT_LIST_HEAD(&dev->node);
	if (dev_set_name(&dev->dev, "input%d", atomic_inc_return(&number))) {
		input_put_device(dev);
		return NULL;
	}
	return dev;
}
EXPORT_SYMBOL(input_allocate_device);

static void put_action(void *dev)
{
	input_put_device(dev);
}

/* On the account of a device: unregistered and freed when its driver leaves. */
struct input_dev *devm_input_allocate_device(struct device *dev)
{
	struct input_dev *input = input_allocate_device();

	if (!input)
		return NULL;
	if (devm_add_action(dev, put_action, input)) {
		input_put_device(input);
		return NULL;
	}
	input->dev.parent = dev;
	input->devres_managed = true;
	return input;
}
EXPORT_SYMBOL(devm_input_allocate_device);

void input_free_device(struct input_dev *dev)
{
	if (!dev)
		return;
	if (dev->devres_managed)
		devm_remove_action(dev->dev.parent, put_action, dev);
	input_put_device(dev);
}
EXPORT_SYMBOL(input_free_device);

static bool id_fits(const struct input_device_id *id, struct input_dev *dev)
{
	return (!(id->flags & INPUT_DEVICE_ID_MATCH_BUS) || id->bustype == dev->id.bustype) &&
	       (!(id->flags & INPUT_DEVICE_ID_MATCH_VENDOR) || id->vendor == dev->id.vendor) &&
	       (!(id->flags & INPUT_DEVICE_ID_MATCH_PRODUCT) || id->product == dev->id.product) &&
	       (!(id->flags & INPUT_DEVICE_ID_MATCH_VERSION) || id->version == dev->id.version) &&
	       (!(id->flags & INPUT_DEVICE_ID_MATCH_EVBIT) || bitmap_subset(id->evbit, dev->evbit, EV_CNT)) &&
	       (!(id->flags & INPUT_DEVICE_ID_MATCH_KEYBIT) || bitmap_subset(id->keybit, dev->keybit, KEY_CNT));
}

/* input_mutex held.  A table ends with an entry that asks for nothing and has no driver_info. */
static void try_handler(struct input_dev *dev, struct input_handler *handler)
{
	const struct input_device_id *id = handler->id_table;

	for (; id->flags || id->driver_info; id++) {
		if (!id_fits(id, dev) || (handler->match && !handler->match(handler, dev)))
			continue;
		if (handler->connect(handler, dev, id) == -ENODEV)
			continue;
		return;
	}
}

static void input_remove(struct input_dev *dev)
{
	struct input_handle *handle, *next;

	mutex_lock(&dev->mutex);
	dev->going_away = true;
	mutex_unlock(&dev->mutex);
	input_release_keys(dev);
	mutex_lock(&input_mutex);
	list_for_each_entry_safe(handle, next, &dev->h_list, d_node)
		handle->handler->disconnect(handle);
	list_del_init(&dev->node);
	mutex_unlock(&input_mutex);
	del_timer_sync(&dev->timer);
	device_del(&dev->dev);
}

static void remove_action(void *dev)
{
	input_remove(dev);
}

/*
 * From here on it can be opened, and may report.  0 or -errno: then input_free_device()
 * is still owed, after success input_unregister_device() alone.
 */
int input_register_device(struct input_dev *dev)
{
	struct input_handler *handler;
	int err;

	if (test_bit(EV_ABS, dev->evbit) && !dev->absinfo)
		return -EINVAL;
	__set_bit(EV_SYN, dev->evbit);
	if (test_bit(EV_REP, dev->evbit) && !dev->rep[REP_DELAY] && !dev->rep[REP_PERIOD])
		input_enable_softrepeat(dev, REPEAT_DELAY, REPEAT_PERIOD);
	err = device_add(&dev->dev);
	if (err)
		return err;
	if (dev->devres_managed) {
		err = devm_add_action(dev->dev.parent, remove_action, dev);
		if (err) {
			device_del(&dev->dev);
			return err;
		}
	}
	mutex_lock(&input_mutex);
	list_add_tail(&dev->node, &input_devs);
	list_for_each_entry(handler, &input_handlers, node)
		try_handler(dev, handler);
	mutex_unlock(&input_mutex);
	pr_info("input: %s as %s\n", dev->name ?: "Unspecified device", dev_name(&dev->dev));
	return 0;
}
EXPORT_SYMBOL(input_register_device);

/* Whoever has it open learns that it is gone; its memory goes with the last of them. */
void input_unregister_device(struct input_dev *dev)
{
	if (dev->devres_managed)
		devm_remove_action(dev->dev.parent, remove_action, dev);
	input_remove(dev);
	if (!dev->devres_managed)
		input_put_device(dev);
}
EXPORT_SYMBOL(input_unregister_device);

/* ------------------------------------------------------------------ handlers */

/* It meets every device that is there or comes.  0. */
int input_register_handler(struct input_handler *handler)
{
	struct input_dev *dev;

	INIT_LIST_HEAD(&handler->h_list);
	mutex_lock(&input_mutex);
	list_add_tail(&handler->node, &input_handlers);
	list_for_each_entry(dev, &input_devs, node)
		try_handler(dev, handler);
	mutex_unlock(&input_mutex);
	return 0;
}
EXPORT_SYMBOL(input_register_handler);

void input_unregister_handler(struct input_handler *handler)
{
	struct input_handle *handle, *next;

	mutex_lock(&input_mutex);
	list_for_each_entry_safe(handle, next, &handler->h_list, h_node)
		handler->disconnect(handle);
	list_del_init(&handler->node);
	mutex_unlock(&input_mutex);
}
EXPORT_SYMBOL(input_unregister_handler);

/* Called by connect(), under input_mutex.  0. */
int input_register_handle(struct input_handle *handle)
{
	lockdep_assert_held(&input_mutex);
	spin_lock_irq(&handle->dev->event_lock);
	list_add_tail(&handle->d_node, &handle->dev->h_list);
	spin_unlock_irq(&handle->dev->event_lock);
	list_add_tail(&handle->h_node, &handle->handler->h_list);
	if (handle->handler->start)
		handle->handler->start(handle);
	return 0;
}
EXPORT_SYMBOL(input_register_handle);

/* Called by disconnect(), under input_mutex. */
void input_unregister_handle(struct input_handle *handle)
{
	lockdep_assert_held(&input_mutex);
	list_del_init(&handle->h_node);
	spin_lock_irq(&handle->dev->event_lock);
	list_del_init(&handle->d_node);
	spin_unlock_irq(&handle->dev->event_lock);
}
EXPORT_SYMBOL(input_unregister_handle);

/* ------------------------------------------------------------------ /proc/bus/input */

static void show_bits(struct seq_file *m, struct input_dev *dev, unsigned int type, const char *name)
{
	unsigned int count;
	unsigned long *bits = input_bits(dev, type, &count);
	char text[BITS_TO_LONGS(KEY_CNT) * 9 + 2];

	if (!test_bit(type, dev->evbit))
		return;
	print_bits(text, sizeof(text), bits, count);
	seq_printf(m, "B: %s=%s", name, text);
}

static void show_device(struct seq_file *m, struct input_dev *dev)
{
	char *path = kobject_get_path(&dev->dev.kobj, GFP_KERNEL);
	struct input_handle *handle;

	seq_printf(m, "I: Bus=%04x Vendor=%04x Product=%04x Version=%04x\n",
		   dev->id.bustype, dev->id.vendor, dev->id.product, dev->id.version);
	seq_printf(m, "N: Name=\"%s\"\nP: Phys=%s\n", dev->name ?: "", dev->phys ?: "");
	seq_printf(m, "S: Sysfs=%s\nU: Uniq=%s\nH: Handlers=", path ?: "", dev->uniq ?: "");
	kfree(path);
	list_for_each_entry(handle, &dev->h_list, d_node)
		seq_printf(m, "%s ", handle->name);
	seq_puts(m, "\n");
	show_bits(m, dev, EV_SYN, "EV");
	show_bits(m, dev, EV_KEY, "KEY");
	show_bits(m, dev, EV_REL, "REL");
	show_bits(m, dev, EV_ABS, "ABS");
	show_bits(m, dev, EV_MSC, "MSC");
	show_bits(m, dev, EV_LED, "LED");
	show_bits(m, dev, EV_SND, "SND");
	show_bits(m, dev, EV_SW, "SW");
	seq_puts(m, "\n");
}

static int devices_show(struct seq_file *m, void *v)
{
	struct input_dev *dev;

	mutex_lock(&input_mutex);
	list_for_each_entry(dev, &input_devs, node)
		show_device(m, dev);
	mutex_unlock(&input_mutex);
	return 0;
}

static int handlers_show(struct seq_file *m, void *v)
{
	struct input_handler *handler;
	int number = 0;

	mutex_lock(&input_mutex);
	list_for_each_entry(handler, &input_handlers, node)
		seq_printf(m, "N: Number=%d Name=%s\n", number++, handler->name);
	mutex_unlock(&input_mutex);
	return 0;
}

static int __init input_init(void)
{
	return class_register(&input_class);
}
subsys_initcall(input_init);

/* After /proc/bus is there. */
static int __init input_proc_init(void)
{
	struct proc_dir_entry *dir = proc_mkdir("bus/input", NULL);

	proc_create_single("devices", 0, dir, devices_show);
	proc_create_single("handlers", 0, dir, handlers_show);
	return 0;
}
device_initcall(input_proc_init);
