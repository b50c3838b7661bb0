/*
 * The bus "i2c": adapters, the chips on them, and the chips' drivers.
 *
 * An adapter is a device below its controller, a client a device below its adapter; both
 * are on the bus, /sys/bus/i2c/devices shows "i2c-0" and "0-0050". Only clients have drivers.
 *
 * Context: process. Locks: adapters_lock for the numbers; clients_lock, over a client's removal: programs
 * may take away what others are taking away just then.
 */
#include <linux/completion.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/string.h>
#include "i2c-core.h"

static DEFINE_MUTEX(adapters_lock);
static DEFINE_MUTEX(clients_lock);
static DEFINE_IDR(adapters);		/* adapters_lock: struct i2c_adapter by number */

static const struct device_type adapter_type, client_type;

struct i2c_client *i2c_verify_client(struct device *dev)
{
	return dev->type == &client_type ? to_i2c_client(dev) : NULL;
}
EXPORT_SYMBOL(i2c_verify_client);

/* ------------------------------------------------------------------ the bus */

const struct i2c_device_id *i2c_match_id(const struct i2c_device_id *id,
					 const struct i2c_client *client)
{
	for (; id && id->name[0]; id++) {
		if (!strcmp(client->name, id->name))
			return id;
	}
	return NULL;
}
EXPORT_SYMBOL(i2c_match_id);

static int i2c_match(struct device *dev, struct device_driver *driver)
{
	struct i2c_client *client = i2c_verify_client(dev);

	return client && i2c_match_id(to_i2c_driver(driver)->id_table, client) != NULL;
}

static int i2c_probe(struct device *dev)
{
	struct i2c_driver *driver = to_i2c_driver(dev->driver);
	struct i2c_client *client = to_i2c_client(dev);

	if (driver->probe_new)
		return driver->probe_new(client);
	return driver->probe ? driver->probe(client, i2c_match_id(driver->id_table, client)) : -EINVAL;
}

static int i2c_remove(struct device *dev)
{
	struct i2c_driver *driver = to_i2c_driver(dev->driver);

	return driver->remove ? driver->remove(to_i2c_client(dev)) : 0;
}

static int i2c_uevent(struct device *dev, struct kobj_uevent_env *env)
{
	struct i2c_client *client = i2c_verify_client(dev);

	return client ? add_uevent_var(env, "MODALIAS=%s%s", I2C_MODULE_PREFIX, client->name) : 0;
}

struct bus_type i2c_bus_type = {
	.name = "i2c",
	.match = i2c_match,
	.probe = i2c_probe,
	.remove = i2c_remove,
	.uevent = i2c_uevent,
};
EXPORT_SYMBOL(i2c_bus_type);

static ssize_t name_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct i2c_client *client = i2c_verify_client(dev);

	return sysfs_emit(buf, "%s\n", client ? client->name : to_i2c_adapter(dev)->name);
}

static DEVICE_ATTR_RO(name);
static struct attribute *i2c_attrs[] = { &dev_attr_name.attr, NULL };
ATTRIBUTE_GROUPS(i2c);

/* ------------------------------------------------------------------ adapters */

/* The last reference is gone: i2c_del_adapter() waits for that, then its memory is its owner's again. */
static void adapter_release(struct device *dev)
{
	complete(&to_i2c_adapter(dev)->dev_released);
}

static int client_at(struct device *dev, void *addr)
{
	struct i2c_client *client = i2c_verify_client(dev);

	return client && client->addr == *(unsigned int *)addr;
}

/* "eep 0x50": what i2c_new_client_device() does for a driver. */
static ssize_t new_device_store(struct device *dev, struct device_attribute *attr, const char *buf,
				size_t count)
{
	struct i2c_board_info info = { };
	unsigned int addr;

	if (sscanf(buf, "%19s %i", info.type, &addr) != 2 || addr > I2C_LAST_ADDR)
		return -EINVAL;
	info.addr = addr;
	return PTR_ERR_OR_ZERO(i2c_new_client_device(to_i2c_adapter(dev), &info)) ?: count;
}
static DEVICE_ATTR_WO(new_device);

/* "0x50" */
static ssize_t delete_device_store(struct device *dev, struct device_attribute *attr,
				   const char *buf, size_t count)
{
	struct device *client;
	unsigned int addr;

	if (kstrtouint(buf, 0, &addr))
		return -EINVAL;
	mutex_lock(&clients_lock);
	client = device_find_child(dev, &addr, client_at);
	if (client)
		i2c_unregister_device(to_i2c_client(client));
	mutex_unlock(&clients_lock);
	put_device(client);
	return client ? count : -ENOENT;
}
static DEVICE_ATTR_WO(delete_device);

static struct attribute *adapter_attrs[] = {
	&dev_attr_name.attr, &dev_attr_new_device.attr, &dev_attr_delete_device.attr, NULL,
};
ATTRIBUTE_GROUPS(adapter);

static const struct device_type adapter_type = { .name = "i2c_adapter", .groups = adapter_groups };

static int add_adapter(struct i2c_adapter *adap, int from, int to)
{
	int err = -EINVAL;

	if (!adap->name[0] || !adap->algo || !adap->algo->functionality)
		return err;
	mutex_init(&adap->bus_lock);
	if (!adap->timeout)
		adap->timeout = HZ;
	mutex_lock(&adapters_lock);
	err = idr_alloc(&adapters, adap, from, to, GFP_KERNEL);
	mutex_unlock(&adapters_lock);
	if (err < 0)
		return err == -ENOSPC ? -EBUSY : err;
	adap->nr = err;
	adap->dev.bus = &i2c_bus_type;
	adap->dev.type = &adapter_type;
	adap->dev.release = adapter_release;
	err = dev_set_name(&adap->dev, "i2c-%d", adap->nr);
	if (!err)
		err = device_register(&adap->dev);
	if (err) {
		mutex_lock(&adapters_lock);
		idr_remove(&adapters, adap->nr);
		mutex_unlock(&adapters_lock);
		return err;
	}
	i2cdev_add(adap);
	return 0;
}

int i2c_add_adapter(struct i2c_adapter *adap)
{
	return add_adapter(adap, 0, 0);
}
EXPORT_SYMBOL(i2c_add_adapter);

int i2c_add_numbered_adapter(struct i2c_adapter *adap)
{
	return adap->nr < 0 ? i2c_add_adapter(adap) : add_adapter(adap, adap->nr, adap->nr + 1);
}
EXPORT_SYMBOL(i2c_add_numbered_adapter);

static int any_client(struct device *dev, void *unused)
{
	return i2c_verify_client(dev) != NULL;
}

void i2c_del_adapter(struct i2c_adapter *adap)
{
	struct device *dev;

	mutex_lock(&adapters_lock);
	idr_remove(&adapters, adap->nr);
	mutex_unlock(&adapters_lock);
	mutex_lock(&clients_lock);
	while ((dev = device_find_child(&adap->dev, NULL, any_client)) != NULL) {
		i2c_unregister_device(to_i2c_client(dev));
		put_device(dev);
	}
	mutex_unlock(&clients_lock);
	i2cdev_remove(adap);
	init_completion(&adap->dev_released);
	device_unregister(&adap->dev);
	wait_for_completion(&adap->dev_released);
	memset(&adap->dev, 0, sizeof(adap->dev));
}
EXPORT_SYMBOL(i2c_del_adapter);

struct i2c_adapter *i2c_get_adapter(int nr)
{
	struct i2c_adapter *adap;

	mutex_lock(&adapters_lock);
	adap = nr >= 0 ? idr_find(&adapters, nr) : NULL;
	if (adap && !try_module_get(adap->owner))
		adap = NULL;
	if (adap)
		get_device(&adap->dev);
	mutex_unlock(&adapters_lock);
	return adap;
}
EXPORT_SYMBOL(i2c_get_adapter);

void i2c_put_adapter(struct i2c_adapter *adap)
{
	struct module *owner;

	if (!adap)
		return;
	owner = adap->owner;
	put_device(&adap->dev);
	module_put(owner);
}
EXPORT_SYMBOL(i2c_put_adapter);

/* ------------------------------------------------------------------ clients */

static void client_release(struct device *dev)
{
	kfree(to_i2c_client(dev));
}

static const struct device_type client_type = { .name = "i2c_client", .groups = i2c_groups };

struct i2c_client *i2c_new_client_device(struct i2c_adapter *adap, const struct i2c_board_info *info)
{
	struct i2c_client *client;
	int err;

	if (info->addr < I2C_FIRST_ADDR || info->addr > I2C_LAST_ADDR)
		return ERR_PTR(-EINVAL);
	client = kzalloc(sizeof(*client), GFP_KERNEL);
	if (!client)
		return ERR_PTR(-ENOMEM);
	client->adapter = adap;
	client->addr = info->addr;
	client->flags = info->flags;
	client->irq = info->irq;
	strscpy(client->name, info->type, sizeof(client->name));
	device_initialize(&client->dev);
	client->dev.parent = &adap->dev;
	client->dev.bus = &i2c_bus_type;
	client->dev.type = &client_type;
	client->dev.release = client_release;
	client->dev.platform_data = info->platform_data;
	err = dev_set_name(&client->dev, "%d-%04x", adap->nr, client->addr);
	if (!err)
		err = device_add(&client->dev);
	if (!err)
		return client;
	put_device(&client->dev);
	return ERR_PTR(err == -EEXIST ? -EBUSY : err);
}
EXPORT_SYMBOL(i2c_new_client_device);

void i2c_unregister_device(struct i2c_client *client)
{
	if (!IS_ERR_OR_NULL(client))
		device_unregister(&client->dev);
}
EXPORT_SYMBOL(i2c_unregister_device);

/* ------------------------------------------------------------------ drivers */

int i2c_register_driver(struct module *owner, struct i2c_driver *driver)
{
	driver->driver.owner = owner;
	driver->driver.bus = &i2c_bus_type;
	return driver_register(&driver->driver);
}
EXPORT_SYMBOL(i2c_register_driver);

void i2c_del_driver(struct i2c_driver *driver)
{
	driver_unregister(&driver->driver);
}
EXPORT_SYMBOL(i2c_del_driver);

static int __init i2c_init(void)
{
	return bus_register(&i2c_bus_type);
}
postcore_initcall(i2c_init);
