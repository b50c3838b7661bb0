/*
 * DMA without scatter/gather, on QEMU's card for teaching (PCI 1234:11e8).
 *
 * The buffer is of vmalloc(): one run of addresses for us, pages that lie anywhere for
 * the card, which takes one address and one length. Two ways:
 *
 *	bounce=0	a transfer for each page or part of a page, mapped in its place
 *	bounce=1	copied to a contiguous buffer, one transfer
 *
 * write() sends up to EDU_DMA_SIZE bytes to the card, read() fetches as many back; the log has how many
 * transfers it took, and how long. A transfer, as the driver sees it:
 *
 *	submit()	map, give to the device, tell the card, sleep
 *	nosg_irq()	the card is done: unmap, wake
 *
 * The card is the driver edu's as long as that is bound to it: echo 0000:00:03.0
 * >/sys/bus/pci/drivers/edu/unbind, then load this.
 *
 * Context: process but for the handler. The mutex makes a read() or write() one step.
 */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/edu.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ktime.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#define DMA_SRC		0x80
#define DMA_DST		0x88
#define DMA_COUNT	0x90
#define DMA_CMD		0x98
#define DMA_RUN		0x01
#define DMA_FROM_CARD	0x02
#define DMA_IRQ		0x04
#define CARD_MEMORY	0x40000
#define CARD_DMA_BITS	28
#define START		1000			/* in the buffer: what is moved crosses a page's end */
#define BUFFER_SIZE	(START + EDU_DMA_SIZE)

static bool bounce;
module_param(bounce, bool, 0644);
MODULE_PARM_DESC(bounce, "through a contiguous buffer instead of page by page");

static struct pci_dev *card;			/* [I] by probe, one at most */
static void __iomem *regs;
static char *buffer;				/* move_lock: of vmalloc() */
static void *contiguous;			/* move_lock */
static dma_addr_t contiguous_bus;
static DEFINE_MUTEX(move_lock);

/* The transfer under way; the handler's from the start of it to done, else move_lock. */
static struct {
	dma_addr_t bus;
	size_t len;
	enum dma_data_direction dir;		/* DMA_NONE: nothing to unmap */
	struct completion done;
} now;

static void unmap(void)
{
	if (now.dir != DMA_NONE)
		dma_unmap_page(&card->dev, now.bus, now.len, now.dir);
}

static irqreturn_t nosg_irq(int irq, void *dev_id)
{
	u32 status = readl(regs + EDU_REG_IRQ_STATUS);

	if (!status)
		return IRQ_NONE;
	writel(status, regs + EDU_REG_IRQ_ACK);
	if (status & EDU_IRQ_DMA && !(readl(regs + DMA_CMD) & DMA_RUN)) {
		unmap();
		complete(&now.done);
	}
	return IRQ_HANDLED;
}

/* One transfer of what `now` says, to or from the card's memory at @at. 0, -EIO: no answer. */
static int submit(u32 at, bool from_card)
{
	if (readl(regs + DMA_CMD) & DMA_RUN) {	/* still the one that was given up */
		unmap();
		return -EIO;
	}
	pci_set_master(card);
	reinit_completion(&now.done);
	writel(from_card ? CARD_MEMORY + at : lower_32_bits(now.bus), regs + DMA_SRC);
	writel(from_card ? lower_32_bits(now.bus) : CARD_MEMORY + at, regs + DMA_DST);
	writel(now.len, regs + DMA_COUNT);
	writel(DMA_RUN | DMA_IRQ | (from_card ? DMA_FROM_CARD : 0), regs + DMA_CMD);
	if (wait_for_completion_timeout(&now.done, HZ))
		return 0;
	pci_clear_master(card);			/* or it might still write to what is unmapped */
	unmap();
	return -EIO;
}

/* How many transfers it took, or -errno. */
static int move_by_page(size_t count, bool from_card)
{
	size_t done, part;
	int transfers = 0, err;

	for (done = 0; done < count; done += part, transfers++) {
		char *at = buffer + START + done;

		part = min_t(size_t, count - done, PAGE_SIZE - offset_in_page(at));
		now.len = part;
		now.dir = from_card ? DMA_FROM_DEVICE : DMA_TO_DEVICE;
		now.bus = dma_map_page(&card->dev, vmalloc_to_page(at), offset_in_page(at), part, now.dir);
		if (dma_mapping_error(&card->dev, now.bus))
			return -EIO;
		/* Says what mapping has just done; needed when a mapping is used again. */
		dma_sync_single_for_device(&card->dev, now.bus, part, now.dir);
		err = submit(done, from_card);
		if (err)
			return err;
	}
	return transfers;
}

static int move_bounced(size_t count, bool from_card)
{
	int err;

	if (!from_card)
		memcpy(contiguous, buffer + START, count);
	now.len = count;
	now.bus = contiguous_bus;
	now.dir = DMA_NONE;			/* coherent: mapped for good */
	err = submit(0, from_card);
	if (!err && from_card)
		memcpy(buffer + START, contiguous, count);
	return err ?: 1;
}

static int move(size_t count, bool from_card)
{
	ktime_t start = ktime_get();
	int transfers = bounce ? move_bounced(count, from_card) : move_by_page(count, from_card);

	if (transfers > 0)
		dev_info(&card->dev, "%zu bytes %s, %s: %d transfers, %lld ms\n", count,
			 from_card ? "fetched" : "sent", bounce ? "bounced" : "by page", transfers,
			 ktime_ms_delta(ktime_get(), start));
	return transfers;
}

static ssize_t nosg_write(struct file *file, const char __user *from, size_t count, loff_t *ppos)
{
	int ret;

	count = min_t(size_t, count, EDU_DMA_SIZE);
	if (mutex_lock_interruptible(&move_lock))
		return -ERESTARTSYS;
	ret = copy_from_user(buffer + START, from, count) ? -EFAULT : count ? move(count, false) : 0;
	mutex_unlock(&move_lock);
	return ret < 0 ? ret : count;
}

static ssize_t nosg_read(struct file *file, char __user *to, size_t count, loff_t *ppos)
{
	int ret;

	count = min_t(size_t, count, EDU_DMA_SIZE);
	if (mutex_lock_interruptible(&move_lock))
		return -ERESTARTSYS;
	ret = count ? move(count, true) : 0;
	if (ret >= 0 && copy_to_user(to, buffer + START, count))
		ret = -EFAULT;
	mutex_unlock(&move_lock);
	return ret < 0 ? ret : count;
}

static const struct file_operations nosg_fops = {
	.owner = THIS_MODULE,
	.read = nosg_read,
	.write = nosg_write,
	.llseek = no_llseek,
};

static struct miscdevice nosg_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "nosg", .fops = &nosg_fops };

/* Memory for it; freed by the device's departure, or a failing probe. */
static int take_memory(struct pci_dev *pci)
{
	int err = dma_set_mask_and_coherent(&pci->dev, DMA_BIT_MASK(CARD_DMA_BITS));

	if (err)
		return err;
	contiguous = dmam_alloc_coherent(&pci->dev, EDU_DMA_SIZE, &contiguous_bus, GFP_KERNEL);
	if (!contiguous)
		return -ENOMEM;
	buffer = vmalloc(BUFFER_SIZE);
	return buffer ? 0 : -ENOMEM;
}

static int nosg_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	int err;

	if (card)
		return -EBUSY;
	init_completion(&now.done);
	err = pci_enable_device(pci);
	if (err)
		return err;
	err = pci_request_regions(pci, "nosg");
	if (err)
		goto out_disable;
	err = -ENOMEM;
	regs = pci_iomap(pci, 0, 0);
	if (!regs)
		goto out_regions;
	err = take_memory(pci);
	if (err)
		goto out_unmap;
	pci_set_master(pci);			/* a message is a write, too */
	err = pci_alloc_irq_vectors(pci, 1, 1, PCI_IRQ_ALL_TYPES);
	if (err < 0)
		goto out_memory;
	err = request_irq(pci_irq_vector(pci, 0), nosg_irq, IRQF_SHARED, "nosg", pci);
	if (err)
		goto out_vectors;
	card = pci;
	err = misc_register(&nosg_misc);
	if (!err)
		return 0;

	card = NULL;
	free_irq(pci_irq_vector(pci, 0), pci);
out_vectors:
	pci_free_irq_vectors(pci);
out_memory:
	vfree(buffer);
out_unmap:
	pci_iounmap(pci, regs);
out_regions:
	pci_release_regions(pci);
out_disable:
	pci_disable_device(pci);
	return err;
}

static void nosg_remove(struct pci_dev *pci)
{
	misc_deregister(&nosg_misc);
	free_irq(pci_irq_vector(pci, 0), pci);
	pci_free_irq_vectors(pci);
	pci_clear_master(pci);
	vfree(buffer);
	pci_iounmap(pci, regs);
	pci_release_regions(pci);
	pci_disable_device(pci);
	card = NULL;
}

static const struct pci_device_id nosg_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ },
};
MODULE_DEVICE_TABLE(pci, nosg_ids);

static struct pci_driver nosg_driver = {
	.name = "nosg",
	.id_table = nosg_ids,
	.probe = nosg_probe,
	.remove = nosg_remove,
};
module_pci_driver(nosg_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("DMA without scatter/gather, in two ways");
