/*
 * Transfers: one at a time on a bus, and a name for each kind that SMBus has.
 *
 *	driver -> i2c_smbus_read_byte_data() -> i2c_smbus_xfer() -> the controller's smbus_xfer
 *
 * Context: process; sleeps on the adapter's bus_lock.
 */
#include <linux/i2c.h>
#include <linux/jiffies.h>
#include <linux/string.h>

/* -EAGAIN, the bus was lost to another master, is tried again. */
s32 i2c_smbus_xfer(struct i2c_adapter *adap, u16 addr, unsigned short flags, char read_write,
		   u8 command, int protocol, union i2c_smbus_data *data)
{
	unsigned long end = jiffies + adap->timeout;
	s32 err;

	if (!adap->algo->smbus_xfer)
		return -EOPNOTSUPP;
	mutex_lock(&adap->bus_lock);
	for (int try = 0; try <= adap->retries; try++) {
		err = adap->algo->smbus_xfer(adap, addr, flags, read_write, command, protocol, data);
		if (err != -EAGAIN || time_after(jiffies, end))
			break;
	}
	mutex_unlock(&adap->bus_lock);
	return err;
}
EXPORT_SYMBOL(i2c_smbus_xfer);

int i2c_transfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)
{
	int done;

	if (!adap->algo->master_xfer)
		return -EOPNOTSUPP;
	mutex_lock(&adap->bus_lock);
	done = adap->algo->master_xfer(adap, msgs, num);
	mutex_unlock(&adap->bus_lock);
	return done;
}
EXPORT_SYMBOL(i2c_transfer);

static int transfer_one(const struct i2c_client *client, u16 flags, char *buf, int count)
{
	struct i2c_msg msg = { .addr = client->addr, .flags = flags, .len = count, .buf = (u8 *)buf };
	int done = i2c_transfer(client->adapter, &msg, 1);

	return done == 1 ? count : done;
}

/* The count, or -errno. */
int i2c_master_send(const struct i2c_client *client, const char *buf, int count)
{
	return transfer_one(client, 0, (char *)buf, count);
}
EXPORT_SYMBOL(i2c_master_send);

int i2c_master_recv(const struct i2c_client *client, char *buf, int count)
{
	return transfer_one(client, I2C_M_RD, buf, count);
}
EXPORT_SYMBOL(i2c_master_recv);

static s32 xfer(const struct i2c_client *client, char read_write, u8 command, int protocol,
		union i2c_smbus_data *data)
{
	return i2c_smbus_xfer(client->adapter, client->addr, client->flags, read_write, command,
			      protocol, data);
}

s32 i2c_smbus_read_byte(const struct i2c_client *client)
{
	union i2c_smbus_data data;
	s32 err = xfer(client, I2C_SMBUS_READ, 0, I2C_SMBUS_BYTE, &data);

	return err < 0 ? err : data.byte;
}
EXPORT_SYMBOL(i2c_smbus_read_byte);

s32 i2c_smbus_write_byte(const struct i2c_client *client, u8 value)
{
	return xfer(client, I2C_SMBUS_WRITE, value, I2C_SMBUS_BYTE, NULL);
}
EXPORT_SYMBOL(i2c_smbus_write_byte);

s32 i2c_smbus_read_byte_data(const struct i2c_client *client, u8 command)
{
	union i2c_smbus_data data;
	s32 err = xfer(client, I2C_SMBUS_READ, command, I2C_SMBUS_BYTE_DATA, &data);

	return err < 0 ? err : data.byte;
}
EXPORT_SYMBOL(i2c_smbus_read_byte_data);

s32 i2c_smbus_write_byte_data(const struct i2c_client *client, u8 command, u8 value)
{
	union i2c_smbus_data data = { .byte = value };

	return xfer(client, I2C_SMBUS_WRITE, command, I2C_SMBUS_BYTE_DATA, &data);
}
EXPORT_SYMBOL(i2c_smbus_write_byte_data);

s32 i2c_smbus_read_word_data(const struct i2c_client *client, u8 command)
{
	union i2c_smbus_data data;
	s32 err = xfer(client, I2C_SMBUS_READ, command, I2C_SMBUS_WORD_DATA, &data);

	return err < 0 ? err : data.word;
}
EXPORT_SYMBOL(i2c_smbus_read_word_data);

s32 i2c_smbus_write_word_data(const struct i2c_client *client, u8 command, u16 value)
{
	union i2c_smbus_data data = { .word = value };

	return xfer(client, I2C_SMBUS_WRITE, command, I2C_SMBUS_WORD_DATA, &data);
}
EXPORT_SYMBOL(i2c_smbus_write_word_data);

s32 i2c_smbus_read_block_data(const struct i2c_client *client, u8 command, u8 *values)
{
	union i2c_smbus_data data;
	s32 err = xfer(client, I2C_SMBUS_READ, command, I2C_SMBUS_BLOCK_DATA, &data);

	if (err < 0)
		return err;
	memcpy(values, data.block + 1, data.block[0]);
	return data.block[0];
}
EXPORT_SYMBOL(i2c_smbus_read_block_data);

s32 i2c_smbus_write_block_data(const struct i2c_client *client, u8 command, u8 length,
			       const u8 *values)
{
	union i2c_smbus_data data;

	if (length > I2C_SMBUS_BLOCK_MAX)
		length = I2C_SMBUS_BLOCK_MAX;
	data.block[0] = length;
	memcpy(data.block + 1, values, length);
	return xfer(client, I2C_SMBUS_WRITE, command, I2C_SMBUS_BLOCK_DATA, &data);
}
EXPORT_SYMBOL(i2c_smbus_write_block_data);
