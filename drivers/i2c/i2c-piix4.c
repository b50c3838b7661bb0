/*
 * The SMBus of Intel's PIIX4, which QEMU's machine "pc" has, with eight EEPROMs on it.
 *
 * A transfer: address, command and data into the ports, START, then look every now and then whether
 * it is over. Real wires take a quarter of a millisecond and more, less than the shortest
 * sleep, so at first the looking does not sleep; then it does, and after half a second
 * the transfer is killed, and it is -ETIMEDOUT.
 *
 * Context: process, with the adapter's bus_lock. Registers: piix4.h.
 */
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include "piix4.h"

#define TRANSFER_TIMEOUT	(HZ / 2)
#define SPIN_LOOKS		50		/* so many without a sleep, */
#define SPIN_US			10		/* so far apart */
#define POLL_MS			1

static u8 reg_in(const struct piix4_smbus *smbus, int reg)
{
	return inb(smbus->base + reg);
}

static void reg_out(const struct piix4_smbus *smbus, int reg, u8 value)
{
	outb(value, smbus->base + reg);
}

/* The status once it is not busy any more; -ETIMEDOUT. */
static int wait_idle(const struct piix4_smbus *smbus)
{
	unsigned long end = jiffies + TRANSFER_TIMEOUT;
	int looks = 0;
	u8 status;

	while ((status = reg_in(smbus, SMBHSTSTS)) & SMBHSTSTS_HOST_BUSY) {
		if (time_after(jiffies, end))
			return -ETIMEDOUT;
		if (looks++ < SPIN_LOOKS)
			udelay(SPIN_US);
		else
			msleep(POLL_MS);
	}
	return status;
}

/* What the ports describe. 0, -ENXIO: no such chip; -EAGAIN; -EIO; -ETIMEDOUT. */
static int run(struct piix4_smbus *smbus, u8 kind)
{
	int status;

	if (wait_idle(smbus) < 0)
		return -ETIMEDOUT;
	reg_out(smbus, SMBHSTSTS, SMBHSTSTS_ALL);
	reg_out(smbus, SMBHSTCNT, kind | SMBHSTCNT_START);
	status = wait_idle(smbus);
	if (status < 0) {
		dev_err(&smbus->adapter.dev, "no end of a transfer, killed\n");
		reg_out(smbus, SMBHSTCNT, SMBHSTCNT_KILL);
		return status;
	}
	reg_out(smbus, SMBHSTSTS, SMBHSTSTS_ALL);
	if (status & SMBHSTSTS_FAILED)
		return -EIO;
	if (status & SMBHSTSTS_BUS_ERR)
		return -EAGAIN;
	return status & SMBHSTSTS_DEV_ERR ? -ENXIO : 0;
}

/* The ports of a block: its length, then its bytes. */
static int fill_block(struct piix4_smbus *smbus, const union i2c_smbus_data *data)
{
	u8 len = data->block[0];

	if (!len || len > I2C_SMBUS_BLOCK_MAX)
		return -EINVAL;
	reg_out(smbus, SMBHSTDAT0, len);
	reg_in(smbus, SMBHSTCNT);		/* the index of SMBBLKDAT becomes 0 */
	for (int i = 1; i <= len; i++)
		reg_out(smbus, SMBBLKDAT, data->block[i]);
	return 0;
}

static int fetch_block(struct piix4_smbus *smbus, union i2c_smbus_data *data)
{
	u8 len = reg_in(smbus, SMBHSTDAT0);

	if (!len || len > I2C_SMBUS_BLOCK_MAX)
		return -EPROTO;
	data->block[0] = len;
	reg_in(smbus, SMBHSTCNT);
	for (int i = 1; i <= len; i++)
		data->block[i] = reg_in(smbus, SMBBLKDAT);
	return 0;
}

static int piix4_xfer(struct i2c_adapter *adap, u16 addr, unsigned short flags, char read_write,
		      u8 command, int size, union i2c_smbus_data *data)
{
	static const u8 kinds[] = {
		[I2C_SMBUS_QUICK] = SMBHSTCNT_QUICK,
		[I2C_SMBUS_BYTE] = SMBHSTCNT_BYTE,
		[I2C_SMBUS_BYTE_DATA] = SMBHSTCNT_BYTE_DATA,
		[I2C_SMBUS_WORD_DATA] = SMBHSTCNT_WORD_DATA,
		[I2C_SMBUS_BLOCK_DATA] = SMBHSTCNT_BLOCK_DATA,
	};
	struct piix4_smbus *smbus = adap->algo_data;
	bool write = read_write == I2C_SMBUS_WRITE;
	int err;

	if (size < 0 || size >= ARRAY_SIZE(kinds) || (!kinds[size] && size != I2C_SMBUS_QUICK))
		return -EOPNOTSUPP;
	if (wait_idle(smbus) < 0)
		return -ETIMEDOUT;
	reg_out(smbus, SMBHSTADD, addr << 1 | (write ? 0 : SMBHSTADD_READ));
	reg_out(smbus, SMBHSTCMD, command);
	if (write && size >= I2C_SMBUS_BYTE_DATA)
		reg_out(smbus, SMBHSTDAT0, data->byte);
	if (write && size == I2C_SMBUS_WORD_DATA)
		reg_out(smbus, SMBHSTDAT1, data->word >> 8);
	if (write && size == I2C_SMBUS_BLOCK_DATA && (err = fill_block(smbus, data)))
		return err;
	err = run(smbus, kinds[size]);
	if (err || write || size == I2C_SMBUS_QUICK)
		return err;
	if (size == I2C_SMBUS_BLOCK_DATA)
		return fetch_block(smbus, data);
	if (size == I2C_SMBUS_WORD_DATA)
		data->word = reg_in(smbus, SMBHSTDAT0) | reg_in(smbus, SMBHSTDAT1) << 8;
	else
		data->byte = reg_in(smbus, SMBHSTDAT0);
	return 0;
}

static u32 piix4_functionality(struct i2c_adapter *adap)
{
	return I2C_FUNC_SMBUS_QUICK | I2C_FUNC_SMBUS_BYTE | I2C_FUNC_SMBUS_BYTE_DATA |
	       I2C_FUNC_SMBUS_WORD_DATA | I2C_FUNC_SMBUS_BLOCK_DATA;
}

static const struct i2c_algorithm piix4_algorithm = {
	.smbus_xfer = piix4_xfer,
	.functionality = piix4_functionality,
};

/* -ENODEV: the firmware has not set it up. */
static int piix4_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct piix4_smbus *smbus;
	u16 base;
	u8 config;
	int err;

	pci_read_config_word(pci, PIIX4_SMBBA, &base);
	pci_read_config_byte(pci, PIIX4_SMBHSTCFG, &config);
	base &= PIIX4_SMBBA_MASK;
	if (!base || !(config & PIIX4_SMBHSTCFG_EN))
		return -ENODEV;
	smbus = kzalloc(sizeof(*smbus), GFP_KERNEL);
	if (!smbus)
		return -ENOMEM;
	err = -EBUSY;
	if (!request_region(base, PIIX4_SMB_PORTS, "piix4_smbus"))
		goto out_free;
	smbus->base = base;
	smbus->adapter.owner = THIS_MODULE;
	smbus->adapter.class = I2C_CLASS_HWMON | I2C_CLASS_SPD;
	smbus->adapter.algo = &piix4_algorithm;
	smbus->adapter.algo_data = smbus;
	smbus->adapter.dev.parent = &pci->dev;
	snprintf(smbus->adapter.name, sizeof(smbus->adapter.name), "SMBus PIIX4 adapter at %04x", base);
	err = i2c_add_adapter(&smbus->adapter);
	if (err)
		goto out_release;
	pci_set_drvdata(pci, smbus);
	dev_info(&pci->dev, "%s: %s\n", dev_name(&smbus->adapter.dev), smbus->adapter.name);
	return 0;

out_release:
	release_region(base, PIIX4_SMB_PORTS);
out_free:
	kfree(smbus);
	return err;
}

static void piix4_remove(struct pci_dev *pci)
{
	struct piix4_smbus *smbus = pci_get_drvdata(pci);

	i2c_del_adapter(&smbus->adapter);
	release_region(smbus->base, PIIX4_SMB_PORTS);
	kfree(smbus);
}

static const struct pci_device_id piix4_ids[] = {
	{ PCI_DEVICE(PCI_VENDOR_ID_INTEL, PCI_DEVICE_ID_INTEL_82371AB_3) },
	{ },
};
MODULE_DEVICE_TABLE(pci, piix4_ids);

static struct pci_driver piix4_driver = {
	.name = "piix4_smbus",
	.id_table = piix4_ids,
	.probe = piix4_probe,
	.remove = piix4_remove,
};

module_pci_driver(piix4_driver);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("SMBus of Intel's PIIX4");
