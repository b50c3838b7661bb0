/*
 * The I2C core with a bus and chips of our own, the PIIX4's controller when nobody answers, and
 * what /dev/eep-mem makes of that.
 */
#include <kunit/test.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/jiffies.h>
#include "../../drivers/i2c/piix4.h"

/* ------------------------------------------------------------------ a bus of our own */

static union i2c_smbus_data chip;	/* what the only chip, 0x30, was told last */
static int kind, answer, calls;

static int fake_xfer(struct i2c_adapter *adap, u16 addr, unsigned short flags, char read_write,
		     u8 command, int size, union i2c_smbus_data *data)
{
	calls++;
	kind = size;
	if (answer)
		return answer;
	if (addr != 0x30)
		return -ENXIO;
	if (size == I2C_SMBUS_BYTE && read_write == I2C_SMBUS_WRITE)
		chip.byte = command;
	else if (read_write == I2C_SMBUS_WRITE)
		chip = *data;
	else
		*data = chip;
	return 0;
}

static u32 fake_functionality(struct i2c_adapter *adap)
{
	return I2C_FUNC_SMBUS_BYTE_DATA;
}

static const struct i2c_algorithm fake_algorithm = {
	.smbus_xfer = fake_xfer,
	.functionality = fake_functionality,
};

static struct i2c_adapter fake;
static struct i2c_client *client;
static int probes, removes;

static int chip_probe(struct i2c_client *who, const struct i2c_device_id *id)
{
	probes += id->driver_data;
	return 0;
}

static int chip_remove(struct i2c_client *who)
{
	removes++;
	return 0;
}

static const struct i2c_device_id chip_ids[] = { { "other", 100 }, { "ktest-chip", 1 }, { } };

static struct i2c_driver chip_driver = {
	.driver.name = "ktest-chip",
	.probe = chip_probe,
	.remove = chip_remove,
	.id_table = chip_ids,
};

static int i2c_test_init(struct kunit *test)
{
	struct i2c_board_info info = { I2C_BOARD_INFO("ktest-chip", 0x30) };
	int err;

	fake = (struct i2c_adapter){ .algo = &fake_algorithm, .name = "ktest bus", .retries = 2, .nr = 42 };
	memset(&chip, 0, sizeof(chip));
	answer = calls = probes = removes = 0;
	err = i2c_add_numbered_adapter(&fake);
	if (err)
		return err;
	client = i2c_new_client_device(&fake, &info);
	return PTR_ERR_OR_ZERO(client);
}

static void i2c_test_exit(struct kunit *test)
{
	i2c_del_adapter(&fake);		/* and the client with it */
}

static void drivers_meet_their_chips(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, dev_name(&client->dev), "42-0030");
	KUNIT_ASSERT_EQ(test, i2c_add_driver(&chip_driver), 0);
	KUNIT_EXPECT_EQ(test, probes, 1);
	KUNIT_EXPECT_PTR_EQ(test, client->dev.driver, &chip_driver.driver);
	i2c_unregister_device(client);
	KUNIT_EXPECT_EQ(test, removes, 1);
	client = i2c_new_client_device(&fake, &(struct i2c_board_info){ I2C_BOARD_INFO("ktest-chip", 0x31) });
	KUNIT_EXPECT_EQ(test, probes, 2);
	i2c_del_driver(&chip_driver);
	KUNIT_EXPECT_EQ(test, removes, 2);
}

static void addresses_are_taken_once(struct kunit *test)
{
	struct i2c_board_info same = { I2C_BOARD_INFO("x", 0x30) }, low = { I2C_BOARD_INFO("x", 0x03) };

	KUNIT_EXPECT_EQ(test, PTR_ERR(i2c_new_client_device(&fake, &same)), -EBUSY);
	KUNIT_EXPECT_EQ(test, PTR_ERR(i2c_new_client_device(&fake, &low)), -EINVAL);
	KUNIT_EXPECT_PTR_EQ(test, i2c_get_adapter(42), &fake);
	i2c_put_adapter(&fake);
	KUNIT_EXPECT_NULL(test, i2c_get_adapter(43));
	KUNIT_EXPECT_TRUE(test, i2c_check_functionality(&fake, I2C_FUNC_SMBUS_READ_BYTE_DATA));
	KUNIT_EXPECT_FALSE(test, i2c_check_functionality(&fake, I2C_FUNC_SMBUS_BLOCK_DATA));
}

static void transfers_of_each_kind(struct kunit *test)
{
	u8 block[I2C_SMBUS_BLOCK_MAX];

	KUNIT_EXPECT_EQ(test, i2c_smbus_write_byte(client, 0x12), 0);
	KUNIT_EXPECT_EQ(test, i2c_smbus_read_byte(client), 0x12);
	KUNIT_EXPECT_EQ(test, i2c_smbus_write_byte_data(client, 1, 0x34), 0);
	KUNIT_EXPECT_EQ(test, i2c_smbus_read_byte_data(client, 1), 0x34);
	KUNIT_EXPECT_EQ(test, kind, I2C_SMBUS_BYTE_DATA);
	KUNIT_EXPECT_EQ(test, i2c_smbus_write_word_data(client, 1, 0xabcd), 0);
	KUNIT_EXPECT_EQ(test, i2c_smbus_read_word_data(client, 1), 0xabcd);
	KUNIT_EXPECT_EQ(test, i2c_smbus_write_block_data(client, 1, 3, (const u8 *)"xyz"), 0);
	KUNIT_EXPECT_EQ(test, i2c_smbus_read_block_data(client, 1, block), 3);
	KUNIT_EXPECT_MEMEQ(test, block, "xyz", 3);
	KUNIT_EXPECT_EQ(test, i2c_master_send(client, "x", 1), -EOPNOTSUPP);
}

static void a_lost_bus_is_tried_again(struct kunit *test)
{
	answer = -EAGAIN;
	calls = 0;
	KUNIT_EXPECT_EQ(test, i2c_smbus_read_byte_data(client, 0), -EAGAIN);
	KUNIT_EXPECT_EQ(test, calls, 3);
	answer = -ENXIO;
	calls = 0;
	KUNIT_EXPECT_EQ(test, i2c_smbus_read_byte_data(client, 0), -ENXIO);
	KUNIT_EXPECT_EQ(test, calls, 1);
}

static struct kunit_case i2c_cases[] = {
	KUNIT_CASE(drivers_meet_their_chips), KUNIT_CASE(addresses_are_taken_once),
	KUNIT_CASE(transfers_of_each_kind), KUNIT_CASE(a_lost_bus_is_tried_again), {}
};

static struct kunit_suite i2c_suite = {
	.name = "i2c",
	.init = i2c_test_init,
	.exit = i2c_test_exit,
	.test_cases = i2c_cases,
};

/* ------------------------------------------------------------------ the machine's own */

#define NO_PORTS	0x5000		/* nothing is there: reads are all ones, busy for ever */

static struct i2c_adapter *smbus;

static int smbus_init(struct kunit *test)
{
	smbus = i2c_get_adapter(0);
	return smbus ? 0 : -ENODEV;
}

static void smbus_exit(struct kunit *test)
{
	i2c_put_adapter(smbus);
}

static s32 read_at(u16 addr, u8 command)
{
	union i2c_smbus_data data;
	s32 err = i2c_smbus_xfer(smbus, addr, 0, I2C_SMBUS_READ, command, I2C_SMBUS_BYTE_DATA, &data);

	return err ?: data.byte;
}

static void absent_chips_are_enxio(struct kunit *test)
{
	KUNIT_EXPECT_GE(test, read_at(0x50, 0), 0);
	KUNIT_EXPECT_EQ(test, read_at(0x2e, 0), -ENXIO);
	KUNIT_EXPECT_GE(test, read_at(0x57, 255), 0);		/* the bus is usable after that */
}

static void unknown_kinds_are_refused(struct kunit *test)
{
	union i2c_smbus_data data = { .block = { 33 } };

	KUNIT_EXPECT_EQ(test, i2c_smbus_xfer(smbus, 0x50, 0, I2C_SMBUS_READ, 0, 4, &data), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, i2c_smbus_xfer(smbus, 0x50, 0, I2C_SMBUS_READ, 0, 99, &data), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, i2c_smbus_xfer(smbus, 0x50, 0, I2C_SMBUS_WRITE, 0, I2C_SMBUS_BLOCK_DATA, &data),
			-EINVAL);
}

/* contract: S3-12 */
static void a_controller_that_never_answers_is_eio(struct kunit *test)
{
	struct piix4_smbus *piix4 = smbus->algo_data;
	unsigned short base = piix4->base;
	unsigned long start;
	struct file *file = filp_open("/dev/eep-mem0", O_RDWR, 0);
	loff_t pos = 10;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	start = jiffies;
	piix4->base = NO_PORTS;
	KUNIT_EXPECT_EQ(test, read_at(0x50, 0), -ETIMEDOUT);
	KUNIT_EXPECT_TRUE(test, time_before(jiffies, start + 3 * HZ));
	/* the device's fault, found before the program's pointer is looked at */
	KUNIT_EXPECT_EQ(test, vfs_read(file, NULL, 1, &pos), (ssize_t)-EIO);
	KUNIT_EXPECT_EQ(test, pos, (loff_t)10);
	piix4->base = base;
	KUNIT_EXPECT_EQ(test, vfs_read(file, NULL, 1, &pos), (ssize_t)-EFAULT);
	KUNIT_EXPECT_GE(test, read_at(0x50, 0), 0);
	fput(file);
}

static struct kunit_case smbus_cases[] = {
	KUNIT_CASE(absent_chips_are_enxio), KUNIT_CASE(unknown_kinds_are_refused),
	KUNIT_CASE(a_controller_that_never_answers_is_eio), {}
};

static struct kunit_suite smbus_suite = {
	.name = "smbus",
	.init = smbus_init,
	.exit = smbus_exit,
	.test_cases = smbus_cases,
};
kunit_test_suites(&i2c_suite, &smbus_suite);
