/*
 * /dev/edu0 as programs see it: three ways to one register.
 *
 *	write(), read()	programmed I/O by the kernel: the first read() after a write() stores
 *			the number in the card, waits, fetches the result, copies it
 *	ioctl()		both in one call
 *	mmap()		the registers themselves, no call at all; or the DMA buffer
 *
 * A number that was written belongs to the opening, the card to all.
 *
 * Context: process; all may sleep.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "edu.h"

/* misc_open() holds off edu_remove(), so that the card is there. */
static int edu_open(struct inode *inode, struct file *file)
{
	struct edu *edu = container_of(file->private_data, struct edu, misc);
	struct edu_file *opening = kzalloc(sizeof(*opening), GFP_KERNEL);

	if (!opening)
		return -ENOMEM;
	kref_get(&edu->kref);
	opening->edu = edu;
	opening->file = file;
	file->private_data = opening;
	mutex_lock(&edu->map_lock);
	list_add(&opening->node, &edu->openings);
	mutex_unlock(&edu->map_lock);
	return nonseekable_open(inode, file);
}

static ssize_t edu_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct edu_file *opening = file->private_data;
	u32 operand;
	int err;

	if (count != sizeof(operand))
		return -EINVAL;
	if (copy_from_user(&operand, buf, sizeof(operand)))
		return -EFAULT;
	err = edu_begin(opening->edu);
	if (err)
		return err;
	opening->operand = operand;
	opening->written = true;
	edu_end(opening->edu);
	return sizeof(operand);
}

/* A number that was written is computed with once; after that, what the register holds. */
static ssize_t edu_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct edu_file *opening = file->private_data;
	u32 result;
	int err;

	if (count != sizeof(result))
		return -EINVAL;
	err = edu_begin(opening->edu);
	if (err)
		return err;
	if (opening->written)
		err = edu_factorial(opening->edu, opening->operand, &result);
	else
		result = readl(opening->edu->regs + EDU_REG_FACTORIAL);
	opening->written = false;
	edu_end(opening->edu);
	if (err)
		return err;
	return copy_to_user(buf, &result, sizeof(result)) ? -EFAULT : sizeof(result);
}

/* ------------------------------------------------------------------ ioctl */

/* Takes what was raised, all of it; 0 if nothing. */
static u32 take_raised(struct edu *edu)
{
	u32 raised;

	spin_lock_irq(&edu->irq_lock);
	raised = edu->raised;
	edu->raised = 0;
	spin_unlock_irq(&edu->irq_lock);
	return raised;
}

/* Without the mutex: others go on meanwhile. */
static long edu_wait(struct edu *edu, struct file *file, u32 __user *arg)
{
	u32 raised;

	while (!(raised = take_raised(edu))) {
		if (READ_ONCE(edu->gone))
			return -ENODEV;
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(edu->wait, READ_ONCE(edu->raised) || READ_ONCE(edu->gone)))
			return -ERESTARTSYS;
	}
	return put_user(raised, arg);
}

/* The requests below are one operation each: edu_begin() before, edu_end() after. */

static long edu_exchange(struct edu *edu, unsigned int cmd, u32 __user *arg)
{
	u32 value;
	int err = 0;

	if (get_user(value, arg))
		return -EFAULT;
	if (cmd == EDU_FACTORIAL) {
		err = edu_factorial(edu, value, &value);
	} else {
		writel(value, edu->regs + EDU_REG_LIVENESS);
		value = readl(edu->regs + EDU_REG_LIVENESS);
	}
	return err ?: put_user(value, arg);
}

static long edu_get_info(struct edu *edu, struct edu_info __user *arg)
{
	struct edu_info info = {
		.id = readl(edu->regs + EDU_REG_ID),
		.status = readl(edu->regs + EDU_REG_STATUS),
		.dmas = edu->dmas,
	};

	spin_lock_irq(&edu->irq_lock);
	info.interrupts = edu->interrupts;
	spin_unlock_irq(&edu->irq_lock);
	return copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : 0;
}

static long edu_raise(struct edu *edu, u32 bits)
{
	if (!bits || bits & EDU_IRQ_OWN)
		return -EINVAL;
	writel(bits, edu->regs + EDU_REG_IRQ_RAISE);
	return 0;
}

static long edu_user_dma(struct edu *edu, const struct edu_dma __user *arg)
{
	struct edu_dma dma;

	return copy_from_user(&dma, arg, sizeof(dma)) ? -EFAULT : edu_dma(edu, &dma);
}

static long edu_request(struct edu *edu, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case EDU_FACTORIAL:
	case EDU_LIVENESS:
		return edu_exchange(edu, cmd, (u32 __user *)arg);
	case EDU_GET_INFO:
		return edu_get_info(edu, (struct edu_info __user *)arg);
	case EDU_RAISE:
		return edu_raise(edu, arg);
	case EDU_DMA:
		return edu_user_dma(edu, (struct edu_dma __user *)arg);
	default:
		return -ENOTTY;
	}
}

static long edu_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct edu *edu = ((struct edu_file *)file->private_data)->edu;
	long ret;

	if (cmd == EDU_NOOP)		/* for measuring the way here and back */
		return 0;
	if (cmd == EDU_WAIT)
		return edu_wait(edu, file, (u32 __user *)arg);
	ret = edu_begin(edu);
	if (ret)
		return ret;
	ret = edu_request(edu, cmd, arg);
	edu_end(edu);
	return ret;
}

/* ------------------------------------------------------------------ mmap, poll, SIGIO */

/* Never cached: each access of the program is one of the card's registers. */
static int map_registers(struct edu *edu, struct vm_area_struct *vma)
{
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	vm_flags_set(vma, VM_IO | VM_DONTEXPAND | VM_DONTDUMP);
	if (io_remap_pfn_range(vma, vma->vm_start, pci_resource_start(edu->pci, 0) >> PAGE_SHIFT,
			       PAGE_SIZE, vma->vm_page_prot))
		return -EAGAIN;
	return 0;
}

/* [p] held. */
static int map(struct edu *edu, struct vm_area_struct *vma)
{
	unsigned long offset = vma->vm_pgoff << PAGE_SHIFT;

	if (edu->gone)
		return -ENODEV;
	if (offset == EDU_MAP_REGS)
		return map_registers(edu, vma);
	if (offset != EDU_MAP_DMA)
		return -EINVAL;
	vma->vm_pgoff = 0;		/* from here on: within the buffer */
	return dma_mmap_coherent(&edu->pci->dev, vma, edu->buffer, edu->buffer_bus, EDU_DMA_SIZE);
}

/* Shared only: a private copy of a register would not be one. */
static int edu_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct edu *edu = ((struct edu_file *)file->private_data)->edu;
	int err;

	if (vma->vm_end - vma->vm_start != PAGE_SIZE || !(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	mutex_lock(&edu->map_lock);
	err = map(edu, vma);
	mutex_unlock(&edu->map_lock);
	return err;
}

/* The card computes in a moment: read() and write() count as ready. */
static __poll_t edu_poll(struct file *file, struct poll_table_struct *table)
{
	struct edu *edu = ((struct edu_file *)file->private_data)->edu;

	poll_wait(file, &edu->wait, table);
	if (READ_ONCE(edu->gone))
		return EPOLLHUP | EPOLLERR;
	return EPOLLIN | EPOLLRDNORM | EPOLLOUT | EPOLLWRNORM | (READ_ONCE(edu->raised) ? EPOLLPRI : 0);
}

static int edu_fasync(int fd, struct file *file, int on)
{
	struct edu *edu = ((struct edu_file *)file->private_data)->edu;

	return fasync_helper(fd, file, on, &edu->fasync);
}

static int edu_close(struct inode *inode, struct file *file)
{
	struct edu_file *opening = file->private_data;
	struct edu *edu = opening->edu;

	edu_fasync(-1, file, 0);
	mutex_lock(&edu->map_lock);
	list_del(&opening->node);
	mutex_unlock(&edu->map_lock);
	kref_put(&edu->kref, edu_release);
	kfree(opening);
	return 0;
}

const struct file_operations edu_fops = {
	.owner		= THIS_MODULE,
	.open		= edu_open,
	.release	= edu_close,
	.llseek		= no_llseek,
	.read		= edu_read,
	.write		= edu_write,
	.unlocked_ioctl	= edu_ioctl,
	.mmap		= edu_mmap,
	.poll		= edu_poll,
	.fasync		= edu_fasync,
};
