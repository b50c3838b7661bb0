/*
 * The SMBus controller in the power management function of Intel's PIIX4: Intel
 * 82371AB datasheet (290562), chapter 7.3 for the ports, 7.1 for configuration space.
 */
#ifndef I2C_PIIX4_H
#define I2C_PIIX4_H

#include <linux/i2c.h>

#define PIIX4_SMBBA		0x90	/* configuration: base of the ports */
#define  PIIX4_SMBBA_MASK	0xfff0
#define PIIX4_SMBHSTCFG		0xd2
#define  PIIX4_SMBHSTCFG_EN	0x01
#define PIIX4_SMB_PORTS		8

#define SMBHSTSTS		0	/* a 1 written clears the bit */
#define  SMBHSTSTS_HOST_BUSY	0x01
#define  SMBHSTSTS_INTR		0x02	/* done */
#define  SMBHSTSTS_DEV_ERR	0x04	/* nobody answered, or not in time */
#define  SMBHSTSTS_BUS_ERR	0x08	/* another master won */
#define  SMBHSTSTS_FAILED	0x10	/* killed */
#define  SMBHSTSTS_ALL		0x1f
#define SMBHSTCNT		2
#define  SMBHSTCNT_KILL		0x02
#define  SMBHSTCNT_QUICK	0x00
#define  SMBHSTCNT_BYTE		0x04
#define  SMBHSTCNT_BYTE_DATA	0x08
#define  SMBHSTCNT_WORD_DATA	0x0c
#define  SMBHSTCNT_BLOCK_DATA	0x14
#define  SMBHSTCNT_START	0x40
#define SMBHSTCMD		3
#define SMBHSTADD		4	/* address << 1 */
#define  SMBHSTADD_READ		0x01
#define SMBHSTDAT0		5
#define SMBHSTDAT1		6
#define SMBBLKDAT		7	/* one byte after another */

struct piix4_smbus {
	struct i2c_adapter adapter;
	unsigned short base;		/* [I] */
};

#endif
