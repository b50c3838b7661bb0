/*
 * <linux/i2c.h> - chips on a two-wire bus, and their drivers.
 *
 *	i2c_adapter	one bus, driven by its controller's algorithm
 *	i2c_client	one chip on it, by its address: a device of the bus "i2c"
 *	i2c_driver	serves the clients whose name is in its id_table
 *
 * Names and members are Linux 5.10's. Differences: SMBus transfers only through
 * ->smbus_xfer, no emulation of one kind by the other; no ten-bit addresses, no
 * alerts, no detection: somebody says which chips there are (i2c_new_client_device()).
 *
 * Context: process; everything that talks to a chip sleeps.
 */
#ifndef _LINUX_I2C_H
#define _LINUX_I2C_H

#include <linux/completion.h>
#include <linux/device.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <uapi/linux/i2c.h>

struct i2c_adapter;
struct i2c_client;
struct module;

struct i2c_algorithm {
	/* How many messages were done, or -errno. */
	int (*master_xfer)(struct i2c_adapter *adap, struct i2c_msg *msgs, int num);
	/* 0 or -errno: ENXIO, nobody has that address; ETIMEDOUT. The bus is locked. */
	int (*smbus_xfer)(struct i2c_adapter *adap, u16 addr, unsigned short flags, char read_write,
			  u8 command, int size, union i2c_smbus_data *data);
	u32 (*functionality)(struct i2c_adapter *adap);		/* I2C_FUNC_* */
};

/* [I] set before i2c_add_adapter(), then constant */
struct i2c_adapter {
	struct module *owner;			/* [I] */
	unsigned int class;			/* [I] I2C_CLASS_* */
	const struct i2c_algorithm *algo;	/* [I] */
	void *algo_data;			/* [I] the controller driver's */
	struct mutex bus_lock;			/* one transfer at a time */
	int timeout;				/* [I] jiffies: how long -EAGAIN is tried again */
	int retries;				/* [I] … and how often */
	struct device dev;			/* "i2c-0" */
	int nr;					/* [I] */
	char name[48];				/* [I] */
	struct completion dev_released;		/* nobody refers to dev any more */
};

#define I2C_CLASS_HWMON	(1 << 0)
#define I2C_CLASS_SPD	(1 << 7)

struct i2c_client {
	unsigned short flags;			/* [I] */
	unsigned short addr;			/* [I] seven bits */
	char name[I2C_NAME_SIZE];		/* [I] which driver fits */
	struct i2c_adapter *adapter;		/* [I] */
	struct device dev;			/* "0-0050" */
	int irq;				/* [I] */
};

struct i2c_driver {
	unsigned int class;
	int (*probe)(struct i2c_client *client, const struct i2c_device_id *id);
	int (*probe_new)(struct i2c_client *client);	/* instead */
	int (*remove)(struct i2c_client *client);
	void (*shutdown)(struct i2c_client *client);
	struct device_driver driver;
	const struct i2c_device_id *id_table;		/* ends with an empty name */
};

struct i2c_board_info {
	char type[I2C_NAME_SIZE];
	unsigned short flags, addr;
	const char *dev_name;
	void *platform_data;
	int irq;
};

#define I2C_BOARD_INFO(dev_type, dev_addr)	.type = dev_type, .addr = (dev_addr)

#define to_i2c_client(d)	container_of(d, struct i2c_client, dev)
#define to_i2c_driver(d)	container_of(d, struct i2c_driver, driver)
#define to_i2c_adapter(d)	container_of(d, struct i2c_adapter, dev)

extern struct bus_type i2c_bus_type;

/* The number is the next free one, or adap->nr: 0 or -errno. */
int i2c_add_adapter(struct i2c_adapter *adap);
int i2c_add_numbered_adapter(struct i2c_adapter *adap);
/* Its clients go with it. Waits for those who have it by i2c_get_adapter(). */
void i2c_del_adapter(struct i2c_adapter *adap);
/* With a reference to it and its module, or NULL. */
struct i2c_adapter *i2c_get_adapter(int nr);
void i2c_put_adapter(struct i2c_adapter *adap);

/* A chip is there: probes its driver. ERR_PTR: -EBUSY, the address is taken; -EINVAL. */
struct i2c_client *i2c_new_client_device(struct i2c_adapter *adap, const struct i2c_board_info *info);
void i2c_unregister_device(struct i2c_client *client);
struct i2c_client *i2c_verify_client(struct device *dev);

int i2c_register_driver(struct module *owner, struct i2c_driver *driver);
void i2c_del_driver(struct i2c_driver *driver);
#define i2c_add_driver(driver)		i2c_register_driver(THIS_MODULE, driver)
#define module_i2c_driver(__i2c_driver)	module_driver(__i2c_driver, i2c_add_driver, i2c_del_driver)
const struct i2c_device_id *i2c_match_id(const struct i2c_device_id *id,
					 const struct i2c_client *client);

static inline void *i2c_get_clientdata(const struct i2c_client *client)
{
	return dev_get_drvdata(&client->dev);
}

static inline void i2c_set_clientdata(struct i2c_client *client, void *data)
{
	dev_set_drvdata(&client->dev, data);
}

static inline void *i2c_get_adapdata(const struct i2c_adapter *adap)
{
	return dev_get_drvdata(&adap->dev);
}

static inline void i2c_set_adapdata(struct i2c_adapter *adap, void *data)
{
	dev_set_drvdata(&adap->dev, data);
}

static inline u32 i2c_get_functionality(struct i2c_adapter *adap)
{
	return adap->algo->functionality(adap);
}

static inline int i2c_check_functionality(struct i2c_adapter *adap, u32 func)
{
	return (func & i2c_get_functionality(adap)) == func;
}

static inline int i2c_adapter_id(struct i2c_adapter *adap)
{
	return adap->nr;
}

/* How many messages were done, or -errno; -EOPNOTSUPP where the bus only knows SMBus. */
int i2c_transfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num);
int i2c_master_send(const struct i2c_client *client, const char *buf, int count);
int i2c_master_recv(const struct i2c_client *client, char *buf, int count);

/* What was read, or -errno; writes: 0. Blocks: their length. */
s32 i2c_smbus_xfer(struct i2c_adapter *adap, u16 addr, unsigned short flags, char read_write,
		   u8 command, int protocol, union i2c_smbus_data *data);
s32 i2c_smbus_read_byte(const struct i2c_client *client);
s32 i2c_smbus_write_byte(const struct i2c_client *client, u8 value);
s32 i2c_smbus_read_byte_data(const struct i2c_client *client, u8 command);
s32 i2c_smbus_write_byte_data(const struct i2c_client *client, u8 command, u8 value);
s32 i2c_smbus_read_word_data(const struct i2c_client *client, u8 command);
s32 i2c_smbus_write_word_data(const struct i2c_client *client, u8 command, u16 value);
s32 i2c_smbus_read_block_data(const struct i2c_client *client, u8 command, u8 *values);
s32 i2c_smbus_write_block_data(const struct i2c_client *client, u8 command, u8 length,
			       const u8 *values);

#endif
