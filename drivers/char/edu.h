/* What the files of the edu driver share; programs see <linux/edu.h>. */
#ifndef DRIVERS_CHAR_EDU_H
#define DRIVERS_CHAR_EDU_H

#include <linux/edu.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

/* The registers that are the driver's alone: a wrong address there is the end of the machine. */
#define EDU_REG_DMA_SRC		0x80
#define EDU_REG_DMA_DST		0x88
#define EDU_REG_DMA_COUNT	0x90
#define EDU_REG_DMA_CMD		0x98
#define EDU_DMA_CMD_RUN		0x01	/* reads as set until the transfer is over */
#define EDU_DMA_CMD_FROM_CARD	0x02
#define EDU_DMA_CMD_IRQ		0x04

#define EDU_CARD_MEMORY		0x40000	/* where the card sees its own memory */
#define EDU_DMA_BITS		28	/* of an address that it can put on the bus */
#define EDU_TIMEOUT		HZ	/* for an answer; a transfer takes 100 ms */

#define EDU_NOT_MAPPED		2	/* of edu.fault: DMA mappings fail, too */

#define EDU_IRQ_OWN		(EDU_IRQ_FACTORIAL | EDU_IRQ_DMA)

/*
 * [m] lock, may sleep: one operation at a time; mmap_lock is taken inside (copies, pinning)
 * [p] map_lock, may sleep: taken inside mmap_lock, so that mmap() does without the former
 * [i] irq_lock, irq-safe  [I] set by probe, then constant
 */
struct edu {
	struct miscdevice misc;		/* [I] */
	struct kref kref;		/* the driver's, and one an open file */
	struct pci_dev *pci;		/* [I] used only while !gone */
	char name[8];			/* [I] */
	int number, irq;		/* [I] */
	void __iomem *regs;		/* [I] used only while !gone */
	void *buffer;			/* [m] contents: what bounced transfers go through, and programs map */
	dma_addr_t buffer_bus;		/* [I] */
	struct mutex lock;
	struct mutex map_lock;
	struct list_head openings;	/* [p] */
	bool gone;			/* written with [m] and [p]: the card was taken away, ENODEV */
	bool stuck;			/* [m] a transfer was given up: not master of the bus till it ends */
	unsigned int fault;		/* [m] for tests of errors: commands do not reach the card */
	u32 dmas;			/* [m] */

	spinlock_t irq_lock;
	wait_queue_head_t wait;		/* for raised and completed to change */
	u32 raised;			/* [i] by EDU_RAISE, not yet taken by EDU_WAIT */
	u32 completed;			/* [i] EDU_IRQ_OWN: what the card has finished since it was asked */
	u32 interrupts;			/* [i] */
	struct fasync_struct *fasync;	/* fasync_helper()'s lock */
};

struct edu_file {
	struct edu *edu;		/* [I] */
	struct file *file;		/* [I] */
	struct list_head node;		/* [p] */
	u32 operand;			/* [m] */
	bool written;			/* [m] operand is to be computed with */
};

extern const struct file_operations edu_fops;

/* edu.c. All: Context: process; [m] held; -EIO: the card did not answer in time. */
int edu_begin(struct edu *edu);			/* takes [m]: 0, -ERESTARTSYS, -ENODEV */
void edu_end(struct edu *edu);
void edu_forget(struct edu *edu, u32 irq);	/* before asking for something: irq is yet to come */
int edu_await(struct edu *edu, u32 irq);
int edu_factorial(struct edu *edu, u32 n, u32 *result);
void edu_release(struct kref *kref);
/* edu_dma.c: how many transfers it took, or -errno. */
int edu_dma(struct edu *edu, const struct edu_dma *dma);

#endif
