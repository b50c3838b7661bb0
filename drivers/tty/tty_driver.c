/*
 * tty_driver.c - which terminal drivers there are, and their lines in /dev.
 *
 * A driver's device numbers lead through one cdev to tty_fops (tty_io.c).
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tty.h>
#include "tty_internal.h"

DEFINE_MUTEX(tty_mutex);
static LIST_HEAD(tty_drivers);			/* [m] tty_mutex */

/* 38400 baud, 8 bits, cooked: what every line starts with unless its driver says otherwise. */
struct ktermios tty_std_termios = {
	.c_iflag = ICRNL | IXON,
	.c_oflag = OPOST | ONLCR,
	.c_cflag = B38400 | CS8 | CREAD | HUPCL,
	.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
	.c_cc = {
		[VINTR] = 003, [VQUIT] = 034, [VERASE] = 0177, [VKILL] = 025, [VEOF] = 004,
		[VTIME] = 0, [VMIN] = 1, [VSTART] = 021, [VSTOP] = 023, [VSUSP] = 032,
		[VREPRINT] = 022, [VDISCARD] = 017, [VWERASE] = 027, [VLNEXT] = 026,
	},
	.c_ispeed = 38400,
	.c_ospeed = 38400,
};
EXPORT_SYMBOL(tty_std_termios);

/* Returns the new driver with room for that many lines, or ERR_PTR(-ENOMEM). */
struct tty_driver *tty_alloc_driver(unsigned int lines, unsigned long flags)
{
	struct tty_driver *driver = kzalloc(sizeof(*driver), GFP_KERNEL);

	if (!driver)
		return ERR_PTR(-ENOMEM);
	kref_init(&driver->kref);
	driver->num = lines;
	driver->flags = flags;
	driver->ttys = kcalloc(lines, sizeof(*driver->ttys), GFP_KERNEL);
	driver->ports = kcalloc(lines, sizeof(*driver->ports), GFP_KERNEL);
	if (!driver->ttys || !driver->ports) {
		put_tty_driver(driver);
		return ERR_PTR(-ENOMEM);
	}
	driver->init_termios = tty_std_termios;
	return driver;
}
EXPORT_SYMBOL(tty_alloc_driver);

/* The older form: NULL if there is no memory; flags are set by hand, before it is registered. */
struct tty_driver *alloc_tty_driver(unsigned int lines)
{
	struct tty_driver *driver = tty_alloc_driver(lines, 0);

	return IS_ERR(driver) ? NULL : driver;
}
EXPORT_SYMBOL(alloc_tty_driver);

static void free_driver(struct kref *kref)
{
	struct tty_driver *driver = container_of(kref, struct tty_driver, kref);

	kfree(driver->ttys);
	kfree(driver->ports);
	kfree(driver);
}

/* A driver that is not, or no longer, registered: freed with the last of its terminals. */
void put_tty_driver(struct tty_driver *driver)
{
	kref_put(&driver->kref, free_driver);
}
EXPORT_SYMBOL(put_tty_driver);

void tty_set_operations(struct tty_driver *driver, const struct tty_operations *ops)
{
	driver->ops = ops;
}
EXPORT_SYMBOL(tty_set_operations);

void tty_port_link_device(struct tty_port *port, struct tty_driver *driver, unsigned index)
{
	driver->ports[index] = port;
}
EXPORT_SYMBOL(tty_port_link_device);

/* All lines of a driver that does not bring them one by one. */
static void register_lines(struct tty_driver *driver)
{
	unsigned int i;

	for (i = 0; i < driver->num && !(driver->flags & TTY_DRIVER_DYNAMIC_DEV); i++)
		tty_register_device(driver, i, NULL);
}

/* major 0 asks for one.  0 or a negative errno.  Context: process, may sleep. */
int tty_register_driver(struct tty_driver *driver)
{
	dev_t dev = MKDEV(driver->major, driver->minor_start);
	int err;

	if (driver->major)
		err = register_chrdev_region(dev, driver->num, driver->name);
	else
		err = alloc_chrdev_region(&dev, driver->minor_start, driver->num, driver->name);
	if (err)
		return err;
	driver->major = MAJOR(dev);
	cdev_init(&driver->cdev, &tty_fops);
	driver->cdev.owner = driver->owner;

	mutex_lock(&tty_mutex);
	list_add_tail(&driver->tty_drivers, &tty_drivers);
	mutex_unlock(&tty_mutex);

	err = cdev_add(&driver->cdev, dev, driver->num);
	if (!err) {
		register_lines(driver);
		return 0;
	}
	mutex_lock(&tty_mutex);
	list_del(&driver->tty_drivers);
	mutex_unlock(&tty_mutex);
	unregister_chrdev_region(dev, driver->num);
	return err;
}
EXPORT_SYMBOL(tty_register_driver);

/* The last user of a line that is gone: its port, which is the driver's, may be freed. */
void tty_leave_port(struct tty_struct *tty)
{
	struct tty_port *port = tty->port;

	if (!port)
		return;
	port->tty = NULL;
	cancel_work_sync(&port->flip_work);
	tty->port = NULL;
}

/*
 * Nobody gets to the line any more; whoever has it open is hung up. The port has to stay until
 * the last of them has closed it.
 */
static void line_leaves(struct tty_driver *driver, unsigned int index)
{
	struct tty_struct *tty;

	mutex_lock(&tty_mutex);
	tty = driver->ttys[index];
	driver->ttys[index] = NULL;
	driver->ports[index] = NULL;
	mutex_unlock(&tty_mutex);
	if (!tty)
		return;
	if (READ_ONCE(tty->count))
		tty_vhangup(tty);
	tty_leave_session(tty);
	tty_lock(tty);
	if (!tty->count)
		tty_leave_port(tty);
	tty_unlock(tty);
	tty_kref_put(tty);
}

void tty_unregister_device(struct tty_driver *driver, unsigned index)
{
	device_destroy(tty_class, MKDEV(driver->major, driver->minor_start + index));
	line_leaves(driver, index);
}
EXPORT_SYMBOL(tty_unregister_device);

/* Context: process, may sleep. */
void tty_unregister_driver(struct tty_driver *driver)
{
	unsigned int i;

	for (i = 0; i < driver->num; i++)
		if (driver->flags & TTY_DRIVER_DYNAMIC_DEV)
			line_leaves(driver, i);
		else
			tty_unregister_device(driver, i);
	cdev_del(&driver->cdev);
	unregister_chrdev_region(MKDEV(driver->major, driver->minor_start), driver->num);
	mutex_lock(&tty_mutex);
	list_del(&driver->tty_drivers);
	mutex_unlock(&tty_mutex);
}
EXPORT_SYMBOL(tty_unregister_driver);

static void line_name(struct tty_driver *driver, unsigned index, char *name, size_t size)
{
	if (driver->flags & TTY_DRIVER_UNNUMBERED_NODE)
		strscpy(name, driver->name, size);
	else
		snprintf(name, size, "%s%u", driver->name, driver->name_base + index);
}

dev_t tty_devnum(struct tty_struct *tty)
{
	return MKDEV(tty->driver->major, tty->driver->minor_start + tty->index);
}
EXPORT_SYMBOL(tty_devnum);

/* The line's device in /sys/class/tty with these attributes, and its node in /dev, or an error. */
struct device *tty_register_device_attr(struct tty_driver *driver, unsigned index,
					struct device *parent, void *drvdata,
					const struct attribute_group **groups)
{
	char name[16];

	line_name(driver, index, name, sizeof(name));
	return device_create_with_groups(tty_class, parent,
					 MKDEV(driver->major, driver->minor_start + index),
					 drvdata, groups, "%s", name);
}
EXPORT_SYMBOL_GPL(tty_register_device_attr);

struct device *tty_register_device(struct tty_driver *driver, unsigned index,
				   struct device *parent)
{
	return tty_register_device_attr(driver, index, parent, NULL, NULL);
}
EXPORT_SYMBOL(tty_register_device);

/* The driver of a device number and which of its lines that is.  [m] held. */
static struct tty_driver *find_driver(dev_t dev, unsigned int *index)
{
	struct tty_driver *driver;

	lockdep_assert_held(&tty_mutex);
	list_for_each_entry(driver, &tty_drivers, tty_drivers) {
		if (MAJOR(dev) != driver->major || MINOR(dev) < driver->minor_start ||
		    MINOR(dev) >= driver->minor_start + driver->num)
			continue;
		*index = MINOR(dev) - driver->minor_start;
		return driver;
	}
	return NULL;
}

static void tty_free(struct work_struct *work)
{
	struct tty_struct *tty = container_of(work, struct tty_struct, free_work);

	if (tty->disc_data)
		tty->ldisc->close(tty);
	free_page((unsigned long)tty->write_buf);
	put_tty_driver(tty->driver);
	kfree(tty);
}

static void tty_release_last(struct kref *kref)
{
	schedule_work(&container_of(kref, struct tty_struct, kref)->free_work);
}

/* Context: any. */
void tty_kref_put(struct tty_struct *tty)
{
	if (tty)
		kref_put(&tty->kref, tty_release_last);
}
EXPORT_SYMBOL(tty_kref_put);

static struct tty_struct *tty_alloc(struct tty_driver *driver, unsigned int index)
{
	struct tty_struct *tty = kzalloc(sizeof(*tty), GFP_KERNEL);

	if (!tty)
		return ERR_PTR(-ENOMEM);
	tty->write_buf = (void *)__get_free_page(GFP_KERNEL);
	if (!tty->write_buf) {
		kfree(tty);
		return ERR_PTR(-ENOMEM);
	}
	kref_init(&tty->kref);
	kref_get(&driver->kref);
	tty->driver = driver;
	tty->ops = driver->ops;
	tty->ldisc = &n_tty_ops;
	tty->index = index;
	line_name(driver, index, tty->name, sizeof(tty->name));
	mutex_init(&tty->lock);
	INIT_LIST_HEAD(&tty->tty_files);
	init_rwsem(&tty->termios_rwsem);
	tty->termios = driver->init_termios;
	mutex_init(&tty->winsize_mutex);
	spin_lock_init(&tty->ctrl_lock);
	mutex_init(&tty->atomic_write_lock);
	init_waitqueue_head(&tty->read_wait);
	init_waitqueue_head(&tty->write_wait);
	INIT_WORK(&tty->hangup_work, tty_hangup_work);
	INIT_WORK(&tty->free_work, tty_free);
	return tty;
}

/*
 * The terminal with that device number, made if this is the first time that it is asked for; the
 * caller's until tty_kref_put().  ERR_PTR: -ENODEV, -ENOMEM.  Context: process, may sleep.
 */
struct tty_struct *tty_get(dev_t dev)
{
	struct tty_driver *driver;
	struct tty_struct *tty;
	unsigned int index;
	int err;

	mutex_lock(&tty_mutex);
	driver = find_driver(dev, &index);
	tty = ERR_PTR(-ENODEV);
	if (!driver || !driver->ports[index])
		goto out;
	tty = tty_kref_get(driver->ttys[index]);
	if (tty)
		goto out;
	tty = tty_alloc(driver, index);
	if (IS_ERR(tty))
		goto out;
	err = tty->ldisc->open(tty);
	if (err) {
		tty_kref_put(tty);
		tty = ERR_PTR(err);
		goto out;
	}
	tty->port = driver->ports[index];
	tty->port->tty = tty;
	driver->ttys[index] = tty_kref_get(tty);
out:
	mutex_unlock(&tty_mutex);
	return tty;
}

int tty_proc_drivers(int (*show)(struct tty_driver *driver, void *arg), void *arg)
{
	struct tty_driver *driver;
	int err = 0;

	mutex_lock(&tty_mutex);
	list_for_each_entry(driver, &tty_drivers, tty_drivers) {
		err = show(driver, arg);
		if (err)
			break;
	}
	mutex_unlock(&tty_mutex);
	return err;
}
