/*
 * <linux/ata.h> - registers, bits and commands of ATA disks.
 *
 * Names follow ATA/ATAPI-6 (T13/1410D): chapter 7 for the registers, 8 for
 * the commands.  Register offsets are from the command block's first port
 * (1F0h or 170h), or from the control block's (3F6h or 376h).
 */
#ifndef _LINUX_ATA_H
#define _LINUX_ATA_H

#include <linux/types.h>

#define ATA_SECT_SIZE		512
#define ATA_SECT_SHIFT		9
#define ATA_ID_WORDS		256
#define ATA_MAX_SECTORS		256		/* of a 28-bit command; its count is then 0 */
#define ATA_LBA28_SECTORS	(1u << 28)	/* what 28 bits reach */

/* Command block (7.2 on). */
#define ATA_REG_DATA		0
#define ATA_REG_ERR		1		/* read */
#define ATA_REG_FEATURE		1		/* write */
#define ATA_REG_NSECT		2
#define ATA_REG_LBAL		3
#define ATA_REG_LBAM		4
#define ATA_REG_LBAH		5
#define ATA_REG_DEVICE		6
#define ATA_REG_STATUS		7		/* read: also acknowledges the interrupt */
#define ATA_REG_CMD		7		/* write */
#define ATA_CMD_BLOCK_PORTS	8

/* Control block: one port. */
#define ATA_REG_ALTSTATUS	0		/* read: acknowledges nothing */
#define ATA_REG_CTL		0		/* write */

/* Status (7.15). */
#define ATA_BUSY		(1 << 7)
#define ATA_DRDY		(1 << 6)
#define ATA_DF			(1 << 5)	/* device fault */
#define ATA_DRQ			(1 << 3)	/* wants data, or has some */
#define ATA_ERR			(1 << 0)

/* Error (7.9). */
#define ATA_ICRC		(1 << 7)
#define ATA_UNC			(1 << 6)
#define ATA_IDNF		(1 << 4)
#define ATA_ABORTED		(1 << 2)

/* Device (7.7). */
#define ATA_LBA			(1 << 6)
#define ATA_DEV1		(1 << 4)
#define ATA_DEVICE_OBS		((1 << 7) | (1 << 5))	/* obsolete, to be set by the host */

/* Device control (7.8). */
#define ATA_NIEN		(1 << 1)	/* no interrupts */
#define ATA_SRST		(1 << 2)	/* software reset */

/* Commands (8). */
#define ATA_CMD_DSM			0x06	/* DATA SET MANAGEMENT, of ACS-2 (T13/2015-D), 7.10 */
#define ATA_CMD_READ			0x20
#define ATA_CMD_READ_EXT		0x24
#define ATA_CMD_READ_DMA_EXT		0x25
#define ATA_CMD_READ_MULTI_EXT		0x29
#define ATA_CMD_WRITE			0x30
#define ATA_CMD_WRITE_EXT		0x34
#define ATA_CMD_WRITE_DMA_EXT		0x35
#define ATA_CMD_WRITE_MULTI_EXT		0x39
#define ATA_CMD_READ_MULTI		0xC4
#define ATA_CMD_WRITE_MULTI		0xC5
#define ATA_CMD_SET_MULTI		0xC6
#define ATA_CMD_READ_DMA		0xC8
#define ATA_CMD_WRITE_DMA		0xCA
#define ATA_CMD_FLUSH			0xE7
#define ATA_CMD_FLUSH_EXT		0xEA
#define ATA_CMD_ID_ATA			0xEC
#define ATA_CMD_ID_ATAPI		0xA1
#define ATA_CMD_SET_FEATURES		0xEF

/* TRIM, a feature of DATA SET MANAGEMENT: a sector of ranges, each 48 bits of sector, 16 of count. */
#define ATA_DSM_TRIM		0x01
#define ATA_TRIM_RANGES		64
#define ATA_TRIM_RANGE_SECTORS	0xffff
#define ATA_TRIM_COUNT_SHIFT	48

/* What a packet device leaves in LBA Mid and High after a reset or IDENTIFY (9.12). */
#define ATAPI_LBAM_SIGNATURE	0x14
#define ATAPI_LBAH_SIGNATURE	0xEB

/* Words of IDENTIFY DEVICE (8.15). */
#define ATA_ID_CONFIG		0
#define ATA_ID_SERNO		10
#define ATA_ID_FW_REV		23
#define ATA_ID_PROD		27
#define ATA_ID_MAX_MULTSECT	47
#define ATA_ID_CAPABILITY	49
#define ATA_ID_LBA_CAPACITY	60
#define ATA_ID_MWDMA_MODES	63
#define ATA_ID_COMMAND_SET_2	83
#define ATA_ID_UDMA_MODES	88
#define ATA_ID_LBA_CAPACITY_2	100
#define ATA_ID_DATA_SET_MGMT	169

#define ATA_ID_CONFIG_NOT_ATA	(1 << 15)	/* word 0 */
#define ATA_ID_HAS_LBA		(1 << 9)	/* word 49 */
#define ATA_ID_HAS_DMA		(1 << 8)	/* word 49 */
#define ATA_ID_DMA_SUPPORTED	0x07		/* words 63, 88: modes 0 to 2 */
#define ATA_ID_HAS_LBA48	(1 << 10)	/* word 83 */
#define ATA_ID_HAS_FLUSH	(1 << 12)	/* word 83 */
#define ATA_ID_HAS_FLUSH_EXT	(1 << 13)	/* word 83 */
#define ATA_ID_HAS_TRIM		(1 << 0)	/* word 169 */

/* Bus-master registers (PIIX datasheet 290550, 2.7): from BAR4, second channel at + 8. */
#define ATA_DMA_CMD		0
#define ATA_DMA_STATUS		2
#define ATA_DMA_TABLE_OFS	4
#define ATA_DMA_CHANNEL_PORTS	8

#define ATA_DMA_START		(1 << 0)	/* command */
#define ATA_DMA_WR		(1 << 3)	/* command: to memory, which a disk read is */
#define ATA_DMA_ACTIVE		(1 << 0)	/* status */
#define ATA_DMA_ERR		(1 << 1)	/* status: written 1 to clear */
#define ATA_DMA_INTR		(1 << 2)	/* status: written 1 to clear */

/*
 * A physical region descriptor: where one contiguous piece of memory lies.
 * The table is aligned to 4 bytes; neither it nor a region crosses 64 KiB.
 */
struct ata_bmdma_prd {
	__le32 addr;
	__le32 flags_len;		/* bytes in the low half, 0 for 64 KiB */
};

#define ATA_PRD_EOT		(1u << 31)	/* the last of the table */
#define ATA_DMA_BOUNDARY	0x10000

#endif
