/*
 * What the parts of the I2C core know of each other.
 */
#ifndef I2C_CORE_H
#define I2C_CORE_H

#include <linux/i2c.h>

#define I2C_FIRST_ADDR	0x08	/* those below, and above the last, mean something else */
#define I2C_LAST_ADDR	0x77

/* The node of an adapter, /dev/i2c-N. */
void i2cdev_add(struct i2c_adapter *adap);
void i2cdev_remove(struct i2c_adapter *adap);

#endif
