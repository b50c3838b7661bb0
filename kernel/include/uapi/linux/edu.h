/*
 * <linux/edu.h> - /dev/edu0, QEMU's device for teaching: for the driver and for programs.
 *
 *	write(4 bytes)	a number; read(4 bytes): its factorial, modulo 2^32
 *	mmap()		at EDU_MAP_REGS the registers, at EDU_MAP_DMA the DMA buffer
 *	poll()		POLLPRI: an interrupt of EDU_RAISE waits for EDU_WAIT
 *
 * The registers are at EDU_REG_* of the first mapping, 32 bits each.
 */
#ifndef _UAPI_LINUX_EDU_H
#define _UAPI_LINUX_EDU_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* Registers, by QEMU's docs/specs/edu.txt. */
#define EDU_REG_ID		0x00	/* read only: 0xRRrr00ed, RR.rr the version */
#define EDU_REG_LIVENESS	0x04	/* reads as the complement of what was written */
#define EDU_REG_FACTORIAL	0x08	/* n is written, n! read when not computing */
#define EDU_REG_STATUS		0x20	/* EDU_STATUS_* */
#define EDU_REG_IRQ_STATUS	0x24	/* read only: EDU_IRQ_* and what was raised */
#define EDU_REG_IRQ_RAISE	0x60	/* write only: sets bits of IRQ_STATUS */
#define EDU_REG_IRQ_ACK		0x64	/* write only: clears them */

#define EDU_STATUS_COMPUTING	0x01
#define EDU_STATUS_IRQFACT	0x80	/* an interrupt when n! is there */
#define EDU_IRQ_FACTORIAL	0x001
#define EDU_IRQ_DMA		0x100

#define EDU_MAP_REGS		0
#define EDU_MAP_DMA		0x100000
/*
 * Bytes of the card's own memory that can be used: it has 4096, but QEMU before 9.1 takes a transfer
 * up to the last one for a transfer beyond it, and ends.
 */
#define EDU_DMA_SIZE		4095

/* Several values of one moment. */
struct edu_info {
	__u32 id;
	__u32 status;
	__u32 interrupts;	/* taken so far */
	__u32 dmas;		/* transfers so far */
};

/* Between @addr and the card's memory. */
struct edu_dma {
	__u64 addr;		/* of the program; with EDU_DMA_BUFFER an offset into the mapped buffer */
	__u32 offset;		/* in the card's memory */
	__u32 len;
	__u32 flags;		/* EDU_DMA_*; none: to the card, a transfer for each page */
	__u32 pad;
};

#define EDU_DMA_FROM_CARD	1
#define EDU_DMA_BOUNCE		2	/* one transfer, through a contiguous buffer */
#define EDU_DMA_BUFFER		4

#define EDU_IOC_MAGIC	0xed
#define EDU_NOOP	_IO(EDU_IOC_MAGIC, 0)
#define EDU_FACTORIAL	_IOWR(EDU_IOC_MAGIC, 1, __u32)
#define EDU_LIVENESS	_IOWR(EDU_IOC_MAGIC, 2, __u32)
#define EDU_GET_INFO	_IOR(EDU_IOC_MAGIC, 3, struct edu_info)
#define EDU_RAISE	_IO(EDU_IOC_MAGIC, 4)		/* arg: the bits, none of the driver's two */
#define EDU_WAIT	_IOR(EDU_IOC_MAGIC, 5, __u32)	/* until some were raised: which */
#define EDU_DMA		_IOW(EDU_IOC_MAGIC, 6, struct edu_dma) /* returns how many transfers it took */

#endif
