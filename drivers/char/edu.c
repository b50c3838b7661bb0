/*
 * QEMU's card for teaching, PCI 1234:11e8, as /dev/edu0, edu1, …
 *
 *	edu.c		finding it, its interrupt, the factorial, attributes
 *	edu_file.c	read, write, ioctl, mmap, poll
 *	edu_dma.c	transfers between its 4 KiB of memory and ours
 *
 * An operation takes the mutex, tells the card what to do and sleeps until the
 * interrupt says that it is done, a second at most. The interrupt is a message
 * (MSI) where the machine can deliver one, else its pin's line, shared with others.
 *
 * The card may be taken away (unbind) while files are open: they get ENODEV, and
 * struct edu goes with the last of them.
 *
 * Registers: QEMU's docs/specs/edu.txt; <linux/edu.h>.
 */
#include <linux/dma-mapping.h>
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include "edu.h"

#define PCI_VENDOR_EDU		0x1234
#define PCI_DEVICE_EDU		0x11e8
#define EDU_BAR			0
#define EDU_ID_MASK		0xffff
#define EDU_ID			0x00ed
#define EDU_ABSENT		(~0u)		/* what a bus without an answer reads as */
#define LIVENESS_PATTERN	0x5aa50ff0

static DEFINE_IDA(edu_numbers);

/* ------------------------------------------------------------------ one operation */

int edu_begin(struct edu *edu)
{
	if (mutex_lock_interruptible(&edu->lock))
		return -ERESTARTSYS;
	if (edu->gone) {
		mutex_unlock(&edu->lock);
		return -ENODEV;
	}
	/* A transfer that was given up has ended at last: the card may use the bus again. */
	if (edu->stuck && !(readl(edu->regs + EDU_REG_DMA_CMD) & EDU_DMA_CMD_RUN)) {
		edu->stuck = false;
		pci_set_master(edu->pci);
	}
	return 0;
}

void edu_end(struct edu *edu)
{
	mutex_unlock(&edu->lock);
}

void edu_forget(struct edu *edu, u32 irq)
{
	spin_lock_irq(&edu->irq_lock);
	edu->completed &= ~irq;
	spin_unlock_irq(&edu->irq_lock);
}

int edu_await(struct edu *edu, u32 irq)
{
	lockdep_assert_held(&edu->lock);
	if (wait_event_timeout(edu->wait, READ_ONCE(edu->completed) & irq, EDU_TIMEOUT))
		return 0;
	dev_err(&edu->pci->dev, "no answer\n");
	return -EIO;
}

int edu_factorial(struct edu *edu, u32 n, u32 *result)
{
	int err;

	edu_forget(edu, EDU_IRQ_FACTORIAL);
	writel(EDU_STATUS_IRQFACT, edu->regs + EDU_REG_STATUS);
	if (!edu->fault)
		writel(n, edu->regs + EDU_REG_FACTORIAL);
	err = edu_await(edu, EDU_IRQ_FACTORIAL);
	if (!err)
		*result = readl(edu->regs + EDU_REG_FACTORIAL);
	return err;
}

/* What of its own work the card has really done: programs that map registers can raise anything. */
static u32 really_done(struct edu *edu, u32 status)
{
	if (readl(edu->regs + EDU_REG_STATUS) & EDU_STATUS_COMPUTING)
		status &= ~EDU_IRQ_FACTORIAL;
	if (readl(edu->regs + EDU_REG_DMA_CMD) & EDU_DMA_CMD_RUN)
		status &= ~EDU_IRQ_DMA;
	return status & EDU_IRQ_OWN;
}

/* Acknowledged before it is looked at: what happens meanwhile raises another interrupt. */
static irqreturn_t edu_interrupt(int irq, void *dev_id)
{
	struct edu *edu = dev_id;
	u32 status = readl(edu->regs + EDU_REG_IRQ_STATUS);

	if (!status || status == EDU_ABSENT)
		return IRQ_NONE;
	writel(status, edu->regs + EDU_REG_IRQ_ACK);
	spin_lock(&edu->irq_lock);
	edu->interrupts++;
	edu->raised |= status & ~EDU_IRQ_OWN;
	if (status & EDU_IRQ_OWN)
		edu->completed |= really_done(edu, status);
	spin_unlock(&edu->irq_lock);
	wake_up(&edu->wait);
	if (status & ~EDU_IRQ_OWN)
		kill_fasync(&edu->fasync, SIGIO, POLL_PRI);
	return IRQ_HANDLED;
}

/* ------------------------------------------------------------------ attributes */

static struct edu *edu_of(struct device *dev)
{
	return container_of(dev_get_drvdata(dev), struct edu, misc);
}

static ssize_t id_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct edu *edu = edu_of(dev);
	u32 id;
	int err = edu_begin(edu);

	if (err)
		return err;
	id = readl(edu->regs + EDU_REG_ID);
	edu_end(edu);
	return sysfs_emit(buf, "0x%08x\n", id);
}
static DEVICE_ATTR_RO(id);

/* One step, so that nobody reads another's result: n goes in, and what is read is n!. */
static ssize_t factorial_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct edu *edu = edu_of(dev);
	u32 result;
	int err = edu_begin(edu);

	if (err)
		return err;
	result = readl(edu->regs + EDU_REG_FACTORIAL);
	edu_end(edu);
	return sysfs_emit(buf, "%u\n", result);
}

static ssize_t factorial_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct edu *edu = edu_of(dev);
	u32 n, result;
	int err = kstrtou32(buf, 0, &n);

	if (!err)
		err = edu_begin(edu);
	if (err)
		return err;
	err = edu_factorial(edu, n, &result);
	edu_end(edu);
	return err ?: count;
}
static DEVICE_ATTR_RW(factorial);

static ssize_t fault_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct edu *edu = edu_of(dev);
	unsigned int fault;
	int err = kstrtouint(buf, 0, &fault);

	if (!err)
		err = edu_begin(edu);
	if (err)
		return err;
	edu->fault = fault;
	edu_end(edu);
	return count;
}
static DEVICE_ATTR_WO(fault);

static struct attribute *edu_attrs[] = {
	&dev_attr_id.attr, &dev_attr_factorial.attr, &dev_attr_fault.attr, NULL,
};
ATTRIBUTE_GROUPS(edu);

/* ------------------------------------------------------------------ coming and going */

void edu_release(struct kref *kref)
{
	struct edu *edu = container_of(kref, struct edu, kref);

	ida_free(&edu_numbers, edu->number);
	kfree(edu);
}

/* -ENODEV: nothing or something else answers; -EIO: it does not do what it should. */
static int check_card(struct edu *edu)
{
	u32 id = readl(edu->regs + EDU_REG_ID);

	if (id == EDU_ABSENT || (id & EDU_ID_MASK) != EDU_ID)
		return -ENODEV;
	writel(LIVENESS_PATTERN, edu->regs + EDU_REG_LIVENESS);
	return readl(edu->regs + EDU_REG_LIVENESS) == (u32)~LIVENESS_PATTERN ? 0 : -EIO;
}

/* Ranges, registers, masks, memory: what needs no interrupt. */
static int edu_acquire(struct edu *edu, struct pci_dev *pci)
{
	int err = pci_enable_device(pci);

	if (err)
		return err;
	err = pci_request_regions(pci, "edu");
	if (err)
		goto out_disable;
	err = -ENOMEM;
	edu->regs = pci_iomap(pci, EDU_BAR, 0);
	if (!edu->regs)
		goto out_regions;
	err = check_card(edu) ?: dma_set_mask_and_coherent(&pci->dev, DMA_BIT_MASK(EDU_DMA_BITS));
	if (err)
		goto out_unmap;
	err = -ENOMEM;
	edu->buffer = dma_alloc_coherent(&pci->dev, EDU_DMA_SIZE, &edu->buffer_bus, GFP_KERNEL);
	if (edu->buffer) {
		pci_set_master(pci);		/* a message is a write, too */
		return 0;
	}

out_unmap:
	pci_iounmap(pci, edu->regs);
out_regions:
	pci_release_regions(pci);
out_disable:
	pci_disable_device(pci);
	return err;
}

/* Also ends what the card might still be doing: it is not master of the bus any more. */
static void edu_give_back(struct edu *edu)
{
	struct pci_dev *pci = edu->pci;

	pci_clear_master(pci);
	dma_free_coherent(&pci->dev, EDU_DMA_SIZE, edu->buffer, edu->buffer_bus);
	pci_iounmap(pci, edu->regs);
	pci_release_regions(pci);
	pci_disable_device(pci);
}

static int edu_take_irq(struct edu *edu)
{
	int err = pci_alloc_irq_vectors(edu->pci, 1, 1, PCI_IRQ_ALL_TYPES);

	if (err < 0)
		return err;
	edu->irq = pci_irq_vector(edu->pci, 0);
	err = request_irq(edu->irq, edu_interrupt, IRQF_SHARED, edu->name, edu);
	if (err)
		pci_free_irq_vectors(edu->pci);
	return err;
}

static void edu_free_irq(struct edu *edu)
{
	free_irq(edu->irq, edu);
	pci_free_irq_vectors(edu->pci);
}

static struct edu *edu_alloc(struct pci_dev *pci)
{
	struct edu *edu = kzalloc(sizeof(*edu), GFP_KERNEL);

	if (!edu)
		return NULL;
	edu->number = ida_alloc(&edu_numbers, GFP_KERNEL);
	if (edu->number < 0) {
		kfree(edu);
		return NULL;
	}
	kref_init(&edu->kref);
	mutex_init(&edu->lock);
	mutex_init(&edu->map_lock);
	INIT_LIST_HEAD(&edu->openings);
	spin_lock_init(&edu->irq_lock);
	init_waitqueue_head(&edu->wait);
	edu->pci = pci;
	snprintf(edu->name, sizeof(edu->name), "edu%d", edu->number);
	edu->misc = (struct miscdevice) {
		.minor = MISC_DYNAMIC_MINOR, .name = edu->name, .fops = &edu_fops,
		.parent = &pci->dev, .groups = edu_groups, .mode = 0600,
	};
	return edu;
}

/* The node goes live last, when everything behind it works. */
static int edu_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct edu *edu = edu_alloc(pci);
	int err;

	if (!edu)
		return -ENOMEM;
	err = edu_acquire(edu, pci);
	if (err)
		goto out_put;
	err = edu_take_irq(edu);
	if (err)
		goto out_give_back;
	err = misc_register(&edu->misc);
	if (err)
		goto out_irq;
	pci_set_drvdata(pci, edu);
	dev_info(&pci->dev, "%s: version %u.%u, irq %d (%s)\n", edu->name,
		 readl(edu->regs + EDU_REG_ID) >> 24, readl(edu->regs + EDU_REG_ID) >> 16 & 0xff,
		 edu->irq, pci->msi_enabled ? "message" : "line");
	return 0;

out_irq:
	edu_free_irq(edu);
out_give_back:
	edu_give_back(edu);
out_put:
	kref_put(&edu->kref, edu_release);
	return err;
}

/* No operation goes on or starts any more; what is mapped answers with SIGBUS. */
static void edu_set_gone(struct edu *edu)
{
	struct edu_file *opening;

	mutex_lock(&edu->lock);
	mutex_lock(&edu->map_lock);
	edu->gone = true;
	list_for_each_entry(opening, &edu->openings, node)
		unmap_mapping_range(opening->file->f_mapping, 0, 0, 1);
	mutex_unlock(&edu->map_lock);
	mutex_unlock(&edu->lock);
	wake_up(&edu->wait);
}

/* Nobody opens it any more; then nobody uses it; then its interrupt and memory go. */
static void edu_remove(struct pci_dev *pci)
{
	struct edu *edu = pci_get_drvdata(pci);

	misc_deregister(&edu->misc);
	edu_set_gone(edu);
	edu_free_irq(edu);
	edu_give_back(edu);
	kref_put(&edu->kref, edu_release);
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(PCI_VENDOR_EDU, PCI_DEVICE_EDU) },
	{ },
};
MODULE_DEVICE_TABLE(pci, edu_ids);

static struct pci_driver edu_driver = {
	.name = "edu",
	.id_table = edu_ids,
	.probe = edu_probe,
	.remove = edu_remove,
};

module_pci_driver(edu_driver);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("QEMU's card for teaching");
