/*
 * Transfers between edu's 4 KiB of memory and a program's buffer.
 *
 * The card takes one address and one length: it knows no scatter/gather. A
 * program's buffer lies in pages that are anywhere, so there are two ways:
 *
 *	for each page	pin the pages, map each part, one transfer a part: nothing is
 *			copied, but each transfer costs its time and an interrupt
 *	bounce		copy it to a contiguous buffer, one transfer (or the other way)
 *
 * Context: process, with edu->lock; sleeps 100 ms a transfer.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/minmax.h>
#include <linux/uaccess.h>
#include "edu.h"

#define EDU_DMA_FLAGS	(EDU_DMA_FROM_CARD | EDU_DMA_BOUNCE | EDU_DMA_BUFFER)
#define PAGES_MAX	2	/* that EDU_DMA_SIZE bytes lie in */

/*
 * One transfer of @len bytes at bus address @bus. If the card does not end it, it loses the bus,
 * or it might write to memory that is somebody else's by then.
 */
static int transfer(struct edu *edu, dma_addr_t bus, u32 offset, u32 len, bool from_card)
{
	u32 card = EDU_CARD_MEMORY + offset;
	u32 cmd = EDU_DMA_CMD_RUN | EDU_DMA_CMD_IRQ | (from_card ? EDU_DMA_CMD_FROM_CARD : 0);
	int err;

	if (edu->stuck)
		return -EIO;
	edu_forget(edu, EDU_IRQ_DMA);
	writel(from_card ? card : bus, edu->regs + EDU_REG_DMA_SRC);
	writel(from_card ? bus : card, edu->regs + EDU_REG_DMA_DST);
	writel(len, edu->regs + EDU_REG_DMA_COUNT);
	if (!edu->fault)
		writel(cmd, edu->regs + EDU_REG_DMA_CMD);
	err = edu_await(edu, EDU_IRQ_DMA);
	if (err) {
		pci_clear_master(edu->pci);
		edu->stuck = true;		/* until edu_begin() finds it idle */
	} else {
		edu->dmas++;
	}
	return err;
}

/* A part of a page: mapped for the time of one transfer. */
static int transfer_part(struct edu *edu, struct page *page, u32 at, u32 offset, u32 len, bool from_card)
{
	enum dma_data_direction dir = from_card ? DMA_FROM_DEVICE : DMA_TO_DEVICE;
	struct device *dev = &edu->pci->dev;
	dma_addr_t bus = edu->fault == EDU_NOT_MAPPED ? DMA_MAPPING_ERROR : dma_map_page(dev, page, at, len, dir);
	int err;

	if (dma_mapping_error(dev, bus))
		return -EIO;
	err = transfer(edu, bus, offset, len, from_card);
	dma_unmap_page(dev, bus, len, dir);
	return err;
}

static int dma_by_page(struct edu *edu, const struct edu_dma *dma, bool from_card)
{
	u32 at = offset_in_page(dma->addr), done = 0, len;
	struct page *pages[PAGES_MAX];
	int wanted = DIV_ROUND_UP(at + dma->len, PAGE_SIZE), pinned, i, err = 0;

	pinned = pin_user_pages_fast(dma->addr, wanted, from_card ? FOLL_WRITE : 0, pages);
	if (pinned < 0)
		return pinned;
	if (pinned < wanted)
		err = -EFAULT;
	for (i = 0; i < wanted && !err; i++, done += len, at = 0) {
		len = min_t(u32, dma->len - done, PAGE_SIZE - at);
		err = transfer_part(edu, pages[i], at, dma->offset + done, len, from_card);
	}
	unpin_user_pages_dirty_lock(pages, pinned, from_card);
	return err ?: wanted;
}

static int dma_bounced(struct edu *edu, const struct edu_dma *dma, bool from_card)
{
	void __user *user = (void __user *)(unsigned long)dma->addr;
	int err;

	if (!from_card && copy_from_user(edu->buffer, user, dma->len))
		return -EFAULT;
	err = transfer(edu, edu->buffer_bus, dma->offset, dma->len, from_card);
	if (!err && from_card && copy_to_user(user, edu->buffer, dma->len))
		return -EFAULT;
	return err ?: 1;
}

/* The program has put it there itself, or will take it from there: see edu_mmap(). */
static int dma_mapped(struct edu *edu, const struct edu_dma *dma, bool from_card)
{
	if (dma->addr > EDU_DMA_SIZE - dma->len)
		return -EINVAL;
	return transfer(edu, edu->buffer_bus + dma->addr, dma->offset, dma->len, from_card) ?: 1;
}

int edu_dma(struct edu *edu, const struct edu_dma *dma)
{
	bool from_card = dma->flags & EDU_DMA_FROM_CARD;

	if (dma->flags & ~EDU_DMA_FLAGS || dma->pad || dma->addr > ULONG_MAX)
		return -EINVAL;
	if (!dma->len || dma->len > EDU_DMA_SIZE || dma->offset > EDU_DMA_SIZE - dma->len)
		return -EINVAL;
	if (dma->flags & EDU_DMA_BUFFER)
		return dma_mapped(edu, dma, from_card);
	if (dma->flags & EDU_DMA_BOUNCE)
		return dma_bounced(edu, dma, from_card);
	return dma_by_page(edu, dma, from_card);
}
