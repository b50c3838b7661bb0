/*
 * <linux/i2c-dev.h> - what /dev/i2c-N can be asked.
 */
#ifndef _UAPI_LINUX_I2C_DEV_H
#define _UAPI_LINUX_I2C_DEV_H

#include <linux/types.h>

#define I2C_SLAVE	0x0703	/* the chip to talk to; EBUSY: a driver has it */
#define I2C_SLAVE_FORCE	0x0706	/* … all the same */
#define I2C_FUNCS	0x0705	/* unsigned long *: I2C_FUNC_* */
#define I2C_SMBUS	0x0720	/* struct i2c_smbus_ioctl_data * */

struct i2c_smbus_ioctl_data {
	__u8 read_write;
	__u8 command;
	__u32 size;
	union i2c_smbus_data *data;
};

#endif
